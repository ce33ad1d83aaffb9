"""Keeps the collection's models in step with the library, also while it is being indexed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from relsim_desktop.itemmodels.failures import FailuresModel
from relsim_desktop.itemmodels.files import FilesModel
from relsim_desktop.jobs import JobRunner
from relsim_desktop.operations import library
from relsim_desktop.operations.library import LibraryState
from relsim_desktop.presenters.indexing import Indexing

if TYPE_CHECKING:
    from engine.service import Engine

REFRESH_MS: Final = 1500
"""How often the states of the files are read again while indexing goes on, at most."""

_MAX_SHARE: Final = 0.1  # of the time may go into reading them; a large library is read less often
_GROWTH: Final = 1.25  # growth of the library after which earlier answers are worth asking again


class Collection(QObject):
    """The library's files and failures as item models."""

    loaded = Signal()
    """The models show the library as it is now."""

    grew = Signal()
    """So many more files are indexed that neighbors are worth asking again."""

    def __init__(self, jobs: JobRunner, indexing: Indexing) -> None:
        super().__init__()
        self.files = FilesModel()
        self.failures = FailuresModel()
        self._jobs = jobs
        self._indexing = indexing
        self._engine: Engine | None = None
        self._is_loading = False
        self._is_dirty = False
        self._done_when_loaded = 0
        self._indexed = 0
        self._indexed_when_grew = 0
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._on_timeout)
        indexing.started.connect(self._on_started)
        indexing.scanned.connect(self.reload)
        indexing.idle.connect(self._on_idle)

    def attach(self, engine: Engine) -> None:
        """Show the library."""
        self._engine = engine
        self.reload()

    @property
    def indexed(self) -> int:
        """How many files can be found now."""
        return self._indexed

    def reload(self) -> None:
        """Read the library again; calls while it is being read are answered by one more reading."""
        if self._engine is None:
            return
        if self._is_loading:
            self._is_dirty = True
            return
        self._is_loading = True
        self._began = time.monotonic()
        job = library.read_library(self._jobs, self._engine, self.files.entries)
        job.succeeded.connect(self._on_read)
        job.finished.connect(self._on_finished)

    def _on_read(self, state: LibraryState) -> None:
        self.files.apply(state.files)
        self.failures.replace(state.failures)
        self.files.set_reasons({failure.path: failure.reason for failure in state.failures})
        self._indexed = sum(entry.state == "indexed" for entry in state.files.entries)
        took_ms = (time.monotonic() - self._began) * 1000
        self._timer.setInterval(round(max(REFRESH_MS, took_ms / _MAX_SHARE)))
        self.loaded.emit()
        if self._indexed > self._indexed_when_grew * _GROWTH + 16:
            self._indexed_when_grew = self._indexed
            self.grew.emit()

    def _on_finished(self) -> None:
        self._is_loading = False
        if self._is_dirty:
            self._is_dirty = False
            self.reload()

    def _on_started(self) -> None:
        self._done_when_loaded = 0
        self._timer.start()

    def _on_timeout(self) -> None:
        done = self._indexing.progress.done
        if done != self._done_when_loaded:
            self._done_when_loaded = done
            self.reload()

    def _on_idle(self) -> None:
        self._timer.stop()
        self._indexed_when_grew = 0  # the last reading always brings answers up to date
        self.reload()
