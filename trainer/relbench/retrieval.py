"""Searches among pictures, and among captions, with what an order drawn by lot reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.estimates import Float64
from engine.types import Float32
from trainer.evaluation.ranking import Labels
from trainer.relbench.triplets import Names

FIRST = 10
"""How many hits R@10 looks at."""

CAPTIONS_FIRST = 5
_SEED = 0

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Search:
    """Queries in a database of pictures; every query has something to find.

    Attributes:
        queries: int64 ``[q]``, places among all pictures.
        database: int64 ``[d]``, likewise.
        relevant: bool ``[q, d]``, what each query should find.
        ignored: bool ``[q, d]``, what counts as neither hit nor miss, the query itself at least.
        clusters: str ``[q]``, the relation: what the bootstrap resamples.
    """

    queries: Labels
    database: Labels
    relevant: Flags
    ignored: Flags
    clusters: Names

    @classmethod
    def of(
        cls, queries: Labels, database: Labels, relevant: Flags, ignored: Flags, clusters: Names
    ) -> Search:
        """Without the queries that have nothing to find.

        The database is shuffled from a fixed seed, because equal scores keep its order.
        """
        relevant = relevant & ~ignored
        some = relevant.any(axis=1)
        mixed = np.random.default_rng(_SEED).permutation(len(database))
        return cls(
            queries[some],
            database[mixed],
            relevant[some][:, mixed],
            ignored[some][:, mixed],
            clusters[some],
        )


def searched(vectors: Float32, search: Search) -> Float64:
    """What each query finds.

    Args:
        vectors: float32 ``[n, d]`` of all pictures, rows of norm 1.
        search: Who looks for what.

    Returns:
        float64 ``[3, q]``: whether the nearest is relevant (P@1), whether one of the `FIRST` is
        (R@10), average precision.
    """
    scores = vectors[search.queries] @ vectors[search.database].T
    scores[search.ignored] = -np.inf
    order = np.argsort(-scores, axis=1, kind="stable")
    hits = np.take_along_axis(search.relevant, order, axis=1)
    precision = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
    average = (precision * hits).sum(axis=1) / hits.sum(axis=1)
    return np.stack([hits[:, 0], hits[:, :FIRST].any(axis=1), average]).astype(np.float64)


def searched_by_lot(search: Search) -> Float64:
    """The expected means of `searched` for orders drawn by lot, float64 ``[3]``."""
    relevant = search.relevant.sum(axis=1)
    there = (~search.ignored).sum(axis=1)
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, there.max() + 1))])[there]
    more = (relevant - 1) * (there - harmonic) / np.maximum(there - 1, 1)
    average = (harmonic + more) / there
    found = 1 - _none_among(FIRST, relevant, there)
    return np.array([(relevant / there).mean(), found.mean(), average.mean()])


def caption_ranks(vectors: Float32, captions: Float32, owners: Labels, right: Labels) -> Float64:
    """Where the best caption of each picture's relation comes among the others' captions.

    Args:
        vectors: float32 ``[q, d]`` of pictures, rows of norm 1.
        captions: float32 ``[m, d]``, rows of norm 1.
        owners: int64 ``[m]``, whose caption each is.
        right: int64 ``[q]``, the owner each picture should find; it has a caption.

    Returns:
        float64 ``[q]``, 1 for the first. Captions of other owners that tie come before.
    """
    scores = vectors @ captions.T
    own = owners[None, :] == right[:, None]
    best = np.where(own, scores, -np.inf).max(axis=1, keepdims=True)
    ranks: Float64 = ((scores >= best) & ~own).sum(axis=1) + 1.0
    return ranks


def best_wordings(vectors: Float32, captions: Float32, owners: Labels) -> Float32:
    """The highest score of each owner's captions, float32 ``[q, owners]``.

    Args:
        vectors: float32 ``[q, d]``.
        captions: float32 ``[m, d]``.
        owners: int64 ``[m]``, ascending from 0, each there.
    """
    starts = np.searchsorted(owners, np.arange(owners[-1] + 1))
    best: Float32 = np.maximum.reduceat(vectors @ captions.T, starts, axis=1)
    return best


def ranks_by_lot(right: Labels, there: int) -> tuple[float, float, float]:
    """Median rank, R@1 and R@5 of captions in an order drawn by lot.

    Args:
        right: int64 ``[q]``, how many captions are right for each query; 1 or more.
        there: How many captions there are.
    """
    all_captions = np.full(len(right), there)
    later = [_none_among(k, right, all_captions).mean() for k in range(there + 1)]
    median = next(k for k, share in enumerate(later) if share <= 0.5)
    return float(median), float(1 - later[1]), float(1 - later[min(CAPTIONS_FIRST, there)])


def _none_among(first: int, relevant: Labels, there: Labels) -> Float64:
    """The chance that none of the first few of an order drawn by lot is relevant, ``[q]``."""
    share = np.ones(len(there))
    for place in range(first):
        left = np.maximum(there - place, 1)
        share *= np.clip((there - relevant - place) / left, 0, 1)
    return share
