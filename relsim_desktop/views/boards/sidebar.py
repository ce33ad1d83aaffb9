"""The left side of the page of the boards: search, order, the list, and exporting all as groups."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import ORDERS, BoardsFilter, BoardsModel
from relsim_desktop.presenters.boards import Boards
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.boards.list import WIDTH, BoardList
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.types import Board

MANY: Final = 7
"""From so many boards on there is a line to search them."""


class BoardSidebar(QWidget):
    """Shows the boards of `Boards` and opens the one that is chosen."""

    rename_asked = Signal(object)
    """A `Board`."""

    order_changed = Signal(str)
    """One of `ORDERS`."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, boards: Boards) -> None:
        super().__init__()
        self.setObjectName("boardList")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._boards = boards
        self.filter = BoardsFilter(boards.boards)
        self.list = BoardList(theme, thumbnails, self.filter)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search boards"))
        self.search.setAccessibleName(tr("Search boards"))
        self.search.setClearButtonEnabled(True)
        self.new_button = icon_button(theme, "add", tr("New board"))
        self.order_button = icon_button(theme, "more", tr("Order of the boards"))
        self.export_button = push_button(tr("Export as groups…"))
        self.export_button.setToolTip(tr("Write all boards and good analogies for the trainer"))
        self._lay_out(theme)
        self.search.textChanged.connect(self.filter.look_for)
        self.list.selectionModel().currentChanged.connect(self._on_board)
        self.list.menu_asked.connect(lambda board, point: self.menu(board).popup(point))
        self.order_button.clicked.connect(self._on_order)
        boards.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Mark the board that is open."""
        self.search.setVisible(self._boards.boards.rowCount() >= MANY)
        if self.search.isHidden():
            self.search.clear()
        board = self._boards.open_board
        row = self._boards.boards.row_of(None if board is None else board.board_id)
        index = self.filter.mapFromSource(self._boards.boards.index(-1 if row is None else row))
        if index.isValid() and self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)

    def menu(self, board: Board) -> QMenu:
        """What can be done with a board; who calls pops it up."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename…"), lambda: self.rename_asked.emit(board))
        menu.addAction(tr("Duplicate"), lambda: self._boards.duplicate(board.board_id))
        others = [other for other in self._boards.boards.boards if other != board]
        merge = menu.addMenu(tr("Merge into"))
        merge.setEnabled(bool(others))
        for other in others:
            name = judging_phrases.board_name(other.name).replace("&", "&&")
            merge.addAction(name, partial(self._boards.merge, board.board_id, other.board_id))
        if board == self._boards.open_board:
            sort = menu.addAction(tr("Sort pictures by name"), self._boards.sort_by_name)
            sort.setEnabled(len(board.images) > 1)
        menu.addSeparator()
        menu.addAction(tr("Delete"), lambda: self._boards.delete(board.board_id))
        return menu

    def set_order(self, order: str) -> None:
        """Order the boards in one of `ORDERS`."""
        self.filter.order = order
        self.order_changed.emit(self.filter.order)

    def order_menu(self) -> QMenu:
        """How the boards can be ordered; who calls pops it up."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = {
            "name": tr("By name"),
            "newest": tr("Newest first"),
            "largest": tr("Largest first"),
        }
        group = QActionGroup(menu)
        for order in ORDERS:
            action = menu.addAction(names[order])
            action.setCheckable(True)
            action.setChecked(self.filter.order == order)
            action.triggered.connect(lambda _=False, order=order: self.set_order(order))
            group.addAction(action)
        return menu

    def _on_order(self) -> None:
        below = QPoint(0, self.order_button.height())
        self.order_menu().popup(self.order_button.mapToGlobal(below))

    def _on_board(self, index: QModelIndex) -> None:
        board: Board | None = index.data(BoardsModel.BOARD) if index.isValid() else None
        if board is not None:
            self._boards.open(board.board_id)

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(0)
        head.addWidget(label(theme, tr("Boards"), scale=1.15, bold=True))
        head.addStretch()
        head.addWidget(self.order_button)
        head.addWidget(self.new_button)
        search = QHBoxLayout()
        search.setContentsMargins(12, 0, 12, 8)
        search.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 0)
        foot.addWidget(self.export_button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(search)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
