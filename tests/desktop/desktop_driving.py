"""Doing with a window what a person does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.types import IndexReport, Neighbor
from relsim_desktop.app import Desktop
from relsim_desktop.views.library.folders_feature import FoldersFeature
from relsim_desktop.views.tile_view import TileView

TIMEOUT_MS = 30_000  # generous: it only bounds a test that has failed anyway


def index(desktop: Desktop, roots: list[Path], qtbot: QtBot) -> IndexReport:
    """Index folders to the end; the report, once the grid shows it."""
    with qtbot.waitSignal(desktop.workspace.indexing.succeeded, timeout=TIMEOUT_MS) as done:
        desktop.window.add(roots)
    wait_for_grid(desktop, qtbot)
    return done.args[0]


def wait_for_grid(desktop: Desktop, qtbot: QtBot) -> None:
    """Wait until nothing is indexed any more and the grid shows the library as it is."""
    files = desktop.workspace.collection.files

    def settled() -> None:
        assert not desktop.workspace.indexing.is_running
        states = {files.entry(row).state for row in range(files.rowCount())}
        assert "pending" not in states
        assert files.rowCount() > 0

    qtbot.waitUntil(settled, timeout=TIMEOUT_MS)


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: QWidget, data: QMimeData, at: QPoint) -> QDropEvent:
    """Let something go over a window, as the platform does."""
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, data, button, keys)
    QApplication.sendEvent(window, enter)  # Qt gives a drop to what has accepted the drag
    event = QDropEvent(QPointF(at), action, data, button, keys)
    QApplication.sendEvent(window, event)
    return event


def middle(window: QWidget, part: QWidget) -> QPoint:
    """The middle of a part, in the window's coordinates."""
    return part.mapTo(window, part.rect().center())


def click(view: TileView, row: int, qtbot: QtBot) -> None:
    """Click a tile."""
    at = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def answer(desktop: Desktop, ask: Callable[[], object], qtbot: QtBot) -> list[Neighbor]:
    """Ask something and wait for the neighbors."""
    with qtbot.waitSignal(desktop.workspace.inquiry.answered, timeout=TIMEOUT_MS) as answered:
        ask()
    neighbors: list[Neighbor] = answered.args[0]
    return neighbors


def row_of(desktop: Desktop, name: str) -> int:
    """The row of a file in the collection."""
    files = desktop.workspace.collection.files
    return next(row for row in range(files.rowCount()) if files.path(row).name == name)


def remove_folder(desktop: Desktop, qtbot: QtBot) -> None:
    """Take the first folder out of the library, as its page does."""
    feature = next(one for one in desktop.window.features if isinstance(one, FoldersFeature))
    feature.folders.reload()
    qtbot.waitUntil(lambda: bool(feature.folders.states), timeout=TIMEOUT_MS)
    feature.folders.remove(feature.folders.states[0])
