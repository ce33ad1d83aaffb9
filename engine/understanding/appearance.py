"""What looks alike: an exact scan over the attribute vectors of the library."""

from __future__ import annotations

import threading
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.store import Store
from engine.types import Fingerprint, Float32

Int64: TypeAlias = NDArray[np.int64]

_BLOCK = 4096
"""Vectors that are widened to float32 at a time: they and the product stay in the CPU's cache."""


class Appearance:
    """The library's attribute vectors in memory, as float16. Thread-safe.

    Args:
        store: The library.
        fingerprint: Of the attribute vectors.
    """

    def __init__(self, store: Store, fingerprint: Fingerprint) -> None:
        self.fingerprint = fingerprint
        self._store = store
        self._lock = threading.Lock()  # guards bringing the two arrays up to date
        self._ids: Int64 = np.empty(0, np.int64)
        self._vectors = np.empty((0, fingerprint.dimension), np.float16)

    def scan(self, vector: Float32, ids: Int64) -> Float32:
        """How alike each of some images looks.

        What is not in memory yet is read first: about a second for 100,000 images.

        Args:
            vector: float32 ``[a]``, unit.
            ids: int64 ``[n]``, ascending, images with an attribute vector; all of the library, or
                the next call reads again what this one leaves out.

        Returns:
            float32 ``[n]``, cosines.

        Raises:
            KeyError: If an image has no attribute vector.
        """
        with self._lock:
            if not np.array_equal(ids, self._ids):
                self._follow(ids)
            vectors = self._vectors  # never written to again, so the lock may go
        scores = np.empty(len(vectors), np.float32)
        wide = np.empty((_BLOCK, vectors.shape[1]), np.float32)
        for start in range(0, len(vectors), _BLOCK):
            block = vectors[start : start + _BLOCK]
            np.copyto(wide[: len(block)], block)
            np.dot(wide[: len(block)], vector, out=scores[start : start + len(block)])
        return scores

    def memory(self) -> int:
        """Bytes held."""
        return self._ids.nbytes + self._vectors.nbytes

    def _follow(self, ids: Int64) -> None:
        """Keep what is known of the images, and read the rest."""
        vectors = np.empty((len(ids), self.fingerprint.dimension), np.float16)
        known = np.isin(ids, self._ids, assume_unique=True)
        vectors[known] = self._vectors[np.searchsorted(self._ids, ids[known])]
        missing = np.flatnonzero(~known)
        for start in range(0, len(missing), _BLOCK):
            rows = missing[start : start + _BLOCK]
            vectors[rows] = self._store.vectors(self.fingerprint, ids[rows].tolist())
        self._ids, self._vectors = ids, vectors
