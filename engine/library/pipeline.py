"""From folders to searchable images: scan, decode in a pool, embed in the model thread, commit.

The run's own thread does all bookkeeping. It hands files to the pool and batches to the model
thread, both a little ahead of need, and sleeps until one of them answers. What lies between them
is bounded, so memory does not grow with the folder.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.formats.reading import Fingerprints, Read, Reader
from engine.jobs import Cancelled, JobControl
from engine.library.allocator import keep_large_blocks, return_large_blocks
from engine.library.exclusions import Exclusions, library_rules
from engine.library.roots import sort_roots
from engine.library.scan import scan
from engine.library.thumbnails import ThumbnailCache
from engine.model_thread import Runs
from engine.paths import KEPT_PICTURES
from engine.store import Batch, Embedded, FileToRead, Intake, Store
from engine.types import (
    Embedder,
    Failure,
    Fingerprint,
    Float32,
    Folder,
    IndexReport,
    UInt8,
    Vectors,
)

OnBatch: TypeAlias = Callable[[NDArray[np.int64], Float32], None]

_READERS = os.cpu_count() or 2
_BATCHES_AHEAD = 2  # one that runs and one that waits, so that the model never idles
_COMMIT_EVERY = 256  # outcomes without a new vector that share a transaction


class IndexingPipeline:
    """Brings folders into the library. One run at a time; the object may be used again.

    Args:
        store: The library.
        models: The model thread; it is not used unless there is something to embed.
        relational: Fingerprint of its relational vectors.
        attribute: Fingerprint of its attribute vectors; None if it gives none.
        thumbnails: Where to keep a thumbnail of each picture that is decoded anyway.
        exclude: Folders that are never entered, besides the library's own.
        on_batch: Called in the run's thread after a commit, with the ids (int64 ``[n]``) and
            relational vectors (float32 ``[n, d]``) of the new images.
        readers: Threads that read and decode.
    """

    def __init__(
        self,
        store: Store,
        models: Runs[Embedder],
        *,
        relational: Fingerprint,
        attribute: Fingerprint | None,
        thumbnails: ThumbnailCache | None = None,
        exclude: Sequence[Path] = (),
        on_batch: OnBatch | None = None,
        readers: int = _READERS,
    ) -> None:
        self._store = store
        self._models = models
        self._relational = relational
        self._attribute = attribute
        self._thumbnails = thumbnails
        self._exclude = [store.directory, *exclude]
        self._on_batch = on_batch
        self._readers = readers

    def run(
        self,
        roots: Sequence[Path],
        control: JobControl | None = None,
        on_scanned: Callable[[], None] | None = None,
    ) -> IndexReport:
        """Index folders or single files; what is unchanged is not opened.

        Args:
            roots: Folders or files; one that the library knows but that is not there now, a drive
                for example, becomes offline.
            control: Progress, pause and cancel.
            on_scanned: Called once every file that was found has its row in the store.

        Raises:
            Cancelled: If told to; what was embedded until then is kept.
            KnownError: If a root never was there, the library is being indexed already, the disk
                is full, or the model cannot be loaded.
        """
        began = time.monotonic()
        control = control or JobControl()
        with self._store.intake() as intake:
            control.report("Scanning", 0, None)
            folders = self._store.folders()
            there, emptied, missing = sort_roots(roots, folders)
            there += _kept_pictures(self._store.directory, there)
            found = scan(
                there,
                control=control,
                exclude=self._exclude,
                exclusions=Exclusions(library_rules(self._store), [f.path for f in folders]),
            )
            intake.register(
                [*there, *emptied],
                missing,
                ((entry.path, entry.size, entry.mtime_ns) for entry in found.entries),
                [problem.path for problem in found.problems],
                skipped=found.skipped,
                known=[root for root in there if _is_covered(root, folders)],
            )
            if on_scanned is not None:
                on_scanned()
            plan = intake.plan(self._relational, self._attribute)
            tally = _Tally(
                # A model without looks comes after another that has indexed the pictures.
                "Indexing" if self._attribute else f"Embedding with {self._relational.model}",
                total=len(found.entries) + len(found.problems),
                reused=plan.reused,
                failed=[*plan.failed, *found.problems],
            )
            if plan.to_read:
                (return_large_blocks if self._attribute else keep_large_blocks)()
                fingerprints = self._models.run(
                    lambda embedder: (embedder.fingerprint, embedder.attribute_fingerprint)
                )
                reader = Reader(intake, fingerprints, self._thumbnails)
                writer = _Writer(intake, fingerprints, self._on_batch, tally)
                run = _Run(reader, writer, self._models, control, self._readers)
                run.index(plan.to_read)
            tally.report(control)
        return IndexReport(
            found=tally.total + len(found.skipped),
            indexed=tally.indexed,
            reused=tally.reused,
            failed=tuple(sorted(tally.failed, key=lambda failure: failure.path)),
            skipped=len(found.skipped),
            seconds=time.monotonic() - began,
            model=self._relational.model,
        )


def _kept_pictures(library: Path, roots: Sequence[Path]) -> list[Path]:
    """The library's own pictures, if a root lies around its folder, which no scan enters."""
    kept = library / KEPT_PICTURES
    inside = any(root.expanduser().absolute() in kept.parents for root in roots)
    return [kept] if inside and kept.is_dir() else []


def _is_covered(root: Path, folders: Sequence[Folder]) -> bool:
    return any(root == folder.path or folder.path in root.parents for folder in folders)


@dataclass(slots=True)
class _Tally:
    """Counts of a run, in files."""

    phase: str
    total: int
    reused: int
    failed: list[Failure]
    indexed: int = 0

    def report(self, control: JobControl) -> None:
        failed = len(self.failed)
        control.report(self.phase, self.indexed + self.reused + failed, self.total, failed)


class _Writer:
    """Collects outcomes, and commits them together with the next batch of vectors."""

    def __init__(
        self,
        intake: Intake,
        fingerprints: Fingerprints,
        on_batch: OnBatch | None,
        tally: _Tally,
    ) -> None:
        self._intake = intake
        self._fingerprints = fingerprints
        self._on_batch = on_batch
        self.tally = tally
        self._reused: list[tuple[int, int]] = []
        self._failed: list[tuple[int, str, bool]] = []
        self._outcomes: dict[str, int | tuple[str, bool]] = {}  # image id or failure, by content
        self._copies: dict[str, list[FileToRead]] = {}  # those whose content has no outcome yet

    def settle(self, read: Read) -> None:
        """Take an outcome that needs no embedding."""
        outcome = read.failure if read.image_id is None else read.image_id
        if outcome is not None:
            self._settle_file(read.file, outcome)
            if read.content_id is not None:
                self._settle_content(read.content_id, outcome)
        elif read.content_id in self._outcomes:
            self._settle_file(read.file, self._outcomes[read.content_id])
        else:
            assert read.content_id is not None, "a copy has a content"
            self._copies.setdefault(read.content_id, []).append(read.file)
        if len(self._reused) + len(self._failed) >= _COMMIT_EVERY:
            self.commit()

    def commit(self, reads: Sequence[Read] = (), vectors: Vectors | None = None) -> None:
        """Commit what was settled since the last time, and a batch of new images."""
        embedded = []
        for read in reads:
            assert read.content_id is not None, "what was embedded was read"
            embedded.append(Embedded(read.content_id, read.file.file_id, read.traits))
        if not (embedded or self._reused or self._failed):
            return
        batch = Batch(embedded, vectors, self._reused, self._failed)
        image_ids = self._intake.commit(batch, *self._fingerprints)
        self._reused, self._failed = [], []
        self.tally.indexed += len(embedded)
        for image, image_id in zip(embedded, image_ids, strict=True):
            self._settle_content(image.content_id, image_id)
        if vectors is not None and self._on_batch is not None:
            self._on_batch(np.array(image_ids, np.int64), vectors.relational)

    def _settle_content(self, content_id: str, outcome: int | tuple[str, bool]) -> None:
        self._outcomes[content_id] = outcome
        for file in self._copies.pop(content_id, ()):
            self._settle_file(file, outcome)

    def _settle_file(self, file: FileToRead, outcome: int | tuple[str, bool]) -> None:
        if isinstance(outcome, int):
            self._reused.append((file.file_id, outcome))
            self.tally.reused += 1
        else:
            self._failed.append((file.file_id, *outcome))
            self.tally.failed.append(Failure(file.path, outcome[0]))


class _Run:
    """Keeps the pool and the model thread busy until all files are settled."""

    def __init__(
        self,
        reader: Reader,
        writer: _Writer,
        models: Runs[Embedder],
        control: JobControl,
        readers: int,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._models = models
        self._control = control
        self._readers = readers
        self._batch_size = 1
        self._answers: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._reading = 0
        self._prepared: deque[Read] = deque()
        self._embedding: deque[tuple[list[Read], Future[Vectors]]] = deque()

    def index(self, files: Sequence[FileToRead]) -> None:
        """Settle every file.

        Raises:
            Cancelled: After the batch that the model had in hand was committed.
        """
        waiting = deque(files)
        self._work(waiting)
        while waiting:
            self._control.checkpoint()  # an idle model may be unloaded during a pause
            self._work(waiting)

    def _work(self, waiting: deque[FileToRead]) -> None:
        """Settle files until there are none left, or a pause holds the rest."""
        with self._models.hold() as embedder:
            self._batch_size = embedder.batch_size
            pool = ThreadPoolExecutor(self._readers, thread_name_prefix="read")
            try:
                while not self._control.cancelled:
                    if not self._control.paused:
                        while waiting and self._has_room():
                            self._start_reading(pool, waiting.popleft(), embedder)
                    self._start_embedding()
                    if self._reading or self._embedding:
                        self._answers.get()()
                        self._writer.tally.report(self._control)
                    else:  # done, or held by a pause
                        self._writer.commit()
                        return
                self._finish_embedding()
                raise Cancelled
            finally:
                pool.shutdown(cancel_futures=True)
                for _, future in self._embedding:
                    future.cancel()
                del embedder  # an error that is kept must not keep it

    def _has_room(self) -> bool:
        unsettled = self._reading + len(self._prepared)
        unsettled += sum(len(reads) for reads, _ in self._embedding)
        return unsettled < self._readers + (_BATCHES_AHEAD + 1) * self._batch_size

    def _start_reading(
        self, pool: ThreadPoolExecutor, file: FileToRead, embedder: Embedder
    ) -> None:
        self._reading += 1
        future = pool.submit(self._reader.read, file, embedder)
        future.add_done_callback(lambda done: self._answers.put(partial(self._take, done)))

    def _take(self, done: Future[Read]) -> None:
        self._reading -= 1
        read = done.result()
        if read.prepared is None:
            self._writer.settle(read)
        else:
            self._prepared.append(read)

    def _start_embedding(self) -> None:
        """Hand over full batches; what is left at the end, or at a pause, is a smaller one."""
        while len(self._embedding) < _BATCHES_AHEAD and (
            len(self._prepared) >= self._batch_size or (self._prepared and not self._reading)
        ):
            size = min(self._batch_size, len(self._prepared))
            reads = [self._prepared.popleft() for _ in range(size)]
            pixels = [read.prepared for read in reads if read.prepared is not None]
            future = self._models.submit(partial(_embed, pixels))
            self._embedding.append((reads, future))
            future.add_done_callback(lambda _: self._answers.put(self._take_vectors))

    def _take_vectors(self) -> None:
        reads, future = self._embedding.popleft()  # the model thread answers in order
        self._writer.commit(reads, future.result())

    def _finish_embedding(self) -> None:
        while self._embedding:
            if self._embedding[0][1].cancel():
                self._embedding.popleft()
            else:
                self._take_vectors()
        self._writer.commit()


def _embed(pixels: Sequence[UInt8], embedder: Embedder) -> Vectors:
    return embedder.embed(pixels)
