"""The two that are compared, scored by several scorers, one after another, when a person asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.presenters.comparison import Comparison

if TYPE_CHECKING:
    from engine.jobs import Progress
    from engine.service import Engine
    from relsim_desktop.question import Question

Score = TypeVar("Score")
Sides = tuple["Question | None", "Question | None"]


class AskedScores(QObject, Generic[Score]):
    """Asks only when a person wants it; each scorer is loaded for it in turn.

    Attributes:
        scores: What they have said so far of the two.
    """

    changed = Signal()

    failed = Signal(object)
    """A `Trouble` with the pictures."""

    def __init__(self, jobs: JobRunner, comparison: Comparison) -> None:
        super().__init__()
        self.scores: list[Score] = []
        self._jobs = jobs
        self._comparison = comparison
        self._engine: Engine | None = None
        self._of: Sides = (None, None)
        self._job: Job | None = None
        self._is_cancelled = False
        comparison.changed.connect(self._on_changed)

    def attach(self, engine: Engine) -> None:
        """Be ready."""
        self._engine = engine

    @property
    def is_running(self) -> bool:
        """Whether scorers are being asked."""
        return self._job is not None

    @property
    def can_ask(self) -> bool:
        """Whether two pictures are there to be scored."""
        return self._engine is not None and None not in self._comparison.sides

    @property
    def progress(self) -> Progress | None:
        """How far the scorers have come."""
        return None if self._job is None else self._job.progress

    @property
    def is_stopping(self) -> bool:
        """Whether a model that is being loaded holds up the end of the job."""
        return self._job is not None and self._is_cancelled

    def look(self) -> None:
        """Look which scorers there are."""
        if self._engine is not None and not self._jobs.is_closed:
            job = self.start_look(self._engine)
            job.succeeded.connect(self.found)
            job.failed.connect(self.failed)

    def ask(self) -> None:
        """Let every scorer score the two."""
        a, b = self._comparison.sides
        if self._engine is None or a is None or b is None or self._job is not None:
            return
        self.scores = []
        self._is_cancelled = False
        job = self._job = self.start_scoring(self._engine, a, b)
        job.posted.connect(self.take)
        job.progressed.connect(lambda _: self.changed.emit())
        job.failed.connect(self.failed)
        job.finished.connect(self._on_finished)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop after the scorer that is at work; what was said stays."""
        if self._job is not None:
            self._is_cancelled = True
            self._job.cancel()
            self.changed.emit()

    def start_look(self, engine: Engine) -> Job:
        """Begin to look which scorers there are; the result goes to `found`."""
        raise NotImplementedError

    def found(self, scorers: list[Any]) -> None:
        """Take what was found."""
        raise NotImplementedError

    def start_scoring(self, engine: Engine, a: Question, b: Question) -> Job:
        """Begin to score two pictures; each score that is posted goes to `take`."""
        raise NotImplementedError

    def take(self, score: Score) -> None:
        """Take a score."""
        self.scores = [*self.scores, score]
        self.changed.emit()

    def swapped(self) -> None:
        """The two have changed places: drop what does not hold any more."""

    def _on_finished(self) -> None:
        self._job = None
        self.changed.emit()

    def _on_changed(self) -> None:
        """Other pictures: what was said of the last two does not hold."""
        sides = self._comparison.sides
        if set(map(id, sides)) != set(map(id, self._of)):
            self.cancel()
            self.scores = []
        elif sides != self._of:
            self.swapped()
        self._of = sides
        self.changed.emit()
