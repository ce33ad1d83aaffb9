"""The boards of the library, and the pictures of one board."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, Qt

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.pictures import Index, PictureListModel

if TYPE_CHECKING:
    from engine.types import Board, BoardPicture


class BoardsModel(QAbstractListModel):
    """Rows are `Board` values."""

    COUNT = Qt.ItemDataRole.UserRole
    """Role of the number of a board's pictures."""

    def __init__(self) -> None:
        super().__init__()
        self._boards: list[Board] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of boards."""
        return 0 if parent is not None and parent.isValid() else len(self._boards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, number of pictures, both in words."""
        if not index.isValid():
            return None
        board = self._boards[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return board.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return judging_phrases.board_line(board)
            case self.COUNT:
                return len(board.images)
        return None

    def board(self, row: int) -> Board:
        """The board of a row."""
        return self._boards[row]

    @property
    def boards(self) -> tuple[Board, ...]:
        """All of them."""
        return tuple(self._boards)

    def row_of(self, board_id: int | None) -> int | None:
        """The row of a board, if it is there."""
        rows = (row for row, board in enumerate(self._boards) if board.board_id == board_id)
        return next(rows, None)

    def replace(self, boards: Sequence[Board]) -> None:
        """Show other boards."""
        if list(boards) == self._boards:
            return
        self.beginResetModel()
        self._boards = list(boards)
        self.endResetModel()


class BoardPicturesModel(PictureListModel):
    """Rows are `BoardPicture` values. A picture of a folder that left the library has no file."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: list[BoardPicture] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of pictures."""
        return 0 if parent is not None and parent.isValid() else len(self._pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """File name, tooltip and accessible text."""
        if not index.isValid():
            return None
        picture = self._pictures[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return judging_phrases.picture_name(picture)
            case Qt.ItemDataRole.ToolTipRole:
                return judging_phrases.picture_in_full(picture)
            case Qt.ItemDataRole.AccessibleTextRole:
                return judging_phrases.picture_line(picture)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only a file can be dragged out."""
        flags = super().flags(index)
        if index.isValid() and self._pictures[index.row()].path is None:
            flags &= ~Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dragged rows that have a file, as file URLs."""
        return super().mimeData([i for i in indexes if self._pictures[i.row()].path is not None])

    def picture(self, row: int) -> BoardPicture:
        """The picture of a row."""
        return self._pictures[row]

    @property
    def away(self) -> int:
        """How many pictures are not there now."""
        return sum(not picture.is_online for picture in self._pictures)

    def path(self, row: int) -> Path:
        """The file of a row that has one."""
        path = self._pictures[row].path
        assert path is not None, "only a file is dragged or drawn"
        return path

    def replace(self, pictures: Sequence[BoardPicture]) -> None:
        """Show other pictures."""
        if list(pictures) == self._pictures:
            return
        self.beginResetModel()
        self._pictures = list(pictures)
        self.endResetModel()
