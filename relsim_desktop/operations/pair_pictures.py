"""Loads pictures to be looked at closely: all their pixels, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine

_SMALLEST = 256  # levels below this would save nothing


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
            return _levels(_opaque(question.pasted), edge, task)
        assert question.path is not None, "a picture is loaded"
        thumbnail = QImage.fromData(engine.thumbnails.get(question.path) or b"")
        if not thumbnail.isNull():
            task.post(Levels((_opaque(thumbnail),), thumbnail.size()))
        return _levels(_decoded(question.path, edge), edge, task)

    return jobs.start(work, lane=Lane.PICTURE)


def _decoded(path: Path, edge: int) -> QImage:
    from engine.imaging import decode  # brings numpy along, which the first window does not need

    picture = decode(path, min_side=edge)
    width, height = picture.size
    data = picture.tobytes()
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


def _opaque(image: QImage) -> QImage:
    """Over white, as the engine sees it."""
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    out = QImage(image.size(), QImage.Format.Format_RGB32)
    out.fill(Qt.GlobalColor.white)
    painter = QPainter(out)
    painter.drawImage(0, 0, image)
    painter.end()
    return out


def _levels(image: QImage, edge: int, task: Task) -> Levels:
    native = image.size()
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    if max(image.width(), image.height()) > edge:
        image = image.scaled(edge, edge, keep, smooth)
    images = [image]
    while max(images[-1].width(), images[-1].height()) > _SMALLEST:
        task.control.checkpoint()
        half = images[-1].size() / 2
        images.append(images[-1].scaled(half.expandedTo(QSize(1, 1)), keep, smooth))
    return Levels(tuple(images), native)
