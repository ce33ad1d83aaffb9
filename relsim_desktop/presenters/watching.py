"""Lets the library follow what happens in its folders, behind the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from relsim_desktop.jobs import JobRunner
from relsim_desktop.operations import folders
from relsim_desktop.presenters.indexing import Indexing

if TYPE_CHECKING:
    from engine.library.watching import Watcher, WatchState
    from engine.service import Engine


class Watching(QObject):
    """Owns the engine's `Watcher`, whose thread only ever emits the two private signals."""

    moved = Signal()
    """A folder has gone or come back, and the library knows."""

    _changed = Signal(object)
    _moved = Signal(object, bool)

    def __init__(self, jobs: JobRunner, indexing: Indexing) -> None:
        super().__init__()
        self._jobs = jobs
        self._indexing = indexing
        self._engine: Engine | None = None
        self._watcher: Watcher | None = None
        self._paths: list[Path] = []
        self._is_wanted = True
        queued = Qt.ConnectionType.QueuedConnection
        self._changed.connect(self._on_changed, queued)
        self._moved.connect(self._on_moved, queued)
        indexing.started.connect(self._pause)
        indexing.idle.connect(self._resume)

    def attach(self, engine: Engine) -> None:
        """Belong to this library; nothing is watched before `watch`."""
        self._engine = engine

    @property
    def is_wanted(self) -> bool:
        """Whether a person wants folders to be watched at all."""
        return self._is_wanted

    @is_wanted.setter
    def is_wanted(self, wanted: bool) -> None:
        self._is_wanted = wanted
        self.watch(self._paths)

    @property
    def states(self) -> dict[Path, WatchState]:
        """How each folder is watched now."""
        return {} if self._watcher is None else self._watcher.states

    def watch(self, paths: Sequence[Path]) -> None:
        """Watch these folders and no others."""
        self._paths = list(paths)
        if self._engine is None:
            return
        if not self._is_wanted:
            paths = []
        if self._watcher is None:
            if not paths:
                return
            from engine.library.watching import Watcher  # not before there is something to watch

            self._watcher = Watcher(
                self._changed.emit, self._moved.emit, exclude=[self._engine.library_dir]
            )
            if self._indexing.is_running:
                self._watcher.pause()
        self._watcher.watch(paths)

    def close(self) -> None:
        """Stop watching; the thread has ended when this returns."""
        self._engine = None
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None

    def _pause(self) -> None:
        if self._watcher is not None:
            self._watcher.pause()

    def _resume(self) -> None:
        if self._watcher is not None:
            self._watcher.resume()

    def _on_changed(self, paths: Sequence[Path]) -> None:
        # A folder may have left the library since then, and must not come back by this.
        wanted = [
            path for path in paths if any(own == path or own in path.parents for own in self._paths)
        ]
        if self._engine is not None and self._is_wanted and wanted:
            self._indexing.add(wanted)

    def _on_moved(self, path: Path, there: bool) -> None:
        if self._engine is None or self._jobs.is_closed:
            return
        job = folders.look(self._jobs, self._engine)
        job.succeeded.connect(self._on_looked)

    def _on_looked(self, come: Sequence[Path]) -> None:
        self.moved.emit()
        if come and self._engine is not None:
            self._indexing.add(come)  # it may have changed while it was away
