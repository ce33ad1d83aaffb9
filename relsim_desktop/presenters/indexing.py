"""Brings folders into the library, one request after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import library

if TYPE_CHECKING:
    from engine.service import Engine


class Indexing(QObject):
    """A queue of roots. What arrives while indexing runs waits, and is then done in one go."""

    started = Signal()
    progressed = Signal(object)
    """A `Progress`, at most ten times a second."""

    scanned = Signal()
    """The files that were found are in the library, before any of them is read."""

    succeeded = Signal(object)
    """The `IndexReport`."""

    failed = Signal(object)
    """The `Trouble`."""

    cancelled = Signal()
    """What was embedded until then stays."""

    idle = Signal()
    """Nothing is left to do."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._waiting: list[Path] = []
        self._roots: list[Path] = []
        self._job: Job | None = None
        self._is_paused = False

    def attach(self, engine: Engine) -> None:
        """Start with what was added so far."""
        self._engine = engine
        self._start_next()

    @property
    def is_running(self) -> bool:
        """Whether a run is going on or about to."""
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        """Whether the run was told to pause."""
        return self._is_paused

    @property
    def waiting(self) -> int:
        """How many folders and files wait for the next run."""
        return len(self._waiting)

    @property
    def progress(self) -> Progress:
        """Of the run that is going on."""
        return self._job.progress if self._job is not None else Progress()

    def add(self, roots: Sequence[Path]) -> None:
        """Index folders and files, now or after what is going on."""
        self._waiting += [root for root in dict.fromkeys(roots) if root not in self._waiting]
        self._start_next()

    def pause(self) -> None:
        """Hold after the batch in flight."""
        if self._job is not None:
            self._is_paused = True
            self._job.pause()

    def resume(self) -> None:
        """Go on."""
        if self._job is not None:
            self._is_paused = False
            self._job.resume()

    def cancel(self) -> None:
        """Stop after the batch in flight, and forget what waits."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def drop(self, root: Path) -> None:
        """A folder leaves the library: nothing of it is wanted any more, the rest goes on."""

        def is_left(at: Path) -> bool:
            return at != root and root not in at.parents

        self._waiting = [at for at in self._waiting if is_left(at)]
        if self._job is not None and not all(is_left(at) for at in self._roots):
            rest = [at for at in self._roots if is_left(at)]
            self._waiting = list(dict.fromkeys([*rest, *self._waiting]))
            self._job.cancel()

    def interrupt(self) -> None:
        """Stop after the batch in flight, and begin again with the same folders."""
        if self._job is not None:
            self._waiting = list(dict.fromkeys([*self._roots, *self._waiting]))
            self._job.cancel()

    def _start_next(self) -> None:
        if self._engine is None or self._job is not None or not self._waiting:
            return
        self._roots, self._waiting = self._waiting, []
        self._is_paused = False
        self._job = library.index(self._jobs, self._engine, self._roots)
        self._job.posted.connect(lambda _: self.scanned.emit())
        self._job.progressed.connect(self.progressed)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)
        self.started.emit()

    def _on_succeeded(self, report: object) -> None:
        self._job = None
        self.succeeded.emit(report)
        self._go_on()

    def _on_failed(self, trouble: object) -> None:
        self._job = None
        self.failed.emit(trouble)
        self._go_on()

    def _on_cancelled(self) -> None:
        self._job = None
        self.cancelled.emit()
        self._go_on()

    def _go_on(self) -> None:
        self._start_next()
        if self._job is None:
            self.idle.emit()
