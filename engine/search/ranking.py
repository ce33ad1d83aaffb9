"""Order hits by what a person asked for: most related, or related although nothing looks alike.

Relational and attribute cosines have different spreads, and other spreads with other models, so
they are compared in units of the standard deviation over the library's random pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.types import Float32

NEAR_IDENTICAL = 0.95
"""Attribute cosine from which two pictures are one shot: resaved, resized, recompressed."""

BURST = 0.85
"""Attribute cosine from which two pictures that were taken within `BURST_NS` are of one burst."""

_STILL_ONE_BURST = 0.7
"""Attribute cosine below which two shots of one burst show something different."""

BURST_NS = 3_000_000_000
"""Between two shots of a burst, or of somebody who presses the button again: three seconds."""

UNKNOWN_NS = np.iinfo(np.int64).min
"""In place of the moment at which a picture was taken, where no camera tells."""


@dataclass(frozen=True, slots=True)
class PairDistribution:
    """How relational and attribute cosines are spread over random pairs of pictures.

    Attributes:
        relational: float32 ``[p]``, ascending.
        attribute: float32 ``[p]``, ascending.
    """

    relational: Float32
    attribute: Float32

    @classmethod
    def of(cls, relational: Float32, attribute: Float32, *, pairs: int = 4096) -> Self:
        """Sample random pairs of different pictures; the same pairs for the same library size.

        Args:
            relational: float32 ``[n, d]``, unit rows, n at least 2.
            attribute: float32 ``[n, a]``, unit rows of the same pictures.
            pairs: How many pairs to draw.
        """
        n = len(relational)
        generator = np.random.default_rng(n)
        a = generator.integers(0, n, pairs)
        b = (a + generator.integers(1, n, pairs)) % n
        return cls(
            np.sort(np.einsum("pd,pd->p", relational[a], relational[b])),
            np.sort(np.einsum("pd,pd->p", attribute[a], attribute[b])),
        )

    def percentile(self, relational: Float32) -> NDArray[np.float64]:
        """Share in percent, 0..100, of pairs with a lower relational cosine.

        Args:
            relational: float32 ``[n]``, cosines.

        Returns:
            float64 ``[n]``; NaN where no pairs are known.
        """
        if not len(self.relational):
            return np.full(len(relational), np.nan)
        rank = np.searchsorted(self.relational, relational, side="left")
        return 100.0 * rank / len(self.relational)

    def surprise(
        self, relational: Float32, attribute: Float32, amount: float
    ) -> NDArray[np.float64]:
        """Score hits: relational similarity, minus attribute similarity as far as asked for.

        Args:
            relational: float32 ``[n]``, cosines to the query.
            attribute: float32 ``[n]``, cosines to the query.
            amount: 0.0 ranks by relational similarity alone; 1.0 by how far, in standard
                deviations, relational outranks attribute.

        Returns:
            float64 ``[n]``, higher is better.
        """
        return _standardised(relational, self.relational) - amount * _standardised(
            attribute, self.attribute
        )


def _standardised(values: Float32, reference: Float32) -> NDArray[np.float64]:
    if not len(reference):
        return values.astype(np.float64)
    spread = float(reference.std()) or 1.0
    return (values.astype(np.float64) - float(reference.mean())) / spread


def collapse_alike(
    attribute: Float32,
    query: Float32 | None,
    k: int,
    *,
    taken_ns: NDArray[np.int64] | None = None,
    query_ns: NDArray[np.int64] | None = None,
) -> list[tuple[int, tuple[int, ...]]]:
    """Keep the first of each set of near-identical hits or shots of a burst.

    A burst is held together by its moments: each shot is alike to another that was taken within
    seconds of it. What is alike but was taken at another time stays, and so does a shot of a long
    burst that has little left in common with the one that is kept.

    Args:
        attribute: float32 ``[n, a]``, unit rows of the hits, best hit first.
        query: float32 ``[m, a]``, unit rows of the pictures that are asked about; None for
            sentences alone. Hits that repeat one, or belong to its burst, are left out.
        k: Stop once this many are kept and the rest is counted.
        taken_ns: int64 ``[n]``, when each was taken, or `UNKNOWN_NS`; None to know of no burst.
        query_ns: int64 ``[m]``, when the pictures that are asked about were.

    Returns:
        ``(position, positions of those that it stands for)`` of each hit kept, best first, at most
        k.
    """
    moments = np.full(len(attribute), UNKNOWN_NS) if taken_ns is None else taken_ns
    burst = _bursts(attribute, moments)
    kept: list[int] = []
    copies: list[list[int]] = []
    repeats = np.zeros(len(attribute), bool)
    if query is not None:
        asked_ns = np.full(len(query), UNKNOWN_NS) if query_ns is None else query_ns
        enough = np.where(_within(moments[:, None], asked_ns), BURST, NEAR_IDENTICAL)
        repeats = np.any(attribute @ query.T >= enough, axis=1)
    left = np.flatnonzero(~repeats)
    similarity = attribute[left] @ attribute[left].T
    shots = np.equal.outer(burst[left], burst[left])
    similarity[similarity < np.where(shots, _STILL_ONE_BURST, NEAR_IDENTICAL)] = -1.0
    # Few have one before them, so the loop does little.
    has_alike: NDArray[np.bool_] = np.tril(similarity > -1.0, -1).max(axis=1, initial=False)
    for position in range(len(left)):
        if has_alike[position]:
            to_kept = similarity[position, kept]
            nearest = int(np.argmax(to_kept)) if kept else -1
            if kept and to_kept[nearest] > -1.0:
                copies[nearest].append(position)
                continue
        kept.append(position)
        copies.append([])
    groups = [
        (int(left[first]), tuple(left[others].tolist()))
        for first, others in zip(kept, copies, strict=True)
    ]
    return groups[:k]


def _bursts(attribute: Float32, moments: NDArray[np.int64]) -> NDArray[np.intp]:
    """Which burst each picture belongs to: one number ``[n]`` for all shots of a burst."""
    burst = np.arange(len(moments))
    known = np.flatnonzero(moments != UNKNOWN_NS)
    by_time = known[np.argsort(moments[known], kind="stable")]
    earliest = np.searchsorted(moments[by_time], moments[by_time] - BURST_NS)
    for place in np.flatnonzero(earliest < np.arange(len(by_time))).tolist():
        row, before = int(by_time[place]), by_time[earliest[place] : place]
        linked = before[attribute[before] @ attribute[row] >= BURST]
        if len(linked):
            burst[np.isin(burst, burst[linked])] = burst[row]
    return burst


def _within(moments: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which are both known and as close to one another as two shots of a burst."""
    known = (moments != UNKNOWN_NS) & (others != UNKNOWN_NS)
    apart = np.abs(np.where(known, moments, 0) - np.where(known, others, 0))
    return np.asarray(known & (apart <= BURST_NS), bool)
