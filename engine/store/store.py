"""What the rest of the program asks the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.store import paths
from engine.store.captions import Captions
from engine.store.columns import ColumnRows
from engine.store.comparisons import Comparisons
from engine.store.database import Database
from engine.store.folders import FolderRows
from engine.store.intake import Intake
from engine.store.judgements import Judgements
from engine.store.lock import indexing_lock
from engine.store.rows import listed, unpack
from engine.store.traits import TraitsRows
from engine.types import Coverage, Failure, FileEntry, Fingerprint, Float32

FILE_NAME = "library.sqlite3"

_ENTRY = "SELECT id, path, image_id, state, size, mtime_ns FROM entries"


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How many files and images there are; files that are gone count nowhere.

    Attributes:
        files: All files; the sum of the four states below.
        pending: Not read yet.
        indexed: Showing an image.
        failed: Unreadable.
        offline: In a folder that is not there now.
        images: Distinct images that an online file shows.
    """

    files: int
    pending: int
    indexed: int
    failed: int
    offline: int
    images: int


class Store(Captions, FolderRows, Judgements, TraitsRows, ColumnRows, Comparisons):
    """A library's truth. Thread-safe; reads never wait for the indexing run that writes.

    A method raises `LibraryError` when the disk is full or lost, or the database damaged.
    """

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the library in a folder; it is created if there is none, and migrated if older.

        Raises:
            LibraryError: If it is newer than this program, damaged, or cannot be written.
        """
        return cls(Database(directory / FILE_NAME))

    def close(self) -> None:
        """Close every thread's connection."""
        self._database.close()

    @property
    def directory(self) -> Path:
        """The library's folder."""
        return self._database.path.parent

    @contextmanager
    def intake(self) -> Iterator[Intake]:
        """The writing side of one indexing run.

        Raises:
            LibraryError: If another run, in this process or another, is going on.
        """
        with indexing_lock(self.directory):
            yield Intake(self._database)

    # Files

    def files(self, folder_id: int | None = None) -> list[FileEntry]:
        """The files of a folder or of all, ordered by path."""
        if folder_id is None:
            rows = self._database.rows(_ENTRY + " ORDER BY path")
        else:
            rows = self._database.rows(_ENTRY + " WHERE folder_id = ? ORDER BY path", (folder_id,))
        return [FileEntry(file_id, paths.decode(path), *rest) for file_id, path, *rest in rows]

    def file(self, file_id: int) -> FileEntry | None:
        """A file, or None if there is none of that id or it is gone."""
        row = self._database.row(_ENTRY + " WHERE id = ?", (file_id,))
        return None if row is None else FileEntry(row[0], paths.decode(row[1]), *row[2:])

    def counts(self) -> StoreCounts:
        """How many files are in which state."""
        states = dict(self._database.rows("SELECT state, count(*) FROM entries GROUP BY state"))
        (images,) = self._database.rows("SELECT count(DISTINCT image_id) FROM shown")[0]
        return StoreCounts(
            files=sum(states.values()),
            pending=states.get("pending", 0),
            indexed=states.get("indexed", 0),
            failed=states.get("failed", 0),
            offline=states.get("offline", 0),
            images=images,
        )

    # Failures

    def failures(self) -> list[Failure]:
        """The files that could not be read and are still there, by path."""
        rows = self._database.rows(
            "SELECT entries.path, failures.reason FROM failures"
            " JOIN entries ON entries.id = failures.file_id"
            " WHERE entries.state = 'failed' ORDER BY entries.path"
        )
        return [Failure(paths.decode(path), reason) for path, reason in rows]

    def forget_failures(self, of: Sequence[Path] | None = None) -> None:
        """Let the next indexing run try these files again, or all that failed."""
        with self._database.transaction() as connection:
            if of is None:
                connection.execute("DELETE FROM failures")
            else:
                connection.executemany(
                    "DELETE FROM failures WHERE file_id = (SELECT id FROM files WHERE path = ?)",
                    [(paths.encode(path),) for path in of],
                )
            connection.execute(
                "UPDATE files SET state = 'pending' WHERE state = 'failed'"
                " AND id NOT IN (SELECT file_id FROM failures)"
            )

    # Images and vectors

    def path_of(self, image_id: int) -> Path | None:
        """One online file that shows the image; the first by path."""
        return self.paths_of([image_id]).get(image_id)

    def paths_of(self, image_ids: Sequence[int]) -> dict[int, Path]:
        """For each image with an online file: the first such file by path."""
        rows = self._database.rows(
            "SELECT image_id, min(path) FROM shown"
            " WHERE image_id IN (SELECT value FROM json_each(?)) GROUP BY image_id",
            (listed(image_ids),),
        )
        return {image_id: paths.decode(path) for image_id, path in rows}

    def image_at(self, path: Path) -> int | None:
        """The image that a file of the library showed when it was last indexed."""
        row = self._database.row(
            "SELECT image_id FROM files WHERE path = ? AND state <> 'gone'", (paths.encode(path),)
        )
        return None if row is None else row[0]

    def image_of(self, content_id: str) -> int | None:
        """The image of a content id, whether or not a file shows it now."""
        row = self._database.row("SELECT id FROM images WHERE content_id = ?", (content_id,))
        return None if row is None else row[0]

    def vectors(self, fingerprint: Fingerprint, image_ids: Sequence[int]) -> Float32:
        """Stored vectors, in the order of the ids.

        Args:
            fingerprint: Whose vectors.
            image_ids: Any image ids, repeated as one likes.

        Returns:
            float32 ``[len(image_ids), d]``.

        Raises:
            KeyError: If an image has no vector of this fingerprint.
        """
        blobs = dict(
            self._database.rows(
                "SELECT image_id, vector FROM vectors WHERE"
                " fingerprint_id = (SELECT id FROM fingerprints WHERE key = ?)"
                " AND image_id IN (SELECT value FROM json_each(?))",
                (fingerprint.key, listed(image_ids)),
            )
        )
        return unpack([blobs[int(image_id)] for image_id in image_ids], fingerprint)

    def image_ids(self, fingerprint: Fingerprint) -> NDArray[np.int64]:
        """Ids of the images with a vector of this fingerprint and an online file; ascending."""
        rows = self._database.rows(
            "SELECT image_id FROM vectors WHERE"
            " fingerprint_id = (SELECT id FROM fingerprints WHERE key = ?)"
            " AND image_id IN (SELECT image_id FROM shown) ORDER BY image_id",
            (fingerprint.key,),
        )
        return np.fromiter((row[0] for row in rows), np.int64, len(rows))

    def all_vectors(self, fingerprint: Fingerprint) -> tuple[NDArray[np.int64], Float32]:
        """The vectors of all images with an online file.

        Returns:
            Ids int64 ``[n]`` in ascending order, and float32 ``[n, d]``.
        """
        ids = self.image_ids(fingerprint)
        vectors = np.empty((len(ids), fingerprint.dimension), np.float32)
        for start in range(0, len(ids), 4096):  # so that blobs and matrix never lie there both
            part = ids[start : start + 4096].tolist()
            vectors[start : start + len(part)] = self.vectors(fingerprint, part)
        return ids, vectors

    def coverage(self) -> list[Coverage]:
        """How far each model that was ever chosen has got, by fingerprint."""
        rows = self._database.rows(
            "SELECT model, preparation, key, (SELECT count(*) FROM vectors"
            " WHERE fingerprint_id = fingerprints.id"
            " AND image_id IN (SELECT image_id FROM shown)),"
            " (SELECT count(DISTINCT image_id) FROM shown)"
            " FROM fingerprints WHERE role = 'relational' ORDER BY key"
        )
        return [Coverage(*row) for row in rows]

    # Settings and health

    def setting(self, key: str, default: str | None = None) -> str | None:
        """A setting of the library, or the default."""
        row = self._database.row("SELECT value FROM settings WHERE key = ?", (key,))
        return default if row is None else row[0]

    def set_setting(self, key: str, value: str) -> None:
        """Store a setting of the library."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))

    def problems(self) -> list[str]:
        """What is wrong with the database, in sentences; empty if it is sound. Reads all of it."""
        return self._database.problems()

    def bytes(self) -> int:
        """Size of the database on disk."""
        return self._database.bytes()
