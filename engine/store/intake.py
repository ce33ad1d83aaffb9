"""The writing side of an indexing run: what a scan found, and batch after batch what became of it.

A file's row exists from the scan on (`pending`), so that the desktop can show it. Every method is
one transaction: after a kill the library is as it was after the last one.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.library.traits import Traits
from engine.store import paths
from engine.store.database import Database
from engine.store.registering import register
from engine.store.rows import fingerprint_id, pack
from engine.store.traits import write_traits
from engine.types import Failure, Fingerprint, Float32, Vectors


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A new or changed file."""

    file_id: int
    path: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What is left to do of a scan. The three parts add up to the files of the scan.

    Attributes:
        to_read: New and changed files, those that have no vectors of the wanted fingerprints, and
            those whose failure may have been the drive's; by path.
        reused: How many files are unchanged and have their vectors.
        failed: Files that failed before and have not changed since.
    """

    to_read: list[FileToRead]
    reused: int
    failed: list[Failure]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A new image, the file from which it was embedded, and what filters ask of it."""

    content_id: str
    file_id: int
    traits: Traits | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one commit makes true.

    Attributes:
        embedded: New images.
        vectors: Their vectors, row by row; None if there are no new images.
        reused: ``(file id, image id)`` of files that show an image whose vectors are stored.
        failed: ``(file id, reason, lasting)`` of files that could not be read; a failure that is
            not lasting is tried again by the next run.
    """

    embedded: Sequence[Embedded] = ()
    vectors: Vectors | None = None
    reused: Sequence[tuple[int, int]] = ()
    failed: Sequence[tuple[int, str, bool]] = ()


class Intake:
    """Writes one indexing run; made by `Store.intake`. Methods except `image_of` share a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def register(
        self,
        roots: Sequence[Path],
        missing: Sequence[Path],
        files: Iterable[tuple[Path, int, int]],
        unreadable: Sequence[Path] = (),
        *,
        skipped: Sequence[Path] = (),
        known: Sequence[Path] = (),
    ) -> None:
        """Take up the result of a scan: new files are `pending`, files not found again are gone.

        Args:
            roots: The folders or single files that were scanned. They join the library unless a
                folder of it contains them; those that they contain become part of them.
            missing: Roots that are not there now: their files become offline.
            files: Absolute path, size in bytes and mtime in nanoseconds of each picture file.
            unreadable: Folders whose content is unknown; what was in them is left as it is.
            skipped: Picture files that are not read; they are only counted.
            known: Roots that belonged to the library when the run began: one that was removed
                since then stays removed. Any other root that was removed comes back.
        """
        with self._database.transaction() as connection:
            register(
                connection,
                [paths.encode(root) for root in roots],
                [paths.encode(path) for path in missing],
                ((paths.encode(path), size, mtime_ns) for path, size, mtime_ns in files),
                unreadable=[paths.encode(path) for path in unreadable],
                skipped=[paths.encode(path) for path in skipped],
                known={paths.encode(path) for path in known},
            )

    def plan(self, relational: Fingerprint, attribute: Fingerprint | None) -> Plan:
        """Settle what needs no reading of the registered scan; say what does.

        A file that shows an image stays indexed while the image waits for further vectors, and
        when they cannot be made: those of other fingerprints still answer.

        Args:
            relational: Fingerprint of the relational vectors that every image should have.
            attribute: Fingerprint of the attribute vectors; None if the model gives none.
        """
        with self._database.transaction() as connection:
            connection.execute(
                """CREATE TEMP TABLE outcome AS SELECT files.id AS file_id, CASE
                    WHEN image_id IN (SELECT image_id FROM vectors WHERE fingerprint_id = ?)
                        AND image_id IN (SELECT image_id FROM vectors WHERE fingerprint_id = ?)
                        THEN 'indexed'
                    WHEN EXISTS (SELECT 1 FROM failures WHERE file_id = files.id AND lasting
                        AND failures.size = files.size AND failures.mtime_ns = files.mtime_ns)
                        THEN 'failed'
                    ELSE 'pending' END AS state
                    FROM temp.found JOIN files ON files.path = found.path""",
                (
                    fingerprint_id(connection, relational),
                    fingerprint_id(connection, attribute or relational),
                ),
            )
            connection.execute(
                """UPDATE files SET state = now FROM (SELECT id, CASE WHEN image_id IS NULL
                        THEN outcome.state ELSE 'indexed' END AS now
                    FROM temp.outcome JOIN files ON files.id = file_id) AS planned
                    WHERE files.id = planned.id AND state <> now"""
            )
            plan = _read_plan(connection)
            connection.execute("DROP TABLE temp.outcome")
            connection.execute("DROP TABLE temp.found")
            return plan

    def image_of(
        self, content_id: str, relational: Fingerprint, attribute: Fingerprint | None
    ) -> int | None:
        """The image of this content, if it has vectors of the fingerprints given. Any thread."""
        keys = [f.key for f in (relational, attribute) if f is not None]
        row = self._database.row(
            "SELECT id FROM images WHERE content_id = ? AND ? = (SELECT count(*) FROM vectors"
            " JOIN fingerprints ON fingerprints.id = fingerprint_id"
            " WHERE image_id = images.id AND key IN (?, ?))",
            (content_id, len(keys), keys[0], keys[-1]),
        )
        return None if row is None else int(row[0])

    def commit(
        self, batch: Batch, relational: Fingerprint, attribute: Fingerprint | None
    ) -> list[int]:
        """Make a batch true, all of it or nothing.

        Returns:
            The image id of each of `Batch.embedded`.

        Raises:
            ValueError: If the vectors are not those of the fingerprints, row by row.
        """
        with self._database.transaction() as connection:
            image_ids = [_image_id(connection, image.content_id) for image in batch.embedded]
            if batch.vectors is not None:
                _store_vectors(connection, image_ids, batch.vectors.relational, relational)
                _store_vectors(connection, image_ids, batch.vectors.attribute, attribute)
            write_traits(
                connection,
                {
                    image_id: image.traits
                    for image_id, image in zip(image_ids, batch.embedded, strict=True)
                    if image.traits is not None
                },
            )
            _show(connection, batch.reused)
            _show(
                connection,
                [
                    (image.file_id, image_id)
                    for image, image_id in zip(batch.embedded, image_ids, strict=True)
                ],
            )
            _fail(connection, batch.failed)
            return image_ids


def _read_plan(connection: sqlite3.Connection) -> Plan:
    (reused,) = connection.execute(
        "SELECT count(*) FROM temp.outcome WHERE state = 'indexed'"
    ).fetchone()
    failed = connection.execute(
        "SELECT path, reason FROM temp.outcome JOIN files ON files.id = outcome.file_id"
        " JOIN failures USING (file_id) WHERE outcome.state = 'failed' ORDER BY path"
    ).fetchall()
    to_read = connection.execute(
        "SELECT file_id, path FROM temp.outcome JOIN files ON files.id = file_id"
        " WHERE outcome.state = 'pending' ORDER BY path"
    ).fetchall()
    return Plan(
        to_read=[FileToRead(file_id, paths.decode(path)) for file_id, path in to_read],
        reused=int(reused),
        failed=[Failure(paths.decode(path), reason) for path, reason in failed],
    )


def _image_id(connection: sqlite3.Connection, content_id: str) -> int:
    connection.execute("INSERT OR IGNORE INTO images (content_id) VALUES (?)", (content_id,))
    row = connection.execute("SELECT id FROM images WHERE content_id = ?", (content_id,))
    return int(row.fetchone()[0])


def _store_vectors(
    connection: sqlite3.Connection,
    image_ids: Sequence[int],
    vectors: Float32 | None,
    fingerprint: Fingerprint | None,
) -> None:
    if vectors is None and fingerprint is None:
        return
    if vectors is None or fingerprint is None:
        raise ValueError("the vectors do not fit the fingerprints: attributes on one side only")
    key = fingerprint_id(connection, fingerprint)
    blobs = pack(vectors, fingerprint)
    connection.executemany(
        "INSERT OR REPLACE INTO vectors (fingerprint_id, image_id, vector) VALUES (?, ?, ?)",
        [(key, *row) for row in zip(image_ids, blobs, strict=True)],
    )


def _show(connection: sqlite3.Connection, shown: Sequence[tuple[int, int]]) -> None:
    # An image may have been forgotten with its folder a moment ago; such a file stays pending.
    connection.executemany(
        "UPDATE files SET image_id = ?1, state = 'indexed' WHERE id = ?2"
        " AND EXISTS (SELECT 1 FROM images WHERE id = ?1)",
        [(image_id, file_id) for file_id, image_id in shown],
    )
    connection.executemany(
        "DELETE FROM failures WHERE file_id = ?", [(file_id,) for file_id, _ in shown]
    )


def _fail(connection: sqlite3.Connection, failed: Sequence[tuple[int, str, bool]]) -> None:
    now = time.time()
    connection.executemany(
        "INSERT OR REPLACE INTO failures (file_id, reason, lasting, size, mtime_ns, time)"
        " SELECT id, ?, ?, size, mtime_ns, ? FROM files WHERE id = ?",
        [(reason, lasting, now, file_id) for file_id, reason, lasting in failed],
    )
    # An unchanged file that shows an image failed for this model only, or was lost a moment ago.
    connection.executemany(
        "UPDATE files SET state = 'failed' WHERE id = ? AND image_id IS NULL",
        [(file_id,) for file_id, _, _ in failed],
    )
