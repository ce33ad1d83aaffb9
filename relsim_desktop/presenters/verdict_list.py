"""All verdicts of the library: read anew whenever one changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.itemmodels.verdicts import VerdictsModel
from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import judgements
from relsim_desktop.operations.judgements import JudgedPair
from relsim_desktop.presenters.verdicts import Verdicts

if TYPE_CHECKING:
    from engine.judging.judgements import JudgedPair as PairOfPictures
    from engine.service import Engine
    from engine.types import PairVerdict


class VerdictList(QObject):
    """Keeps a model of them, once somebody wants to see it."""

    changed = Signal()
    """The model shows what is stored now."""

    failed = Signal(object)
    """The `Trouble` with reading them."""

    def __init__(self, jobs: JobRunner, verdicts: Verdicts) -> None:
        super().__init__()
        self.model = VerdictsModel()
        self._jobs = jobs
        self._verdicts = verdicts
        self._engine: Engine | None = None
        self._reading: Job | None = None
        self._is_wanted = False
        verdicts.judged.connect(self._on_judged)
        verdicts.failed.connect(self._on_judged)

    def attach(self, engine: Engine) -> None:
        """Take the verdicts of a library."""
        self._engine = engine

    def load(self) -> None:
        """Read them now, and from now on whenever one changes."""
        self._is_wanted = True
        if self._engine is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = judgements.all_verdicts(self._jobs, self._engine)
        self._reading.succeeded.connect(self._on_read)
        self._reading.failed.connect(self.failed)

    def judge(self, pairs: Sequence[PairOfPictures], verdict: PairVerdict | None) -> None:
        """Say something else of pairs, or take back what was said; it can be undone."""
        for pair in pairs:
            if pair.verdict != verdict:
                self._verdicts.judge(JudgedPair(pair.a.image_id, pair.b.image_id, verdict))

    def _on_judged(self, _: object) -> None:
        if self._is_wanted:
            self.load()

    def _on_read(self, pairs: list[PairOfPictures]) -> None:
        self.model.replace(pairs)
        self.changed.emit()
