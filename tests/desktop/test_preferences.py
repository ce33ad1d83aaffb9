"""The settings page: every option works at once or says when, is found, and goes back."""

from __future__ import annotations

import os

import pytest
from desktop_driving import TIMEOUT_MS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from relsim_desktop import options
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.settings import Settings
from relsim_desktop.views.asking.feature import AskingFeature
from relsim_desktop.views.preferences.feature import PreferencesFeature
from relsim_desktop.views.preferences.page import PreferencesPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def feature(desktop: Desktop) -> PreferencesFeature:
    return next(one for one in desktop.window.features if isinstance(one, PreferencesFeature))


@pytest.fixture
def page(feature: PreferencesFeature, qtbot: QtBot) -> PreferencesPage:
    feature.show_action.trigger()
    page = feature.shown_page
    assert isinstance(page, PreferencesPage)
    qtbot.waitUntil(page.search.hasFocus)
    return page


@pytest.mark.parametrize("option", options.OPTIONS, ids=lambda option: option.key)
def test_every_option_has_a_sound_default_and_a_text(option: options.Option) -> None:
    assert option.accept(option.default) == option.default
    assert option.section in options.SECTIONS
    assert option.title
    assert option.description.endswith(".")
    assert "  " not in option.description + option.title


@pytest.mark.parametrize("option", options.OPTIONS, ids=lambda option: option.key)
def test_another_value_comes_back_and_nonsense_does_not(
    option: options.Option, settings: Settings
) -> None:
    if option.choices:
        other: options.Value = next(v for v, _ in option.choices if v != option.default)
    elif isinstance(option.default, bool):
        other = not option.default
    else:
        other = option.most
        settings.write(option.key, option.most + 1)
        assert settings.value(option) == option.most
    settings.write(option.key, other)
    assert settings.value(option) == other
    settings.write(option.key, "nonsense")
    assert settings.value(option) == option.default


def test_settings_work_at_once(desktop: Desktop, page: PreferencesPage, qtbot: QtBot) -> None:
    def choose(option: options.Option, value: options.Value) -> None:
        control = page.options[option.key].control
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(value))
            control.activated.emit(control.currentIndex())
        elif isinstance(control, QCheckBox):
            control.click()
        elif isinstance(control, QSpinBox):
            control.setValue(int(value))

    parts, verbs = desktop.window.parts, desktop.window.verbs
    choose(options.THEME, "dark")
    qtbot.waitUntil(lambda: desktop.theme.is_dark)
    choose(options.THUMBNAIL_SIZE, 224)
    assert parts.collection.tile_edge == 224
    choose(options.NAMES, True)
    assert verbs.names.isChecked()
    choose(options.SURPRISE, 40)
    assert parts.analogies.surprise.value() == 40
    choose(options.COLLAPSE, False)
    assert not parts.analogies.collapse.isChecked()
    choose(options.LEARNS, False)
    asking = next(one for one in desktop.window.features if isinstance(one, AskingFeature))
    assert not asking.learns.isChecked()
    asking.learns.trigger()
    learns = page.options[options.LEARNS.key].control
    assert isinstance(learns, QCheckBox)
    assert learns.isChecked(), "what is changed in a menu shows here"
    choose(options.DESCRIBES, "true")
    assert desktop.workspace.describing.wanted
    choose(options.DEVICE, "cpu")
    assert os.environ["RELSIM_DEVICE"] == "cpu"
    choose(options.IDLE, 3)
    assert os.environ["RELSIM_IDLE_S"] == "180"
    # What is changed elsewhere shows here.
    verbs.themes["light"].trigger()
    control = page.options[options.THEME.key].control
    assert isinstance(control, QComboBox)
    assert control.currentData() == "light"
    verbs.names.trigger()
    names = page.options[options.NAMES.key].control
    assert isinstance(names, QCheckBox)
    assert not names.isChecked()


def test_a_default_is_restored_and_that_is_undone(filled: Desktop, settings: Settings) -> None:
    desktop = filled
    feature = next(one for one in desktop.window.features if isinstance(one, PreferencesFeature))
    page = feature.shown_page
    assert isinstance(page, PreferencesPage)
    feature.enter()
    row = page.options[options.SURPRISE.key]
    assert row.restore_button.isHidden()
    feature.set(options.SURPRISE, 60)
    assert not row.restore_button.isHidden()
    row.restore_button.click()
    assert settings.value(options.SURPRISE) == 0
    assert desktop.window.verbs.undo.text().endswith("estoring Surprise")
    feature.leave()
    desktop.window.verbs.undo.trigger()
    assert settings.value(options.SURPRISE) == 60
    assert desktop.window.parts.analogies.surprise.value() == 60
    desktop.window.verbs.redo.trigger()
    assert settings.value(options.SURPRISE) == 0


def test_search_shows_what_fits_and_escape_shows_all(
    feature: PreferencesFeature, page: PreferencesPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search, "graphics")
    shown = {key for key, row in page.options.items() if not row.isHidden()}
    assert options.DEVICE.key in shown
    assert options.THEME.key not in shown
    assert "<span" in page.options[options.DEVICE.key].description.text()
    page.search.clear()
    qtbot.keyClicks(page.search, "privacy")
    assert not page.notes["private"].isHidden(), "the title of a section shows all of it"
    page.search.clear()
    qtbot.keyClicks(page.search, "qqqq")
    assert page.nothing.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert feature.is_shown
    assert not any(row.isHidden() for row in page.options.values())
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert not feature.is_shown


def test_links_are_fetched_only_if_a_person_wants_that(
    desktop: Desktop, feature: PreferencesFeature, qtbot: QtBot
) -> None:
    inquiry = desktop.workspace.inquiry
    feature.set(options.FETCH_LINKS, False)
    with qtbot.waitSignal(inquiry.failed, timeout=TIMEOUT_MS) as failed:
        desktop.window.ask(Question(link="http://127.0.0.1:9/picture.png"))
    assert "Links are not fetched" in failed.args[0].text
    feature.set(options.FETCH_LINKS, True)
    assert desktop.workspace.jobs.may_fetch


def test_reveal_leads_to_one_setting(
    feature: PreferencesFeature, page: PreferencesPage, qtbot: QtBot
) -> None:
    feature.leave()
    feature.reveal(options.FETCH_LINKS.key)
    qtbot.waitUntil(page.options[options.FETCH_LINKS.key].control.hasFocus)


def test_what_the_environment_says_stays(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("RELSIM_DEVICE", "cpu")
    desktop: Desktop = request.getfixturevalue("desktop")
    feature = next(one for one in desktop.window.features if isinstance(one, PreferencesFeature))
    feature.set(options.DEVICE, "cuda")
    assert os.environ["RELSIM_DEVICE"] == "cpu"


def test_the_location_of_the_library_is_named(desktop: Desktop, page: PreferencesPage) -> None:
    assert desktop.workspace.engine is not None
    assert str(desktop.workspace.engine.library_dir) in page.notes["location"].description.text()
