"""What is found out beside an answer, after it: what pictures may mean, filters, folded copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import finding
from relsim_desktop.operations.analogies import Ranking
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.finding.finder import Finder, Found
    from engine.finding.relations import Relation


class Aside(QObject):
    """Belongs to an inquiry; nothing here holds an answer up."""

    related = Signal(object)
    """``list[Relation]``: what the question may mean; empty while that is not known."""

    faceted = Signal(object)
    """The ``Facets`` that `count_facets` asked for."""

    unfolded = Signal(int, object)
    """An image, and ``list[Neighbor]``: what was collapsed into it."""

    opened = Signal(object)
    """``list[WayOut]`` of an answer without hits."""

    failed = Signal(object)
    """The `Trouble` with any of it."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._finder: Finder | None = None
        self._relations: list[Relation] = []
        self._pictures: tuple[Question, ...] | None = None  # those whose relations are known
        self._relating: Job | None = None
        self._counting: Job | None = None
        self._passing: list[Job] = []  # of the answer of now

    def attach(self, finder: Finder) -> None:
        """Ask another library."""
        self._finder = finder
        self._pictures = None

    @property
    def relations(self) -> list[Relation]:
        """What the question of now may mean, as far as that is known."""
        return self._relations

    def follow(self, question: Question) -> None:
        """Something else is asked.

        Other pictures mean something else; the same ones under other terms do not.
        """
        for job in self._passing:
            job.cancel()
        self._passing = []
        if self._pictures is not None and _are_same(self._pictures, question.pictures):
            return
        if self._relating is not None:
            self._relating.cancel()
        self._pictures = None
        if self._relations:
            self._relations = []
            self.related.emit([])

    def look_around(self, question: Question, ranking: Ranking, found: Found) -> None:
        """It was answered: ask what its pictures may mean; without hits, what stands in the way."""
        if self._finder is None:
            return
        if not found.neighbors and question.filters is not None:
            job = finding.ways_out(self._jobs, self._finder, question, ranking)
            job.succeeded.connect(self.opened)
            job.failed.connect(self.failed)
            self._passing.append(job)
        if self._pictures is None and question.pictures:
            self._pictures = question.pictures
            self._relating = finding.relations(self._jobs, self._finder, question)
            self._relating.succeeded.connect(self._on_related)
            self._relating.failed.connect(self._on_unrelated)

    def count_facets(self) -> None:
        """Count what the library holds by what filters go by."""
        if self._finder is None or (self._counting is not None and self._counting.is_running):
            return
        self._counting = finding.facets(self._jobs, self._finder)
        self._counting.succeeded.connect(self.faceted)
        self._counting.failed.connect(self.failed)

    def unfold(
        self, question: Question, ranking: Ranking, image_id: int, copies: tuple[int, ...]
    ) -> None:
        """Score what was collapsed into a hit.

        Args:
            question: What was asked.
            ranking: How it was ordered.
            image_id: The hit.
            copies: What was collapsed into it.
        """
        if self._finder is None:
            return
        job = finding.unfold(self._jobs, self._finder, question, ranking, copies)
        job.succeeded.connect(lambda neighbors: self.unfolded.emit(image_id, neighbors))
        job.failed.connect(self.failed)
        self._passing.append(job)

    def _on_related(self, relations: list[Relation]) -> None:
        self._relations = relations
        self.related.emit(relations)

    def _on_unrelated(self, trouble: Trouble) -> None:
        self._pictures = None  # asked again with the next answer
        self.failed.emit(trouble)


def _are_same(some: tuple[Question, ...], others: tuple[Question, ...]) -> bool:
    return len(some) == len(others) and all(
        one.is_same_as(other) for one, other in zip(some, others, strict=True)
    )
