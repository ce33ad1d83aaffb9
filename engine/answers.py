"""Ranks the library for a query, with the small model, the large one, or the large re-ranking.

Scores of two models are never compared. Where the large model has seen all of the library, its own
index answers. Where it has seen a part, the small model's answer keeps its places, and the large
model decides which of the pictures that it knows stands in which of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.ranking import collapse_near_identical
from engine.searcher import Searcher
from engine.types import Float32

_POOL = 400
"""Candidates that surprise, collapsing and re-ranking choose from, at least."""

_COMPLETE = 0.99
"""Share of the library that the large model must know to answer alone; what it could not embed
would else keep it from that for ever."""


Looks: TypeAlias = Callable[[Sequence[int]], Float32]
"""Reads the attribute vectors float32 ``[n, a]`` of image ids."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A resolved query.

    Attributes:
        relational: The small model's vector, float32 ``[d]``.
        attribute: Its look, float32 ``[a]``.
        large: The large model's vector, where that model is to rank.
        image_id: The library's image that it is, if any.
    """

    relational: Float32
    attribute: Float32
    large: Float32 | None = None
    image_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Images, best first, with what is known of each.

    Attributes:
        ids: int64 ``[n]``.
        relational: float32 ``[n]``, cosines of the model that placed the image.
        attribute: float32 ``[n]``; NaN for a sentence.
        percentile: float64 ``[n]``, in percent, among that model's own.
        by_large: bool ``[n]``, whether the large model placed it.
        copies: Near-identical images that each stands for.
    """

    ids: NDArray[np.int64]
    relational: Float32
    attribute: Float32
    percentile: NDArray[np.float64]
    by_large: NDArray[np.bool_]
    copies: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Found:
    """Candidates, in no order.

    Attributes:
        ids: int64 ``[n]``.
        scores: float32 ``[n]``, cosines of the model that `by_large` says.
        by_large: bool ``[n]``.
        places: float32 ``[n]``, the small model's cosines; unused where all are by the large one.
    """

    ids: NDArray[np.int64]
    scores: Float32
    by_large: NDArray[np.bool_]
    places: Float32


class Answers:
    """Asks one or two searchers of the same library.

    Args:
        small: The small model's.
        large: The large model's, if there is one.
    """

    def __init__(self, small: Searcher, large: Searcher | None) -> None:
        self._small = small
        self._large = large

    def to_picture(
        self, picture: Picture, looks: Looks, k: int, *, surprise: float, collapse: bool
    ) -> Ranked:
        """See `engine.service.Engine.neighbors`.

        Args:
            picture: The query; the large model takes part if its vector is there.
            looks: Of the library's images.
            k: How many at most.
            surprise: In 0..1.
            collapse: Whether near-identical images are shown once.
        """
        exclude = frozenset() if picture.image_id is None else frozenset([picture.image_id])
        wanted = max(_POOL, 4 * k) if surprise > 0 or collapse else k
        found = self._found(picture.relational, picture.large, wanted, exclude)
        seen = looks(found.ids.tolist())
        alike = seen @ picture.attribute
        order = self._ordered(found, alike, surprise)
        if collapse:
            kept = collapse_near_identical(seen[order], picture.attribute, k)
        else:
            kept = [(position, 0) for position in range(min(k, len(order)))]
        chosen = order[[position for position, _ in kept]]
        percentile = np.empty(len(found.ids))
        for searcher, rows in self._sides(found):
            if rows.any():
                pairs = searcher.sample().pairs
                percentile[rows] = pairs.percentile(found.scores[rows])
        return Ranked(
            found.ids[chosen],
            found.scores[chosen],
            alike[chosen],
            percentile[chosen],
            found.by_large[chosen],
            [copies for _, copies in kept],
        )

    def to_sentence(self, vector: Float32, k: int) -> Ranked:
        """See `engine.service.Engine.search`; both models live in the sentence's space."""
        found = self._found(vector, None if self._large is None else vector, k, frozenset())
        chosen = self._ordered(found, np.zeros_like(found.scores), 0.0)[:k]
        percentile = np.empty(len(found.ids))
        for searcher, rows in self._sides(found):
            if rows.any():
                fits = np.sort(searcher.sample().relational @ vector)
                below = np.searchsorted(fits, found.scores[rows], side="left")
                percentile[rows] = 100.0 * below / max(len(fits), 1)
        no_look = np.full(len(chosen), np.nan, np.float32)
        return Ranked(
            found.ids[chosen],
            found.scores[chosen],
            no_look,
            percentile[chosen],
            found.by_large[chosen],
            [0] * len(chosen),
        )

    def is_complete(self) -> bool:
        """Whether the large model answers alone."""
        if self._large is None:
            return False
        return 0 < len(self._small.index()) * _COMPLETE <= len(self._large.index())

    def _found(
        self, small: Float32, large: Float32 | None, wanted: int, exclude: Collection[int]
    ) -> _Found:
        if large is None or self._large is None:
            hits = self._small.nearest(small, wanted, exclude)
            return _Found(hits.ids, hits.scores, np.zeros(len(hits.ids), bool), hits.scores)
        if self.is_complete():
            hits = self._large.nearest(large, wanted, exclude)
            # Looks and captions come from the small model, which has seen the picture before.
            known = self._small.has(hits.ids)
            ids, scores = hits.ids[known], hits.scores[known]
            return _Found(ids, scores, np.ones(len(ids), bool), scores)
        hits = self._small.nearest(small, max(_POOL, wanted), exclude)
        by_large = self._large.has(hits.ids)
        scores = hits.scores.copy()
        scores[by_large] = self._large.vectors(hits.ids[by_large].tolist()) @ large
        return _Found(hits.ids, scores, by_large, hits.scores)

    def _ordered(self, found: _Found, alike: Float32, surprise: float) -> NDArray[np.intp]:
        """The candidates' order, best first."""
        if self._large is not None and found.by_large.all():
            return self._order_of(self._large, found.scores, alike, surprise)
        order = self._order_of(self._small, found.places, alike, surprise)
        if self._large is not None and found.by_large.any():
            rows = np.flatnonzero(found.by_large)
            best = self._order_of(self._large, found.scores[rows], alike[rows], surprise)
            order[found.by_large[order]] = rows[best]
        return order

    @staticmethod
    def _order_of(
        searcher: Searcher, scores: Float32, alike: Float32, surprise: float
    ) -> NDArray[np.intp]:
        keys = scores.astype(np.float64)
        if surprise > 0:
            keys = searcher.sample().pairs.surprise(scores, alike, surprise)
        return np.argsort(-keys, kind="stable")

    def _sides(self, found: _Found) -> list[tuple[Searcher, NDArray[np.bool_]]]:
        """Each model with the candidates that it scored."""
        sides = [(self._small, ~found.by_large)]
        if self._large is not None:
            sides.append((self._large, found.by_large))
        return sides
