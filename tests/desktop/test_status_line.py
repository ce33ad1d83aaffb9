"""The line at the bottom says how the library is; what else it says stays for a while only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import index
from pytestqt.qtbot import QtBot

from engine.jobs import Progress
from relsim_desktop.app import Desktop
from relsim_desktop.views.window import status_strip

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_message_gives_way_to_how_the_library_is(
    monkeypatch: pytest.MonkeyPatch,
    open_desktop: Callable[..., Desktop],
    few: Path,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(status_strip, "_SAID_MS", 1)
    desktop = open_desktop()
    index(desktop, [few], qtbot)
    strip = desktop.window.parts.strip
    assert strip.text.text() == "3 found: 3 indexed"
    strip.say("Something was done")
    assert strip.text.text() == "Something was done"
    qtbot.waitUntil(lambda: strip.text.text() == "3 found: 3 indexed")
    strip.say("Something was done")
    strip.show_progress(Progress(phase="Indexing", done=1, total=2))
    qtbot.wait(20)
    assert strip.text.text() == "Indexing", "what goes on is not taken away"
