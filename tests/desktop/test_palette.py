"""The command palette: everything by a few letters, and nothing that cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from relsim_desktop import options
from relsim_desktop.app import Desktop
from relsim_desktop.itemmodels.palette import Command, PaletteModel
from relsim_desktop.question import Question
from relsim_desktop.settings import Settings
from relsim_desktop.views.palette.box import PaletteBox
from relsim_desktop.views.palette.feature import PaletteFeature
from relsim_desktop.views.preferences.feature import PreferencesFeature
from relsim_desktop.views.window.actions import plain_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def open_palette(desktop: Desktop, qtbot: QtBot) -> PaletteBox:
    feature = next(one for one in desktop.window.features if isinstance(one, PaletteFeature))
    feature.action.trigger()
    qtbot.waitUntil(feature.box.line.hasFocus)
    return feature.box


def titles(box: PaletteBox) -> list[str]:
    return [box.model.command(row).title for row in range(box.model.rowCount())]


def run(box: PaletteBox, query: str, qtbot: QtBot) -> Command:
    box.line.clear()
    qtbot.keyClicks(box.line, query)
    command = box.model.command(box.view.currentIndex().row())
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    return command


def test_every_verb_is_there_with_its_key_and_why_it_cannot_be_done(
    desktop: Desktop, qtbot: QtBot
) -> None:
    box = open_palette(desktop, qtbot)
    shown = {c.title: c for c in map(box.model.command, range(box.model.rowCount()))}
    verbs = {plain_text(action) for action in desktop.window.verbs.all()} - {"Command palette"}
    assert verbs <= set(shown)
    assert {plain_text(theme) for theme in desktop.window.verbs.themes.values()} <= set(shown)
    assert shown["Open folder"].key == "Ctrl+O"
    assert shown["Back"].refusal == "No earlier question"
    assert {"Theme", "All shortcuts"} <= set(shown), "settings"
    assert "Privacy" in shown, "chapters of the help"


def test_typing_finds_and_return_does(desktop: Desktop, qtbot: QtBot) -> None:
    box = open_palette(desktop, qtbot)
    command = run(box, "dark", qtbot)
    assert command.title == "Dark"
    assert box.isHidden()
    qtbot.waitUntil(lambda: desktop.theme.is_dark)
    box = open_palette(desktop, qtbot)
    assert titles(box)[0] == "Dark", "what was used last comes first"
    assert box.model.command(0).is_on
    run(box, "show file n", qtbot)
    assert desktop.window.verbs.names.isChecked()
    box = open_palette(desktop, qtbot)
    assert titles(box)[:2] == ["Show file names", "Dark"]


def test_what_cannot_be_done_is_not_done(desktop: Desktop, qtbot: QtBot) -> None:
    box = open_palette(desktop, qtbot)
    command = run(box, "back", qtbot)
    assert command.refusal
    assert not box.isHidden()
    assert command.refusal in box.line.accessibleDescription()
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.isHidden()


def test_keys_move_and_escape_gives_the_keyboard_back(desktop: Desktop, qtbot: QtBot) -> None:
    search = desktop.window.parts.search
    desktop.window.verbs.search.trigger()
    qtbot.waitUntil(search.hasFocus)
    box = open_palette(desktop, qtbot)
    last = box.model.rowCount() - 1
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    assert box.view.currentIndex().row() == 1
    for _ in range(2):
        qtbot.keyClick(box.line, Qt.Key.Key_Up)
    assert box.view.currentIndex().row() == last
    qtbot.keyClick(box.line, Qt.Key.Key_PageDown)
    assert box.view.currentIndex().row() == last
    qtbot.keyClicks(box.line, "zzzzz")
    assert not box.nothing.isHidden()
    assert box.line.accessibleDescription() == box.nothing.text()
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.isHidden()
    qtbot.waitUntil(search.hasFocus)


def test_focus_elsewhere_closes_it(desktop: Desktop, qtbot: QtBot) -> None:
    box = open_palette(desktop, qtbot)
    desktop.window.parts.search.setFocus()
    assert box.isHidden()
    assert desktop.window.parts.search.hasFocus()


def test_boards_questions_and_folders_are_there(
    filled: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    answer(filled, lambda: filled.window.ask(Question(path=pictures / "ring-crimson.png")), qtbot)
    answer(filled, lambda: filled.window.ask(Question(text="{Things} in a row")), qtbot)
    with qtbot.waitSignal(filled.workspace.boards.said, timeout=TIMEOUT_MS):
        filled.workspace.boards.create("Growth", [])
    qtbot.waitUntil(lambda: filled.workspace.boards.boards.rowCount() == 1)
    box = open_palette(filled, qtbot)
    qtbot.waitUntil(lambda: pictures.name in titles(box), timeout=TIMEOUT_MS)
    assert "ring-crimson.png" in titles(box)
    command = run(box, "growth board", qtbot)
    assert command.kind == "Board"
    assert filled.window.judging.is_showing_boards
    box = open_palette(filled, qtbot)
    run(box, "ring-crims", qtbot)
    question = filled.workspace.inquiry.question
    assert question is not None
    assert question.path == pictures / "ring-crimson.png"
    box = open_palette(filled, qtbot)
    qtbot.waitUntil(lambda: pictures.name in titles(box), timeout=TIMEOUT_MS)
    command = run(box, f"{pictures.name} folder", qtbot)
    assert command.kind == "Folder"
    assert filled.window.parts.collection.selected_rows == [0]


def test_a_setting_is_a_few_letters_away(
    desktop: Desktop, settings: Settings, qtbot: QtBot
) -> None:
    box = open_palette(desktop, qtbot)
    run(box, "fetch dropped", qtbot)
    feature = next(one for one in desktop.window.features if isinstance(one, PreferencesFeature))
    assert feature.is_shown
    control = feature.shown_page.options[options.FETCH_LINKS.key].control  # type: ignore[attr-defined]
    qtbot.waitUntil(control.hasFocus)
    assert settings.read_text("palette/recent") == f"setting:{options.FETCH_LINKS.key}"


def test_the_model_is_sound(qtmodeltester: object, desktop: Desktop) -> None:
    model = PaletteModel()
    action = QAction("One", desktop.window)
    model.replace([Command("a", "One", "File", action.trigger)], [])
    qtmodeltester.check(model)  # type: ignore[attr-defined]
