"""Loading pictures at the size at which they are shown, printed or exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from engine.errors import DecodeError
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.service import Engine


def load(engine: Engine, path: Path, edge: int) -> QImage:
    """A picture that fits a square; smaller ones are not enlarged. Worker threads only.

    Args:
        engine: Its thumbnails are used where they are large enough.
        path: A file.
        edge: Side of the square in pixels.

    Raises:
        DecodeError: If the file cannot be read as a picture.
    """
    if edge <= engine.thumbnails.edge:
        image = QImage.fromData(engine.thumbnails.get(path) or engine.thumbnails.make(path))
    else:
        from engine.imaging import decode  # brings numpy along

        picture = decode(path, min_side=edge)
        width, height = picture.size
        form = QImage.Format.Format_RGB888
        image = QImage(picture.tobytes(), width, height, 3 * width, form).copy()
    if image.isNull():
        raise DecodeError(tr("the picture could not be loaded"))
    if max(image.width(), image.height()) <= edge:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(edge, edge, keep, smooth)
