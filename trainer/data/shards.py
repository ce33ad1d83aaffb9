"""WebDataset shards: tars that are read where they lie, by way of an index of each.

Nothing is ever unpacked, so a member's name is never a path on this computer. The index of a shard
is remembered in the user's cache folder, not beside the shard.
"""

from __future__ import annotations

import io
import os
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from engine.errors import KnownError
from engine.imaging import SUPPORTED
from engine.jobs import JobControl
from trainer.data.folders import MAX_SIDECAR, parse_caption, parse_sidecar
from trainer.data.gathering import Gathering
from trainer.data.records import Slice, Source
from trainer.data.rows import Row, RowError
from trainer.data.shard_cache import Sample, recall, remember

MAX_PICTURE: Final = 1 << 28
"""Bytes; a larger member is dropped."""

_MAX_HEADER: Final = 1 << 20  # a name or comment of more bytes is an attack
_MAX_SHARDS: Final = 1_000_000
_BRACES: Final = re.compile(r"\{([^{}]*)\}")


class Headers(io.BufferedReader):
    """A tar whose headers `tarfile` may read, but none that would fill the memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        """At most a megabyte.

        Raises:
            tarfile.ReadError: If more is asked for.
        """
        if size is None or not 0 <= size <= _MAX_HEADER:
            raise tarfile.ReadError(f"a header of {size:,} bytes")
        return super().read(size)


def expand_shards(source: str) -> list[Path]:
    """The paths of a pattern such as ``shards/{00000..00041}.tar`` or ``{a,b}.tar``.

    Raises:
        KnownError: If a pattern makes no sense, is of far too many paths, or one is not there.
    """
    names = [source]
    while any("{" in name for name in names):
        longer = (one for name in names for one in _expand(name, source))
        names = list(islice(longer, _MAX_SHARDS + 1))
        if len(names) > _MAX_SHARDS:
            raise KnownError(f"{source} means more than {_MAX_SHARDS:,} shards")
    paths = [Path(name).expanduser() for name in names]
    gone = [path for path in paths if not path.is_file()]
    if gone:
        raise KnownError(
            f"{len(gone):,} of the {len(paths):,} shards of {source} are not there, the first is"
            f" {gone[0]}: correct the pattern"
        )
    return paths


def _expand(name: str, source: str) -> Iterator[str]:
    found = _BRACES.search(name)
    if found is None:
        if "{" in name:
            raise KnownError(f"{source} has a brace that nothing closes")
        yield name
        return
    before, inside, after = name[: found.start()], found[1], name[found.end() :]
    bounds = inside.split("..")
    if len(bounds) == 2 and all(bound.isdecimal() for bound in bounds):
        first, last = map(int, bounds)
        if not first <= last < first + _MAX_SHARDS:
            raise KnownError(f"{source} has a range from {first} to {last}")
        width = len(bounds[0])
        middles: Sequence[str] = [f"{number:0{width}d}" for number in range(first, last + 1)]
    elif "," in inside:
        middles = inside.split(",")
    else:
        raise KnownError(f"{source} has braces that are neither {{first..last}} nor {{a,b}}")
    yield from (before + middle + after for middle in middles)


def gather_shards(
    paths: Sequence[Path], gathering: Gathering, control: JobControl | None = None
) -> None:
    """Take the pictures of shards.

    A key is that in the shard; where two shards use the same ones, all begin with their shard's
    name, and with its folders below the one that all shards are in. A shard that cannot be read is
    one drop, and so is a part that is cut off.

    Raises:
        KnownError: If there is but one shard and it cannot be read.
    """
    indexed: list[tuple[Path, list[Sample]]] = []
    for number, path in enumerate(paths):
        if control is not None:
            control.checkpoint()
            control.report("Reading shards", number, len(paths))
        try:
            indexed.append((path, index_shard(path)))
        except KnownError as error:
            if len(paths) == 1:
                raise
            gathering.drop("unreadable", path.name, str(error))
    uses = Counter(key for _, samples in indexed for key in {s.row.key for s in samples})
    qualified = any(count > 1 for count in uses.values())
    names = _names(paths) if qualified else {}
    for path, samples in indexed:
        for sample in samples:
            key = f"{names[path]}/{sample.row.key}" if qualified else sample.row.key
            if sample.reason is not None:
                gathering.drop(sample.reason, key, sample.detail)
            else:
                source = Slice(path, sample.offset, sample.size, sample.name)
                gathering.take(replace(sample.row, key=key), source)


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What tells shards apart: their paths below the folder that all are in, without suffix."""
    # All shards that were named, so that one that is damaged does not change the keys of others.
    absolute = {path: Path(os.path.abspath(path)) for path in paths}  # noqa: PTH100 - keeps links
    try:
        common = os.path.commonpath([path.parent for path in absolute.values()])
    except ValueError:  # they are on several drives
        common = ""
    return {
        path: (one.relative_to(common) if common else one).with_suffix("").as_posix()
        for path, one in absolute.items()
    }


class ShardPictures:
    """Finds the pictures in shards that rows speak of, by their keys.

    Raises:
        KnownError: If a shard cannot be read.
    """

    def __init__(self, paths: Sequence[Path], name: str) -> None:
        self._slices: dict[str, Slice] = {}
        self.where = f"there is no picture of this key in {name}"
        for path in paths:
            for sample in index_shard(path):
                if sample.reason is None:
                    place = Slice(path, sample.offset, sample.size, sample.name)
                    self._slices.setdefault(sample.row.key, place)

    def find(self, row: Row) -> Source | None:
        """The slice of a row, or None."""
        return self._slices.get(row.key)


def index_shard(path: Path) -> list[Sample]:
    """The samples of a shard, from the cache if it is unchanged.

    Raises:
        KnownError: If it is no tar, or one that is compressed.
    """
    try:
        status = path.stat()
        known = recall(path, status)
        if known is None:
            known = list(_Reader(path).samples())
            remember(path, status, known)
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}") from error
    return known


class _Reader:
    """Goes through one shard."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def samples(self) -> Iterator[Sample]:
        """Consecutive members of one key are a sample, as WebDataset has it."""
        with Headers(io.FileIO(self._path)) as self._file:
            try:
                tar = tarfile.open(fileobj=self._file, mode="r:")  # noqa: SIM115 - the file is closed
            except tarfile.TarError as error:
                raise KnownError(
                    f"{self._path} is no tar that can be read in place ({error}): if it is"
                    " compressed, decompress it first"
                ) from error
            key: str | None = None
            members: dict[str, tarfile.TarInfo] = {}
            for member in self._members(tar):
                folder, slash, base = member.name.rpartition("/")
                stem, _, suffix = base.partition(".")
                if key is not None and key != folder + slash + stem:
                    yield self._sample(key, members)
                    members = {}
                key = folder + slash + stem
                members.setdefault(suffix.lower(), member)
            if key is not None:
                yield self._sample(key, members)
            if self._torn:
                yield Sample(Row(self._path.name), reason="malformed", detail=self._torn)

    def _members(self, tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
        self._torn = ""
        try:
            while (member := tar.next()) is not None:
                tar.members.clear()  # type: ignore[attr-defined] # else all headers stay in memory
                hidden = member.name.rpartition("/")[2].startswith(".")
                if not hidden and not member.isdir():
                    yield member
            self._file.seek(tar.offset)  # where no header could be read
            if self._file.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
                self._torn = f"the shard is cut off or damaged after {tar.offset:,} bytes"
        except tarfile.TarError as error:
            self._torn = f"the shard cannot be read to its end ({error})"

    def _sample(self, key: str, members: dict[str, tarfile.TarInfo]) -> Sample:
        name = next(iter(members.values())).name
        if not _is_decent(name):
            shown = name.encode("ascii", "backslashreplace").decode()[:200]
            return Sample(Row(ascii(shown)), reason="unsafe", detail="its name is no plain path")
        if not all(member.isreg() and not member.issparse() for member in members.values()):
            return Sample(Row(key), reason="unsafe", detail="a member is a link or no plain file")
        try:
            row = self._row(key, members)
        except RowError as error:
            return Sample(Row(key), reason=error.reason, detail=error.detail)
        picture = next((m for suffix, m in members.items() if f".{suffix}" in SUPPORTED), None)
        if picture is None:
            found = ", ".join(sorted(members))[:80]
            return Sample(row, reason="no-picture", detail=f"it has only {found}")
        if picture.size > MAX_PICTURE:
            return Sample(row, reason="too-large", detail=f"it has {picture.size:,} bytes")
        return Sample(row, picture.name, picture.offset_data, picture.size)

    def _row(self, key: str, members: dict[str, tarfile.TarInfo]) -> Row:
        row = Row(key)
        if "json" in members:
            row = parse_sidecar(self._content(key, members["json"]), key)
        if "txt" in members and row.caption is None:
            caption = parse_caption(self._content(key, members["txt"]), key)
            row = replace(row, caption=caption)
        return replace(row, file=None, inside=None)

    def _content(self, key: str, member: tarfile.TarInfo) -> bytes:
        if member.size > MAX_SIDECAR:
            raise RowError("malformed", f"{member.name} is larger than a caption can be", key)
        self._file.seek(member.offset_data)  # `tarfile` finds its own place again
        return self._file.read(member.size)


def _is_decent(name: str) -> bool:
    """Whether a member has a relative path without steps upwards, in printable Unicode."""
    return name.isprintable() and not name.startswith("/") and ".." not in name.split("/")
