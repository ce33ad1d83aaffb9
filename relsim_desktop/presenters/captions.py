"""What is said of the library's pictures, and changing it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import captions
from relsim_desktop.operations.captions import Portrait
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine

_SEEDS = 2**31


class Captions(QObject):
    """Changes one caption at a time; whoever shows it follows `changed`."""

    changed = Signal(object)
    """The `Portrait` of a picture that something else is said of now."""

    writing = Signal(int, bool)
    """Whether the captioner is at the picture of this image id."""

    failed = Signal(object)
    """The `Trouble`."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._writing: dict[int, Job] = {}

    def attach(self, engine: Engine) -> None:
        """Take the captions of a library."""
        self._engine = engine

    @property
    def can_write(self) -> bool:
        """Whether a captioner is there."""
        return self._engine is not None and self._engine.descriptions.can_write

    def look_up(self, question: Question) -> Job | None:
        """Read what is said of a picture; the job succeeds with a `Portrait` or None."""
        if self._engine is None:
            return None
        return captions.look_up(self._jobs, self._engine, question)

    def edit(self, image_id: int, text: str) -> None:
        """Put a person's words in the place of what is said; none bring the automatic ones back."""
        if self._engine is None:
            return
        if text.strip():
            self._watch(captions.edit(self._jobs, self._engine, image_id, text.strip()))
        else:
            self.use_automatic(image_id)

    def use_automatic(self, image_id: int) -> None:
        """Drop a person's words."""
        if self._engine is not None:
            self._watch(captions.forget_edit(self._jobs, self._engine, image_id))

    def pin(self, image_id: int, pinned: bool) -> None:
        """Keep what the captioner wrote, or let it go."""
        if self._engine is not None:
            self._watch(captions.pin(self._jobs, self._engine, image_id, pinned))

    def write_again(self, image_id: int) -> None:
        """Let the captioner write something else."""
        if self._engine is not None and image_id not in self._writing:
            seed = random.randrange(_SEEDS)
            job = captions.write_again(self._jobs, self._engine, image_id, seed)
            self._writing[image_id] = job
            self.writing.emit(image_id, True)
            job.finished.connect(lambda: self._on_written(image_id))
            self._watch(job)

    def stop_writing(self) -> None:
        """Another captioner may come: what is being written is dropped."""
        for job in self._writing.values():
            job.cancel()

    def _on_written(self, image_id: int) -> None:
        self._writing.pop(image_id, None)
        self.writing.emit(image_id, False)

    def _watch(self, job: Job) -> None:
        job.succeeded.connect(self._on_changed)
        job.failed.connect(self.failed)

    def _on_changed(self, portrait: Portrait) -> None:
        self.changed.emit(portrait)
