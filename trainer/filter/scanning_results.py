"""What a scan leaves behind: a file for each shard, written once, and what all of them say."""

from __future__ import annotations

import json
import os
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TextIO

from engine.errors import KnownError
from trainer.data.drops import Drop
from trainer.data.records import FIELDS, Cell, Record, Slice
from trainer.filter.scanning_plan import Shard

BELOW: Final = "below-threshold"
"""The reason of pictures that were read and not kept."""

SHARD_FORMAT: Final = "relsim-scan-shard"
KEPT_FORMAT: Final = "relsim-kept"
VERSION: Final = 1
_DIGITS: Final = 6  # beyond them, scores depend on how many threads added the numbers up


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a shard or a scan; ``found == kept + sum(dropped.values())``.

    Attributes:
        found: Pictures that the source spoke of.
        kept: Pictures at or above the threshold.
        dropped: All others, by reason.
    """

    found: int = 0
    kept: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.found == self.kept + sum(self.dropped.values()), "a picture got lost"

    def __add__(self, other: Counts) -> Counts:
        dropped = Counter(self.dropped) + Counter(other.dropped)
        return Counts(
            self.found + other.found, self.kept + other.kept, dict(sorted(dropped.items()))
        )

    def document(self) -> dict[str, Any]:
        """As it is written and printed."""
        return {"found": self.found, "kept": self.kept, "dropped": dict(self.dropped)}


class ShardResult:
    """A shard's result while it is made.

    Args:
        shard: Whose.
        scorer: Key of the scorer.
        threshold: The lowest score that is kept.
    """

    def __init__(self, shard: Shard, scorer: str, threshold: float) -> None:
        self._shard, self._scorer, self._threshold = shard, scorer, threshold
        self._lines: list[dict[str, Any]] = []
        self._dropped: Counter[str] = Counter()
        self._kept = 0

    def drop(self, drop: Drop) -> None:
        """A picture that could not be scored."""
        self._dropped[drop.reason] += 1
        self._lines.append({"key": drop.key, "reason": drop.reason, "detail": drop.detail})

    def scored(self, record: Record, score: float) -> None:
        """A picture with its score."""
        rounded = round(score, _DIGITS)
        line: dict[str, Any] = {"key": record.key, "score": rounded}
        if rounded >= self._threshold:
            self._kept += 1
            line |= {"kept": True, **_place(record)}
            said = ((name, getattr(record, name)) for name in FIELDS)
            line |= {name: value for name, value in said if value is not None}
        else:
            self._dropped[BELOW] += 1
        self._lines.append(line)

    @property
    def counts(self) -> Counts:
        """So far."""
        return Counts(len(self._lines), self._kept, dict(sorted(self._dropped.items())))

    def write(self, path: Path) -> None:
        """Put the file in its place, all of it at once.

        Two processes may write the same shard, one of them on a node that was given up; they write
        the same, and the later takes the place of the earlier.

        Raises:
            OSError: If it cannot be written.
        """
        header = {
            "format": SHARD_FORMAT,
            "version": VERSION,
            "shard": self._shard.name,
            "digest": self._shard.digest,
            "scorer": self._scorer,
            "threshold": self._threshold,
            **self.counts.document(),
        }
        with replacing(path) as file:
            for line in (header, *self._lines):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _place(record: Record) -> dict[str, Any]:
    """Where a picture lies, for whoever reads the list of what was kept."""
    source = record.source
    if isinstance(source, Slice):
        return {"archive": str(source.path), "member": source.name}
    if isinstance(source, Cell):
        return {"table": str(source.path), "row_group": source.row_group, "row": source.row}
    return {"file": str(source.absolute())}


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file that takes the place of `path` when the block ends, and is gone if it fails.

    Its temporary name is nobody else's, unlike that of `write_atomically`: the same file may be
    written by two processes at a time.
    """
    partial = path.with_name(f"{path.name}.{uuid.uuid4().hex}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read_header(path: Path) -> dict[str, Any] | None:
    """What a shard's result says of itself; None if there is none.

    Raises:
        KnownError: If the file is no result, or of a newer version.
    """
    try:
        with path.open(encoding="utf-8") as file:
            header = json.loads(file.readline())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise KnownError(f"{path} is damaged ({error}): remove it, and its shard is scanned") from (
            error
        )
    if not isinstance(header, dict) or header.get("format") != SHARD_FORMAT:
        raise KnownError(f"{path} is no result of a scan: remove it, and its shard is scanned")
    if header.get("version") != VERSION:
        raise KnownError(
            f"{path} is of version {header.get('version')}, and this program reads {VERSION}:"
            " update it, or scan into another folder"
        )
    return header


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """What a shard's result says of each picture: key and score, or key and reason."""
    with path.open(encoding="utf-8") as file:
        next(file)
        yield from map(json.loads, file)


def counts_of(header: Mapping[str, Any]) -> Counts:
    """The counts in a header."""
    return Counts(header["found"], header["kept"], header["dropped"])


def collect(paths: Sequence[Path], out: Path) -> Counts:
    """Add up the shards' results, and list what was kept in the order of the shards.

    Args:
        paths: One result a shard.
        out: Gets the list, in JSON lines that `trainer.data.open_collection` reads.

    Raises:
        KnownError: If a result is damaged or missing.
    """
    total = Counts()
    with replacing(out) as file:
        file.write(json.dumps({"format": KEPT_FORMAT, "version": VERSION}) + "\n")
        for path in paths:
            header = read_header(path)
            if header is None:
                raise KnownError(f"{path} went away during the scan: run it again")
            total += counts_of(header)
            for line in read_lines(path):
                if line.pop("kept", False):
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return total
