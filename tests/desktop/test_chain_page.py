"""Chains of analogies in the window, and the strip of the walk so far."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, click, drop, row_of, urls
from drawn_pictures import draw
from judging_driving import ask, boards, focus, settle
from link_server import link_server
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.views.boards.dialog import BoardDialog
from relsim_desktop.views.chain.feature import ChainFeature
from relsim_desktop.views.picture_menu import PictureMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def feature(desktop: Desktop) -> ChainFeature:
    return next(f for f in desktop.window.features if isinstance(f, ChainFeature))


def question(desktop: Desktop, name: str) -> Question:
    entry = desktop.workspace.collection.files.entry(row_of(desktop, name))
    return Question(path=entry.path, image_id=entry.image_id)


def found(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not feature(desktop).presenter.is_looking, timeout=TIMEOUT_MS)


def between(desktop: Desktop, qtbot: QtBot) -> ChainFeature:
    """A chain from a ring to a grid, on the page."""
    chains = feature(desktop)
    chains.between(question(desktop, "ring-crimson.png"), question(desktop, "grid-crimson.png"))
    found(desktop, qtbot)
    assert chains.page.is_chain_shown
    return chains


def names(chains: ChainFeature) -> list[str]:
    return [card.question.title for card in chains.page.row.cards if card.question is not None]


def test_two_selected_pictures_are_joined_by_a_chain(filled: Desktop, qtbot: QtBot) -> None:
    view = filled.window.parts.collection.view
    model = view.selectionModel()
    for name in ("ring-crimson.png", "grid-crimson.png"):
        index = view.model().index(row_of(filled, name), 0)
        model.select(index, model.SelectionFlag.Select)
    chains = feature(filled)
    chains.show_action.trigger()
    assert {q.title for q in chains.presenter.ends if q} == {"ring-crimson.png", "grid-crimson.png"}
    focus(filled, chains.page.find_button, qtbot)
    qtbot.keyClick(chains.page.find_button, Qt.Key.Key_Space)
    found(filled, qtbot)
    assert {names(chains)[0], names(chains)[-1]} == {"ring-crimson.png", "grid-crimson.png"}
    assert len(chains.page.row.links) == len(chains.page.row.cards) - 1
    assert sum(link.is_weakest for link in chains.page.row.links) == 1
    assert "weakest link" in chains.page.said.text()
    assert not chains.page.grab().isNull()


def test_steps_and_another_way(filled: Desktop, qtbot: QtBot) -> None:
    chains = between(filled, qtbot)
    first = names(chains)
    chains.page.other_button.click()
    found(filled, qtbot)
    assert not set(first[1:-1]) & set(names(chains)[1:-1])
    chains.page.steps.setValue(1)
    assert chains.host.settings.read_int("chain/steps", 5) == 1
    chains.page.find_button.click()
    found(filled, qtbot)
    assert names(chains) == ["ring-crimson.png", "grid-crimson.png"]
    chains.page.other_button.click()
    assert chains.page.warning.text().startswith("There is no other way")
    chains.page.swap_button.click()
    chains.page.find_button.click()
    found(filled, qtbot)
    assert names(chains) == ["grid-crimson.png", "ring-crimson.png"]


def test_ends_are_dropped_pasted_and_taken_away(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    chains = feature(filled)
    ask(filled, "growth-crimson.png", qtbot)
    chains.show_action.trigger()
    page = chains.page
    assert page.ends[0].name.full_text == "growth-crimson.png", "what is asked about"
    outside = tmp_path / "outside.png"
    draw("ring", "purple").save(outside)
    with qtbot.waitSignal(chains.presenter.changed, timeout=TIMEOUT_MS):
        drop(page.ends[1], urls(outside), QPoint(20, 20))
    assert page.ends[1].name.full_text == "outside.png"
    page.find_button.click()
    found(filled, qtbot)
    assert names(chains)[-1] == "outside.png"
    QGuiApplication.clipboard().setImage(QImage(str(outside)))
    page.ends[0].paste_button.click()
    page.find_button.click()
    found(filled, qtbot)
    assert names(chains)[0] == "Pasted picture"
    page.ends[0].clear_button.click()
    assert not page.find_button.isEnabled()
    page.ends[0].here_button.click()
    assert page.find_button.isEnabled()


def test_a_link_is_fetched_for_an_end(filled: Desktop, qtbot: QtBot) -> None:
    chains = feature(filled)
    chains.presenter.place(1, question(filled, "grid-crimson.png"))
    chains.enter()
    page = chains.page
    with link_server() as web:
        data = QMimeData()
        data.setUrls([QUrl(f"{web.url}/slow.png")])
        with qtbot.waitSignal(chains.presenter.changed, timeout=TIMEOUT_MS):
            drop(page.ends[0], data, QPoint(20, 20))
        assert page.ends[0].name.full_text.startswith("Fetching")
        page.ends[0].clear_button.click()
        assert page.ends[0].name.full_text == "Drop a picture here"
        QGuiApplication.clipboard().setText(f"{web.url}/picture.png")
        page.ends[0].paste_button.click()
        qtbot.waitUntil(page.find_button.isEnabled, timeout=TIMEOUT_MS)
        web.goes_on.set()
        QGuiApplication.clipboard().setText(f"{web.url}/nothing-there.png")
        page.ends[1].paste_button.click()
        qtbot.waitUntil(lambda: chains.presenter.trouble is not None, timeout=TIMEOUT_MS)
    assert page.message.title == "No chain was found"
    assert not page.find_button.isEnabled()


def test_two_pictures_that_are_one_are_refused_in_words(filled: Desktop, qtbot: QtBot) -> None:
    chains = feature(filled)
    one = question(filled, "ring-crimson.png")
    chains.between(one, one)
    found(filled, qtbot)
    assert chains.page.message.title == "No chain was found"
    chains.place(one, question(filled, "grid-crimson.png"))
    chains.page.find_button.click()
    found(filled, qtbot)
    assert chains.page.is_chain_shown


def test_a_walk_goes_on_from_the_start(filled: Desktop, qtbot: QtBot) -> None:
    chains = feature(filled)
    chains.presenter.place(0, question(filled, "ring-crimson.png"))
    chains.enter()
    chains.page.surprise.setValue(80)
    chains.page.wander_button.click()
    found(filled, qtbot)
    assert names(chains)[0] == "ring-crimson.png"
    assert len(names(chains)) == len(set(names(chains))) > 1
    chains.page.other_button.click()
    found(filled, qtbot)
    assert chains.presenter.is_walk


def test_a_station_is_gone_through_asked_about_and_continued(filled: Desktop, qtbot: QtBot) -> None:
    chains = between(filled, qtbot)
    row = chains.page.row
    focus(filled, row.cards[0], qtbot)
    qtbot.keyClick(row.cards[0], Qt.Key.Key_Right)
    assert row.current == 1
    assert chains.page.chosen_pictures() == [row.cards[1].question]
    row.cards[1].menu_asked.emit(QPoint(5, 5))
    menu = filled.window.findChildren(PictureMenu)[-1]
    actions = {action.text(): action for action in menu.actions()}
    actions["Start a chain here"].trigger()
    menu.close()
    assert chains.presenter.ends[0] == row.cards[1].question
    answer(filled, lambda: qtbot.keyClick(row.cards[1], Qt.Key.Key_Return), qtbot)
    assert filled.window.parts.is_browsing


def test_a_chain_is_kept_as_a_board_and_as_a_picture(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    chains = between(filled, qtbot)
    chains.page.board_button.click()
    dialog = filled.window.findChildren(BoardDialog)[-1]
    dialog.line.setText("Chain")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle(filled, qtbot)
    assert boards(filled) == {"Chain": len(chains.page.row.cards)}
    chains.page.export_button.click()
    files = filled.window.findChild(QFileDialog)
    out = tmp_path / "chain.png"
    files.fileSelected.emit(str(out))
    files.close()
    settle(filled, qtbot)
    image = QImage(str(out))
    assert image.width() > image.height() > 400
    assert filled.window.parts.strip.text.text() == "Saved the chain as chain.png"


def test_the_walk_is_a_strip_and_a_click_goes_back(filled: Desktop, qtbot: QtBot) -> None:
    strip = feature(filled).strip
    ask(filled, "ring-crimson.png", qtbot)
    assert not strip.isVisible(), "one picture is no walk"
    answer(filled, lambda: filled.window.ask(Question(text="{Things} in a circle")), qtbot)
    ask(filled, "grid-crimson.png", qtbot)
    assert strip.isVisible()
    assert strip.model.rowCount() == 3
    assert not strip.grab().isNull()
    view = strip.view
    at = view.visualRect(strip.model.index(0)).center()
    answer(
        filled,
        lambda: qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at),
        qtbot,
    )
    inquiry = filled.workspace.inquiry
    assert (inquiry.position, strip.model.rowCount()) == (0, 3)
    assert view.currentIndex().row() == 0
    answer(filled, inquiry.forward, qtbot)
    assert view.currentIndex().row() == 1
    feature(filled).strip_action.setChecked(False)
    assert not strip.isVisible()
    feature(filled).strip_action.setChecked(True)
    strip.chain_button.click()
    found(filled, qtbot)
    assert names(feature(filled))[0] == "ring-crimson.png"
    assert not strip.isVisible(), "it belongs to the browser"


def test_the_walk_goes_on_a_board(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    ask(filled, "grid-crimson.png", qtbot)
    feature(filled).strip.board_button.click()
    dialog = filled.window.findChildren(BoardDialog)[-1]
    dialog.line.setText("Walk")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle(filled, qtbot)
    assert boards(filled) == {"Walk": 2}


def test_two_pictures_have_a_chain_in_their_menu(filled: Desktop, qtbot: QtBot) -> None:
    pair = [question(filled, "ring-crimson.png"), question(filled, "growth-crimson.png")]
    menu = filled.window.menus.menu(pair)
    next(a for a in menu.actions() if a.text() == "Chain between these two").trigger()
    menu.close()
    found(filled, qtbot)
    assert names(feature(filled))[0] == "ring-crimson.png"
    qtbot.keyClick(feature(filled).page, Qt.Key.Key_Escape)
    assert filled.window.parts.is_browsing
    view = filled.window.parts.collection.view
    answer(filled, lambda: click(view, 0, qtbot), qtbot)
