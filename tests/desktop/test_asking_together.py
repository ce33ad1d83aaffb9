"""Several pictures and sentences as one question, on the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking_driving import ask, choose, feature, names, picture, relations, settle
from desktop_driving import TIMEOUT_MS, answer, click, drop, middle, row_of, urls
from drawn_pictures import draw
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from pytestqt.qtbot import QtBot

from relsim_desktop import incoming
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.views.picture_menu import PictureMenu

# Said by Qt's offscreen platform, which has no window manager to pass size hints to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def select(desktop: Desktop, *files: str) -> None:
    view, model = desktop.window.parts.collection.view, desktop.workspace.collection.files
    view.selectionModel().clear()
    for file in files:
        flag = QItemSelectionModel.SelectionFlag.Select
        view.selectionModel().select(model.index(row_of(desktop, file)), flag)


def menu_of_selected(desktop: Desktop) -> PictureMenu:
    desktop.window.parts.collection.view.customContextMenuRequested.emit(QPoint(20, 20))
    menu: PictureMenu = desktop.window.findChildren(PictureMenu)[-1]
    return menu


def test_what_several_selected_pictures_share(filled: Desktop, qtbot: QtBot) -> None:
    select(filled, "ring-crimson.png", "ring-royalblue.png")
    menu = menu_of_selected(filled)
    hits = answer(filled, lambda: choose(menu, "Find what these share"), qtbot)
    assert relations(hits, 3) == {"ring"}
    assert not {"ring-crimson.png", "ring-royalblue.png"} & set(names(hits))
    panel = filled.window.parts.analogies
    assert [card.part.what.title for card in panel.card.parts.cards] == [
        "ring-crimson.png",
        "ring-royalblue.png",
    ]
    assert not panel.card.picture.isVisible()
    assert panel.surprise.isVisible(), "two pictures have a look"
    settle(filled, qtbot)
    assert panel.relations.title.text() == "What these pictures share"
    assert any("ring" in chip.accessibleName().lower() for chip in panel.relations.chips)
    assert not filled.workspace.query_verdicts.can_judge, "a pair is judged, not three"
    menu.close()


def test_add_push_away_weigh_and_take_out(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    panel, inquiry = filled.window.parts.analogies, filled.workspace.inquiry
    select(filled, "growth-crimson.png")
    menu = menu_of_selected(filled)
    both = answer(filled, lambda: choose(menu, "Add to the question"), qtbot)
    assert {"ring", "growth"} <= relations(both, 10)
    menu.close()

    away = answer(filled, panel.card.parts.cards[0].sign_button.click, qtbot)
    assert relations(away, 3) == {"growth"}
    assert away[-1].path.name.startswith("ring")
    first = panel.card.parts.cards[0]
    assert first.part.weight == -1.0
    assert first.sign_button.accessibleName().startswith("Away from ring-crimson.png")
    assert not panel.card.parts.cards[1].remove_button.isEnabled(), "it is all that is asked for"

    answer(filled, panel.card.parts.cards[1].weight_button.click, qtbot)
    assert [part.weight for part in inquiry.question.parts] == [-1.0, 2.0]
    answer(filled, panel.card.parts.cards[1].weight_button.click, qtbot)
    assert [part.weight for part in inquiry.question.parts] == [-1.0, 0.5]

    alone = answer(filled, panel.card.parts.cards[0].remove_button.click, qtbot)
    assert inquiry.question.is_same_as(picture(filled, "growth-crimson.png"))
    assert panel.card.parts.cards == []
    assert panel.card.picture.isVisible()
    assert relations(alone, 3) == {"growth"}

    for weights in ([-1.0, 0.5], [-1.0, 2.0], [-1.0, 1.0], [1.0, 1.0], [1.0]):
        answer(filled, inquiry.back, qtbot)
        assert [part.weight for part in inquiry.question.parts] == weights


def test_the_key_adds_what_is_selected(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    inquiry, view = filled.workspace.inquiry, filled.window.parts.analogies.view
    select(filled, "grid-crimson.png")
    answer(filled, feature(filled).add_to.trigger, qtbot)
    assert inquiry.question.title == "ring-crimson.png + grid-crimson.png"
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    neighbor = filled.window.parts.analogies.model.neighbor(0)
    qtbot.waitUntil(view.hasFocus, timeout=TIMEOUT_MS)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    answer(filled, lambda: qtbot.keyClick(view, Qt.Key.Key_A, keys), qtbot)
    assert inquiry.question.parts[2].what.path == neighbor.path


def test_adding_without_a_question_asks(filled: Desktop, qtbot: QtBot) -> None:
    feature(filled).add_to.trigger()
    assert filled.window.parts.strip.text.text() == "Select a picture to add it to the question"
    select(filled, "grid-crimson.png")
    answer(filled, feature(filled).add_to.trigger, qtbot)
    assert filled.workspace.inquiry.question.title == "grid-crimson.png"


def test_enter_asks_anew_and_ctrl_enter_adds_the_sentence(filled: Desktop, qtbot: QtBot) -> None:
    search, inquiry = filled.window.parts.search, filled.workspace.inquiry
    ask(filled, "ring-crimson.png", qtbot)
    search.setText("{Subject} growing step by step")
    assert "Ctrl+Enter" in search.toolTip()
    answer(
        filled,
        lambda: qtbot.keyClick(search, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        qtbot,
    )
    question = inquiry.question
    assert [part.what.is_text for part in question.parts] == [False, True]
    assert not question.is_text
    assert filled.window.parts.analogies.surprise.isVisible()
    answer(filled, lambda: qtbot.keyClick(search, Qt.Key.Key_Return), qtbot)
    assert inquiry.question == Question(text="{Subject} growing step by step")


def test_a_drop_on_the_question_adds_and_one_on_the_answers_replaces(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    window, parts, inquiry = filled.window, filled.window.parts, filled.workspace.inquiry
    outside = tmp_path / "outside.png"
    draw("growth", "purple").save(outside)
    titles = [zone.title for zone in window.drops.zones(incoming.read(urls(outside)))]
    assert titles == ["Add to the library", "Add to the question", "Find its analogies instead"]
    answer(filled, lambda: drop(window, urls(outside), middle(window, parts.analogies.card)), qtbot)
    assert inquiry.question.title == "ring-crimson.png + outside.png"
    answer(filled, lambda: drop(window, urls(outside), middle(window, parts.analogies.view)), qtbot)
    assert inquiry.question == Question(path=outside)


def test_several_pictures_from_outside_are_asked_about_together(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    window, parts = filled.window, filled.window.parts
    files = []
    for colour in ("purple", "teal"):
        files.append(tmp_path / f"{colour}.png")
        draw("growth", colour).save(files[-1])
    at = middle(window, parts.analogies)
    hits = answer(filled, lambda: drop(window, urls(*files), at), qtbot)
    assert relations(hits, 3) == {"growth"}
    assert len(filled.workspace.inquiry.question.parts) == 2


def test_comparing_takes_the_leading_picture(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    inquiry = filled.workspace.inquiry
    answer(filled, lambda: inquiry.add(picture(filled, "grid-crimson.png")), qtbot)
    select(filled, "growth-crimson.png")
    menu = menu_of_selected(filled)
    with qtbot.waitSignal(filled.workspace.comparison.scored, timeout=TIMEOUT_MS):
        choose(menu, "Compare with query")
    shown = [side.path.name for side in filled.workspace.comparison.sides]
    assert shown == ["ring-crimson.png", "growth-crimson.png"]
    menu.close()


def test_a_click_asks_anew(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    inquiry, view = filled.workspace.inquiry, filled.window.parts.collection.view
    answer(filled, lambda: inquiry.add(picture(filled, "grid-crimson.png")), qtbot)
    answer(filled, lambda: click(view, row_of(filled, "grid-royalblue.png"), qtbot), qtbot)
    assert inquiry.question.title == "grid-royalblue.png"
