"""A person's judgements: verdicts on pairs of images, and boards of images.

Both are kept by image, so that a move or a rename of the files changes nothing. Images in them
stay known when their folder leaves the library; they are found there when it comes back.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence

from engine.store import paths
from engine.store.database import Database
from engine.store.rows import listed
from engine.types import Board, BoardChange, BoardPicture, Judged, PairVerdict


class Judgements:
    """The part of a `Store` that is about verdicts and boards. Each change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Verdicts

    def set_verdict(self, a: int, b: int, verdict: PairVerdict | None) -> PairVerdict | None:
        """Judge a pair, or take the judgement back; the order of the two means nothing.

        Args:
            a: An image.
            b: Another.
            verdict: None for none.

        Returns:
            What it was before.

        Raises:
            KeyError: If the library has no such image.
            ValueError: If the two are one.
        """
        if a == b:
            raise ValueError("a pair is two images")
        pair = (min(a, b), max(a, b))
        with self._database.transaction() as connection:
            _require_images(connection, pair)
            before = connection.execute(
                "SELECT verdict FROM verdicts WHERE a = ? AND b = ?", pair
            ).fetchone()
            connection.execute("DELETE FROM verdicts WHERE a = ? AND b = ?", pair)
            if verdict is not None:
                connection.execute(
                    "INSERT INTO verdicts (a, b, verdict, time) VALUES (?, ?, ?, ?)",
                    (*pair, verdict, time.time()),
                )
        return None if before is None else before[0]

    def verdict(self, a: int, b: int) -> PairVerdict | None:
        """The judgement of a pair, or None."""
        row = self._database.row(
            "SELECT verdict FROM verdicts WHERE a = ? AND b = ?", (min(a, b), max(a, b))
        )
        return None if row is None else row[0]

    def verdicts_of(self, image_id: int) -> dict[int, PairVerdict]:
        """The judgements of all pairs with an image, by the other image."""
        return dict(
            self._database.rows(
                "SELECT b, verdict FROM verdicts WHERE a = ?1"
                " UNION ALL SELECT a, verdict FROM verdicts WHERE b = ?1",
                (image_id,),
            )
        )

    def verdicts(self) -> list[Judged]:
        """All judgements, the oldest first."""
        rows = self._database.rows("SELECT a, b, verdict FROM verdicts ORDER BY time, a, b")
        return [Judged(*row) for row in rows]

    # Boards

    def boards(self) -> list[Board]:
        """All boards, by name."""
        images: dict[int, list[int]] = {}
        for board_id, image_id in self._database.rows(
            "SELECT board_id, image_id FROM board_images ORDER BY board_id, position"
        ):
            images.setdefault(board_id, []).append(image_id)
        rows = self._database.rows("SELECT id, name FROM boards")
        boards = [Board(row[0], row[1], tuple(images.get(row[0], ()))) for row in rows]
        return sorted(boards, key=lambda board: (board.name.casefold(), board.board_id))

    def create_board(self, name: str, image_ids: Sequence[int] = ()) -> BoardChange:
        """Make a board with images.

        Raises:
            KeyError: If the library has no such image.
            ValueError: If there is a board of that name.
        """
        with self._database.transaction() as connection:
            _require_images(connection, image_ids)
            _refuse_second(connection, name, -1)
            cursor = connection.execute("INSERT INTO boards (name) VALUES (?)", (name,))
            board_id = int(cursor.lastrowid or 0)
            _set_images(connection, board_id, image_ids)
            return BoardChange(None, _read(connection, board_id))

    def rename_board(self, board_id: int, name: str) -> BoardChange:
        """Give a board another name.

        Raises:
            KeyError: If there is no such board.
            ValueError: If there is another one of that name.
        """
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            _refuse_second(connection, name, board_id)
            connection.execute("UPDATE boards SET name = ? WHERE id = ?", (name, board_id))
            return BoardChange(before, _read(connection, board_id))

    def set_board_images(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Say which images a board holds, in which order; an image is on it once.

        Raises:
            KeyError: If there is no such board, or the library has no such image.
        """
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            _require_images(connection, image_ids)
            _set_images(connection, board_id, image_ids)
            return BoardChange(before, _read(connection, board_id))

    def add_to_board(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Put images at the end of a board; those that are on it stay where they are.

        Raises:
            KeyError: If there is no such board, or the library has no such image.
        """
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            _require_images(connection, image_ids)
            _set_images(connection, board_id, [*before.images, *image_ids])
            return BoardChange(before, _read(connection, board_id))

    def remove_from_board(self, board_id: int, image_ids: Iterable[int]) -> BoardChange:
        """Take images off a board; those that are not on it do not matter.

        Raises:
            KeyError: If there is no such board.
        """
        gone = set(image_ids)
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            left = [image_id for image_id in before.images if image_id not in gone]
            _set_images(connection, board_id, left)
            return BoardChange(before, _read(connection, board_id))

    def delete_board(self, board_id: int) -> BoardChange:
        """Forget a board; its images stay in the library.

        Raises:
            KeyError: If there is no such board.
        """
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            connection.execute("DELETE FROM boards WHERE id = ?", (board_id,))
            return BoardChange(before, None)

    def restore_board(self, board_id: int, state: Board | None) -> None:
        """Make a board what it was before or after a change, for undo and redo.

        Images that the library has forgotten meanwhile are left out.

        Args:
            board_id: The board, whether or not there is one now.
            state: What it shall be; None for no board.

        Raises:
            ValueError: If there is another board of that name by now.
        """
        with self._database.transaction() as connection:
            if state is None:
                connection.execute("DELETE FROM boards WHERE id = ?", (board_id,))
                return
            _refuse_second(connection, state.name, board_id)
            connection.execute(
                "INSERT INTO boards (id, name) VALUES (?, ?)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                (board_id, state.name),
            )
            _set_images(connection, board_id, state.images)

    def board_pictures(self, board_id: int) -> list[BoardPicture]:
        """The images of a board in its order, with a file that shows each, if one is known."""
        rows = self._database.rows(
            "SELECT image_id, (SELECT min(path) FROM shown WHERE image_id = held.image_id),"
            " (SELECT min(path) FROM files WHERE image_id = held.image_id)"
            " FROM board_images AS held WHERE board_id = ? ORDER BY position",
            (board_id,),
        )
        return [
            BoardPicture(
                image_id,
                None if known is None else paths.decode(online or known),
                online is not None,
            )
            for image_id, online, known in rows
        ]


def _read(connection: sqlite3.Connection, board_id: int) -> Board | None:
    row = connection.execute("SELECT name FROM boards WHERE id = ?", (board_id,)).fetchone()
    if row is None:
        return None
    images = connection.execute(
        "SELECT image_id FROM board_images WHERE board_id = ? ORDER BY position", (board_id,)
    ).fetchall()
    return Board(board_id, row[0], tuple(image_id for (image_id,) in images))


def _require(connection: sqlite3.Connection, board_id: int) -> Board:
    board = _read(connection, board_id)
    if board is None:
        raise KeyError(board_id)
    return board


def _require_images(connection: sqlite3.Connection, image_ids: Iterable[int]) -> None:
    wanted = {int(image_id) for image_id in image_ids}
    rows = connection.execute(
        "SELECT id FROM images WHERE id IN (SELECT value FROM json_each(?))", (listed(wanted),)
    )
    missing = wanted - {image_id for (image_id,) in rows}
    if missing:
        raise KeyError(min(missing))


def _refuse_second(connection: sqlite3.Connection, name: str, board_id: int) -> None:
    """Two boards never have one name, however it is written."""
    rows = connection.execute("SELECT name FROM boards WHERE id <> ?", (board_id,)).fetchall()
    if name.casefold() in {other.casefold() for (other,) in rows}:
        raise ValueError(name)


def _set_images(connection: sqlite3.Connection, board_id: int, image_ids: Iterable[int]) -> None:
    connection.execute("DELETE FROM board_images WHERE board_id = ?", (board_id,))
    connection.executemany(
        "INSERT INTO board_images (board_id, image_id, position)"
        " SELECT ?, id, ? FROM images WHERE id = ?",
        [
            (board_id, position, int(image_id))
            for position, image_id in enumerate(dict.fromkeys(image_ids))
        ],
    )
