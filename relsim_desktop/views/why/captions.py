"""Two captions, one above the other, whose aligned slots share a colour and a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from relsim_desktop import phrases, why_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.slot_text import SlotText

if TYPE_CHECKING:
    from engine.understanding.explainer import Explanation

_HUES: Final = (32, 165, 330, 205)  # after the accent's; far apart for most colour visions too
_GAP: Final = 30.0  # between the captions, for the lines
_MAX_LINES: Final = 5


def pair_colors(theme: Theme, number: int) -> tuple[QColor, QColor]:
    """Behind and on the slots of a pair; the first pair has the accent's."""
    if number == 0:
        return theme.colors.accent_tint, theme.colors.accent_text
    hue = _HUES[(number - 1) % len(_HUES)] / 360
    if theme.is_dark:
        return QColor.fromHslF(hue, 0.35, 0.24), QColor.fromHslF(hue, 0.70, 0.80)
    return QColor.fromHslF(hue, 0.80, 0.91), QColor.fromHslF(hue, 0.75, 0.27)


class CaptionPair(QWidget):
    """Shows the captions of an `Explanation`; a slot says on hovering what it may be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._explanation: Explanation | None = None
        self._texts = ("", "")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Show other captions."""
        self._explanation = explanation
        if explanation is None:
            self._texts = ("", "")
        else:
            first, second = explanation.captions
            self._texts = (phrases.caption(first), phrases.caption(second))
        self.setAccessibleName(
            tr("Query: {a}. Match: {b}")
            .replace("{a}", self._texts[0])
            .replace("{b}", self._texts[1])
        )
        self.updateGeometry()
        self.update()

    def slot_name_at(self, point: QPointF) -> str:
        """The name of the slot at a point; empty beside slots."""
        alignment = self._explanation.alignment if self._explanation is not None else None
        if alignment is not None:
            for slots, boxes in zip(alignment.slots, self._slot_boxes(), strict=True):
                for slot, box in zip(slots, boxes, strict=False):  # an ellipsis may hide some
                    if box.contains(point):
                        return slot.name
        return ""

    def hasHeightForWidth(self) -> bool:
        """Narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for both captions and the lines between."""
        return round(sum(laid.height for laid in self._laid_out(width)) + 2 * self._label() + _GAP)

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(260, self.heightForWidth(260))

    def minimumSizeHint(self) -> QSize:
        """Narrow."""
        return QSize(120, 60)

    def event(self, event: QEvent) -> bool:
        """Say what a slot may be, where the pointer rests on one."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            name = self.slot_name_at(QPointF(event.pos()))
            if name:
                from engine.understanding.slots import meaning_of

                QToolTip.showText(event.globalPos(), why_phrases.meaning(meaning_of(name)), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint captions, colours and lines."""
        if self._explanation is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid = self._laid_out(self.width())
        tops = self._tops(laid)
        tints = self._tints()
        self._draw_lines(painter)
        names = (tr("Query"), tr("Match"))
        for side in (0, 1):
            painter.setFont(self._theme.font(0.85))
            painter.setPen(self._theme.colors.muted)
            row = QRectF(0, tops[side] - self._label(), self.width(), self._label())
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, names[side])
            laid[side].draw(painter, QPointF(0, tops[side]), self._theme.colors, tints[side])
        painter.end()

    def _draw_lines(self, painter: QPainter) -> None:
        assert self._explanation is not None, "there is something to paint"
        alignment = self._explanation.alignment
        if alignment is None:
            return
        above, below = self._slot_boxes()
        for number, pair in enumerate(alignment.pairs):
            if pair.a >= len(above) or pair.b >= len(below):
                continue
            start = QPointF(above[pair.a].center().x(), above[pair.a].bottom())
            end = QPointF(below[pair.b].center().x(), below[pair.b].top())
            middle = (start.y() + end.y()) / 2
            path = QPainterPath(start)
            path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
            painter.setPen(QPen(pair_colors(self._theme, number)[1], 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)

    def _tints(self) -> tuple[list[tuple[QColor, QColor]], list[tuple[QColor, QColor]]]:
        """The colours of each caption's slots; those without a partner are grey."""
        assert self._explanation is not None, "there is something to paint"
        alignment = self._explanation.alignment
        if alignment is None:
            return [], []
        colors = self._theme.colors
        places: tuple[Mapping[int, int], Mapping[int, int]] = (
            {pair.a: number for number, pair in enumerate(alignment.pairs)},
            {pair.b: number for number, pair in enumerate(alignment.pairs)},
        )
        first, second = (
            [
                pair_colors(self._theme, numbers[place])
                if place in numbers
                else (colors.hover, colors.text)
                for place in range(len(slots))
            ]
            for slots, numbers in zip(alignment.slots, places, strict=True)
        )
        return first, second

    def _slot_boxes(self) -> tuple[list[QRectF], list[QRectF]]:
        laid = self._laid_out(self.width())
        tops = self._tops(laid)
        first, second = (
            one.slot_boxes(QPointF(0, top)) for one, top in zip(laid, tops, strict=True)
        )
        return first, second

    def _laid_out(self, width: int) -> tuple[SlotText, SlotText]:
        first, second = (
            SlotText(text, self._theme.font(1.05), width, _MAX_LINES) for text in self._texts
        )
        return first, second

    def _tops(self, laid: tuple[SlotText, SlotText]) -> tuple[float, float]:
        top = self._label()
        return top, top + laid[0].height + _GAP + self._label()

    def _label(self) -> float:
        return float(self.fontMetrics().height())
