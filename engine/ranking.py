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


def collapse_near_identical(
    attribute: Float32, query: Float32 | None, k: int
) -> list[tuple[int, int]]:
    """Keep the first of each set of near-identical hits, and none that repeats the query.

    Args:
        attribute: float32 ``[n, a]``, unit rows of the hits, best hit first.
        query: float32 ``[a]``, unit; None if the query has no look (a sentence).
        k: Stop once this many are kept and the rest is counted.

    Returns:
        ``(position, copies)`` of each hit kept, best first, at most k.
    """
    kept: list[int] = []
    copies: list[int] = []
    for position, vector in enumerate(attribute):
        if query is not None and float(vector @ query) >= NEAR_IDENTICAL:
            continue
        if kept:
            similarity = attribute[kept] @ vector
            nearest = int(np.argmax(similarity))
            if similarity[nearest] >= NEAR_IDENTICAL:
                copies[nearest] += 1
                continue
        kept.append(position)
        copies.append(0)
    return list(zip(kept, copies, strict=True))[:k]
