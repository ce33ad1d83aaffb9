"""Decodes every picture of a collection once, in several processes, and remembers the outcome."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from engine.errors import DecodeError
from engine.imaging import content_id, decode, load
from trainer.data.check_cache import CheckCache, Outcome
from trainer.data.records import Collection, Record, Source
from trainer.progress import Reporter

LEAST_SIDE: Final = 16
"""Pixels; what has fewer on its shorter side shows nothing."""

_CHUNK: Final = 32  # pictures that a process takes at a time
_CRASHED: Final = "the decoder crashed on it"

_Chunk = list[tuple[int, Source]]


def verify(
    collection: Collection,
    *,
    cache: Path | None,
    workers: int,
    reporter: Reporter,
    least_side: int = LEAST_SIDE,
    unique: bool = False,
) -> Collection:
    """Decode every picture, and drop what cannot be read.

    About 2 ms of processor time a photo of a megapixel (docs/training/data.md).

    Args:
        collection: What to check.
        cache: A file that remembers what was checked, also after an interruption; made if it is
            not there. A picture counts as unchanged if its file's size and mtime are.
        workers: Processes; with one, the work is done in this one.
        reporter: Is told how far it is.
        least_side: Pixels that the shorter side must have.
        unique: Drop a picture of the same bytes as an earlier one, if the same is said of it.

    Returns:
        What can be used, with content ids.

    Raises:
        KnownError: If nothing can be used, or `cache` is no such file or cannot be written.
    """
    records = collection.records
    outcomes: list[Outcome | None] = [None] * len(records)
    with CheckCache(cache, least_side) as known:
        todo: _Chunk = []
        for index, record in enumerate(records):
            outcomes[index] = known.get(record.source)
            if outcomes[index] is None:
                todo.append((index, record.source))
        done = len(records) - len(todo)
        for chunk, results in _check_chunks(todo, workers, least_side):
            for (index, source), outcome in zip(chunk, results, strict=True):
                outcomes[index] = outcome
                known.add(source, outcome)
            known.flush()
            done += len(chunk)
            reporter.step("Verifying", done, len(records))
    return _without_drops(collection, outcomes, unique).require_some()


def _without_drops(
    collection: Collection, outcomes: Sequence[Outcome | None], unique: bool
) -> Collection:
    drops = collection.drops.copy()
    kept: list[Record] = []
    seen: dict[Record, str] = {}
    for record, outcome in zip(collection.records, outcomes, strict=True):
        assert outcome is not None
        if outcome.reason is not None:
            drops.add(outcome.reason, record.key, outcome.detail)
            continue
        verified = replace(record, content=outcome.content)
        if unique:
            said = replace(verified, key="", source=Path(), url=None)
            first = seen.setdefault(said, record.key)
            if first != record.key:
                drops.add("duplicate", record.key, f"the same picture as {first}")
                continue
        kept.append(verified)
    return Collection(collection.name, tuple(kept), drops, collection.found, collection.kind)


def check(source: Source, least_side: int = LEAST_SIDE) -> Outcome:
    """Decode one picture to its end."""
    try:
        if isinstance(source, Path):
            content, readable = load(source)
        else:
            data = source.read()
            content, readable = content_id(data), data
        side = min(decode(readable, min_side=least_side).size)
    except DecodeError as error:
        cause = error.__cause__
        if isinstance(cause, FileNotFoundError):
            return Outcome(reason="missing", detail=str(error), lasts=False)
        # A permission, a lost drive or full memory says nothing of the picture.
        outside = isinstance(cause, MemoryError) or (isinstance(cause, OSError) and cause.errno)
        return Outcome(reason="unreadable", detail=str(error), lasts=not outside)
    if side < least_side:
        return Outcome(content, "too-small", f"its shorter side has {side} of {least_side} pixels")
    return Outcome(content)


def _check_all(sources: list[Source], least_side: int) -> list[Outcome]:
    return [check(source, least_side) for source in sources]


def _check_chunks(
    todo: _Chunk, workers: int, least_side: int
) -> Iterator[tuple[_Chunk, list[Outcome]]]:
    chunks = [todo[i : i + _CHUNK] for i in range(0, len(todo), _CHUNK)]
    if workers <= 1 or len(chunks) <= 1:
        for chunk in chunks:
            yield chunk, _check_all([source for _, source in chunk], least_side)
        return
    chunks.reverse()  # taken from the end
    while chunks:
        pending: dict[Future[list[Outcome]], _Chunk] = {}
        # Not `wait`: Ctrl-C inside it leaves locks of futures behind, and the pool never ends.
        finished: SimpleQueue[Future[list[Outcome]]] = SimpleQueue()
        pool = _pool(workers)
        try:
            while chunks or pending:
                while chunks and len(pending) < 2 * workers:
                    sources = [source for _, source in chunks[-1]]
                    future = pool.submit(_check_all, sources, least_side)
                    pending[future] = chunks.pop()
                    future.add_done_callback(finished.put)
                future = finished.get()
                results = future.result()
                yield pending.pop(future), results
        except BrokenProcessPool:
            for chunk in pending.values():
                yield chunk, _check_apart([source for _, source in chunk], least_side)
        finally:
            pool.shutdown(cancel_futures=True)


def _check_apart(sources: list[Source], least_side: int) -> list[Outcome]:
    """Check pictures one of which ended the process that read it."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(sources):
        with _pool(1) as pool:
            try:
                for source in sources[len(outcomes) :]:
                    outcomes.append(pool.submit(check, source, least_side).result())
            except BrokenProcessPool:
                outcomes.append(Outcome(reason="unreadable", detail=_CRASHED, lasts=False))
    return outcomes


def _pool(workers: int) -> ProcessPoolExecutor:
    # Not forked: the parent may have threads of torch or of a progress display.
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin_worker)


def _begin_worker() -> None:
    # Ctrl-C reaches all processes; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's processes wait for work for ever, also after their parent was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
