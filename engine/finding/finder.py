"""Finding: questions of several parts, steered and filtered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.errors import QueryError
from engine.finding.blending import blend, steered
from engine.finding.columns import Facets, LibraryColumns
from engine.finding.filters import NO_FILTERS, Filters
from engine.finding.relations import Relation, bank_relations, with_written
from engine.finding.verdict_moves import moves_by_verdicts
from engine.finding.wandering import worth_starting_from
from engine.library.traits import COLOURS
from engine.model_set import ModelSet
from engine.search.answers import Picture, Wishes
from engine.search.hits import neighbors_of
from engine.search.ranking import UNKNOWN_NS
from engine.service import Engine
from engine.types import Float32, Neighbor, Query

Order: TypeAlias = Literal["nearest", "farthest"]

MOST_WEIGHT: Final = 2.0
"""Of a part of a question, either way."""

_REMEMBERED = 256
"""Sentences whose vectors are kept: to encode one takes longer than to answer."""


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
        among: Ids of the images that may be hits; None for all that pass the filters.
    """

    parts: tuple[Part, ...]
    relation: str | None = None
    steering: float = 0.8
    surprise: float = 0.0
    collapse: bool = False
    filters: Filters = NO_FILTERS
    order: Order = "nearest"
    learns: bool = True
    among: tuple[int, ...] | None = None


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
        self._columns = LibraryColumns(engine.store)
        self._encoded: OrderedDict[str, Float32] = OrderedDict()
        self._lock = threading.Lock()  # guards what is encoded

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
            QueryError: If nothing pushes towards anything, a weight or a sentence means nothing,
                the library is empty, or it has no such image.
            DecodeError: If a file cannot be read.
            ModelError: If a model is needed and cannot be loaded.
        """
        _check(ask)
        parts = [(part.what, part.weight) for part in ask.parts]
        sentences = [
            (self._encode([what])[0], weight) for what, weight in parts if isinstance(what, str)
        ]
        relation = None if ask.relation is None else self._encode([ask.relation])[0]
        with self._engine.lend() as models:
            pictures = [
                (models.queries.picture(what, quick=quick), weight)
                for what, weight in parts
                if not isinstance(what, str)
            ]
            question = blend(models, pictures, sentences, quick=quick)
            if relation is not None:
                question = steered(models, question, relation, ask.steering)
            wishes = self._wishes(models, ask, pictures)
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

    def relations(self, query: Query, limit: int = 6) -> list[Relation]:
        """The relations that one picture may show, no two of one meaning, best first.

        What a person or a captioner wrote of it comes first. The small model answers; the text
        encoder is needed only where something was written.

        Raises:
            QueryError: If the library has no such image.
            DecodeError: If the file cannot be read.
            ModelError: If a model is needed and cannot be loaded.
        """
        with self._engine.lend() as models:
            picture = models.queries.picture(query, quick=True)
            guessed = bank_relations(models.bank, picture.relational[None], limit)
        written = None
        if picture.image_id is not None:
            written = self._engine.store.caption(picture.image_id)
        if written is None or written.text is None:
            return guessed
        vectors = self._encode([written.text, *(relation.text for relation in guessed)])
        return with_written(written.text, written.confidence, guessed, vectors)[:limit]

    def shared(self, queries: Sequence[Query], limit: int = 6) -> list[Relation]:
        """The relations that several pictures have in common, best first; may be none.

        Each picture has to support a relation: see `bank_relations`. Raises as `relations`, and
        `QueryError` without pictures.
        """
        if not queries:
            raise QueryError("Choose pictures to see what they share")
        if len(queries) == 1:
            return self.relations(queries[0], limit)
        with self._engine.lend() as models:
            pictures = [models.queries.picture(query, quick=True) for query in queries]
            relational = np.stack([picture.relational for picture in pictures])
            return bank_relations(models.bank, relational, limit)

    def wander(self, seed: int | None = None) -> int:
        """An image worth starting from; see `worth_starting_from`."""
        with self._engine.lend() as models:
            return worth_starting_from(models, seed)

    def facets(self) -> Facets:
        """What there is to filter by, with counts."""
        return self._columns.facets()

    def _wishes(
        self, models: ModelSet, ask: Ask, pictures: Sequence[tuple[Picture, float]]
    ) -> Wishes:
        farthest = ask.order == "farthest"
        asked = [(p.image_id, weight) for p, weight in pictures if p.image_id is not None]
        liked = [(image_id, weight) for image_id, weight in asked if weight > 0]
        moved = None
        if ask.learns and liked and not farthest:
            moved = moves_by_verdicts(self._engine.store, models, liked)
        filters = ask.filters
        allowed = self._columns.passing(filters) if filters.asks_pictures else None
        if ask.among is not None:
            among = np.unique(np.array(ask.among, np.int64))
            allowed = among if allowed is None else np.intersect1d(allowed, among)
        query_ns = None
        if ask.collapse:
            query_ns = self._moments([picture.image_id for picture, _ in pictures])
        return Wishes(
            surprise=0.0 if farthest else ask.surprise,
            collapse=ask.collapse,
            farthest=farthest,
            allowed=allowed,
            min_percentile=filters.min_percentile,
            moved=moved,
            taken_ns=lambda ids: self._moments(ids.tolist()),
            query_ns=query_ns,
        )

    def _moments(self, image_ids: Sequence[int | None]) -> NDArray[np.int64]:
        """When a camera took each image, or `UNKNOWN_NS`; int64 ``[n]``."""
        known = self._engine.store.traits([each for each in image_ids if each is not None])
        taken = (known[each].taken_ns if each in known else None for each in image_ids)
        return np.array([UNKNOWN_NS if moment is None else moment for moment in taken], np.int64)

    def _encode(self, texts: Sequence[str]) -> Float32:
        """Vectors of sentences; those of the last questions are remembered."""
        with self._lock:
            known = {text: self._encoded[text] for text in texts if text in self._encoded}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for text, vector in zip(new, self._engine.text.encode(new), strict=True):
            known[text] = vector
        with self._lock:
            for text in texts:
                self._encoded[text] = known[text]
                self._encoded.move_to_end(text)
            while len(self._encoded) > _REMEMBERED:
                self._encoded.popitem(last=False)
        return np.stack([known[text] for text in texts])


def _check(ask: Ask) -> None:
    """Refuse what means nothing."""
    if not any(part.weight > 0 for part in ask.parts):
        raise QueryError("Ask about at least one picture or sentence that hits shall be like")
    if any(not 0 < abs(part.weight) <= MOST_WEIGHT for part in ask.parts):
        raise QueryError(f"A weight lies between -{MOST_WEIGHT:g} and {MOST_WEIGHT:g} and is not 0")
    texts = [part.what for part in ask.parts if isinstance(part.what, str)]
    if ask.relation is not None:
        texts.append(ask.relation)
    if any(not text.strip() for text in texts):
        raise QueryError("Describe a relation, for example: {Subject} growing step by step")
    unknown = [colour for colour in ask.filters.colours if colour not in COLOURS]
    if unknown:
        raise QueryError(f"“{unknown[0]}” is no colour here: choose among {', '.join(COLOURS)}")
    if not 0 <= ask.filters.min_percentile <= 100:
        raise QueryError("A least percentile lies between 0 and 100")
