"""Judging pairs in the window, and undoing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, index, row_of
from judging_driving import ask, focus, make_board, press, settle, verdicts
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.types import Description
from relsim_desktop.app import Desktop
from relsim_desktop.operations.captions import Portrait
from relsim_desktop.question import Question
from relsim_desktop.views.judging.marks import button_spots
from relsim_desktop.views.picture_menu import PictureMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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


def test_the_cards_of_a_question_are_judged_with_its_own_picture(
    filled: Desktop, qtbot: QtBot
) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    query = filled.workspace.query_verdicts
    question = filled.workspace.inquiry.question
    assert question is not None
    filled.workspace.inquiry.asked.emit(question)
    filled.workspace.inquiry.described.emit(
        Portrait(question.image_id, Description("", 0.0, "none"))
    )
    assert not query.can_judge, "the cards are still those of the question before"
    filled.workspace.inquiry.answered.emit([])
    assert query.can_judge
    settle(filled, qtbot)


def test_what_is_read_late_does_not_hide_what_was_just_said(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    query, panel = filled.workspace.query_verdicts, filled.window.parts.analogies
    neighbor = panel.model.neighbor(0).image_id
    query._follow(query._query)  # reads anew, as after a failure
    query.toggle(neighbor, "good")
    settle(filled, qtbot)
    assert query.known == {neighbor: "good"}
