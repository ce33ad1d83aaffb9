"""Beside a compared pair: what the metrics of the paper say, and what is missing for others."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from tiny_metric_models import make_clip, make_dino

from engine.comparing.scoring import Scoring
from engine.models.manager import ModelManager
from engine.service import Engine
from relsim_desktop.app import Desktop
from relsim_desktop.presenters.pair_view import PairMode
from relsim_desktop.question import Question
from relsim_desktop.views.compare.feature import CompareFeature
from relsim_desktop.views.compare.metrics import MetricScoresPanel
from relsim_desktop.views.confirmation import Confirmation

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG_MS = 120_000  # torch is imported on the way


def compared(desktop: Desktop, a: Path, b: Path, qtbot: QtBot) -> CompareFeature:
    """Compare two files, and wait until it is known which metrics are ready."""
    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        desktop.window.compare(Question(path=a), Question(path=b))
    feature = next(one for one in desktop.window.features if isinstance(one, CompareFeature))
    qtbot.waitUntil(lambda: bool(feature.metrics.states), timeout=TIMEOUT_MS)
    return feature


def panel_of(feature: CompareFeature) -> MetricScoresPanel:
    assert feature.side is not None
    return feature.side.metrics


def said(panel: MetricScoresPanel) -> list[str]:
    return [one.text() for one in panel.rows.findChildren(QLabel) if one.text()]


@pytest.fixture
def towers(tmp_path: Path) -> ModelManager:
    manager = ModelManager()
    manager.import_folder("clip-vit-l14", make_clip(tmp_path / "clip"))
    manager.import_folder("dinov2-large", make_dino(tmp_path / "dino"))
    return manager


@pytest.mark.usefixtures("towers")
def test_the_metrics_that_are_ready_score_when_a_person_asks(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    feature = compared(desktop, few / "ring.png", few / "grid.png", qtbot)
    metrics, panel = feature.metrics, panel_of(feature)
    assert metrics.scores == [], "nobody has asked"
    assert panel.ask_button.toolTip().endswith("one after another: DINO, CLIP-I")
    panel.ask_button.click()
    assert not desktop.window.findChildren(Confirmation), "they are small"
    assert panel.cancel_button.isVisible()
    assert not panel.ask_button.isVisible()
    qtbot.waitUntil(lambda: not metrics.is_running, timeout=LONG_MS)
    assert [score.metric for score in metrics.scores] == ["dino", "clip-i"]

    with Engine.open() as engine:
        wanted = {
            one.metric: one.value
            for one in Scoring(engine).by_metrics(few / "ring.png", few / "grid.png")
        }
    for score in metrics.scores:
        assert score.value == pytest.approx(wanted[score.metric], abs=1e-6)
    shown = said(panel)
    assert sum("high is close · sees looks" in line for line in shown) == 2
    numbers = [one for one in panel.rows.findChildren(QLabel) if "by DINO" in one.accessibleName()]
    assert numbers[0].accessibleName() == f"{numbers[0].text()} by DINO, high is close"
    assert panel.note.isVisible()

    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        desktop.window.verbs.swap.trigger()
    assert len(metrics.scores) == 2, "a swap changes none of these"
    desktop.workspace.comparison.place(1, Question(path=few / "growth.png"))
    assert metrics.scores == []
    assert not panel.rows.isVisible()


@pytest.mark.usefixtures("towers")
def test_a_job_that_waits_for_a_model_says_that_it_is_stopping(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    feature = compared(desktop, few / "ring.png", few / "grid.png", qtbot)
    metrics, panel = feature.metrics, panel_of(feature)
    panel.ask_button.click()
    panel.cancel_button.click()
    assert panel.doing.full_text == "Stopping…"
    assert not panel.cancel_button.isEnabled()
    qtbot.waitUntil(lambda: not metrics.is_running, timeout=LONG_MS)
    assert metrics.scores == []
    panel.ask_button.click()
    assert panel.doing.full_text != "Stopping…"
    assert panel.cancel_button.isEnabled()
    panel.cancel_button.click()
    qtbot.waitUntil(lambda: not metrics.is_running, timeout=LONG_MS)


def test_a_narrow_window_leaves_names_of_buttons_out(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    compared(desktop, few / "ring.png", few / "grid.png", qtbot)
    window, bar = desktop.window, desktop.window.parts.comparison.bar
    swipe, styles = bar.modes[PairMode.SWIPE], Qt.ToolButtonStyle
    window.resize(1360, 700)
    qtbot.waitUntil(
        lambda: swipe.toolButtonStyle() == styles.ToolButtonTextBesideIcon, timeout=TIMEOUT_MS
    )
    assert "Swipe" not in swipe.toolTip()
    window.resize(900, 640)
    qtbot.waitUntil(
        lambda: swipe.toolButtonStyle() == styles.ToolButtonIconOnly, timeout=TIMEOUT_MS
    )
    assert window.width() == 900
    assert bar.minimumSizeHint().width() <= bar.width()
    assert swipe.toolTip().startswith("Swipe (S)\n")
    assert swipe.accessibleName() == "Swipe (S)"
    window.resize(1360, 700)
    qtbot.waitUntil(
        lambda: swipe.toolButtonStyle() == styles.ToolButtonTextBesideIcon, timeout=TIMEOUT_MS
    )


def test_what_is_not_ready_is_told_with_what_to_do(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    feature = compared(desktop, few / "ring.png", few / "grid.png", qtbot)
    panel = panel_of(feature)
    assert not panel.ask_button.isEnabled()
    assert "No metric is ready" in panel.ask_button.toolTip()
    panel.missing_button.click()
    box = next(one for one in desktop.window.findChildren(QMessageBox) if one.isVisible())
    text = box.informativeText()
    assert "LPIPS: LPIPS needs torchvision" in text
    assert "CLIP-I: The model clip-vit-l14 is not installed: open Models (Ctrl+M)" in text
    assert "relsim models download" not in text, "this is a window"
    box.close()

    with qtbot.waitSignal(desktop.workspace.models.installed, timeout=TIMEOUT_MS):
        folder = make_clip(few.parent / "clip")
        desktop.workspace.models.import_folder("clip-vit-l14", folder)
    qtbot.waitUntil(panel.ask_button.isEnabled, timeout=TIMEOUT_MS)


@pytest.mark.usefixtures("tiny_models")
def test_a_person_is_told_before_a_large_model_is_loaded(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    feature = compared(desktop, few / "ring.png", few / "grid.png", qtbot)
    assert [state.spec.id for state in feature.metrics.ready] == ["qwen-t"]
    panel_of(feature).ask_button.click()
    (question,) = desktop.window.findChildren(Confirmation)
    assert "Qwen-T: at least 7 GB of memory" in question.informativeText()
    question.no.click()
    assert not feature.metrics.is_running
