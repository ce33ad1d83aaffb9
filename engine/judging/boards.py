"""Boards, as a person changes them: names are tidied, and what is refused is said in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from engine.errors import QueryError
from engine.store import Store
from engine.types import Board, BoardChange, BoardPicture, Place

_LAST_BOARD = "last_board"
_GONE = "That picture or board is no longer in the library"


class Boards:
    """The boards of a library. Thread-safe.

    Every change says what was before, so that it can be undone. A method raises `QueryError` if an
    image or a board is no longer in the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def boards(self) -> list[Board]:
        """All boards, by name."""
        return self._store.boards()

    def board(self, board_id: int) -> Board:
        """One board."""
        found = next((board for board in self.boards() if board.board_id == board_id), None)
        if found is None:
            raise QueryError(_GONE)
        return found

    def board_named(self, name: str) -> Board:
        """The board of a name, however it is written.

        Raises:
            QueryError: If there is none; the text names those that there are.
        """
        wanted = " ".join(name.split()).casefold()
        boards = self.boards()
        found = next((board for board in boards if board.name.casefold() == wanted), None)
        if found is None:
            names = ", ".join(f"“{board.name}”" for board in boards) or "none"
            raise QueryError(f"There is no board “{name}”; the boards are: {names}")
        return found

    def pictures(self, board_id: int) -> list[BoardPicture]:
        """What a board shows, in its order; nothing if there is no such board."""
        return self._store.board_pictures(board_id)

    @property
    def last_board(self) -> Board | None:
        """The board that images were put on last, if it is still there."""
        known = self._store.setting(_LAST_BOARD)
        return next((board for board in self.boards() if str(board.board_id) == known), None)

    def create_board(self, name: str, image_ids: Sequence[int] = ()) -> BoardChange:
        """Make a board; from now on it is the last one.

        Raises:
            QueryError: If the name is empty, or another board has it.
        """
        with in_words(name):
            change = self._store.create_board(_tidy(name), image_ids)
        return self._remembered(change)

    def duplicate(self, board_id: int) -> BoardChange:
        """Make a board with all that another one holds, under the next free name."""
        names = {board.name.casefold() for board in self.boards()}
        name, number = self.board(board_id).name, 2
        while f"{name} {number}".casefold() in names:
            number += 1
        with in_words():
            return self._store.copy_board(board_id, f"{name} {number}")

    def rename_board(self, board_id: int, name: str) -> BoardChange:
        """Give a board another name; raises as `create_board` does."""
        with in_words(name):
            return self._store.rename_board(board_id, _tidy(name))

    def note_board(self, board_id: int, note: str) -> BoardChange:
        """Say something of a whole board; an empty text says nothing."""
        with in_words():
            return self._store.note_board(board_id, note.strip())

    def note(self, board_id: int, image_id: int, note: str) -> BoardChange:
        """Say something of an image on a board; an empty text says nothing."""
        with in_words():
            return self._store.note_on_board(board_id, image_id, note.strip())

    def place(self, board_id: int, places: Mapping[int, Place | None]) -> BoardChange:
        """Put images somewhere on a board's canvas; None takes a place away."""
        with in_words():
            return self._store.place_on_board(board_id, places)

    def delete_board(self, board_id: int) -> BoardChange:
        """Forget a board; its pictures stay in the library."""
        with in_words():
            return self._store.delete_board(board_id)

    def add(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Put images at the end of a board, which is the last one from now on."""
        with in_words():
            change = self._store.add_to_board(board_id, image_ids)
        return self._remembered(change)

    def remove(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Take images off a board."""
        with in_words():
            return self._store.remove_from_board(board_id, image_ids)

    def move(
        self, source_id: int, target_id: int, image_ids: Sequence[int]
    ) -> tuple[BoardChange, BoardChange]:
        """Take images off a board and put them on another, with their notes."""
        with in_words():
            return self._store.move_to_board(source_id, target_id, image_ids)

    def arrange(self, board_id: int, image_ids: Sequence[int]) -> BoardChange:
        """Say which images a board holds, in which order."""
        with in_words():
            return self._store.set_board_images(board_id, image_ids)

    def restore(self, board_id: int, state: Board | None) -> None:
        """Undo a `BoardChange` with what was before it, or do it again with what was after."""
        with in_words(state.name if state is not None else ""):
            self._store.restore_board(board_id, state)

    def _remembered(self, change: BoardChange) -> BoardChange:
        if change.after is not None:
            self._store.set_setting(_LAST_BOARD, str(change.after.board_id))
        return change


@contextmanager
def in_words(name: str = "") -> Iterator[None]:
    """Say for a person what the store refuses.

    Args:
        name: Of the board, where it may be taken.
    """
    try:
        yield
    except KeyError:
        raise QueryError(_GONE) from None
    except ValueError:
        raise QueryError(f"There is a board “{name.strip()}” already: take another name") from None


def _tidy(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise QueryError("Give the board a name")
    return words
