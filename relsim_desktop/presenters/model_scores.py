"""The two that are compared, scored by every model that is installed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import comparing
from relsim_desktop.presenters.comparison import Comparison
from relsim_desktop.presenters.comparison_history import ComparisonHistory

if TYPE_CHECKING:
    from engine.comparing.scoring import ModelScore, ScoringModel
    from engine.jobs import Progress
    from engine.service import Engine
    from engine.types import PairScore
    from relsim_desktop.question import Question


class ModelScores(QObject):
    """Asks the models only when a person wants it; each large one is loaded for it in turn.

    Attributes:
        models: Those that would be asked, the small one first.
        scores: What they have said so far of the two.
    """

    changed = Signal()

    failed = Signal(object)
    """A `Trouble` with the pictures."""

    def __init__(self, jobs: JobRunner, comparison: Comparison, history: ComparisonHistory) -> None:
        super().__init__()
        self.models: list[ScoringModel] = []
        self.scores: list[ModelScore] = []
        self._jobs = jobs
        self._comparison = comparison
        self._history = history
        self._engine: Engine | None = None
        self._of: tuple[Question | None, Question | None] = (None, None)
        self._settled: PairScore | None = None
        self._job: Job | None = None
        self._is_cancelled = False
        comparison.changed.connect(self._on_changed)
        comparison.settled.connect(self._on_settled)

    def attach(self, engine: Engine) -> None:
        """Be ready."""
        self._engine = engine

    @property
    def is_running(self) -> bool:
        """Whether models are being asked."""
        return self._job is not None

    @property
    def can_ask(self) -> bool:
        """Whether two pictures are there to be scored."""
        return self._engine is not None and None not in self._comparison.sides

    @property
    def settled(self) -> PairScore | None:
        """The score by the model that ranks, once it is there."""
        return self._settled

    @property
    def progress(self) -> Progress | None:
        """How far the models have come."""
        return None if self._job is None else self._job.progress

    @property
    def is_stopping(self) -> bool:
        """Whether a model that is being loaded holds up the end of the job."""
        return self._job is not None and self._is_cancelled

    def look(self) -> None:
        """Look which models there are."""
        if self._engine is not None and not self._jobs.is_closed:
            job = comparing.models(self._jobs, self._engine)
            job.succeeded.connect(self._on_models)
            job.failed.connect(self.failed)

    def ask(self) -> None:
        """Let every model score the two."""
        a, b = self._comparison.sides
        if self._engine is None or a is None or b is None or self._job is not None:
            return
        self.scores = []
        self._is_cancelled = False
        job = self._job = comparing.score_by_all(self._jobs, self._engine, a, b)
        job.posted.connect(self._on_score)
        job.progressed.connect(lambda _: self.changed.emit())
        job.failed.connect(self.failed)
        job.finished.connect(self._on_finished)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop after the model that is at work; what was said stays."""
        if self._job is not None:
            self._is_cancelled = True
            self._job.cancel()
            self.changed.emit()

    def _on_models(self, models: list[ScoringModel]) -> None:
        self.models = models
        self.changed.emit()

    def _on_score(self, score: ModelScore) -> None:
        self.scores = [*self.scores, score]
        looks = next((one.attribute for one in self.scores if one.attribute is not None), None)
        settled = self._settled
        if score.relational is not None and looks is not None and settled is not None:
            place = score.percentile if score.percentile is not None else float("nan")
            pair = replace(settled, relational=score.relational, attribute=looks, percentile=place)
            self._history.remember(pair, score.model)
        self.changed.emit()

    def _on_finished(self) -> None:
        self._job = None
        self.changed.emit()

    def _on_settled(self, score: PairScore) -> None:
        self._settled = score
        self.changed.emit()

    def _on_changed(self) -> None:
        """Other pictures: what was said of the last two does not hold; a swap changes nothing."""
        sides = self._comparison.sides
        if set(map(id, sides)) != set(map(id, self._of)):
            self.cancel()
            self.scores = []
        self._settled = None
        self._of = sides
        self.changed.emit()
