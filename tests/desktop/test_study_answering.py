"""Answering a user study: blind, with the keyboard alone, every answer on disk at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from study_driving import DREAMSIM, LOOKS, TESTED, StudyDriver, study_page

from engine.study.documents import now
from engine.study.folder import StudyFolder
from engine.study.values import Answer
from relsim_desktop.presenters import study_answering

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEYS = Qt.Key


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[StudyDriver]:
    """The page alone, with a real library and real threads."""
    with study_page(qapp, tmp_path, qtbot) as driver:
        yield driver


def test_keys_answer_what_is_shown_and_nothing_else(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    asked = driver.order("Anna")
    driver.press(KEYS.Key_1, KEYS.Key_Right, KEYS.Key_S, KEYS.Key_A)
    answers = driver.kept()
    assert [answer.trial for answer in answers] == [shown.trial.id for shown in asked]
    expected = [
        shown.choice(side)
        for shown, side in zip(asked, ("left", "right", "same", "left"), strict=True)
    ]
    assert [answer.choice for answer in answers] == expected
    assert driver.page.shown is driver.page.end
    assert driver.page.end.message.title == "Thank you, Anna"
    assert driver.page.end.other_button.hasFocus(), "Return shows nobody the results"
    driver.press(KEYS.Key_1)
    assert len(driver.kept()) == 4, "nothing is asked any more"


def test_buttons_and_pictures_answer_too(driver: StudyDriver, qtbot: QtBot) -> None:
    driver.sit_down("Anna")
    asked, trial = driver.order("Anna"), driver.page.trial
    driver.see()
    qtbot.mouseClick(trial.right, Qt.MouseButton.LeftButton)
    driver.see()
    trial.same_button.click()
    driver.see()
    qtbot.mouseClick(trial.query, Qt.MouseButton.LeftButton)  # is asked about, and no answer
    trial.left_button.click()
    choices = [answer.choice for answer in driver.kept()]
    sides = ("right", "same", "left")
    assert choices == [s.choice(side) for s, side in zip(asked, sides, strict=False)]


@pytest.mark.parametrize("name", ["left", "left_button"])
def test_a_double_click_is_one_answer(driver: StudyDriver, qtbot: QtBot, name: str) -> None:
    driver.sit_down("Anna")
    target, button = getattr(driver.page.trial, name), Qt.MouseButton.LeftButton
    driver.see()
    qtbot.mouseClick(target, button)
    driver.see()
    qtbot.mouseDClick(target, button)
    qtbot.mouseRelease(target, button)
    assert len(driver.kept()) == 1, "nobody has looked at the second question"


def test_arrow_keys_answer_where_a_button_has_the_keyboard(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    asked, trial = driver.order("Anna"), driver.page.trial
    trial.left_button.setFocus()
    driver.press(KEYS.Key_Right, KEYS.Key_Down)
    choices = [answer.choice for answer in driver.kept()]
    assert choices == [asked[0].choice("right"), asked[1].choice("same")]
    assert trial.left_button.hasFocus()


def test_nothing_is_answered_before_its_pictures_are_seen(
    driver: StudyDriver, qtbot: QtBot
) -> None:
    driver.sit_down("Anna")
    shown = driver.page.trial
    driver.see()
    shown.left.show_file(driver.at / "study.json")  # is no picture, and never seen
    qtbot.keyClick(shown, KEYS.Key_1)
    assert not driver.kept()


def test_who_left_before_the_study_was_read_does_not_answer(driver: StudyDriver) -> None:
    driver.page.show_who(driver.at)
    driver.answering.sit_down(driver.at, "Anna")
    driver.page.show_home()
    driver.page.show_who(driver.at)
    driver.settle()
    assert driver.page.shown is driver.page.who
    assert driver.answering.sitting is None


def test_taking_back_what_another_window_answered_last_shows_what_is_kept(
    driver: StudyDriver,
) -> None:
    driver.sit_down("Anna")
    asked = driver.order("Anna")
    driver.press(KEYS.Key_1)
    driver.settle()
    other = Answer(asked[1].trial.id, "Anna", asked[1].choice("left"), 1.0, now())
    StudyFolder.open(driver.at).record(other)
    driver.press(KEYS.Key_Z)
    driver.settle()
    assert [answer.trial for answer in driver.kept()] == [asked[0].trial.id]
    assert driver.answering.done == 1, "what the page says is what is on disk"
    assert driver.answering.current == asked[1]


def test_nobody_learns_which_method_is_which(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    trial = driver.page.trial
    for _ in range(2):
        said = []
        for part in (trial, *trial.findChildren(QWidget)):
            said += [part.toolTip(), part.accessibleName(), part.accessibleDescription()]
            said += [part.text()] if isinstance(part, QLabel) else []
        text = " ".join(said)
        assert "Picture A" in text
        assert "Picture B" in text
        for secret in (TESTED, LOOKS, DREAMSIM):
            assert secret.title not in text
            assert secret.id not in text
        assert "secret" not in text
        assert ".jpg" not in text
        driver.press(KEYS.Key_2)


def test_the_pictures_are_those_of_the_question(driver: StudyDriver, qtbot: QtBot) -> None:
    driver.sit_down("Ben")
    trial = driver.page.trial
    for shown in driver.order("Ben")[:2]:
        files = [box.question.path for box in (trial.query, trial.left, trial.right)]
        assert files == [shown.trial.query, shown.left_image, shown.right_image]
        for box in (trial.query, trial.left, trial.right):
            qtbot.waitUntil(lambda box=box: box.is_showing, timeout=TIMEOUT_MS)
        driver.press(KEYS.Key_3)


def test_a_held_key_answers_once(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    driver.see()
    trial = driver.page.trial
    none = Qt.KeyboardModifier.NoModifier
    for is_repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_1, none, "1", is_repeated)
        QApplication.sendEvent(trial, event)
    assert driver.answering.done == 1
    driver.kept()


def test_an_answer_is_taken_back_and_given_anew(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    first, second = driver.order("Anna")[:2]
    driver.press(KEYS.Key_Z)
    assert driver.answering.done == 0, "there is nothing to take back"
    driver.press(KEYS.Key_1, KEYS.Key_2, KEYS.Key_Z)
    assert driver.answering.current == second
    driver.press(KEYS.Key_Backspace)
    assert driver.answering.current == first
    assert not driver.kept()
    driver.press(KEYS.Key_3)
    (answer,) = driver.kept()
    assert (answer.trial, answer.choice) == (first.trial.id, "same")


def test_a_question_can_wait(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    asked = driver.order("Anna")
    driver.press(KEYS.Key_L, KEYS.Key_1, KEYS.Key_1, KEYS.Key_1)
    assert driver.answering.current == asked[0]
    assert not driver.page.trial.later_button.isEnabled()
    driver.press(KEYS.Key_L)
    assert driver.answering.current == asked[0], "the only one that is left"
    driver.press(KEYS.Key_1)
    assert driver.kept()[-1].trial == asked[0].trial.id


def test_escape_pauses_and_the_same_name_goes_on(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    asked = driver.order("Anna")
    driver.press(KEYS.Key_1, KEYS.Key_Escape)
    assert driver.page.shown is driver.page.home
    driver.sit_down("  anna ")
    assert driver.answering.current == asked[1]
    assert driver.page.trial.place.text() == "Anna: question 2 of 4"
    driver.press(KEYS.Key_2)
    assert {answer.person for answer in driver.kept()} == {"Anna"}


def test_who_began_before_is_offered(driver: StudyDriver, qtbot: QtBot) -> None:
    driver.sit_down("Anna")
    driver.press(KEYS.Key_1)
    driver.kept()
    driver.press(KEYS.Key_Escape)
    card = driver.page.home.cards[driver.at]
    qtbot.waitUntil(lambda: "1 answer" in card.progress.text(), timeout=TIMEOUT_MS)
    card.answer_button.click()
    who = driver.page.who
    assert who.name.text() == "Anna", "who answered last"
    assert who.start_button.text() == "Go on"
    who.name.setText(" ")
    assert not who.start_button.isEnabled()
    (chip,) = who.people
    assert chip.text() == "Anna, 1 of 4"
    chip.click()
    qtbot.waitUntil(lambda: driver.page.shown is driver.page.trial, timeout=TIMEOUT_MS)
    assert driver.answering.done == 1


def test_what_cannot_be_kept_is_asked_again(driver: StudyDriver, qtbot: QtBot) -> None:
    driver.sit_down("Anna")
    first = driver.order("Anna")[0]
    answers = driver.at / "answers"
    answers.rmdir()
    answers.write_text("in the way")
    driver.press(KEYS.Key_1)
    trial = driver.page.trial
    qtbot.waitUntil(trial.trouble.isVisible, timeout=TIMEOUT_MS)
    assert "cannot be kept" in trial.trouble_text.text()
    assert driver.answering.current == first
    driver.press(KEYS.Key_2)
    assert driver.answering.done == 0, "first the trouble"
    answers.unlink()
    trial.again_button.click()
    qtbot.waitUntil(lambda: not trial.trouble.isVisible(), timeout=TIMEOUT_MS)
    driver.press(KEYS.Key_3)
    (answer,) = driver.kept()
    assert (answer.trial, answer.choice) == (first.trial.id, "same")


def test_what_cannot_be_seen_is_not_answered(driver: StudyDriver, qtbot: QtBot) -> None:
    first = driver.order("Anna")[0]
    first.left_image.write_bytes(b"no picture")
    driver.sit_down("Anna")
    trial = driver.page.trial
    qtbot.waitUntil(trial.trouble.isVisible, timeout=TIMEOUT_MS)
    assert "cannot be read" in trial.trouble_text.text()
    assert not trial.again_button.isVisible()
    driver.press(KEYS.Key_1, KEYS.Key_3)
    assert driver.answering.done == 0
    driver.press(KEYS.Key_L)
    assert driver.answering.current != first


def test_time_counts_while_the_question_is_seen(
    driver: StudyDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(study_answering.time, "monotonic", lambda: now[0])
    driver.sit_down("Anna")
    now[0] += 3
    driver.page.hide()  # another page is seen
    now[0] += 1000
    driver.page.show()
    now[0] += 4
    driver.press(KEYS.Key_1)
    now[0] += 2
    driver.press(KEYS.Key_1)
    assert [answer.seconds for answer in driver.kept()] == [7.0, 2.0]


def test_what_was_just_answered_is_kept_on_closing(driver: StudyDriver) -> None:
    driver.sit_down("Anna")
    driver.press(KEYS.Key_1, KEYS.Key_1)
    driver.jobs.close()
    assert len(StudyFolder.open(driver.at).answers("Anna")) == 2
