"""Paints a chain of analogies as one picture: stations side by side, and what joins them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QImageWriter, QPainter, QPainterPath, QPen

from engine.writing import write_file
from relsim_desktop import map_phrases
from relsim_desktop.operations.chains import StripPicture
from relsim_desktop.operations.pictures import HAIRLINE
from relsim_desktop.views.slot_text import SlotText

if TYPE_CHECKING:
    from engine.jobs import JobControl
    from engine.mapping.chains import Chain, Link
    from relsim_desktop.theme import Colors

EDGE: Final = 480
"""Side of the square that a picture stands in, in pixels."""

_LINK = 300
_MARGIN = 48
_FOOT = 64  # below a picture, for its name
_CORNER = 14


def write_strip(
    chain: Chain,
    pictures: Sequence[StripPicture],
    out: Path,
    *,
    colors: Colors,
    font: QFont,
    control: JobControl,
) -> None:
    """Write a chain as a PNG file; a kill leaves what was there before.

    Args:
        chain: What is painted.
        pictures: One a station.
        out: The file.
        colors: Of the theme.
        font: Of the interface.
        control: Cancel.

    Raises:
        Cancelled: If `control` was told to.
        DecodeError: If a picture cannot be read.
        KnownError: If the file cannot be written.
    """
    count = len(chain.stations)
    width = 2 * _MARGIN + count * EDGE + (count - 1) * _LINK
    image = QImage(width, 2 * _MARGIN + EDGE + _FOOT, QImage.Format.Format_RGB32)
    image.fill(colors.canvas)
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    try:
        for at, picture in enumerate(pictures):
            control.checkpoint()
            left = _MARGIN + at * (EDGE + _LINK)
            box = QRectF(left, _MARGIN, EDGE, EDGE)
            _draw_picture(painter, _read(picture), box)
            painter.setFont(_sized(font, 22))
            painter.setPen(colors.muted)
            name = QFontMetricsF(painter.font()).elidedText(
                picture.name, Qt.TextElideMode.ElideMiddle, EDGE
            )
            below = QRectF(left, box.bottom() + 12, EDGE, _FOOT - 12)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, name)
            if at:
                between = QRectF(left - _LINK, _MARGIN, _LINK, EDGE)
                _draw_link(painter, chain.links[at - 1], between, colors, font)
    finally:
        painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    write_file(out, bytes(buffer.data().data()))


def _draw_picture(painter: QPainter, image: QImage, box: QRectF) -> None:
    size = image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, size.width(), size.height())
    target.moveCenter(box.center())
    edge = QPainterPath()
    edge.addRoundedRect(target, _CORNER, _CORNER)
    painter.save()
    painter.setClipPath(edge)
    painter.drawImage(target, image)
    painter.restore()
    painter.setPen(QPen(HAIRLINE, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(edge)


def _draw_link(painter: QPainter, link: Link, box: QRectF, colors: Colors, font: QFont) -> None:
    room = _LINK - 48
    caption = SlotText(
        map_phrases.link_caption(link), _sized(font, 24), room, max_lines=6, centred=True
    )
    middle, left = box.center(), box.left() + 24
    caption.draw(painter, QPointF(left, middle.y() - 28 - caption.height), colors)
    painter.setPen(QPen(colors.attribute, 3, c=Qt.PenCapStyle.RoundCap))
    end = QPointF(box.right() - 28, middle.y())
    painter.drawLine(QPointF(box.left() + 28, middle.y()), end)
    painter.drawLine(end, end + QPointF(-12, -9))
    painter.drawLine(end, end + QPointF(-12, 9))
    painter.setFont(_sized(font, 20))
    painter.setPen(colors.muted)
    below = QRectF(left, middle.y() + 16, room, 64)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(below, int(flags), map_phrases.link_score(link))


def _read(picture: StripPicture) -> QImage:
    if picture.path is None:
        assert picture.pasted is not None, "a station has a file or pixels"
        return picture.pasted
    from engine.imaging import decode, naming  # brings numpy along

    with naming(picture.path):
        pixels = decode(picture.path, min_side=EDGE)
    width, height = pixels.size
    data = pixels.tobytes()
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _sized(font: QFont, pixels: int) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    return sized
