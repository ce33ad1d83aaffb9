"""Narrowing answers down, turning their order round, wandering, learning: on the real engine."""

from __future__ import annotations

import pytest
from asking_driving import ask, feature, names, picture, relations, settle
from desktop_driving import TIMEOUT_MS, answer
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.settings import Settings
from relsim_desktop.views.asking.feature import LEARNS
from relsim_desktop.views.asking.filter_panel import FilterPanel

# Said by Qt's offscreen platform, which has no window manager to pass size hints to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def open_filters(desktop: Desktop, qtbot: QtBot) -> FilterPanel:
    """By the key, and wait until there is something to choose."""
    feature(desktop).filter.trigger()
    panel = feature(desktop).panel
    qtbot.waitUntil(lambda: bool(panel.formats), timeout=TIMEOUT_MS)
    assert panel.isVisible()
    return panel


def test_a_format(filled: Desktop, qtbot: QtBot) -> None:
    terms, inquiry = filled.window.parts.analogies.terms, filled.workspace.inquiry
    ask(filled, "ring-crimson.png", qtbot)
    assert not terms.isVisible()
    panel = open_filters(filled, qtbot)
    assert panel.formats["JPEG"].accessibleName() == "JPEG (12)"
    hits = answer(filled, panel.formats["JPEG"].click, qtbot)
    assert {name.rpartition(".")[2] for name in names(hits)} == {"jpg"}
    assert panel.count.text() == "12 of 24 pictures pass"
    assert terms.filter_button.text() == "Filters · 1"
    assert [chip.text() for chip in terms.chips] == ["JPEG"]
    assert terms.chips[0].accessibleName() == "Remove “JPEG”"
    assert terms.count.text() == "12 of 24 pictures pass"
    panel.close()

    other = ask(filled, "growth-crimson.png", qtbot)
    assert {name.rpartition(".")[2] for name in names(other)} == {"jpg"}, "filters stay"
    every = answer(filled, terms.chips[0].click, qtbot)
    assert {name.rpartition(".")[2] for name in names(every)} == {"jpg", "png"}
    assert inquiry.question.filters is None
    assert not panel.formats["JPEG"].isChecked()
    assert not terms.isVisible()
    answer(filled, inquiry.back, qtbot)
    assert [chip.text() for chip in terms.chips] == ["JPEG"]
    assert panel.formats["JPEG"].isChecked()


def test_colours_shapes_folders_dates_and_scores(filled: Desktop, qtbot: QtBot) -> None:
    terms = filled.window.parts.analogies.terms
    ask(filled, "ring-crimson.png", qtbot)
    panel = open_filters(filled, qtbot)
    assert not panel.colours["pink"].isEnabled()
    answer(filled, panel.colours["blue"].click, qtbot)
    hits = answer(filled, panel.orientations["square"].click, qtbot)
    assert hits
    assert all("royalblue.png" in name for name in names(hits))
    answer(filled, lambda: panel.least.setValue(90), qtbot)
    assert [chip.text() for chip in terms.chips] == ["Square", "Blue", "Top 10%"]
    answer(filled, panel.clear_button.click, qtbot)
    assert terms.chips == []

    assert panel.folder.count() >= 2
    answer(filled, lambda: panel.folder.setCurrentIndex(1), qtbot)
    assert [chip.text() for chip in terms.chips] == ["pictures"]
    panel.since.edit.setDate(QDate(2020, 1, 1))
    answer(filled, panel.since.box.click, qtbot)
    panel.until.edit.setDate(QDate(2020, 12, 31))
    none = answer(filled, panel.until.box.click, qtbot)
    assert none == []
    texts = [chip.text() for chip in terms.chips]
    assert texts == ["pictures", "Since 2020-01-01", "Until 2020-12-31"]
    panel.close()


def test_an_empty_answer_says_which_filter_to_loosen(filled: Desktop, qtbot: QtBot) -> None:
    parts, inquiry = filled.window.parts.analogies, filled.workspace.inquiry
    ask(filled, "ring-crimson.png", qtbot)
    panel = open_filters(filled, qtbot)
    answer(filled, panel.formats["JPEG"].click, qtbot)
    panel.since.edit.setDate(QDate(2090, 1, 1))
    with qtbot.waitSignal(inquiry.aside.opened, timeout=TIMEOUT_MS):
        panel.since.box.click()
    panel.close()
    assert not parts.is_showing_neighbors
    assert parts.message.title == "No picture passes the filters"
    loosen, clear = parts.message.buttons
    assert loosen.text().startswith("Without “Since 2090-01-01”")
    assert clear.text() == "Clear all filters"
    hits = answer(filled, loosen.click, qtbot)
    assert {name.rpartition(".")[2] for name in names(hits)} == {"jpg"}
    answer(filled, inquiry.back, qtbot)
    every = answer(filled, parts.message.buttons[-1].click, qtbot)
    assert len(every) > len(hits)
    assert parts.is_showing_neighbors


def test_nothing_is_related_enough(filled: Desktop, qtbot: QtBot) -> None:
    parts = filled.window.parts.analogies
    ask(filled, "ring-crimson.png", qtbot)
    panel = open_filters(filled, qtbot)
    answer(filled, lambda: panel.least.setValue(95), qtbot)
    assert parts.is_showing_neighbors
    ring = panel.formats["PNG"]
    answer(filled, ring.click, qtbot)
    for name in ("orange",):
        answer(filled, panel.colours[name].click, qtbot)
    answer(filled, panel.orientations["landscape"].click, qtbot)
    assert parts.message.title == "No picture passes the filters"
    panel.close()


def test_least_related_first(filled: Desktop, qtbot: QtBot) -> None:
    nearest = ask(filled, "ring-crimson.png", qtbot)
    turn, terms = feature(filled).farthest, filled.window.parts.analogies.terms
    farthest = answer(filled, turn.trigger, qtbot)
    assert relations(nearest, 3) == {"ring"}
    assert "ring" not in relations(farthest, 6)
    assert farthest[0].relational == min(hit.relational for hit in farthest)
    assert [chip.text() for chip in terms.chips] == ["Least related first"]
    assert turn.isChecked()
    again = answer(filled, terms.chips[0].click, qtbot)
    assert names(again) == names(nearest)
    assert not turn.isChecked()
    answer(filled, filled.workspace.inquiry.back, qtbot)
    assert turn.isChecked()


def test_surprise_me(filled: Desktop, qtbot: QtBot) -> None:
    wander, inquiry = feature(filled).wander, filled.workspace.inquiry
    answer(filled, wander.trigger, qtbot)
    first = inquiry.question
    assert first.path in [one.path for one in files(filled)]
    seen = {first.path}
    for _ in range(6):
        answer(filled, wander.trigger, qtbot)
        seen.add(inquiry.question.path)
    assert len(seen) > 1
    while inquiry.can_go_back:
        answer(filled, inquiry.back, qtbot)
    assert inquiry.question == first


def files(desktop: Desktop) -> list:
    model = desktop.workspace.collection.files
    return [model.entry(row) for row in range(model.rowCount())]


def test_learning_from_verdicts_can_be_turned_off(
    filled: Desktop, settings: Settings, qtbot: QtBot
) -> None:
    parts = filled.window.parts.analogies
    parts.collapse.setChecked(False)
    first = ask(filled, "ring-crimson.png", qtbot)
    filled.workspace.query_verdicts.toggle(first[0].image_id, "no")
    settle(filled, qtbot)
    learned = answer(filled, filled.workspace.inquiry.refresh, qtbot)
    assert learned[0].image_id != first[0].image_id, "what is no analogy sinks"
    plain = answer(filled, feature(filled).learns.trigger, qtbot)
    assert names(plain) == names(first)
    assert settings.read_bool(LEARNS, default=True) is False


def test_without_a_question_there_is_nothing_to_filter(filled: Desktop, qtbot: QtBot) -> None:
    own = feature(filled)
    assert not own.filter.isEnabled()
    assert not own.farthest.isEnabled()
    answer(filled, lambda: filled.window.ask(picture(filled, "ring-crimson.png")), qtbot)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(filled.window, Qt.Key.Key_F, keys)
    assert own.panel.isVisible()
    qtbot.keyClick(own.panel, Qt.Key.Key_Escape)
    assert not own.panel.isVisible()
    settle(filled, qtbot)
