"""The free canvas: every drag is one change that is stored and can be undone."""

from __future__ import annotations

import pytest
from board_driving import drag, open_page, spot, stored
from desktop_driving import TIMEOUT_MS
from judging_driving import NAMES, focus, make_board, settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.types import Place
from relsim_desktop.app import Desktop
from relsim_desktop.arranging import GAP, ROW

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALT = Qt.KeyboardModifier.AltModifier


def test_pictures_are_dragged_anywhere_and_each_drag_is_undone(
    filled: Desktop, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    canvas = open_page(filled, qtbot, "canvas").canvas
    first, second, third = canvas.boxes
    before = canvas.boxes
    assert before[second].x == ROW + GAP, "pictures that nobody arranged lie in a row"
    drag(canvas, spot(canvas, before[first]), QPoint(31, 57), ALT)
    settle(filled, qtbot)
    moved = stored(filled, "Rings").places
    assert moved[first].x == pytest.approx(31 / canvas.zoom, abs=1)
    assert moved[first].y == pytest.approx(57 / canvas.zoom, abs=1)
    assert moved[second] == Place(*before[second][:3]), "the others stay where they were"
    assert filled.workspace.undo.stack.undoText() == "arranging a board"
    drag(canvas, spot(canvas, canvas.boxes[third]), QPoint(-20, 90), ALT)
    settle(filled, qtbot)
    for expected in (moved, {}):
        filled.window.verbs.undo.trigger()
        settle(filled, qtbot)
        assert stored(filled, "Rings").places == expected
    assert canvas.boxes == before
    filled.window.verbs.redo.trigger()
    settle(filled, qtbot)
    assert Place(*canvas.boxes[first][:3]) == moved[first]


def test_what_is_moved_snaps_to_its_neighbors(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    canvas = open_page(filled, qtbot, "canvas").canvas
    first, second, _ = canvas.boxes
    left = spot(canvas, canvas.boxes[first]).x() - spot(canvas, canvas.boxes[second]).x()
    drag(canvas, spot(canvas, canvas.boxes[second]), QPoint(left + 4, 260))
    settle(filled, qtbot)
    assert canvas.boxes[second].x == pytest.approx(0), "four pixels aside, the edge is in reach"
    assert not canvas.pointer.guides, "the lines go when the hand lets go"


def test_the_corner_resizes_all_that_is_selected(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    canvas = open_page(filled, qtbot, "canvas").canvas
    first, second, third = canvas.boxes
    canvas.select([first, second])
    before = canvas.boxes
    corner = spot(canvas, before[second], 1, 1) - QPoint(3, 3)
    drag(canvas, corner, QPoint(60, 60))
    settle(filled, qtbot)
    after = stored(filled, "Rings").places
    factor = after[second].width / before[second].width
    assert factor > 1.1
    assert after[first].width == pytest.approx(before[first].width * factor)
    assert after[second].x == pytest.approx(before[second].x * factor)
    assert after[third].width == before[third].width
    drag(canvas, spot(canvas, canvas.boxes[third], 0.5, 0.5), QPoint(0, 0))
    drag(canvas, spot(canvas, canvas.boxes[third], 1, 1) - QPoint(3, 3), QPoint(-900, -900))
    settle(filled, qtbot)
    assert stored(filled, "Rings").places[third].width == pytest.approx(24)


def test_a_rubber_band_selects_and_keys_nudge_once(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_page(filled, qtbot, "canvas")
    canvas = page.canvas
    first, second, third = canvas.boxes
    edge = spot(canvas, canvas.boxes[first], 0, 0) - QPoint(12, 12)
    drag(canvas, edge, spot(canvas, canvas.boxes[second]) - edge)
    assert [picture.image_id for picture in canvas.selected] == [first, second]
    focus(filled, canvas, qtbot)
    steps = filled.workspace.undo.stack.count()
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(stored(filled, "Rings").places), timeout=TIMEOUT_MS)
    settle(filled, qtbot)
    assert stored(filled, "Rings").places[first][:2] == (40, 12)
    assert stored(filled, "Rings").places[third].y == 0
    assert filled.workspace.undo.stack.count() == steps + 1, "one pause is one step"
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert [picture.image_id for picture in page.selected] == [second]
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    settle(filled, qtbot)
    assert stored(filled, "Rings").images == (second, first, third)
    qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    settle(filled, qtbot)
    assert stored(filled, "Rings").images == (first, third, second)
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    settle(filled, qtbot)
    assert stored(filled, "Rings").images == ()


def test_tidying_puts_a_mess_into_rows_and_is_undone(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_page(filled, qtbot, "canvas")
    first, second, third = page.canvas.boxes
    mess = {first: Place(900, 10, 300), second: Place(-40, 700, 90), third: Place(30, 0, 80)}
    filled.workspace.boards.place(mess)
    settle(filled, qtbot)
    page.head.tidy_button.click()
    settle(filled, qtbot)
    boxes = page.canvas.boxes
    assert {box.height for box in boxes.values()} == {ROW}
    assert sorted(boxes, key=lambda i: (boxes[i].y, boxes[i].x)) == [third, first, second]
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert stored(filled, "Rings").places == mess


def test_wheel_zooms_around_the_pointer_and_space_pans(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    canvas = open_page(filled, qtbot, "canvas").canvas
    before, at = canvas.zoom, QPointF(200, 150)
    wheel = QWheelEvent(
        at,
        QPointF(canvas.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), wheel)
    assert canvas.zoom > before * 1.2
    focus(filled, canvas, qtbot)
    middle = canvas.mapToScene(canvas.viewport().rect().center())
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, QPoint(200, 150), QPoint(50, 20))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    panned = canvas.mapToScene(canvas.viewport().rect().center())
    assert (middle - panned).x() == pytest.approx(50 / canvas.zoom, abs=2)
    assert stored(filled, "Rings").places == {}
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == pytest.approx(1)
    qtbot.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.zoom == pytest.approx(before)


def test_files_leave_over_the_edge_of_the_canvas(
    filled: Desktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    canvas = open_page(filled, qtbot, "canvas").canvas
    taken: list[str] = []

    def take(dragged: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        taken.extend(url.fileName() for url in dragged.mimeData().urls())
        assert actions == Qt.DropAction.CopyAction
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", take)
    before = canvas.boxes
    drag(canvas, spot(canvas, before[next(iter(before))]), QPoint(-3000, 0))
    settle(filled, qtbot)
    assert taken == [NAMES[0]]
    assert canvas.boxes == before
    assert stored(filled, "Rings").places == {}


def test_only_what_is_visible_is_loaded(filled: Desktop, qtbot: QtBot) -> None:
    files = filled.workspace.collection.files
    make_board(filled, "All", qtbot, *(files.path(row).name for row in range(24)))
    canvas = open_page(filled, qtbot, "canvas").canvas
    canvas.zoom_by(4 / canvas.zoom)
    canvas.centerOn(110, 110)
    qtbot.waitUntil(lambda: 0 < len(canvas.visible()) < 6, timeout=TIMEOUT_MS)
    qtbot.waitUntil(
        lambda: all(
            filled.workspace.thumbnails.pixmap(key) is not None
            for item in canvas.visible()
            if (key := item.key(canvas.zoom * canvas.devicePixelRatioF())) is not None
        ),
        timeout=TIMEOUT_MS,
    )
    sharp = [
        item
        for item in canvas.items_by_id.values()
        if (key := item.key(canvas.zoom * canvas.devicePixelRatioF())) is not None
        and filled.workspace.thumbnails.pixmap(key) is not None
    ]
    assert len(sharp) < 12
    assert not canvas.grab().isNull()
