"""The two that are compared, scored by the metrics of the paper that are ready here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import comparing
from relsim_desktop.presenters.comparison import Comparison

if TYPE_CHECKING:
    from engine.comparing.metric_scores import MetricScore
    from engine.jobs import Progress
    from engine.metrics.catalogue import MetricState
    from engine.service import Engine
    from relsim_desktop.question import Question


_ONE_WAY = frozenset({"clip-t"})
"""Metrics that give another number when the pictures change places."""


class MetricScores(QObject):
    """Asks the metrics only when a person wants it; each is loaded for it in turn.

    Attributes:
        states: The metrics that there are, ready or not.
        scores: What those that are ready have said so far of the two.
    """

    changed = Signal()

    failed = Signal(object)
    """A `Trouble` with the pictures."""

    def __init__(self, jobs: JobRunner, comparison: Comparison) -> None:
        super().__init__()
        self.states: list[MetricState] = []
        self.scores: list[MetricScore] = []
        self._jobs = jobs
        self._comparison = comparison
        self._engine: Engine | None = None
        self._of: tuple[Question | None, Question | None] = (None, None)
        self._asked: tuple[Question | None, Question | None] = (None, None)
        self._job: Job | None = None
        self._is_cancelled = False
        comparison.changed.connect(self._on_changed)

    def attach(self, engine: Engine) -> None:
        """Be ready."""
        self._engine = engine

    @property
    def is_running(self) -> bool:
        """Whether metrics are being asked."""
        return self._job is not None

    @property
    def ready(self) -> list[MetricState]:
        """The metrics that would be asked."""
        return [state for state in self.states if state.is_ready]

    @property
    def can_ask(self) -> bool:
        """Whether two pictures are there to be scored, and a metric to do it."""
        has_pair = self._engine is not None and None not in self._comparison.sides
        return has_pair and bool(self.ready)

    @property
    def progress(self) -> Progress | None:
        """How far the metrics have come."""
        return None if self._job is None else self._job.progress

    @property
    def is_stopping(self) -> bool:
        """Whether a model that is being loaded holds up the end of the job."""
        return self._job is not None and self._is_cancelled

    def look(self) -> None:
        """Look which metrics are ready."""
        if self._engine is not None and not self._jobs.is_closed:
            job = comparing.metrics(self._jobs, self._engine)
            job.succeeded.connect(self._on_states)
            job.failed.connect(self.failed)

    def ask(self) -> None:
        """Let every metric that is ready score the two."""
        a, b = self._comparison.sides
        if self._engine is None or a is None or b is None or self._job is not None:
            return
        self.scores = []
        self._asked = (a, b)
        self._is_cancelled = False
        job = self._job = comparing.score_by_metrics(self._jobs, self._engine, a, b)
        job.posted.connect(self._on_score)
        job.progressed.connect(lambda _: self.changed.emit())
        job.failed.connect(self.failed)
        job.finished.connect(self._on_finished)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop; what was said stays."""
        if self._job is not None:
            self._is_cancelled = True
            self._job.cancel()
            self.changed.emit()

    def _on_states(self, states: list[MetricState]) -> None:
        self.states = states
        self.changed.emit()

    def _on_score(self, score: MetricScore) -> None:
        if score.is_ready and (score.metric not in _ONE_WAY or self._asked == self._of):
            self.scores = [*self.scores, score]
            self.changed.emit()

    def _on_finished(self) -> None:
        self._job = None
        self.changed.emit()

    def _on_changed(self) -> None:
        """Other pictures: what was said of the last two does not hold; after a swap most does."""
        sides = self._comparison.sides
        if set(map(id, sides)) != set(map(id, self._of)):
            self.cancel()
            self.scores = []
        elif sides != self._of:
            self.scores = [score for score in self.scores if score.metric not in _ONE_WAY]
        self._of = sides
        self.changed.emit()
