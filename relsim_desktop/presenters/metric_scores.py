"""The two that are compared, scored by the metrics of the paper that are ready here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import comparing
from relsim_desktop.presenters.asked_scores import AskedScores, Sides
from relsim_desktop.presenters.comparison import Comparison

if TYPE_CHECKING:
    from engine.comparing.metric_scores import MetricScore
    from engine.metrics.catalogue import MetricState
    from engine.service import Engine
    from relsim_desktop.question import Question

_ONE_WAY = frozenset({"clip-t"})
"""Metrics that give another number when the pictures change places."""


class MetricScores(AskedScores["MetricScore"]):
    """Asks the metrics that are ready.

    Attributes:
        states: The metrics that there are, ready or not.
    """

    def __init__(self, jobs: JobRunner, comparison: Comparison) -> None:
        super().__init__(jobs, comparison)
        self.states: list[MetricState] = []
        self._asked: Sides = (None, None)

    @property
    def ready(self) -> list[MetricState]:
        """The metrics that would be asked."""
        return [state for state in self.states if state.is_ready]

    @property
    def can_ask(self) -> bool:
        """Whether two pictures are there to be scored, and a metric to do it."""
        return super().can_ask and bool(self.ready)

    def start_look(self, engine: Engine) -> Job:
        """Begin to look which metrics are ready."""
        return comparing.metrics(self._jobs, engine)

    def found(self, states: list[MetricState]) -> None:
        """Take the metrics."""
        self.states = states
        self.changed.emit()

    def start_scoring(self, engine: Engine, a: Question, b: Question) -> Job:
        """Begin to let every metric that is ready score the two."""
        self._asked = (a, b)
        return comparing.score_by_metrics(self._jobs, engine, a, b)

    def take(self, score: MetricScore) -> None:
        """Take a score, unless it is of the two in the other order."""
        if score.is_ready and (score.metric not in _ONE_WAY or self._asked == self._of):
            super().take(score)

    def swapped(self) -> None:
        """Most numbers hold."""
        self.scores = [score for score in self.scores if score.metric not in _ONE_WAY]
