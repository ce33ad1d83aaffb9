"""Builds the desktop: settings, theme, workspace, window. Nothing here is global."""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine.paths import config_directory
from relsim_desktop import options
from relsim_desktop.incoming import Incoming
from relsim_desktop.language import Language
from relsim_desktop.operations.analogies import Ranking
from relsim_desktop.settings import Settings
from relsim_desktop.theme import Theme
from relsim_desktop.views.window.main_window import MainWindow
from relsim_desktop.workspace import Workspace

_MAX_WAIT_MS = 500


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
        if library is not None:
            settings.library = library.absolute()
        # A settings file of a newer version is left alone, and remembers nothing.
        self._library = settings.library if library is None else library.absolute()
        self.language = Language(application, str(settings.value(options.LANGUAGE)))
        self.theme = Theme(application, settings.theme)
        self.workspace = Workspace(
            Ranking(settings.surprise, settings.collapse),
            model=settings.model,
            describes=settings.describes,
        )
        self.window = MainWindow(self.workspace, self.theme, settings)

    def start(self, paths: Sequence[Path] = ()) -> None:
        """Show the window, and open the library behind it.

        Args:
            paths: Folders, pictures and a file of groups to take in, as if they were dropped.
        """
        # The library waits for the first frame: opening it brings numpy in, which takes its time.
        # A window that starts minimised has none, so it does not wait for ever.
        waiting = QTimer(self.window, singleShot=True, interval=_MAX_WAIT_MS)
        waiting.timeout.connect(lambda: self._open(paths))
        self.window.painted.connect(
            lambda: waiting.setInterval(0), Qt.ConnectionType.SingleShotConnection
        )
        waiting.start()
        self.window.show()

    def _open(self, paths: Sequence[Path]) -> None:
        self.workspace.open(self._library)
        if paths:
            self.window.take(Incoming(tuple(path.absolute() for path in paths)))


class Application:
    """The whole program.

    Args:
        argv: Arguments without the program's name; what is wrong with them ends the process.
    """

    def __init__(self, argv: Sequence[str] | None = None) -> None:
        self._arguments = _parse(argv)
        # numpy comes later. Questions are small: two threads that wait for one another while
        # pictures are decoded take three times as long to answer as one.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._qt = QApplication(["relsim-desktop"])
        self._qt.setApplicationDisplayName("Relsim Desktop")
        self._qt.setDesktopFileName("relsim-desktop")
        settings = Settings(config_directory() / "desktop.ini")
        self._desktop = Desktop(self._qt, settings, self._arguments.library)
        self.window = self._desktop.window
        self.workspace = self._desktop.workspace

    def run(self) -> int:
        """Show the window and stay until it is closed; returns the exit status."""
        # Python sees Ctrl+C only between two steps of its own, which Qt's loop may never take.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        self._desktop.start(self._arguments.paths)
        status = self._qt.exec()
        self.workspace.close()
        return status

    def quit(self) -> None:
        """End `run`."""
        self._qt.quit()


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="relsim-desktop",
        description="Browse the analogies in a collection of pictures.",
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=_existing,
        metavar="FOLDER|IMAGE|GROUPS",
        help="folders to add to the library; a single picture is asked about; the groups of a "
        ".jsonl file are verified",
    )
    parser.add_argument(
        "--library",
        type=lambda text: Path(text).expanduser(),
        metavar="DIR",
        help="the library's folder; the one that was open last unless given",
    )
    return parser.parse_args(argv)


def _existing(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.exists():
        raise argparse.ArgumentTypeError(f"there is no file or folder {text}")
    return path
