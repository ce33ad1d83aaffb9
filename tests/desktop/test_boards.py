"""Collecting pictures on boards in the window, and taking them away as groups."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, row_of
from judging_driving import NAMES, RING, ask, boards, focus, make_board, press, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from engine.judging.groups import read_groups
from relsim_desktop.app import Desktop
from relsim_desktop.views.boards.dialog import BoardDialog
from relsim_desktop.views.boards.menu import BoardMenu
from relsim_desktop.views.boards.page import BoardsPage
from relsim_desktop.views.picture_menu import PictureMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_b_collects_on_the_last_board_and_names_the_first(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    press(filled, Qt.Key.Key_B, qtbot)
    dialog = filled.window.findChild(BoardDialog)
    assert not dialog.save_button.isEnabled()
    dialog.line.setText("  Rings ")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": 1}
    press(filled, Qt.Key.Key_B, qtbot, row=1)
    press(filled, Qt.Key.Key_B, qtbot, row=1)
    strip = filled.window.parts.strip
    assert strip.text.text() == "“Rings” holds that already"
    view = filled.window.parts.collection.view
    focus(filled, view, qtbot)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_B)
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": 24}
    assert strip.text.text() == "Put 22 pictures on “Rings”"
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": 2}


def test_the_menu_puts_a_picture_on_a_board(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, "ring-crimson.png")
    make_board(filled, "Grids & rows", qtbot)
    view = filled.window.parts.collection.view
    view.setCurrentIndex(view.model().index(row_of(filled, "ring-crimson.png"), 0))
    view.customContextMenuRequested.emit(QPoint(20, 20))
    menu = filled.window.findChildren(PictureMenu)[-1].findChild(BoardMenu)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions) == ["Grids && rows\tB", "Rings", "New board…"]
    assert actions["Rings"].isChecked()
    assert not actions["Rings"].isEnabled()
    actions["Grids && rows\tB"].trigger()
    settle(filled, qtbot)
    assert boards(filled) == {"Grids & rows": 1, "Rings": 1}
    actions["New board…"].trigger()
    dialog = filled.window.findChildren(BoardDialog)[-1]
    dialog.line.setText("rings")
    assert not dialog.save_button.isEnabled()
    assert dialog.hint.text() == "There is a board of that name already."
    dialog.reject()
    filled.window.findChildren(PictureMenu)[-1].close()


def open_boards(desktop: Desktop, qtbot: QtBot) -> BoardsPage:
    desktop.window.verbs.boards.trigger()
    settle(desktop, qtbot)
    assert desktop.window.judging.is_showing_boards
    return desktop.window.judging.page


def test_a_board_is_looked_at_renamed_emptied_and_deleted(filled: Desktop, qtbot: QtBot) -> None:
    page = open_boards(filled, qtbot)
    assert page.message.title == "No boards yet"
    make_board(filled, "Grids", qtbot)
    assert page.message.title == "Nothing on this board yet"
    make_board(filled, "Rings", qtbot, *NAMES)
    pictures = filled.workspace.boards.pictures
    assert [pictures.index(row).data() for row in range(3)] == list(NAMES)
    assert (page.name.text, page.count.text()) == ("Rings", "3 pictures")

    focus(filled, page.view, qtbot)
    page.view.setCurrentIndex(pictures.index(1))
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 0, "Rings": 2}
    assert page.view.currentIndex().row() == 1, "the keyboard stays where it was"

    qtbot.keyClick(page.view, Qt.Key.Key_F2)
    dialog = filled.window.findChildren(BoardDialog)[-1]
    assert dialog.line.text() == "Rings"
    dialog.line.setText(RING)
    dialog.save_button.click()
    settle(filled, qtbot)
    assert page.name.text == RING

    page.delete_button.click()
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 0}
    assert page.name.text == "Grids", "the board next to it is open"
    for _ in range(3):
        filled.window.verbs.undo.trigger()
        settle(filled, qtbot)
    assert boards(filled) == {"Grids": 0, "Rings": 3}
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    settle(filled, qtbot)
    assert [pictures.index(row).data() for row in range(3)] == list(NAMES)
    focus(filled, page.list, qtbot)
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert filled.window.parts.is_browsing
    assert not filled.window.parts.boards_button.isChecked()


def test_a_picture_of_a_board_is_asked_about_and_taken_off_by_its_menu(
    filled: Desktop, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_boards(filled, qtbot)
    page.view.setCurrentIndex(page.view.model().index(0, 0))
    page.view.customContextMenuRequested.emit(QPoint(20, 20))
    menu = filled.window.findChildren(PictureMenu)[-1]
    next(a for a in menu.actions() if a.text().startswith("Remove from board")).trigger()
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": 2}
    menu.close()
    focus(filled, page.view, qtbot)
    page.view.setCurrentIndex(page.view.model().index(0, 0))
    answer(filled, lambda: qtbot.keyClick(page.view, Qt.Key.Key_Return), qtbot)
    assert filled.window.parts.is_browsing
    assert filled.window.parts.analogies.card.name.full_text == NAMES[1]


def test_a_board_keeps_what_is_not_there_now(filled: Desktop, pictures: Path, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    (pictures / NAMES[0]).unlink()
    (pictures / NAMES[1]).rename(pictures / "moved.png")
    with qtbot.waitSignal(filled.workspace.indexing.idle, timeout=TIMEOUT_MS):
        filled.window.verbs.rescan.trigger()
    settle(filled, qtbot)
    model = filled.workspace.boards.pictures
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == [f"{NAMES[0]}, not there now", "moved.png", NAMES[2]]
    page = open_boards(filled, qtbot)
    engine = filled.workspace.engine
    assert engine is not None
    engine.remove_folder(engine.store.folders()[0].folder_id)  # as the next start does for good
    filled.workspace.boards.reload()
    settle(filled, qtbot)
    assert [model.index(row).data() for row in range(3)] == ["Not in the library now"] * 3
    assert page.count.text() == "3 pictures, 3 not there now"
    assert not page.view.grab().isNull()
    page.view.selectAll()
    assert model.mimeData(page.view.selectedIndexes()).urls() == []
    page.view.customContextMenuRequested.emit(QPoint(20, 20))
    filled.window.findChildren(PictureMenu)[-1].close()


def test_boards_and_verdicts_are_exported_as_groups(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    make_board(filled, RING, qtbot, *NAMES)
    make_board(filled, "Lonely", qtbot, "grid-crimson.png")
    ask(filled, "growth-crimson.png", qtbot)
    press(filled, Qt.Key.Key_1, qtbot)
    page = open_boards(filled, qtbot)
    page.export_button.click()
    dialog = filled.window.findChild(QFileDialog)
    out = tmp_path / "groups.jsonl"
    with qtbot.waitSignal(filled.workspace.boards.exported, timeout=TIMEOUT_MS):
        dialog.fileSelected.emit(str(out))
    dialog.close()
    groups = read_groups(out)
    assert [(group.source, len(group.images)) for group in groups] == [
        ("board", 3),
        ("verdicts", 2),
    ]
    assert groups[0].caption == RING
    box = filled.window.findChild(QMessageBox)
    assert box.text() == "Exported 2 groups"
    assert "1 group from 2 boards. 4 pictures: 3 in groups, 1 left alone." in box.informativeText()
    assert "1 group from 1 good analogy. 2 pictures: 2 in groups." in box.informativeText()
    assert "“Lonely”" in box.informativeText()
    verify = next(button for button in box.buttons() if button.text() == "Verify them")
    verify.click()
    qtbot.waitUntil(lambda: filled.window.verification.verifying.path == out, timeout=TIMEOUT_MS)
    assert not filled.window.verbs.undo.isEnabled(), "there the keys undo decisions about groups"


def test_nothing_to_export_is_said(filled: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(filled.workspace.boards.not_exported, timeout=TIMEOUT_MS):
        filled.workspace.boards.export(tmp_path / "groups.jsonl")
    box = filled.window.findChild(QMessageBox)
    assert "nothing to export yet" in box.text()
    box.close()
    assert not (tmp_path / "groups.jsonl").exists()
