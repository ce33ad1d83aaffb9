"""A disk that runs full: a real file system of one megabyte where one can be mounted, which takes
root on Linux; elsewhere files of a folder whose writing fails in the same way."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_SIZE = 1_000_000


class SmallDisk:
    """The disk; `folder` is where it begins."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.limit = folder, _SIZE
        command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)]
        root = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount")
        self.mounted = bool(root) and subprocess.run(command, check=False).returncode == 0
        if not self.mounted:
            monkeypatch.setattr(Path, "open", _limited(self, Path.open))

    def grow(self) -> None:
        """Make it ten times as large."""
        self.limit = 10 * _SIZE
        if self.mounted:
            command = ["mount", "-o", f"remount,size={self.limit}", str(self.folder)]
            subprocess.run(command, check=True)

    def close(self) -> None:
        if self.mounted:
            subprocess.run(["umount", str(self.folder)], check=True)


@contextmanager
def small_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """A small disk at a new folder; the program believes that it is large."""
    folder.mkdir()
    disk = SmallDisk(folder, monkeypatch)
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10**12))
    try:
        yield disk
    finally:
        disk.close()


def _limited(disk: SmallDisk, opened: Any) -> Any:
    class Limited(io.FileIO):
        def write(self, data: Any) -> int:
            used = sum(path.stat().st_size for path in disk.folder.rglob("*") if path.is_file())
            if used + len(data) > disk.limit:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(data)

    def open_limited(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if mode in {"wb", "ab"} and path.is_relative_to(disk.folder):
            return io.BufferedWriter(Limited(path, mode.removesuffix("b")))
        return opened(path, mode, *rest, **more)

    return open_limited
