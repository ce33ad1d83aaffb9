"""What is in a groups file, and what may be accepted without a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from engine.judging.groups import Group, GroupsFile, read_groups
from engine.models.anonymity import is_anonymous, leaks


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Counts of a groups file. ``groups`` is the sum of `verdicts` and that of `sources`.

    Attributes:
        groups: How many there are.
        images: Distinct images in them.
        repeated: Images that are in more than one group.
        missing: Images whose file is not there now.
        sizes: Groups by how many images they have.
        sources: Groups by where they come from.
        verdicts: Groups by what a person said.
        captioned: Groups with a caption.
        anonymous: Captions that have a slot and name nothing outside their slots.
        flagged: Captions that name a thing which they should hide.
        changed: Captions that a person changed.
        leaks: What captions name, with how often.
    """

    groups: int
    images: int
    repeated: int
    missing: int
    sizes: dict[int, int]
    sources: dict[str, int]
    verdicts: dict[str, int]
    captioned: int
    anonymous: int
    flagged: int
    changed: int
    leaks: dict[str, int]

    def document(self) -> dict[str, Any]:
        """For a program."""
        return {
            "groups": self.groups,
            "images": self.images,
            "repeated": self.repeated,
            "missing": self.missing,
            "sizes": {str(size): count for size, count in self.sizes.items()},
            "sources": self.sources,
            "verdicts": self.verdicts,
            "captioned": self.captioned,
            "anonymous": self.anonymous,
            "flagged": self.flagged,
            "changed": self.changed,
            "changed_share": round(self.changed / self.captioned, 4) if self.captioned else None,
            "leaks": self.leaks,
        }

    def text(self) -> str:
        """For a person."""
        share = f" ({self.changed / self.captioned:.0%})" if self.captioned else ""
        lines = [
            f"{self.groups:,} groups of {self.images:,} images: {self.missing:,} images are not"
            f" there, {self.repeated:,} are in several groups",
            f"sizes     {_listed(self.sizes)}",
            f"sources   {_listed(self.sources)}",
            f"verdicts  {_listed(self.verdicts)}",
            f"captions  {self.captioned:,} of {self.groups:,}: {self.anonymous:,} anonymous,"
            f" {self.flagged:,} flagged, {self.changed:,}{share} changed by a person",
        ]
        if self.leaks:
            lines.append(f"named     {_listed(dict(list(self.leaks.items())[:20]))}")
        return "\n".join(lines) + "\n"


def count(path: Path) -> GroupCounts:
    """Look at a groups file; flags are judged anew.

    Raises:
        KnownError: If it cannot be read, or is no groups file.
    """
    groups = read_groups(path)
    images = Counter(chain.from_iterable(group.images for group in groups))
    captioned = [group for group in groups if group.caption]
    named = [leaks(group.caption) for group in captioned]
    return GroupCounts(
        groups=len(groups),
        images=len(images),
        repeated=sum(times > 1 for times in images.values()),
        missing=sum(not image.is_file() for image in images),
        sizes=dict(sorted(Counter(len(group.images) for group in groups).items())),
        sources=_ordered([group.source for group in groups]),
        verdicts=_ordered([group.verdict for group in groups]),
        captioned=len(captioned),
        anonymous=sum(is_anonymous(group.caption) for group in captioned),
        flagged=sum(map(bool, named)),
        changed=sum(group.original is not None for group in captioned),
        leaks=_ordered(list(chain.from_iterable(named))),
    )


def accept_anonymous(path: Path) -> tuple[int, int]:
    """Accept every group that nobody has seen and whose caption is anonymous.

    For trials without a person; a caption can be anonymous and wrong.

    Returns:
        How many were accepted, and how many are left unseen.

    Raises:
        KnownError: If it is no groups file, or cannot be written.
    """
    file = GroupsFile.open(path)
    groups = [
        replace(group, verdict="accepted") if _may_be_accepted(group) else group
        for group in file.groups
    ]
    accepted = sum(map(_may_be_accepted, file.groups))
    if accepted:
        file.save(groups)
    return accepted, sum(group.verdict == "unseen" for group in groups)


def _may_be_accepted(group: Group) -> bool:
    return group.verdict == "unseen" and is_anonymous(group.caption)


def _ordered(values: Sequence[str]) -> dict[str, int]:
    """How often each comes, the most frequent first."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _listed(counts: dict[Any, int]) -> str:
    return ", ".join(f"{name}: {times:,}" for name, times in counts.items()) or "none"
