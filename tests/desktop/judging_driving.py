"""Driving verdicts and boards in the window."""

from __future__ import annotations

from desktop_driving import TIMEOUT_MS, answer, click, row_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop

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
