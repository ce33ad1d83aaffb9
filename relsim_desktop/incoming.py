"""What a drag or the clipboard brings: files, or a picture without a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from relsim_desktop.question import Question


@dataclass(frozen=True, slots=True)
class Incoming:
    """Made without touching a disk, because the source of a drag waits for the answer.

    Attributes:
        paths: Local files and folders.
        image: A picture in memory, only where there are no paths.
    """

    paths: tuple[Path, ...] = ()
    image: QImage | None = None

    @property
    def groups(self) -> Path | None:
        """A single file that holds groups, by its name."""
        is_one = len(self.paths) == 1 and self.paths[0].suffix.lower() == ".jsonl"
        return self.paths[0] if is_one else None

    @property
    def question(self) -> Question | None:
        """The question of a single picture; whether the file is one shows when it is read."""
        if self.image is not None:
            return Question(pasted=self.image)
        if len(self.paths) == 1 and self.paths[0].suffix:
            return Question(path=self.paths[0])
        return None


def has_something(data: QMimeData) -> bool:
    """Whether `read` would find anything; cheap enough for every move of the pointer."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def read(data: QMimeData) -> Incoming:
    """Take out what a drag or the clipboard holds. A browser's picture comes as pixels."""
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Incoming(paths)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Incoming(image=image)
    return Incoming()
