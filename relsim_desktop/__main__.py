"""The ``relsim-desktop`` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        argv: Arguments without the program's name; None for those of the process.

    Returns:
        The exit status.
    """
    from relsim_desktop.app import Application

    return Application(argv).run()


if __name__ == "__main__":
    sys.exit(main())
