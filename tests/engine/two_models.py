"""A library whose images have vectors of a small and of a large model, made up on the spot."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np

from engine.search.answers import Answers
from engine.search.searcher import Searcher
from engine.store import Store
from engine.store.intake import Batch, Embedded
from engine.types import Fingerprint, Float32, Vectors

SMALL = Fingerprint("small", "relational", "5" * 64, "squash4", 8)
LOOK = Fingerprint("small", "attribute", "5" * 64, "squash4", 5)
LARGE = Fingerprint("large", "relational", "7" * 64, "square4", 6)
"""Of another dimension, so that whoever lets its vectors meet the small model's is told."""


def unit(rows: Float32) -> Float32:
    scaled: Float32 = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def random_rows(n: int, dimension: int, seed: int = 0) -> Float32:
    return unit(np.random.default_rng(seed).standard_normal((n, dimension)).astype(np.float32))


class TwoModelLibrary:
    """Images 1 to n, and what answers about them.

    Args:
        directory: An empty folder.
        n: How many images.
        by_large: Positions of those that the large model has seen.
        large: Its fingerprint.
        by_small: Positions of those that the small model has seen; None for all.
        reference: Of the small model; see `Searcher`.
        seed: Of all vectors.
    """

    def __init__(
        self,
        directory: Path,
        n: int,
        by_large: Collection[int],
        *,
        large: Fingerprint = LARGE,
        by_small: Collection[int] | None = None,
        reference: Collection[float] = (),
        seed: int = 0,
    ) -> None:
        self.store = Store.open(directory / "library")
        self.relational = random_rows(n, SMALL.dimension, seed)
        self.looks_of_all = random_rows(n, LOOK.dimension, seed + 1)
        self.by_large = random_rows(n, large.dimension, seed + 2)
        self.large_fingerprint = large
        self._root = directory / "pictures"
        self._n = n
        self.ids = np.arange(1, n + 1)
        seen = range(n) if by_small is None else by_small
        vectors = Vectors(self.relational, self.looks_of_all)
        everything = Vectors(self.by_large, None)
        self.learn(seen, vectors, SMALL, LOOK)
        self.learn(by_large, everything, large, None)
        cache = directory / "cache"
        self.small = Searcher(self.store, SMALL, LOOK, cache, tuple(reference))
        self.large = Searcher(self.store, large, LOOK, cache)
        self.answers = Answers(self.small, self.large)

    def close(self) -> None:
        self.store.close()

    def learn(
        self,
        positions: Collection[int],
        vectors: Vectors,
        relational: Fingerprint,
        attribute: Fingerprint | None,
    ) -> None:
        """Store a model's vectors of some images, unless they are there."""
        names = [self._root / f"{position:05}.png" for position in range(self._n)]
        with self.store.intake() as intake:
            intake.register([self._root], [], [(name, 1, 1) for name in names])
            plan = intake.plan(relational, attribute)
            files = {int(file.path.stem): file.file_id for file in plan.to_read}
            rows = [position for position in sorted(positions) if position in files]
            if rows:
                new = [Embedded(str(position), files[position]) for position in rows]
                look = vectors.attribute
                part = Vectors(vectors.relational[rows], None if look is None else look[rows])
                intake.commit(Batch(new, part), relational, attribute)

    def looks(self, image_ids: Collection[int]) -> Float32:
        return self.store.vectors(LOOK, list(image_ids))
