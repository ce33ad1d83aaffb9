"""Beside a compared pair: what every model says, what was compared before, and saving it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from made_up_models import RELATIONAL
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from engine.models.manager import ModelManager
from relsim_desktop import file_actions
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.views.compare.feature import CompareFeature
from relsim_desktop.views.compare.history import HistoryList
from relsim_desktop.views.confirmation import Confirmation

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MINI = "relsim-mini"
LONG_MS = 120_000  # torch is imported on the way


def feature(desktop: Desktop) -> CompareFeature:
    return next(one for one in desktop.window.features if isinstance(one, CompareFeature))


def compare(desktop: Desktop, a: Path, b: Path, qtbot: QtBot) -> None:
    """Compare two files, and wait until that is in the history."""
    history = feature(desktop).history
    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        desktop.window.compare(Question(path=a), Question(path=b))

    def remembered() -> None:
        assert history.model.rowCount() > 0
        assert {history.model.remembered(0).past.a, history.model.remembered(0).past.b} == {a, b}

    qtbot.waitUntil(remembered, timeout=TIMEOUT_MS)


def pairs(desktop: Desktop) -> list[tuple[str, str]]:
    return [(one.past.a.name, one.past.b.name) for one in feature(desktop).history.model.all]


def history_list(desktop: Desktop) -> HistoryList:
    side = feature(desktop).side
    assert side is not None
    return side.list


def save(desktop: Desktop, dialog: QFileDialog | None, path: Path, qtbot: QtBot) -> QMessageBox:
    """Choose a place in a dialog; the box that says that it is saved."""
    assert dialog is not None
    dialog.selectFile(str(path))
    dialog.accept()
    qtbot.waitUntil(lambda: bool(boxes(desktop)), timeout=TIMEOUT_MS)
    return boxes(desktop)[0]


def boxes(desktop: Desktop) -> list[QMessageBox]:
    return [box for box in desktop.window.findChildren(QMessageBox) if box.isVisible()]


def test_what_is_compared_is_remembered_and_comes_back(
    desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    ring, grid, growth = (pictures / f"{name}-crimson.png" for name in ("ring", "grid", "growth"))
    compare(desktop, ring, grid, qtbot)
    compare(desktop, grid, growth, qtbot)
    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        desktop.window.verbs.swap.trigger()  # the same pair
    qtbot.waitUntil(
        lambda: (
            pairs(desktop)
            == [
                ("growth-crimson.png", "grid-crimson.png"),
                ("ring-crimson.png", "grid-crimson.png"),
            ]
        ),
        timeout=TIMEOUT_MS,
    )
    page = desktop.window.parts.comparison
    assert [one.path for one in page.chosen_pictures()] == [growth, grid]
    page.slots[1].canvas.setFocus()
    assert [one.path for one in page.chosen_pictures()] == [grid]
    view = history_list(desktop)
    qtbot.waitUntil(view.isVisible, timeout=TIMEOUT_MS)
    at = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [side.path for side in desktop.workspace.comparison.sides] == [ring, grid]
    role = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(
        lambda: "ring-crimson.png" in view.model().index(0, 0).data(role), timeout=TIMEOUT_MS
    )
    view.grab()


def test_pasted_pictures_are_not_remembered(desktop: Desktop, pictures: Path, qtbot: QtBot) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(image)
    page = desktop.window.parts.comparison
    desktop.window.parts.show_comparison()
    desktop.workspace.comparison.place(0, Question(path=pictures / "ring-crimson.png"))
    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        page.slots[1].paste_button.click()
    assert feature(desktop).history.model.rowCount() == 0
    assert desktop.workspace.engine.store.comparisons() == []
    qtbot.waitUntil(
        lambda: desktop.workspace.comparison.pictures.levels(1) is not None, timeout=TIMEOUT_MS
    )


def test_the_history_is_cut_cleared_and_brought_back(
    desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    ring, grid, growth = (pictures / f"{name}-crimson.png" for name in ("ring", "grid", "growth"))
    compare(desktop, ring, grid, qtbot)
    compare(desktop, grid, growth, qtbot)
    history, view = feature(desktop).history, history_list(desktop)
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: history.model.rowCount() == 1, timeout=TIMEOUT_MS)
    side = feature(desktop).side
    assert side is not None
    side.clear_button.click()
    qtbot.waitUntil(lambda: history.model.rowCount() == 0, timeout=TIMEOUT_MS)
    assert not side.clear_button.isEnabled()
    assert not view.isVisible()
    assert "comparison" in desktop.window.verbs.undo.text()
    desktop.window.verbs.undo.trigger()
    qtbot.waitUntil(lambda: history.model.rowCount() == 1, timeout=TIMEOUT_MS)
    desktop.window.verbs.undo.trigger()
    qtbot.waitUntil(lambda: history.model.rowCount() == 2, timeout=TIMEOUT_MS)
    desktop.window.verbs.redo.trigger()
    qtbot.waitUntil(lambda: history.model.rowCount() == 1, timeout=TIMEOUT_MS)
    assert {action.text().partition("\t")[0] for action in view.menu().actions()} == {
        "Compare again",
        "Remove from the history",
    }


def test_a_missing_file_is_shown_as_missing(desktop: Desktop, pictures: Path, qtbot: QtBot) -> None:
    compare(desktop, pictures / "ring-crimson.png", pictures / "grid-crimson.png", qtbot)
    (pictures / "grid-crimson.png").rename(pictures / "elsewhere.png")
    history, view = feature(desktop).history, history_list(desktop)
    desktop.window.parts.show_browser()
    desktop.window.parts.show_comparison()
    qtbot.waitUntil(lambda: not history.model.remembered(0).has_b, timeout=TIMEOUT_MS)
    assert "(missing)" in view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    view.grab()
    before = desktop.workspace.comparison.sides
    view.activated.emit(view.model().index(0, 0))
    assert desktop.workspace.comparison.sides == before
    assert "grid-crimson.png is not where it was" in desktop.window.parts.strip.text.text()


def test_every_installed_model_scores_when_a_person_asks(
    tiny_models: ModelManager, desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    compare(desktop, few / "ring.png", few / "grid.png", qtbot)
    scores, side = feature(desktop).scores, feature(desktop).side
    assert side is not None
    panel = side.models
    qtbot.waitUntil(panel.ask_button.isEnabled, timeout=TIMEOUT_MS)
    assert scores.scores == [], "nobody has asked"
    panel.ask_button.click()
    (question,) = desktop.window.findChildren(Confirmation)
    assert f"{RELATIONAL}: at least 7 GB of memory" in question.informativeText()
    question.yes.click()
    qtbot.waitUntil(lambda: scores.is_running, timeout=TIMEOUT_MS)
    assert panel.cancel_button.isVisible()
    qtbot.waitUntil(lambda: not scores.is_running, timeout=LONG_MS)
    assert [score.model for score in scores.scores] == [MINI, RELATIONAL]
    assert all(score.trouble is None for score in scores.scores)
    assert panel.note.isVisible()
    assert "cannot be compared" in panel.note.text()
    qtbot.waitUntil(lambda: feature(desktop).history.model.rowCount() == 2, timeout=TIMEOUT_MS)
    remembered = {one.past.model: one.past for one in feature(desktop).history.model.all}
    assert remembered[RELATIONAL].relational == pytest.approx(scores.scores[1].relational)
    assert remembered[RELATIONAL].attribute == pytest.approx(scores.scores[0].attribute)
    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        desktop.window.verbs.swap.trigger()
    assert len(scores.scores) == 2, "a swap changes no score"
    desktop.workspace.comparison.place(1, Question(path=few / "growth.png"))
    assert scores.scores == []


def test_without_another_model_there_is_nothing_to_ask(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    compare(desktop, few / "ring.png", few / "grid.png", qtbot)
    side = feature(desktop).side
    assert side is not None
    qtbot.waitUntil(lambda: bool(feature(desktop).scores.models), timeout=TIMEOUT_MS)
    assert not side.models.ask_button.isEnabled()
    assert "Only the small model" in side.models.ask_button.toolTip()


def test_a_pair_and_the_history_are_saved(
    desktop: Desktop, few: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, grid = few / "ring.png", few / "grid.png"
    compare(desktop, ring, grid, qtbot)
    comparing = feature(desktop)
    assert [action.isEnabled() for action in comparing.export_menu().actions()] == [True] * 3
    pictures = desktop.workspace.comparison.pictures
    qtbot.waitUntil(lambda: None not in map(pictures.levels, (0, 1)), timeout=TIMEOUT_MS)
    dialog = comparing.export_pair_table()
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("ring and grid.csv")
    box = save(desktop, dialog, tmp_path / "pair.csv", qtbot)
    with (tmp_path / "pair.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["a"], row["b"], row["model"]) == (str(ring), str(grid), MINI)
    assert float(row["relational"]) == pytest.approx(comparing.scores.settled.relational, abs=1e-6)
    shown: list[Path] = []
    monkeypatch.setattr(file_actions, "reveal", shown.append)
    button = next(one for one in box.findChildren(QPushButton) if "file manager" in one.text())
    button.click()
    assert shown == [tmp_path / "pair.csv"]
    qtbot.waitUntil(lambda: not boxes(desktop), timeout=TIMEOUT_MS)
    save(desktop, comparing.export_history(), tmp_path / "all.csv", qtbot).close()
    with (tmp_path / "all.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["time"].endswith("+00:00")
    assert row["b"] == str(grid)
    save(desktop, comparing.export_pair_picture(), tmp_path / "pair.png", qtbot).close()
    image = QImage(str(tmp_path / "pair.png"))
    assert image.width() == 2400
    assert image.pixelColor(600, 300) != image.pixelColor(4, 4), "a picture is there"


def test_what_cannot_be_written_is_said(
    desktop: Desktop, few: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    compare(desktop, few / "ring.png", few / "grid.png", qtbot)
    feature(desktop).export.write(tmp_path / "none" / "pair.csv", lambda: b"")
    qtbot.waitUntil(lambda: bool(boxes(desktop)), timeout=TIMEOUT_MS)
    (box,) = boxes(desktop)
    assert "cannot be written" in box.text() + box.informativeText()
    box.close()
    assert not list(tmp_path.glob("none*"))


def test_the_panel_is_hidden_and_stays_so(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.window.parts.show_comparison()
    comparing = feature(desktop)
    assert comparing.side is not None
    assert comparing.side_button is not None
    assert comparing.side.isVisible()
    comparing.side_button.click()
    assert not comparing.side.isVisible()
    assert comparing.host.settings.read_bool("compare/side", default=True) is False


def test_the_menu_of_the_history_opens_on_a_row(desktop: Desktop, few: Path, qtbot: QtBot) -> None:
    compare(desktop, few / "ring.png", few / "grid.png", qtbot)
    view = history_list(desktop)
    asked: list[object] = []
    view.remove_asked.connect(asked.append)
    view.setCurrentIndex(view.model().index(0, 0))
    view.customContextMenuRequested.emit(QPoint(10, 10))
    view.remove_selected()
    assert asked
