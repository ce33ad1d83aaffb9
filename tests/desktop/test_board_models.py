"""The models of boards, and how verdicts look on a card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from engine.types import Board, BoardChange, BoardPicture
from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import BoardPicturesModel, BoardsModel
from relsim_desktop.theme import Theme
from relsim_desktop.views.judging.marks import VerdictMarks, button_spots, verdict_at

BOX = QRect(10, 20, 196, 150)
RINGS = Board(1, "{Objects} in a ring", (4, 5))
AWAY = BoardPicture(3, None, is_online=False)


@pytest.fixture(params=["light", "dark"])
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    made = Theme(qapp, request.param)
    yield made
    made.choice = "light"


def test_boards_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = BoardsModel()
    qtmodeltester.check(model)
    model.replace([RINGS, Board(2, "Grids", ())])
    qtmodeltester.check(model)
    assert (
        model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Objects in a ring, 2 pictures"
    )
    assert model.index(0).data(BoardsModel.COUNT) == 2
    assert (model.row_of(2), model.row_of(7), model.row_of(None)) == (1, None, None)


def test_board_pictures_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = BoardPicturesModel()
    path = Path("/pictures/a.png")
    model.replace([BoardPicture(1, path, is_online=True), BoardPicture(2, path, is_online=False)])
    qtmodeltester.check(model)
    model.replace([AWAY])
    qtmodeltester.check(model)
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert "add the folder again" in str(model.index(0).data(Qt.ItemDataRole.ToolTipRole))


ONE, TWO, NONE = (Board(1, "Rings", images) for images in ((4,), (4, 5), ()))


@pytest.mark.parametrize(
    ("before", "after", "says", "step"),
    [
        (None, RINGS, "Put 2 pictures on the new board “Objects in a ring”", "new board"),
        (None, NONE, "Made the board “Rings”", "new board"),
        (ONE, None, "Deleted the board “Rings”; Ctrl+Z undoes it", "deleting a board"),
        (ONE, TWO, "Put 1 picture on “Rings”", "adding to a board"),
        (TWO, NONE, "Took 2 pictures off “Rings”; Ctrl+Z undoes it", "removing from a board"),
        (NONE, Board(1, "Rows", ()), "Renamed “Rings” to “Rows”", "renaming a board"),
    ],
)
def test_changes_are_said_in_words(
    before: Board | None, after: Board | None, says: str, step: str
) -> None:
    change = BoardChange(before, after)
    assert judging_phrases.board_changed(change) == says
    assert judging_phrases.board_step(change) == step


def count(image: QImage, color: QColor) -> int:
    return sum(
        image.pixelColor(x, y) == color for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_marks_and_buttons_are_painted_in_the_themes_colours(theme: Theme, scale: float) -> None:
    marks = VerdictMarks(theme)

    def painted(verdict: str, *, buttons: bool) -> int:
        image = QImage(round(220 * scale), round(200 * scale), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(theme.colors.window)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if buttons:
            marks.draw_buttons(painter, BOX, verdict, None)  # type: ignore[arg-type]
        else:
            marks.draw_mark(painter, BOX, verdict)  # type: ignore[arg-type]
        painter.end()
        return count(image, theme.colors.accent)

    for buttons in (False, True):
        assert painted("good", buttons=buttons) > 200 * scale
        assert painted("no", buttons=buttons) < painted("good", buttons=buttons) / 2


def test_each_button_is_on_the_picture_and_hit_where_it_is_painted() -> None:
    spots = button_spots(BOX)
    assert list(spots) == ["good", "alike", "no"]
    for verdict, spot in spots.items():
        assert BOX.contains(spot)
        assert verdict_at(BOX, spot.center()) == verdict
    assert verdict_at(BOX, QPoint(12, 22)) is None
