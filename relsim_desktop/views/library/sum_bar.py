"""A number as the sum of its parts: a bar, and below it what each colour stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import number

_BAR = 14
_DOT = 8
_GAP = 20
_LEAST = 3.0  # pixels that even the smallest part gets, so that it is seen


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sum.

    Attributes:
        name: What it counts.
        count: How many.
        color: Name of a colour of the theme.
    """

    name: str
    count: int
    color: str


class SumBar(QWidget):
    """Shows `Part`s; those of zero only in the line below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: list[Part] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show other numbers."""
        self._parts = list(parts)
        words = ", ".join(f"{number(part.count)} {part.name}" for part in parts)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """A bar and a line of text."""
        return QSize(320, _BAR + 12 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), _BAR), _BAR / 2, _BAR / 2)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(QRectF(0, 0, self.width(), _BAR), self._theme.colors.track)
        left = 0.0
        for part, width in zip(self._parts, self._widths(), strict=True):
            painter.fillRect(QRectF(left, 0, width, _BAR), self._color(part))
            left += width
        painter.restore()
        self._paint_names(painter)
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        metrics = self.fontMetrics()
        base, left = _BAR + 10 + metrics.ascent(), 0.0
        for part in self._parts:
            words = f"{number(part.count)} {part.name}"
            painter.setPen(self._theme.colors.border)
            painter.setBrush(self._color(part))
            top = base - metrics.ascent() / 2 - _DOT / 2 + 1
            painter.drawEllipse(QRectF(left, top, _DOT, _DOT))
            painter.setPen(self._theme.colors.text if part.count else self._theme.colors.muted)
            painter.drawText(QRectF(left + _DOT + 6, _BAR + 10, 400, metrics.height()), words)
            left += _DOT + 6 + metrics.horizontalAdvance(words) + _GAP

    def _widths(self) -> list[float]:
        total = sum(part.count for part in self._parts)
        if not total:
            return [0.0] * len(self._parts)
        least = [_LEAST if part.count else 0.0 for part in self._parts]
        free = max(0.0, self.width() - sum(least))
        return [
            own + free * part.count / total for own, part in zip(least, self._parts, strict=True)
        ]

    def _color(self, part: Part) -> QColor:
        color: QColor = getattr(self._theme.colors, part.color)
        return color
