"""Looking at two pictures: how near, which part, and over one another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from link_server import link_server
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.presenters.pair_view import PairMode, PairView
from relsim_desktop.question import Question
from relsim_desktop.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RED, BLUE = QColor(200, 0, 0), QColor(0, 0, 200)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """A large red picture and a small blue one, of the same shape."""
    paths = tmp_path / "red.png", tmp_path / "blue.png"
    Image.new("RGB", (1600, 800), (200, 0, 0)).save(paths[0])
    Image.new("RGB", (400, 200), (0, 0, 200)).save(paths[1])
    return paths


@pytest.fixture
def compared(desktop: Desktop, two: tuple[Path, Path], qtbot: QtBot) -> Desktop:
    """A window that shows the two, both loaded, with the score there."""
    comparison = desktop.workspace.comparison
    with qtbot.waitSignal(comparison.settled, timeout=TIMEOUT_MS):
        desktop.window.compare(*(Question(path=path) for path in two))
    wait_for_pictures(desktop, qtbot)
    return desktop


def wait_for_pictures(desktop: Desktop, qtbot: QtBot) -> None:
    pictures = desktop.workspace.comparison.pictures
    sizes = [1600, 400]

    def there() -> None:
        found = sorted(pictures.levels(side).native.width() for side in (0, 1))
        assert found == sorted(sizes)

    qtbot.waitUntil(there, timeout=TIMEOUT_MS)


def color(widget: QWidget, x: float, y: float = 0.5) -> QColor:
    """What a widget shows at a place, in parts of its size."""
    image: QImage = widget.grab().toImage()
    return image.pixelColor(round(x * (image.width() - 1)), round(y * (image.height() - 1)))


def key(desktop: Desktop, name: str, qtbot: QtBot) -> None:
    qtbot.keyClick(desktop.window, getattr(Qt.Key, f"Key_{name}"))


def test_a_place_stays_under_the_pointer_while_zooming() -> None:
    view = PairView()
    view.natural = 2.0
    view.zoom_to(4.0)
    view.pan(QPointF(0.1, -0.05))
    at = QPointF(0.8, 0.3)

    def place() -> QPointF:
        return view.centre + (at - QPointF(0.5, 0.5)) / view.zoom

    before = place()
    view.step(2, at)
    assert view.zoom == pytest.approx(4.0 * 1.25**2)
    assert (place() - before).manhattanLength() == pytest.approx(0.0, abs=1e-9)
    assert view.percent == round(100 * view.zoom / 2.0)
    view.zoom_to(1e9)
    assert view.zoom == 16.0, "eight times the size of the pixels"
    view.pan(QPointF(1000, 1000))
    assert view.centre.x() >= 0.5 / view.zoom, "the pictures stay in sight"
    view.fit()
    assert view.is_fitted
    assert view.centre == QPointF(0.5, 0.5)
    view.toggle_natural()
    assert view.percent == 100
    view.toggle_natural()
    assert view.is_fitted


def test_both_are_seen_side_by_side_then_swiped(compared: Desktop, qtbot: QtBot) -> None:
    page, view = compared.window.parts.comparison, compared.workspace.comparison.view
    canvases = [slot.canvas for slot in page.slots]
    assert [color(canvas, 0.5) for canvas in canvases] == [RED, BLUE]
    key(compared, "S", qtbot)
    assert view.mode is PairMode.SWIPE
    assert page.bar.modes[PairMode.SWIPE].isChecked()
    assert page.stage.isVisible()
    assert not canvases[0].isVisible()
    assert page.stage.hasFocus()
    assert [color(page.stage, x) for x in (0.4, 0.6)] == [RED, BLUE]
    for _ in range(10):
        qtbot.keyClick(page.stage, Qt.Key.Key_Right)
    assert view.divider == pytest.approx(0.7)
    assert color(page.stage, 0.6) == RED
    assert "70 percent" in page.stage.accessibleName()
    width, height = page.stage.width(), page.stage.height()
    at = QPoint(round(0.7 * width), height // 3)
    qtbot.mousePress(page.stage, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(page.stage, QPoint(round(0.2 * width), height // 3))
    qtbot.mouseRelease(page.stage, Qt.MouseButton.LeftButton, pos=QPoint(width // 5, height // 3))
    assert view.divider == pytest.approx(0.2, abs=0.02)
    assert color(page.stage, 0.4) == BLUE
    key(compared, "S", qtbot)
    assert view.mode is PairMode.SIDES


def test_overlay_and_difference(compared: Desktop, qtbot: QtBot) -> None:
    page, view = compared.window.parts.comparison, compared.workspace.comparison.view
    key(compared, "O", qtbot)
    assert view.mode is PairMode.OVERLAY
    page.bar.opacity.setValue(0)
    assert color(page.stage, 0.5) == RED
    page.bar.opacity.setValue(100)
    assert color(page.stage, 0.5) == BLUE
    page.bar.opacity.setValue(50)
    mixed = color(page.stage, 0.5)
    assert (mixed.red(), mixed.blue()) == (pytest.approx(100, abs=3), pytest.approx(100, abs=3))
    key(compared, "D", qtbot)
    assert view.is_difference
    assert color(page.stage, 0.5) == QColor(200, 0, 200)
    assert not page.bar.opacity.isEnabled()
    compared.workspace.comparison.place(1, compared.workspace.comparison.sides[0])
    qtbot.waitUntil(lambda: color(page.stage, 0.5) == QColor(0, 0, 0), timeout=TIMEOUT_MS)


def test_blinking_shows_b_while_held(compared: Desktop, qtbot: QtBot) -> None:
    page = compared.window.parts.comparison
    key(compared, "F", qtbot)
    assert color(page.stage, 0.5) == RED
    qtbot.keyPress(page.stage, Qt.Key.Key_Space)
    assert color(page.stage, 0.5) == BLUE
    assert "blue.png" in page.stage.accessibleName()
    qtbot.keyRelease(page.stage, Qt.Key.Key_Space)
    assert color(page.stage, 0.5) == RED
    page.bar.flip.pressed.emit()
    assert color(page.stage, 0.5) == BLUE
    page.bar.flip.released.emit()
    assert color(page.stage, 0.5) == RED


def test_zoom_is_the_same_for_both(compared: Desktop, qtbot: QtBot) -> None:
    page, view = compared.window.parts.comparison, compared.workspace.comparison.view
    left, right = (slot.canvas for slot in page.slots)
    pictures = compared.workspace.comparison.pictures
    assert left.width() == right.width(), "one zoom, one size"
    natural = 1600 / left.fitted(pictures.levels(0)).width()
    assert view.natural == pytest.approx(natural, rel=1e-6)
    wheel = QWheelEvent(
        QPointF(left.rect().center()), QPointF(left.mapToGlobal(left.rect().center())),
        QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(left, wheel)
    assert view.zoom == pytest.approx(1.25**2)
    a, b = left.placed(pictures.levels(0)), right.placed(pictures.levels(1))
    assert (a.width(), a.height()) == (
        pytest.approx(b.width(), abs=2),
        pytest.approx(b.height(), abs=2),
    )
    page.bar.natural.click()
    assert view.percent == 100
    assert page.bar.percent.text() == "100 %"
    assert left.placed(pictures.levels(0)).width() == pytest.approx(1600, abs=2)
    before = view.centre
    left.setFocus()
    qtbot.keyClick(left, Qt.Key.Key_Right)
    assert view.centre.x() > before.x()
    key(compared, "0", qtbot)
    assert view.is_fitted
    key(compared, "Plus", qtbot)
    assert view.zoom == pytest.approx(1.25)
    key(compared, "Minus", qtbot)
    assert view.is_fitted
    key(compared, "Z", qtbot)
    assert view.percent == 100
    key(compared, "V", qtbot)
    assert view.mode is PairMode.SWIPE
    assert not view.is_fitted, "the view stays where it is"


def test_a_swap_loads_nothing_again(compared: Desktop, qtbot: QtBot) -> None:
    comparison = compared.workspace.comparison
    before = [comparison.pictures.levels(side) for side in (0, 1)]
    with qtbot.waitSignal(comparison.settled, timeout=TIMEOUT_MS):
        compared.window.verbs.swap.trigger()
    assert [comparison.pictures.levels(side) for side in (1, 0)] == before


def test_one_picture_alone_or_a_broken_one(
    desktop: Desktop, two: tuple[Path, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    comparison, page = desktop.workspace.comparison, desktop.window.parts.comparison
    desktop.window.parts.show_comparison()
    comparison.place(0, Question(path=two[0]))
    assert not page.bar.modes[PairMode.SWIPE].isEnabled()
    comparison.view.mode = PairMode.OVERLAY
    assert page.slots[1].pick_button.isVisible(), "a place for the other one is left"
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    with qtbot.waitSignal(comparison.failed, timeout=TIMEOUT_MS):
        comparison.place(1, Question(path=broken))
    qtbot.waitUntil(lambda: bool(comparison.pictures.why_unreadable(1)), timeout=TIMEOUT_MS)
    page.grab()
    assert page.verdict.text() == "These two cannot be compared"


def test_the_mode_is_remembered(
    open_desktop: Callable[..., Desktop], settings: Settings, qtbot: QtBot
) -> None:
    first = open_desktop()
    first.workspace.comparison.view.mode = PairMode.BLINK
    first.window.close()
    again = open_desktop()
    assert again.workspace.comparison.view.mode is PairMode.BLINK


def test_a_link_is_fetched_before_it_is_compared(
    desktop: Desktop, two: tuple[Path, Path], qtbot: QtBot
) -> None:
    comparison, page = desktop.workspace.comparison, desktop.window.parts.comparison
    desktop.window.parts.show_comparison()
    with link_server() as web:
        slow = f"{web.url}/slow.png"
        comparison.place(0, Question(link=slow))
        assert comparison.sides == (None, None)
        assert page.slots[0].name.full_text == slow
        comparison.place_next(Question(path=two[0]))
        assert comparison.sides[1] is not None, "the first side is spoken for"
        with qtbot.waitSignal(comparison.settled, timeout=TIMEOUT_MS):
            web.goes_on.set()
        assert page.slots[0].name.full_text == "slow.png"
        with qtbot.waitSignal(comparison.failed, timeout=TIMEOUT_MS):
            comparison.place(0, Question(link=f"{web.url}/gone.png"))
        assert "404" in page.standing.text()
        assert page.slots[0].pick_button.isVisible()
        web.goes_on.clear()
        comparison.place(0, Question(link=slow))
        page.slots[0].clear_button.click()
        assert comparison.fetching(0) == ""
        web.goes_on.set()
        qtbot.waitUntil(lambda: desktop.workspace.jobs.running == 0, timeout=TIMEOUT_MS)
        assert comparison.sides[0] is None, "what was taken away does not come back"
