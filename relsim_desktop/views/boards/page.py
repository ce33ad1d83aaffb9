"""The boards: their names on the left, the pictures of the open one, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from relsim_desktop import judging_phrases
from relsim_desktop.picture_data import local_paths
from relsim_desktop.presenters.boards import Boards
from relsim_desktop.presenters.wording import Wording
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.boards.canvas import BoardCanvas
from relsim_desktop.views.boards.details import BoardDetails
from relsim_desktop.views.boards.head import BoardHead
from relsim_desktop.views.boards.sidebar import BoardSidebar
from relsim_desktop.views.boards.tiles import BoardView
from relsim_desktop.views.labels import MessagePage
from relsim_desktop.views.window.drop_overlay import DropOverlay, DropZone

if TYPE_CHECKING:
    from engine.types import Board, BoardPicture

LAYOUTS: Final = ("grid", "canvas")
"""How the pictures of a board can lie."""


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
    """All boards are to be exported as groups."""

    take_asked = Signal()
    """The open board is to be exported."""

    layout_changed = Signal(str)
    """One of `LAYOUTS`."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, boards: Boards, wording: Wording
    ) -> None:
        super().__init__()
        self.setObjectName("boardsPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._boards = boards
        self._layout = LAYOUTS[0]
        self._row = 0  # of the current picture, which a change of the board would lose
        self.sidebar = BoardSidebar(theme, thumbnails, boards)
        self.list = self.sidebar.list
        self.new_button = self.sidebar.new_button
        self.export_button = self.sidebar.export_button
        self.head = BoardHead(theme)
        self.view = BoardView(theme, thumbnails, boards.pictures)
        self.canvas = BoardCanvas(theme, thumbnails, boards.pictures)
        self.details = BoardDetails(theme, boards, wording)
        self.message = MessagePage(theme)
        self._content = QStackedWidget()
        self._overlay = DropOverlay(theme, self)
        self._lay_out()
        self._wire()
        self._on_changed()

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def selected(self) -> list[BoardPicture]:
        """The selected pictures, in the board's order."""
        if self.shows_canvas:
            return self.canvas.selected
        return [self._boards.pictures.picture(row) for row in self.view.selected_rows]

    def chosen_pictures(self) -> list[Question]:
        """The selected pictures that have a file, for what can be done with files."""
        return [Question(path=p.path, image_id=p.image_id) for p in self.selected if p.path]

    @property
    def shows_canvas(self) -> bool:
        """Whether pictures lie freely."""
        return self._layout == "canvas"

    def show_layout(self, layout: str) -> None:
        """Let pictures lie in a grid, or freely; what is selected stays so."""
        ids = [picture.image_id for picture in self.selected]
        self._layout = layout if layout in LAYOUTS else LAYOUTS[0]
        self.head.show_layout(self._layout)
        if self.shows_canvas:
            self.canvas.select(ids)
        else:
            self.view.select(ids)
        self._on_changed()
        self.layout_changed.emit(self._layout)

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.sidebar.order_button,
            self.new_button,
            self.sidebar.search,
            self.list,
            self.export_button,
            *self.head.tab_order,
            self.view,
            self.canvas,
            *self.details.tab_order,
        )

    def take_focus(self) -> None:
        """Let the keyboard act on the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is done -----------------------------------------------------------------------------

    def rename(self) -> None:
        """Ask for another name of the open board."""
        if self._boards.open_board is not None:
            self.rename_asked.emit(self._boards.open_board)

    def delete(self) -> None:
        """Delete the open board; it can be undone."""
        if self._boards.open_board is not None:
            self._boards.delete(self._boards.open_board.board_id)

    def duplicate(self) -> None:
        """Make a board like the open one."""
        if self._boards.open_board is not None:
            self._boards.duplicate(self._boards.open_board.board_id)

    def remove_selected(self) -> None:
        """Take the selected pictures off the board; it can be undone."""
        self._boards.remove([picture.image_id for picture in self.selected])

    def take_drop(self, board: Board, paths: Sequence[Path], source: object) -> None:
        """Put what was dropped on a board.

        Pictures of the open board move there, and with Ctrl they are also left where they are.
        """
        is_own = source in (self.view, self.canvas)
        ids = [picture.image_id for picture in self.selected]
        keys = QGuiApplication.keyboardModifiers()
        if not is_own:
            self._boards.bring(board.board_id, paths)
        elif keys & Qt.KeyboardModifier.ControlModifier:
            self._boards.add(board.board_id, ids)
        else:
            self._boards.move(ids, board.board_id)

    # --- drops ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from elsewhere can be put on the open board."""
        is_foreign = event.source() is None and self._boards.open_board is not None
        event.setAccepted(is_foreign and bool(local_paths(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Say so."""
        board = self._boards.open_board
        if board is not None:
            name = judging_phrases.board_name(board.name)
            title = tr("Put on “{board}”").replace("{board}", name)
            corner = self._content.mapTo(self, QPoint())
            zone = DropZone(QRect(corner, self._content.size()), "board", title, lambda what: None)
            self._overlay.offer([zone], event.position().toPoint())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is put anywhere."""
        self._overlay.clear()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them there, once the program that they come from goes on."""
        self._overlay.clear()
        board, paths = self._boards.open_board, local_paths(event.mimeData())
        if board is not None and paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            QTimer.singleShot(0, self, lambda: self._boards.bring(board.board_id, paths))

    # --- wiring -----------------------------------------------------------------------------------

    def _wire(self) -> None:
        boards, head = self._boards, self.head
        self.new_button.clicked.connect(self.new_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.sidebar.rename_asked.connect(self.rename_asked)
        self.list.dropped.connect(
            lambda *what: QTimer.singleShot(0, self, lambda: self.take_drop(*what))
        )
        head.rename_button.clicked.connect(self.rename)
        head.delete_button.clicked.connect(self.delete)
        head.duplicate_button.clicked.connect(self.duplicate)
        head.take_button.clicked.connect(self.take_asked)
        head.notes_button.toggled.connect(self.details.setVisible)
        head.tidy_button.clicked.connect(self.canvas.tidy_up)
        head.fit_button.clicked.connect(self.canvas.fit)
        head.layout_asked.connect(self.show_layout)
        self.rename_button, self.delete_button = head.rename_button, head.delete_button
        self.name, self.count = head.name, head.count
        self.view.activated.connect(self._on_picked)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.ordered.connect(boards.arrange)
        self.view.selectionModel().selectionChanged.connect(self._show_selected)
        self.canvas.picked.connect(self.picked)
        self.canvas.menu_asked.connect(lambda point: self.menu_asked.emit(self.selected, point))
        self.canvas.placed.connect(boards.place)
        self.canvas.ordered.connect(boards.arrange)
        self.canvas.scene().selectionChanged.connect(self._show_selected)
        boards.changed.connect(self._on_changed)
        boards.pictures.modelAboutToBeReset.connect(self._note_row)

    def _lay_out(self) -> None:
        for part in (self.message, self.view, self.canvas):
            self._content.addWidget(part)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.head)
        middle.addWidget(self._content, 1)
        self.details.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addLayout(middle, 1)
        layout.addWidget(self.details)

    def _note_row(self) -> None:
        self._row = max(self.view.currentIndex().row(), 0)

    def _show_selected(self) -> None:
        self.details.show_pictures(self.selected)

    def _on_changed(self) -> None:
        board = self._boards.open_board
        self.head.setVisible(board is not None)
        self.details.show_board(board)
        self.details.setVisible(board is not None and self.head.notes_button.isChecked())
        if board is None:
            self._say(
                tr("No boards yet"),
                tr(
                    "A board collects analogies. Press B on a picture, or choose “Add to board” in "
                    "its menu."
                ),
            )
            return
        self.head.show_board(board, self._boards.pictures.away)
        if not board.images:
            self._say(
                tr("Nothing on this board yet"),
                tr("Press B on a picture to put it here, or drag pictures here."),
            )
            self._show_selected()
            return
        self._content.setCurrentWidget(self.canvas if self.shows_canvas else self.view)
        self._show_selected()
        rows = self._boards.pictures.rowCount()
        if rows and not self.view.currentIndex().isValid() and self.view.hasFocus():
            self.view.setCurrentIndex(self._boards.pictures.index(min(self._row, rows - 1)))

    def _say(self, title: str, hint: str) -> None:
        self.message.say("board", title, hint)
        self._content.setCurrentWidget(self.message)

    def _on_picked(self, index: QModelIndex) -> None:
        self.picked.emit(self._boards.pictures.picture(index.row()))

    def _on_menu(self, point: QPoint) -> None:
        if self.selected:
            self.menu_asked.emit(self.selected, self.view.viewport().mapToGlobal(point))
