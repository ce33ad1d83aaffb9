"""Boards of images: what they hold, in which order and where, and what a person notes on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.store import paths
from engine.store.database import Database
from engine.store.rows import listed
from engine.types import Board, BoardChange, BoardPicture, Place


class Boards:
    """The part of a `Store` that is about boards. Each change is one transaction.

    A change returns the board as it was and as it is, with all notes and places, so that
    `restore_board` undoes any of them. It raises KeyError if there is no such board, or the library
    has no such image.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def boards(self) -> list[Board]:
        """All boards, by name."""
        held: dict[int, list[tuple[int, str, Place | None]]] = {}
        for board_id, *row in self._database.rows(
            "SELECT board_id, image_id, note, x, y, width FROM board_images"
            " ORDER BY board_id, position"
        ):
            held.setdefault(board_id, []).append(_held(row))
        boards = [
            _board(board_id, name, note, held.get(board_id, ()))
            for board_id, name, note in self._database.rows("SELECT id, name, note FROM boards")
        ]
        return sorted(boards, key=lambda board: (board.name.casefold(), board.board_id))

    def create_board(self, name: str, image_ids: Sequence[int] = ()) -> BoardChange:
        """Make a board with images.

        Raises:
            ValueError: If there is a board of that name.
        """
        return self._create(Board(0, name, tuple(image_ids)))

    def copy_board(self, board_id: int, name: str) -> BoardChange:
        """Make a board with all that another one holds.

        Raises:
            ValueError: If there is a board of that name.
        """
        with self._database.transaction() as connection:
            source = _require(connection, board_id)
        return self._create(replace(source, name=name))

    def rename_board(self, board_id: int, name: str) -> BoardChange:
        """Give a board another name.

        Raises:
            ValueError: If there is another one of that name.
        """
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            _refuse_second(connection, name, board_id)
            return _change(connection, before, replace(before, name=name))

    def note_board(self, board_id: int, note: str) -> BoardChange:
        """Say something of a whole board; an empty text says nothing."""
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            return _change(connection, before, replace(before, note=note))

    def note_on_board(self, board_id: int, image_id: int, note: str) -> BoardChange:
        """Say something of an image on a board; an empty text says nothing."""
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            if image_id not in before.images:
                raise KeyError(image_id)
            after = replace(before, notes={**before.notes, image_id: note})
            return _change(connection, before, after)

    def place_on_board(self, board_id: int, places: Mapping[int, Place | None]) -> BoardChange:
        """Put images of a board somewhere on its canvas; None takes a place away.

        Images that are not on the board do not matter; the others stay where they are.
        """
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            merged = {**before.places, **places}
            kept = {image_id: place for image_id, place in merged.items() if place is not None}
            return _change(connection, before, replace(before, places=kept))

    def set_board_images(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Say which images a board holds, in which order; an image is on it once."""
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            require_images(connection, image_ids)
            return _change(connection, before, replace(before, images=tuple(image_ids)))

    def add_to_board(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Put images at the end of a board; those that are on it stay where they are."""
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            require_images(connection, image_ids)
            return _change(connection, before, replace(before, images=(*before.images, *image_ids)))

    def remove_from_board(self, board_id: int, image_ids: Iterable[int]) -> BoardChange:
        """Take images off a board; those that are not on it do not matter."""
        with self._database.transaction() as connection:
            before = _require(connection, board_id)
            return _change(connection, before, _without(before, image_ids))

    def move_to_board(
        self, source_id: int, target_id: int, image_ids: Sequence[int]
    ) -> tuple[BoardChange, BoardChange]:
        """Take images off a board and put them at the end of another, with their notes.

        Images that are on the other one already keep the note that they have there.

        Returns:
            What became of the two boards.
        """
        with self._database.transaction() as connection:
            source, target = _require(connection, source_id), _require(connection, target_id)
            moved = [image_id for image_id in image_ids if image_id in source.images]
            notes = {i: source.notes[i] for i in moved if i in source.notes}
            grown = replace(
                target, images=(*target.images, *moved), notes={**notes, **target.notes}
            )
            return (
                _change(connection, source, _without(source, moved)),
                _change(connection, target, grown),
            )

    def delete_board(self, board_id: int) -> BoardChange:
        """Forget a board; its images stay in the library."""
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
            _write(connection, replace(state, board_id=board_id))

    def board_pictures(self, board_id: int) -> list[BoardPicture]:
        """The images of a board in its order, with a file that shows each, if one is known."""
        rows = self._database.rows(
            "SELECT held.image_id, note, x, y, held.width,"
            " (SELECT min(path) FROM shown WHERE image_id = held.image_id),"
            " (SELECT min(path) FROM files WHERE image_id = held.image_id),"
            " CAST(traits.width AS REAL) / traits.height"
            " FROM board_images AS held LEFT JOIN traits ON traits.image_id = held.image_id"
            " WHERE board_id = ? ORDER BY position",
            (board_id,),
        )
        return [
            BoardPicture(
                image_id,
                None if known is None else paths.decode(online or known),
                online is not None,
                note,
                place,
                ratio,
            )
            for image_id, note, place, online, known, ratio in (
                (*_held(row[:5]), *row[5:]) for row in rows
            )
        ]

    def _create(self, like: Board) -> BoardChange:
        with self._database.transaction() as connection:
            require_images(connection, like.images)
            _refuse_second(connection, like.name, -1)
            cursor = connection.execute("INSERT INTO boards (name) VALUES (?)", (like.name,))
            board_id = int(cursor.lastrowid or 0)
            _write(connection, replace(like, board_id=board_id))
            return BoardChange(None, _read(connection, board_id))


def require_images(connection: sqlite3.Connection, image_ids: Iterable[int]) -> None:
    """See that the library has the images; KeyError if not."""
    wanted = {int(image_id) for image_id in image_ids}
    rows = connection.execute(
        "SELECT id FROM images WHERE id IN (SELECT value FROM json_each(?))", (listed(wanted),)
    )
    missing = wanted - {image_id for (image_id,) in rows}
    if missing:
        raise KeyError(min(missing))


def _held(row: Sequence[object]) -> tuple[int, str, Place | None]:
    """An image on a board from ``image_id, note, x, y, width``."""
    image_id, note, *numbers = row
    place = None if None in numbers else Place(*(float(str(number)) for number in numbers))
    return int(str(image_id)), str(note), place


def _board(
    board_id: int, name: str, note: str, held: Sequence[tuple[int, str, Place | None]]
) -> Board:
    return Board(
        board_id,
        name,
        tuple(image_id for image_id, _, _ in held),
        note,
        {image_id: text for image_id, text, _ in held if text},
        {image_id: place for image_id, _, place in held if place is not None},
    )


def _read(connection: sqlite3.Connection, board_id: int) -> Board | None:
    row = connection.execute("SELECT name, note FROM boards WHERE id = ?", (board_id,)).fetchone()
    if row is None:
        return None
    held = connection.execute(
        "SELECT image_id, note, x, y, width FROM board_images WHERE board_id = ? ORDER BY position",
        (board_id,),
    ).fetchall()
    return _board(board_id, row[0], row[1], [_held(one) for one in held])


def _require(connection: sqlite3.Connection, board_id: int) -> Board:
    board = _read(connection, board_id)
    if board is None:
        raise KeyError(board_id)
    return board


def _refuse_second(connection: sqlite3.Connection, name: str, board_id: int) -> None:
    """Two boards never have one name, however it is written."""
    rows = connection.execute("SELECT name FROM boards WHERE id <> ?", (board_id,)).fetchall()
    if name.casefold() in {other.casefold() for (other,) in rows}:
        raise ValueError(name)


def _without(board: Board, image_ids: Iterable[int]) -> Board:
    gone = set(image_ids)
    return replace(board, images=tuple(i for i in board.images if i not in gone))


def _change(connection: sqlite3.Connection, before: Board, after: Board) -> BoardChange:
    _write(connection, after)
    return BoardChange(before, _read(connection, before.board_id))


def _write(connection: sqlite3.Connection, board: Board) -> None:
    """Make a board what a value says; notes and places of images that it does not hold go."""
    connection.execute(
        "INSERT INTO boards (id, name, note) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, note = excluded.note",
        (board.board_id, board.name, board.note),
    )
    connection.execute("DELETE FROM board_images WHERE board_id = ?", (board.board_id,))
    connection.executemany(
        "INSERT INTO board_images (board_id, image_id, position, note, x, y, width)"
        " SELECT ?, id, ?, ?, ?, ?, ? FROM images WHERE id = ?",
        [
            (
                board.board_id,
                position,
                board.notes.get(image_id, ""),
                *(board.places.get(image_id) or (None, None, None)),
                int(image_id),
            )
            for position, image_id in enumerate(dict.fromkeys(board.images))
        ],
    )
