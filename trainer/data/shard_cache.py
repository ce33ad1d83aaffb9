"""What is known of shards that were read before. A cache: it can be deleted at any time."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from trainer.data.drops import DropReason
from trainer.data.rows import Row
from trainer.files import write_atomically

_FORMAT: Final = "relsim-shard-index"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample of a shard.

    Attributes:
        row: Its key and what is said of it.
        name: Of the picture's member.
        offset: Where the picture begins in the shard.
        size: Bytes of the picture.
        reason: Why it cannot be used, if it cannot.
        detail: The same in words.
    """

    row: Row
    name: str = ""
    offset: int = 0
    size: int = 0
    reason: DropReason | None = None
    detail: str = ""


def cache_directory() -> Path:
    """Where indexes of shards lie; ``RELSIM_CACHE`` overrides the platform's cache folder."""
    override = os.environ.get("RELSIM_CACHE")
    if override:
        return Path(override).expanduser()
    return user_cache_path("relsim-desktop", appauthor=False) / "shards"


def recall(path: Path, status: os.stat_result) -> list[Sample] | None:
    """The samples of a shard that has not changed since they were remembered."""
    try:
        content = json.loads(_place(path).read_bytes())
        if content["about"] != _about(path, status):
            return None
        return [Sample(Row(*row), *rest) for row, *rest in content["samples"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(path: Path, status: os.stat_result, samples: list[Sample]) -> None:
    """Keep the samples of a shard; where that cannot be written, nothing is kept."""
    content = {"about": _about(path, status), "samples": [astuple(sample) for sample in samples]}
    place = _place(path)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, json.dumps(content).encode())


def _place(path: Path) -> Path:
    name = hashlib.blake2b(os.fsencode(path.absolute()), digest_size=16).hexdigest()
    return cache_directory() / f"{name}.json"


def _about(path: Path, status: os.stat_result) -> list[object]:
    shown = os.fsencode(path.absolute()).decode(errors="replace")
    return [_FORMAT, _VERSION, shown, status.st_size, status.st_mtime_ns]
