"""SQLite for several threads: a connection each, one writer at a time, errors in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import LibraryError
from engine.store.migrations import MIGRATIONS, PAGE_BYTES, Step, migrate

_BUSY_S = 20.0
"""How long a statement waits for another process's transaction; ours take milliseconds."""


class Database:
    """The library's database. Thread-safe.

    Each thread reads through its own connection, so that a reader sees the last committed state
    and never waits for the writer (WAL). Writers take turns.

    Args:
        path: The database file; created if absent.
        migrations: The schema's steps.

    Raises:
        LibraryError: If it cannot be opened, is damaged, foreign, or newer than this program.
    """

    def __init__(self, path: Path, migrations: Sequence[Step] = MIGRATIONS) -> None:
        self.path = path
        self._writing = threading.RLock()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._guard = threading.Lock()
        self._closed = False
        try:
            with self.in_words():
                path.parent.mkdir(parents=True, exist_ok=True)
                migrate(self._connection(), path, migrations)
                self._connection().execute("PRAGMA journal_mode = WAL")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close every thread's connection; the database cannot be used afterwards."""
        with self._guard:
            self._closed = True
            connections = list(self._connections.values())
            self._connections.clear()
        for connection in connections:
            connection.close()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with self.in_words():
            return self._connection().execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Any | None:
        """The first row of a query, or None."""
        with self.in_words():
            return self._connection().execute(sql, parameters).fetchone()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One atomic change: committed when the block ends, undone when it raises."""
        with self._writing, self.in_words():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # SQLite undoes it by itself when the disk is full
                    connection.execute("ROLLBACK")
                raise

    def bytes(self) -> int:
        """Size of the database on disk, what is not yet moved into the main file included."""
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def problems(self) -> list[str]:
        """What SQLite finds wrong in the file; empty when it is sound. Reads all of it."""
        try:
            found = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
            found += [
                f"row {row[1]} of {row[0]} points to nothing in {row[2]}"
                for row in self.rows("PRAGMA foreign_key_check")
            ]
        except LibraryError as error:
            return [str(error)]
        return [problem for problem in found if problem != "ok"]

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """Turn what the environment did to the database into a `LibraryError`; bugs pass."""
        try:
            yield
        except sqlite3.Error as error:
            text = _explain(error, self.path)
            if text is None:
                raise
            raise LibraryError(
                text, in_window=text.replace(_CHOICE, ", then start again")
            ) from error
        except OSError as error:
            raise LibraryError(
                f"The library in {self.path.parent} cannot be used: {error.strerror or error}. "
                "Choose another library folder with --library.",
                in_window=f"The library in {self.path.parent} cannot be used: "
                f"{error.strerror or error}. Check the folder, then start again.",
            ) from error

    def _connection(self) -> sqlite3.Connection:
        thread = threading.current_thread()
        connection = self._connections.get(thread)
        return connection if connection is not None else self._connect(thread)

    def _connect(self, thread: threading.Thread) -> sqlite3.Connection:
        with self._guard:
            if self._closed:
                raise LibraryError("The library is closed.")
            for gone in [t for t in self._connections if not t.is_alive()]:
                self._connections.pop(gone).close()
            connection = sqlite3.connect(
                self.path,
                timeout=_BUSY_S,
                isolation_level=None,  # transactions are begun where they are meant
                check_same_thread=False,  # `close` closes those of other threads
            )
            self._connections[thread] = connection
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # matters to a new file only
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")  # WAL: safe against a kill
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32768")  # 32 MiB at most; a query reads 400 rows
        return connection


_CHOICE = ", or choose another library folder with --library"
_WORDS = {
    sqlite3.SQLITE_FULL: "The disk with the library in {folder} is full. "
    "Make room and index again: what was indexed so far is kept.",
    sqlite3.SQLITE_BUSY: "Another program is busy with the library in {folder}. "
    "Try again when it is done.",
    sqlite3.SQLITE_CORRUPT: "The database {file} in {folder} is damaged. "
    "Move it away and index your folders again; your pictures are untouched, "
    "captions of your own are lost.",
    sqlite3.SQLITE_READONLY: f"The library in {{folder}} cannot be written to. Allow it{_CHOICE}.",
    sqlite3.SQLITE_CANTOPEN: "The library in {folder} cannot be opened. "
    "Check that the folder is there and may be written to.",
    sqlite3.SQLITE_IOERR: "Reading or writing the library in {folder} failed. "
    "Check the drive and its free space, then try again.",
}
_WORDS[sqlite3.SQLITE_NOTADB] = _WORDS[sqlite3.SQLITE_CORRUPT]
_WORDS[sqlite3.SQLITE_LOCKED] = _WORDS[sqlite3.SQLITE_BUSY]
_WORDS[sqlite3.SQLITE_PERM] = _WORDS[sqlite3.SQLITE_READONLY]


def _explain(error: sqlite3.Error, path: Path) -> str | None:
    """What happened and what to do, or None when the fault is ours."""
    words = _WORDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the rest is detail
    return None if words is None else words.format(folder=path.parent, file=path.name)
