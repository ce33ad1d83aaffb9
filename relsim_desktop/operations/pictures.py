"""Verbs that load pictures for the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.loading import load

if TYPE_CHECKING:
    from engine.service import Engine


HAIRLINE = QColor(127, 127, 127, 64)
"""Sets a white picture off from a white page, and a black one from a dark page. Thumbnails come
with it, because a rounded line costs more than all else in painting a tile."""


def load_picture(jobs: JobRunner, engine: Engine, path: Path, edge: int, *, corner: int = 0) -> Job:
    """Load a file to be shown; succeeds with a `QImage` that fits a square.

    Args:
        jobs: Runs the job.
        engine: Its thumbnails are used where they are large enough.
        path: Any supported picture.
        edge: Side of the square in device pixels; smaller pictures are not enlarged.
        corner: Radius of the rounded corners in device pixels.
    """

    def work(task: Task) -> QImage:
        image = load(engine, path, edge)
        return _rounded(image, corner) if corner else image

    return jobs.start(work, lane=Lane.PICTURE)


def _rounded(image: QImage, corner: int) -> QImage:
    out = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    out.fill(Qt.GlobalColor.transparent)
    line = max(1.0, corner / 6)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(HAIRLINE, line))
    painter.setBrush(QBrush(image))
    inside = QRectF(out.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
    painter.drawRoundedRect(inside, corner, corner)
    painter.end()
    return out
