"""Changes in real folders are noticed, gathered, and told once."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.library.exclusions import FILE_NAME
from engine.library.watching import Watcher, WatchState

LONG_S = 20.0  # only bounds a test that has failed anyway


class Heard:
    """What a watcher told."""

    def __init__(self) -> None:
        self.changed: list[list[Path]] = []
        self.moved: list[tuple[Path, bool]] = []
        self._something = threading.Condition()

    def on_changed(self, folders: Sequence[Path]) -> None:
        with self._something:
            self.changed.append(list(folders))
            self._something.notify_all()

    def on_moved(self, folder: Path, there: bool) -> None:
        with self._something:
            self.moved.append((folder, there))
            self._something.notify_all()

    def wait(self, until: Callable[[], bool]) -> None:
        with self._something:
            assert self._something.wait_for(until, LONG_S), (self.changed, self.moved)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    (folder / "in").mkdir(parents=True)
    (folder / "a.png").touch()
    return folder


@pytest.fixture
def watcher(heard: Heard, tmp_path: Path) -> Iterator[Watcher]:
    before = set(threading.enumerate())
    watcher = Watcher(
        heard.on_changed,
        heard.on_moved,
        exclude=[tmp_path / "pictures" / "library"],
        quiet_s=0.3,
        presence_s=0.2,
        poll_s=0.3,
    )
    yield watcher
    watcher.close()
    assert set(threading.enumerate()) <= before


def wait_until_watched(watcher: Watcher, folder: Path, mode: str = "told") -> WatchState:
    end = time.monotonic() + LONG_S
    while (state := watcher.states.get(folder)) is None or state.mode != mode:
        assert time.monotonic() < end, watcher.states
        time.sleep(0.02)
    return state


def test_many_changes_are_told_once_with_the_folders_that_they_are_in(
    watcher: Watcher, heard: Heard, folder: Path
) -> None:
    (folder / "in" / "deep").mkdir()
    watcher.watch([folder])
    wait_until_watched(watcher, folder)
    for number in range(30):
        (folder / "in" / f"{number}.jpg").write_bytes(b"x")
    (folder / "in" / "deep" / "b.jpg").write_bytes(b"x")
    heard.wait(lambda: bool(heard.changed))
    assert heard.changed == [[folder / "in"]]


@pytest.mark.parametrize("change", ["write", "delete", "rename", "folder", "rules"])
def test_every_change_that_matters_is_noticed(
    change: str, watcher: Watcher, heard: Heard, folder: Path
) -> None:
    watcher.watch([folder])
    wait_until_watched(watcher, folder)
    if change == "write":
        (folder / "a.png").write_bytes(b"other")
    elif change == "delete":
        (folder / "a.png").unlink()
    elif change == "rename":
        (folder / "a.png").rename(folder / "b.png")
    elif change == "folder":
        (folder / "in").rename(folder / "out")
    else:
        (folder / FILE_NAME).write_text("*.png")
    heard.wait(lambda: bool(heard.changed))
    assert heard.changed == [[folder]]


def test_what_does_not_matter_is_not_told(watcher: Watcher, heard: Heard, folder: Path) -> None:
    (folder / "library").mkdir()
    (folder / ".thumbnails").mkdir()
    watcher.watch([folder])
    wait_until_watched(watcher, folder)
    (folder / "notes.txt").write_text("nothing")
    (folder / "library" / "thumbnail.jpg").write_bytes(b"x")
    (folder / ".thumbnails" / "c.jpg").write_bytes(b"x")
    (folder / "a.png").read_bytes()
    (folder / "in" / "real.png").write_bytes(b"x")
    heard.wait(lambda: bool(heard.changed))
    assert heard.changed == [[folder / "in"]]


def test_a_file_that_is_still_being_written_is_waited_for(
    watcher: Watcher, heard: Heard, folder: Path
) -> None:
    watcher.watch([folder])
    wait_until_watched(watcher, folder)
    with (folder / "large.jpg").open("wb", buffering=0) as file:
        for _ in range(8):
            file.write(b"x" * 1000)
            time.sleep(0.1)
        assert not heard.changed
    heard.wait(lambda: bool(heard.changed))
    assert heard.changed == [[folder]]


def test_changes_during_a_pause_are_told_afterwards(
    watcher: Watcher, heard: Heard, folder: Path
) -> None:
    watcher.watch([folder])
    wait_until_watched(watcher, folder)
    watcher.pause()
    (folder / "b.png").touch()
    time.sleep(1.0)
    assert not heard.changed
    watcher.resume()
    heard.wait(lambda: bool(heard.changed))


def test_a_drive_that_goes_and_comes_back_is_noticed_and_watched_again(
    watcher: Watcher, heard: Heard, folder: Path
) -> None:
    watcher.watch([folder])
    wait_until_watched(watcher, folder)
    away = folder.with_name("away")
    folder.rename(away)
    heard.wait(lambda: (folder, False) in heard.moved)
    assert watcher.states == {folder: WatchState("away")}
    folder.mkdir()  # the place of a drive, without the drive
    time.sleep(0.6)
    assert heard.moved == [(folder, False)]
    folder.rmdir()
    away.rename(folder)
    heard.wait(lambda: (folder, True) in heard.moved)
    wait_until_watched(watcher, folder)
    heard.changed.clear()
    (folder / "in" / "new.jpg").touch()
    heard.wait(lambda: any(folder / "in" in told for told in heard.changed))


@pytest.mark.parametrize("allowed", [0, 1])
def test_where_the_system_refuses_folders_are_looked_through_now_and_then(
    allowed: int, watcher: Watcher, heard: Heard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit may be reached by the folder, or by what lies in it, which nobody is told."""
    from watchdog.observers import Observer

    schedule, asked = Observer.schedule, []

    def refuse(*args: Any, **options: Any) -> Any:
        asked.append(args)
        if len(asked) > allowed:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return schedule(*args, **options)

    monkeypatch.setattr(Observer, "schedule", refuse)
    watcher.watch([folder])
    assert "limit" in wait_until_watched(watcher, folder, "polled").reason
    time.sleep(0.6)
    (folder / "in" / "new.jpg").touch()
    heard.wait(lambda: bool(heard.changed))
    assert heard.changed[0] == [folder]


def test_a_folder_that_is_not_wanted_any_more_is_left_alone(
    watcher: Watcher, heard: Heard, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.png").touch()
    watcher.watch([folder, other])
    wait_until_watched(watcher, folder)
    wait_until_watched(watcher, other)
    watcher.watch([other])
    end = time.monotonic() + LONG_S
    while folder in watcher.states and time.monotonic() < end:
        time.sleep(0.02)
    (folder / "b.png").touch()
    (other / "b.png").touch()
    heard.wait(lambda: bool(heard.changed))
    assert heard.changed == [[other]]


def test_a_watcher_that_never_watched_closes(watcher: Watcher) -> None:
    watcher.close()
    watcher.watch([])
