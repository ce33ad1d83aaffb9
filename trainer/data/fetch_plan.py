"""What a folder of fetched shards was begun with, and how far it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from engine.errors import KnownError
from trainer.data.shard_writing import FETCHED, VERSION, ShardFolder, check_version, stats_of
from trainer.data.url_lists import UrlList
from trainer.files import write_atomically

PLAN: Final = "fetch.json"
LOCK: Final = ".lock"
FORMAT: Final = "relsim-fetch"


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of a list; ``found == sum(counts.values()) + left``.

    Attributes:
        found: Rows of the list.
        counts: How many rows there are of each outcome, "fetched" among them.
        left: Rows that are yet to be asked for, after an interruption.
        bytes: Of pictures.
        shards: Shards that are whole.
        seconds: That this run took.
    """

    found: int
    counts: dict[str, int]
    left: int
    bytes: int
    shards: int
    seconds: float = 0.0

    @property
    def fetched(self) -> int:
        """Pictures in the shards."""
        return self.counts.get(FETCHED, 0)


def read_report(out: Path, seconds: float = 0.0) -> FetchReport:
    """The figures of a folder of shards so far.

    Raises:
        KnownError: If it is none of ours.
    """
    plan = _read_plan(out)
    if plan is None:
        raise KnownError(f"{out} holds no fetched shards: there is no {PLAN} in it")
    folder = ShardFolder(out)
    counts, size, whole = Counter[str](), 0, 0
    for number in range(-(-plan["rows"] // plan["rows_per_shard"])):
        stats = folder.read_stats(number)
        whole += stats is not None
        if stats is None:
            stats = stats_of(number, 0, folder.read_log(folder.part(folder.log(number))))
        counts.update(stats.counts)
        size += stats.bytes
    ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    left = plan["rows"] - counts.total()
    return FetchReport(plan["rows"], ordered, left, size, whole, seconds)


def require_own(out: Path) -> None:
    """Refuse a folder that holds something else.

    Raises:
        KnownError: If it does.
        OSError: If it cannot be looked at.
    """
    if _read_plan(out) is not None or not out.exists():
        return
    if any(not path.name.startswith((LOCK, PLAN)) for path in out.iterdir()):
        raise KnownError(f"{out} is not empty and holds no fetched shards: choose another folder")


def _read_plan(out: Path) -> Mapping[str, Any] | None:
    path = out / PLAN
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise KnownError(f"{path} is damaged: choose another folder") from error
    check_version(path, content, FORMAT)
    found: Mapping[str, Any] = content
    return found


def write_plan(listed: UrlList, out: Path, settings: Mapping[str, int | None]) -> None:
    """Write down what is fetched, or check that it is what an earlier run has begun."""
    content: Mapping[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "list": listed.source.name,
        "rows": listed.rows,
        "digest": listed.digest,
        **settings,
    }
    before = _read_plan(out)
    if before is None:
        write_atomically(out / PLAN, json.dumps(content, indent=1).encode() + b"\n")
        return
    if before.get("digest") != listed.digest:
        raise KnownError(f"{out} holds pictures of another list: choose another folder")
    for name in settings:
        if before.get(name) != content[name]:
            raise KnownError(
                f"{out} was begun with {name} {before.get(name)}, not {content[name]}: give the"
                " same, or choose another folder"
            )
