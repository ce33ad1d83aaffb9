"""The inspector: why the current neighbor matches, and what looks like the query."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, click, index, row_of
from judging_driving import ask, settle
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.views.why.feature import WhyFeature
from relsim_desktop.views.why.panel import WhyPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def words(widget: QWidget) -> str:
    """All that a page says."""
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def feature(desktop: Desktop) -> WhyFeature:
    return next(one for one in desktop.window.features if isinstance(one, WhyFeature))


def open_panel(desktop: Desktop, qtbot: QtBot) -> WhyPanel:
    """Open the inspector with its key."""
    desktop.window.activateWindow()
    qtbot.keyClick(desktop.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    panel = feature(desktop).panel
    qtbot.waitUntil(panel.isVisible, timeout=TIMEOUT_MS)
    return panel


def explained(desktop: Desktop, panel: WhyPanel, qtbot: QtBot) -> None:
    """Wait until the pair of now is explained and the look-alikes are there."""

    def is_there() -> None:
        pair = feature(desktop).explanations.pair
        assert pair is not None
        assert panel.is_explaining
        assert panel.match.question == pair[1]
        assert panel.query.question == pair[0]
        assert panel.look_alikes.model.rowCount()

    qtbot.waitUntil(is_there, timeout=TIMEOUT_MS)
    settle(desktop, qtbot)


def id_of(desktop: Desktop, name: str) -> int:
    image_id = desktop.workspace.collection.files.entry(row_of(desktop, name)).image_id
    assert image_id is not None
    return image_id


def test_the_inspector_follows_the_neighbor_that_is_chosen(filled: Desktop, qtbot: QtBot) -> None:
    panel = open_panel(filled, qtbot)
    assert not panel.is_explaining
    assert "picture" in panel.message.title
    ask(filled, "ring-crimson.png", qtbot)
    explained(filled, panel, qtbot)
    view, model = filled.window.parts.analogies.view, filled.window.parts.analogies.model
    assert panel.match.question is not None
    assert panel.match.question.image_id == model.neighbor(0).image_id
    assert panel.logic.rank.text() == "Closest of 23 by logic"
    click(view, 2, qtbot)
    explained(filled, panel, qtbot)
    assert panel.match.question.image_id == model.neighbor(2).image_id
    assert panel.logic.number.text() == f"{model.neighbor(2).relational:.2f}"
    assert panel.logic.rank.text().startswith("3rd")
    assert filled.workspace.inquiry.question == Question(
        path=model.path(2).parent / "ring-crimson.png", image_id=id_of(filled, "ring-crimson.png")
    ), "one click chooses and asks nothing"


def test_what_both_share_is_the_headline_and_slots_can_be_read(
    filled: Desktop, qtbot: QtBot
) -> None:
    panel = open_panel(filled, qtbot)
    ask(filled, "ring-crimson.png", qtbot)
    explained(filled, panel, qtbot)
    assert "{Objects}" in panel.headline.text
    assert "likely" in panel.sure.text()
    (row,) = panel.slots.rows
    assert row.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert "Objects" in row.accessibleName()
    assert "such as" in row.accessibleName()
    assert "relsim-mini" in panel.models.text()


def test_a_slot_says_on_hovering_what_it_may_be(filled: Desktop, qtbot: QtBot) -> None:
    panel = open_panel(filled, qtbot)
    ask(filled, "ring-crimson.png", qtbot)
    explained(filled, panel, qtbot)
    captions = panel.captions
    spots = [
        QPoint(x, y)
        for y in range(0, captions.height(), 4)
        for x in range(0, captions.width(), 4)
        if captions.slot_name_at(QPointF(x, y))
    ]
    assert spots
    at = captions.mapToGlobal(spots[0])
    QApplication.sendEvent(captions, QHelpEvent(QEvent.Type.ToolTip, spots[0], at))
    assert "such as" in QToolTip.text()
    QToolTip.hideText()


def test_captions_in_a_persons_words_are_aligned(filled: Desktop, qtbot: QtBot) -> None:
    engine = filled.workspace.engine
    assert engine is not None
    a, b = id_of(filled, "ring-crimson.png"), id_of(filled, "ring-seagreen.png")
    engine.descriptions.set(a, "A {Cat} inside a {Box}")
    engine.descriptions.set(b, "A {Container} that holds a {Machine}")
    panel = open_panel(filled, qtbot)
    ask(filled, "ring-crimson.png", qtbot)
    model = filled.window.parts.analogies.model
    row = model.row_of(b)
    assert row is not None
    filled.window.parts.analogies.view.setCurrentIndex(model.index(row))
    qtbot.waitUntil(lambda: len(panel.slots.rows) == 2, timeout=TIMEOUT_MS)
    assert "Cat stands for Machine" in panel.slots.rows[0].accessibleName()
    assert "may err" in panel.aligned.text()
    filled.workspace.captions.edit(b, "A {Tree} mirrored by a {Lake}")
    qtbot.waitUntil(lambda: "different relations" in panel.aligned.text(), timeout=TIMEOUT_MS)
    assert "Lake" in panel.captions.accessibleName()


def test_a_look_alike_is_asked_about_with_one_click(filled: Desktop, qtbot: QtBot) -> None:
    panel = open_panel(filled, qtbot)
    ask(filled, "ring-crimson.png", qtbot)
    explained(filled, panel, qtbot)
    looks = panel.look_alikes.model
    values = [looks.neighbor(row).attribute for row in range(looks.rowCount())]
    assert values == sorted(values, reverse=True)
    first = looks.neighbor(0).image_id
    answer(filled, lambda: click(panel.look_alikes.view, 0, qtbot), qtbot)
    asked = filled.workspace.inquiry.question
    assert asked is not None
    assert asked.image_id == first
    explained(filled, panel, qtbot)
    assert looks.row_of(first) is None, "it is none of its own look-alikes"


def test_a_sentence_has_nothing_to_explain(filled: Desktop, qtbot: QtBot) -> None:
    panel = open_panel(filled, qtbot)
    ask(filled, "ring-crimson.png", qtbot)
    explained(filled, panel, qtbot)
    answer(filled, lambda: filled.window.ask(Question(text="{Objects} in a ring")), qtbot)
    qtbot.waitUntil(lambda: not panel.is_explaining, timeout=TIMEOUT_MS)
    assert panel.look_alikes.model.rowCount() == 0
    assert "sentence" in words(panel.message)


def test_a_neighbor_that_is_gone_is_said(filled: Desktop, qtbot: QtBot) -> None:
    panel = open_panel(filled, qtbot)
    explanations = feature(filled).explanations
    there = Question(image_id=id_of(filled, "ring-crimson.png"), path=Path("ring-crimson.png"))
    explanations.show(there, Question(image_id=987_654, path=Path("gone.png")))
    with qtbot.waitSignal(explanations.failed, timeout=TIMEOUT_MS):
        pass
    assert not panel.is_explaining
    assert "cannot be compared" in words(panel.message)


def test_a_closed_inspector_computes_nothing(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    said: list[object] = []
    feature(filled).explanations.explained.connect(said.append)
    click(filled.window.parts.analogies.view, 1, qtbot)
    qtbot.wait(150)
    settle(filled, qtbot)
    assert not said
    panel = open_panel(filled, qtbot)
    explained(filled, panel, qtbot)
    assert said
    qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    assert not feature(filled).inspect_action.isChecked()


def test_the_inspector_is_remembered(
    open_desktop: Callable[..., Desktop], pictures: Path, qtbot: QtBot
) -> None:
    first = open_desktop()
    index(first, [pictures], qtbot)
    open_panel(first, qtbot)
    first.window.close()
    again = open_desktop()
    assert feature(again).inspect_action.isChecked()
    qtbot.waitUntil(feature(again).panel.isVisible, timeout=TIMEOUT_MS)
