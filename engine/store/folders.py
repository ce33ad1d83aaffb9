"""The part of the store that knows the library's folders: there, away, removed, or moved."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.errors import LibraryError
from engine.store import paths
from engine.store.database import Database
from engine.store.rows import listed
from engine.types import Folder

_SAMPLE = 200  # files of a moved folder that are looked for in the new place


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder of the library with its numbers. ``found`` is the sum of what follows it.

    Attributes:
        folder: Which.
        found: Picture files.
        indexed: Showing an image.
        pending: Not read yet.
        failed: Unreadable.
        offline: All of them, while the folder is not there.
        skipped: Of kinds that are not read, as the last full scan counted them.
        size: Bytes of all files but the skipped ones.
        vanished: Files that were lost at once, so many that it looks like a mistake; 0 if none.
        watched: Whether changes in it are to be noticed.
    """

    folder: Folder
    found: int
    indexed: int
    pending: int
    failed: int
    offline: int
    skipped: int
    size: int
    vanished: int
    watched: bool


class FolderRows:
    """Reads and writes folders; a part of `Store`."""

    _database: Database

    def folders(self) -> list[Folder]:
        """The folders of the library, by path; none contains another."""
        rows = self._database.rows(
            "SELECT id, path, online FROM folders WHERE NOT removed ORDER BY path"
        )
        return [Folder(row[0], paths.decode(row[1]), bool(row[2])) for row in rows]

    def folder_states(self) -> list[FolderState]:
        """The folders with their numbers, by path."""
        numbers: dict[int, dict[str, tuple[int, int]]] = {}
        for folder_id, state, count, size in self._database.rows(
            "SELECT folder_id, state, count(*), sum(size) FROM entries GROUP BY folder_id, state"
        ):
            numbers.setdefault(folder_id, {})[state] = (count, size)
        notes = dict(
            self._database.rows("SELECT key, value FROM settings WHERE key LIKE 'folder %'")
        )
        # What was renamed is gone from its old place, and shown at its new one.
        nowhere = dict(
            self._database.rows(
                "SELECT folder_id, count(*) FROM files WHERE state = 'gone' AND (image_id IS NULL"
                " OR image_id NOT IN (SELECT image_id FROM shown)) GROUP BY folder_id"
            )
        )
        states = []
        for folder in self.folders():
            seen = numbers.get(folder.folder_id, {})
            counts = {state: count for state, (count, _) in seen.items()}
            skipped = int(notes.get(skipped_key(folder.folder_id), 0))
            states.append(
                FolderState(
                    folder=folder,
                    found=sum(counts.values()) + skipped,
                    indexed=counts.get("indexed", 0),
                    pending=counts.get("pending", 0),
                    failed=counts.get("failed", 0),
                    offline=counts.get("offline", 0),
                    skipped=skipped,
                    size=sum(size for _, size in seen.values()),
                    vanished=min(
                        int(notes.get(vanished_key(folder.folder_id), 0)),
                        nowhere.get(folder.folder_id, 0),
                    ),
                    watched=notes.get(_watched_key(folder.folder_id)) != "no",
                )
            )
        return states

    def set_online(self, folder_id: int, online: bool) -> bool:
        """Note that a folder is there or not; whether that is news."""
        with self._database.transaction() as connection:
            changed = connection.execute(
                "UPDATE folders SET online = ? WHERE id = ? AND online <> ?",
                (online, folder_id, online),
            )
            return changed.rowcount > 0

    def set_watched(self, folder_id: int, watched: bool) -> None:
        """Let changes in a folder be noticed, or not; they are unless a person says otherwise."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO settings VALUES (?, ?)",
                (_watched_key(folder_id), "yes" if watched else "no"),
            )

    def hide_folder(self, folder_id: int) -> None:
        """Take a folder out of sight with its files, so that `restore_folder` brings it back."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE folders SET removed = 1 WHERE id = ?", (folder_id,))

    def restore_folder(self, folder_id: int) -> bool:
        """Bring back a folder that was hidden, and take in those of the library inside it.

        Returns:
            False if it has been forgotten meanwhile, or lies inside another folder by now.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT path FROM folders WHERE id = ?", (folder_id,)
            ).fetchone()
            if row is None:
                return False
            others = connection.execute(
                "SELECT id, path FROM folders WHERE NOT removed AND id <> ?", (folder_id,)
            ).fetchall()
            if any(paths.contains(path, row[0]) for _, path in others):
                return False
            for other, path in others:
                if paths.contains(row[0], path):
                    absorb(connection, folder_id, other)
            connection.execute("UPDATE folders SET removed = 0 WHERE id = ?", (folder_id,))
            return True

    def remove_folder(self, folder_id: int) -> None:
        """Forget a folder, its files, and everything known of images that no other file shows.

        Images that a person has judged or put on a board stay known, without a file.
        """
        with self._database.transaction() as connection:
            _forget(connection, "id = ?", (folder_id,))

    def forget_removed(self) -> None:
        """Forget the folders that are hidden; they cannot be restored afterwards."""
        if self._database.row("SELECT 1 FROM folders WHERE removed") is not None:
            with self._database.transaction() as connection:
                _forget(connection, "removed", ())

    def relocate_folder(self, folder_id: int, place: Path) -> None:
        """Note that a folder lies elsewhere now; its files keep their images and their ids.

        Raises:
            LibraryError: If the place is no folder, belongs to the library, or holds none of the
                folder's files.
        """
        new = paths.encode(place)
        with self._database.transaction() as connection:
            old = connection.execute(
                "SELECT path FROM folders WHERE id = ?", (folder_id,)
            ).fetchone()[0]
            files = connection.execute(
                "SELECT id, path FROM files WHERE folder_id = ?", (folder_id,)
            ).fetchall()
            self._check_place(connection, place, folder_id)
            moved = [(new + path[len(old) :], file_id) for file_id, path in files]
            step = max(1, len(moved) // _SAMPLE)
            if moved and not any(paths.decode(path).exists() for path, _ in moved[::step]):
                raise LibraryError(
                    f"{place} holds none of the pictures of {paths.decode(old)}. "
                    "Choose the folder that they are in now."
                )
            connection.executemany("UPDATE files SET path = ? WHERE id = ?", moved)
            connection.execute(
                "UPDATE folders SET path = ?, online = 1 WHERE id = ?", (new, folder_id)
            )

    def dismiss_vanished(self, folder_id: int) -> None:
        """A person knows that files of this folder are gone."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM settings WHERE key = ?", (vanished_key(folder_id),))

    def _check_place(self, connection: sqlite3.Connection, place: Path, folder_id: int) -> None:
        new = paths.encode(place)
        if not place.is_dir():
            raise LibraryError(f"{place} is not a folder. Choose the one that was moved.")
        for other, path, removed in connection.execute(
            "SELECT id, path, removed FROM folders WHERE id <> ?", (folder_id,)
        ).fetchall():
            if paths.contains(path, new) or paths.contains(new, path):
                if removed:
                    _forget(connection, "id = ?", (other,))
                    continue
                raise LibraryError(
                    f"{place} is in the library already, as {paths.decode(path)}: its pictures "
                    "are known there. Remove the folder that is not there any more."
                )


def skipped_key(folder_id: int) -> str:
    """The setting that holds how many files of a folder are of kinds that are not read."""
    return f"folder {folder_id} skipped"


def vanished_key(folder_id: int) -> str:
    """The setting that holds how many files of a folder were lost at once."""
    return f"folder {folder_id} vanished"


def _watched_key(folder_id: int) -> str:
    return f"folder {folder_id} watched"


def absorb(connection: sqlite3.Connection, outer: int, inner: int) -> None:
    """Make the files of one folder those of another that contains it."""
    connection.execute("UPDATE files SET folder_id = ? WHERE folder_id = ?", (outer, inner))
    connection.execute("DELETE FROM folders WHERE id = ?", (inner,))


def _forget(connection: sqlite3.Connection, which: str, values: tuple[int, ...]) -> None:
    # Only what these folders showed: an image of another one may wait to be found again.
    showed = connection.execute(
        "SELECT DISTINCT image_id FROM files WHERE image_id IS NOT NULL"  # noqa: S608 - constants
        f" AND folder_id IN (SELECT id FROM folders WHERE {which})",
        values,
    ).fetchall()
    connection.execute(f"DELETE FROM folders WHERE {which}", values)  # noqa: S608 - as above
    connection.execute(
        "DELETE FROM images WHERE id IN (SELECT value FROM json_each(?)) AND id NOT IN"
        " (SELECT image_id FROM files WHERE image_id IS NOT NULL)"
        " AND id NOT IN (SELECT image_id FROM kept)",
        (listed(image_id for (image_id,) in showed),),
    )
    connection.execute(
        "DELETE FROM settings WHERE key LIKE 'folder %'"
        " AND CAST(substr(key, 8) AS INTEGER) NOT IN (SELECT id FROM folders)"
    )
