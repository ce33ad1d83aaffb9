"""What a window says of a refusal: what to do in the window, and no command of a terminal."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.errors import KnownError, LibraryError, ModelError
from engine.models.manager import ModelManager
from engine.service import Engine
from engine.store import Store
from engine.store.migrations import MIGRATIONS
from relsim_desktop.app import Desktop
from relsim_desktop.jobs import JobRunner, Lane, Task
from relsim_desktop.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen

_TERMINAL = re.compile(r"--[a-z]|'relsim|relsim [a-z]+ ")


def refuse(error: KnownError) -> object:
    def work(task: Task) -> object:
        raise error

    return work


def test_a_refusal_of_the_engine_is_told_in_the_words_of_the_window(qtbot: QtBot) -> None:
    jobs = JobRunner()
    job = jobs.start(refuse(ModelError("run it", in_window="click it")), lane=Lane.QUERY)  # type: ignore[arg-type]
    with qtbot.waitSignal(job.failed, timeout=TIMEOUT_MS) as failed:
        pass
    jobs.close()
    assert (failed.args[0].text, failed.args[0].is_model) == ("click it", True)
    assert KnownError("the same").in_window == "the same"


def test_no_refusal_about_models_names_a_command_in_the_window(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="relsim models") as refused:
        ModelManager(tmp_path).folder("relsim-7b")
    assert not _TERMINAL.search(refused.value.in_window)
    assert "Models (Ctrl+M)" in refused.value.in_window
    with (
        Engine.open(tmp_path / "library") as engine,
        engine.lend() as models,
        pytest.raises(ModelError) as without,
    ):
        _ = models.captioner
    assert not _TERMINAL.search(without.value.in_window)


@pytest.mark.parametrize("kind", ["newer", "foreign"])
def test_a_library_that_cannot_be_opened_says_what_to_do(
    kind: str, tmp_path: Path, qapp: QApplication, settings: Settings, qtbot: QtBot
) -> None:
    folder = tmp_path / "library"
    Store.open(folder).close()
    connection = sqlite3.connect(folder / "library.sqlite3")
    change = f"user_version = {len(MIGRATIONS) + 1}" if kind == "newer" else "application_id = 7"
    connection.execute(f"PRAGMA {change}")
    connection.close()
    with pytest.raises(LibraryError, match="--library"):
        Store.open(folder)
    desktop = Desktop(qapp, settings, folder)
    with qtbot.waitSignal(desktop.workspace.failed, timeout=TIMEOUT_MS) as failed:
        desktop.start(())
    assert not _TERMINAL.search(failed.args[0].text)
    assert "start again" in failed.args[0].text
    desktop.window.close()
    desktop.window.deleteLater()
