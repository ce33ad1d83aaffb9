"""The caption of the one picture that somebody looks at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import wording

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Description


class Wording(QObject):
    """Looks up one caption at a time; the last one that was asked for counts."""

    found = Signal(int, object)
    """An image, and its `Description`."""

    failed = Signal(object)
    """The `Trouble` with looking it up."""

    def __init__(self, jobs: JobRunner, engine: Callable[[], Engine | None]) -> None:
        """Build it.

        Args:
            jobs: Runs the look-up.
            engine: The library, once it is open.
        """
        super().__init__()
        self._jobs = jobs
        self._engine = engine
        self._job: Job | None = None

    def look_up(self, image_id: int) -> None:
        """Find out what is said of an image."""
        engine = self._engine()
        if self._job is not None:
            self._job.cancel()
        if engine is None:
            return
        self._job = wording.captions(self._jobs, engine, [image_id])
        self._job.succeeded.connect(lambda said: self._on_found(image_id, said))
        self._job.failed.connect(self.failed)

    def _on_found(self, image_id: int, said: dict[int, Description]) -> None:
        self.found.emit(image_id, said[image_id])
