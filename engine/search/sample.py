"""A sample of the library's images, which places a score among all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.search.ranking import PairDistribution
from engine.store import Store
from engine.types import Fingerprint, Float32

_IMAGES = 2000
"""Images that stand for a larger library."""

_FEWEST = 50
"""Smaller libraries say little about random pairs; the model's own reference stands in."""


@dataclass(frozen=True, slots=True)
class LibrarySample:
    """Images that stand for the library.

    Attributes:
        images: How many the library had when the sample was drawn.
        relational: float32 ``[n, d]``, relational vectors of the sample.
        pairs: How alike its pairs are.
    """

    images: int
    relational: Float32
    pairs: PairDistribution

    @classmethod
    def draw(
        cls,
        store: Store,
        relational: Fingerprint,
        attribute: Fingerprint,
        ids: NDArray[np.int64],
        reference: Sequence[float],
    ) -> Self:
        """Evenly spaced images, the same for the same library.

        Args:
            store: The library.
            relational: Fingerprint of the relational vectors.
            attribute: Fingerprint of the attribute vectors.
            ids: int64 ``[n]``, the library's images; there may be none.
            reference: Relational scores of random pairs, ascending; see `ModelSpec.pairs`. Without
                them a small library's own pairs have to do.
        """
        images = len(ids)
        # After a change of the small model, which gives the looks, a large one may be ahead of it.
        ids = ids[np.isin(ids, store.image_ids(attribute))]
        spaced = np.linspace(0, len(ids) - 1, min(len(ids), _IMAGES)).astype(np.intp)
        chosen = ids[spaced].tolist()
        vectors = store.vectors(relational, chosen)
        known = np.asarray(reference, np.float32)
        if len(ids) < 2:
            return cls(images, vectors, PairDistribution(known, known))
        pairs = PairDistribution.of(vectors, store.vectors(attribute, chosen))
        if len(ids) < _FEWEST and len(known):
            pairs = replace(pairs, relational=known)
        return cls(images, vectors, pairs)
