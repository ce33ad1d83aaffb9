"""The library as one model sees it: its vectors, their index, and a sample of them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import QueryError
from engine.search.exact_index import ExactIndex, Hits
from engine.search.index import Index, open_index, open_scan
from engine.search.sample import LibrarySample
from engine.store import Store
from engine.types import Fingerprint, Float32

_EMPTY = "The library is empty. Index a folder of pictures first."


class Searcher:
    """Answers with the relational vectors of one fingerprint. Thread-safe.

    Args:
        store: The library.
        relational: Fingerprint of the vectors that are searched.
        attribute: Fingerprint of the looks beside them.
        cache: Where an index may be saved.
        reference: Relational scores of random pairs, ascending, for libraries too small to have
            their own; may be empty.
    """

    def __init__(
        self,
        store: Store,
        relational: Fingerprint,
        attribute: Fingerprint,
        cache: Path,
        reference: Sequence[float] = (),
    ) -> None:
        self.fingerprint = relational
        self._store = store
        self._attribute = attribute
        self._cache = cache
        self._reference = reference
        self._lock = threading.Lock()  # guards opening the index and drawing the sample
        self._index: Index | None = None
        self._scan: ExactIndex | None = None  # beside a graph, once a question needs it
        self._sample: LibrarySample | None = None

    @property
    def model(self) -> str:
        """Id of the model whose vectors these are."""
        return self.fingerprint.model

    def index(self) -> Index:
        """The index, opened now if it was not yet."""
        with self._lock:
            if self._index is None:
                self._index = open_index(self._store, self.fingerprint, self._cache)
            return self._index

    def nearest(self, vector: Float32, k: int, exclude: Collection[int] = frozenset()) -> Hits:
        """The images nearest to a vector of this fingerprint, or to a sentence.

        Raises:
            QueryError: If there are none.
        """
        index = self.index()
        if not len(index):
            raise QueryError(_EMPTY)
        return index.query(vector, k, exclude)

    def scan(self, vector: Float32, allowed: NDArray[np.int64] | None = None) -> Hits:
        """Every image's score, or those of the allowed ids; in the order of ids, not of scores.

        A library with a graph reads its vectors into one array at the first call: a second for
        100,000 images, and 150 MB that stay.

        Raises:
            QueryError: If the library is empty.
        """
        index = self.index()
        if not len(index):
            raise QueryError(_EMPTY)
        if isinstance(index, ExactIndex):
            return index.scan(vector, allowed)
        with self._lock:
            if self._scan is None:
                self._scan = open_scan(self._store, self.fingerprint)
            scan = self._scan
        return scan.scan(vector, allowed)

    def vectors(self, image_ids: Sequence[int]) -> Float32:
        """Stored vectors float32 ``[n, d]``; KeyError if an image has none."""
        return self._store.vectors(self.fingerprint, image_ids)

    def has(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the ids have a vector, bool ``[n]``."""
        return self.index().has(ids)

    def add(self, ids: NDArray[np.int64], relational: Float32) -> None:
        """Called after each committed batch; an index not opened yet reads it from the store."""
        with self._lock:
            for index in (self._index, self._scan):
                if index is not None:
                    index.add(ids, relational)

    def refresh(self) -> None:
        """After an indexing run: files may have come, gone, or gone offline."""
        with self._lock:
            current, self._sample = self._index, None
            scan = self._scan
        if scan is not None:
            open_scan(self._store, self.fingerprint, scan)
        if current is not None:
            fresh = open_index(self._store, self.fingerprint, self._cache, current)
            with self._lock:
                self._index = fresh

    def sample(self) -> LibrarySample:
        """A sample of the library; drawn anew once it has grown by half."""
        index = self.index()
        with self._lock:
            if self._sample is None or len(index) > 1.5 * self._sample.images:
                self._sample = LibrarySample.draw(
                    self._store, self.fingerprint, self._attribute, index.ids(), self._reference
                )
            return self._sample
