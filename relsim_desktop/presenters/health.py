"""The library's health: looked at when the page is shown, measured and tidied on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import health
from relsim_desktop.presenters.indexing import Indexing

if TYPE_CHECKING:
    from engine.library.health import HealthReport
    from engine.service import Engine


class LibraryHealth(QObject):
    """Holds what was found out, without widgets."""

    changed = Signal()
    """See the properties."""

    freed = Signal(object)
    """So many bytes are free now."""

    failed = Signal(object)
    """A `Trouble`."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._report: HealthReport | None = None
        self._recall: float | None = None
        self._problems: list[str] | None = None
        self._measuring: Job | None = None
        self._checking: Job | None = None

    def attach(self, engine: Engine) -> None:
        """Belong to a library."""
        self._engine = engine

    @property
    def report(self) -> HealthReport | None:
        """What was seen last."""
        return self._report

    @property
    def recall(self) -> float | None:
        """Recall@10 as it was measured last; None if it was not."""
        return self._recall

    @property
    def problems(self) -> list[str] | None:
        """What is wrong with the database; None where it was not checked."""
        return self._problems

    @property
    def is_measuring(self) -> bool:
        """Whether recall is being measured."""
        return self._measuring is not None

    @property
    def is_checking(self) -> bool:
        """Whether the database is being read through."""
        return self._checking is not None

    @property
    def progress(self) -> Progress:
        """Of measuring."""
        return self._measuring.progress if self._measuring is not None else Progress()

    def look(self) -> None:
        """Look at what can be said at once."""
        if self._engine is not None and not self._jobs.is_closed:
            job = health.report(self._jobs, self._engine)
            job.succeeded.connect(self._on_report)
            job.failed.connect(self.failed)

    def measure_recall(self) -> None:
        """Measure how much of the true neighbors the index finds, or stop doing so."""
        if self._measuring is not None:
            self._measuring.cancel()
        elif self._engine is not None:
            job = self._measuring = health.measure_recall(self._jobs, self._engine)
            job.progressed.connect(lambda _: self.changed.emit())
            job.succeeded.connect(self._on_recall)
            job.failed.connect(self.failed)
            job.finished.connect(self._on_measured)
            self.changed.emit()

    def check_database(self) -> None:
        """Read the whole database."""
        if self._engine is not None and self._checking is None:
            job = self._checking = health.check_database(self._jobs, self._engine)
            job.succeeded.connect(self._on_problems)
            job.failed.connect(self.failed)
            job.finished.connect(self._on_checked)
            self.changed.emit()

    def clear_thumbnails(self) -> None:
        """Delete the cached thumbnails."""
        if self._engine is not None:
            self._free(health.clear_thumbnails(self._jobs, self._engine))

    def delete_backups(self) -> None:
        """Delete old copies of the database."""
        if self._engine is not None:
            self._free(health.delete_backups(self._jobs, self._engine))

    def _free(self, job: Job) -> None:
        job.succeeded.connect(self.freed)
        job.failed.connect(self.failed)
        job.finished.connect(self.look)

    def _on_report(self, report: HealthReport) -> None:
        self._report = report
        self.changed.emit()

    def _on_recall(self, recall: float | None) -> None:
        self._recall = recall

    def _on_measured(self) -> None:
        self._measuring = None
        self.changed.emit()

    def _on_problems(self, problems: list[str]) -> None:
        self._problems = problems

    def _on_checked(self) -> None:
        self._checking = None
        self.changed.emit()


class Measuring(QObject):
    """Measures what filters ask of older images, whenever nothing is being indexed."""

    measured = Signal(int)
    """So many images can be filtered now that could not before."""

    def __init__(self, jobs: JobRunner, indexing: Indexing) -> None:
        super().__init__()
        self._jobs = jobs
        self._indexing = indexing
        self._engine: Engine | None = None
        self._job: Job | None = None
        indexing.started.connect(self._give_way)
        indexing.idle.connect(self._start)

    def attach(self, engine: Engine) -> None:
        """Begin when indexing is idle for the first time."""
        self._engine = engine

    @property
    def progress(self) -> Progress:
        """Of the pass that is going on."""
        return self._job.progress if self._job is not None else Progress()

    def _start(self) -> None:
        if self._engine is None or self._job is not None or self._jobs.is_closed:
            return
        job = self._job = health.backfill_traits(self._jobs, self._engine)
        job.succeeded.connect(self._on_measured)
        job.finished.connect(self._on_finished)

    def _give_way(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_measured(self, number: int) -> None:
        if number:
            self.measured.emit(number)

    def _on_finished(self) -> None:
        self._job = None
