"""The user studies of a library: which there are, a new one, and what came out of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop import study_phrases
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import study as operations
from relsim_desktop.operations.study import (
    ExportKind,
    StudyOverview,
    StudyRequest,
    StudyResults,
)

if TYPE_CHECKING:
    from engine.jobs import Progress
    from engine.service import Engine
    from engine.study.importing import ImportReport
    from engine.study.values import Method


class Studies(QObject):
    """Lists, makes and evaluates studies; `Answering` asks them.

    Attributes:
        overviews: The studies, newest first; None until they were looked for.
        methods: What can be compared; empty until that is known.
        results: What came out of the study that was asked for last; None until that is known.
    """

    listed = Signal()
    """`overviews` are known, or others now."""

    methods_known = Signal()

    made = Signal(object)
    """The path of a new study."""

    making_failed = Signal(object)
    """The `Trouble` with making one."""

    progressed = Signal(object)
    """The `Progress` of what is being made or written."""

    running_changed = Signal()
    """Something begins or ends to be made or written."""

    evaluated = Signal()
    """`results` are there."""

    evaluating_failed = Signal(object)
    """The `Trouble` with the study whose results were asked for; `results` are None."""

    added = Signal(object)
    """The path of a study elsewhere, which is in the list from now on."""

    written = Signal(object)
    """The path of a file that was written."""

    said = Signal(str)
    """Something for the status strip."""

    failed = Signal(object)
    """A `Trouble`."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.overviews: list[StudyOverview] | None = None
        self.methods: list[Method] = []
        self.results: StudyResults | None = None
        self._jobs = jobs
        self._engine: Engine | None = None
        self._others: list[Path] = []
        self._listing: Job | None = None
        self._evaluating: Job | None = None
        self._running: Job | None = None

    def attach(self, engine: Engine) -> None:
        """Look into another library."""
        self._engine = engine
        self.overviews = None

    # --- the list ---------------------------------------------------------------------------------

    @property
    def others(self) -> list[Path]:
        """Folders of studies outside the library's own folder."""
        return self._others

    @others.setter
    def others(self, paths: Sequence[Path]) -> None:
        self._others = list(dict.fromkeys(paths))

    def reload(self) -> None:
        """Look which studies there are, and how far they are."""
        if self._engine is None or self._jobs.is_closed:
            return
        if self._listing is not None:
            self._listing.cancel()
        job = self._listing = operations.list_studies(self._jobs, self._engine, self._others)
        job.succeeded.connect(self._on_listed)
        job.failed.connect(self.failed)

    def add(self, path: Path) -> None:
        """Take a study elsewhere into the list."""
        job = operations.check(self._jobs, path)
        job.succeeded.connect(self._on_checked)
        job.failed.connect(self.failed)

    def forget(self, path: Path) -> None:
        """Take a study elsewhere out of the list; its folder stays."""
        self._others = [one for one in self._others if one != path]
        self.reload()

    def overview(self, path: Path) -> StudyOverview | None:
        """What the list says of a study."""
        return next((one for one in self.overviews or () if one.path == path), None)

    # --- making and writing -----------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        """Whether something is being made or written."""
        return self._running is not None

    def look_for_methods(self) -> None:
        """Find out what can be compared."""
        if self._engine is not None and not self._jobs.is_closed:
            job = operations.methods(self._jobs, self._engine)
            job.succeeded.connect(self._on_methods)
            job.failed.connect(self.failed)

    def make(self, request: StudyRequest) -> None:
        """Make a study, unless something else is being made."""
        if self._engine is not None and self._running is None:
            job = operations.make(self._jobs, self._engine, request)
            job.succeeded.connect(self._on_made)
            job.failed.connect(self.making_failed)
            self._follow(job)

    def write_page(self, path: Path, out: Path) -> None:
        """Write a study as a web page, unless something else is being made."""
        if self._running is None:
            job = operations.write_page(self._jobs, path, out)
            job.succeeded.connect(self.written)
            job.failed.connect(self.failed)
            self._follow(job)

    def cancel(self) -> None:
        """Stop what is being made or written; it leaves nothing behind."""
        if self._running is not None:
            self._running.cancel()

    def export(self, path: Path, kind: ExportKind, out: Path) -> None:
        """Write answers or the chart."""
        job = operations.export(self._jobs, path, kind, out)
        job.succeeded.connect(self.written)
        job.failed.connect(self.failed)

    def import_answers(self, path: Path, files: Sequence[Path]) -> None:
        """Take in answers that were given on the web page."""
        job = operations.import_answers(self._jobs, path, files)
        job.succeeded.connect(lambda reports: self._on_imported(path, reports))
        job.failed.connect(self.failed)

    # --- what came out ----------------------------------------------------------------------------

    def evaluate(self, path: Path) -> None:
        """Work out what came out of a study."""
        if self._evaluating is not None:
            self._evaluating.cancel()
        if self.results is not None and self.results.path != path:
            self.results = None
        job = self._evaluating = operations.read_results(self._jobs, path)
        job.succeeded.connect(self._on_evaluated)
        job.failed.connect(self._on_not_evaluated)

    # --- what happens -----------------------------------------------------------------------------

    def _follow(self, job: Job) -> None:
        self._running = job
        job.progressed.connect(self._on_progress)
        job.finished.connect(self._on_finished)
        self.running_changed.emit()

    def _on_progress(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    def _on_finished(self) -> None:
        self._running = None
        self.running_changed.emit()

    def _on_listed(self, overviews: list[StudyOverview]) -> None:
        self._listing = None
        self.overviews = overviews
        self.listed.emit()

    def _on_checked(self, path: Path) -> None:
        self.others = [*self._others, path]
        self.added.emit(path)
        self.reload()

    def _on_methods(self, methods: list[Method]) -> None:
        self.methods = methods
        self.methods_known.emit()

    def _on_made(self, path: Path) -> None:
        self.reload()
        self.made.emit(path)

    def _on_evaluated(self, results: StudyResults) -> None:
        self._evaluating = None
        self.results = results
        self.evaluated.emit()

    def _on_not_evaluated(self, trouble: Trouble) -> None:
        self._evaluating = self.results = None
        self.evaluating_failed.emit(trouble)
        self.failed.emit(trouble)

    def _on_imported(self, path: Path, reports: list[ImportReport]) -> None:
        said = study_phrases.imported(reports)
        if any(report.refused for report in reports):
            self.failed.emit(Trouble(said))
        else:
            self.said.emit(said)
        self.reload()
        if self.results is not None and self.results.path == path:
            self.evaluate(path)
