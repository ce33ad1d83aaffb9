"""Verbs that ask the engine: what a question finds, and the score of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.captions import Portrait, image_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.finding.finder import Ask, Finder, Found
    from engine.service import Engine
    from engine.types import PairScore, Query

NEIGHBORS = 60
"""How many neighbors an answer has at most."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How neighbors are ordered, whatever is asked.

    Attributes:
        surprise: 0 for the most related, 1 for related pictures that look nothing alike.
        collapse: Show near-identical pictures once.
        learns: Let what a person said of pairs move their neighbors.
    """

    surprise: float = 0.0
    collapse: bool = True
    learns: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes at once.

    Attributes:
        found: The neighbors, best first, and what they were chosen from.
        is_final: Whether the model that ranks has spoken; else `refine` lets it.
    """

    found: Found
    is_final: bool


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """As `Answer`, for two pictures; `refine_pair` lets the model that ranks speak."""

    score: PairScore
    is_final: bool


def finder_of(engine: Engine) -> Finder:
    """What finds in a library; the engine has brought in by now what its modules need."""
    from engine.finding.finder import Finder

    return Finder(engine)


def answer(
    jobs: JobRunner, engine: Engine, finder: Finder, question: Question, ranking: Ranking
) -> Job:
    """Find what is relationally near, without waiting for a large model; succeeds with an `Answer`.

    For a single picture the job first posts its `Portrait`.
    """

    def work(task: Task) -> Answer:
        if not question.is_text and not question.is_composed:
            description = engine.describe(query_of(question))
            task.post(Portrait(image_of(engine, question), description))
            task.control.checkpoint()
        ask = ask_of(question, ranking)
        is_final = finder.is_prompt(ask)
        return Answer(finder.find(ask, NEIGHBORS, quick=not is_final), is_final)

    return jobs.start(work, lane=Lane.QUERY)


def refine(jobs: JobRunner, finder: Finder, question: Question, ranking: Ranking) -> Job:
    """Let the model that ranks answer, which may have to look; succeeds with a ``Found``."""
    return jobs.start(
        lambda task: finder.find(ask_of(question, ranking), NEIGHBORS), lane=Lane.LARGE
    )


def compare(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Score two pictures without waiting for a large model; succeeds with a `PairAnswer`."""

    def work(task: Task) -> PairAnswer:
        pair = query_of(a), query_of(b)
        is_final = all(engine.is_prompt(query) for query in pair)
        return PairAnswer(engine.score(*pair, quick=not is_final), is_final)

    return jobs.start(work, lane=Lane.QUERY)


def refine_pair(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Let the model that ranks score two pictures; succeeds with the `PairScore`."""
    return jobs.start(lambda task: engine.score(query_of(a), query_of(b)), lane=Lane.LARGE)


def ask_of(question: Question, ranking: Ranking) -> Ask:
    """A question as the engine takes it."""
    from engine.finding.filters import Filters
    from engine.finding.finder import Ask, Part

    return Ask(
        parts=tuple(
            Part(part.what.text if part.what.is_text else query_of(part.what), part.weight)
            for part in question.parts
        ),
        relation=question.relation or None,
        surprise=ranking.surprise,
        collapse=ranking.collapse,
        filters=question.filters or Filters(),
        order=question.order,
        learns=ranking.learns,
    )


def query_of(question: Question) -> Query:
    """A single picture as the engine takes it."""
    if question.image_id is not None:
        return question.image_id
    if question.path is not None:
        return question.path
    assert question.pasted is not None
    return _to_pillow(question.pasted)


def _to_pillow(image: QImage) -> Query:
    """The picture as upright RGB; transparency is laid over white as the engine does."""
    from PIL import Image  # not needed before somebody pastes a picture

    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (rgba.width(), rgba.height())
    data, stride = bytes(rgba.constBits()), rgba.bytesPerLine()
    pixels = Image.frombytes("RGBA", size, data, "raw", "RGBA", stride, 1)
    white = Image.new("RGBA", size, "white")
    return Image.alpha_composite(white, pixels).convert("RGB")
