"""Paths as the database holds them: the file system's bytes, which need not be text."""

from __future__ import annotations

import os
from pathlib import Path

_SEPARATOR = os.sep.encode()


def encode(path: Path) -> bytes:
    """The bytes of an absolute path."""
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 - keeps symlinks, as the user sees it


def decode(stored: bytes) -> Path:
    """The path of stored bytes."""
    return Path(os.fsdecode(stored))


def beneath(folder: bytes) -> tuple[bytes, bytes]:
    """Bounds of the paths inside a folder: ``low <= path < high``, in the order of bytes."""
    low = folder if folder.endswith(_SEPARATOR) else folder + _SEPARATOR
    return low, low[:-1] + bytes([low[-1] + 1])


def contains(folder: bytes, path: bytes) -> bool:
    """Whether `path` is the folder itself or inside it."""
    low, high = beneath(folder)
    return path == folder or low <= path < high
