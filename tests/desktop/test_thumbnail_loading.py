from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from PIL import Image
from pytestqt.qtbot import QtBot

from engine.service import Engine
from relsim_desktop.jobs import JobRunner
from relsim_desktop.thumbnails import ThumbnailKey, ThumbnailLoader


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine.open() as opened:
        yield opened


@pytest.fixture
def jobs(qtbot: QtBot, engine: Engine) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.close()


@pytest.fixture
def keys(pictures: Path) -> list[ThumbnailKey]:
    return [ThumbnailKey(path, 96, 6) for path in sorted(pictures.iterdir())]


def wait_for(loader: ThumbnailLoader, keys: list[ThumbnailKey], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(loader.pixmap(key) for key in keys), timeout=TIMEOUT_MS)


def test_what_is_wanted_is_loaded_and_fits(
    jobs: JobRunner, engine: Engine, keys: list[ThumbnailKey], qtbot: QtBot
) -> None:
    loader = ThumbnailLoader(jobs)
    loader.want("view", keys[:6])
    assert loader.pixmap(keys[0]) is None
    loader.attach(engine)
    wait_for(loader, keys[:6], qtbot)
    assert loader.pixmap(keys[6]) is None
    sizes = {loader.pixmap(key).size().toTuple() for key in keys[:6]}
    assert sizes == {(96, 96), (96, 72)}


def test_what_was_scrolled_away_is_never_loaded(
    jobs: JobRunner, engine: Engine, keys: list[ThumbnailKey], qtbot: QtBot
) -> None:
    loader = ThumbnailLoader(jobs)
    loader.attach(engine)
    loader.want("view", keys[:20])
    loader.want("view", keys[20:22])
    wait_for(loader, keys[20:22], qtbot)
    qtbot.waitUntil(lambda: jobs.running == 0, timeout=TIMEOUT_MS)
    loaded = [key for key in keys if loader.pixmap(key)]
    assert len(loaded) <= 4 + 2, "only what was in flight already may arrive besides"


def test_memory_is_bounded(
    jobs: JobRunner, engine: Engine, keys: list[ThumbnailKey], qtbot: QtBot
) -> None:
    loader = ThumbnailLoader(jobs, max_bytes=5 * 96 * 96 * 4)
    loader.attach(engine)
    for key in keys[:10]:
        loader.want("view", [key])
        wait_for(loader, [key], qtbot)
    assert loader.bytes <= 5 * 96 * 96 * 4
    assert loader.pixmap(keys[0]) is None


def test_a_changed_file_never_shows_its_old_picture(
    jobs: JobRunner, engine: Engine, keys: list[ThumbnailKey], qtbot: QtBot
) -> None:
    loader, key = ThumbnailLoader(jobs), keys[0]
    loader.attach(engine)
    loader.want("view", [key])
    wait_for(loader, [key], qtbot)
    Image.new("RGB", (300, 100), "black").save(key.path)
    os.utime(key.path, ns=(1, 1))
    loader.forget([key.path])
    assert loader.pixmap(key) is None
    wait_for(loader, [key], qtbot)
    assert loader.pixmap(key).size().toTuple() == (96, 32)


def test_an_unreadable_file_is_tried_once(
    jobs: JobRunner, engine: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    loader, broken = ThumbnailLoader(jobs), tmp_path / "broken.png"
    broken.write_bytes(b"no picture at all")
    loader.attach(engine)
    key = ThumbnailKey(broken, 96, 6)
    with qtbot.waitSignal(loader.loaded, timeout=TIMEOUT_MS):
        loader.want("view", [key])
    assert loader.why_unreadable(broken)
    qtbot.waitUntil(lambda: jobs.running == 0, timeout=TIMEOUT_MS)
    loader.want("view", [key])
    assert jobs.running == 0


def test_a_picture_larger_than_the_cache_is_decoded(
    jobs: JobRunner, engine: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    large = tmp_path / "large.jpg"
    Image.new("RGB", (2400, 1200), "teal").save(large)
    loader, key = ThumbnailLoader(jobs), ThumbnailKey(large, 900, 0)
    loader.attach(engine)
    loader.want("view", [key])
    wait_for(loader, [key], qtbot)
    assert loader.pixmap(key).size().toTuple() == (900, 450)
