"""The boards of the library, and the pictures of one board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.pictures import Index, PictureListModel
from relsim_desktop.picture_data import PictureData

if TYPE_CHECKING:
    from engine.types import Board, BoardPicture


class BoardsModel(QAbstractListModel):
    """Rows are `Board` values."""

    COUNT = Qt.ItemDataRole.UserRole
    """Role of the number of a board's pictures."""

    BOARD = Qt.ItemDataRole.UserRole + 1
    """Role of the `Board` itself."""

    COVER = Qt.ItemDataRole.UserRole + 2
    """Role of the path of a board's first picture that is there, or None."""

    def __init__(self) -> None:
        super().__init__()
        self._boards: list[Board] = []
        self._covers: dict[int, Path] = {}

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
        own = {
            self.COUNT: len(board.images),
            self.BOARD: board,
            self.COVER: self._covers.get(board.board_id),
        }
        return own.get(role)

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

    def replace(self, boards: Sequence[Board], covers: Mapping[int, Path] | None = None) -> None:
        """Show other boards.

        Args:
            boards: All of them.
            covers: A picture for each that has one.
        """
        shown = dict(covers or {})
        if list(boards) == self._boards and shown == self._covers:
            return
        if [board.board_id for board in boards] == [board.board_id for board in self._boards]:
            self._boards, self._covers = list(boards), shown
            if boards:
                self.dataChanged.emit(self.index(0), self.index(len(boards) - 1))
            return
        self.beginResetModel()
        self._boards, self._covers = list(boards), shown
        self.endResetModel()


ORDERS: Final = ("name", "newest", "largest")
"""How boards can be ordered."""


class BoardsFilter(QSortFilterProxyModel):
    """Those boards whose name or note holds some words, in one of `ORDERS`."""

    def __init__(self, boards: BoardsModel) -> None:
        super().__init__()
        self._order = ORDERS[0]
        self._words: list[str] = []
        self.setSourceModel(boards)
        self.setDynamicSortFilter(True)
        self.sort(0)

    @property
    def order(self) -> str:
        """One of `ORDERS`."""
        return self._order

    @order.setter
    def order(self, order: str) -> None:
        self._order = order if order in ORDERS else ORDERS[0]
        self.invalidate()
        self.sort(0)

    def look_for(self, text: str) -> None:
        """Show those boards only that hold all words of a text."""
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether a board holds the words."""
        board = self._board(self.sourceModel().index(row, 0))
        text = f"{board.name}\n{board.note}".casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Whether a board comes before another."""
        return self._key(self._board(left)) < self._key(self._board(right))

    def _key(self, board: Board) -> tuple[int, str]:
        first = {"newest": -board.board_id, "largest": -len(board.images)}.get(self._order, 0)
        return first, board.name.casefold()

    def _board(self, index: QModelIndex | QPersistentModelIndex) -> Board:
        board: Board = index.data(BoardsModel.BOARD)
        return board


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

    def mimeData(self, indexes: Sequence[QModelIndex]) -> PictureData:
        """The dragged rows that have a file."""
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
        if [p.image_id for p in pictures] == [p.image_id for p in self._pictures]:
            self._pictures = list(pictures)  # notes and places only: what is selected stays so
            self.dataChanged.emit(self.index(0), self.index(len(pictures) - 1))
            return
        self.beginResetModel()
        self._pictures = list(pictures)
        self.endResetModel()
