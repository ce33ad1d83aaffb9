"""The boards of the library: which there are, what the open one shows, and changing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import BoardPicturesModel, BoardsModel
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import boards as operations
from relsim_desktop.operations import judgements
from relsim_desktop.operations.boards import BoardsState, BoardState, LookedUp, PlaceMap
from relsim_desktop.presenters.undo import Undo

if TYPE_CHECKING:
    from engine.judging.boards import Boards as EngineBoards
    from engine.judging.judged_groups import GroupsReport
    from engine.service import Engine
    from engine.types import Board, BoardChange


class Boards(QObject):
    """Keeps item models of the boards, and of the pictures of the one that is open."""

    changed = Signal()
    """There are other boards, or another one is open; see `models`, `open_board`, `last`."""

    said = Signal(str)
    """What was done, in one line."""

    unknown = Signal(int, object)
    """A board, and the paths that cannot be put on it before they are indexed."""

    exported = Signal(object, object)
    """The `GroupsReport` of an export, and the file."""

    not_exported = Signal(object)
    """The `Trouble` with an export; nothing was written."""

    failed = Signal(object)
    """The `Trouble` with a change."""

    def __init__(self, jobs: JobRunner, undo: Undo) -> None:
        super().__init__()
        self.boards = BoardsModel()
        self.pictures = BoardPicturesModel()
        self._jobs = jobs
        self._undo = undo
        self._engine: Engine | None = None
        self._open: int | None = None
        self._last: Board | None = None
        self._reading: Job | None = None

    def attach(self, engine: Engine) -> None:
        """Take the boards of a library."""
        self._engine = engine
        self.reload()

    @property
    def open_board(self) -> Board | None:
        """The board whose pictures are shown."""
        row = self.boards.row_of(self._open)
        return None if row is None else self.boards.board(row)

    @property
    def last(self) -> Board | None:
        """The board that pictures were put on last."""
        return self._last

    def reload(self) -> None:
        """Read boards and pictures again; a file may have come, moved or gone."""
        if self._engine is not None:
            job = operations.read_boards(self._jobs, self._engine)
            job.succeeded.connect(self._on_boards)
            job.failed.connect(self.failed)

    def open(self, board_id: int) -> None:
        """Show the pictures of a board."""
        if board_id != self._open:
            self._open = board_id
            self.pictures.replace([])
            self._read_pictures()
            self.changed.emit()

    # --- changes of boards ------------------------------------------------------------------------

    def create(self, name: str, image_ids: Sequence[int] = ()) -> None:
        """Make a board, with pictures or without; it is open then."""
        self._change(lambda boards: boards.create_board(name, image_ids), self._on_created)

    def duplicate(self, board_id: int) -> None:
        """Make a board with all that another one holds; it is open then."""
        self._change(lambda boards: boards.duplicate(board_id), self._on_created)

    def rename(self, board_id: int, name: str) -> None:
        """Give a board another name."""
        self._change(lambda boards: boards.rename_board(board_id, name))

    def note(self, board_id: int, text: str) -> None:
        """Say something of a whole board."""
        self._change(lambda boards: boards.note_board(board_id, text))

    def delete(self, board_id: int) -> None:
        """Forget a board."""
        self._change(lambda boards: boards.delete_board(board_id))

    def merge(self, source: int, target: int) -> None:
        """Move everything of a board to another, and forget it."""
        if self._engine is not None and source != target:
            self._watch(operations.merge(self._jobs, self._engine, source, target))

    # --- changes of what is on them ---------------------------------------------------------------

    def add(self, board_id: int, image_ids: Sequence[int]) -> None:
        """Put pictures on a board."""
        if image_ids:
            self._change(lambda boards: boards.add(board_id, image_ids))

    def bring(self, board_id: int, paths: Sequence[Path], *, asks: bool = True) -> None:
        """Put files on a board, as far as the library has them.

        Args:
            board_id: The board.
            paths: Files and folders.
            asks: Let `unknown` tell of the others; else it is only said that they are left out.
        """
        if self._engine is None:
            return
        job = operations.look_up(self._jobs, self._engine, paths)
        job.succeeded.connect(lambda found: self._on_looked_up(board_id, found, asks=asks))
        job.failed.connect(self.failed)

    def move(self, image_ids: Sequence[int], target: int) -> None:
        """Take pictures off the open board and put them on another, with their notes."""
        source = self._open
        if image_ids and source is not None and source != target:
            self._change(lambda boards: boards.move(source, target, image_ids))

    def remove(self, image_ids: Sequence[int]) -> None:
        """Take pictures off the open board."""
        board_id = self._open
        if image_ids and board_id is not None:
            self._change(lambda boards: boards.remove(board_id, image_ids))

    def arrange(self, image_ids: Sequence[int]) -> None:
        """Put the pictures of the open board into another order."""
        board = self.open_board
        if board is not None and tuple(image_ids) != board.images:
            self._change(lambda boards: boards.arrange(board.board_id, image_ids))

    def sort_by_name(self) -> None:
        """Put the pictures of the open board in the order of their files' names."""
        shown = [self.pictures.picture(row) for row in range(self.pictures.rowCount())]
        shown.sort(key=lambda picture: judging_phrases.picture_name(picture).casefold())
        self.arrange([picture.image_id for picture in shown])

    def place(self, places: PlaceMap) -> None:
        """Put pictures of the open board somewhere on its canvas."""
        board_id = self._open
        if places and board_id is not None:
            self._change(lambda boards: boards.place(board_id, places))

    def note_picture(self, board_id: int, image_id: int, text: str) -> None:
        """Say something of a picture on a board."""
        self._change(lambda boards: boards.note(board_id, image_id, text))

    def export(self, out: Path) -> None:
        """Write all boards and good analogies as groups."""
        if self._engine is not None:
            job = judgements.export_groups(self._jobs, self._engine, out)
            job.succeeded.connect(lambda report: self._on_exported(report, out))
            job.failed.connect(self.not_exported)

    def take_in(self, changes: tuple[BoardChange, ...]) -> None:
        """Follow changes that were made elsewhere; they can be undone like those made here."""
        self._on_changed(changes)

    def _change(
        self,
        do: Callable[[EngineBoards], BoardChange | tuple[BoardChange, ...]],
        then: Callable[[tuple[BoardChange, ...]], None] | None = None,
    ) -> None:
        if self._engine is not None:
            job = operations.change(self._jobs, self._engine, do)
            if then is not None:
                job.succeeded.connect(then)
            self._watch(job)

    def _watch(self, job: Job) -> None:
        job.succeeded.connect(self._on_changed)
        job.failed.connect(self.failed)

    def _on_created(self, changes: tuple[BoardChange, ...]) -> None:
        assert changes[0].after is not None
        self._open = changes[0].after.board_id

    def _on_changed(self, changes: tuple[BoardChange, ...]) -> None:
        said = judging_phrases.boards_changed(changes)
        if said:
            self.said.emit(said)
        if any(change.before != change.after for change in changes):
            before = [(_board_id(change), change.before) for change in reversed(changes)]
            after = [(_board_id(change), change.after) for change in changes]
            self._undo.push(
                judging_phrases.boards_step(changes),
                lambda: self._restore(before),
                lambda: self._restore(after),
            )
        self.reload()

    def _restore(self, states: Sequence[tuple[int, Board | None]]) -> None:
        if self._engine is not None:
            job = operations.restore(self._jobs, self._engine, states)
            job.succeeded.connect(lambda _: self.reload())
            job.failed.connect(self._on_not_restored)

    def _on_not_restored(self, trouble: Trouble) -> None:
        self._undo.forget()
        self.failed.emit(trouble)

    def _on_looked_up(self, board_id: int, found: LookedUp, *, asks: bool) -> None:
        self.add(board_id, found.image_ids)
        if found.others and asks:
            self.unknown.emit(board_id, found.others)
        elif found.others:
            self.said.emit(judging_phrases.not_brought(len(found.others)))

    def _on_exported(self, report: GroupsReport, out: Path) -> None:
        self.exported.emit(report, out)

    # --- reading ----------------------------------------------------------------------------------

    def _on_boards(self, state: BoardsState) -> None:
        before = self.boards.row_of(self._open)
        self.boards.replace(state.boards, state.covers)
        self._last = state.last
        if self.boards.row_of(self._open) is None:  # the one in its place is next to it
            row = min(before or 0, len(state.boards) - 1)
            self._open = state.boards[row].board_id if state.boards else None
            self.pictures.replace([])
        self._read_pictures()
        self.changed.emit()

    def _read_pictures(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if self._engine is not None and self._open is not None:
            self._reading = operations.read_board(self._jobs, self._engine, self._open)
            self._reading.succeeded.connect(self._on_pictures)
            self._reading.failed.connect(self.failed)

    def _on_pictures(self, state: BoardState) -> None:
        self.pictures.replace(state.pictures)
        self.changed.emit()


def _board_id(change: BoardChange) -> int:
    board = change.after or change.before
    assert board is not None, "a board was there before the change or after it"
    return board.board_id
