"""Two pictures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import analogies, links
from relsim_desktop.operations.analogies import PairAnswer
from relsim_desktop.presenters.pair_pictures import PairPictures
from relsim_desktop.presenters.pair_view import PairView
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import PairScore


class Comparison(QObject):
    """Holds two sides and scores them as soon as both are there.

    Attributes:
        pictures: The two, to be looked at.
        view: How they are looked at.
    """

    changed = Signal()
    """A side changed; an earlier score no longer holds."""

    scored = Signal(object)
    """The `PairScore`."""

    settled = Signal(object)
    """The `PairScore` of the model that ranks; `scored` comes before it."""

    refining = Signal()
    """The model that ranks is looking; meanwhile the score is the small model's."""

    unrefined = Signal(object)
    """The `Trouble` with that model; the score stays."""

    failed = Signal(object)
    """The `Trouble` with the two."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.pictures = PairPictures(jobs)
        self.view = PairView()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._sides: list[Question | None] = [None, None]
        self._job: Job | None = None
        self._fetching: dict[int, tuple[str, Job]] = {}  # links on their way, by side

    def attach(self, engine: Engine) -> None:
        """Score what is there."""
        self._engine = engine
        self.pictures.attach(engine)
        self.refresh()

    def refresh(self) -> None:
        """Score what is there anew, because another model ranks."""
        self._on_changed()

    @property
    def sides(self) -> tuple[Question | None, Question | None]:
        """A and B."""
        return self._sides[0], self._sides[1]

    def place(self, side: int, question: Question | None) -> None:
        """Put a picture on side 0 (A) or 1 (B), or take it away.

        A link is fetched first; the side is empty until the picture is here.
        """
        self._stop_fetching(side)
        self._sides[side] = None if question is None or question.link else question.bare
        if question is not None and question.link:
            self._fetch(side, question.bare)
        self.view.fit()
        self._on_changed()

    def place_next(self, question: Question) -> None:
        """Put a picture on the first free side, or on B."""
        is_free = self._sides[0] is None and 0 not in self._fetching
        self.place(0 if is_free else 1, question)

    def compare(self, a: Question, b: Question) -> None:
        """Put a picture on each side."""
        for side in (0, 1):
            self._stop_fetching(side)
        self._sides = [a.bare, b.bare]
        self.view.fit()
        self._on_changed()

    def swap(self) -> None:
        """Exchange the sides; what is on its way to one stays on its way there."""
        self._sides.reverse()
        self._on_changed()

    def fetching(self, side: int) -> str:
        """The link that is on its way to a side; empty if there is none."""
        return self._fetching[side][0] if side in self._fetching else ""

    def _fetch(self, side: int, question: Question) -> None:
        job = links.fetch(self._jobs, question)
        self._fetching[side] = (question.link, job)
        job.succeeded.connect(lambda fetched: self.place(side, fetched))
        job.failed.connect(lambda trouble: self._on_unfetched(side, trouble))

    def _stop_fetching(self, side: int) -> None:
        _, job = self._fetching.pop(side, ("", None))
        if job is not None:
            job.cancel()

    def _on_unfetched(self, side: int, trouble: Trouble) -> None:
        self._fetching.pop(side, None)
        self.changed.emit()
        self.failed.emit(trouble)

    def _on_changed(self) -> None:
        self.pictures.show(self.sides)
        self.changed.emit()
        self._score()

    def _score(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        a, b = self._sides
        if self._engine is None or a is None or b is None:
            return
        self._job = analogies.compare(self._jobs, self._engine, a, b)
        self._job.succeeded.connect(self._on_answered)
        self._job.failed.connect(self.failed)

    def _on_answered(self, answer: PairAnswer) -> None:
        self.scored.emit(answer.score)
        a, b = self._sides
        if answer.is_final:
            self.settled.emit(answer.score)
        elif self._engine is not None and a is not None and b is not None:
            self._job = analogies.refine_pair(self._jobs, self._engine, a, b)
            self._job.succeeded.connect(self._on_refined)
            self._job.failed.connect(self.unrefined)
            self.refining.emit()

    def _on_refined(self, score: PairScore) -> None:
        self.scored.emit(score)
        self.settled.emit(score)
