"""Verbs beside an answer: what its pictures may mean, what to filter by, what was folded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import QueryError
from relsim_desktop import filter_phrases
from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.analogies import NEIGHBORS, Ranking, ask_of, query_of
from relsim_desktop.question import Question
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.finding.finder import Finder
    from engine.finding.relations import Relation
    from engine.service import Engine
    from engine.types import Neighbor

_TRIES = 20
"""Pictures that are drawn before a library counts as away: some drives may be."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A condition that would let something be found if it went.

    Attributes:
        text: The condition.
        question: The same question without it.
        hits: How many hits that has; `NEIGHBORS` at most.
    """

    text: str
    question: Question
    hits: int


def relations(jobs: JobRunner, finder: Finder, question: Question) -> Job:
    """Name the relations of the pictures that are asked for; succeeds with ``list[Relation]``.

    Of several pictures they are those that all share.
    """

    def work(task: Task) -> list[Relation]:
        queries = [query_of(picture) for picture in question.pictures]
        return finder.relations(queries[0]) if len(queries) == 1 else finder.shared(queries)

    return jobs.start(work, lane=Lane.QUERY)


def facets(jobs: JobRunner, finder: Finder) -> Job:
    """Count what the library holds by what filters go by; succeeds with ``Facets``."""
    return jobs.start(lambda task: finder.facets(), lane=Lane.QUERY)


def wander(jobs: JobRunner, engine: Engine, finder: Finder) -> Job:
    """Choose a picture worth starting from; succeeds with the `Question` about it."""

    def work(task: Task) -> Question:
        for _ in range(_TRIES):
            image_id = finder.wander()
            path = engine.store.path_of(image_id)
            if path is not None:
                return Question(path=path, image_id=image_id)
            task.control.checkpoint()
        raise QueryError(tr("The pictures of this library are not there now"))

    return jobs.start(work, lane=Lane.QUERY)


def unfold(
    jobs: JobRunner,
    finder: Finder,
    question: Question,
    ranking: Ranking,
    image_ids: tuple[int, ...],
) -> Job:
    """Score the pictures that were collapsed into a hit; succeeds with ``list[Neighbor]``.

    Args:
        jobs: Runs it.
        finder: Asks the library.
        question: What was asked.
        ranking: How it was ordered; here nothing is collapsed.
        image_ids: The pictures.
    """

    def work(task: Task) -> list[Neighbor]:
        ask = replace(ask_of(question, replace(ranking, collapse=False)), among=image_ids)
        quick = not finder.is_prompt(ask)
        return finder.find(ask, len(image_ids), quick=quick).neighbors

    return jobs.start(work, lane=Lane.QUERY)


def ways_out(jobs: JobRunner, finder: Finder, question: Question, ranking: Ranking) -> Job:
    """Which single filter stands in the way; succeeds with ``list[WayOut]``, the widest first."""

    def work(task: Task) -> list[WayOut]:
        found = []
        for condition in filter_phrases.conditions(question.filters):
            task.control.checkpoint()
            without = replace(question, filters=condition.without)
            ask = ask_of(without, ranking)
            hits = finder.find(ask, NEIGHBORS, quick=not finder.is_prompt(ask)).neighbors
            if hits:
                found.append(WayOut(condition.text, without, len(hits)))
        return sorted(found, key=lambda way: -way.hits)

    return jobs.start(work, lane=Lane.QUERY)
