"""Thumbnails for the views: only what is on screen is loaded, and memory is bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from relsim_desktop.jobs import JobRunner, Trouble
from relsim_desktop.operations.pictures import load_picture

if TYPE_CHECKING:
    from engine.service import Engine

MAX_BYTES: Final = 192 << 20
"""Memory for pixmaps; about three screens full of tiles on a large HiDPI display."""

CORNER: Final = 6
"""Radius of a thumbnail's corners in device-independent pixels."""

_IN_FLIGHT: Final = 4  # two threads work, two more wait so that the threads never do


class ThumbnailKey(NamedTuple):
    """A picture at a size; `edge` and `corner` in device pixels."""

    path: Path
    edge: int
    corner: int


class ThumbnailLoader(QObject):
    """Hands out pixmaps that are there, and loads what the views want next. GUI thread only.

    Views say with `want` what they show now; what nobody wants any more is never started.
    """

    loaded = Signal(object)
    """The path whose thumbnail arrived, or turned out to be unreadable."""

    def __init__(self, jobs: JobRunner, *, max_bytes: int = MAX_BYTES) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._max_bytes = max_bytes
        self._bytes = 0
        self._pixmaps: OrderedDict[ThumbnailKey, QPixmap] = OrderedDict()
        self._unreadable: dict[Path, str] = {}
        self._wanted: dict[object, dict[ThumbnailKey, None]] = {}
        self._in_flight: set[ThumbnailKey] = set()
        self._stale: set[ThumbnailKey] = set()

    def attach(self, engine: Engine) -> None:
        """Start loading."""
        self._engine = engine
        self._pump()

    def clear(self) -> None:
        """Let go of everything that was loaded; views that still want it get it again."""
        self._pixmaps.clear()
        self._wanted.clear()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """Memory that the pixmaps take now."""
        return self._bytes

    def pixmap(self, key: ThumbnailKey) -> QPixmap | None:
        """The thumbnail if it is there; never another picture's, never an older state's."""
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
        return pixmap

    def why_unreadable(self, path: Path) -> str | None:
        """The reason why there is no thumbnail and will be none."""
        return self._unreadable.get(path)

    def want(self, client: object, keys: Iterable[ThumbnailKey]) -> None:
        """Replace what `client` wants to show, most urgent first."""
        self._wanted.pop(client, None)  # who asks last comes last, and who wants nothing is let go
        if wanted := dict.fromkeys(keys):
            self._wanted[client] = wanted
        self._pump()

    def forget(self, paths: Iterable[Path]) -> None:
        """Drop the thumbnails of files that changed."""
        changed = set(paths)
        for key in [key for key in self._pixmaps if key.path in changed]:
            self._drop(key)
        self._stale.update(key for key in self._in_flight if key.path in changed)
        for path in changed:
            self._unreadable.pop(path, None)
        self._pump()

    def _pump(self) -> None:
        if self._engine is None or self._jobs.is_closed:
            return
        for key in self._missing(_IN_FLIGHT - len(self._in_flight)):
            self._in_flight.add(key)
            job = load_picture(self._jobs, self._engine, key.path, key.edge, corner=key.corner)
            job.succeeded.connect(lambda image, key=key: self._on_loaded(key, image))
            job.failed.connect(lambda trouble, key=key: self._on_failed(key, trouble))
            job.finished.connect(lambda key=key: self._on_finished(key))

    def _missing(self, most: int) -> list[ThumbnailKey]:
        found: list[ThumbnailKey] = []
        for keys in self._wanted.values():
            for key in keys:
                if len(found) >= most:
                    return found
                is_there = key in self._pixmaps or key in self._in_flight
                if not is_there and key.path not in self._unreadable:
                    found.append(key)
        return found

    def _on_loaded(self, key: ThumbnailKey, image: QImage) -> None:
        if key in self._stale:
            return
        self._pixmaps[key] = QPixmap.fromImage(image)
        self._bytes += _size(self._pixmaps[key])
        while self._bytes > self._max_bytes and len(self._pixmaps) > 1:
            self._drop(next(iter(self._pixmaps)))
        self.loaded.emit(key.path)

    def _on_failed(self, key: ThumbnailKey, trouble: Trouble) -> None:
        self._unreadable[key.path] = trouble.text
        self.loaded.emit(key.path)

    def _on_finished(self, key: ThumbnailKey) -> None:
        self._in_flight.discard(key)
        self._stale.discard(key)
        self._pump()

    def _drop(self, key: ThumbnailKey) -> None:
        self._bytes -= _size(self._pixmaps.pop(key))


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
