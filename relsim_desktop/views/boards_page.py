"""The boards: their names on the left, the pictures of the open one on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import BoardsModel
from relsim_desktop.presenters.boards import Boards
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.views.board_tiles import BoardView
from relsim_desktop.views.buttons import icon_button, push_button, text_button
from relsim_desktop.views.labels import MessagePage, label
from relsim_desktop.views.slot_text import CaptionLabel

if TYPE_CHECKING:
    from engine.types import BoardPicture

_LIST_WIDTH = 264
_NO_BOARDS = (
    "No boards yet",
    "A board collects analogies. Press B on a picture, or choose “Add to board” in its menu.",
)
_EMPTY = ("Nothing on this board yet", "Press B on a picture to put it here.")


class BoardsPage(QWidget):
    """Shows `Boards`."""

    new_asked = Signal()
    rename_asked = Signal(object)
    """A `Board`."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a list of `BoardPicture`, at a global position."""

    picked = Signal(object)
    """A `BoardPicture` was double-clicked, or Return pressed on it."""

    export_asked = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, boards: Boards) -> None:
        super().__init__()
        self.setObjectName("boardsPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._boards = boards
        self._row = 0  # of the current picture, which a change of the board would lose
        self.list = QListView()
        self.list.setModel(boards.boards)
        self.list.setItemDelegate(_BoardLine(theme))
        self.list.setAccessibleName("Boards")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.view = BoardView(theme, thumbnails, boards.pictures)
        self.new_button = icon_button(theme, "add", "New board")
        self.export_button = push_button("Export as groups…")
        self.export_button.setToolTip("Write all boards and good analogies for the trainer")
        self.rename_button = text_button(theme, "edit", "Rename", tooltip="Rename this board (F2)")
        self.delete_button = text_button(theme, "clear", "Delete", tooltip="Delete this board")
        self.name = CaptionLabel(theme, scale=1.2, max_lines=1)
        self.count = label(theme, muted=True)
        self.message = MessagePage(theme)
        self._content = QStackedWidget()
        self._lay_out(theme)
        self._wire()
        self._on_changed()

    @property
    def selected(self) -> list[BoardPicture]:
        """The selected pictures, in the board's order."""
        return [self._boards.pictures.picture(row) for row in self.view.selected_rows]

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.new_button,
            self.list,
            self.export_button,
            self.rename_button,
            self.delete_button,
            self.view,
        )

    def take_focus(self) -> None:
        """Let the keyboard act on the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.addWidget(label(theme, "Boards", scale=1.15, bold=True))
        head.addStretch()
        head.addWidget(self.new_button)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 12)
        left.setSpacing(0)
        left.addLayout(head)
        left.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 0)
        foot.addWidget(self.export_button, 1)
        left.addLayout(foot)
        side = QWidget()
        side.setObjectName("boardList")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setLayout(left)
        side.setFixedWidth(_LIST_WIDTH)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self.name, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.count)
        row.addSpacing(8)
        row.addWidget(self.rename_button)
        row.addWidget(self.delete_button)
        self._content.addWidget(self.message)
        self._content.addWidget(self.view)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._head)
        right.addWidget(self._content, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(right, 1)

    def _wire(self) -> None:
        boards = self._boards
        self.list.selectionModel().currentChanged.connect(self._on_board)
        self.new_button.clicked.connect(self.new_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.rename_button.clicked.connect(self.rename)
        self.delete_button.clicked.connect(self.delete)
        self.view.activated.connect(self._on_picked)
        self.view.customContextMenuRequested.connect(self._on_menu)
        boards.changed.connect(self._on_changed)
        boards.pictures.modelAboutToBeReset.connect(self._note_row)

    def rename(self) -> None:
        """Ask for another name of the open board."""
        if self._boards.open_board is not None:
            self.rename_asked.emit(self._boards.open_board)

    def delete(self) -> None:
        """Delete the open board; it can be undone."""
        if self._boards.open_board is not None:
            self._boards.delete(self._boards.open_board.board_id)

    def remove_selected(self) -> None:
        """Take the selected pictures off the board; it can be undone."""
        self._boards.remove([picture.image_id for picture in self.selected])

    def _note_row(self) -> None:
        self._row = max(self.view.currentIndex().row(), 0)

    def _on_board(self, index: QModelIndex) -> None:
        if index.isValid():
            self._boards.open(self._boards.boards.board(index.row()).board_id)

    def _on_changed(self) -> None:
        board = self._boards.open_board
        self._head.setVisible(board is not None)
        if board is None:
            self._say("board", *_NO_BOARDS)
            return
        index = self._boards.boards.index(self._boards.boards.row_of(board.board_id) or 0)
        if self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)
        self.name.text = board.name
        self.count.setText(judging_phrases.board_count(board, self._boards.pictures.away))
        if not board.images:
            self._say("board", *_EMPTY)
            return
        self._content.setCurrentWidget(self.view)
        rows = self._boards.pictures.rowCount()
        if rows and not self.view.currentIndex().isValid() and self.view.hasFocus():
            self.view.setCurrentIndex(self._boards.pictures.index(min(self._row, rows - 1)))

    def _say(self, icon: str, title: str, hint: str) -> None:
        self.message.say(icon, title, hint)
        self._content.setCurrentWidget(self.message)

    def _on_picked(self, index: QModelIndex) -> None:
        self.picked.emit(self._boards.pictures.picture(index.row()))

    def _on_menu(self, point: QPoint) -> None:
        if self.selected:
            self.menu_asked.emit(self.selected, self.view.viewport().mapToGlobal(point))


class _BoardLine(QStyledItemDelegate):
    """A board in the list: its name, and how many pictures it has."""

    _HEIGHT = 40

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One height for all, so that the list costs what is visible."""
        return QSize(_LIST_WIDTH, self._HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._theme.colors
        is_open = bool(option.state & QStyle.StateFlag.State_Selected)
        line: QRect = option.rect.adjusted(8, 2, -8, -2)
        if is_open or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint if is_open else colors.hover)
            painter.drawRoundedRect(line, 8, 8)
        if is_open and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colors.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(line, 8, 8)
        small = self._theme.font(0.9)
        number = f"{index.data(BoardsModel.COUNT):,}"
        room = QFontMetrics(small).horizontalAdvance(number) + 12
        words = line.adjusted(10, 0, -10, 0)
        painter.setFont(small)
        painter.setPen(colors.muted)
        to_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, to_right, number)
        font = self._theme.font()
        painter.setFont(font)
        painter.setPen(colors.accent_text if is_open else colors.text)
        name = QFontMetrics(font).elidedText(
            judging_phrases.board_name(index.data()),
            Qt.TextElideMode.ElideRight,
            words.width() - room,
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
