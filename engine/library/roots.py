"""Tells a root that is there from one that was deleted and one whose drive is not mounted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from engine.types import Folder


def sort_roots(
    roots: Sequence[Path], folders: Sequence[Folder]
) -> tuple[list[Path], list[Path], list[Path]]:
    """Sort what a run was asked to index by whether it is there.

    Args:
        roots: Folders or files.
        folders: Those of the library.

    Returns:
        Those that are there, or unheard of; those deleted from a folder that is there; and those
        that are missing as a whole, a drive for example.
    """
    there: list[Path] = []
    emptied: list[Path] = []
    missing: list[Path] = []
    for given in roots:
        root = Path(os.path.abspath(given.expanduser()))  # noqa: PTH100 - keeps links
        known = any(root == folder.path or root in folder.path.parents for folder in folders)
        around = [folder.path for folder in folders if folder.path in root.parents]
        # A dead mount is an error to pathlib, and not there to this.
        if os.path.exists(root) and not (known and _is_bare(root)):  # noqa: PTH110
            there.append(root)
        elif known:
            missing.append(root)
        elif around:
            (emptied if is_there(around[0]) else missing).append(root)
        else:
            there.append(root)  # the scan says that it is not there
    return there, emptied, missing


def is_there(root: Path) -> bool:
    """Whether a folder of the library is there, and not merely the place of its drive."""
    try:
        return os.path.exists(root) and not _is_bare(root)  # noqa: PTH110 - a dead mount is no error
    except OSError:
        return False


def _is_bare(root: Path) -> bool:
    """Whether a folder holds nothing at all, as the place of a drive that is not mounted does."""
    try:
        with os.scandir(root) as entries:
            return next(entries, None) is None
    except OSError:
        return False
