"""Why two pictures match: what they share in logic and in look, and how their captions line up.

The relational score is of the model that ranks where it knows both pictures, else the small
model's; `Standing.model` says which, and scores of two models never meet. Looks and the caption
bank are always the small model's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.finding.relations import Relation, bank_relations
from engine.search.answers import Picture, Ranked
from engine.search.hits import neighbors_of
from engine.types import Description, Neighbor, Query
from engine.understanding.aligning import Alignment, align
from engine.understanding.library_view import View, Views
from engine.understanding.similarity_space import LIMIT, Space, space_of

if TYPE_CHECKING:
    from engine.model_set import ModelSet
    from engine.service import Engine

LEAST_SHARED = 0.2
"""Probability from which a relation is said to be shared; from 0.5 it would describe a picture."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the two similarities of a pair, and where it stands in the library.

    Attributes:
        similarity: Cosine in -1..1.
        percentile: Share in percent of the library's random pairs that are less alike; NaN where
            there are no pairs to compare with.
        rank: Which place the second picture has among the library's images as seen from the
            first, from 1.
        rank_back: Which place the first has as seen from the second.
        of: How many images that are.
        model: Id of the model whose score it is.
    """

    similarity: float
    percentile: float
    rank: int
    rank_back: int
    of: int
    model: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two pictures match.

    Attributes:
        logic: Relational similarity.
        look: Attribute similarity.
        captions: Both anonymous captions; a person's before a captioner's before the bank's.
        shared: The relation of the bank that both show best; None if there is none.
        alignment: How the captions' slots belong together; None while that waits for the text
            encoder, see `Explainer.align`, and without two captions.
    """

    logic: Standing
    look: Standing
    captions: tuple[Description, Description]
    shared: Relation | None
    alignment: Alignment | None

    @property
    def waits_for_words(self) -> bool:
        """Whether the alignment needs the text encoder, and has not had it."""
        return self.alignment is None and all(caption.text for caption in self.captions)


class Explainer:
    """Explains matches in a library. Thread-safe; it keeps looks in memory, 50 MB for 100,000.

    Args:
        engine: An open engine; the explainer needs no closing.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._views = Views(engine)

    def explain(
        self, a: Query, b: Query, *, quick: bool = False, words: bool = True
    ) -> Explanation:
        """Why two pictures match, the second seen from the first.

        Args:
            a: A picture, for example the query.
            b: Another, for example a hit.
            quick: The small model's view, whatever model was chosen.
            words: Wait for the text encoder where the captions' alignment needs it, which takes
                seconds the first time; else `Explanation.waits_for_words`.

        Raises:
            QueryError: If the library is empty, or has no such image.
            DecodeError: If a file cannot be read.
            ModelError: If a model is needed and cannot be loaded.
        """
        with self._engine.lend() as models:
            pictures = [models.queries.picture(query, quick=quick) for query in (a, b)]
            first, second = pictures
            by_large = first.large is not None and second.large is not None
            seen, back = (self._views.of(models, one, by_large=by_large) for one in pictures)
            captions = self._captions(models, pictures)
            logic, look = _standings(seen, back, first, second)
            shared = _shared(models, pictures)
        found = Explanation(logic, look, captions, shared, None)
        return self.align(found, words=words)

    def align(self, explanation: Explanation, *, words: bool = True) -> Explanation:
        """The explanation with its alignment, if it has two captions.

        Args:
            explanation: What was explained.
            words: As in `explain`.

        Raises:
            ModelError: If the text encoder is needed and cannot be loaded.
        """
        a, b = (caption.text for caption in explanation.captions)
        if not a or not b:
            return explanation
        with self._engine.lend() as models:
            relations = models.bank.relations
            same = None
            if a in relations and b in relations:
                same = models.bank.are_alike(relations[a], relations[b])
        encode = self._engine.text.encode if words else None
        return replace(explanation, alignment=align(a, b, encode=encode, is_same_relation=same))

    def look_alikes(self, query: Query, k: int = 24, *, quick: bool = False) -> list[Neighbor]:
        """The images that look most like the query, best first; it is none of them.

        Args:
            query: A picture.
            k: How many at most.
            quick: As in `explain`.

        Raises:
            QueryError: As `explain`, and the other errors too.
        """
        with self._engine.lend() as models:
            view = self._views.of(models, models.queries.picture(query, quick=quick))
            best = view.best(view.attribute, k)
            ranked = Ranked(
                view.ids[best],
                view.relational[best],
                view.attribute[best],
                view.relational_percentiles(view.relational[best]),
                np.full(len(best), view.searcher is not models.small),
                [()] * len(best),
                len(view.ids),
                len(view.ids),
            )
            return neighbors_of(models, self._engine.store, self._engine.descriptions, ranked)

    def space(self, query: Query, limit: int = LIMIT, *, quick: bool = False) -> Space:
        """The most interesting pictures around one, and a sample of the others. Deterministic.

        Args:
            query: A picture.
            limit: How many pictures at most.
            quick: As in `explain`.

        Raises:
            QueryError: As `explain`, and the other errors too.
        """
        with self._engine.lend() as models:
            view = self._views.of(models, models.queries.picture(query, quick=quick))
            return space_of(view, models, self._engine.store, self._engine.descriptions, limit)

    def _captions(
        self, models: ModelSet, pictures: Sequence[Picture]
    ) -> tuple[Description, Description]:
        ids = [-1 if picture.image_id is None else picture.image_id for picture in pictures]
        vectors = np.stack([picture.relational for picture in pictures])
        first, second = self._engine.descriptions.of(models, ids, vectors)
        return first, second


def _shared(models: ModelSet, pictures: Sequence[Picture]) -> Relation | None:
    """The relation of the bank that fits the picture best which it fits least."""
    vectors = np.stack([picture.relational for picture in pictures])
    found = bank_relations(models.bank, vectors, 1)
    return found[0] if found and found[0].confidence >= LEAST_SHARED else None


def _standings(seen: View, back: View, a: Picture, b: Picture) -> tuple[Standing, Standing]:
    relational = float(a.relational @ b.relational)
    if a.large is not None and b.large is not None:
        relational = float(a.large @ b.large)
    attribute = float(a.attribute @ b.attribute)
    of = len(seen.ids) + (b.image_id is None)
    logic = Standing(
        relational,
        float(seen.relational_percentiles(np.array([relational], np.float32))[0]),
        seen.rank(seen.relational, relational, b.image_id),
        back.rank(back.relational, relational, a.image_id),
        of,
        seen.searcher.model,
    )
    look = Standing(
        attribute,
        float(seen.attribute_percentiles(np.array([attribute], np.float32))[0]),
        seen.rank(seen.attribute, attribute, b.image_id),
        back.rank(back.attribute, attribute, a.image_id),
        of,
        seen.looks_model,
    )
    return logic, look
