"""Captions for all groups of a file: each group once, whatever ends the work on the way.

What a writer writes is appended to a journal beside the groups file at once, and taken into that
file at the end, or when the work goes on after a kill. So a group costs one line, not a new file.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from PIL.Image import Image

from engine.errors import DecodeError, KnownError
from engine.imaging import decode
from engine.jobs import JobControl
from engine.judging.groups import Group, GroupsFile
from engine.models.anonymity import leaks
from engine.types import UInt8

_PHASE = "Writing captions"
_READERS = 2
_HEADER: Final = {"format": "relsim-captions-journal", "version": 1}
_EMPTY = "the writer found no caption"


class GroupWriter(Protocol):
    """Writes one caption for all pictures of a group."""

    @property
    def key(self) -> str:
        """Names the writer and how it writes."""
        ...

    @property
    def batch_size(self) -> int:
        """How many groups one call should describe for the best rate."""
        ...

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        ...

    def prepare(self, image: Image) -> UInt8:
        """Turn an upright RGB picture into the writer's input. Thread-safe."""
        ...

    def write(
        self, groups: Sequence[Sequence[UInt8]], *, control: JobControl | None = None
    ) -> list[str]:
        """One caption a group; empty where it finds none."""
        ...

    def close(self) -> None:
        """Let go of the model."""
        ...


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What was done. ``groups == had + written + len(failed)``.

    Attributes:
        groups: Of the file.
        had: Those that had a caption before, or are rejected, which need none.
        written: Those that have one now.
        flagged: Those written whose caption names a thing that it should hide.
        failed: Id and reason of those without.
    """

    groups: int
    had: int
    written: int
    flagged: int
    failed: tuple[tuple[str, str], ...]


def write_captions(
    path: Path, writer: GroupWriter, control: JobControl | None = None
) -> WriteReport:
    """Write captions for the groups of a file that have none.

    A group of which a picture cannot be read gets none, since a caption must be true of all.

    Args:
        path: The groups file.
        writer: Called in this thread.
        control: Progress and cancel; what was written by then is in the file.

    Raises:
        Cancelled: If the control says so.
        KnownError: If the file is no groups file, cannot be written, or memory does not suffice.
    """
    control = control or JobControl()
    journal = _Journal(path)
    before = journal.taken_in()
    open_groups = [group for group in before if _needs_caption(group)]
    failed: list[tuple[str, str]] = []
    written = flagged = 0
    had = len(before) - len(open_groups)
    try:
        for group, caption in _written(open_groups, writer, control):
            if isinstance(caption, str) and caption:
                journal.add(group, caption)
                written += 1
                flagged += bool(leaks(caption))
            else:
                failed.append((group.id, str(caption) or _EMPTY))
            control.report(_PHASE, written + len(failed), len(open_groups), len(failed))
    finally:
        journal.taken_in()
    return WriteReport(len(before), had, written, flagged, tuple(failed))


def _needs_caption(group: Group) -> bool:
    return not group.caption and group.verdict != "rejected"


def _written(
    groups: Sequence[Group], writer: GroupWriter, control: JobControl
) -> Iterator[tuple[Group, str | DecodeError]]:
    """Each group with its caption, or with why it has none; pictures are decoded ahead."""
    waiting = iter(groups)
    ahead: deque[tuple[Group, Future[list[UInt8] | DecodeError]]] = deque()
    control.report(_PHASE, 0, len(groups))

    def prepared(group: Group) -> list[UInt8] | DecodeError:
        pictures = []
        for image in group.images:
            try:
                pictures.append(writer.prepare(decode(image, min_side=writer.min_side)))
            except DecodeError as error:
                return DecodeError(f"{image.name}: {error}")
        return pictures

    pool = ThreadPoolExecutor(_READERS, thread_name_prefix="decode")
    try:
        while True:
            control.checkpoint()
            for group in islice(waiting, 2 * writer.batch_size - len(ahead)):
                ahead.append((group, pool.submit(prepared, group)))
            if not ahead:
                return
            batch: list[tuple[Group, list[UInt8]]] = []
            while ahead and len(batch) < writer.batch_size:
                group, future = ahead.popleft()
                pictures = future.result()
                if isinstance(pictures, DecodeError):
                    yield group, pictures
                else:
                    batch.append((group, pictures))
            captions = writer.write([pictures for _, pictures in batch], control=control)
            for (group, _), caption in zip(batch, captions, strict=True):
                yield group, caption
    finally:
        pool.shutdown(cancel_futures=True)


class _Journal:
    """Captions on their way into a groups file."""

    def __init__(self, path: Path) -> None:
        self._groups = path
        self._path = path.with_name(path.name + ".journal")

    def add(self, group: Group, caption: str) -> None:
        """Have a caption in a file before the next one is written."""
        entry = {"id": group.id, "images": _digest(group), "caption": caption}
        try:
            header = "" if self._path.exists() else json.dumps(_HEADER) + "\n"
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write(header + json.dumps(entry) + "\n")
        except OSError as error:
            raise KnownError(f"{self._path} cannot be written: {error.strerror}") from error

    def taken_in(self) -> list[Group]:
        """The groups of the file, into which the captions went; there is no journal afterwards."""
        file = GroupsFile.open(self._groups)
        captions = self._captions()
        groups = [_captioned(group, captions) for group in file.groups]
        if groups != list(file.groups):
            file.save(groups)
        self._path.unlink(missing_ok=True)
        return groups

    def _captions(self) -> dict[tuple[str, str], str]:
        """Captions by id and images of their group; a line that a kill cut off is none."""
        try:
            first, *lines = self._path.read_text(encoding="ascii", errors="replace").split("\n")
        except FileNotFoundError:
            return {}
        if _entry(first) != _HEADER:
            raise KnownError(
                f"{self._path} was left by another version of the program: finish with that one, or"
                " remove the file"
            )
        entries = [entry for entry in map(_entry, lines) if entry is not None]
        return {(entry["id"], entry["images"]): entry["caption"] for entry in entries}


def _entry(line: str) -> dict[str, Any] | None:
    with suppress(ValueError):
        entry: Any = json.loads(line)
        return entry if isinstance(entry, dict) else None
    return None


def _captioned(group: Group, captions: Mapping[tuple[str, str], str]) -> Group:
    caption = captions.get((group.id, _digest(group))) if _needs_caption(group) else None
    return group if caption is None else replace(group, caption=caption, flags=leaks(caption))


def _digest(group: Group) -> str:
    """Changes with the pictures of a group, so that no other group gets its caption."""
    return hashlib.sha256("\n".join(map(str, group.images)).encode()).hexdigest()[:16]
