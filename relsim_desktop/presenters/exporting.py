"""Exporting one board: how it will look, and how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from relsim_desktop.exporting.options import ExportOptions
from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import exports

if TYPE_CHECKING:
    from engine.exports.contents import BoardContents
    from engine.service import Engine
    from engine.types import Board

_RESTS_MS = 120  # options changed in quick succession are drawn once


class Exporting(QObject):
    """Belongs to one dialog.

    Args:
        jobs: Runs everything.
        engine: The library.
        board: What is exported.
        options: To begin with.
    """

    previewed = Signal(object)
    """The first page as a small `QImage`."""

    progressed = Signal(object)
    """A `Progress`."""

    done = Signal(object)
    """The `ExportReport`."""

    failed = Signal(object)
    """The `Trouble`; nothing was written."""

    ended = Signal()
    """Nothing runs any more."""

    def __init__(
        self, jobs: JobRunner, engine: Engine, board: Board, options: ExportOptions
    ) -> None:
        super().__init__()
        self.board = board
        self._jobs = jobs
        self._engine = engine
        self._options = options
        self._contents: BoardContents | None = None
        self._preview: Job | None = None
        self._export: Job | None = None
        self._rests = QTimer(self)
        self._rests.setSingleShot(True)
        self._rests.setInterval(_RESTS_MS)
        self._rests.timeout.connect(self._draw)
        reading = exports.read_contents(jobs, engine, board.board_id)
        reading.succeeded.connect(self._on_contents)
        reading.failed.connect(self.failed)

    @property
    def options(self) -> ExportOptions:
        """How the board is exported."""
        return self._options

    @options.setter
    def options(self, options: ExportOptions) -> None:
        if options != self._options:
            self._options = options
            self._rests.start()

    @property
    def is_running(self) -> bool:
        """Whether something is being written."""
        return self._export is not None

    def export(self, out: Path) -> None:
        """Write the board.

        Args:
            out: A file that may be replaced, or a folder that is not there yet.
        """
        self._stop_preview()
        board_id = self.board.board_id
        self._export = exports.export(self._jobs, self._engine, board_id, self._options, out)
        self._export.progressed.connect(self.progressed)
        self._export.succeeded.connect(self.done)
        self._export.failed.connect(self.failed)
        self._export.finished.connect(self._on_finished)

    def cancel(self) -> None:
        """Stop whatever runs; what was begun leaves nothing behind."""
        self._stop_preview()
        if self._export is not None:
            self._export.cancel()

    def _on_contents(self, contents: BoardContents) -> None:
        self._contents = contents
        self._draw()

    def _draw(self) -> None:
        if self._contents is None or self.is_running:
            return
        self._stop_preview()
        self._preview = exports.preview(self._jobs, self._engine, self._contents, self._options)
        self._preview.succeeded.connect(self.previewed)
        self._preview.failed.connect(self.failed)

    def _stop_preview(self) -> None:
        self._rests.stop()
        if self._preview is not None:
            self._preview.cancel()
            self._preview = None

    def _on_finished(self) -> None:
        self._export = None
        self.ended.emit()
