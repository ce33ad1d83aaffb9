"""What other programs get of pictures: files, and the pixels of a single small one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMetaType, QMimeData, QUrl
from PySide6.QtGui import QImageReader

_IMAGE = "application/x-qt-image"
_CHEAP_BYTES = 3 << 20  # a larger file takes too long to decode while another program waits


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


def _is_cheap(path: Path) -> bool:
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return size <= _CHEAP_BYTES and QImageReader.imageFormat(str(path)) != b""


def local_paths(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that something dragged or copied names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
