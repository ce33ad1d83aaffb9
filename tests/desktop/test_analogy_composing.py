"""From a picture to a prompt: reference, idea, slots, and what is at hand without a generator."""

from __future__ import annotations

from pathlib import Path

import pytest
from analogy_driving import IDEA, feature, refer
from desktop_driving import TIMEOUT_MS, drop, row_of, urls
from drawn_pictures import draw
from judging_driving import ask, focus, settle
from link_server import link_server
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.question import Question

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    path = tmp_path / "ring.png"
    draw("ring", "crimson").save(path)
    return path


def test_a_picture_becomes_a_prompt_that_can_be_copied(
    desktop: Desktop, ring: Path, qtbot: QtBot
) -> None:
    analogies = feature(desktop)
    analogies.show_action.trigger()
    page = analogies.page
    assert page.message.title == "Make an analogy"
    assert not page.maker.make_button.isVisibleTo(page)
    with qtbot.waitSignal(analogies.composition.referred, timeout=TIMEOUT_MS):
        drop(page.composer.reference, urls(ring), QPoint(20, 20))
    qtbot.waitUntil(lambda: not analogies.composition.is_looking, timeout=TIMEOUT_MS)
    assert page.composer.reference.name.full_text == "ring.png", "it need not be in the library"
    assert page.message.title == "The prompt is yours to copy"
    found = analogies.composition.automatic
    assert found
    assert page.composer.idea.editor.toPlainText() == found
    assert not page.composer.idea.reset_button.isEnabled()
    page.composer.idea.editor.setPlainText("")
    assert page.message.title == "The idea", "there is no prompt to copy"
    page.composer.idea.editor.setPlainText("{Subject} beside {Subject} on a {Surface}")
    assert [row.name.text for row in page.composer.slots.rows] == [
        "{Subject 1}",
        "{Subject 2}",
        "{Surface}",
    ]
    assert page.composer.prompt.note.text() == "Still empty: Subject, Surface"
    first, second, third = page.composer.slots.rows
    qtbot.keyClicks(first.field, "an owl")
    qtbot.keyClick(first.field, Qt.Key.Key_Return)
    qtbot.keyClicks(second.field, "a kettle")
    third.chips[0].click()
    assert third.field.text() == third.chips[0].property("value")
    assert third.chips[0].isChecked()
    assert not page.composer.prompt.note.isVisibleTo(page)
    prompt = page.composer.prompt.editor.toPlainText()
    assert prompt.startswith("An owl beside a kettle on a ")
    assert "{" not in prompt
    page.composer.prompt.copy_button.click()
    assert QGuiApplication.clipboard().text() == prompt
    page.composer.prompt.editor.setPlainText("An owl, a kettle,\nand the sea")
    assert analogies.composition.prompt == "An owl, a kettle, and the sea"
    assert page.composer.prompt.note.text().startswith("In your words")
    assert analogies.composition.is_complete
    third.chips[0].click()
    assert third.field.text() == "", "a chip that is chosen lets go"
    assert "kettle on a" in page.composer.prompt.editor.toPlainText(), "the slots write it again"
    page.composer.idea.reset_button.click()
    assert page.composer.idea.editor.toPlainText() == found
    assert not page.grab().isNull()


@pytest.mark.parametrize("before", ["", "Something else"])
def test_a_prompt_can_be_begun_anew_and_comes_back_if_it_is_not(
    desktop: Desktop, ring: Path, qtbot: QtBot, before: str
) -> None:
    analogies = refer(desktop, ring, qtbot, "A lake with a swan")
    editor = analogies.page.composer.prompt.editor
    if before:
        editor.setPlainText(before)
    focus(desktop, editor, qtbot)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.toPlainText() == ""
    assert analogies.composition.prompt == "A lake with a swan"
    focus(desktop, analogies.page.composer.idea.editor, qtbot)
    assert editor.toPlainText() == "A lake with a swan", "what is sent is what is seen"


def test_another_idea_of_a_picture_of_the_library_is_a_chip(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    analogies = feature(filled)
    analogies.show_action.trigger()
    assert analogies.page.composer.reference.name.full_text == "ring-crimson.png", "what is asked"
    analogies.leave()
    assert filled.window.parts.is_browsing
    entry = filled.workspace.collection.files.entry(row_of(filled, "growth-crimson.png"))
    menu = filled.window.menus.menu([Question(path=entry.path, image_id=entry.image_id)])
    next(a for a in menu.actions() if a.text() == "Make an analogy").trigger()
    menu.close()
    assert analogies.is_shown
    qtbot.waitUntil(lambda: not analogies.composition.is_looking, timeout=TIMEOUT_MS)
    assert analogies.page.composer.reference.name.full_text == "growth-crimson.png"
    idea = analogies.page.composer.idea
    assert len(idea.chips) == len(analogies.composition.others) > 0
    idea.chips[0].click()
    assert idea.editor.toPlainText() == analogies.composition.others[0].text
    assert idea.chips[0].isChecked()


def test_what_stands_in_a_slot_stays_with_it(desktop: Desktop, ring: Path, qtbot: QtBot) -> None:
    analogies = refer(desktop, ring, qtbot, "{Objects} around a {Center}")
    rows = analogies.page.composer.slots.rows
    rows[0].field.setText("candles")
    rows[1].field.setText("lake")
    editor = analogies.page.composer.idea.editor
    editor.setPlainText("A {Center} with {Objects} around it")
    assert analogies.composition.values == {0: "lake", 1: "candles"}
    assert analogies.page.composer.prompt.editor.toPlainText() == "A lake with candles around it"
    editor.setPlainText("A {Center} of nothing")
    assert analogies.page.composer.prompt.editor.toPlainText() == "A lake of nothing"
    editor.setPlainText("Nothing that could differ")
    assert not analogies.page.composer.slots.isVisibleTo(analogies.page)
    assert "{Subject}" in analogies.page.composer.idea.note.text()
    editor.setPlainText("")
    assert analogies.composition.prompt == ""
    editor.setPlainText("{Animal} beside a {Structure}")
    prompts = set()
    for _ in range(4):
        analogies.page.composer.dice_button.click()
        assert analogies.composition.is_complete
        values = [row.field.text() for row in analogies.page.composer.slots.rows]
        assert all(values)
        prompts.add(analogies.page.composer.prompt.editor.toPlainText())
    assert len(prompts) > 1


def test_the_reference_comes_from_anywhere(
    desktop: Desktop, ring: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    analogies = feature(desktop)
    analogies.enter()
    composer, composition = analogies.page.composer, analogies.composition
    QGuiApplication.clipboard().setImage(QImage(str(ring)))
    composer.reference.paste_button.click()
    qtbot.waitUntil(lambda: bool(composition.automatic), timeout=TIMEOUT_MS)
    assert composer.reference.name.full_text == "Pasted picture"
    QGuiApplication.clipboard().setText("no picture")
    composer.reference.paste_button.click()
    assert "no picture" in desktop.window.parts.strip.text.text()
    composer.reference.clear_button.click()
    assert composition.reference is None
    assert analogies.page.message.title == "Make an analogy"
    with link_server() as web:
        data = QMimeData()
        data.setUrls([QUrl(f"{web.url}/picture.png")])
        drop(composer.reference, data, QPoint(20, 20))
        qtbot.waitUntil(lambda: bool(composition.automatic), timeout=TIMEOUT_MS)
        assert composer.reference.name.full_text == "picture.png"
        data.setUrls([QUrl(f"{web.url}/nothing.png")])
        drop(composer.reference, data, QPoint(20, 20))
        qtbot.waitUntil(lambda: composition.trouble is not None, timeout=TIMEOUT_MS)
    assert composition.trouble is not None
    assert composer.idea.note.text() == composition.trouble.text
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture at all")
    drop(composer.reference, urls(broken), QPoint(20, 20))
    qtbot.waitUntil(lambda: composition.reference is not None, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: not composition.is_looking, timeout=TIMEOUT_MS)
    assert composition.trouble is not None
    composer.idea.editor.setPlainText(IDEA)
    assert composer.slots.rows, "one's own idea does without"
    settle(desktop, qtbot)
