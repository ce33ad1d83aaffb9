"""The map of the library: whether it is there, being made, or cannot be made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import maps
from relsim_desktop.operations.maps import MapState

if TYPE_CHECKING:
    from engine.jobs import Progress
    from engine.mapping.groups import MapGroupsReport
    from engine.mapping.values import MapGroup
    from engine.service import Engine


class MapPresenter(QObject):
    """Makes the map when it is wanted, and again once the library has changed."""

    changed = Signal()
    """The map is there, is being made, or could not be; see the properties."""

    progressed = Signal(object)
    """The `Progress` of making it."""

    exported = Signal(object, object)
    """The `MapGroupsReport` of an export, and the file."""

    not_exported = Signal(object)
    """The `Trouble` with an export."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._state: MapState | None = None
        self._trouble: Trouble | None = None
        self._job: Job | None = None
        self._is_stale = True
        self._is_late = False  # it changed while the map was being made
        self._is_anew = False
        self._is_empty = False

    def attach(self, engine: Engine) -> None:
        """Take the library's."""
        self._engine = engine
        self._is_stale = True

    @property
    def state(self) -> MapState | None:
        """The map with its paths; while another is made, the one before."""
        return self._state

    @property
    def trouble(self) -> Trouble | None:
        """Why there is none."""
        return self._trouble

    @property
    def is_making(self) -> bool:
        """Whether it is being made."""
        return self._job is not None

    @property
    def is_making_anew(self) -> bool:
        """Whether a person asked for other groups, and waits for them."""
        return self._job is not None and self._is_anew

    @property
    def is_empty(self) -> bool:
        """Whether nothing is indexed yet."""
        return self._is_empty

    @property
    def progress(self) -> Progress | None:
        """Of making it."""
        return None if self._job is None else self._job.progress

    def mark_stale(self) -> None:
        """The library has changed: the map is to be brought up to date when it is wanted."""
        self._is_stale = True
        self._is_late = self._job is not None

    def want(self) -> None:
        """The map is looked at: see that it is there, and up to date."""
        if self._is_stale and self._job is None:
            self.make()

    def make(self, *, anew: bool = False) -> None:
        """Make it, from what is kept, or anew."""
        if self._engine is None or self._job is not None:
            return
        self._is_stale = self._is_late = False
        self._is_anew = anew
        self._trouble = None
        self._job = maps.make_map(self._jobs, self._engine, anew=anew)
        self._job.progressed.connect(self.progressed)
        self._job.succeeded.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)
        self._job.finished.connect(self._on_finished)
        self.changed.emit()

    def cancel(self) -> None:
        """Do not make it now."""
        if self._job is not None:
            self._job.cancel()

    def export(self, groups: Sequence[MapGroup], out: Path) -> None:
        """Write groups for the trainer."""
        if self._engine is not None:
            job = maps.export_map_groups(self._jobs, self._engine, groups, out)
            job.succeeded.connect(lambda report: self._on_exported(report, out))
            job.failed.connect(self.not_exported)

    def _on_exported(self, report: MapGroupsReport, out: Path) -> None:
        self.exported.emit(report, out)

    def _on_made(self, state: MapState | None) -> None:
        self._state = state
        self._is_empty = state is None

    def _on_failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._is_stale = True

    def _on_cancelled(self) -> None:
        self._is_stale = True

    def _on_finished(self) -> None:
        self._job = None
        if self._is_late:  # the library changed meanwhile
            self.make()
        else:
            self.changed.emit()
