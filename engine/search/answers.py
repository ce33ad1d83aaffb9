"""Ranks the library for a question, with the small model, the large one, or the large re-ranking.

Scores of two models are never compared. Where the large model has seen all of the library, its own
index answers. Where it has seen a part, the small model's answer keeps its places, and the large
model decides which of the pictures that it knows stands in which of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.search.ranking import collapse_alike
from engine.search.searcher import Searcher
from engine.types import Float32

_POOL = 400
"""Candidates that surprise, collapsing, verdicts and re-ranking choose from, at least."""

_LARGEST_POOL = 6400
"""Beyond it, comparing candidates with one another would take too long to wait for."""

_COMPLETE = 0.99
"""Share of the library that the large model must know to answer alone; what it could not embed
would else keep it from that for ever."""

Int64: TypeAlias = NDArray[np.int64]

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
class Question:
    """What the library is compared with: a picture, a sentence, or a blend.

    Attributes:
        relational: In the small model's space, float32 ``[d]``, unit.
        large: In the large model's, unit, where that model is to rank.
        attribute: What it looks like, float32 ``[a]``, unit; None for sentences alone.
        pictures: Looks of the pictures that are asked about, float32 ``[m, a]``, which no hit shall
            repeat when repetitions are collapsed; None for sentences alone.
        exclude: Images that are no hits because they are asked about.
        is_picture: Whether it is one picture as it is. Its percentile is then among the library's
            pairs; any other vector has a spread of its own, and is placed among the library's
            images.
    """

    relational: Float32
    large: Float32 | None = None
    attribute: Float32 | None = None
    pictures: Float32 | None = None
    exclude: frozenset[int] = frozenset()
    is_picture: bool = False

    @classmethod
    def of(cls, picture: Picture) -> Self:
        """A picture as it is."""
        exclude = frozenset() if picture.image_id is None else frozenset([picture.image_id])
        look = picture.attribute
        return cls(picture.relational, picture.large, look, look[None], exclude, is_picture=True)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to rank, and among which images.

    Attributes:
        surprise: In 0..1.
        collapse: Whether near-identical images and bursts are shown once.
        farthest: The least related first.
        allowed: int64 ids, ascending, that may be hits; None for all.
        min_percentile: Least percentile of a hit, 0..100.
        moved: For ids int64 ``[n]``: how far each rises by what a person said of it and its like,
            float64 ``[n]`` in standard deviations of the library's pairs.
        taken_ns: For ids int64 ``[n]``: when each was taken, int64 ``[n]``; see `collapse_alike`.
        query_ns: int64 ``[m]``, when the question's pictures were.
    """

    surprise: float = 0.0
    collapse: bool = False
    farthest: bool = False
    allowed: Int64 | None = None
    min_percentile: float = 0.0
    moved: Callable[[Int64], NDArray[np.float64]] | None = None
    taken_ns: Callable[[Int64], Int64] | None = None
    query_ns: Int64 | None = None

    @property
    def needs_scan(self) -> bool:
        """Whether no graph can find the candidates."""
        return self.allowed is not None or self.min_percentile > 0 or self.farthest

    @property
    def needs_pool(self) -> bool:
        """Whether the hits are chosen from more than are shown."""
        return self.surprise > 0 or self.collapse or self.moved is not None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Images, best first, with what is known of each.

    Attributes:
        ids: int64 ``[n]``.
        relational: float32 ``[n]``, cosines of the model that placed the image.
        attribute: float32 ``[n]``; NaN for a sentence.
        percentile: float64 ``[n]``, in percent, among that model's own.
        by_large: bool ``[n]``, whether the large model placed it.
        collapsed: Ids of the images that each stands for.
        passing: How many of the library's images fulfil the wishes.
        of: How many there are.
    """

    ids: Int64
    relational: Float32
    attribute: Float32
    percentile: NDArray[np.float64]
    by_large: NDArray[np.bool_]
    collapsed: Sequence[tuple[int, ...]]
    passing: int
    of: int

    @property
    def copies(self) -> list[int]:
        """How many images each stands for."""
        return [len(ids) for ids in self.collapsed]


@dataclass(frozen=True, slots=True)
class _Found:
    """Candidates.

    Attributes:
        ids: int64 ``[n]``.
        scores: float32 ``[n]``, cosines of the model that `by_large` says.
        by_large: bool ``[n]``.
        places: float32 ``[n]``, the small model's cosines; unused where all are by the large one.
    """

    ids: Int64
    scores: Float32
    by_large: NDArray[np.bool_]
    places: Float32

    def at(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> _Found:
        """Some of them."""
        return _Found(self.ids[rows], self.scores[rows], self.by_large[rows], self.places[rows])


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
        """See `engine.service.Engine.neighbors`; arguments as in `to_question`."""
        wishes = Wishes(surprise=surprise, collapse=collapse)
        return self.to_question(Question.of(picture), looks, k, wishes)

    def to_sentence(self, vector: Float32, k: int) -> Ranked:
        """See `engine.service.Engine.search`; both models live in the sentence's space."""
        return self.to_question(Question(vector, vector), _no_looks, k, Wishes())

    def to_question(self, question: Question, looks: Looks, k: int, wishes: Wishes) -> Ranked:
        """Rank the library.

        Args:
            question: The large model takes part if its vector is there.
            looks: Of the library's images.
            k: How many at most.
            wishes: How, and among which images.

        Raises:
            QueryError: If the library is empty.
        """
        wanted = max(_POOL, 4 * k) if wishes.needs_pool else k
        while True:
            ranked, is_all = self._ranked(question, looks, k, wishes, wanted)
            # Of a film or a long burst hundreds of candidates may be one picture.
            if not wishes.collapse or len(ranked.ids) >= k or is_all or wanted >= _LARGEST_POOL:
                return ranked
            wanted *= 4

    def _ranked(
        self, question: Question, looks: Looks, k: int, wishes: Wishes, wanted: int
    ) -> tuple[Ranked, bool]:
        """The best of so many candidates, and whether there are no more of these."""
        found, passing, of = self._found(question, wanted, wishes)
        seen = None
        alike = np.zeros_like(found.scores)
        if question.attribute is not None or wishes.collapse:
            seen = looks(found.ids.tolist())
        if question.attribute is not None and seen is not None:
            alike = seen @ question.attribute
        order = self._ordered(found, alike, wishes)
        if wishes.collapse and seen is not None:
            moments = None if wishes.taken_ns is None else wishes.taken_ns(found.ids[order])
            kept = collapse_alike(
                seen[order],
                question.pictures,
                k,
                taken_ns=moments,
                query_ns=wishes.query_ns,
            )
        else:
            kept = [(position, ()) for position in range(min(k, len(order)))]
        chosen = order[[position for position, _ in kept]]
        shown = found.at(chosen)
        attribute = alike[chosen]
        if question.attribute is None:
            attribute = np.full(len(chosen), np.nan, np.float32)
        ranked = Ranked(
            shown.ids,
            shown.scores,
            attribute,
            self._percentiles(question, shown),
            shown.by_large,
            [tuple(found.ids[order[list(others)]].tolist()) for _, others in kept],
            passing,
            of,
        )
        return ranked, len(found.ids) + len(question.exclude) < wanted

    def is_complete(self) -> bool:
        """Whether the large model answers alone."""
        if self._large is None:
            return False
        return 0 < len(self._small.index()) * _COMPLETE <= len(self._large.index())

    def _found(self, question: Question, wanted: int, wishes: Wishes) -> tuple[_Found, int, int]:
        """Candidates, how many images pass, and how many there are."""
        if wishes.needs_scan:
            return self._scanned(question, wanted, wishes)
        small, large, exclude = question.relational, question.large, question.exclude
        of = len(self._small.index())
        if large is None or self._large is None:
            hits = self._small.nearest(small, wanted, exclude)
            return _by_small(hits.ids, hits.scores), of, of
        if self.is_complete():
            hits = self._large.nearest(large, wanted, exclude)
            # Looks and captions come from the small model, which has seen the picture before.
            found = _by_large(hits.ids, hits.scores)
            return found.at(self._small.has(hits.ids)), of, of
        hits = self._small.nearest(small, max(_POOL, wanted), exclude)
        return self._known_by_large(_by_small(hits.ids, hits.scores), large), of, of

    def _scanned(self, question: Question, wanted: int, wishes: Wishes) -> tuple[_Found, int, int]:
        """The same by comparing with every image that may be a hit."""
        small, large, allowed = question.relational, question.large, wishes.allowed
        of = len(self._small.index())
        if large is not None and self._large is not None and self.is_complete():
            found = _by_large(*self._large.scan(large, allowed))
            found = found.at(self._small.has(found.ids))
        else:
            found = _by_small(*self._small.scan(small, allowed))
            wanted = max(_POOL, wanted) if large is not None else wanted
            if large is not None and self._large is not None and wishes.min_percentile > 0:
                found = self._known_by_large(found, large)
        if wishes.min_percentile > 0:
            found = found.at(~(self._percentiles(question, found) < wishes.min_percentile))
        passing = len(found.ids)
        if question.exclude:
            exclude = np.fromiter(question.exclude, np.int64, len(question.exclude))
            found = found.at(~np.isin(found.ids, exclude))
        found = found.at(_first(found.places, found.ids, wanted, farthest=wishes.farthest))
        if large is not None and self._large is not None and not found.by_large.any():
            found = self._known_by_large(found, large)
        return found, passing, of

    def _known_by_large(self, found: _Found, large: Float32) -> _Found:
        """Candidates of the small model, where the large one scores those that it knows."""
        assert self._large is not None, "there is a large model"
        by_large = self._large.has(found.ids)
        scores = found.scores.copy()
        scores[by_large] = self._large.vectors(found.ids[by_large].tolist()) @ large
        return _Found(found.ids, scores, by_large, found.places)

    def _ordered(self, found: _Found, alike: Float32, wishes: Wishes) -> NDArray[np.intp]:
        """The candidates' order, best first."""
        moved = None if wishes.moved is None else wishes.moved(found.ids)
        if self._large is not None and found.by_large.all():
            return _order_of(self._large, found.scores, alike, moved, wishes)
        order = _order_of(self._small, found.places, alike, moved, wishes)
        if self._large is not None and found.by_large.any():
            rows = np.flatnonzero(found.by_large)
            moved = None if moved is None else moved[rows]
            best = _order_of(self._large, found.scores[rows], alike[rows], moved, wishes)
            order[found.by_large[order]] = rows[best]
        return order

    def _percentiles(self, question: Question, found: _Found) -> NDArray[np.float64]:
        """Where each score stands, in percent; see `Question.is_picture`."""
        percentile = np.empty(len(found.ids))
        sides = [(self._small, question.relational, ~found.by_large)]
        if self._large is not None and question.large is not None:
            sides.append((self._large, question.large, found.by_large))
        for searcher, vector, rows in sides:
            if not rows.any():
                continue
            sample = searcher.sample()
            if question.is_picture:
                percentile[rows] = sample.pairs.percentile(found.scores[rows])
            else:
                fits = np.sort(sample.relational @ vector)
                below = np.searchsorted(fits, found.scores[rows], side="left")
                percentile[rows] = 100.0 * below / max(len(fits), 1)
        return percentile


def _no_looks(image_ids: Sequence[int]) -> Float32:
    raise AssertionError("a sentence has no look")


def _by_small(ids: Int64, scores: Float32) -> _Found:
    return _Found(ids, scores, np.zeros(len(ids), bool), scores)


def _by_large(ids: Int64, scores: Float32) -> _Found:
    return _Found(ids, scores, np.ones(len(ids), bool), scores)


def _first(scores: Float32, ids: Int64, wanted: int, *, farthest: bool) -> NDArray[np.intp]:
    """Rows of the highest scores, or of the lowest; equal scores in the order of ids."""
    keys = scores if farthest else -scores
    rows = np.arange(len(keys))
    if wanted < len(keys):
        rows = np.argpartition(keys, wanted)[:wanted]
    return rows[np.lexsort((ids[rows], keys[rows]))]


def _order_of(
    searcher: Searcher,
    scores: Float32,
    alike: Float32,
    moved: NDArray[np.float64] | None,
    wishes: Wishes,
) -> NDArray[np.intp]:
    keys = scores.astype(np.float64)
    if wishes.surprise > 0 or moved is not None:
        keys = searcher.sample().pairs.surprise(scores, alike, wishes.surprise)
    if moved is not None:
        keys = keys + moved
    return np.argsort(keys if wishes.farthest else -keys, kind="stable")
