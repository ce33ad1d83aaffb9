"""Loads pictures to be looked at closely: all their pixels, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.analogies import query_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from PIL.Image import Image

    from engine.service import Engine

_SMALLEST = 256  # levels below this would save nothing
_STRIP = 1 << 18  # pixels that are handed over to Qt at a time


@dataclass(frozen=True, slots=True)
class Levels:
    """A picture in halving sizes, so that each zoom is painted well from few pixels.

    Attributes:
        images: The largest first; opaque, 32 bits a pixel, which is what painting takes as it is.
        native: Pixels of the file, which may be more than are loaded.
    """

    images: tuple[QImage, ...]
    native: QSize

    def best(self, width: float) -> QImage:
        """The smallest level with at least so many pixels across, or the largest there is."""
        wide_enough = [image for image in self.images if image.width() >= width]
        return wide_enough[-1] if wide_enough else self.images[0]


def load_levels(jobs: JobRunner, engine: Engine, question: Question, edge: int) -> Job:
    """Load a picture; succeeds with its `Levels`, after posting those of its thumbnail.

    Args:
        jobs: Runs the job.
        engine: Its thumbnails come first.
        question: A file, or pasted pixels.
        edge: Longer side in pixels that is kept at most; half as much is kept for certain.
    """

    def work(task: Task) -> Levels:
        if question.pasted is not None:
            return _levels(cast("Image", query_of(question)), edge, task)
        assert question.path is not None, "a picture is loaded"
        thumbnail = QImage.fromData(engine.thumbnails.get(question.path) or b"")
        if not thumbnail.isNull():
            small = thumbnail.convertToFormat(QImage.Format.Format_RGB32)
            task.post(Levels((small,), small.size()))
        from engine.imaging import decode  # brings numpy along, which the first window does without

        return _levels(decode(question.path, min_side=edge), edge, task)

    return jobs.start(work, lane=Lane.PICTURE)


def _levels(picture: Image, edge: int, task: Task) -> Levels:
    """Reduced by Pillow, which lets the window's thread run meanwhile; Qt does not."""
    native = QSize(*picture.size)
    if max(picture.size) > edge:
        scale = edge / max(picture.size)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, reducing_gap=2.0)
    images = []
    while True:
        task.control.checkpoint()
        images.append(_to_qt(picture))
        if max(picture.size) <= _SMALLEST:
            return Levels(tuple(images), native)
        picture = picture.reduce(2)


def _to_qt(picture: Image) -> QImage:
    """In strips, so that the window's thread never waits for more than one of them."""
    width, height = picture.size
    out = QImage(width, height, QImage.Format.Format_RGB32)
    pixels, line = cast("memoryview[int]", out.bits()), out.bytesPerLine()
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(height, top + rows)))
        data = strip.convert("RGBA").tobytes("raw", "BGRA")
        pixels[top * line : top * line + len(data)] = data
    return out
