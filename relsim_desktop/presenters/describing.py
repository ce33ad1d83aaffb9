"""Describes the library's pictures behind the index, whenever nothing is indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import captions
from relsim_desktop.presenters.indexing import Indexing

if TYPE_CHECKING:
    from engine.captioning import CaptionReport
    from engine.service import Engine
    from relsim_desktop.jobs import Trouble


class Describing(QObject):
    """Gives way to indexing, and goes on where it stopped once that is done.

    Args:
        jobs: Runs it.
        indexing: What it gives way to.
        wanted: Whether pictures are described without being asked for; None where that is so on a
            graphics card only, because a processor takes a minute or more for each.
    """

    started = Signal()
    progressed = Signal(object)
    """A `Progress`, at most ten times a second."""

    succeeded = Signal(object)
    """The `CaptionReport`."""

    failed = Signal(object)
    """The `Trouble`."""

    stopped = Signal()
    """A person has stopped it, or it gives way."""

    wanted_changed = Signal(bool)

    held_back = Signal()
    """A captioner is there, and no graphics card: nothing is described until a person asks."""

    def __init__(self, jobs: JobRunner, indexing: Indexing, wanted: bool | None) -> None:
        super().__init__()
        self._jobs = jobs
        self._indexing = indexing
        self._engine: Engine | None = None
        self._wanted = wanted
        self._job: Job | None = None
        self._is_paused = False
        self._looking: Job | None = None
        self._has_failed = False
        self._is_asked_again = False
        indexing.started.connect(self.give_way)
        indexing.idle.connect(self.start)

    def attach(self, engine: Engine) -> None:
        """Describe the pictures of a library, once it was looked through."""
        self._engine = engine

    @property
    def is_running(self) -> bool:
        """Whether pictures are being described."""
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        """Whether it was told to pause."""
        return self._is_paused

    @property
    def progress(self) -> Progress:
        """Of the run that is going on."""
        return self._job.progress if self._job is not None else Progress()

    @property
    def wanted(self) -> bool:
        """Whether it runs by itself; not while it is unknown whether there is a graphics card."""
        return bool(self._wanted)

    @wanted.setter
    def wanted(self, wanted: bool) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.wanted_changed.emit(wanted)
        if wanted:
            self.forgive()
            self.start()
        else:
            self.give_way()

    def start(self) -> None:
        """Describe what is not described yet, if that is wanted and nothing is in the way."""
        if self._job is not None:
            self._is_asked_again = True
            return
        if self._engine is None or self._indexing.is_running:
            return
        if self._has_failed or not self._engine.descriptions.can_write:
            return
        if self._wanted is None:
            self._look_for_graphics()
        if not self._wanted:
            return
        self._is_paused = self._is_asked_again = False
        job = self._job = captions.fill_in(self._jobs, self._engine)
        job.progressed.connect(self.progressed)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        self.started.emit()

    def decide_by_graphics(self) -> None:
        """Describe pictures where a graphics card is, and not where none is."""
        self._wanted = None
        self.give_way()
        self.start()

    def forgive(self) -> None:
        """Let the next `start` try again after a failure."""
        self._has_failed = False

    def give_way(self) -> None:
        """Stop after the batch in flight; what is described stays."""
        self._is_asked_again = False
        if self._job is not None:
            self._job.cancel()

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
        """Stop, and do not start again by itself."""
        self.wanted = False

    def _look_for_graphics(self) -> None:
        if self._looking is None:
            self._looking = captions.find_graphics(self._jobs)
            self._looking.succeeded.connect(self._on_graphics)
            self._looking.failed.connect(self.failed)
            self._looking.finished.connect(self._on_looked)

    def _on_looked(self) -> None:
        self._looking = None

    def _on_graphics(self, has_graphics: bool) -> None:
        if self._wanted is not None:  # a person has decided meanwhile
            return
        self._wanted = has_graphics
        if has_graphics:
            self.start()
        else:
            self.held_back.emit()

    def _on_succeeded(self, report: CaptionReport) -> None:
        self._job = None
        self.succeeded.emit(report)

    def _on_failed(self, trouble: Trouble) -> None:
        self._job = None
        self._has_failed = True  # loading it again and again would help nobody
        self.failed.emit(trouble)

    def _on_cancelled(self) -> None:
        self._job = None
        self.stopped.emit()
        if self._is_asked_again:
            self.start()
