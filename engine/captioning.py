"""Lets a captioner describe images of the library: decode a batch ahead, caption, commit."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from engine.errors import DecodeError
from engine.imaging import decode
from engine.jobs import Cancelled, JobControl
from engine.model_thread import Runs
from engine.store import Store
from engine.types import Captioner, Description, Failure, UInt8

_READERS = 2  # a caption takes far longer than a picture's decoding


@dataclass(frozen=True, slots=True)
class CaptionReport:
    """What captioning did; the images that neither counts were skipped.

    Attributes:
        captioned: Images whose caption was stored.
        failed: Files that could not be read.
    """

    captioned: int
    failed: tuple[Failure, ...]


def caption_images(
    store: Store,
    captioners: Runs[Captioner],
    image_ids: Sequence[int],
    *,
    seed: int | None = None,
    control: JobControl,
) -> CaptionReport:
    """Caption images in the order given; each batch is committed when it is done.

    What a person wrote or pinned, also meanwhile, stays; an image without an online file is
    skipped. Another captioner's caption, or an older one of the same, is replaced.

    Args:
        store: The library.
        captioners: Runs the captioner; between two batches others have their turn.
        image_ids: Distinct ids, for example of `Store.uncaptioned`.
        seed: None for greedy captions; else they are sampled from this seed.
        control: Progress ("Describing", in images), pause and cancel.

    Raises:
        Cancelled: If told to, after the batch that the model had in hand; what was committed stays.
        KnownError: If the disk is full, or the model cannot be loaded.
    """
    job = _Captioning(store, captioners, seed=seed, control=control, total=len(image_ids))
    waiting = deque(int(image_id) for image_id in image_ids)
    job.report()
    while waiting:
        control.checkpoint()  # an idle model may be unloaded during a pause
        job.work(waiting)
    return CaptionReport(job.captioned, tuple(job.failed))


class _Reading(NamedTuple):
    """An image that the pool decodes."""

    image_id: int
    path: Path
    prepared: Future[UInt8]


class _Captioning:
    """The state of one run, and its work between two pauses."""

    def __init__(
        self,
        store: Store,
        captioners: Runs[Captioner],
        *,
        seed: int | None,
        control: JobControl,
        total: int,
    ) -> None:
        self._store = store
        self._captioners = captioners
        self._seed = seed
        self._control = control
        self._total = total
        self._skipped = 0
        self.captioned = 0
        self.failed: list[Failure] = []

    def report(self) -> None:
        failed = len(self.failed)
        done = self.captioned + self._skipped + failed
        self._control.report("Describing", done, self._total, failed)

    def work(self, waiting: deque[int]) -> None:
        """Caption until nothing is waiting, or a pause holds the rest."""
        with self._captioners.hold() as captioner:
            pool = ThreadPoolExecutor(_READERS, thread_name_prefix="read")
            try:
                batch = self._start_reading(pool, captioner, waiting)
                while batch:
                    # Decoded while the model has the one before in hand.
                    following = self._start_reading(pool, captioner, waiting)
                    self._caption(batch)
                    if self._control.paused or self._control.cancelled:
                        waiting.extendleft(reading.image_id for reading in reversed(following))
                        return
                    batch = following
            finally:
                pool.shutdown(cancel_futures=True)
                del captioner  # an error that is kept must not keep them

    def _start_reading(
        self, pool: ThreadPoolExecutor, captioner: Captioner, waiting: deque[int]
    ) -> list[_Reading]:
        """Hand the next batch to the pool; empty if nothing is left."""

        def read(path: Path) -> UInt8:
            return captioner.prepare(decode(path, min_side=captioner.min_side))

        batch: list[_Reading] = []
        while waiting and len(batch) < captioner.batch_size:
            lacking = min(captioner.batch_size - len(batch), len(waiting))
            image_ids = [waiting.popleft() for _ in range(lacking)]
            captions = self._store.captions(image_ids)
            paths = self._store.paths_of(image_ids)
            for image_id in image_ids:
                if image_id not in paths or _is_kept(captions.get(image_id)):
                    self._skipped += 1
                else:
                    path = paths[image_id]
                    batch.append(_Reading(image_id, path, pool.submit(read, path)))
        self.report()
        return batch

    def _caption(self, batch: Sequence[_Reading]) -> None:
        """Caption and commit a batch; it is smaller by what cannot be read."""
        image_ids: list[int] = []
        prepared: list[UInt8] = []
        for reading in batch:
            try:
                prepared.append(reading.prepared.result())
                image_ids.append(reading.image_id)
            except DecodeError as error:
                self.failed.append(Failure(reading.path, str(error)))
        if self._control.cancelled:
            raise Cancelled
        if prepared:
            descriptions = self._captioners.run(
                lambda captioner: captioner.caption(
                    prepared, seed=self._seed, control=self._control
                )
            )
            stored = self._store.fill_captions(dict(zip(image_ids, descriptions, strict=True)))
            self.captioned += len(stored)
            self._skipped += len(image_ids) - len(stored)
        self.report()


def _is_kept(caption: Description | None) -> bool:
    return caption is not None and (caption.source == "person" or caption.pinned)
