"""The file behind the page: bad ones, changed ones, saving, closing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, drop, middle, urls
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from verify_driving import Driver, answer, made

from engine.judging.groups import read_groups, write_groups
from relsim_desktop.app import Desktop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.fixture
def driver(desktop: Desktop, file: Path, qtbot: QtBot) -> Driver:
    return Driver(desktop, file, qtbot)


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
        "from engine.judging.groups import read_groups, write_groups\n"
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
    answer(driver, "Cancel")
    QApplication.processEvents()
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


def test_what_is_decided_while_another_file_is_read_is_kept(
    driver: Driver, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "second").mkdir()
    second = made(tmp_path / "second")
    verifying = driver.verifying
    with qtbot.waitSignal(verifying.opened, timeout=TIMEOUT_MS):
        verifying.open(second)
        verifying.reject()
        verifying.reject()
    assert [group.verdict for group in read_groups(driver.file)][:2] == ["rejected", "rejected"]
    assert {group.verdict for group in read_groups(second)} == {"unseen"}
