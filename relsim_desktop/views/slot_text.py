"""Captions with their slots set off: ``{Subject}`` becomes a tinted word without braces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from relsim_desktop import phrases
from relsim_desktop.theme import Colors, Theme

_PADDING: Final = 4.0  # left and right of a slot's word
_LEADING: Final = 1.32  # line distance in line heights, so that tints do not touch
_UNDERLINE: Final = 2.0
_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    is_slot: bool
    is_glued: bool
    width: float
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    word: _Word
    left: float
    line: int


class SlotText:
    """A caption broken into lines for a width.

    Args:
        text: The caption with its slots in braces.
        font: Of the plain words; slots are set in the same.
        width: Device-independent pixels.
        max_lines: What does not fit ends in an ellipsis.
        marks: Start and length of each place in `text` whose words are underlined.
        centred: Whether lines stand in the middle of the width.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        max_lines: int = 99,
        marks: Sequence[tuple[int, int]] = (),
        *,
        centred: bool = False,
    ) -> None:
        self._font = font
        self._marks = marks
        self._metrics = QFontMetricsF(font)
        self._step = self._metrics.height() * _LEADING
        self._placed = self._place(text, width, max_lines)
        self._lines = 1 + max((placed.line for placed in self._placed), default=0)
        ends = self._ends()
        self._widest = max(ends.values(), default=0.0)
        if centred:
            self._placed = [
                replace(placed, left=placed.left + max(0.0, width - ends[placed.line]) / 2)
                for placed in self._placed
            ]

    @property
    def width(self) -> float:
        """Of the longest line."""
        return self._widest

    def _ends(self) -> dict[int, float]:
        ends: dict[int, float] = {}
        for placed in self._placed:
            ends[placed.line] = max(ends.get(placed.line, 0.0), placed.left + placed.word.width)
        return ends

    @property
    def height(self) -> float:
        """Of all lines."""
        return self._step * self._lines

    def slot_boxes(self, origin: QPointF) -> list[QRectF]:
        """Where the slots are that were placed, in the caption's order."""
        return [self._box(placed, origin) for placed in self._placed if placed.word.is_slot]

    def draw(
        self,
        painter: QPainter,
        origin: QPointF,
        colors: Colors,
        tints: Sequence[tuple[QColor, QColor]] = (),
    ) -> None:
        """Paint it.

        Args:
            painter: With antialiasing on.
            origin: Its top left corner.
            colors: Of now.
            tints: Behind and on each slot, in the caption's order; slots without are alike.
        """
        painter.setFont(self._font)
        slot = 0
        for placed in self._placed:
            word = placed.word
            box = self._box(placed, origin)
            left, top = box.left(), box.top() + 1
            baseline = top + self._metrics.ascent()
            if word.is_slot:
                plain = (colors.accent_tint, colors.accent_text)
                behind, on = tints[slot] if slot < len(tints) else plain
                slot += 1
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(behind)
                painter.drawRoundedRect(box, 5, 5)
                painter.setPen(on)
                painter.drawText(QPointF(left + _PADDING, baseline), word.text)
            else:
                painter.setPen(colors.text)
                painter.drawText(QPointF(left, baseline), word.text)
            if word.is_marked:
                painter.setPen(QPen(colors.danger, _UNDERLINE))
                under = baseline + self._metrics.underlinePos() + _UNDERLINE
                painter.drawLine(QPointF(left, under), QPointF(left + word.width, under))

    def _box(self, placed: _Placed, origin: QPointF) -> QRectF:
        top = origin.y() + placed.line * self._step + (self._step - self._metrics.height()) / 2
        height = self._metrics.height() + 2
        return QRectF(origin.x() + placed.left, top - 1, placed.word.width, height)

    def _place(self, text: str, width: float, max_lines: int) -> list[_Placed]:
        space = self._metrics.horizontalAdvance(" ")
        ellipsis = self._metrics.horizontalAdvance("…")
        placed: list[_Placed] = []
        left, line = 0.0, 0
        for word in self._words(text):
            gap = 0.0 if word.is_glued or left == 0 else space
            if left and left + gap + word.width > width and not word.is_glued:
                if line + 1 == max_lines:
                    left = self._make_room(placed, left, line, width - ellipsis)
                    return [*placed, _Placed(_Word("…", False, True, ellipsis), left, line)]
                left, line, gap = 0.0, line + 1, 0.0
            placed.append(_Placed(word, left + gap, line))
            left += gap + word.width
        return placed

    def _make_room(self, placed: list[_Placed], left: float, line: int, width: float) -> float:
        """Take words off the end of the last line until `width` holds; return where it ends."""
        while left > width and placed[-1].line == line and placed[-1].left > 0:
            placed.pop()
            left = placed[-1].left + placed[-1].word.width
        return left

    def _words(self, text: str) -> list[_Word]:
        words: list[_Word] = []
        is_glued = False
        at = 0  # where the piece is in the text
        for piece, is_slot in phrases.pieces(text):
            if is_slot:
                at += len(piece) + 2  # with its braces
                width = self._metrics.horizontalAdvance(piece) + 2 * _PADDING
                words.append(_Word(piece, True, is_glued, width))
                is_glued = True
                continue
            is_glued = is_glued and not piece[0].isspace()
            for part in _WORD.finditer(piece):
                width = self._metrics.horizontalAdvance(part[0])
                is_marked = self._is_marked(at + part.start(), at + part.end())
                words.append(_Word(part[0], False, is_glued, width, is_marked))
                is_glued = False
            at += len(piece)
            is_glued = not piece[-1].isspace()
        return words

    def _is_marked(self, start: int, end: int) -> bool:
        return any(mark < end and start < mark + length for mark, length in self._marks)


class CaptionLabel(QWidget):
    """Shows a caption and grows with it."""

    def __init__(self, theme: Theme, *, scale: float = 1.0, max_lines: int = 4) -> None:
        super().__init__()
        self._theme = theme
        self._font = theme.font(scale)
        self._max_lines = max_lines
        self._text = ""
        self._marks: Sequence[tuple[int, int]] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """The caption."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self._text = text
        self._marks = ()
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def mark(self, places: Sequence[tuple[int, int]]) -> None:
        """Underline words of the caption, until there is another.

        Args:
            places: Start and length of each in `text`.
        """
        self._marks = places
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for the lines."""
        return round(SlotText(self._text, self._font, width, self._max_lines).height)

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(80, round(SlotText("", self._font, 80, 1).height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid = SlotText(self._text, self._font, self.width(), self._max_lines, self._marks)
        laid.draw(painter, QPointF(0, 0), self._theme.colors)
        painter.end()
