"""Divides a source into shards, each of which is scanned once, by whichever process takes it."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import KnownError
from trainer.data.collection import Collection, open_collection, read_collection, shard_paths
from trainer.data.drops import Drop
from trainer.data.records import Record
from trainer.data.shards import expand_shards
from trainer.data.tables import open_table, table_paths


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a source. It can be pickled.

    Attributes:
        name: Unique in its scan, and fit for a file's name.
        digest: Changes with its file, or with the keys of its records.
        file: A WebDataset shard or a parquet table, which whoever scans it opens; or None.
        records: Its pictures, if there is no file.
        drops: What was left out when they were read; counted in this shard.
    """

    name: str
    digest: str
    file: Path | None = None
    records: tuple[Record, ...] = ()
    drops: tuple[Drop, ...] = ()

    def opened(self) -> Shard:
        """The same shard with its records.

        Raises:
            KnownError: If its file cannot be read.
        """
        if self.file is None:
            return self
        inside = read_collection(self.file)
        return replace(self, records=inside.records, drops=_all(inside))


def plan_shards(source: str, *, images: Path | None, size: int) -> tuple[Shard, ...]:
    """Divide a source.

    Several WebDataset shards or parquet tables with pictures inside are a shard each, and are not
    opened here: a source of any length costs no more memory than its list of files. Of anything
    else the records are read, and every `size` of them are a shard.

    Args:
        source: As `trainer.data.open_collection` takes it.
        images: Where the pictures of a list lie.
        size: Pictures in a shard.

    Raises:
        KnownError: If the source cannot be read, or holds nothing that can be used.
    """
    files = [] if images is not None else _files(source)
    if len(files) > 1:
        stems = Counter(path.stem for path in files)
        unique = len(stems) == len(files)
        return tuple(
            Shard(path.stem if unique else f"{number:06d}-{path.stem}", _stamp(path), path)
            for number, path in enumerate(files)
        )
    return _divided(open_collection(source, images=images), size)


def sample_shards(shards: Sequence[Shard], count: int, seed: int, *, parts: int) -> list[Shard]:
    """A random sample of a source, as shards of their own.

    Shards are drawn at random, and from each of them records at random: of 32 shards, or of all if
    there are fewer.

    Args:
        shards: Of the source.
        count: How many records, or all there are.
        seed: Another seed is another sample.
        parts: How many shards the sample makes at most.

    Raises:
        KnownError: If a shard cannot be read.
    """
    r = random.Random(seed)
    taken: list[Record] = []
    chosen = r.sample(list(shards), min(32, len(shards)))
    for number, shard in enumerate(chosen):
        records = shard.opened().records
        left = -(-(count - len(taken)) // (len(chosen) - number))
        taken += [replace(x, key=f"{shard.name}/{x.key}") for x in _some(records, left, r)]
    parts = max(1, min(parts, len(taken)))
    return [
        Shard(f"sample-{part:02d}", _digest(records), records=records)
        for part in range(parts)
        if (records := tuple(taken[part::parts]))
    ]


def _some(records: Sequence[Record], count: int, r: random.Random) -> list[Record]:
    return r.sample(list(records), min(count, len(records)))


def _files(source: str) -> list[Path]:
    """The files that a source of several is made of; else none."""
    path = Path(source).expanduser()
    if not path.exists() and "{" in source:
        return expand_shards(source)
    if not path.is_dir() or _is_other(path):
        return []
    tables = table_paths(path)
    if tables and open_table(tables[0]).pictures is None:
        return []  # of URLs: whoever opens it says what to do
    return shard_paths(path) or tables


def _is_other(folder: Path) -> bool:
    """Whether a folder is one of pictures with a list, whatever else lies in it."""
    return any(folder.glob("*.jsonl"))


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}") from error
    return f"{status.st_size}-{status.st_mtime_ns}"


def _divided(collection: Collection, size: int) -> tuple[Shard, ...]:
    records, drops = collection.records, _all(collection)
    return tuple(
        Shard(
            f"{number:06d}",
            _digest(part),
            records=part,
            drops=drops if number == 0 else (),  # once, so that the totals add up
        )
        for number, part in enumerate(_parts(records, size))
    )


def _all(collection: Collection) -> tuple[Drop, ...]:
    drops = collection.drops
    return tuple(drop for reason in drops.counts() for drop in drops.examples(reason, drops.total))


def _parts(records: tuple[Record, ...], size: int) -> Iterator[tuple[Record, ...]]:
    for start in range(0, len(records), size):
        yield records[start : start + size]


def _digest(records: Sequence[Record]) -> str:
    content = hashlib.blake2b(digest_size=12)
    for record in records:
        content.update(f"{record.key}\0".encode(errors="replace"))
    return content.hexdigest()
