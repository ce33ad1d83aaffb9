"""A folder of pictures, and an engine with the bundled model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from drawn_pictures import COLOURS, draw
from tiny_library import Library

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
