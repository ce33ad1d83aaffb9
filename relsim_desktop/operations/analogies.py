"""Verbs that ask the engine: the neighbors of a picture or a sentence, and the score of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Neighbor, Query

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


def answer(jobs: JobRunner, engine: Engine, question: Question, ranking: Ranking) -> Job:
    """Find what is relationally near; succeeds with ``list[Neighbor]``, best first.

    For a picture the job first posts its `Description`.
    """

    def work(task: Task) -> list[Neighbor]:
        if question.is_text:
            return engine.search(question.text, NEIGHBORS)
        query = _query(question)
        task.post(engine.describe(query))
        task.control.checkpoint()
        return engine.neighbors(
            query, NEIGHBORS, surprise=ranking.surprise, collapse=ranking.collapse
        )

    return jobs.start(work, lane=Lane.QUERY)


def compare(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Score two pictures; succeeds with the `PairScore`."""
    return jobs.start(lambda task: engine.score(_query(a), _query(b)), lane=Lane.QUERY)


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
