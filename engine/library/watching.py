"""Notices what changes in folders: pictures that come, change or go, and drives that do.

The system tells of changes where it can; where it cannot (network drives, too many folders for
Linux's limit) the folders are looked through now and then. Many changes at once are told once,
when they are over.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from engine.formats.kinds import SUPPORTED, UNSUPPORTED
from engine.jobs import Cancelled, JobControl
from engine.library.exclusions import FILE_NAME
from engine.library.roots import is_there
from engine.library.scan import scan

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver, ObservedWatch

_TICK_S = 0.25
_PICTURES = SUPPORTED | UNSUPPORTED
_SILENT = frozenset({"opened", "closed_no_write"})
_NETWORK = ("nfs", "cifs", "smb", "9p", "afp", "webdav", "davfs", "sshfs", "rclone", "ncp")
_LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE})


@dataclass(frozen=True, slots=True)
class WatchState:
    """How a folder is watched.

    Attributes:
        mode: ``told`` by the system at once, ``polled`` now and then, or ``away``.
        reason: Why it is polled, in words; else empty.
    """

    mode: Literal["told", "polled", "away"]
    reason: str = ""


class _Watched:
    """What is known of one folder; belongs to the watcher's thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.state: WatchState | None = None
        self.watch: ObservedWatch | None = None
        self.seen: int | None = None  # what polling found last
        self.next_poll = 0.0


class Watcher:
    """Watches folders from a thread of its own. The methods may be called from any thread.

    Args:
        changed: Called in the watcher's thread with folders in which something changed; none
            contains another.
        moved: Called there with a folder and whether it has come (True) or gone.
        exclude: Folders whose changes do not matter, such as the library's own.
        quiet_s: Changes are told when there were none for so long, and files have stopped growing.
        longest_s: Changes that do not end are told all the same after so long.
        presence_s: How often it is looked whether drives are there.
        poll_s: How often a folder is looked through where the system does not tell of changes.
    """

    def __init__(
        self,
        changed: Callable[[Sequence[Path]], None],
        moved: Callable[[Path, bool], None],
        *,
        exclude: Sequence[Path] = (),
        quiet_s: float = 1.5,
        longest_s: float = 30.0,
        presence_s: float = 3.0,
        poll_s: float = 60.0,
    ) -> None:
        self._tell_changed = changed
        self._tell_moved = moved
        self._exclude = [str(path) for path in exclude]
        self._quiet_s = quiet_s
        self._longest_s = longest_s
        self._presence_s = presence_s
        self._poll_s = poll_s
        self._lock = threading.Lock()
        self._wanted: list[Path] = []
        self._asked = threading.Event()
        self._changes = _Changes()
        self._is_paused = False
        self._control = JobControl()
        self._folders: dict[Path, _Watched] = {}
        self._observer: BaseObserver | None = None
        self._thread: threading.Thread | None = None

    def watch(self, folders: Sequence[Path]) -> None:
        """Watch these folders from now on, and no others."""
        with self._lock:
            self._wanted = list(folders)
            if self._thread is None and folders and not self._control.cancelled:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
        self._asked.set()

    def pause(self) -> None:
        """Remember changes, but do not tell of them."""
        self._is_paused = True

    def resume(self) -> None:
        """Tell of what has changed since `pause`, and go on."""
        self._is_paused = False

    @property
    def states(self) -> dict[Path, WatchState]:
        """How each folder is watched now."""
        with self._lock:
            return {f.path: f.state for f in self._folders.values() if f.state is not None}

    def close(self) -> None:
        """Stop; nothing is told any more when this returns."""
        self._control.cancel()
        self._asked.set()
        if self._thread is not None:
            self._thread.join(timeout=10)  # a dead network drive may hold it for longer

    # --- the watcher's thread ---------------------------------------------------------------------

    def _run(self) -> None:
        next_look = 0.0
        try:
            while not self._control.cancelled:
                now = time.monotonic()
                with suppress(OSError):  # a drive that dies under us is looked at again
                    if self._asked.is_set() or now >= next_look:
                        self._asked.clear()
                        next_look = now + self._presence_s
                        self._look(now)
                    self._poll(now)  # during a pause, too: what comes then is told after it
                    if not self._is_paused:
                        self._tell(now)
                self._asked.wait(_TICK_S)
        except Cancelled:
            pass
        finally:
            if self._observer is not None:
                self._observer.stop()
                self._observer.join()

    def _look(self, now: float) -> None:
        """Follow what is wanted, and notice drives that come and go."""
        with self._lock:
            wanted = list(self._wanted)
        for path in [path for path in self._folders if path not in wanted]:
            self._unschedule(self._folders[path])
            with self._lock:
                del self._folders[path]
        for path in wanted:
            known = self._folders.get(path)
            folder = known or _Watched(path)
            if known is None:
                with self._lock:
                    self._folders[path] = folder
            self._look_at(folder, now, is_new=known is None)

    def _look_at(self, folder: _Watched, now: float, *, is_new: bool) -> None:
        there = is_there(folder.path)
        was_there = folder.state is not None and folder.state.mode != "away"
        if there and not was_there:
            folder.state = self._schedule(folder)
            folder.next_poll = now
            if not is_new:
                self._tell_moved(folder.path, True)
        elif not there and (was_there or is_new):
            self._unschedule(folder)
            folder.state = WatchState("away")
            folder.seen = None
            self._tell_moved(folder.path, False)

    def _schedule(self, folder: _Watched) -> WatchState:
        kind = _network_kind(folder.path)
        if kind:
            return WatchState("polled", f"a network drive ({kind})")
        if not folder.path.is_dir():
            return WatchState("polled", "a single file")
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer

        handler = FileSystemEventHandler()
        handler.on_any_event = lambda event: self._on_event(folder.path, event)  # type: ignore[method-assign]
        if self._observer is None:
            self._observer = Observer()
            self._observer.start()
        try:
            folder.watch = self._observer.schedule(handler, str(folder.path), recursive=True)
            # Where the limit is reached below the folder, nobody says so; then one more is refused.
            with TemporaryDirectory() as probe:
                handle = self._observer.schedule(FileSystemEventHandler(), probe)
                self._observer.unschedule(handle)
        except OSError as error:
            self._unschedule(folder)
            if error.errno in _LIMITS:
                return WatchState("polled", "the system’s limit of watched folders is reached")
            return WatchState("polled", os.strerror(error.errno) if error.errno else "no way")
        return WatchState("told")

    def _unschedule(self, folder: _Watched) -> None:
        if folder.watch is not None and self._observer is not None:
            with suppress(KeyError, OSError):  # a drive that is gone has ended its watch itself
                self._observer.unschedule(folder.watch)
        folder.watch = None

    def _poll(self, now: float) -> None:
        """Look through one folder that is due; compare it with the last time."""
        for folder in self._folders.values():
            polled = folder.state is not None and folder.state.mode == "polled"
            if polled and now >= folder.next_poll:
                began = time.monotonic()
                seen = _contents(folder.path, self._control, [Path(own) for own in self._exclude])
                if folder.seen is not None and seen != folder.seen:
                    self._changes.add(folder.path, folder.path, None)
                folder.seen = seen
                took = time.monotonic() - began  # a slow drive must not be busy with us
                folder.next_poll = time.monotonic() + max(self._poll_s, 20 * took)
                return

    def _tell(self, now: float) -> None:
        if self._changes.are_over(now, self._quiet_s, self._longest_s):
            folders = [f for f in self._changes.take() if os.path.exists(f)]  # noqa: PTH110
            if folders:
                self._tell_changed(folders)

    # --- the observer's threads -------------------------------------------------------------------

    def _on_event(self, root: Path, event: FileSystemEvent) -> None:
        if event.event_type in _SILENT:
            return
        if event.is_directory and event.event_type == "modified":
            return  # what changed in it is told as well
        for given in (event.src_path, event.dest_path):
            path = os.fsdecode(given)
            if path and self._matters(root, path, is_folder=event.is_directory):
                self._changes.add(root, Path(path).parent, None if event.is_directory else path)

    def _matters(self, root: Path, path: str, *, is_folder: bool) -> bool:
        if any(path == own or path.startswith(own + os.sep) for own in self._exclude):
            return False
        inside = Path(path).parts[len(root.parts) :]
        hidden = any(part.startswith(".") for part in inside if part != FILE_NAME)
        is_picture = os.path.splitext(path)[1].lower() in _PICTURES  # noqa: PTH122
        return not hidden and (is_folder or is_picture or path.endswith(FILE_NAME))


class _Changes:
    """What has changed and was not told yet. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folders: dict[Path, Path] = {}  # -> the watched folder that it lies in
        self._files: dict[str, tuple[int, int] | None] = {}  # -> size and mtime when last looked at
        self._first = self._last = 0.0

    def add(self, root: Path, folder: Path, file: str | None) -> None:
        """Something changed in a folder: a file, or folders of it."""
        with self._lock:
            self._last = time.monotonic()
            if not self._folders:
                self._first = self._last
            inside = folder if folder == root or root in folder.parents else root
            self._folders[inside] = root
            if file is not None:
                self._files.setdefault(file, None)

    def are_over(self, now: float, quiet_s: float, longest_s: float) -> bool:
        """Whether nothing changes any more, and no file grows."""
        with self._lock:
            if not self._folders or now - self._last < quiet_s:
                return bool(self._folders) and now - self._first >= longest_s
            if now - self._first >= longest_s:
                return True
            grows = False
            for file, before in self._files.items():
                state = _state(file)
                grows = grows or (state is not None and state != before)
                self._files[file] = state
            if grows:
                self._last = now
            return not grows

    def take(self) -> list[Path]:
        """The folders, each as far as it is there, none inside another; they are told now."""
        with self._lock:
            folders = set()
            for folder, root in self._folders.items():
                there = folder
                while there != root and not os.path.exists(there):  # noqa: PTH110
                    there = there.parent
                folders.add(there)
            self._folders.clear()
            self._files.clear()
        return sorted(f for f in folders if not any(parent in folders for parent in f.parents))


def _state(file: str) -> tuple[int, int] | None:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _contents(root: Path, control: JobControl, exclude: Sequence[Path]) -> int:
    """A number that changes when a picture below a folder comes, changes or goes."""
    try:
        found = scan([root], control=control, exclude=exclude)
    except Cancelled:
        raise
    except Exception:  # noqa: BLE001 - it went away meanwhile, which the next look notices
        return 0
    return hash((found.entries, found.skipped))


def _network_kind(path: Path) -> str:
    """What kind of network drive a folder lies on; empty if on none, or none that is known."""
    if str(path).startswith("\\\\"):
        return "SMB"
    import psutil

    with suppress(OSError):
        mounts = [
            part
            for part in psutil.disk_partitions(all=True)
            if path == Path(part.mountpoint) or Path(part.mountpoint) in path.parents
        ]
        if mounts:
            mount = max(mounts, key=lambda part: len(part.mountpoint))
            kind = f"{mount.fstype} {mount.opts if os.name == 'nt' else ''}".lower()
            found = next((name for name in (*_NETWORK, "remote") if name in kind), "")
            return found.upper() if len(found) < 5 else found
    return ""
