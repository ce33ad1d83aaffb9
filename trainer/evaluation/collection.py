"""Measures any model that the engine can load on held-out pictures with captions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.models.chosen import ModelRequest
from engine.models.text import TextEncoder
from engine.types import Embedder, Float32, UInt8
from trainer.contrastive.retrieval import caption_figures, naming_figures, relation_figures
from trainer.data.checking import verify
from trainer.data.collection import open_collection
from trainer.data.records import Record, load_picture
from trainer.evaluation.loading import find_chosen, load_embedder
from trainer.progress import Reporter

PHASE = "Embedding held-out pictures"
_DECODERS = 4


def evaluate_collection(
    source: str, request: ModelRequest, reporter: Reporter, *, images: Path | None, limit: int
) -> dict[str, Any]:
    """Embed pictures as the program does, and see whether they find their captions.

    Args:
        source: What `trainer.data` reads, with anonymous captions.
        request: The model.
        reporter: Gets the progress.
        images: Where the pictures are that a list names.
        limit: Pictures that are looked at, at most.

    Returns:
        ``model``, ``pictures``, ``dropped`` by reason, ``captions`` (distinct ones), and the
        figures of `trainer.contrastive.retrieval`; those about relations where they are known.

    Raises:
        KnownError: If there are no such pictures, or no such model.
    """
    collection = open_collection(source, images=images, needs=("caption",))
    some = collection.records[:limit]
    collection = replace(collection, records=some, found=len(some) + collection.drops.total)
    collection = verify(collection, cache=None, workers=_DECODERS, reporter=reporter)
    records = collection.records
    vectors, model = _embed(records, request, reporter)
    said = [str(record.caption) for record in records]
    texts = sorted(set(said))
    place = {text: number for number, text in enumerate(texts)}
    own = np.array([place[caption] for caption in said], dtype=np.int64)
    captions = TextEncoder().encode(texts)
    figures = caption_figures(vectors, captions, own)
    relations = [record.relation for record in records]
    if None not in relations:
        names = [str(name) for name in relations]
        figures |= naming_figures(vectors, captions, own, names) | relation_figures(vectors, names)
    return {
        "model": model,
        "pictures": len(records),
        "dropped": collection.drops.counts(),
        "captions": len(texts),
        **figures,
    }


def _embed(
    records: tuple[Record, ...], request: ModelRequest, reporter: Reporter
) -> tuple[Float32, str]:
    """Relational vectors float32 ``[n, 384]``, and the model's id."""
    embedder = load_embedder(find_chosen(request))
    parts = []
    try:
        with ThreadPoolExecutor(_DECODERS) as pool:
            for batch in _batches(records, embedder, pool):
                parts.append(embedder.embed(batch).relational)
                reporter.step(PHASE, sum(map(len, parts)), len(records))
        return np.concatenate(parts), embedder.fingerprint.model
    finally:
        embedder.close()


def _batches(
    records: tuple[Record, ...], embedder: Embedder, pool: ThreadPoolExecutor
) -> Iterator[list[UInt8]]:
    """Prepared pictures; the next batch is decoded while the model computes this one."""

    def prepared(record: Record) -> UInt8:
        return embedder.prepare(load_picture(record, min_side=embedder.min_side))

    waiting = [
        [pool.submit(prepared, record) for record in records[: embedder.batch_size]],
    ]
    for start in itertools.count(embedder.batch_size, embedder.batch_size):
        following = records[start : start + embedder.batch_size]
        waiting.append([pool.submit(prepared, record) for record in following])
        yield [future.result() for future in waiting.pop(0)]
        if not following:
            return
