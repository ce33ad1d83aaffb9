"""Builds the desktop: settings, theme, workspace, window. Nothing here is global."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from relsim_desktop.incoming import Incoming
from relsim_desktop.operations.analogies import Ranking
from relsim_desktop.settings import Settings
from relsim_desktop.theme import Theme
from relsim_desktop.views.main_window import MainWindow
from relsim_desktop.workspace import Workspace


class Desktop:
    """One window on one library.

    Args:
        application: Qt's.
        settings: What is remembered.
        library: The library's folder, or None for the one that was open last.
    """

    def __init__(
        self, application: QApplication, settings: Settings, library: Path | None = None
    ) -> None:
        self.settings = settings
        self.theme = Theme(application, settings.theme)
        self.workspace = Workspace(Ranking(settings.surprise, settings.collapse))
        self.window = MainWindow(self.workspace, self.theme, settings)
        self._library = library if library is not None else settings.library
        if library is not None:
            settings.library = library.absolute()

    def start(self, paths: Sequence[Path] = ()) -> None:
        """Show the window, and open the library behind it.

        Args:
            paths: Folders and pictures to take in, as if they were dropped.
        """
        self.window.show()
        # The library waits for the first frame: opening it brings numpy in, which takes its time.
        QTimer.singleShot(0, self.window, lambda: self._open(paths))

    def _open(self, paths: Sequence[Path]) -> None:
        self.workspace.open(self._library)
        if paths:
            self.window.take(Incoming(tuple(path.absolute() for path in paths)))
