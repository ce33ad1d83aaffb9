"""Pictures that are dragged out of the window: as files that are copied, never moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop_driving import row_of
from judging_driving import NAMES, ask
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDrag, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.picture_data import PictureData
from relsim_desktop.views.dragging import EDGE, badged
from relsim_desktop.views.tile_view import TileView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[tuple[QDrag, Qt.DropAction]]:
    """What is dragged; no drag waits for a drop that never comes."""
    begun: list[tuple[QDrag, Qt.DropAction]] = []

    def take(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        begun.append((drag, actions))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", take)
    return begun


def start(view: TileView) -> None:
    view.startDrag(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)


def test_selected_files_leave_the_collection_as_copies(
    filled: Desktop, pictures: Path, drags: list[tuple[QDrag, Qt.DropAction]], qtbot: QtBot
) -> None:
    view = filled.window.parts.collection.view
    view.setCurrentIndex(view.model().index(row_of(filled, NAMES[0]), 0))
    start(view)
    drag, actions = drags[0]
    assert actions == Qt.DropAction.CopyAction, "no program is ever allowed to move the original"
    assert [url.toLocalFile() for url in drag.mimeData().urls()] == [str(pictures / NAMES[0])]
    image = drag.mimeData().imageData()
    assert isinstance(image, QImage)
    assert image.pixelColor(0, 0) == QColor("white")
    assert image.size().toTuple() == (320, 320)
    view.selectAll()
    start(view)
    data = drags[1][0].mimeData()
    assert len(data.urls()) == 24
    assert not data.hasImage()
    assert max(drags[1][0].pixmap().deviceIndependentSize().toTuple()) == EDGE


def test_a_neighbor_is_dragged_out(
    filled: Desktop, drags: list[tuple[QDrag, Qt.DropAction]], qtbot: QtBot
) -> None:
    ask(filled, NAMES[0], qtbot)
    panel = filled.window.parts.analogies
    panel.view.setCurrentIndex(panel.model.index(2))
    start(panel.view)
    paths = [url.toLocalFile() for url in drags[0][0].mimeData().urls()]
    assert paths == [str(panel.model.neighbor(2).path)]


def test_nothing_is_dragged_where_nothing_is_selected(
    filled: Desktop, drags: list[tuple[QDrag, Qt.DropAction]]
) -> None:
    view = filled.window.parts.collection.view
    view.clearSelection()
    start(view)
    assert not drags


def test_a_large_or_missing_file_offers_no_pixels(pictures: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    large.write_bytes((pictures / NAMES[0]).read_bytes() + bytes(4 << 20))
    assert not PictureData([large]).hasImage()
    assert not PictureData([tmp_path / "none.png"]).hasImage()
    assert PictureData([pictures / NAMES[0]]).hasImage()


def test_several_are_counted_on_the_picture(qapp: QApplication) -> None:
    plain = QPixmap(300, 200)
    plain.fill(Qt.GlobalColor.white)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Highlight, QColor("red"))
    one, two = (badged(plain, count, palette).toImage() for count in (1, 2))
    assert one.size().toTuple() == two.size().toTuple() == (EDGE, 74)
    assert one.pixelColor(EDGE - 9, 13) == QColor("white")
    reds = [two.pixelColor(x, 13) == QColor("red") for x in range(EDGE)]
    assert any(reds)
    assert badged(QPixmap(), 3, palette).isNull()
