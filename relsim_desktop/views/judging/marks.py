"""A person's verdict on a neighbor's picture: the mark of it, and the buttons to give one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from relsim_desktop.judging_phrases import VERDICTS
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.types import PairVerdict

FADED: Final = 0.4
"""Opacity of a picture that a person found no analogy to."""

_BUTTON = 28
_PADDING = 3
_MARGIN = 6  # from the picture's edge
_ICON = 18


def verdict_at(box: QRect, point: QPoint) -> PairVerdict | None:
    """Which button is at a point, if the buttons are shown.

    Args:
        box: Where the picture is.
        point: In the same coordinates.
    """
    spots = button_spots(box).items()
    return next((verdict for verdict, spot in spots if spot.contains(point)), None)


class VerdictMarks:
    """Paints marks and buttons on pictures; painters come with antialiasing on."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def draw_mark(self, painter: QPainter, box: QRect, verdict: PairVerdict) -> None:
        """Paint what a person said, in words, in the lower right corner of a picture."""
        colors = self._theme.colors
        font = self._theme.font(0.85, bold=True)
        metrics = QFontMetrics(font)
        text = tr(VERDICTS[verdict])
        height = metrics.height() + 6
        width = metrics.horizontalAdvance(text) + _ICON + 18
        left = box.right() - width - _MARGIN
        pill = QRectF(left, box.bottom() - height - _MARGIN, width, height)
        ground, ink = self._tones(verdict)
        painter.setPen(QPen(colors.border, 1) if ground == colors.card else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        self._draw_icon(painter, verdict, ink, QPointF(left + 7 + _ICON / 2, pill.center().y()))
        painter.setFont(font)
        painter.setPen(ink)
        words = pill.adjusted(_ICON + 10, 0, -6, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def draw_buttons(
        self, painter: QPainter, box: QRect, chosen: PairVerdict | None, hot: PairVerdict | None
    ) -> None:
        """Paint the three buttons.

        Args:
            painter: Paints.
            box: Where the picture is.
            chosen: The verdict of now.
            hot: Which one the pointer is on.
        """
        colors = self._theme.colors
        spots = button_spots(box)
        around = QRectF(_bar(box))
        painter.setPen(QPen(colors.border, 1))
        painter.setBrush(colors.card)
        painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)
        for verdict, spot in spots.items():
            ground, ink = self._tones(verdict) if verdict == chosen else (colors.card, colors.text)
            if verdict == hot and verdict != chosen:
                ground, ink = colors.accent_tint, colors.accent_text
            painter.setPen(
                QPen(colors.accent, 1.5)
                if verdict == chosen and ground == colors.card
                else Qt.PenStyle.NoPen
            )
            painter.setBrush(ground)
            painter.drawEllipse(QRectF(spot).adjusted(1, 1, -1, -1))
            self._draw_icon(painter, verdict, ink, QRectF(spot).center())

    def _tones(self, verdict: PairVerdict) -> tuple[QColor, QColor]:
        """Ground and ink of a verdict that was given."""
        colors = self._theme.colors
        return (
            (colors.accent, colors.on_accent) if verdict == "good" else (colors.card, colors.text)
        )

    def _draw_icon(
        self, painter: QPainter, verdict: PairVerdict, ink: QColor, middle: QPointF
    ) -> None:
        drawing = self._theme.drawing(verdict, ink, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(middle - QPointF(_ICON / 2, _ICON / 2), drawing)


def _bar(box: QRect) -> QRect:
    width, height = len(VERDICTS) * _BUTTON + 2 * _PADDING, _BUTTON + 2 * _PADDING
    left, top = box.right() - width - _MARGIN, box.bottom() - height - _MARGIN
    return QRect(left, top, width, height)


def button_spots(box: QRect) -> dict[PairVerdict, QRect]:
    """Where the buttons are on a picture in a box."""
    corner = _bar(box).topLeft() + QPoint(_PADDING, _PADDING)
    return {
        verdict: QRect(
            corner + QPoint(number * _BUTTON, 0),
            corner + QPoint((number + 1) * _BUTTON - 1, _BUTTON - 1),
        )
        for number, verdict in enumerate(VERDICTS)
    }
