"""The tour: over the real window, while the real thing is done; left and taken up again."""

from __future__ import annotations

import pytest
from desktop_driving import TIMEOUT_MS, click, middle, row_of, wait_for_grid
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.settings import Settings
from relsim_desktop.views.tour.feature import TourFeature

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def tour_of(desktop: Desktop) -> TourFeature:
    return next(one for one in desktop.window.features if isinstance(one, TourFeature))


def wait_for(tour: TourFeature, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: tour.step is not None and tour.step.name == name, timeout=TIMEOUT_MS)


def test_doing_what_it_says_leads_on(desktop: Desktop, settings: Settings, qtbot: QtBot) -> None:
    parts, tour = desktop.window.parts, tour_of(desktop)
    desktop.window.resize(1200, 800)
    qtbot.waitUntil(parts.empty.isVisible)
    parts.empty.tour_button.click()
    wait_for(tour, "index", qtbot)
    card = tour.overlay.card
    assert card.isVisible()
    assert card.next_button.hasFocus()
    button = parts.empty.sample_button
    at = middle(desktop.window, button)
    assert not card.geometry().contains(at)
    assert tour.overlay.light.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert QApplication.widgetAt(desktop.window.mapToGlobal(at)) is button, "nothing is in the way"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(tour, "ask", qtbot)
    wait_for_grid(desktop, qtbot)
    click(parts.collection.view, 0, qtbot)
    wait_for(tour, "surprise", qtbot)
    parts.analogies.surprise.setValue(50)
    qtbot.waitUntil(lambda: tour.step is not None and tour.step.name != "surprise")
    while tour.step is not None and tour.step.name != "compare":
        card.next_button.click()
    desktop.window.verbs.compare.trigger()
    assert tour.step is not None, "the last step waits until it was read"
    assert card.next_button.text() == "Done"
    card.next_button.click()
    assert tour.step is None
    assert card.isHidden()
    assert settings.read_text("tour/step") == ""
    assert "F1" in parts.strip.text.text()


def test_it_is_left_and_taken_up_again(filled: Desktop, qtbot: QtBot) -> None:
    tour = tour_of(filled)
    tour.start()
    assert tour.step is not None
    assert tour.step.name == "ask", "there are pictures already"
    card = tour.overlay.card
    qtbot.keyClick(card.next_button, Qt.Key.Key_Space)
    assert tour.step.name == "surprise"
    assert "surprise" in card.next_button.accessibleDescription().lower()
    card.end_button.click()
    assert tour.step is None
    assert tour.overlay.light.isHidden()
    tour.action.trigger()
    assert tour.step is not None
    assert tour.step.name == "surprise"
    card.back_button.click()
    assert tour.step.name == "ask"
    assert card.back_button.isHidden()
    click(filled.window.parts.collection.view, row_of(filled, "ring-crimson.png"), qtbot)
    wait_for(tour, "surprise", qtbot)


def test_the_window_closes_in_the_middle_of_it(
    desktop: Desktop, settings: Settings, qtbot: QtBot
) -> None:
    tour = tour_of(desktop)
    tour.start()
    desktop.window.close()
    assert tour.step is None
    assert settings.read_text("tour/step") == "index"
