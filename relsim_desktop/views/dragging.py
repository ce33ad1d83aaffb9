"""Dragging pictures out to other programs: as files that are copied, never moved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from relsim_desktop.picture_data import PictureData

EDGE: Final = 112
"""Longest side of the picture under the pointer, in device-independent pixels."""


@runtime_checkable
class PaintsPictures(Protocol):
    """A delegate whose tiles hold a picture."""

    def picture_box(self, tile: QRect, /) -> QRect:
        """Where the picture of a tile is."""
        ...

    def draw_picture(self, painter: QPainter, path: Path, box: QRect, *, state: str = "") -> None:
        """Paint a file's thumbnail into a box."""
        ...


def drag_files(source: QWidget, paths: Sequence[Path], pixmap: QPixmap) -> None:
    """Let files be dragged out of a widget; returns when they are dropped somewhere.

    Args:
        source: Where the drag begins.
        paths: The files; nothing happens if there are none.
        pixmap: Of the picture under the pointer; may be null.
    """
    drag_data(source, PictureData(paths), pixmap)


def drag_data(source: QWidget, data: QMimeData, pixmap: QPixmap) -> None:
    """The same with the data that a model made of some rows."""
    if not data.urls():
        return
    drag = QDrag(source)
    drag.setMimeData(data)
    picture = badged(pixmap, len(data.urls()), source.palette())
    drag.setPixmap(picture)
    size = picture.deviceIndependentSize().toSize()
    drag.setHotSpot(QPoint(size.width() // 2, size.height() // 2))
    drag.exec(Qt.DropAction.CopyAction)


def badged(pixmap: QPixmap, count: int, palette: QPalette) -> QPixmap:
    """A pixmap at the size of a drag, with the number of pictures if they are several."""
    if pixmap.isNull():
        return pixmap
    scale = pixmap.devicePixelRatio()
    out = pixmap.scaled(
        round(EDGE * scale),
        round(EDGE * scale),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    out.setDevicePixelRatio(scale)
    if count < 2:
        return out
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    text, metrics = f"{count:,}", QFontMetrics(font)
    width = max(metrics.horizontalAdvance(text) + 14, metrics.height() + 4)
    size = out.deviceIndependentSize()
    spot = QRectF(size.width() - width - 4, 4, width, metrics.height() + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.highlight())
    painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)
    painter.setPen(palette.highlightedText().color())
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return out
