"""Compares a query with every vector: for small libraries, for filters, and as the oracle."""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.types import Float32

Int64: TypeAlias = NDArray[np.int64]


class Hits(NamedTuple):
    """What a query found, best first; equal scores in the order of ids.

    Attributes:
        ids: int64 ``[m]``, m at most k.
        scores: float32 ``[m]``, cosines.
    """

    ids: Int64
    scores: Float32


class ExactIndex:
    """Compares a query with every vector.

    Args:
        ids: int64 ``[n]``, distinct.
        vectors: float32 ``[n, d]``, unit rows; n may be 0.
    """

    kind: Literal["exact", "hnsw"] = "exact"

    def __init__(self, ids: Int64, vectors: Float32) -> None:
        self._ids = ids
        self._vectors = vectors  # rows beyond `_count` are spare
        self._count = len(ids)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._count

    def ids(self) -> Int64:
        """See `Index.ids`."""
        with self._lock:
            return np.sort(self._ids[: self._count])

    def has(self, ids: Int64) -> NDArray[np.bool_]:
        """See `Index.has`."""
        with self._lock:
            return np.isin(ids, self._ids[: self._count])

    def add(self, ids: Int64, vectors: Float32) -> None:
        """See `Index.add`."""
        with self._lock:
            new = ~np.isin(ids, self._ids[: self._count])
            end = self._count + int(new.sum())
            if end > len(self._ids):
                self._reserve(max(end, 2 * self._count))
            self._ids[self._count : end] = ids[new]
            self._vectors[self._count : end] = vectors[new]
            self._count = end

    def remove(self, ids: Int64) -> None:
        """See `Index.remove`."""
        with self._lock:
            kept = ~np.isin(self._ids[: self._count], ids)
            self._ids = self._ids[: self._count][kept]
            self._vectors = self._vectors[: self._count][kept]
            self._count = len(self._ids)

    def query(self, vector: Float32, k: int, exclude: Collection[int] = frozenset()) -> Hits:
        """See `Index.query`."""
        with self._lock:  # rows below `count` never change in place, so the lock may go
            count, ids, vectors = self._count, self._ids, self._vectors
        scores = vectors[:count] @ vector
        wanted = min(k + len(exclude), count)
        best = np.argpartition(scores, count - wanted)[count - wanted :] if wanted else slice(0)
        return ranked(ids[best], scores[best], k, exclude)

    def scan(self, vector: Float32, allowed: Int64 | None = None) -> Hits:
        """The scores of all vectors, or of those that are allowed, in the order of ids.

        Args:
            vector: float32 ``[d]``, unit.
            allowed: int64 ids, distinct; unknown ones are ignored.
        """
        with self._lock:  # as in `query`
            count, ids, vectors = self._count, self._ids, self._vectors
        ids, vectors = ids[:count], vectors[:count]
        if allowed is None:
            scores = vectors @ vector
        else:
            rows = np.flatnonzero(np.isin(ids, allowed, kind="table"))
            # To gather rows costs as much as to read about three times as many in a line.
            scores = vectors[rows] @ vector if 3 * len(rows) < count else (vectors @ vector)[rows]
            ids = ids[rows]
        order = np.argsort(ids, kind="stable")
        return Hits(ids[order], scores[order])

    def memory(self) -> int:
        """See `Index.memory`."""
        return self._ids.nbytes + self._vectors.nbytes

    def _reserve(self, capacity: int) -> None:
        ids = np.empty(capacity, np.int64)
        vectors = np.empty((capacity, self._vectors.shape[1]), np.float32)
        ids[: self._count] = self._ids[: self._count]
        vectors[: self._count] = self._vectors[: self._count]
        self._ids, self._vectors = ids, vectors


def ranked(ids: Int64, scores: Float32, k: int, exclude: Collection[int]) -> Hits:
    """The best k of some scores, without the excluded ids; equal scores in the order of ids."""
    if exclude:
        kept = ~np.isin(ids, np.fromiter(exclude, np.int64, len(exclude)))
        ids, scores = ids[kept], scores[kept]
    order = np.lexsort((ids, -scores))[:k]
    return Hits(ids[order], scores[order])
