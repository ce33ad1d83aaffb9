"""The ``relsim-desktop`` command."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        argv: Arguments without the program's name; None for those of the process.

    Returns:
        The exit status.
    """
    arguments = _parse(argv)

    from PySide6.QtWidgets import QApplication

    from engine.paths import config_directory
    from relsim_desktop.app import Desktop
    from relsim_desktop.settings import Settings

    application = QApplication(["relsim-desktop"])
    application.setApplicationName("relsim-desktop")
    application.setApplicationDisplayName("Relsim Desktop")
    application.setDesktopFileName("relsim-desktop")
    # Python sees Ctrl+C only between two of its own steps, which Qt's loop never takes.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    desktop = Desktop(application, Settings(config_directory() / "desktop.ini"), arguments.library)
    desktop.start(arguments.paths)
    return application.exec()


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="relsim-desktop",
        description="Browse the analogies in a collection of pictures.",
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=_existing,
        metavar="FOLDER|IMAGE",
        help="folders to add to the library; a single picture is asked about",
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
        raise argparse.ArgumentTypeError(f"there is no {text}")
    return path


if __name__ == "__main__":
    sys.exit(main())
