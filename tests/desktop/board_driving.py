"""Driving the page of the boards."""

from __future__ import annotations

from desktop_driving import TIMEOUT_MS
from judging_driving import settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.types import Board
from relsim_desktop.app import Desktop
from relsim_desktop.arranging import Box
from relsim_desktop.views.boards.canvas import BoardCanvas
from relsim_desktop.views.boards.page import BoardsPage


def open_page(desktop: Desktop, qtbot: QtBot, layout: str = "grid") -> BoardsPage:
    """Show the boards; whatever is shown has settled."""
    desktop.window.verbs.boards.setChecked(True)
    settle(desktop, qtbot)
    page = desktop.window.judging.page
    page.show_layout(layout)
    settle(desktop, qtbot)
    if layout == "canvas":
        qtbot.waitUntil(lambda: not page.canvas.is_unfitted, timeout=TIMEOUT_MS)
    return page


def stored(desktop: Desktop, name: str) -> Board:
    """A board as the library has it."""
    engine = desktop.workspace.engine
    assert engine is not None
    return engine.judgements.board_named(name)


def spot(canvas: BoardCanvas, box: Box, x: float = 0.5, y: float = 0.5) -> QPoint:
    """A point of a picture in the viewport; 0..1 from its left and upper edge."""
    return canvas.mapFromScene(QPointF(box.x + box.width * x, box.y + box.height * y))


def drag(
    canvas: BoardCanvas,
    begin: QPoint,
    by: QPoint,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move in two steps, and let go."""
    view = canvas.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, keys, begin)
    for share in (0.5, 1.0):
        at = QPointF(begin.x() + by.x() * share, begin.y() + by.y() * share)
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            at,
            QPointF(view.mapToGlobal(at.toPoint())),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            keys,
        )
        QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, keys, begin + by)
