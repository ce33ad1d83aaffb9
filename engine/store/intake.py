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

from engine.store import paths
from engine.store.database import Database
from engine.store.rows import fingerprint_id, pack
from engine.store.traits import write_traits
from engine.traits import Traits
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
    ) -> None:
        """Take up the result of a scan: new files are `pending`, files not found again are gone.

        Args:
            roots: The folders or single files that were scanned. They join the library unless a
                folder of it contains them; those that they contain become part of them.
            missing: Roots that are not there now: their files become offline.
            files: Absolute path, size in bytes and mtime in nanoseconds of each picture file.
            unreadable: Folders whose content is unknown; what was in them is left as it is.
        """
        with self._database.transaction() as connection:
            folder_of = _take_up(connection, [paths.encode(root) for root in roots])
            for path in missing:
                _take_offline(connection, paths.encode(path))
            _note_found(connection, folder_of, files)
            for root in folder_of:
                _mark_gone(connection, root, [paths.encode(path) for path in unreadable])

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


# --- register ------------------------------------------------------------------------------------


def _take_up(connection: sqlite3.Connection, roots: Sequence[bytes]) -> dict[bytes, int]:
    """Make the roots part of the library; the folder of each. Folders never contain one another."""
    folder_of: dict[bytes, int] = {}
    for root in sorted(set(roots)):  # a folder comes before what it contains
        known = connection.execute("SELECT id, path FROM folders").fetchall()
        around = [folder_id for folder_id, path in known if paths.contains(path, root)]
        if around:
            folder_id = around[0]
            connection.execute("UPDATE folders SET online = 1 WHERE id = ?", (folder_id,))
        else:
            cursor = connection.execute("INSERT INTO folders (path) VALUES (?)", (root,))
            folder_id = int(cursor.lastrowid or 0)
            for inner in [inner for inner, path in known if paths.contains(root, path)]:
                connection.execute(
                    "UPDATE files SET folder_id = ? WHERE folder_id = ?", (folder_id, inner)
                )
                connection.execute("DELETE FROM folders WHERE id = ?", (inner,))
        folder_of[root] = folder_id
    return folder_of


def _take_offline(connection: sqlite3.Connection, missing: bytes) -> None:
    low, high = paths.beneath(missing)
    connection.execute(
        "UPDATE folders SET online = 0 WHERE path = ? OR path >= ? AND path < ?",
        (missing, low, high),
    )


def _note_found(
    connection: sqlite3.Connection,
    folder_of: dict[bytes, int],
    files: Iterable[tuple[Path, int, int]],
) -> None:
    """Write new and changed files; unchanged ones cost no write."""
    connection.execute("DROP TABLE IF EXISTS temp.found")
    connection.execute(
        "CREATE TEMP TABLE found (path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER)"
        " WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT OR IGNORE INTO temp.found VALUES (?, ?, ?)",
        ((paths.encode(path), size, mtime_ns) for path, size, mtime_ns in files),
    )
    for root, folder_id in folder_of.items():
        connection.execute(
            """INSERT INTO files (path, folder_id, size, mtime_ns, state)
                SELECT path, ?, size, mtime_ns, 'pending' FROM temp.found
                WHERE path = ? OR path >= ? AND path < ?
                ON CONFLICT (path) DO UPDATE SET
                    image_id = CASE WHEN size = excluded.size AND mtime_ns = excluded.mtime_ns
                        THEN image_id END,
                    size = excluded.size, mtime_ns = excluded.mtime_ns, state = 'pending'
                WHERE size <> excluded.size OR mtime_ns <> excluded.mtime_ns OR state = 'gone'""",
            (folder_id, root, *paths.beneath(root)),
        )


def _mark_gone(connection: sqlite3.Connection, root: bytes, unreadable: Sequence[bytes]) -> None:
    connection.execute("CREATE TEMP TABLE unknown (low BLOB, high BLOB)")
    connection.executemany(
        "INSERT INTO temp.unknown VALUES (?, ?)", [paths.beneath(path) for path in unreadable]
    )
    connection.execute(
        "UPDATE files SET state = 'gone' WHERE (path = ? OR path >= ? AND path < ?)"
        " AND state <> 'gone' AND path NOT IN (SELECT path FROM temp.found)"
        " AND NOT EXISTS (SELECT 1 FROM temp.unknown WHERE path >= low AND path < high)",
        (root, *paths.beneath(root)),
    )
    connection.execute("DROP TABLE temp.unknown")


# --- plan and commit -----------------------------------------------------------------------------


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
