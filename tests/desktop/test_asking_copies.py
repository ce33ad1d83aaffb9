"""Near-identical pictures: one card with a number, which unfolds in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking_driving import ask, choose, settle
from desktop_driving import TIMEOUT_MS, index
from drawn_pictures import draw
from judging_driving import press
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.itemmodels.neighbors import NeighborsModel
from relsim_desktop.views.picture_menu import PictureMenu

# Said by Qt's offscreen platform, which has no window manager to pass size hints to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def with_copies(desktop: Desktop, pictures: Path, qtbot: QtBot) -> Desktop:
    """A library in which one picture was saved three more times."""
    for number, quality in enumerate((95, 90, 80)):
        draw("ring", "royalblue").save(pictures / f"copy-{number}.jpg", quality=quality)
    index(desktop, [pictures], qtbot)
    return desktop


def row_with_copies(model: NeighborsModel) -> int:
    return next(row for row in range(model.rowCount()) if model.neighbor(row).copies >= 3)


def test_the_number_unfolds_by_click_key_and_menu(with_copies: Desktop, qtbot: QtBot) -> None:
    ask(with_copies, "ring-crimson.png", qtbot)
    panel = with_copies.window.parts.analogies
    model, view = panel.model, panel.view
    row, before = row_with_copies(model), model.rowCount()
    hit = model.neighbor(row)

    def unfolded(is_so: bool) -> None:
        assert model.is_unfolded(row) == is_so
        assert model.rowCount() == before + (hit.copies if is_so else 0)

    view.scrollTo(model.index(row))
    spot = view.itemDelegate().badge_spot(row, view.visualRect(model.index(row))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: unfolded(True), timeout=TIMEOUT_MS)
    copies = [model.neighbor(row + 1 + at) for at in range(hit.copies)]
    assert all(model.is_copy(row + 1 + at) for at in range(hit.copies))
    assert not model.is_copy(row)
    assert all(abs(copy.relational - hit.relational) < 0.05 for copy in copies)
    assert with_copies.workspace.inquiry.question.title == "ring-crimson.png", "nothing was asked"

    view.setFocus()
    view.setCurrentIndex(model.index(row))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    unfolded(False)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: unfolded(True), timeout=TIMEOUT_MS)

    at = view.visualRect(model.index(row)).topLeft() + QPoint(20, 20)
    view.customContextMenuRequested.emit(at)
    menu = with_copies.window.findChildren(PictureMenu)[-1]
    choose(menu, "Collapse what is like it")
    unfolded(False)
    menu.close()


def test_another_answer_folds_them(with_copies: Desktop, qtbot: QtBot) -> None:
    ask(with_copies, "ring-crimson.png", qtbot)
    panel = with_copies.window.parts.analogies
    row = row_with_copies(panel.model)
    panel.toggle_copies(row)
    settle(with_copies, qtbot)
    assert panel.model.is_unfolded(row)
    ask(with_copies, "grid-crimson.png", qtbot)
    assert not any(panel.model.is_copy(row) for row in range(panel.model.rowCount()))


def test_copies_are_cards_like_others(with_copies: Desktop, qtbot: QtBot) -> None:
    ask(with_copies, "ring-crimson.png", qtbot)
    panel = with_copies.window.parts.analogies
    row = row_with_copies(panel.model)
    panel.toggle_copies(row)
    settle(with_copies, qtbot)
    copy = panel.model.neighbor(row + 1)
    press(with_copies, Qt.Key.Key_1, qtbot, row + 1)
    assert panel.model.verdict(row + 1) == "good"
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: with_copies.workspace.inquiry.question.path == copy.path, timeout=TIMEOUT_MS
    )
    settle(with_copies, qtbot)
