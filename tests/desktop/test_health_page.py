"""The health page: numbers that add up, failures with retry, checks, caches, and the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, index, wait_for_grid
from drawn_pictures import draw
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.views.library.health_feature import HealthFeature

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


def feature_of(desktop: Desktop) -> HealthFeature:
    return next(f for f in desktop.window.features if isinstance(f, HealthFeature))


@pytest.fixture
def feature(desktop: Desktop, pictures: Path, qtbot: QtBot) -> HealthFeature:
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    (pictures / "empty.png").touch()
    (pictures / "painting.xcf").touch()
    index(desktop, [pictures], qtbot)
    feature = feature_of(desktop)
    with qtbot.waitSignal(feature.health.changed, timeout=TIMEOUT_MS):
        feature.show_action.trigger()
    qtbot.waitUntil(lambda: "27 found" in feature.page.sum.text(), timeout=TIMEOUT_MS)
    return feature


def test_the_numbers_add_up_in_sight(
    feature: HealthFeature, desktop: Desktop, qtbot: QtBot
) -> None:
    page = feature.page
    assert feature.show_action.shortcut() == QKeySequence("Ctrl+H")
    assert page.sum.text() == "27 found = 24 indexed + 2 failed + 1 skipped"
    assert "24 indexed" in page.bar.accessibleName()
    assert "adds up" in page.verdict.text()
    assert "all can be filtered" in page.images.text()
    assert "24 of 24 by relsim-mini/relational" in page.coverage.text
    assert page.fingerprint.text.startswith("relsim-mini/relational/")
    assert not page.grab().isNull()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert desktop.window.parts.is_browsing


def test_a_file_is_tried_again_from_the_page(
    feature: HealthFeature, desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    table = feature.page.failures
    rows = table.table.model()
    assert [rows.index(row, 0).data() for row in range(2)] == ["broken.jpg", "empty.png"]
    assert rows.index(1, 1).data() == "empty file"
    draw("ring", "purple").save(pictures / "broken.jpg", "JPEG")
    draw("grid", "purple").save(pictures / "empty.png")
    table.table.selectRow(0)
    assert table.retry_button.text() == "Try again"
    with qtbot.waitSignal(desktop.workspace.indexing.idle, timeout=TIMEOUT_MS):
        table.retry_button.click()
    wait_for_grid(desktop, qtbot)
    text = "27 found = 26 indexed + 1 skipped"
    qtbot.waitUntil(lambda: feature.page.sum.text() == text, timeout=TIMEOUT_MS)
    assert not feature.page.failures.isVisible()


def test_recall_and_database_are_checked_on_demand(feature: HealthFeature, qtbot: QtBot) -> None:
    page = feature.page
    assert "Not measured" in page.recall.text
    page.recall_button.click()
    qtbot.waitUntil(lambda: page.recall.text.startswith("100.0%"), timeout=TIMEOUT_MS)
    assert page.recall_button.text() == "Measure"
    page.check_button.click()
    qtbot.waitUntil(lambda: page.database.text.endswith("sound"), timeout=TIMEOUT_MS)


def test_thumbnails_and_old_copies_go_on_demand(
    feature: HealthFeature, desktop: Desktop, qtbot: QtBot
) -> None:
    page, engine = feature.page, desktop.workspace.engine
    assert engine is not None
    assert page.clear_button.isEnabled()
    assert not page.backups_button.isEnabled()
    with qtbot.waitSignal(feature.health.freed, timeout=TIMEOUT_MS) as freed:
        page.clear_button.click()
    assert freed.args[0] > 0
    (engine.library_dir / "library.sqlite3.v3").write_bytes(b"old")
    page.look_button.click()
    qtbot.waitUntil(page.backups_button.isEnabled, timeout=TIMEOUT_MS)
    box = feature.ask_about_backups()
    box.no.click()
    assert (engine.library_dir / "library.sqlite3.v3").exists()
    with qtbot.waitSignal(feature.health.freed, timeout=TIMEOUT_MS):
        feature.ask_about_backups().yes.click()
    assert not (engine.library_dir / "library.sqlite3.v3").exists()


def test_the_report_is_copied_as_text(feature: HealthFeature, pictures: Path) -> None:
    feature.page.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "27 = 24 indexed + 0 waiting + 2 failed + 0 offline + 1 skipped" in text
    assert str(pictures / "broken.jpg") in text
    QGuiApplication.clipboard().clear()


def test_older_pictures_are_measured_behind_the_window(
    filled: Desktop, open_desktop: Callable[..., Desktop], qtbot: QtBot
) -> None:
    engine = filled.workspace.engine
    assert engine is not None
    with engine.store._database.transaction() as connection:
        connection.execute("DELETE FROM traits")
    filled.window.close()
    again = open_desktop()
    measuring = feature_of(again).measuring
    with qtbot.waitSignal(measuring.measured, timeout=TIMEOUT_MS) as measured:
        pass
    assert measured.args == [24]


def test_an_empty_library_is_healthy(desktop: Desktop, qtbot: QtBot) -> None:
    feature = feature_of(desktop)
    feature.show_action.trigger()
    qtbot.waitUntil(lambda: feature.page.sum.text() == "0 found", timeout=TIMEOUT_MS)
    assert not feature.page.recall_button.isEnabled()
    assert not feature.page.folders.isVisible()
    assert not feature.page.grab().isNull()
