"""The two that are compared, scored by every model that is installed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import comparing
from relsim_desktop.presenters.asked_scores import AskedScores
from relsim_desktop.presenters.comparison import Comparison
from relsim_desktop.presenters.comparison_history import ComparisonHistory

if TYPE_CHECKING:
    from engine.comparing.scoring import ModelScore, ScoringModel
    from engine.service import Engine
    from engine.types import PairScore
    from relsim_desktop.question import Question


class ModelScores(AskedScores["ModelScore"]):
    """Asks every model, and remembers what it said.

    Attributes:
        models: Those that would be asked, the small one first.
    """

    def __init__(self, jobs: JobRunner, comparison: Comparison, history: ComparisonHistory) -> None:
        super().__init__(jobs, comparison)
        self._settled: PairScore | None = None
        self.models: list[ScoringModel] = []
        self._history = history
        comparison.settled.connect(self._on_settled)

    @property
    def settled(self) -> PairScore | None:
        """The score by the model that ranks, once it is there."""
        return self._settled

    def start_look(self, engine: Engine) -> Job:
        """Begin to look which models there are."""
        return comparing.models(self._jobs, engine)

    def found(self, models: list[ScoringModel]) -> None:
        """Take the models."""
        self.models = models
        self.changed.emit()

    def start_scoring(self, engine: Engine, a: Question, b: Question) -> Job:
        """Begin to let every model score the two."""
        return comparing.score_by_all(self._jobs, engine, a, b)

    def take(self, score: ModelScore) -> None:
        """Take a score, and remember it beside the look, once that is known."""
        scores = [*self.scores, score]
        looks = next((one.attribute for one in scores if one.attribute is not None), None)
        settled = self._settled
        if score.relational is not None and looks is not None and settled is not None:
            place = score.percentile if score.percentile is not None else float("nan")
            pair = replace(settled, relational=score.relational, attribute=looks, percentile=place)
            self._history.remember(pair, score.model)
        super().take(score)

    def _on_settled(self, score: PairScore) -> None:
        self._settled = score
        self.changed.emit()

    def _on_changed(self) -> None:
        self._settled = None
        super()._on_changed()
