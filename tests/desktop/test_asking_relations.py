"""Which relation is meant: chips, one's own words, and what they do to the order."""

from __future__ import annotations

import pytest
from asking_driving import ask, relations, settle
from desktop_driving import TIMEOUT_MS, answer
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop

# Said by Qt's offscreen platform, which has no window manager to pass size hints to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_answer_comes_before_its_relations(filled: Desktop, qtbot: QtBot) -> None:
    inquiry, seen = filled.workspace.inquiry, []
    inquiry.answered.connect(lambda _: seen.append("answered"))
    inquiry.aside.related.connect(lambda found: seen.append("related" if found else "unknown"))
    ask(filled, "ring-crimson.png", qtbot)
    assert seen == ["answered", "related"]
    ask(filled, "growth-crimson.png", qtbot)
    assert seen[2:] == ["unknown", "answered", "related"]


def test_choosing_a_relation_steers_and_choosing_it_again_lets_go(
    filled: Desktop, qtbot: QtBot
) -> None:
    plain = ask(filled, "ring-crimson.png", qtbot)
    row, inquiry = filled.window.parts.analogies.relations, filled.workspace.inquiry
    assert row.isVisible()
    assert row.title.text() == "Which relation do you mean?"
    meant = inquiry.aside.relations[0]
    assert row.chips[0].text() == meant.name
    assert "{" not in row.chips[0].accessibleName()
    assert meant.text in row.chips[0].toolTip()

    steered = answer(filled, row.chips[0].click, qtbot)
    assert inquiry.question.relation == meant.text
    assert [chip.isChecked() for chip in row.chips].count(True) == 1
    assert [hit.relational for hit in steered] != [hit.relational for hit in plain]
    assert relations(steered, 4) == {"ring"}
    model = filled.window.parts.analogies.model
    assert "of this library’s pictures" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)

    other = answer(filled, row.chips[1].click, qtbot)
    assert [chip.isChecked() for chip in row.chips][:2] == [False, True]
    assert [hit.relational for hit in other] != [hit.relational for hit in steered]

    again = answer(filled, row.chips[1].click, qtbot)
    assert inquiry.question.relation == ""
    assert again == plain
    answer(filled, inquiry.back, qtbot)
    assert row.chips[1].isChecked(), "the way back knows which relation was meant"


def test_typing_a_relation(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    row, inquiry = filled.window.parts.analogies.relations, filled.workspace.inquiry
    row.type_chip.click()
    assert row.field.isVisible()
    row.field.setText("{Subject} growing step by step")
    hits = answer(filled, lambda: qtbot.keyClick(row.field, Qt.Key.Key_Return), qtbot)
    assert inquiry.question.relation == "{Subject} growing step by step"
    assert "growth" in relations(hits, 8)
    assert not row.field.isVisible()
    assert row.chips[0].isChecked()
    assert "In your words" in row.chips[0].toolTip()
    settle(filled, qtbot)

    row.type_chip.click()
    assert row.field.text() == "{Subject} growing step by step", "it can be changed"
    qtbot.keyClick(row.field, Qt.Key.Key_Escape)
    assert not row.field.isVisible()
    assert inquiry.question.relation, "Escape changes nothing"
    answer(filled, row.chips[0].click, qtbot)
    assert inquiry.question.relation == ""


def test_chips_by_keyboard(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    row = filled.window.parts.analogies.relations
    row.chips[0].setFocus()
    qtbot.waitUntil(row.chips[0].hasFocus, timeout=TIMEOUT_MS)
    answer(filled, lambda: qtbot.keyClick(row.chips[0], Qt.Key.Key_Space), qtbot)
    assert row.chips[0].isChecked()
    assert row.chips[0].hasFocus(), "the keyboard stays where it was"
    qtbot.keyClick(row.chips[0], Qt.Key.Key_Tab)
    assert row.chips[1].hasFocus()


def test_another_picture_means_something_else(filled: Desktop, qtbot: QtBot) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    row, inquiry = filled.window.parts.analogies.relations, filled.workspace.inquiry
    answer(filled, row.chips[0].click, qtbot)
    ring = [chip.text() for chip in row.chips]
    ask(filled, "growth-crimson.png", qtbot)
    assert inquiry.question.relation == ""
    assert [chip.text() for chip in row.chips] != ring


def test_a_sentence_says_itself_what_it_means(filled: Desktop, qtbot: QtBot) -> None:
    parts = filled.window.parts
    parts.search.setText("{Subject} growing step by step")
    answer(filled, lambda: qtbot.keyClick(parts.search, Qt.Key.Key_Return), qtbot)
    settle(filled, qtbot)
    assert not parts.analogies.relations.isVisible()
