"""Verifying groups: a real file, a real window, the keyboard alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, drop, middle, urls
from drawn_pictures import draw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine.groups import Group, read_groups, write_groups
from relsim_desktop.app import Desktop
from relsim_desktop.presenters.verifying import Verifying
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.verify_grid import GAP, arranged
from relsim_desktop.views.verify_page import VerifyPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CAPTION = "{Things} that close a {Shape}"
LEAKING = "Dogs that close a {Shape}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Four groups: a sound one, one of a flagged caption, one without, and a sound one of four."""
    for relation in ("ring", "grid"):
        for colour in ("crimson", "seagreen"):
            draw(relation, colour).save(tmp_path / f"{relation}-{colour}.png")
    ring = (tmp_path / "ring-crimson.png", tmp_path / "ring-seagreen.png")
    grid = (tmp_path / "grid-crimson.png", tmp_path / "grid-seagreen.png")
    path = tmp_path / "groups.jsonl"
    groups = [
        Group("one", ring, CAPTION),
        Group("two", (*grid, tmp_path / "gone.png"), LEAKING, "seed", ("dog",)),
        Group("three", ring, ""),
        Group("four", ring + grid, CAPTION, "board"),
    ]
    write_groups(path, groups)
    return path


class Driver:
    """Presses keys on the page and looks at what is on disk."""

    def __init__(self, desktop: Desktop, file: Path, qtbot: QtBot) -> None:
        self.desktop, self.file, self.qtbot = desktop, file, qtbot
        self.verifying: Verifying = desktop.window.verification.verifying
        with qtbot.waitSignal(self.verifying.opened, timeout=TIMEOUT_MS):
            desktop.window.verification.open(file)
        self.page: VerifyPage = desktop.window.verification.page

    def press(
        self,
        *keys: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        for key in keys:
            target = self.desktop.window.focusWidget()
            assert self.page.isAncestorOf(target) or target is self.page
            self.qtbot.keyClick(target, key, held)

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(self.page.card.editor, text)

    def rewrite(self, text: str) -> None:
        self.press(Qt.Key.Key_A, Qt.Key.Key_Backspace, held=Qt.KeyboardModifier.ControlModifier)
        self.write(text)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)

    def redo(self) -> None:
        shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self.press(Qt.Key.Key_Z, held=shift)

    @property
    def line(self) -> str:
        return self.page.bar.line.text()

    def saved(self) -> list[Group]:
        self.qtbot.waitUntil(lambda: self.verifying.is_saved, timeout=TIMEOUT_MS)
        return read_groups(self.file)

    def verdicts(self) -> str:
        return "".join(group.verdict[0] for group in self.saved())


@pytest.fixture
def driver(desktop: Desktop, file: Path, qtbot: QtBot) -> Driver:
    return Driver(desktop, file, qtbot)


def answer(driver: Driver, text: str) -> None:
    """Press a button of the question that is open."""
    box = driver.desktop.window.findChildren(Confirmation)[-1]
    button = next(button for button in box.buttons() if button.text() == text)
    button.click()


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


def test_reading_back_shows_where_one_was(
    driver: Driver, open_desktop: Callable[..., Desktop], qtbot: QtBot
) -> None:
    driver.press(Qt.Key.Key_A, Qt.Key.Key_R)
    driver.desktop.window.close()
    assert driver.verdicts() == "aruu", "closing waits for the last decision"
    other = Driver(open_desktop(), driver.file, qtbot)
    assert other.page.header.place.text() == "Group 3 of 4"


def test_the_page_comes_by_argument_drop_and_menu(
    open_desktop: Callable[..., Desktop],
    file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desktop = open_desktop(file)
    verification = desktop.window.verification
    qtbot.waitUntil(lambda: verification.verifying.path == file, timeout=TIMEOUT_MS)
    assert verification.is_shown
    qtbot.keyClick(desktop.window.focusWidget(), Qt.Key.Key_Escape)
    assert not verification.is_shown
    desktop.window.verbs.verify.trigger()
    assert verification.is_shown, "the file is still open"

    second = file.with_name("second.jsonl")
    write_groups(second, read_groups(file)[:1])
    with qtbot.waitSignal(verification.verifying.opened, timeout=TIMEOUT_MS):
        drop(desktop.window, urls(second), middle(desktop.window, desktop.window.parts.pages))
    assert verification.page.header.place.text() == "Group 1 of 1"

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    with qtbot.waitSignal(verification.verifying.opened, timeout=TIMEOUT_MS):
        desktop.window.verbs.verify.trigger()
    assert verification.page.header.place.text() == "Group 1 of 4"


def test_a_bad_file_is_said_on_the_page(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    verification = desktop.window.verification
    for content, said in (
        ("nonsense", "is no groups file"),
        ('{"format": "relsim-groups", "version": 2}\n', "update the program"),
    ):
        path = tmp_path / "bad.jsonl"
        path.write_text(content)
        with qtbot.waitSignal(verification.verifying.refused, timeout=TIMEOUT_MS) as refused:
            verification.open(path)
        assert said in refused.args[0].text
        assert said in verification.page.message.accessibleName()
        assert verification.page.choose_button.isVisible()
        assert not verification.page.bar.isVisible()


def test_a_read_only_file_is_refused_before_the_work(
    desktop: Desktop, file: Path, qtbot: QtBot
) -> None:
    verification = desktop.window.verification
    file.chmod(0o444)
    with qtbot.waitSignal(verification.verifying.refused, timeout=TIMEOUT_MS) as refused:
        verification.open(file)
    assert "is read-only" in refused.args[0].text


def test_a_bad_file_leaves_the_open_one(driver: Driver, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "bad.jsonl").write_text("nonsense")
    with qtbot.waitSignal(driver.verifying.refused, timeout=TIMEOUT_MS):
        driver.desktop.window.verification.open(tmp_path / "bad.jsonl")
    assert driver.verifying.path == driver.file
    assert driver.page.is_showing_group
    box = driver.desktop.window.findChild(QMessageBox)
    assert "is no groups file" in box.text()
    box.close()


def change_elsewhere(driver: Driver) -> None:
    """Another program rejects the last group."""
    command = (
        "import sys; from dataclasses import replace; from pathlib import Path\n"
        "from engine.groups import read_groups, write_groups\n"
        "path = Path(sys.argv[1]); *most, last = read_groups(path)\n"
        "write_groups(path, [*most, replace(last, verdict='rejected')])\n"
    )
    subprocess.run([sys.executable, "-c", command, str(driver.file)], check=True, timeout=60)


@pytest.mark.parametrize(
    ("choice", "kept"), [("Read it again", "auur"), ("Write over it", "auuu"), ("Cancel", "uuur")]
)
def test_a_change_by_another_program_is_asked_about(
    driver: Driver, choice: str, kept: str, qtbot: QtBot
) -> None:
    change_elsewhere(driver)
    driver.press(Qt.Key.Key_A)
    header = driver.page.header
    qtbot.waitUntil(header.trouble.isVisible, timeout=TIMEOUT_MS)
    assert "was changed by another program" in header.trouble_text.text()
    header.solve_button.click()
    answer(driver, choice)
    if choice != "Cancel":
        qtbot.waitUntil(lambda: not header.trouble.isVisible(), timeout=TIMEOUT_MS)
        assert driver.verdicts() == kept
    else:
        assert "".join(group.verdict[0] for group in read_groups(driver.file)) == kept
        driver.verifying.write_over()
        driver.saved()


def test_a_failed_save_is_said_and_tried_again(driver: Driver, qtbot: QtBot) -> None:
    driver.file.chmod(0o444)
    driver.press(Qt.Key.Key_A)
    header = driver.page.header
    qtbot.waitUntil(header.trouble.isVisible, timeout=TIMEOUT_MS)
    assert "Not saved" in header.trouble_text.text()
    assert "is read-only" in header.trouble_text.text()
    driver.desktop.window.close()
    assert driver.desktop.window.isVisible(), "it asks before decisions are lost"
    answer(driver, "Cancel")
    driver.file.chmod(0o644)
    header.solve_button.click()
    assert driver.verdicts() == "auuu"
    assert not header.trouble.isVisible()


def test_closing_nevertheless_is_possible(driver: Driver, qtbot: QtBot) -> None:
    driver.file.chmod(0o444)
    driver.press(Qt.Key.Key_A)
    qtbot.waitUntil(driver.page.header.trouble.isVisible, timeout=TIMEOUT_MS)
    driver.desktop.window.close()
    answer(driver, "Close")
    qtbot.waitUntil(lambda: not driver.desktop.window.isVisible(), timeout=TIMEOUT_MS)
    assert all(group.verdict == "unseen" for group in read_groups(driver.file))


def test_many_decisions_at_once_end_in_the_last_state(driver: Driver) -> None:
    for _ in range(40):
        driver.press(Qt.Key.Key_R, Qt.Key.Key_P)
        driver.undo()
    driver.press(Qt.Key.Key_R)
    assert driver.verdicts() == "ruuu"


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
    seen: list[QWidget] = []
    for _ in range(4):
        driver.press(Qt.Key.Key_Tab)
        seen.append(driver.desktop.window.focusWidget())
    buttons = driver.page.bar.buttons
    assert seen == [buttons["accept"], buttons["edit"], buttons["reject"], buttons["next"]]
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
