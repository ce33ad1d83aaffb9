"""Verbs that ask the engine: the neighbors of a picture or a sentence, and the score of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.captions import Portrait, image_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Neighbor, PairScore, Query

NEIGHBORS = 60
"""How many neighbors an answer has at most."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How neighbors are ordered.

    Attributes:
        surprise: 0 for the most related, 1 for related pictures that look nothing alike.
        collapse: Show near-identical pictures once.
    """

    surprise: float = 0.0
    collapse: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes at once.

    Attributes:
        neighbors: Best first.
        is_final: Whether the model that ranks has spoken; else `refine` lets it.
    """

    neighbors: list[Neighbor]
    is_final: bool


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """As `Answer`, for two pictures; `refine_pair` lets the model that ranks speak."""

    score: PairScore
    is_final: bool


def answer(jobs: JobRunner, engine: Engine, question: Question, ranking: Ranking) -> Job:
    """Find what is relationally near, without waiting for a large model; succeeds with an `Answer`.

    For a picture the job first posts its `Portrait`.
    """

    def work(task: Task) -> Answer:
        if question.is_text:
            return Answer(engine.search(question.text, NEIGHBORS), is_final=True)
        query = _query(question)
        task.post(Portrait(image_of(engine, question), engine.describe(query)))
        task.control.checkpoint()
        is_final = engine.is_prompt(query)
        return Answer(_neighbors(engine, query, ranking, quick=not is_final), is_final)

    return jobs.start(work, lane=Lane.QUERY)


def refine(jobs: JobRunner, engine: Engine, question: Question, ranking: Ranking) -> Job:
    """Let the model that ranks answer, which may have to look; succeeds with ``list[Neighbor]``."""
    return jobs.start(
        lambda task: _neighbors(engine, _query(question), ranking, quick=False), lane=Lane.LARGE
    )


def compare(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Score two pictures without waiting for a large model; succeeds with a `PairAnswer`."""

    def work(task: Task) -> PairAnswer:
        pair = _query(a), _query(b)
        is_final = all(engine.is_prompt(query) for query in pair)
        return PairAnswer(engine.score(*pair, quick=not is_final), is_final)

    return jobs.start(work, lane=Lane.QUERY)


def refine_pair(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Let the model that ranks score two pictures; succeeds with the `PairScore`."""
    return jobs.start(lambda task: engine.score(_query(a), _query(b)), lane=Lane.LARGE)


def _neighbors(engine: Engine, query: Query, ranking: Ranking, *, quick: bool) -> list[Neighbor]:
    return engine.neighbors(
        query, NEIGHBORS, surprise=ranking.surprise, collapse=ranking.collapse, quick=quick
    )


def _query(question: Question) -> Query:
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
