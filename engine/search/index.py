"""Nearest neighbors of a vector: by looking at all of them, or through a graph (HNSW).

The exact scan is the choice for small libraries and the oracle for the graph. The graph is a cache
of the library's vectors: it is saved beside the library, checked when it is loaded, brought up to
date with the library, and rebuilt from it whenever anything is odd. Scores are exact cosines in
either case; only which images are found may differ.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal, Protocol

import hnswlib
import numpy as np
from numpy.typing import NDArray

from engine.search.exact_index import ExactIndex, Hits, Int64, ranked
from engine.store import Store
from engine.types import Fingerprint, Float32

EXACT_UP_TO = 20_000
"""Libraries of up to this many images are scanned; beyond it the graph answers faster."""

LINKS = 24
"""HNSW's M: twice as many links a vector on the ground layer. With 16, some are never found."""

BUILD_EFFORT = 200
"""HNSW's ef_construction."""

QUERY_EFFORT = 300
"""HNSW's ef: candidates that a query keeps; or twice as many as were asked for, if that is more."""

_FORMAT = 1
_STALE_SHARE = 0.2  # dead entries from which the graph is built anew
_WORTH_SAVING = 1000  # changes that loading would have to make up for, about a second

_log = logging.getLogger(__name__)


class Index(Protocol):
    """Vectors of one fingerprint by image id. Thread-safe. An id's vector never changes."""

    kind: Literal["exact", "hnsw"]

    def __len__(self) -> int: ...

    def ids(self) -> Int64:
        """The ids that it holds, ascending."""
        ...

    def has(self, ids: Int64) -> NDArray[np.bool_]:
        """Which of some ids it holds, bool ``[n]``."""
        ...

    def add(self, ids: Int64, vectors: Float32) -> None:
        """Add vectors; ids that it holds already are left as they are.

        Args:
            ids: int64 ``[n]``, distinct.
            vectors: float32 ``[n, d]``, unit rows.
        """
        ...

    def remove(self, ids: Int64) -> None:
        """Take out vectors; unknown ids are ignored."""
        ...

    def query(self, vector: Float32, k: int, exclude: Collection[int] = frozenset()) -> Hits:
        """The k vectors nearest to this one, fewer if there are not as many.

        Args:
            vector: float32 ``[d]``, unit.
            k: How many.
            exclude: Ids that are no hits, for example the query's own.
        """
        ...

    def memory(self) -> int:
        """Bytes held, about."""
        ...


class HnswIndex:
    """Walks a graph of near vectors (hnswlib): about a millisecond, whatever the size.

    Args:
        dimension: Length of the vectors.
        capacity: For how many vectors to make room at first; it grows as needed.
        graph: A hnswlib index that was loaded.
    """

    kind: Literal["exact", "hnsw"] = "hnsw"

    def __init__(self, dimension: int, capacity: int = 1024, *, graph: Any = None) -> None:
        if graph is None:
            graph = hnswlib.Index(space="ip", dim=dimension)
            graph.init_index(max(capacity, 1), M=LINKS, ef_construction=BUILD_EFFORT)
        self._graph = graph
        self._live: set[int] = set()
        self._dead: set[int] = set()  # the graph marks vectors as deleted, but keeps them
        self._lock = threading.Lock()  # hnswlib must not add while it searches
        self.unsaved = 0

    def __len__(self) -> int:
        return len(self._live)

    def ids(self) -> Int64:
        """See `Index.ids`."""
        with self._lock:
            return np.sort(np.fromiter(self._live, np.int64, len(self._live)))

    def has(self, ids: Int64) -> NDArray[np.bool_]:
        """See `Index.has`."""
        with self._lock:
            return np.array([image_id in self._live for image_id in ids.tolist()], bool)

    def add(self, ids: Int64, vectors: Float32) -> None:
        """See `Index.add`."""
        with self._lock:
            revived = self._dead.intersection(ids.tolist())
            for image_id in revived:
                self._graph.unmark_deleted(image_id)
            self._dead -= revived
            self._live |= revived
            new = np.array([image_id not in self._live for image_id in ids.tolist()], bool)
            if new.any():
                needed = len(self._live) + len(self._dead) + int(new.sum())
                if needed > self._graph.max_elements:
                    self._graph.resize_index(max(needed, 2 * self._graph.max_elements))
                self._graph.add_items(vectors[new], ids[new])
                self._live.update(ids[new].tolist())
            self.unsaved += len(revived) + int(new.sum())

    def remove(self, ids: Int64) -> None:
        """See `Index.remove`."""
        with self._lock:
            for image_id in self._live.intersection(ids.tolist()):
                self._graph.mark_deleted(image_id)
                self._live.remove(image_id)
                self._dead.add(image_id)
                self.unsaved += 1

    @property
    def stale(self) -> float:
        """Share of the graph that is dead, 0..1."""
        return len(self._dead) / max(len(self._live) + len(self._dead), 1)

    def query(self, vector: Float32, k: int, exclude: Collection[int] = frozenset()) -> Hits:
        """See `Index.query`."""
        with self._lock:
            wanted = min(k + len(exclude), len(self._live))
            if not wanted:
                return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
            ids = self._nearest(vector, wanted)
            vectors = np.asarray(self._graph.get_items(ids), np.float32)
        return ranked(ids, vectors @ vector, k, exclude)

    def _nearest(self, vector: Float32, wanted: int) -> Int64:
        """Ids of about the nearest vectors, in no order."""
        effort = max(QUERY_EFFORT, 2 * wanted)
        while True:
            self._graph.set_ef(effort)
            try:
                labels, _ = self._graph.knn_query(vector, k=wanted, num_threads=1)
            except RuntimeError:  # the walk met fewer than wanted: parts of the graph are far
                if effort > self._graph.element_count:
                    return np.fromiter(self._live, np.int64)
                effort *= 8
            else:
                found: Int64 = labels[0].astype(np.int64)
                return found

    def vectors(self, ids: Int64) -> Float32:
        """The vectors of ids that it holds, float32 ``[n, d]``."""
        with self._lock:
            return np.asarray(self._graph.get_items(ids), np.float32)

    def memory(self) -> int:
        """See `Index.memory`."""
        beside = 120  # a mutex, a level, the map from id to place, our set of ids
        return int(self._graph.index_file_size()) + beside * int(self._graph.element_count)

    def save(self, path: Path, belongs_to: str) -> None:
        """Write the graph and, beside it, what is needed to trust it. A kill leaves old or none.

        Args:
            path: The graph's file; ``<path>.json`` comes beside it.
            belongs_to: Names the library and fingerprint.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        with self._lock:
            self._graph.save_index(os.fspath(partial))
            facts = {
                "format": _FORMAT,
                "belongs_to": belongs_to,
                "count": int(self._graph.element_count),
                "dead": sorted(self._dead),
                "crc32": _checksum(partial),
            }
            self.unsaved = 0
        _sidecar(path).unlink(missing_ok=True)
        partial.replace(path)
        partial.write_text(json.dumps(facts), encoding="utf-8")
        partial.replace(_sidecar(path))

    @classmethod
    def load(cls, path: Path, belongs_to: str, dimension: int) -> HnswIndex | None:
        """Read a saved graph; None if there is none, or it is damaged or another library's."""
        try:
            facts = json.loads(_sidecar(path).read_text(encoding="utf-8"))
            if (facts["format"], facts["belongs_to"]) != (_FORMAT, belongs_to):
                return None
            if facts["crc32"] != _checksum(path):  # hnswlib crashes on a damaged file
                _log.warning("%s is damaged; the index is built anew", path.name)
                return None
            graph = hnswlib.Index(space="ip", dim=dimension)
            graph.load_index(os.fspath(path), max_elements=facts["count"])
            index = cls(dimension, graph=graph)
            index._dead = set(facts["dead"])
            index._live = set(graph.get_ids_list()) - index._dead
        except (OSError, ValueError, KeyError, TypeError, RuntimeError):
            return None
        return index


def open_index(
    store: Store, fingerprint: Fingerprint, directory: Path, current: Index | None = None
) -> Index:
    """The index of all images with an online file, up to date with the library.

    Call it at the start, and after each indexing run with the index in use: that one is brought up
    to date and returned, unless the library has outgrown it. Building takes about a minute for
    100,000 images; queries of `current` go on meanwhile.

    Args:
        store: The library.
        fingerprint: Whose vectors.
        directory: Where a graph is saved; it may be deleted at any time.
        current: The index in use.
    """
    wanted = store.image_ids(fingerprint)
    if len(wanted) <= EXACT_UP_TO:
        if not isinstance(current, ExactIndex):
            return ExactIndex(*store.all_vectors(fingerprint))
        _bring_up_to_date(current, wanted, store, fingerprint)
        return current
    belongs_to = f"{store.setting('library_id')} {fingerprint.key}"
    name = hashlib.blake2b(fingerprint.key.encode(), digest_size=8).hexdigest()
    path = directory / f"{name}.hnsw"
    graph = current if isinstance(current, HnswIndex) else None
    graph = graph or HnswIndex.load(path, belongs_to, fingerprint.dimension)
    if graph is not None:
        _bring_up_to_date(graph, wanted, store, fingerprint)
    if graph is None or graph.stale > _STALE_SHARE or not _agrees(graph, store, fingerprint):
        graph = HnswIndex(fingerprint.dimension, capacity=len(wanted))
        _bring_up_to_date(graph, wanted, store, fingerprint)
    if graph.unsaved > max(_WORTH_SAVING, len(graph) // 100):
        _save(graph, path, belongs_to)
    return graph


def open_scan(
    store: Store, fingerprint: Fingerprint, current: ExactIndex | None = None
) -> ExactIndex:
    """All vectors in a line, for questions that no graph answers: filtered or turned around.

    Args:
        store: The library.
        fingerprint: Whose vectors.
        current: The one in use, to be brought up to date.
    """
    if current is None:
        return ExactIndex(*store.all_vectors(fingerprint))
    _bring_up_to_date(current, store.image_ids(fingerprint), store, fingerprint)
    return current


def _bring_up_to_date(index: Index, wanted: Int64, store: Store, fingerprint: Fingerprint) -> None:
    held = index.ids()
    index.remove(np.setdiff1d(held, wanted, assume_unique=True))
    missing = np.setdiff1d(wanted, held, assume_unique=True)
    for start in range(0, len(missing), 4096):
        part = missing[start : start + 4096]
        index.add(part, store.vectors(fingerprint, part.tolist()))


def _agrees(graph: HnswIndex, store: Store, fingerprint: Fingerprint) -> bool:
    """Whether a sample of the graph is the library's; one restored from a copy may use ids anew."""
    ids = graph.ids()
    sample = ids[np.linspace(0, len(ids) - 1, 64).astype(int)]
    return np.allclose(graph.vectors(sample), store.vectors(fingerprint, sample.tolist()))


def _save(graph: HnswIndex, path: Path, belongs_to: str) -> None:
    try:
        graph.save(path, belongs_to)
    except (OSError, RuntimeError) as error:  # the next start builds it again
        _log.warning("the index was not saved: %s", error)


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            checksum = zlib.crc32(block, checksum)
    return checksum
