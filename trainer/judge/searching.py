"""What each method finds for each query, remembered by method and database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL.Image import Image

from engine.errors import KnownError
from engine.jobs import JobControl
from engine.metrics.interface import EmbeddingMetric, Metric
from engine.types import Float32
from trainer.data.records import Record, load_picture
from trainer.files import write_atomically
from trainer.judge.pictures import Database
from trainer.judge.protocol import Hit
from trainer.progress import Reporter

FORMAT: Final = "relsim-judge-ranking"
VERSION: Final = 1
MIN_SIDE: Final = 512
"""Pixels that the shorter side of a picture keeps; the metrics go on from there."""

_BATCH = 32
_BLOCK = 64  # queries in memory of a metric that sees pairs; hours of work are kept block by block
_DECODERS = 4

Hits = dict[str, tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class Search:
    """Who looks for what, and who is told.

    Attributes:
        database: What is searched.
        queries: Content ids of pictures in it.
        k: Hits that each query gets, or as many as there are.
        reporter: Is told how far it is.
        control: Checked between batches.
    """

    database: Database
    queries: tuple[str, ...]
    k: int
    reporter: Reporter
    control: JobControl | None = None

    @property
    def depth(self) -> int:
        """Hits that a query has: a query is not among its own."""
        return min(self.k, len(self.database.records) - 1)


def find_all(metric: Metric, search: Search, folder: Path) -> Hits:
    """What a method finds, from the folder as far as it is there.

    Args:
        metric: The method.
        search: The queries.
        folder: Holds a file for each method and database; made if it is not there.

    Returns:
        By query, best first. Pictures that tie stand in the order of their content ids; a query
        is left out by its id, so that a picture that looks the same stays.

    Raises:
        KnownError: If a picture cannot be read any more, or the folder cannot be written.
        Cancelled: If `search.control` was told to cancel.
    """
    remembered = _Remembered(folder, metric.fingerprint, search.database.digest)
    known = remembered.read()
    enough = {
        query: hits[: search.k]
        for query, hits in known.items()
        if query in search.queries and len(hits) >= search.depth
    }
    missing = [query for query in search.queries if query not in enough]
    size = len(missing) if isinstance(metric, EmbeddingMetric) else _BLOCK
    for start in range(0, len(missing), max(1, size)):
        found = _find(metric, search, missing[start : start + size])
        enough |= found
        known |= found
        remembered.write(known)
    return {query: enough[query] for query in search.queries}


def _find(metric: Metric, search: Search, queries: Sequence[str]) -> Hits:
    records = search.database.by_content()
    asking = [records[query] for query in queries]
    is_distance = metric.spec.closer == "low"
    if isinstance(metric, EmbeddingMetric):
        closeness = _by_vectors(metric, search, asking)
        scores = 1 - closeness if is_distance else closeness.copy()
    else:
        scores = _by_pairs(metric, search, asking)
        closeness = -scores if is_distance else scores.copy()
    contents = search.database.contents
    place = {content: number for number, content in enumerate(contents)}
    found: Hits = {}
    for query, near, own in zip(queries, closeness, scores, strict=True):
        near[place[query]] = -np.inf
        best = np.argsort(-near, kind="stable")[: search.depth]
        found[query] = tuple(Hit(contents[at], float(own[at])) for at in best.tolist())
    return found


def _by_vectors(metric: EmbeddingMetric, search: Search, asking: Sequence[Record]) -> Float32:
    """Products of vectors, float32 ``[q, n]``: the largest are of the closest pictures."""
    records = search.database.records
    parts = []
    for batch in _decoded(records, search, f"Embedding pictures ({metric.spec.title})"):
        parts.append(metric.embed(batch, search.control))
    wanted = []
    for batch in _decoded(asking, search, f"Embedding queries ({metric.spec.title})"):
        wanted.append(metric.embed_queries(batch, search.control))
    products: Float32 = np.concatenate(wanted) @ np.concatenate(parts).T
    return products


def _by_pairs(metric: Metric, search: Search, asking: Sequence[Record]) -> Float32:
    """Scores float32 ``[q, n]`` of a metric that sees pairs; the database is decoded once."""
    queries = [load_picture(record, min_side=MIN_SIDE) for record in asking]
    parts = []
    for batch in _decoded(search.database.records, search, f"Comparing ({metric.spec.title})"):
        rows = []
        for query in queries:
            if search.control is not None:
                search.control.checkpoint()
            rows.append(metric.scores(query, batch, search.control))
        parts.append(np.stack(rows))
    return np.concatenate(parts, axis=1)


def _decoded(records: Sequence[Record], search: Search, phase: str) -> Iterator[list[Image]]:
    """Pictures in batches; the next batch is decoded while this one is used."""

    def picture(record: Record) -> Image:
        return load_picture(record, min_side=MIN_SIDE)

    with ThreadPoolExecutor(_DECODERS) as pool:
        waiting = [pool.submit(picture, record) for record in records[:_BATCH]]
        for start in range(0, len(records), _BATCH):
            if search.control is not None:
                search.control.checkpoint()
            following = records[start + _BATCH : start + 2 * _BATCH]
            batch = [future.result() for future in waiting]
            waiting = [pool.submit(picture, record) for record in following]
            yield batch
            search.reporter.step(phase, start + len(batch), len(records))


class _Remembered:
    """The file of what one method finds in one database."""

    def __init__(self, folder: Path, fingerprint: str, digest: str) -> None:
        self._about = {"method": fingerprint, "database": digest}
        name = hashlib.sha256(f"{fingerprint}\n{digest}".encode()).hexdigest()[:32]
        self._path = folder / f"{name}.json"

    def read(self) -> Hits:
        """Nothing if there is no such file: it is a cache, and is made anew."""
        try:
            document = json.loads(self._path.read_bytes())
            if (document["format"], document["version"]) != (FORMAT, VERSION):
                return {}
            if any(document[name] != value for name, value in self._about.items()):
                return {}
            return {
                query: tuple(Hit(str(content), float(score)) for content, score in hits)
                for query, hits in document["hits"].items()
            }
        except (OSError, KeyError, TypeError, ValueError, AttributeError):
            return {}

    def write(self, hits: Mapping[str, tuple[Hit, ...]]) -> None:
        """Replace the file."""
        document = {"format": FORMAT, "version": VERSION, **self._about, "hits": hits}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(document).encode())
        except OSError as error:
            raise KnownError(
                f"{self._path} cannot be written: {error.strerror or error}"
            ) from error
