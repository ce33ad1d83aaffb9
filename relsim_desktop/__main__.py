"""The ``relsim-desktop`` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        argv: Arguments without the program's name; None for those of the process.

    Returns:
        The exit status; 2 where there is no screen.
    """
    if not _has_screen(os.environ) and not {"-h", "--help"} & set(argv or sys.argv[1:]):
        # Qt would abort the process with a page about its plugins.
        sys.stderr.write(
            "relsim-desktop: no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); "
            "in a terminal, use: relsim tour FOLDER\n"
        )
        return 2
    from relsim_desktop.app import Application

    return Application(argv).run()


def _has_screen(environment: Mapping[str, str]) -> bool:
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
