"""The schema, as the steps that lead to it: a library of any older version becomes the newest.

Step ``n`` takes a library of version ``n`` (`PRAGMA user_version`) to version ``n + 1``; an empty
database has version 0. A released step never changes: a change of the schema is a new step, with
a library of the version before it in ``tests/engine/fixtures``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from engine.errors import LibraryError

Step: TypeAlias = Sequence[str]

APPLICATION_ID = 0x52656C73
"""Marks the file as ours ("Rels"), so that no other program's database is taken for a library."""

PAGE_BYTES = 8192
"""Holds five relational or three attribute vectors with little waste; 4096 wastes a third."""

# Paths are blobs of file system bytes: not every path is valid text.
_FIRST: Step = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """CREATE TABLE folders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        online INTEGER NOT NULL DEFAULT 1 CHECK (online IN (0, 1)))""",
    # Ids are never used again, because index caches outlive the rows.
    """CREATE TABLE images (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        content_id TEXT NOT NULL UNIQUE)""",
    """CREATE TABLE files (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        image_id INTEGER REFERENCES images ON DELETE SET NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'indexed', 'failed', 'gone')))""",
    # What a query may answer with: files that were there at the last scan and show an image.
    """CREATE VIEW shown AS SELECT files.image_id, files.path
        FROM files JOIN folders ON folders.id = files.folder_id
        WHERE files.image_id IS NOT NULL AND files.state IN ('pending', 'indexed')
        AND folders.online""",
    """CREATE VIEW entries AS SELECT files.id, files.path, files.image_id,
        CASE WHEN folders.online THEN files.state ELSE 'offline' END AS state,
        files.size, files.mtime_ns, files.folder_id
        FROM files JOIN folders ON folders.id = files.folder_id WHERE files.state <> 'gone'""",
    "CREATE INDEX files_of_folder ON files (folder_id)",
    "CREATE INDEX files_of_image ON files (image_id)",
    """CREATE TABLE fingerprints (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        model TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('relational', 'attribute')),
        weights TEXT NOT NULL,
        preparation TEXT NOT NULL,
        dimension INTEGER NOT NULL CHECK (dimension > 0))""",
    # Little-endian float32 (relational) or float16 (attribute).
    """CREATE TABLE vectors (
        id INTEGER PRIMARY KEY,
        fingerprint_id INTEGER NOT NULL REFERENCES fingerprints ON DELETE CASCADE,
        image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
        vector BLOB NOT NULL,
        UNIQUE (fingerprint_id, image_id))""",
    "CREATE INDEX vectors_of_image ON vectors (image_id)",
    """CREATE TABLE captions (
        image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
        source TEXT NOT NULL CHECK (source IN ('bank', 'captioner', 'person')),
        model TEXT NOT NULL,
        text TEXT,
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        PRIMARY KEY (image_id, source))""",
    # lasting = 0: the reason lay outside the file (a lost drive), so the next run tries again.
    """CREATE TABLE failures (
        file_id INTEGER PRIMARY KEY REFERENCES files ON DELETE CASCADE,
        reason TEXT NOT NULL,
        lasting INTEGER NOT NULL CHECK (lasting IN (0, 1)),
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        time REAL NOT NULL)""",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    # Index caches name the library they belong to.
    "INSERT INTO settings VALUES ('library_id', lower(hex(randomblob(16))))",
)

_PINS: Step = (
    "ALTER TABLE captions ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1))",
)

# By image, not by file: a move keeps them. Ids of boards are never used again, so that an undo may
# bring one back.
_JUDGEMENTS: Step = (
    """CREATE TABLE verdicts (
        a INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
        verdict TEXT NOT NULL CHECK (verdict IN ('good', 'alike', 'no')),
        time REAL NOT NULL,
        PRIMARY KEY (a, b), CHECK (a < b))""",
    "CREATE INDEX verdicts_of_b ON verdicts (b)",
    """CREATE TABLE boards (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE)""",
    """CREATE TABLE board_images (
        board_id INTEGER NOT NULL REFERENCES boards ON DELETE CASCADE,
        image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
        position INTEGER NOT NULL,
        PRIMARY KEY (board_id, image_id))""",
    "CREATE INDEX boards_of_image ON board_images (image_id)",
    # What a person has judged or collected stays known when its folder leaves the library.
    """CREATE VIEW kept AS SELECT a AS image_id FROM verdicts UNION SELECT b FROM verdicts
        UNION SELECT image_id FROM board_images""",
)

# Traits are what filters ask about. A folder that a person has removed stays until the removal can
# no longer be undone. Places on a board are NULL where nobody has arranged the picture.
_DESK: Step = (
    """CREATE TABLE traits (
        image_id INTEGER PRIMARY KEY REFERENCES images ON DELETE CASCADE,
        width INTEGER NOT NULL CHECK (width > 0),
        height INTEGER NOT NULL CHECK (height > 0),
        format TEXT NOT NULL,
        taken_ns INTEGER,
        colours BLOB NOT NULL)""",
    "ALTER TABLE boards ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE board_images ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE board_images ADD COLUMN x REAL",
    "ALTER TABLE board_images ADD COLUMN y REAL",
    "ALTER TABLE board_images ADD COLUMN width REAL",
    # Pictures by path: a comparison may be of files from outside the library.
    """CREATE TABLE comparisons (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        a BLOB NOT NULL,
        b BLOB NOT NULL,
        model TEXT NOT NULL,
        relational REAL NOT NULL,
        attribute REAL NOT NULL,
        percentile REAL,
        time REAL NOT NULL)""",
    "ALTER TABLE folders ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))",
    "DROP VIEW shown",
    """CREATE VIEW shown AS SELECT files.image_id, files.path
        FROM files JOIN folders ON folders.id = files.folder_id
        WHERE files.image_id IS NOT NULL AND files.state IN ('pending', 'indexed')
        AND folders.online AND NOT folders.removed""",
    "DROP VIEW entries",
    """CREATE VIEW entries AS SELECT files.id, files.path, files.image_id,
        CASE WHEN folders.online THEN files.state ELSE 'offline' END AS state,
        files.size, files.mtime_ns, files.folder_id
        FROM files JOIN folders ON folders.id = files.folder_id
        WHERE files.state <> 'gone' AND NOT folders.removed""",
)

MIGRATIONS: tuple[Step, ...] = (_FIRST, _PINS, _JUDGEMENTS, _DESK)


def migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Step] = MIGRATIONS
) -> None:
    """Bring the open database to the newest version, after copying it if it holds anything.

    Each step is one transaction, so that a kill leaves a library of a known version. The copy is
    ``library.sqlite3.v<version>`` beside the library.

    Raises:
        LibraryError: If the database is newer than this program, or not a library at all.
    """
    version = _version(connection)
    if version > len(migrations):
        raise LibraryError(
            f"The library in {path.parent} was written by a newer version of Relsim Desktop "
            f"(format {version}; this one knows up to {len(migrations)}). "
            "Update Relsim Desktop, or choose another library folder with --library.",
            in_window=f"The library in {path.parent} was written by a newer version of Relsim "
            "Desktop. Update it, then start again.",
        )
    _refuse_foreign(connection, path, version)
    if 0 < version < len(migrations):
        _back_up(connection, path.with_name(f"{path.name}.v{version}"))
    for number, step in enumerate(migrations[version:], start=version):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == number:  # else another process was faster
                for statement in step:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_foreign(connection: sqlite3.Connection, path: Path, version: int) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    empty = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if application != APPLICATION_ID and not (version == 0 and empty):
        raise LibraryError(
            f"{path} is a database of another program. Choose another library folder with "
            "--library, or move that file away.",
            in_window=f"{path} is a database of another program. Move that file away, then "
            "start again.",
        )


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    copy = sqlite3.connect(partial)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    os.replace(partial, target)  # noqa: PTH105 - says that it replaces
