"""What the pool of an indexing run does with one file: read it once, and decode it if it is new."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TypeAlias

from engine.errors import DecodeError
from engine.imaging import decode_whole, load
from engine.library.thumbnails import ThumbnailCache
from engine.library.traits import Traits, measure
from engine.store import FileToRead, Intake
from engine.types import Embedder, Fingerprint, UInt8

Fingerprints: TypeAlias = tuple[Fingerprint, Fingerprint | None]
"""Of the relational and of the attribute vectors of a run."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the pool made of a file: something to embed, a stored image, a failure, or a copy.

    A copy has the content of a file that the run has met before; then the optional fields are None.
    """

    file: FileToRead
    content_id: str | None
    prepared: UInt8 | None = None
    traits: Traits | None = None
    image_id: int | None = None
    failure: tuple[str, bool] | None = None  # reason, lasting


class Reader:
    """The pool's work on one file: read it once, and decode it if its content is new."""

    def __init__(
        self, intake: Intake, fingerprints: Fingerprints, thumbnails: ThumbnailCache | None
    ) -> None:
        self._intake = intake
        self._fingerprints = fingerprints
        self._thumbnails = thumbnails
        self._met: set[str] = set()
        self._lock = threading.Lock()

    def read(self, file: FileToRead, embedder: Embedder) -> Read:
        """Any thread. Never fails: whatever a file does becomes its outcome."""
        content_id = None
        try:
            content_id, source = load(file.path)
            with self._lock:
                if content_id in self._met:
                    return Read(file, content_id)
                self._met.add(content_id)
            known = self._intake.image_of(content_id, *self._fingerprints)
            if known is not None:
                return Read(file, content_id, image_id=known)
            decoded = decode_whole(source, min_side=embedder.min_side)
            image = decoded.image
            prepared = embedder.prepare(image)
        except DecodeError as error:
            return Read(file, content_id, failure=(str(error), not _is_passing(error)))
        # The model needs less than a sharp thumbnail; what is too small is made when it is shown.
        if self._thumbnails is not None and max(image.size) >= self._thumbnails.edge:
            self._thumbnails.put(file.path, image)
        return Read(file, content_id, prepared=prepared, traits=measure(decoded))


def _is_passing(error: DecodeError) -> bool:
    """Whether the reason lies outside the file: a lost drive, a missing permission, full memory."""
    cause = error.__cause__
    return isinstance(cause, MemoryError) or (isinstance(cause, OSError) and bool(cause.errno))
