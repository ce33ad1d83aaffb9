"""Judging pairs and collecting boards in the window, and taking both away as groups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, click, index, row_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine.groups import read_groups
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.views.board_dialog import BoardDialog
from relsim_desktop.views.board_menu import BoardMenu
from relsim_desktop.views.boards_page import BoardsPage
from relsim_desktop.views.picture_menu import PictureMenu
from relsim_desktop.views.verdict_marks import button_spots

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RING = "{Objects} arranged in a circle around an empty center"
NAMES = ("ring-crimson.png", "ring-seagreen.png", "ring-royalblue.png")


def ask(desktop: Desktop, name: str, qtbot: QtBot) -> None:
    """Click a picture of the collection, and wait until its neighbors can be judged."""
    view = desktop.window.parts.collection.view
    answer(desktop, lambda: click(view, row_of(desktop, name), qtbot), qtbot)
    settle(desktop, qtbot)


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desktop.workspace.jobs.running == 0, timeout=TIMEOUT_MS)


def focus(desktop: Desktop, widget: QWidget, qtbot: QtBot) -> None:
    """Put the keyboard on a widget, also after a dialog was open."""
    desktop.window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus, timeout=TIMEOUT_MS)


def press(desktop: Desktop, key: Qt.Key, qtbot: QtBot, row: int = 0) -> None:
    """Press a key on a neighbor, and wait until what it does is stored."""
    panel = desktop.window.parts.analogies
    focus(desktop, panel.view, qtbot)
    panel.view.setCurrentIndex(panel.model.index(row))
    qtbot.keyClick(panel.view, key)
    settle(desktop, qtbot)


def verdicts(desktop: Desktop) -> list[str | None]:
    model = desktop.window.parts.analogies.model
    return [model.verdict(row) for row in range(3)]


def boards(desktop: Desktop) -> dict[str, int]:
    """Names of the boards, and how many pictures each has."""
    return {board.name: len(board.images) for board in desktop.workspace.boards.boards.boards}


def make_board(desktop: Desktop, name: str, qtbot: QtBot, *pictures: str) -> None:
    """Make a board with pictures, by the dialog."""
    files = desktop.workspace.collection.files
    ids = [files.entry(row_of(desktop, picture)).image_id for picture in pictures]
    dialog = desktop.window.judging.new_board([i for i in ids if i is not None])
    dialog.line.setText(name)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle(desktop, qtbot)


def test_keys_judge_a_neighbor_and_once_more_takes_it_back(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        press(filled, key, qtbot, row=key - Qt.Key.Key_1)
    assert verdicts(filled) == ["good", "alike", "no"]
    model = filled.window.parts.analogies.model
    said = str(model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Your verdict: Only looks alike" in said
    press(filled, Qt.Key.Key_3, qtbot)
    press(filled, Qt.Key.Key_2, qtbot, row=1)
    assert verdicts(filled) == ["no", None, "no"]


def test_a_verdict_is_of_the_pair_and_is_kept(
    open_desktop: Callable[..., Desktop], pictures: Path, qtbot: QtBot
) -> None:
    first = open_desktop()
    index(first, [pictures], qtbot)
    ask(first, "ring-crimson.png", qtbot)
    press(first, Qt.Key.Key_1, qtbot)
    other = first.window.parts.analogies.model.neighbor(0).path.name
    first.window.close()

    again = open_desktop()
    with qtbot.waitSignal(again.workspace.indexing.idle, timeout=TIMEOUT_MS):
        pass
    qtbot.waitUntil(lambda: again.workspace.collection.indexed == 24, timeout=TIMEOUT_MS)
    ask(again, other, qtbot)
    model = again.window.parts.analogies.model
    said = {model.neighbor(row).path.name: model.verdict(row) for row in range(model.rowCount())}
    assert said["ring-crimson.png"] == "good"
    assert list(said.values()).count(None) == len(said) - 1


def test_undo_and_redo_walk_through_verdicts(filled: Desktop, qtbot: QtBot) -> None:
    verbs = filled.window.verbs
    assert not verbs.undo.isEnabled()
    ask(filled, "ring-crimson.png", qtbot)
    press(filled, Qt.Key.Key_1, qtbot)
    press(filled, Qt.Key.Key_2, qtbot)
    assert verbs.undo.text() == "&Undo “Only looks alike”"
    seen = []
    for verb in (verbs.undo, verbs.undo, verbs.redo, verbs.redo):
        verb.trigger()
        settle(filled, qtbot)
        seen.append(verdicts(filled)[0])
    assert seen == ["good", None, "good", "alike"]
    assert not verbs.redo.isEnabled()
    qtbot.keyClick(
        filled.window.parts.analogies.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    )
    settle(filled, qtbot)
    assert verdicts(filled)[0] == "good"


def test_buttons_on_a_card_judge_and_do_not_ask(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    panel = filled.window.parts.analogies
    box = panel.view.itemDelegate().picture_box(panel.view.visualRect(panel.model.index(1)))
    spot = button_spots(box)["alike"].center()
    qtbot.mouseMove(panel.view.viewport(), spot)
    asked = filled.workspace.inquiry.question
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle(filled, qtbot)
    assert verdicts(filled) == [None, "alike", None]
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle(filled, qtbot)
    assert filled.workspace.inquiry.question is asked
    assert verdicts(filled) == [None, None, None]


def test_the_menu_of_a_neighbor_judges_it(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    press(filled, Qt.Key.Key_1, qtbot)
    view = filled.window.parts.analogies.view
    view.customContextMenuRequested.emit(view.visualRect(view.model().index(0, 0)).center())
    menu = filled.window.findChildren(PictureMenu)[-1]
    actions = {action.text().partition("\t")[0]: action for action in menu.actions()}
    assert actions["Good analogy"].isChecked()
    actions["No analogy"].trigger()
    settle(filled, qtbot)
    assert verdicts(filled)[0] == "no"
    menu.close()


def test_only_pictures_of_the_library_are_judged(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes((tmp_path / "pictures" / "ring-crimson.png").read_bytes() + b" ")
    answer(filled, lambda: filled.window.ask(Question(path=outside)), qtbot)
    settle(filled, qtbot)
    panel = filled.window.parts.analogies
    assert not panel.model.can_judge
    press(filled, Qt.Key.Key_1, qtbot)
    assert verdicts(filled) == [None, None, None]
    assert "add this one to it first" in filled.window.parts.strip.text.text()


def test_the_two_that_are_compared_are_judged(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    window, comparison = filled.window, filled.workspace.comparison
    files = filled.workspace.collection.files
    ask(filled, "ring-crimson.png", qtbot)
    neighbor = window.parts.analogies.model.neighbor(0)
    paths = [files.path(row_of(filled, "ring-crimson.png")), neighbor.path]
    window.compare(*(Question(path=path) for path in paths))
    settle(filled, qtbot)
    bar = window.parts.comparison.judging
    assert bar.isVisible()
    bar.buttons["good"].click()
    settle(filled, qtbot)
    assert [button.isChecked() for button in bar.buttons.values()] == [True, False, False]
    assert verdicts(filled)[0] == "good", "one pair, one verdict, wherever it is shown"
    comparison.swap()
    settle(filled, qtbot)
    assert bar.buttons["good"].isChecked()
    focus(filled, window.parts.compare_button, qtbot)
    qtbot.keyClick(window.parts.compare_button, Qt.Key.Key_2)
    settle(filled, qtbot)
    assert bar.buttons["alike"].isChecked()
    window.verbs.undo.trigger()
    window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert not bar.buttons["good"].isChecked()

    comparison.place(0, Question(path=paths[0]))
    settle(filled, qtbot)
    assert not bar.isVisible(), "a picture is no pair with itself"
    outside = tmp_path / "outside.png"
    outside.write_bytes(paths[0].read_bytes())
    comparison.place(0, Question(path=outside))
    settle(filled, qtbot)
    assert not bar.isVisible()


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
    filled.workspace.remove_folder(engine.store.folders()[0])
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


def test_a_change_that_fails_is_shown_as_it_is_and_undone_no_more(
    filled: Desktop, qtbot: QtBot
) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    press(filled, Qt.Key.Key_1, qtbot)
    make_board(filled, "Rings", qtbot)
    workspace = filled.workspace
    assert workspace.engine is not None
    workspace.engine.judgements.delete_board(1)  # as another window might
    workspace.engine.judgements.create_board("RINGS")
    with qtbot.waitSignal(workspace.boards.failed, timeout=TIMEOUT_MS) as failed:
        workspace.boards.add(1, [1])
    assert failed.args[0].text == "That picture or board is no longer in the library"
    workspace.undo.stack.undo()
    settle(filled, qtbot)
    workspace.undo.stack.redo()
    settle(filled, qtbot)
    assert not workspace.undo.stack.canUndo()
    assert "already" in filled.window.parts.strip.text.text()
    assert verdicts(filled)[0] == "good"
