"""The map of a library as a value, and the file that keeps it."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.types import Description, Float32

Int64 = NDArray[np.int64]

FORMAT: Final = "relsim-map"
VERSION: Final = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class MapGroup:
    """Images of a library that share one logic, with a bubble on its map.

    Attributes:
        number: Its place in `LibraryMap.groups`.
        name: The anonymous caption that fits them; its text is None where none is clear. No two
            groups of a map have the same.
        members: Image ids int64 ``[n]``, those nearest to the group's centre first.
        cover: A few of the members, which look different from one another.
        centre: Where the bubble's middle is, ``(x, y)`` in widths of a picture.
        radius: Of the bubble, in the same unit.
        places: float32 ``[n, 2]``, where each member is, from `centre`.
    """

    number: int
    name: Description
    members: Int64
    cover: tuple[int, ...]
    centre: tuple[float, float]
    radius: float
    places: Float32

    def __len__(self) -> int:
        return len(self.members)


@dataclass(frozen=True, slots=True, eq=False)
class LibraryMap:
    """All images of a library: each is in exactly one group, or in the rest.

    Attributes:
        model: Id of the model whose groups these are.
        groups: The largest first.
        rest: Ids int64 ``[r]`` of images in no clear group, ascending.
        joined: How many images came since the groups were made, and were given to the nearest.
    """

    model: str
    groups: tuple[MapGroup, ...]
    rest: Int64
    joined: int

    @property
    def images(self) -> int:
        """All of them: those of the groups, and the rest."""
        return sum(map(len, self.groups)) + len(self.rest)

    def group_of(self, image_id: int) -> MapGroup | None:
        """The group that an image is in, if it is in one."""
        return next((group for group in self.groups if image_id in group.members), None)


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """What is kept of a map: who is in which group; the rest follows from it.

    Attributes:
        ids: int64 ``[n]``, ascending.
        of: int64 ``[n]``, the group of each, -1 for none.
        centres: float32 ``[k, d]``, unit rows.
        floors: float32 ``[k]``, see `engine.mapping.clusters.Clusters`.
        names: Of the groups.
        made_of: How many images there were when the groups were made.
        joined: How many came since.
    """

    ids: Int64
    of: Int64
    centres: Float32
    floors: Float32
    names: tuple[Description, ...]
    made_of: int
    joined: int


def save_grouping(path: Path, belongs_to: str, grouping: Grouping) -> None:
    """Write a grouping; a kill leaves the old file or the new one.

    Args:
        path: The file.
        belongs_to: Names the library and the model.
        grouping: What to keep.
    """
    body = io.BytesIO()
    np.savez(
        body,
        ids=grouping.ids,
        of=grouping.of,
        centres=grouping.centres,
        floors=grouping.floors,
    )
    facts = {
        "format": FORMAT,
        "version": VERSION,
        "belongs_to": belongs_to,
        "made_of": grouping.made_of,
        "joined": grouping.joined,
        "names": [[n.text, n.confidence, n.source, n.model] for n in grouping.names],
    }
    head = json.dumps(facts).encode()
    digest = hashlib.sha256(head + body.getvalue()).hexdigest().encode()
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(b"\n".join((digest, head, body.getvalue())))
        temporary.replace(path)
    except OSError as error:  # the next map is made anew
        _log.warning("the map was not saved: %s", error)
        temporary.unlink(missing_ok=True)


def load_grouping(path: Path, belongs_to: str) -> Grouping | None:
    """Read a grouping; None if there is none, or it is damaged, newer, or another library's."""
    try:
        digest, head, body = path.read_bytes().split(b"\n", 2)
        if hashlib.sha256(head + body).hexdigest().encode() != digest:
            _log.warning("%s is damaged; the map is made anew", path.name)
            return None
        facts: dict[str, Any] = json.loads(head)
        if (facts["format"], facts["version"]) != (FORMAT, VERSION):
            return None
        if facts["belongs_to"] != belongs_to:
            return None
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            return Grouping(
                ids=arrays["ids"],
                of=arrays["of"],
                centres=arrays["centres"],
                floors=arrays["floors"],
                names=tuple(
                    Description(text, confidence, source, model)
                    for text, confidence, source, model in facts["names"]
                ),
                made_of=facts["made_of"],
                joined=facts["joined"],
            )
    except (OSError, ValueError, KeyError, TypeError):
        return None
