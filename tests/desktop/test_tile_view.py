from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, QStringListModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.types import FileEntry
from relsim_desktop.itemmodels.files import FilesModel
from relsim_desktop.jobs import JobRunner
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.views.tile_view import TileView
from relsim_desktop.views.window.collection_panel import CollectionPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def view(qtbot: QtBot) -> TileView:
    made = TileView(QSize(100, 80), gap=10)
    qtbot.addWidget(made)
    made.setModel(QStringListModel([f"row {number}" for number in range(100)]))
    made.resize(475, 400)
    made.show()
    return made


def test_tiles_fill_the_width(view: TileView) -> None:
    width = view.viewport().width()
    last = view.visualRect(view.model().index(view.columns - 1, 0))
    assert view.columns == (width - 10) // 110
    assert 10 <= width - last.right() - 1 < 10 + view.columns


@given(row=st.integers(0, 99), width=st.integers(130, 900), offset=st.integers(0, 5000))
def test_a_point_in_a_tile_finds_its_row(row: int, width: int, offset: int) -> None:
    view = TileView(QSize(100, 80), gap=10)
    view.setModel(QStringListModel([f"row {number}" for number in range(100)]))
    view.resize(width, 400)
    view.grab()
    view.verticalScrollBar().setValue(offset)
    index = view.model().index(row, 0)
    assert view.indexAt(view.visualRect(index).center()) == index
    assert not view.indexAt(view.visualRect(index).topLeft() - QPoint(1, 1)).isValid()
    view.scrollTo(index)
    assert view.viewport().rect().contains(view.visualRect(index))
    assert row in view.visible_rows()


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 99),
        (Qt.Key.Key_PageDown, 16),
    ],
)
def test_keys_move(view: TileView, qtbot: QtBot, key: Qt.Key, row: int) -> None:
    assert view.columns == 4
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, key)
    assert view.currentIndex().row() == row
    assert row in view.visible_rows()


def test_rows_that_come_and_go_are_followed(view: TileView, qtbot: QtBot) -> None:
    model = view.model()
    longest = view.verticalScrollBar().maximum()
    model.removeRows(20, 80)
    qtbot.waitUntil(lambda: 0 < view.verticalScrollBar().maximum() < longest)
    model.removeRows(0, 20)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 0)
    assert list(view.visible_rows()) == []
    view.grab()


def test_making_tiles_larger_keeps_the_place(view: TileView) -> None:
    view.scrollTo(view.model().index(60, 0), TileView.ScrollHint.PositionAtCenter)
    before = view.visible_rows()
    middle = before[len(before) // 2]
    view.set_tile(QSize(200, 160))
    assert middle in view.visible_rows()


def test_a_hundred_thousand_files_cost_what_is_visible(qapp: QApplication, qtbot: QtBot) -> None:
    asked: list[int] = []

    class Watched(FilesModel):
        def entry(self, row: int) -> FileEntry:
            asked.append(row)
            return super().entry(row)

    jobs, model = JobRunner(), Watched()
    thumbnails = ThumbnailLoader(jobs)
    panel = CollectionPanel(Theme(qapp, "light"), thumbnails, model, size=128)
    qtbot.addWidget(panel)
    panel.resize(1000, 700)
    panel.show()
    model.replace(
        [
            FileEntry(number, Path(f"/pictures/{number:06d}.png"), number, "indexed", 1, 1)
            for number in range(100_000)
        ]
    )
    panel.grab()
    asked.clear()
    panel.view.scrollTo(model.index(77_777))
    panel.grab()
    visible = panel.view.visible_rows()
    assert 77_777 in visible
    assert set(asked) <= set(visible)
    assert len(visible) < 100
    jobs.close()
