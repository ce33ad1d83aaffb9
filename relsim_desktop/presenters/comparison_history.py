"""What was compared before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.itemmodels.comparisons import ComparisonsModel
from relsim_desktop.jobs import JobRunner
from relsim_desktop.operations import comparing
from relsim_desktop.presenters.comparison import Comparison
from relsim_desktop.presenters.undo import Undo
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.store.comparisons import PastComparison
    from engine.types import PairScore


class ComparisonHistory(QObject):
    """Remembers each pair of files that is scored, and forgets what a person takes out.

    Pictures without a file are not remembered: nothing could bring them back.
    """

    failed = Signal(object)
    """A `Trouble`."""

    def __init__(self, jobs: JobRunner, comparison: Comparison, undo: Undo) -> None:
        super().__init__()
        self.model = ComparisonsModel()
        self._jobs = jobs
        self._comparison = comparison
        self._undo = undo
        self._engine: Engine | None = None
        comparison.settled.connect(lambda score: self.remember(score, score.model))

    def attach(self, engine: Engine) -> None:
        """Begin to remember."""
        self._engine = engine

    def reload(self) -> None:
        """Read it anew; files may have come and gone."""
        if self._engine is None or self._jobs.is_closed:
            return
        job = comparing.read_history(self._jobs, self._engine)
        job.succeeded.connect(self.model.replace)
        job.failed.connect(self.failed)

    def remember(self, score: PairScore, model: str) -> None:
        """Put the two that are compared now into the history.

        Args:
            score: Theirs.
            model: Id of the model that scored them.
        """
        a, b = self._comparison.sides
        if self._engine is None or a is None or b is None or a.path is None or b.path is None:
            return
        job = comparing.remember(self._jobs, self._engine, (a.path, b.path), score, model)
        job.succeeded.connect(lambda _: self.reload())
        job.failed.connect(self.failed)

    def remove(self, ids: Sequence[int]) -> None:
        """Take comparisons out; it can be undone."""
        if ids:
            self._forget(ids)

    def clear(self) -> None:
        """Take all out; it can be undone."""
        if self.model.rowCount():
            self._forget(None)

    def _forget(self, ids: Sequence[int] | None, *, is_new: bool = True) -> None:
        if self._engine is None:
            return
        job = comparing.forget(self._jobs, self._engine, ids)
        if is_new:
            job.succeeded.connect(self._on_forgotten)
        job.succeeded.connect(lambda _: self.reload())
        job.failed.connect(self.failed)

    def _on_forgotten(self, forgotten: list[PastComparison]) -> None:
        ids = [past.comparison_id for past in forgotten]
        self._undo.push(
            tr("removing %n comparison(s)", "", len(ids)),
            undo=lambda: self._bring_back(forgotten),
            redo=lambda: self._forget(ids, is_new=False),
        )

    def _bring_back(self, forgotten: Sequence[PastComparison]) -> None:
        if self._engine is not None:
            job = comparing.bring_back(self._jobs, self._engine, forgotten)
            job.succeeded.connect(lambda _: self.reload())
            job.failed.connect(self.failed)
