"""Everything can be reached, read and done without a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, click, row_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.views.picture_menu import PictureMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_every_control_has_a_name(filled: Desktop) -> None:
    nameless = [
        widget
        for widget in filled.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_tab_goes_through_the_browser_in_reading_order(filled: Desktop, qtbot: QtBot) -> None:
    window, parts = filled.window, filled.window.parts
    answer(filled, lambda: click(parts.collection.view, 0, qtbot), qtbot)
    parts.open_button.setFocus()
    seen: list[QWidget] = [window.focusWidget()]
    chips = parts.analogies.relations
    qtbot.waitUntil(lambda: bool(chips.chips), timeout=TIMEOUT_MS)
    while len(seen) < 13 + len(chips.chips):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    assert seen == [
        parts.open_button,
        parts.search,
        parts.compare_button,
        parts.boards_button,
        parts.collection.size_slider,
        parts.collection.view,
        parts.analogies.card.edit_button,
        parts.analogies.card.more_button,
        *chips.chips,
        chips.type_chip,
        parts.analogies.surprise,
        parts.analogies.terms.filter_button,
        parts.analogies.terms.more_button,
        parts.analogies.view,
    ]


def test_no_two_actions_share_a_key(desktop: Desktop) -> None:
    keys = [key.toString() for _, key in desktop.window.verbs.shortcut_keys()]
    assert len(keys) == len(set(keys))
    assert {"Alt+Left", "Alt+Right", "Ctrl+D", "Ctrl+O", "Ctrl+V"} <= set(keys)


def test_the_context_menu_copies_and_compares(filled: Desktop, qtbot: QtBot) -> None:
    files, clipboard = filled.workspace.collection.files, QGuiApplication.clipboard()
    first, second = row_of(filled, "grid-crimson.png"), row_of(filled, "ring-crimson.png")
    answer(filled, lambda: click(filled.window.parts.collection.view, first, qtbot), qtbot)
    view = filled.window.parts.collection.view
    view.setCurrentIndex(files.index(second))
    view.customContextMenuRequested.emit(QPoint(20, 20))
    menu = filled.window.findChildren(PictureMenu)[-1]
    actions = {action.text(): action for action in menu.actions() if action.text()}
    usual = [
        "Find analogies",
        "Compare with query",
        "Add to the question",
        "Push away from this",
        "Add to board",
        "Description",
        "Open file",
        "Show in file manager",
        "Copy picture",
        "Copy path",
    ]
    assert [text for text in actions if text in usual] == usual
    actions["Copy path"].trigger()
    assert Path(clipboard.text()) == files.path(second)
    actions["Copy picture"].trigger()
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage(), timeout=TIMEOUT_MS)
    assert clipboard.mimeData().urls()[0].toLocalFile() == str(files.path(second))
    clipboard.clear()
    with qtbot.waitSignal(filled.workspace.comparison.scored, timeout=TIMEOUT_MS):
        actions["Compare with query"].trigger()
    assert filled.window.parts.is_comparing
    menu.close()


def test_the_dialogs_open(filled: Desktop, qtbot: QtBot) -> None:
    window = filled.window
    for verb in (window.verbs.about, window.verbs.shortcuts):
        before = set(QGuiApplication.topLevelWindows())
        verb.trigger()
        qtbot.waitUntil(
            lambda before=before: set(QGuiApplication.topLevelWindows()) - before != set(),
            timeout=TIMEOUT_MS,
        )
        for dialog in window.findChildren(QWidget):
            if dialog.isWindow() and dialog.isVisible():
                assert dialog.windowTitle()
                dialog.close()
