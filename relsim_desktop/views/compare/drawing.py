"""A compared pair as a picture of its own: both pictures, their captions, and the scores."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QImageWriter, QPainter, QPainterPath, QPen

from relsim_desktop import phrases
from relsim_desktop.operations.pair_pictures import Levels
from relsim_desktop.operations.pictures import HAIRLINE
from relsim_desktop.theme import Colors
from relsim_desktop.translation import tr
from relsim_desktop.views.slot_text import SlotText
from relsim_desktop.views.tile_painting import draw_bar

if TYPE_CHECKING:
    from engine.comparing.scoring import ModelScore
    from engine.types import PairScore

SCALE = 2
"""Device pixels of an export for each pixel of a design that a screen shows at 1x."""

_WIDTH = 1200
_MARGIN = 32
_GAP = 24
_PICTURE = 480  # height of the frame around a picture
_TEXT = 14  # pixels of plain text


@dataclass(frozen=True, slots=True)
class PairSheet:
    """What is drawn; plain values, so that any thread may draw it.

    Attributes:
        pictures: A and B.
        titles: Their names.
        score: By the model that ranks.
        by_models: What each model said, if they were asked.
        colors: Of the theme.
        family: The interface font.
    """

    pictures: tuple[Levels, Levels]
    titles: tuple[str, str]
    score: PairScore
    by_models: Sequence[ModelScore]
    colors: Colors
    family: str

    def png(self) -> bytes:
        """Draw it at `SCALE`, as a PNG."""
        rows = [score for score in self.by_models if score.relational is not None]
        rows = rows if len(rows) > 1 else []  # one says what is said above
        height = _MARGIN * 2 + _PICTURE + 330 + 24 * len(rows)
        image = blank(QSize(_WIDTH, height), self.colors)
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        column = (_WIDTH - 2 * _MARGIN - _GAP) // 2
        for side in (0, 1):
            left = _MARGIN + side * (column + _GAP)
            self._draw_side(painter, side, QRect(left, _MARGIN, column, _PICTURE))
        bottom = self._draw_scores(painter, _MARGIN + _PICTURE + 140)
        for score in rows:
            self._draw_model(painter, score, bottom)
            bottom += 24
        painter.end()
        return png_of(image)

    def _draw_side(self, painter: QPainter, side: int, frame: QRect) -> None:
        colors, levels = self.colors, self.pictures[side]
        painter.setPen(QPen(colors.border, 1))
        painter.setBrush(colors.card)
        painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        draw_picture(painter, levels, frame.adjusted(12, 12, -12, -12))
        top = frame.bottom() + 10
        painter.setFont(self._font())
        painter.setPen(colors.muted)
        name = painter.fontMetrics().elidedText(
            self.titles[side], Qt.TextElideMode.ElideMiddle, frame.width()
        )
        painter.drawText(frame.left(), top, frame.width(), 20, Qt.AlignmentFlag.AlignLeft, name)
        description = self.score.descriptions[side]
        text = description.text or tr(phrases.NO_RELATION)
        SlotText(text, self._font(1.15), frame.width(), 3).draw(
            painter, QPointF(frame.left(), top + 26), colors
        )

    def _draw_scores(self, painter: QPainter, top: int) -> int:
        colors, score = self.colors, self.score
        center = Qt.AlignmentFlag.AlignHCenter
        painter.setPen(colors.text)
        painter.setFont(self._font(1.5, bold=True))
        painter.drawText(0, top, _WIDTH, 30, center, phrases.verdict(score))
        painter.setPen(colors.muted)
        painter.setFont(self._font())
        painter.drawText(
            0, top + 36, _WIDTH, 22, center, phrases.standing_of_pair(score.percentile)
        )
        top += 76
        for name, value, color in (
            (tr("Relation"), score.relational, colors.accent),
            (tr("Look"), score.attribute, colors.attribute),
        ):
            left, width = _WIDTH // 2 - 280, 560
            painter.setPen(colors.muted)
            painter.setFont(self._font())
            painter.drawText(left, top, 90, 22, Qt.AlignmentFlag.AlignVCenter, name)
            draw_bar(
                painter, QRectF(left + 96, top + 8, width - 160, 6), value, color, colors.track
            )
            painter.setPen(colors.text)
            painter.setFont(self._font(bold=True))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(left + width - 56, top, 56, 22, right, phrases.score(value))
            top += 28
        painter.setPen(colors.muted)
        painter.setFont(self._font(0.9))
        said = tr("Scored by {model}").replace("{model}", score.model)
        if len(self.by_models) > 1:
            said += ". " + tr("Numbers of different models cannot be compared.")
        painter.drawText(0, top + 2, _WIDTH, 20, center, said)
        return top + 32

    def _draw_model(self, painter: QPainter, score: ModelScore, top: int) -> None:
        assert score.relational is not None
        left, width = _WIDTH // 2 - 280, 560
        painter.setFont(self._font())
        painter.setPen(self.colors.muted)
        painter.drawText(left, top, 240, 22, Qt.AlignmentFlag.AlignVCenter, score.model)
        if score.percentile is not None and not math.isnan(score.percentile):
            place = tr("closer than {percent} of pairs").replace(
                "{percent}", phrases.percentile(score.percentile)
            )
            painter.drawText(left + 200, top, 280, 22, Qt.AlignmentFlag.AlignVCenter, place)
        painter.setPen(self.colors.text)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        number = phrases.score(score.relational)
        painter.drawText(left + width - 56, top, 56, 22, right, number)

    def _font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        return sheet_font(self.family, _TEXT * scale, bold=bold)


def sheet_font(family: str, pixels: float, *, bold: bool = False) -> QFont:
    """A font of so many pixels, whatever the screen's resolution."""
    font = QFont(family)
    font.setPixelSize(max(1, round(pixels)))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def blank(size: QSize, colors: Colors) -> QImage:
    """An empty sheet at `SCALE`, in the colour of a page."""
    image = QImage(size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(colors.canvas)
    return image


def draw_picture(painter: QPainter, levels: Levels, box: QRect, *, corner: float = 8) -> None:
    """Draw a picture centred in a box, as large as goes but no larger than twice its size."""
    most = QSizeF(levels.native) * 2
    size = most.scaled(QSizeF(box.size()), Qt.AspectRatioMode.KeepAspectRatio).boundedTo(most)
    target = QRectF(QPointF(0, 0), size)
    target.moveCenter(QRectF(box).center())
    edge = QPainterPath()
    edge.addRoundedRect(target, corner, corner)
    image = levels.best(target.width() * SCALE)
    painter.save()
    painter.setClipPath(edge)
    painter.drawImage(target, image)
    painter.restore()
    painter.setPen(QPen(HAIRLINE, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(edge)


def png_of(image: QImage) -> bytes:
    """An image as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    is_written = QImageWriter(buffer, QByteArray(b"png")).write(image)
    assert is_written, "memory takes what a disk may not"
    return bytes(buffer.data().data())
