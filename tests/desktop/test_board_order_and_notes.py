"""The grid of a board in another order, and notes on the board and its pictures."""

from __future__ import annotations

import pytest
from board_driving import open_page, stored
from desktop_driving import TIMEOUT_MS
from judging_driving import NAMES, focus, make_board, settle
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from engine.types import Place
from relsim_desktop.app import Desktop
from relsim_desktop.views.boards.tiles import BoardView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class OwnDrop(QDropEvent):
    """A drop of what was dragged within a view."""

    def __init__(self, view: BoardView, at: QPoint) -> None:
        keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        self.data = QMimeData()
        super().__init__(QPointF(at), Qt.DropAction.CopyAction, self.data, button, keys)
        self._view = view

    def source(self) -> BoardView:
        return self._view


def names(desktop: Desktop) -> list[str]:
    model = desktop.workspace.boards.pictures
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_pictures_are_dragged_into_another_order(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    view = open_page(filled, qtbot).view
    view.setCurrentIndex(view.model().index(0, 0))
    third = view.visualRect(view.model().index(2, 0))
    view.dropEvent(OwnDrop(view, third.center() + QPoint(third.width() // 3, 0)))
    settle(filled, qtbot)
    assert names(filled) == [NAMES[1], NAMES[2], NAMES[0]]
    assert view.selected_rows == [2], "what was moved is still selected"
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert names(filled) == list(NAMES)
    assert view.selected_rows == [0]


def test_alt_and_arrows_move_pictures(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    view = open_page(filled, qtbot).view
    focus(filled, view, qtbot)
    view.setCurrentIndex(view.model().index(0, 0))
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        settle(filled, qtbot)
    assert names(filled) == [NAMES[1], NAMES[2], NAMES[0]]
    assert view.currentIndex().row() == 2
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle(filled, qtbot)
    assert names(filled) == [NAMES[1], NAMES[0], NAMES[2]]
    assert filled.workspace.undo.stack.undoText() == "arranging a board"


def test_pictures_are_sorted_by_name_and_back(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    sidebar = open_page(filled, qtbot).sidebar
    menu = sidebar.menu(stored(filled, "Rings"))
    next(action for action in menu.actions() if action.text().startswith("Sort")).trigger()
    settle(filled, qtbot)
    assert names(filled) == sorted(NAMES)
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert names(filled) == list(NAMES)


def test_notes_are_written_beside_the_pictures_and_undone(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_page(filled, qtbot)
    page.head.notes_button.click()
    details = page.details
    page.view.setCurrentIndex(page.view.model().index(1, 0))
    engine = filled.workspace.engine
    assert engine is not None
    image_id = page.selected[0].image_id
    settle(filled, qtbot)
    assert details.caption.text == engine.describe(image_id).text
    assert details.name.full_text == NAMES[1]
    assert details.source.full_text.endswith(NAMES[1])

    focus(filled, details.note, qtbot)
    qtbot.keyClicks(details.note, "the empty middle")
    qtbot.keyClick(details.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(filled, qtbot)
    assert stored(filled, "Rings").notes == {image_id: "the empty middle"}
    assert filled.workspace.undo.stack.undoText() == "writing a note"

    focus(filled, details.board_note, qtbot)
    qtbot.keyClicks(details.board_note, "For the poster")
    qtbot.waitUntil(lambda: stored(filled, "Rings").note == "For the poster", timeout=TIMEOUT_MS)
    settle(filled, qtbot)
    page.view.setCurrentIndex(page.view.model().index(0, 0))
    assert details.note.toPlainText() == ""
    page.view.setCurrentIndex(page.view.model().index(1, 0))
    assert details.note.toPlainText() == "the empty middle"
    for _ in range(2):
        filled.window.verbs.undo.trigger()
        settle(filled, qtbot)
    assert details.note.toPlainText() == details.board_note.toPlainText() == ""
    assert stored(filled, "Rings").notes == {}


def test_a_note_that_is_being_written_survives_what_else_happens(
    filled: Desktop, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_page(filled, qtbot)
    page.head.notes_button.click()
    focus(filled, page.details.board_note, qtbot)
    qtbot.keyClicks(page.details.board_note, "half a")
    filled.workspace.boards.reload()
    settle(filled, qtbot)
    qtbot.keyClicks(page.details.board_note, " thought")
    filled.window.verbs.boards.setChecked(False)
    settle(filled, qtbot)
    assert stored(filled, "Rings").note == "half a thought", "leaving the page keeps it"


def test_layout_is_remembered_and_removing_keeps_the_rest(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_page(filled, qtbot, "canvas")
    first, second, third = page.canvas.boxes
    filled.workspace.boards.place({second: Place(5, 5, 50)})
    settle(filled, qtbot)
    page.canvas.select([first])
    page.head.grid_button.click()
    assert page.view.selected_rows == [0], "what was selected there is selected here"
    page.remove_selected()
    settle(filled, qtbot)
    page.head.canvas_button.click()
    assert list(page.canvas.boxes) == [second, third]
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert stored(filled, "Rings").places == {second: Place(5, 5, 50)}
