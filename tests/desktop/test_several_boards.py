"""Several boards: found, ordered, duplicated, merged; pictures moved between them and dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from board_driving import open_page, stored
from desktop_driving import TIMEOUT_MS, drop, row_of, urls
from drawn_pictures import draw
from judging_driving import NAMES, boards, make_board, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.itemmodels.boards import BoardsModel
from relsim_desktop.views.boards.feature import BoardsFeature
from relsim_desktop.views.boards.sidebar import MANY, BoardSidebar
from relsim_desktop.views.confirmation import Confirmation

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def listed(sidebar: BoardSidebar) -> list[str]:
    model = sidebar.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def entry(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def test_boards_are_ordered_searched_and_have_covers(
    filled: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    make_board(filled, "Grids", qtbot, "grid-crimson.png")
    page = open_page(filled, qtbot)
    sidebar = page.sidebar
    assert listed(sidebar) == ["Grids", "Rings"]
    assert sidebar.search.isHidden()
    cover = sidebar.list.model().index(1, 0).data(BoardsModel.COVER)
    assert cover == pictures / NAMES[0]
    qtbot.waitUntil(
        lambda: any(key.path == cover for key in filled.workspace.thumbnails._pixmaps),
        timeout=TIMEOUT_MS,
    )
    entry(sidebar.order_menu(), "Largest")
    assert listed(sidebar) == ["Rings", "Grids"]
    assert filled.window.features is not None
    for number in range(MANY - 2):
        make_board(filled, f"Board {number}", qtbot)
    assert not sidebar.search.isHidden()
    sidebar.search.setText("board 3")
    assert listed(sidebar) == ["Board 3"]
    sidebar.list.setCurrentIndex(sidebar.list.model().index(0, 0))
    settle(filled, qtbot)
    assert page.name.text == "Board 3"


def test_boards_are_duplicated_and_merged_and_both_are_undone(
    filled: Desktop, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    make_board(filled, "Grids", qtbot, "grid-crimson.png", NAMES[0])
    page = open_page(filled, qtbot)
    page.head.duplicate_button.click()
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 2, "Grids 2": 2, "Rings": 3}
    assert page.name.text == "Grids 2", "the copy is open"
    menu = page.sidebar.menu(stored(filled, "Grids 2"))
    merge = next(a.menu() for a in menu.actions() if a.text() == "Merge into")
    assert isinstance(merge, QMenu)
    entry(merge, "Rings")
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 2, "Rings": 4}
    assert filled.workspace.undo.stack.undoText() == "merging boards"
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 2, "Grids 2": 2, "Rings": 3}
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 2, "Rings": 3}
    entry(page.sidebar.menu(stored(filled, "Rings")), "Delete")
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 2}


def test_pictures_are_dragged_to_another_board(filled: Desktop, qtbot: QtBot) -> None:
    make_board(filled, "Grids", qtbot)
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_page(filled, qtbot)
    page.view.setCurrentIndex(page.view.model().index(1, 0))
    page.take_drop(stored(filled, "Grids"), [], page.view)
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 1, "Rings": 2}
    assert "Moved from “Rings” to “Grids”" in filled.window.parts.strip.text.text()
    filled.window.verbs.undo.trigger()
    settle(filled, qtbot)
    assert boards(filled) == {"Grids": 0, "Rings": 3}


def test_files_are_dropped_on_a_board_in_the_list(
    filled: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, NAMES[0])
    page = open_page(filled, qtbot)
    spot = page.list.visualRect(page.list.model().index(0, 0)).center()
    event = drop(page.list.viewport(), urls(pictures / NAMES[1], pictures / NAMES[2]), spot)
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    qtbot.waitUntil(lambda: boards(filled) == {"Rings": 3}, timeout=TIMEOUT_MS)
    settle(filled, qtbot)


@pytest.mark.parametrize("layout", ["grid", "canvas"])
def test_files_are_dropped_among_the_pictures(
    filled: Desktop, pictures: Path, qtbot: QtBot, layout: str
) -> None:
    make_board(filled, "Rings", qtbot, NAMES[0])
    page = open_page(filled, qtbot, layout)
    view = page.canvas if layout == "canvas" else page.view
    target = view.viewport()
    enter = QDragEnterEvent(
        target.rect().center(),
        Qt.DropAction.CopyAction,
        data := urls(pictures / NAMES[1]),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted(), "the page takes what its parts do not want"
    drop(page, data, QPoint(500, 300))
    qtbot.waitUntil(lambda: boards(filled) == {"Rings": 2}, timeout=TIMEOUT_MS)
    settle(filled, qtbot)


def test_files_from_elsewhere_are_indexed_first_and_then_put_on_the_board(
    filled: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot)
    page = open_page(filled, qtbot)
    new = tmp_path / "elsewhere"
    new.mkdir()
    draw("ring", "teal").save(new / "teal.png")
    (new / "text.png").write_text("no picture")
    data = urls(pictures / NAMES[0], new / "teal.png", new / "text.png")
    assert drop(page, data, QPoint(500, 300)).isAccepted()
    qtbot.waitUntil(lambda: bool(filled.window.findChildren(Confirmation)), timeout=TIMEOUT_MS)
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": 1}, "what is known is there at once"
    box = filled.window.findChildren(Confirmation)[-1]
    assert "2 of them are not in the library yet" in box.text()
    box.yes.click()
    qtbot.waitUntil(lambda: boards(filled) == {"Rings": 2}, timeout=TIMEOUT_MS)
    settle(filled, qtbot)
    assert row_of(filled, "teal.png") is not None
    assert next(f for f in filled.window.features if isinstance(f, BoardsFeature))
