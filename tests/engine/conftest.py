"""A folder of pictures, an engine with the bundled model, and a hub with made-up models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from drawn_pictures import COLOURS, draw
from hub_server import HubServer, hub_server
from made_up_models import BASE, CAPTIONER, RELATIONAL, repositories
from small_disk import SmallDisk, small_disk
from tiny_library import Library

from engine.models import hub as protocol
from engine.models.manager import ModelManager
from engine.service import Engine


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Twelve pictures, ``relation-colour.png``."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for relation in ("ring", "grid", "growth"):
        for colour in COLOURS:
            draw(relation, colour).save(folder / f"{relation}-{colour}.png")
    return folder


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An engine on an empty library, with the bundled model."""
    with Engine.open() as opened:
        yield opened


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library with the tiny embedder, and an empty folder of pictures."""
    with closing(Library(tmp_path)) as opened:
        yield opened


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub with made-up models; the program is patient, but not for long."""
    monkeypatch.setattr(protocol, "RETRY_WAITS_S", (0.0, 0.0, 0.01))
    with hub_server() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        server.repositories |= repositories(BASE, RELATIONAL, CAPTIONER)
        yield server


@pytest.fixture
def manager(tmp_path: Path) -> ModelManager:
    return ModelManager(tmp_path / "models")


@pytest.fixture
def with_base(hub: HubServer, manager: ModelManager) -> ModelManager:
    """A manager that has the base already, so that only one small model is to be downloaded."""
    manager.download(BASE)
    hub.asked.clear()
    return manager


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """A disk of one megabyte that runs full."""
    with small_disk(tmp_path / "small", monkeypatch) as small:
        yield small
