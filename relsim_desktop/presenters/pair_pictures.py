"""The two pictures that are compared, with all their pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations.pair_pictures import Levels, load_levels
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine

EDGE = 4096
"""Longer side in pixels that is kept of a picture: twice a common screen, 50 MB or so."""


@dataclass(slots=True)
class _Loading:
    """A picture on its way, or there."""

    question: Question
    job: Job | None = None
    levels: Levels | None = None
    trouble: str = ""


class PairPictures(QObject):
    """Loads what is shown; a picture that only changes sides is not loaded again."""

    changed = Signal()
    """A picture came, or turned out to be unreadable."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._sides: list[_Loading | None] = [None, None]

    def attach(self, engine: Engine) -> None:
        """Begin to load."""
        self._engine = engine
        for side in self._sides:
            if side is not None and side.job is None:
                self._load(side)

    def show(self, questions: tuple[Question | None, Question | None]) -> None:
        """Load these two, and let go of others."""
        known = [side for side in self._sides if side is not None]
        self._sides = [self._of(question, known) for question in questions]
        for side in known:
            if side not in self._sides and side.job is not None:
                side.job.cancel()
        self.changed.emit()

    def levels(self, side: int) -> Levels | None:
        """The picture on side 0 (A) or 1 (B), as far as it is there."""
        loading = self._sides[side]
        return None if loading is None else loading.levels

    def why_unreadable(self, side: int) -> str:
        """Why there is no picture and will be none; empty while there is hope."""
        loading = self._sides[side]
        return "" if loading is None else loading.trouble

    def _of(self, question: Question | None, known: list[_Loading]) -> _Loading | None:
        if question is None:
            return None
        for side in known:
            if side.question.is_same_as(question):
                return side
        side = _Loading(question)
        known.append(side)
        self._load(side)
        return side

    def _load(self, side: _Loading) -> None:
        if self._engine is None or self._jobs.is_closed:
            return
        side.job = load_levels(self._jobs, self._engine, side.question, EDGE)
        side.job.posted.connect(lambda levels: self._on_loaded(side, levels))
        side.job.succeeded.connect(lambda levels: self._on_loaded(side, levels))
        side.job.failed.connect(lambda trouble: self._on_failed(side, trouble))

    def _on_loaded(self, side: _Loading, levels: Levels) -> None:
        side.levels = levels
        self.changed.emit()

    def _on_failed(self, side: _Loading, trouble: Trouble) -> None:
        side.trouble = trouble.text
        self.changed.emit()
