"""The boards of the library: which there are, what the open one shows, and changing them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import BoardPicturesModel, BoardsModel
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import judgements
from relsim_desktop.operations.judgements import BoardsState, BoardState
from relsim_desktop.presenters.undo import Undo

if TYPE_CHECKING:
    from engine.judged_groups import GroupsReport
    from engine.service import Engine
    from engine.types import Board, BoardChange


class Boards(QObject):
    """Keeps item models of the boards, and of the pictures of the one that is open."""

    changed = Signal()
    """There are other boards, or another one is open; see `models`, `open_board`, `last`."""

    said = Signal(str)
    """What was done, in one line."""

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
            job = judgements.read_boards(self._jobs, self._engine)
            job.succeeded.connect(self._on_boards)
            job.failed.connect(self.failed)

    def open(self, board_id: int) -> None:
        """Show the pictures of a board."""
        if board_id != self._open:
            self._open = board_id
            self.pictures.replace([])
            self._read_pictures()
            self.changed.emit()

    # --- changes ----------------------------------------------------------------------------------

    def create(self, name: str, image_ids: Sequence[int] = ()) -> None:
        """Make a board, with pictures or without; it is open then."""
        if self._engine is not None:
            job = judgements.create_board(self._jobs, self._engine, name, image_ids)
            job.succeeded.connect(self._on_created)
            self._watch(job)

    def rename(self, board_id: int, name: str) -> None:
        """Give a board another name."""
        if self._engine is not None:
            self._watch(judgements.rename_board(self._jobs, self._engine, board_id, name))

    def delete(self, board_id: int) -> None:
        """Forget a board."""
        if self._engine is not None:
            self._watch(judgements.delete_board(self._jobs, self._engine, board_id))

    def add(self, board_id: int, image_ids: Sequence[int]) -> None:
        """Put pictures on a board."""
        if self._engine is not None and image_ids:
            self._watch(judgements.add_to_board(self._jobs, self._engine, board_id, image_ids))

    def remove(self, image_ids: Sequence[int]) -> None:
        """Take pictures off the open board."""
        if self._engine is not None and self._open is not None and image_ids:
            job = judgements.remove_from_board(self._jobs, self._engine, self._open, image_ids)
            self._watch(job)

    def export(self, out: Path) -> None:
        """Write all boards and good analogies as groups."""
        if self._engine is not None:
            job = judgements.export_groups(self._jobs, self._engine, out)
            job.succeeded.connect(lambda report: self._on_exported(report, out))
            job.failed.connect(self.not_exported)

    def _watch(self, job: Job) -> None:
        job.succeeded.connect(self._on_changed)
        job.failed.connect(self.failed)

    def _on_created(self, change: BoardChange) -> None:
        assert change.after is not None
        self._open = change.after.board_id

    def _on_changed(self, change: BoardChange) -> None:
        self.said.emit(judging_phrases.board_changed(change))
        if change.before != change.after:
            board = change.after or change.before
            assert board is not None
            board_id = board.board_id
            self._undo.push(
                judging_phrases.board_step(change),
                lambda: self._restore(board_id, change.before),
                lambda: self._restore(board_id, change.after),
            )
        self.reload()

    def _restore(self, board_id: int, state: Board | None) -> None:
        if self._engine is not None:
            job = judgements.restore_board(self._jobs, self._engine, board_id, state)
            job.succeeded.connect(lambda _: self.reload())
            job.failed.connect(self._on_not_restored)

    def _on_not_restored(self, trouble: Trouble) -> None:
        self._undo.forget()
        self.failed.emit(trouble)

    def _on_exported(self, report: GroupsReport, out: Path) -> None:
        self.exported.emit(report, out)

    # --- reading ----------------------------------------------------------------------------------

    def _on_boards(self, state: BoardsState) -> None:
        before = self.boards.row_of(self._open)
        self.boards.replace(state.boards)
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
            self._reading = judgements.read_board(self._jobs, self._engine, self._open)
            self._reading.succeeded.connect(self._on_pictures)
            self._reading.failed.connect(self.failed)

    def _on_pictures(self, state: BoardState) -> None:
        self.pictures.replace(state.pictures)
        self.changed.emit()
