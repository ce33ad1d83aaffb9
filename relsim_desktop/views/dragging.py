"""Dragging pictures out to other programs: as files that are copied, never moved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QMetaType, QMimeData, QPoint, QRect, QRectF, Qt, QUrl
from PySide6.QtGui import QDrag, QFontMetrics, QImageReader, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

EDGE: Final = 112
"""Longest side of the picture under the pointer, in device-independent pixels."""

_IMAGE = "application/x-qt-image"
_CHEAP_BYTES = 3 << 20  # a larger file takes too long to decode while another program waits


@runtime_checkable
class PaintsPictures(Protocol):
    """A delegate whose tiles hold a picture."""

    def picture_box(self, tile: QRect, /) -> QRect:
        """Where the picture of a tile is."""
        ...

    def draw_picture(self, painter: QPainter, path: Path, box: QRect, *, state: str = "") -> None:
        """Paint a file's thumbnail into a box."""
        ...


class PictureData(QMimeData):
    """Files, and the pixels of a single small one, decoded only if the target asks for them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self._path = paths[0] if len(paths) == 1 and _is_cheap(paths[0]) else None

    def formats(self) -> list[str]:
        """What a target may ask for."""
        return [*super().formats(), *([_IMAGE] if self._path is not None else [])]

    def hasFormat(self, mime_type: str) -> bool:
        """Whether a target may ask for that."""
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, kind: QMetaType | QMetaType.Type) -> object:
        """What a target asks for."""
        if mime_type == _IMAGE and self._path is not None:
            reader = QImageReader(str(self._path))
            reader.setAutoTransform(True)
            return reader.read()
        return super().retrieveData(mime_type, kind)


def drag_files(source: QWidget, paths: Sequence[Path], pixmap: QPixmap) -> None:
    """Let files be dragged out of a widget; returns when they are dropped somewhere.

    Args:
        source: Where the drag begins.
        paths: The files; nothing happens if there are none.
        pixmap: Of the picture under the pointer; may be null.
    """
    if not paths:
        return
    drag = QDrag(source)
    drag.setMimeData(PictureData(paths))
    badge = badged(pixmap, len(paths), source.palette())
    drag.setPixmap(badge)
    size = badge.deviceIndependentSize().toSize()
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


def _is_cheap(path: Path) -> bool:
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return size <= _CHEAP_BYTES and QImageReader.imageFormat(str(path)) != b""
