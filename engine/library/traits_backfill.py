"""Measures the images that were indexed before there were traits, or whose file was away then."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.errors import DecodeError
from engine.imaging import decode_whole
from engine.jobs import Cancelled, JobControl
from engine.library.traits import Traits, measure
from engine.store import Store

_BATCH = 128  # images that share a transaction, and that a cancelled run may have to do again
_SIDE = 64  # a JPEG that is wanted so small is decoded at an eighth of its size


class TraitsBackfill:
    """One pass over the images whose traits are not known. Any thread; it may be used again."""

    def __init__(self, store: Store, *, readers: int = 1) -> None:
        self._store = store
        self._readers = readers

    def run(self, control: JobControl | None = None) -> int:
        """Measure them all; each batch is kept at once. A file that cannot be read is left out.

        Returns:
            How many images have traits now that had none.

        Raises:
            Cancelled: If told to; what was measured stays.
            LibraryError: If the disk is full or lost.
        """
        control = control or JobControl()
        ids = self._store.untraited().tolist()
        measured = 0
        if not ids:
            return 0
        pool = ThreadPoolExecutor(self._readers, thread_name_prefix="traits")
        try:
            for start in range(0, len(ids), _BATCH):
                paths = self._store.paths_of(ids[start : start + _BATCH])
                found = self._measure(paths, pool, control)
                self._store.set_traits(found)
                measured += len(found)
                control.report("Measuring", min(start + _BATCH, len(ids)), len(ids))
                control.checkpoint()
        finally:
            pool.shutdown(cancel_futures=True)
        return measured

    def _measure(
        self, paths: dict[int, Path], pool: ThreadPoolExecutor, control: JobControl
    ) -> dict[int, Traits]:
        def attempt(path: Path) -> Traits | None:
            return None if control.cancelled else _traits_of(path)

        known: Sequence[Traits | None] = list(pool.map(attempt, paths.values()))
        if control.cancelled:
            raise Cancelled
        return {
            image_id: traits
            for image_id, traits in zip(paths, known, strict=True)
            if traits is not None
        }


def _traits_of(path: Path) -> Traits | None:
    try:
        return measure(decode_whole(path, min_side=_SIDE))
    except DecodeError:  # it changed, or its drive was lost; indexing says so
        return None
