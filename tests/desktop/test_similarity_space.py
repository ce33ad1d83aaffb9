"""The similarity space of a query, driven with mouse and keyboard."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer
from judging_driving import ask, boards, focus, make_board, settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from engine.understanding.similarity_space import COLUMNS
from relsim_desktop.app import Desktop
from relsim_desktop.views.space.canvas import SpaceCanvas, Tool
from relsim_desktop.views.space.page import SpacePage
from relsim_desktop.views.why.feature import WhyFeature

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

QUERY = "ring-crimson.png"


def feature(desktop: Desktop) -> WhyFeature:
    return next(one for one in desktop.window.features if isinstance(one, WhyFeature))


def enter(desktop: Desktop, qtbot: QtBot) -> SpacePage:
    """Open the page with its key, and wait until it shows what it can."""
    desktop.window.activateWindow()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(desktop.window, Qt.Key.Key_S, keys)
    page = feature(desktop).page
    qtbot.waitUntil(page.isVisible, timeout=TIMEOUT_MS)
    settle(desktop, qtbot)
    return page


@pytest.fixture
def page(filled: Desktop, qtbot: QtBot) -> SpacePage:
    """The space of a ring."""
    ask(filled, QUERY, qtbot)
    return enter(filled, qtbot)


def drag(
    canvas: SpaceCanvas,
    points: list[QPoint],
    qtbot: QtBot,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move along points, release."""
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, keys, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(canvas, point)
        QApplication.processEvents()
    qtbot.mouseRelease(canvas, left, keys, pos=points[-1])


def at(canvas: SpaceCanvas, row: int) -> QPoint:
    """A pixel that hits a row."""
    placed = canvas.placed
    box = placed.pictures.get(row)
    return (box.center() if box is not None else placed.points[row]).toPoint()


def rows(page: SpacePage) -> int:
    return 0 if page.space is None else len(page.space)


def test_every_picture_lies_by_look_and_logic(page: SpacePage, filled: Desktop) -> None:
    space, canvas = page.space, page.canvas
    assert space is not None
    assert rows(page) == 23
    neighbors = filled.window.parts.analogies.model
    scores = {neighbors.neighbor(row).image_id: neighbors.neighbor(row) for row in range(8)}
    for row, image_id in enumerate(space.ids.tolist()):
        if image_id in scores:
            point = canvas.axes.place(scores[image_id].attribute, scores[image_id].relational)
            assert (canvas.placed.points[row] - point).manhattanLength() < 2
    assert all(canvas.axes.plot.contains(point) for point in canvas.placed.points)
    assert "23" in page.note.full_text
    assert "relsim-mini" in page.note.full_text
    page.percent.setChecked(True)
    x, y = canvas.axes.value(canvas.placed.points[0])
    assert x == pytest.approx(space.attribute_percentile[0])
    assert y == pytest.approx(space.relational_percentile[0])


def test_only_pictures_that_are_seen_are_loaded(
    page: SpacePage, filled: Desktop, qtbot: QtBot
) -> None:
    canvas, loader = page.canvas, filled.workspace.thumbnails
    space = page.space
    assert space is not None
    key = canvas._painter.key
    shown = canvas.placed.pictures
    scale = canvas.devicePixelRatioF()
    qtbot.waitUntil(
        lambda: all(
            loader.pixmap(key(space.paths[row], canvas.placed.edge, scale)) for row in shown
        ),
        timeout=TIMEOUT_MS,
    )
    for row in canvas.placed.dots:
        assert loader.pixmap(key(space.paths[row], canvas.placed.edge, scale)) is None


def test_a_click_selects_and_a_double_click_asks(
    page: SpacePage, filled: Desktop, qtbot: QtBot
) -> None:
    canvas, space = page.canvas, page.space
    assert space is not None
    left = Qt.MouseButton.LeftButton
    first, second = list(canvas.placed.pictures)[:2]
    qtbot.mouseClick(canvas, left, pos=at(canvas, first))
    assert canvas.selected == {first}
    qtbot.mouseClick(canvas, left, Qt.KeyboardModifier.ControlModifier, pos=at(canvas, second))
    assert canvas.selected == {first, second}
    assert filled.workspace.inquiry.question is not None
    assert filled.workspace.inquiry.question.title == QUERY
    answer(filled, lambda: qtbot.mouseDClick(canvas, left, pos=at(canvas, second)), qtbot)
    asked = filled.workspace.inquiry.question
    assert asked is not None
    assert asked.image_id == int(space.ids[second])
    assert not feature(filled).is_shown


def test_rectangle_and_lasso_select_what_they_enclose(page: SpacePage, qtbot: QtBot) -> None:
    canvas = page.canvas
    plot = canvas.axes.plot
    middle = plot.center().toPoint()
    corner = plot.topLeft().toPoint()
    drag(canvas, [corner, middle], qtbot, Qt.KeyboardModifier.ShiftModifier)
    inside = {
        row
        for row, point in enumerate(canvas.placed.points)
        if point.x() < middle.x() and point.y() < middle.y()
    }
    assert canvas.selected == inside
    qtbot.mouseClick(page.tools[Tool.LASSO], Qt.MouseButton.LeftButton)
    far = plot.adjusted(1, 1, -1, -1)
    triangle = [far.topLeft(), far.topRight(), far.bottomLeft()]
    drag(canvas, [point.toPoint() for point in triangle], qtbot)

    def is_above_diagonal(point: QPointF) -> bool:
        across = (point.x() - far.left()) / far.width()
        down = (point.y() - far.top()) / far.height()
        return across + down < 1

    expected = {row for row, point in enumerate(canvas.placed.points) if is_above_diagonal(point)}
    assert canvas.selected == expected
    assert expected
    qtbot.mouseClick(page.tools[Tool.RECTANGLE], Qt.MouseButton.LeftButton)
    drag(canvas, [far.topLeft().toPoint(), far.bottomRight().toPoint()], qtbot)
    assert len(canvas.selected) == rows(page)


def test_zoom_move_and_show_all(page: SpacePage, qtbot: QtBot) -> None:
    canvas = page.canvas
    about = canvas.axes.plot.center()
    wheel = QWheelEvent(
        about, canvas.mapToGlobal(about), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, wheel)
    assert canvas.axes.zoom > 1.4
    before = canvas.axes.value(about)
    drag(canvas, [about.toPoint(), (about + QPointF(60, 0)).toPoint()], qtbot)
    assert canvas.axes.value(about)[0] < before[0]
    assert not canvas.selected, "moving selects nothing"
    qtbot.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert canvas.axes.zoom == pytest.approx(1)
    qtbot.mouseClick(page.zoom_in, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.zoom_in, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.zoom_out, Qt.MouseButton.LeftButton)
    assert canvas.axes.zoom == pytest.approx(1.25)


def test_by_keyboard_alone(page: SpacePage, filled: Desktop, qtbot: QtBot) -> None:
    canvas, space = page.canvas, page.space
    assert space is not None
    focus(filled, canvas, qtbot)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.current == 0
    visited = {0}
    for key, is_further in (
        (Qt.Key.Key_Down, lambda a, b: b.y() > a.y()),
        (Qt.Key.Key_Left, lambda a, b: b.x() < a.x()),
        (Qt.Key.Key_Up, lambda a, b: b.y() < a.y()),
        (Qt.Key.Key_Right, lambda a, b: b.x() > a.x()),
    ):
        assert canvas.current is not None
        here, row = canvas.placed.points[canvas.current], canvas.current
        qtbot.keyClick(canvas, key)
        assert canvas.current is not None
        assert canvas.current == row or is_further(here, canvas.placed.points[canvas.current])
        visited.add(canvas.current)
    assert len(visited) > 2
    assert space.paths[canvas.current].name in canvas.accessibleDescription()
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert canvas.selected == {canvas.current}
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(canvas.selected) == rows(page)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.axes.zoom == pytest.approx(1.25)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.axes.zoom == pytest.approx(1)
    current = int(space.ids[canvas.current])
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert filled.window.parts.is_browsing
    enter(filled, qtbot)
    focus(filled, canvas, qtbot)
    answer(filled, lambda: qtbot.keyClick(canvas, Qt.Key.Key_Return), qtbot)
    asked = filled.workspace.inquiry.question
    assert asked is not None
    assert asked.image_id == current


def test_the_table_holds_the_same_and_selects_the_same(page: SpacePage, qtbot: QtBot) -> None:
    page.canvas.select([2, 5])
    page.as_table.setChecked(True)
    assert page.table.isVisible()
    assert page.model.rowCount() == rows(page)
    chosen = {page.sorted.mapToSource(i).row() for i in page.table.selectionModel().selectedRows()}
    assert chosen == {2, 5}
    page.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert page.sorted.index(0, 4).data() == "1st"
    cell = page.table.visualRect(page.sorted.index(0, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    (row,) = page.canvas.selected
    space = page.space
    assert space is not None
    assert space.look_rank[row] == 1
    assert "Relation" in str(page.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole))


def test_selected_pictures_go_to_a_board_the_clipboard_and_the_comparison(
    page: SpacePage, filled: Desktop, qtbot: QtBot
) -> None:
    space = page.space
    assert space is not None
    make_board(filled, "Rings", qtbot)
    page.canvas.select([0, 1, 2])
    assert "3" in page.actions_bar.count.text()
    menu = page.actions_bar.board_menu()
    next(action for action in menu.actions() if action.text().startswith("Rings")).trigger()
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": 3}
    page.actions_bar.board_menu().new_asked.emit()
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": 3, QUERY: 3}
    qtbot.mouseClick(page.actions_bar.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines() == [
        str(space.paths[row]) for row in range(3)
    ]
    page.canvas.select([])
    assert not page.actions_bar.board.isEnabled()
    assert not page.actions_bar.copy.isEnabled()
    page.canvas.select([0, 3])
    qtbot.mouseClick(page.actions_bar.compare, Qt.MouseButton.LeftButton)
    assert filled.window.parts.is_comparing
    assert filled.workspace.comparison.sides == (page.question(0), page.question(3))


def test_exports(page: SpacePage, filled: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    table, image = tmp_path / "space.csv", tmp_path / "space.png"
    page.canvas.select([4, 1])
    dialog = page.actions_bar.export_table()
    dialog.fileSelected.emit(str(table))
    dialog.close()
    settle(filled, qtbot)
    with table.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert tuple(lines[0]) == COLUMNS
    space = page.space
    assert space is not None
    assert [line[0] for line in lines[1:]] == [str(space.paths[row]) for row in (1, 4)]
    assert float(lines[1][1]) == pytest.approx(float(space.relational[1]), abs=1e-5)
    page.canvas.select([])
    page.actions_bar.write_table(table)
    page.actions_bar.write_image(image)
    settle(filled, qtbot)
    assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + rows(page)
    assert QImage(str(image)).width() == 2 * page.canvas.width()
    assert not list(tmp_path.glob("*.partial"))


def test_an_export_that_fails_says_what_to_do(
    page: SpacePage, filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    said: list[str] = []
    for job in (
        page.actions_bar.write_table(tmp_path / "missing" / "space.csv"),
        page.actions_bar.write_image(tmp_path / "missing" / "space.png"),
    ):
        assert job is not None
        job.failed.connect(lambda trouble: said.append(trouble.text))
    settle(filled, qtbot)
    assert len(said) == 2
    assert all("choose another place" in text for text in said)
    for box in filled.window.findChildren(QMessageBox):
        box.close()


def test_without_a_picture_it_says_what_to_do(filled: Desktop, qtbot: QtBot) -> None:
    page = enter(filled, qtbot)
    said = " ".join(label.text() for label in page.message.findChildren(QLabel))
    assert "Ask about a picture" in said
    assert not page.actions_bar.table.isEnabled()
    feature(filled).leave()
    ask(filled, QUERY, qtbot)
    enter(filled, qtbot)
    assert rows(page) == 23
