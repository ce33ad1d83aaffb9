"""Finding: questions of several parts, steered and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.answers import Wishes
from engine.blending import blend
from engine.errors import QueryError
from engine.filters import NO_FILTERS, Filters
from engine.hits import neighbors_of
from engine.types import Neighbor, Query

if TYPE_CHECKING:
    from engine.service import Engine

Order: TypeAlias = Literal["nearest", "farthest"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked about.

    Attributes:
        what: A picture, or a sentence, which may hold slots.
        weight: In -2..2 and not 0; below 0 it pushes away.
    """

    what: Query | str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A question.

    Attributes:
        parts: At least one has a weight above 0.
        relation: A sentence that says which relation is meant; it steers.
        steering: How far towards it, 0..1.
        surprise: See `Engine.neighbors`.
        collapse: Show near-identical pictures and bursts once, and none that is so to the question.
        filters: Which pictures may be hits.
        order: ``farthest`` begins with the least related.
        learns: Whether verdicts on the pictures that are asked about move the hits.
    """

    parts: tuple[Part, ...]
    relation: str | None = None
    steering: float = 0.6
    surprise: float = 0.0
    collapse: bool = False
    filters: Filters = NO_FILTERS
    order: Order = "nearest"
    learns: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """An answer.

    Attributes:
        neighbors: The hits, best first.
        copies: For each hit that stands for others: their ids; `Neighbor.copies` is how many.
        passing: How many of the library's images pass the filters.
        of: How many there are.
    """

    neighbors: list[Neighbor]
    copies: Mapping[int, tuple[int, ...]]
    passing: int
    of: int


class Finder:
    """Asks the library. Thread-safe; every method blocks, so it belongs into a worker thread.

    Args:
        engine: An open engine; the finder needs no closing.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, ask: Ask, k: int = 60, *, quick: bool = False) -> Found:
        """The images that answer a question, best first.

        One picture as it is gets the answer of `Engine.neighbors`, one sentence that of
        `Engine.search`. Anything else is a blend: `Neighbor.relational` is then the cosine to the
        blended vector of the model that answers, and `Neighbor.percentile` the share of the
        library's images that are less related to it.

        Args:
            ask: The question.
            k: How many at most.
            quick: The small model's answer, whatever model was chosen.

        Raises:
            QueryError: If nothing pushes towards anything, a sentence is empty, the library is
                empty, or has no such image.
            DecodeError: If a file cannot be read.
            ModelError: If a model is needed and cannot be loaded.
        """
        pictures = [
            (part.what, part.weight) for part in ask.parts if not isinstance(part.what, str)
        ]
        sentences = [(part.what, part.weight) for part in ask.parts if isinstance(part.what, str)]
        if not any(part.weight > 0 for part in ask.parts):
            raise QueryError("Ask about at least one picture or sentence that hits shall be like")
        texts = [_words(text) for text, _ in sentences]
        vectors = self._engine.text.encode(texts)
        with self._engine.lend() as models:
            question = blend(
                [(models.queries.picture(what, quick=quick), weight) for what, weight in pictures],
                [(vector, weight) for vector, (_, weight) in zip(vectors, sentences, strict=True)],
                quick=quick,
            )
            wishes = Wishes(surprise=ask.surprise, collapse=ask.collapse)
            ranked = models.answers.to_question(question, models.looks, k, wishes)
            hits = neighbors_of(models, self._engine.store, self._engine.descriptions, ranked)
        collapsed = zip(ranked.ids.tolist(), ranked.collapsed, strict=True)
        copies = {image_id: others for image_id, others in collapsed if others}
        return Found(hits, copies, ranked.passing, ranked.of)

    def is_prompt(self, ask: Ask) -> bool:
        """Whether `find` needs no large model to run, and so answers in milliseconds."""
        with self._engine.lend() as models:
            return all(
                isinstance(part.what, str) or models.queries.is_prompt(part.what)
                for part in ask.parts
            )


def _words(text: str) -> str:
    if not text.strip():
        raise QueryError("Describe a relation, for example: {Subject} growing step by step")
    return text
