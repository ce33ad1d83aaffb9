"""Takes up what a scan found: new files, changed ones, and those that are gone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from engine.store import paths
from engine.store.folders import absorb, skipped_key, vanished_key

FoundFile: TypeAlias = tuple[bytes, int, int]
"""Path, size in bytes, mtime in nanoseconds."""

_LOSS_FILES = 20
_LOSS_SHARE = 0.2
"""A folder that loses so many files at once, and such a share of them, may be half mounted."""


def register(
    connection: sqlite3.Connection,
    roots: Sequence[bytes],
    missing: Sequence[bytes],
    files: Iterable[FoundFile],
    *,
    unreadable: Sequence[bytes],
    skipped: Sequence[bytes],
    known: Collection[bytes],
) -> None:
    """See `Intake.register`; the paths of the files stay in ``temp.found``."""
    folder_of = _take_up(connection, roots, known)
    for path in missing:
        _take_offline(connection, path)
    _note_found(connection, folder_of, files)
    for root, folder_id in folder_of.items():
        gone = _mark_gone(connection, root, unreadable)
        _note_loss(connection, folder_id, gone)
        _count_skipped(connection, root, skipped)


def _take_up(
    connection: sqlite3.Connection, roots: Sequence[bytes], stays: Collection[bytes]
) -> dict[bytes, int]:
    """Make the roots part of the library; the folder of each. Folders never contain one another."""
    folder_of: dict[bytes, int] = {}
    for root in sorted(set(roots)):  # a folder comes before what it contains
        known = connection.execute("SELECT id, path, removed FROM folders").fetchall()
        # One that was removed and comes again is what it was; one around it is still removed.
        # What is still there comes before what was removed, and the folder itself before others.
        around = sorted(
            (removed, path != root, folder_id)
            for folder_id, path, removed in known
            if path == root or (paths.contains(path, root) and (root in stays or not removed))
        )
        if around:
            folder_id = around[0][2]
            connection.execute(
                "UPDATE folders SET online = 1, removed = removed AND ? WHERE id = ?",
                (root in stays, folder_id),
            )
        else:
            cursor = connection.execute("INSERT INTO folders (path) VALUES (?)", (root,))
            folder_id = int(cursor.lastrowid or 0)
            low, high = paths.beneath(root)
            connection.execute(
                "UPDATE files SET folder_id = ? WHERE path = ? OR path >= ? AND path < ?",
                (folder_id, root, low, high),
            )
        for inner, path, _ in known:
            if inner != folder_id and paths.contains(root, path):
                absorb(connection, folder_id, inner)
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
    files: Iterable[FoundFile],
) -> None:
    """Write new and changed files; unchanged ones cost no write."""
    connection.execute("DROP TABLE IF EXISTS temp.found")
    connection.execute(
        "CREATE TEMP TABLE found (path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER)"
        " WITHOUT ROWID"
    )
    connection.executemany("INSERT OR IGNORE INTO temp.found VALUES (?, ?, ?)", files)
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


def _mark_gone(
    connection: sqlite3.Connection, root: bytes, unreadable: Sequence[bytes]
) -> list[bytes]:
    """Files of the root that were not found again are gone from now on; which they are."""
    connection.execute("CREATE TEMP TABLE unknown (low BLOB, high BLOB)")
    connection.executemany(
        "INSERT INTO temp.unknown VALUES (?, ?)", [paths.beneath(path) for path in unreadable]
    )
    gone = connection.execute(
        "UPDATE files SET state = 'gone' WHERE (path = ? OR path >= ? AND path < ?)"
        " AND state <> 'gone' AND path NOT IN (SELECT path FROM temp.found)"
        " AND NOT EXISTS (SELECT 1 FROM temp.unknown WHERE path >= low AND path < high)"
        " RETURNING path",
        (root, *paths.beneath(root)),
    ).fetchall()
    connection.execute("DROP TABLE temp.unknown")
    return [path for (path,) in gone]


def _note_loss(connection: sqlite3.Connection, folder_id: int, gone: Sequence[bytes]) -> None:
    """Keep in mind that so many files went at once that a person should look at it.

    Nothing is forgotten of them; the note goes when they are back, or when a person says so.
    """
    key = vanished_key(folder_id)
    left, missing = connection.execute(
        "SELECT count(*) FILTER (WHERE state <> 'gone'), count(*) FILTER (WHERE state = 'gone')"
        " FROM files WHERE folder_id = ?",
        (folder_id,),
    ).fetchone()
    noted = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    lost = min(int(noted[0]), missing) if noted else 0
    if len(gone) >= _LOSS_FILES and len(gone) >= _LOSS_SHARE * (left + len(gone)):
        # What rules hide is still there.
        away = sum(not os.path.lexists(path) for path in gone)
        if away >= _LOSS_SHARE * (left + len(gone)):
            lost = min(lost + away, missing)
    if lost:
        connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, str(lost)))
    elif noted:
        connection.execute("DELETE FROM settings WHERE key = ?", (key,))


def _count_skipped(connection: sqlite3.Connection, root: bytes, skipped: Sequence[bytes]) -> None:
    """Note how many files are not read, if the whole folder was scanned."""
    row = connection.execute("SELECT id FROM folders WHERE path = ?", (root,)).fetchone()
    if row is not None:
        number = sum(paths.contains(root, path) for path in skipped)
        connection.execute(
            "INSERT OR REPLACE INTO settings VALUES (?, ?)", (skipped_key(row[0]), str(number))
        )
