"""Verifying groups as a person does: a real file, a real window, the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from desktop_driving import TIMEOUT_MS
from drawn_pictures import draw
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.judging.groups import Group, read_groups, write_groups
from relsim_desktop.app import Desktop
from relsim_desktop.presenters.verifying import Verifying
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.verify.page import VerifyPage

CAPTION = "{Things} that close a {Shape}"
LEAKING = "Dogs that close a {Shape}"


def made(tmp_path: Path) -> Path:
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


def answer(driver: Driver, text: str) -> None:
    """Press a button of the question that is open."""
    boxes = driver.desktop.window.findChildren(Confirmation)
    box = next(box for box in boxes if box.isVisible())
    button = next(button for button in box.buttons() if button.text() == text)
    button.click()
