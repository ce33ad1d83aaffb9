"""Triplets: is the anchor nearer to the positive than to the negative?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.estimates import Float64
from engine.types import Float32
from trainer.evaluation.ranking import Labels

Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Triplets:
    """Triplets of pictures, which are named by their places among all pictures.

    Attributes:
        places: int64 ``[t, 3]``: anchor, positive, negative.
        conditions: str ``[t]``, of `trainer.relbench.annotations.CONDITIONS`.
        families: str ``[t]``, of the anchor's relation.
        clusters: str ``[t]``, the anchor's relation and subject: what the bootstrap resamples.
        kinds: str ``[t]``, what the anchor is (``photo``, ``drawing``); None if all are drawn.
        blind: float64 ``[t]``, 1 where a second annotator who was asked answered rightly, 0 where
            wrongly, NaN where none was asked; None if none was asked at all.
    """

    places: Labels
    conditions: Names
    families: Names
    clusters: Names
    kinds: Names | None = None
    blind: Float64 | None = None

    @classmethod
    def of(
        cls,
        places: Sequence[tuple[int, int, int]],
        conditions: Sequence[str],
        families: Sequence[str],
        clusters: Sequence[str],
        *,
        kinds: Sequence[str] | None = None,
        blind: Sequence[float | None] | None = None,
    ) -> Triplets:
        """From lists of equal length; None in `blind` where none was asked."""
        return cls(
            np.array(places, np.int64).reshape(-1, 3),
            np.array(conditions, np.str_),
            np.array(families, np.str_),
            np.array(clusters, np.str_),
            None if kinds is None else np.array(kinds, np.str_),
            None if blind is None else np.array(blind, np.float64),
        )


def outcomes(vectors: Float32, places: Labels) -> Float64:
    """Whether each anchor is nearer to its positive, in dot products.

    Args:
        vectors: float32 ``[n, d]``, rows of norm 1.
        places: int64 ``[t, 3]``, rows of `vectors`.

    Returns:
        float64 ``[t]``: 1 if it is, 0 if not, 0.5 in a tie.
    """
    anchor, positive, negative = (vectors[column] for column in places.T)
    near = np.einsum("td,td->t", anchor, positive)
    far = np.einsum("td,td->t", anchor, negative)
    won: Float64 = (np.sign(near - far).astype(np.float64) + 1) / 2
    return won
