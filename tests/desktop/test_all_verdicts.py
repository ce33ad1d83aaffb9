"""The page of all verdicts: shown, filtered, changed, taken back, undone; failed reads are said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from judging_driving import ask, focus, press, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.views.judging.feature import VerdictsFeature
from relsim_desktop.views.judging.page import VerdictsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def open_verdicts(desktop: Desktop, qtbot: QtBot) -> VerdictsPage:
    feature = next(f for f in desktop.window.features if isinstance(f, VerdictsFeature))
    feature.show_action.trigger()
    settle(desktop, qtbot)
    page = feature.shown_page
    assert isinstance(page, VerdictsPage)
    return page


def judge_three(desktop: Desktop, qtbot: QtBot) -> None:
    """One good, one alike, one no; in this order."""
    ask(desktop, "ring-crimson.png", qtbot)
    for row, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)):
        press(desktop, key, qtbot, row=row)


def said(page: VerdictsPage) -> list[str]:
    model = page.view.model()
    texts = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return [text.partition(":")[0] for text in texts]


def test_all_verdicts_are_shown_changed_and_taken_back(filled: Desktop, qtbot: QtBot) -> None:
    page = open_verdicts(filled, qtbot)
    assert page.message.title == "No verdicts yet"
    filled.window.parts.show_browser()
    judge_three(filled, qtbot)
    page = open_verdicts(filled, qtbot)
    assert said(page) == ["No analogy", "Only looks alike", "Good analogy"]
    assert page.kinds[None].text() == "All  3"
    assert not page.view.grab().isNull()

    focus(filled, page.view, qtbot)
    page.view.setCurrentIndex(page.view.model().index(1, 0))
    qtbot.keyClick(page.view, Qt.Key.Key_1)
    settle(filled, qtbot)
    assert sorted(said(page)) == ["Good analogy", "Good analogy", "No analogy"]
    page.view.selectAll()
    page.remove_button.click()
    settle(filled, qtbot)
    assert page.message.title == "No verdicts yet"
    assert filled.window.verbs.undo.isEnabled()
    for _ in range(4):
        filled.window.verbs.undo.trigger()
        settle(filled, qtbot)
    assert sorted(said(page)) == ["Good analogy", "No analogy", "Only looks alike"]


def test_verdicts_are_filtered_and_lead_to_the_comparison(filled: Desktop, qtbot: QtBot) -> None:
    judge_three(filled, qtbot)
    page = open_verdicts(filled, qtbot)
    page.kinds["good"].click()
    assert said(page) == ["Good analogy"]
    page.view.setCurrentIndex(page.view.model().index(0, 0))
    pair = page.selected[0]
    assert [q.path for q in page.chosen_pictures()] == [pair.a.path, pair.b.path]
    menu = page.menu()
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["Good analogy\t1"]
    page.view.activated.emit(page.view.currentIndex())
    sides = filled.workspace.comparison.sides
    assert {side.path for side in sides if side} == {pair.a.path, pair.b.path}
    assert filled.window.parts.is_comparing
    settle(filled, qtbot)


def test_good_ones_are_exported_as_groups(filled: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    judge_three(filled, qtbot)
    page = open_verdicts(filled, qtbot)
    page.export_button.click()
    dialog = filled.window.findChild(QFileDialog)
    with qtbot.waitSignal(filled.workspace.boards.exported, timeout=TIMEOUT_MS):
        dialog.fileSelected.emit(str(tmp_path / "groups.jsonl"))
    dialog.close()
    assert (tmp_path / "groups.jsonl").exists()


def test_a_failed_read_is_said(filled: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    page = open_verdicts(filled, qtbot)
    with closing(sqlite3.connect(tmp_path / "library" / "library.sqlite3")) as connection:
        connection.execute("ALTER TABLE verdicts RENAME TO gone")
        connection.commit()
    troubles: list[object] = []
    filled.workspace.verdicts.unread.connect(troubles.append)
    filled.window.judging.trouble.disconnect()  # the report of a defect would open a dialog
    page._verdicts.load()
    qtbot.waitUntil(lambda: page.message.title == "The verdicts cannot be read", timeout=TIMEOUT_MS)
    filled.workspace.query_verdicts._follow(1)
    qtbot.waitUntil(lambda: bool(troubles), timeout=TIMEOUT_MS)
    settle(filled, qtbot)
    with closing(sqlite3.connect(tmp_path / "library" / "library.sqlite3")) as connection:
        connection.execute("ALTER TABLE gone RENAME TO verdicts")
        connection.commit()
