"""A bounded disk cache of thumbnails. It may be deleted at any time; nothing depends on it."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL.Image import Image, Resampling

from engine.imaging import decode

EDGE: Final = 384
"""Pixels that a thumbnail's longer side has at most."""

_VERSION = 1  # of keys and pictures; another version is another folder
_QUALITY = 85
_TOUCH_S = 3600.0  # how stale a file's last use may be, so that reading seldom writes
_ABANDONED_S = 3600.0  # a half-written file older than this was left by a killed process


class ThumbnailCache:
    """Thumbnails as JPEG files, by path, size and modification time of the original.

    Any number of threads and processes may share the folder. Where it cannot be written (a full
    disk, a deleted folder) nothing is cached, and everything else goes on.
    """

    def __init__(self, directory: Path, *, edge: int = EDGE, max_bytes: int = 1 << 30) -> None:
        """Set up the cache; nothing is created before the first thumbnail.

        Args:
            directory: Where the cache lives; it may hold other things too.
            edge: Pixels that a thumbnail's longer side has at most.
            max_bytes: Disk space; the thumbnails that were not used for longest go first.
        """
        self.edge = edge
        self._folder = directory / f"thumbnails-{_VERSION}-{edge}"
        self._max_bytes = max_bytes
        self._written = 0
        self._lock = threading.Lock()
        self._trimming = threading.Lock()

    def get(self, path: Path) -> bytes | None:
        """Return the JPEG data of a file's thumbnail, or None where none of this state is cached.

        Any thread; well under a millisecond. Never raises for the state of a disk.
        """
        try:
            cached = self._place(path)
            data = cached.read_bytes()
            if time.time() - cached.stat().st_mtime > _TOUCH_S:
                os.utime(cached)
        except OSError:
            return None
        whole = data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9")
        return data if whole else None

    def make(self, path: Path) -> bytes:
        """Decode a file, cache its thumbnail, and return that as JPEG data. Any thread.

        Raises:
            DecodeError: If the file cannot be read as a picture.
        """
        return self.put(path, decode(path, min_side=self.edge))

    def put(self, path: Path, image: Image) -> bytes:
        """Cache the thumbnail of a file that is decoded already, and return it as JPEG data.

        Args:
            path: The file as it is on disk now.
            image: Upright RGB picture of it, for example from `decode`; it is left unchanged. A
                picture smaller than the thumbnail's size is not enlarged.
        """
        data = _thumbnail(image, self.edge)
        with suppress(OSError):
            self._write(self._place(path), data)
        return data

    def trim(self) -> None:
        """Delete what was not used for longest, until a tenth of the space is free."""
        now = time.time()
        files = sorted(self._files(), key=lambda file: file[1].st_mtime)
        total = sum(status.st_size for _, status in files)
        goal = self._max_bytes * 9 // 10 if total > self._max_bytes else total
        for file, status in files:
            abandoned = file.suffix == ".part" and now - status.st_mtime > _ABANDONED_S
            if total > goal or abandoned:
                total -= status.st_size
                with suppress(OSError):
                    file.unlink()

    def _place(self, path: Path) -> Path:
        status = path.stat()
        state = f"{status.st_size} {status.st_mtime_ns} {path.absolute()}"
        key = hashlib.blake2b(os.fsencode(state), digest_size=16).hexdigest()
        return self._folder / key[:2] / f"{key[2:]}.jpg"

    def _write(self, place: Path, data: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(place)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise
        self._account(len(data))

    def _account(self, written: int) -> None:
        """Trim now and then; one thread does it while the others go on."""
        with self._lock:
            self._written += written
            is_due = self._written > self._max_bytes // 16
        if is_due and self._trimming.acquire(blocking=False):
            try:
                with self._lock:
                    self._written = 0
                self.trim()
            finally:
                self._trimming.release()

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for shard in _listed(self._folder):
            for file in _listed(shard):
                with suppress(OSError):
                    yield file, file.stat()


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _thumbnail(image: Image, edge: int) -> bytes:
    small = image.copy()
    small.thumbnail((edge, edge), Resampling.BICUBIC, reducing_gap=2.0)
    out = BytesIO()
    small.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
