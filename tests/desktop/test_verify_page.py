"""Deciding about groups by keys, and what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from verify_driving import CAPTION, LEAKING, Driver, made

from engine.judging.groups import read_groups
from relsim_desktop.app import Desktop
from relsim_desktop.views.verify.grid import GAP, arranged

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.fixture
def driver(desktop: Desktop, file: Path, qtbot: QtBot) -> Driver:
    return Driver(desktop, file, qtbot)


def test_a_group_is_shown_with_all_that_is_known(driver: Driver, qtbot: QtBot) -> None:
    page, header = driver.page, driver.page.header
    assert header.place.text() == "Group 1 of 4"
    assert header.tally.text() == "0 accepted, 0 rejected, 4 to go"
    assert header.file.full_text == str(driver.file)
    assert page.card.caption.text == CAPTION
    assert page.card.verdict.text() == "Not decided"
    qtbot.waitUntil(lambda: all(box.is_showing for box in page.grid.pictures), timeout=TIMEOUT_MS)
    driver.press(Qt.Key.Key_N)
    assert page.card.source.text() == "Seed group"
    assert driver.line.startswith("It names “dog” outside a slot")
    gone = page.grid.pictures[2]
    qtbot.waitUntil(lambda: bool(gone.problem), timeout=TIMEOUT_MS)
    assert gone.accessibleName() == "Picture 3 of 3: gone.png, the file is no longer there"
    assert "dog" in page.card.accessibleName()


def test_accept_reject_and_move(driver: Driver) -> None:
    driver.press(Qt.Key.Key_A)
    assert driver.page.header.place.text() == "Group 2 of 4"
    assert driver.verdicts() == "auuu"
    driver.press(Qt.Key.Key_R)
    assert driver.verdicts() == "aruu"
    assert driver.page.header.tally.text() == "1 accepted, 1 rejected, 2 to go"
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_P, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert driver.page.header.place.text() == "Group 1 of 4"
    assert driver.page.card.verdict.text() == "Accepted"
    driver.press(Qt.Key.Key_R)
    assert driver.verdicts() == "rruu"
    driver.press(Qt.Key.Key_U)
    assert driver.page.header.place.text() == "Group 3 of 4"


def test_an_empty_caption_is_not_accepted(driver: Driver) -> None:
    driver.press(Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_A)
    assert driver.line.startswith("An empty caption cannot be accepted")
    driver.press(Qt.Key.Key_E, Qt.Key.Key_Return)
    assert driver.page.card.is_editing
    assert driver.line.startswith("An empty caption cannot be accepted")
    driver.press(Qt.Key.Key_Escape)
    assert driver.verdicts() == "uuuu"


def test_a_flagged_caption_is_accepted_the_second_time(driver: Driver) -> None:
    driver.press(Qt.Key.Key_N, Qt.Key.Key_A)
    assert driver.line.endswith("A once more accepts it as it is")
    assert driver.verdicts() == "uuuu"
    driver.press(Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_A)
    assert driver.verdicts() == "uuuu", "another group came between"
    driver.press(Qt.Key.Key_A)
    assert driver.verdicts() == "uauu"


def test_enter_saves_and_accepts_what_was_written(driver: Driver) -> None:
    driver.press(Qt.Key.Key_N, Qt.Key.Key_E)
    driver.rewrite("{Things} near a cat")
    assert driver.line.startswith("It names “cat” outside a slot"), "while it is written"
    driver.press(Qt.Key.Key_Return)
    assert driver.page.card.is_editing
    assert driver.line.endswith("Enter once more accepts it as it is")
    driver.press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    driver.write("{Thing}")
    assert driver.line.startswith("Words in braces")
    driver.press(Qt.Key.Key_Return)
    second = driver.saved()[1]
    assert (second.caption, second.original) == ("{Things} near a {Thing}", LEAKING)
    assert (second.flags, second.verdict) == ((), "accepted")
    assert driver.page.header.place.text() == "Group 3 of 4"
    driver.press(Qt.Key.Key_P)
    assert driver.page.card.original.full_text == f"Before: {LEAKING}"
    driver.press(Qt.Key.Key_E)
    driver.rewrite(LEAKING)
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    second = driver.saved()[1]
    assert (second.caption, second.original, second.flags) == (LEAKING, None, ("dog",))


def test_escape_gives_up_what_was_written(driver: Driver) -> None:
    driver.press(Qt.Key.Key_E)
    driver.rewrite("something else")
    driver.press(Qt.Key.Key_Escape)
    assert driver.page.card.caption.text == CAPTION
    assert driver.page.card.hasFocus() or driver.desktop.window.focusWidget() is driver.page.card
    driver.press(Qt.Key.Key_A)
    assert driver.saved()[0].caption == CAPTION


def test_letters_are_text_while_writing(driver: Driver) -> None:
    driver.press(Qt.Key.Key_E)
    driver.rewrite("a n r u p 1")
    driver.press(Qt.Key.Key_Delete, Qt.Key.Key_Left)
    assert driver.page.card.editor.toPlainText() == "a n r u p 1"
    assert driver.page.header.place.text() == "Group 1 of 4"


def test_a_brace_encloses_what_is_selected(driver: Driver) -> None:
    driver.press(Qt.Key.Key_E)
    driver.rewrite("dog")
    driver.page.card.editor.selectAll()
    driver.write("{")
    assert driver.page.card.editor.toPlainText() == "{dog}"


def test_a_picture_is_taken_out_and_comes_back(driver: Driver) -> None:
    driver.press(Qt.Key.Key_U, Qt.Key.Key_Delete)
    assert driver.line.startswith("Choose the picture")
    driver.press(Qt.Key.Key_3, Qt.Key.Key_Delete)
    assert [image.name for image in driver.saved()[1].images] == [
        "grid-crimson.png",
        "grid-seagreen.png",
    ]
    assert driver.line == "Took out gone.png; Ctrl+Z brings it back"
    driver.press(Qt.Key.Key_Delete)
    assert driver.line.startswith("A group needs two pictures")
    driver.undo()
    assert len(driver.saved()[1].images) == 3


def test_everything_since_opening_can_be_undone_and_done_again(driver: Driver) -> None:
    before = read_groups(driver.file)
    driver.press(Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_E)
    driver.rewrite("{Things} alike")
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_Delete, Qt.Key.Key_A)
    after = driver.saved()
    assert driver.verdicts() == "araa"
    for _ in range(5):
        driver.undo()
    assert driver.saved() == before
    assert driver.page.header.place.text() == "Group 1 of 4"
    driver.undo()
    assert driver.line == "There is nothing to undo"
    for _ in range(5):
        driver.redo()
    assert driver.saved() == after
    driver.redo()
    assert driver.line == "There is nothing to redo"


def test_the_end_says_what_is_left(driver: Driver) -> None:
    driver.press(*[Qt.Key.Key_N] * 4)
    assert driver.page.message.title == "This is the end, and 4 groups are not decided yet"
    driver.press(Qt.Key.Key_A, Qt.Key.Key_1, Qt.Key.Key_U, *[Qt.Key.Key_R] * 4)
    assert driver.verdicts() == "rrrr"
    assert driver.page.message.title == "All 4 groups are decided"
    driver.press(Qt.Key.Key_P)
    assert driver.page.is_showing_group


def test_many_decisions_at_once_end_in_the_last_state(driver: Driver) -> None:
    for _ in range(40):
        driver.press(Qt.Key.Key_R, Qt.Key.Key_P)
        driver.undo()
    driver.press(Qt.Key.Key_R)
    assert driver.verdicts() == "ruuu"


def test_all_of_a_long_caption_can_be_read(driver: Driver, qtbot: QtBot) -> None:
    card = driver.page.card
    driver.desktop.window.resize(900, 800)
    usual = card.caption.height()
    driver.press(Qt.Key.Key_E)
    driver.rewrite("{Things} that " + "come one after another " * 14)
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_P)
    assert card.caption.text.startswith("{Things} that come")
    needed = card.caption.heightForWidth(card.caption.width())
    assert needed > usual
    qtbot.waitUntil(lambda: card.caption.height() >= needed, timeout=TIMEOUT_MS)


def test_every_control_has_a_name_and_a_key(driver: Driver) -> None:
    page = driver.page
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []
    assert all(button.cap.text() for button in page.bar.buttons.values())
    assert page.bar.buttons["accept"].accessibleDescription() == "Key: A"


def test_tab_goes_through_pictures_and_buttons(driver: Driver) -> None:
    driver.press(Qt.Key.Key_1)
    seen: list[QWidget] = []
    for _ in range(6):
        driver.press(Qt.Key.Key_Tab)
        seen.append(driver.desktop.window.focusWidget())
    buttons = driver.page.bar.buttons
    assert seen == [
        driver.page.grid.pictures[1],
        driver.page.card,
        *(buttons[verb] for verb in ("accept", "edit", "reject", "next")),
    ]
    driver.press(Qt.Key.Key_Space)
    assert driver.page.header.place.text() == "Group 2 of 4"


@pytest.mark.parametrize("count", range(1, 20))
def test_pictures_lie_side_by_side(count: int) -> None:
    for width, height in ((1300, 400), (700, 500), (400, 900), (320, 160)):
        places = arranged(count, width, height)
        assert len(places) == count
        for at, place in enumerate(places):
            assert place.left() >= 0
            assert place.top() >= 0
            assert place.right() < width
            assert place.bottom() < height
            for other in places[:at]:
                grown = place.adjusted(-GAP + 1, -GAP + 1, GAP - 1, GAP - 1)
                assert not grown.intersects(other)


def test_the_next_group_is_loaded_meanwhile(driver: Driver, qtbot: QtBot) -> None:
    grid, thumbnails = driver.page.grid, driver.desktop.workspace.thumbnails
    following = driver.verifying.decisions.peek(1)
    assert following is not None
    qtbot.waitUntil(
        lambda: thumbnails.why_unreadable(following.images[2]) is not None, timeout=TIMEOUT_MS
    )
    driver.press(Qt.Key.Key_N)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: grid.pictures[0].is_showing, timeout=TIMEOUT_MS)


def test_a_held_key_decides_once(driver: Driver) -> None:
    page = driver.page
    for key in (Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_Delete):
        repeated = QKeyEvent(
            QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", autorep=True
        )
        QApplication.sendEvent(page, repeated)
    assert driver.verdicts() == "uuuu"
    assert page.header.place.text() == "Group 1 of 4"
