"""Whether a library is sound: its counts add up, its index finds what an exact scan finds."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.jobs import JobControl
from engine.search.exact_index import ExactIndex
from engine.search.index import Index
from engine.search.searcher import Searcher
from engine.store import Store
from engine.store.folders import FolderState
from engine.store.store import FILE_NAME
from engine.types import Coverage, Failure, Float32, Health

if TYPE_CHECKING:
    from engine.service import Engine

_ASKED = 100
_RECALL_FLOOR = 0.95


def check_health(store: Store, searcher: Searcher, *, recall: bool = True) -> Health:
    """Look at a library; reads all of its database.

    Args:
        store: The library.
        searcher: Whose index is checked.
        recall: Measure recall@10 on up to 100 images; takes a moment on a large library.
    """
    counts = store.counts()
    problems = store.problems()
    index = searcher.index()
    measured: float | None = None
    if recall and len(index):
        exact = ExactIndex(*store.all_vectors(searcher.fingerprint))
        ids = index.ids()
        asked = ids[:: max(1, len(ids) // 100)].tolist()
        measured = recall_at(index, exact, searcher.vectors(asked), k=10)
        if measured < _RECALL_FLOOR:
            problems.append(
                f"The index finds {measured:.1%} of the ten nearest. Delete "
                f"{store.directory / 'cache'}; it is rebuilt."
            )
    return Health(
        library=store.directory,
        files=counts.files,
        indexed=counts.indexed,
        failed=counts.failed,
        pending=counts.pending,
        offline=counts.offline,
        images=counts.images,
        model=searcher.model,
        database_bytes=store.bytes(),
        index=index.kind,
        recall_at_10=measured,
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class HealthReport:
    """A library's state. ``found`` is the sum of the five numbers that follow it.

    Attributes:
        library: Its folder.
        found: Picture files in its folders.
        indexed: Showing an image.
        pending: Not read yet.
        failed: Unreadable; `failures` says why.
        offline: In folders that are not there now.
        skipped: Of kinds that are not read.
        images: Distinct images among the indexed files.
        measured: Images whose size, date and colours are known to filters.
        folders: The folders with their numbers.
        failures: The unreadable files.
        model: Id of the model that ranks.
        fingerprint: `Fingerprint.key` of its vectors.
        index: How neighbors are found.
        coverage: How far each model that was ever chosen has got.
        database_bytes: On disk.
        index_bytes: On disk; the saved graphs, which are rebuilt when they are gone.
        thumbnail_bytes: On disk.
        backups: Copies of the database that were made before it was brought to a new format.
    """

    library: Path
    found: int
    indexed: int
    pending: int
    failed: int
    offline: int
    skipped: int
    images: int
    measured: int
    folders: tuple[FolderState, ...]
    failures: tuple[Failure, ...]
    model: str
    fingerprint: str
    index: Literal["exact", "hnsw"]
    coverage: tuple[Coverage, ...]
    database_bytes: int
    index_bytes: int
    thumbnail_bytes: int
    backups: tuple[Path, ...]

    @property
    def adds_up(self) -> bool:
        """Whether every file is counted once."""
        parts = self.indexed, self.pending, self.failed, self.offline, self.skipped
        return self.found == sum(parts) and self.failed == len(self.failures)


class Checkup:
    """Looks at an open library. Blocking; any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._store = engine.store
        self._cache = engine.library_dir / "cache"

    def report(self) -> HealthReport:
        """What can be said at once; a second for a library of 100,000 pictures."""
        counts = self._store.counts()
        folders = tuple(self._store.folder_states())
        skipped = sum(folder.skipped for folder in folders)
        with self._engine.lend() as models:
            index = models.ranking.index().kind
        thumbnails = _size(self._thumbnails)
        return HealthReport(
            library=self._engine.library_dir,
            found=counts.files + skipped,
            indexed=counts.indexed,
            pending=counts.pending,
            failed=counts.failed,
            offline=counts.offline,
            skipped=skipped,
            images=counts.images,
            measured=counts.images - len(self._store.untraited()),
            folders=folders,
            failures=tuple(self._store.failures()),
            model=self._engine.model,
            fingerprint=self._engine.fingerprint.key,
            index=index,
            coverage=tuple(self._store.coverage()),
            database_bytes=self._store.bytes(),
            index_bytes=_size(self._cache) - thumbnails,
            thumbnail_bytes=thumbnails,
            backups=tuple(sorted(self._engine.library_dir.glob(f"{FILE_NAME}.v*[0-9]"))),
        )

    def problems(self) -> list[str]:
        """What is wrong with the database, in sentences; reads all of it."""
        return self._store.problems()

    def recall(self, control: JobControl | None = None) -> float | None:
        """Recall@10 of the index on up to 100 images of the library; None if it is empty.

        Raises:
            Cancelled: If told to.
        """
        control = control or JobControl()
        with self._engine.lend() as models:
            searcher = models.ranking
            index = searcher.index()
            if not len(index):
                return None
            control.report("Reading vectors", 0, None)
            exact = ExactIndex(*self._store.all_vectors(searcher.fingerprint))
            ids = index.ids()
            asked = ids[:: max(1, len(ids) // _ASKED)].tolist()
            found = 0.0
            for done, vector in enumerate(searcher.vectors(asked)):
                control.checkpoint()
                control.report("Comparing", done, len(asked))
                found += recall_at(index, exact, vector[None], k=10)
        return found / len(asked)

    def clear_thumbnails(self) -> int:
        """Delete the cached thumbnails; they are made again when they are wanted.

        Returns:
            Bytes that are free now.
        """
        before = _size(self._thumbnails)
        shutil.rmtree(self._thumbnails, ignore_errors=True)
        return before - _size(self._thumbnails)

    def delete_backups(self) -> int:
        """Delete the copies of the database in older formats.

        Returns:
            Bytes that are free now.
        """
        freed = 0
        for backup in self.report().backups:
            size = backup.stat().st_size
            with suppress(OSError):
                backup.unlink()
                freed += size
        return freed

    @property
    def _thumbnails(self) -> Path:
        return self._cache / "thumbnails"


def _size(folder: Path) -> int:
    """Bytes of all files below a folder; 0 if it is not there."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # another process may clear it meanwhile
                total += Path(place, name).stat().st_size
    return total


def recall_at(index: Index, exact: ExactIndex, queries: Float32, k: int) -> float:
    """Share of the true k nearest that an index finds; a hit that ties with the k-th counts.

    Args:
        index: The index to judge.
        exact: The same vectors.
        queries: float32 ``[q, d]``, unit rows.
        k: Neighbors of each query.

    Returns:
        In 0..1.
    """
    found = due = 0
    for vector in queries:
        truth = exact.query(vector, k).scores
        if len(truth):
            found += int((index.query(vector, k).scores >= truth[-1] - 1e-6).sum())
            due += len(truth)
    return found / due if due else 1.0
