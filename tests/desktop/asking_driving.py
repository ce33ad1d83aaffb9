"""Asking in a window, and waiting for what comes beside an answer."""

from __future__ import annotations

from desktop_driving import TIMEOUT_MS, answer, row_of
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine.types import Neighbor
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.views.asking.feature import AskingFeature


def picture(desktop: Desktop, name: str) -> Question:
    """A picture of the library."""
    entry = desktop.workspace.collection.files.entry(row_of(desktop, name))
    return Question(path=entry.path, image_id=entry.image_id)


def ask(desktop: Desktop, name: str, qtbot: QtBot) -> list[Neighbor]:
    """Ask about a picture of the library, and wait for all that is found out about it."""
    hits = answer(desktop, lambda: desktop.window.ask(picture(desktop, name)), qtbot)
    settle(desktop, qtbot)
    return hits


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    """Wait until nothing runs any more."""
    qtbot.waitUntil(lambda: desktop.workspace.jobs.running == 0, timeout=TIMEOUT_MS)


def feature(desktop: Desktop) -> AskingFeature:
    """The part of the window that asks."""
    return next(one for one in desktop.window.features if isinstance(one, AskingFeature))


def choose(menu: QMenu, text: str) -> None:
    """Choose from a menu."""
    next(action for action in menu.actions() if action.text() == text).trigger()


def names(hits: list[Neighbor]) -> list[str]:
    """The files of hits."""
    return [hit.path.name for hit in hits]


def relations(hits: list[Neighbor], most: int) -> set[str]:
    """What the first hits were drawn as."""
    return {name.split("-")[0] for name in names(hits)[:most]}
