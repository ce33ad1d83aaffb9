"""What was left out of a collection, and why: every drop has a reason, a name and a detail."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from trainer.files import write_atomically

DropReason = Literal[
    "missing",  # the picture is not where the list says, or not in the shards
    "unreadable",  # it is there and cannot be decoded or opened
    "unsupported",  # a picture of a kind that the decoder does not know (SVG, PSD, raw, ...)
    "too-small",  # its shorter side has too few pixels
    "too-large",  # too many bytes for one picture or one line
    "duplicate",  # its key was there before, or its content and all that is said of it
    "malformed",  # the line, row or sample says nothing that can be understood
    "unsafe",  # a name or kind of member that no honest shard has
    "no-picture",  # a sample of a shard without a picture
    "empty-caption",
    "empty-conventional",
    "no-label",
    "no-group",
    "no-relation",
    "no-url",
    "unverified",  # of a group that no person has judged yet
    "rejected",  # of a group that a person rejected
]

FORMAT: Final = "relsim-drops"
VERSION: Final = 1

_REASONS: Final = frozenset(get_args(DropReason))


@dataclass(frozen=True, slots=True)
class Drop:
    """One thing that was left out.

    Attributes:
        reason: Why, for counting.
        key: Which: the key that its record would have had, or where it stood.
        detail: Why, in words.
    """

    reason: DropReason
    key: str
    detail: str


class Drops:
    """Drops in the order in which they happened. One thread at a time."""

    def __init__(self, drops: Iterable[Drop] = ()) -> None:
        self._drops = list(drops)

    def add(self, reason: DropReason, key: str, detail: str = "") -> None:
        """Count one."""
        assert reason in _REASONS, reason
        self._drops.append(Drop(reason, key, detail))

    def copy(self) -> Drops:
        """The same drops, to which others can be added."""
        return Drops(self._drops)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._drops)

    def counts(self) -> dict[str, int]:
        """How many there are of each reason that occurs, most frequent first."""
        counted = Counter(drop.reason for drop in self._drops)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def examples(self, reason: str, limit: int = 3) -> list[Drop]:
        """The first drops of a reason."""
        found = (drop for drop in self._drops if drop.reason == reason)
        return [drop for drop, _ in zip(found, range(limit), strict=False)]

    def summary(self) -> str:
        """All of it in one line."""
        if not self._drops:
            return "none dropped"
        parts = ", ".join(f"{count:,} {reason}" for reason, count in self.counts().items())
        return f"{self.total:,} dropped: {parts}"

    def write(self, path: Path) -> None:
        """Write JSON lines: a header, then one drop a line.

        Raises:
            OSError: If the file cannot be written.
        """
        lines: list[dict[str, object]] = [{"format": FORMAT, "version": VERSION}]
        lines += [{"reason": d.reason, "key": d.key, "detail": d.detail} for d in self._drops]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        write_atomically(path, text.encode())
