from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, index
from drawn_pictures import COLOURS, draw
from golden_files import golden
from hub_server import HubServer, hub_server
from made_up_models import BASE, CAPTIONER, RELATIONAL, repositories
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.models import hub as protocol
from engine.models.manager import ModelManager
from relsim_desktop import options
from relsim_desktop.app import Desktop
from relsim_desktop.language import Language
from relsim_desktop.settings import Settings


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    """Plural forms and numbers in English, whatever the language of the machine is."""
    language = Language(qapp, "en")
    yield
    language.remove()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with 24 pictures: three relations, four colours, two shapes of canvas."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for relation in ("ring", "grid", "growth"):
        for colour in COLOURS:
            draw(relation, colour).save(folder / f"{relation}-{colour}.png")
            draw(relation, colour, (400, 300)).save(folder / f"{relation}-{colour}-wide.jpg")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "settings.ini")
    settings.write(options.LANGUAGE.key, "en")  # whatever the language of the machine is
    return settings


@pytest.fixture
def open_desktop(
    qapp: QApplication, qtbot: QtBot, settings: Settings, tmp_path: Path
) -> Iterator[Callable[..., Desktop]]:
    """Opens windows on the test's library; closes them, and sees that no thread is left."""
    before = set(threading.enumerate())
    desktops: list[Desktop] = []

    def open_it(*paths: Path, library: Path = tmp_path / "library") -> Desktop:
        desktop = Desktop(qapp, settings, library)
        desktops.append(desktop)
        with qtbot.waitSignal(desktop.workspace.opened, timeout=TIMEOUT_MS):
            desktop.start(paths)
        return desktop

    yield open_it
    for desktop in desktops:
        desktop.window.close()
        desktop.window.deleteLater()
        desktop.language.remove()
    # Without this a window lives until an event loop ends, and every later one is styled with it.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    left = [
        thread.name
        for thread in threading.enumerate()
        if thread not in before
        # A request that was cancelled ends when the network says something; so does the hub's end.
        and thread.name != "download"
        and "process_request" not in thread.name
    ]
    assert not left, f"threads left running: {left}"


@pytest.fixture
def desktop(open_desktop: Callable[..., Desktop]) -> Desktop:
    """A window on an empty library."""
    return open_desktop()


@pytest.fixture
def filled(desktop: Desktop, pictures: Path, qtbot: QtBot) -> Desktop:
    """A window on a library with the 24 pictures indexed and shown."""
    index(desktop, [pictures], qtbot)
    return desktop


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub with made-up models; the program is patient, but not for long."""
    monkeypatch.setattr(protocol, "RETRY_WAITS_S", (0.0, 0.01))
    with hub_server() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        server.repositories |= repositories(BASE, RELATIONAL, CAPTIONER, size=1_500_000)
        yield server


@pytest.fixture
def tiny_models() -> ModelManager:
    """The golden base, large model and captioner, installed as if they were the released ones."""
    manager = ModelManager()
    for model_id, name in ((BASE, "base"), (RELATIONAL, "relsim"), (CAPTIONER, "captioner")):
        manager.import_folder(model_id, golden("relsim-tiny", name))
    return manager


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder with three pictures: the captioner takes its time."""
    folder = tmp_path / "few"
    folder.mkdir()
    for relation in ("ring", "grid", "growth"):
        draw(relation, "crimson").save(folder / f"{relation}.png")
    return folder
