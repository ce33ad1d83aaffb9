"""A shard that grows picture by picture, survives a kill at any instant, and is there once.

`webdataset.ShardWriter` is not used for it: it writes to the final name, so a kill leaves a shard
that looks finished; it begins anew instead of going on; and it numbers shards by what was written,
while a shard here stands for certain rows of the list, whatever becomes of them.
"""

from __future__ import annotations

import errno
import json
import os
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final

from engine.errors import KnownError
from trainer.files import write_atomically

FORMAT: Final = "relsim-fetched-shard"
LOG_FORMAT: Final = "relsim-fetch-log"
VERSION: Final = 1
FETCHED: Final = "fetched"

_BLOCK: Final = tarfile.BLOCKSIZE


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one row of the list: a line in the shard's log.

    Attributes:
        row: Which, from 0 in the whole list.
        key: Of the picture.
        url: What was asked for.
        outcome: "fetched", or the reason why not.
        detail: The reason in words.
        attempts: How often the host was asked.
        bytes: Of the picture as it is in the shard.
        end: Where the shard ended when this was written.
    """

    row: int
    key: str
    url: str | None
    outcome: str
    detail: str = ""
    attempts: int = 0
    bytes: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ShardStats:
    """The figures of one shard.

    Attributes:
        shard: Its number.
        rows: How many rows of the list it stands for.
        counts: How many there are of each outcome.
        bytes: Of pictures.
    """

    shard: int
    rows: int
    counts: dict[str, int]
    bytes: int


class ShardFolder:
    """Where the files of each shard lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tar(self, number: int) -> Path:
        """The shard itself."""
        return self.folder / f"{number:05d}.tar"

    def log(self, number: int) -> Path:
        """One line a row: what became of it."""
        return self.folder / f"{number:05d}.jsonl"

    def stats(self, number: int) -> Path:
        """The figures; where they are, the shard is whole."""
        return self.folder / f"{number:05d}.json"

    def part(self, path: Path) -> Path:
        """The name of one of these files while it grows."""
        return path.with_name(path.name + ".part")

    def read_stats(self, number: int) -> ShardStats | None:
        """The figures of a shard that is whole; None if it is not.

        Raises:
            KnownError: If they are of a newer version, or damaged.
        """
        path = self.stats(number)
        try:
            content = json.loads(path.read_bytes())
            check_version(path, content, FORMAT)
            return ShardStats(*(content[name] for name in ("shard", "rows", "counts", "bytes")))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise KnownError(f"{path} is damaged: remove it, and the shard is counted anew") from (
                error
            )

    def read_log(self, path: Path) -> list[Fetched]:
        """The whole lines of a log, also of one that a kill has cut.

        Raises:
            KnownError: If it is of a newer version.
        """
        found: list[Fetched] = []
        with suppress(FileNotFoundError), path.open("rb") as file:
            for number, line in enumerate(file):
                if not line.endswith(b"\n"):
                    break
                content = json.loads(line)
                if number:
                    found.append(Fetched(**content))
                else:
                    check_version(path, content, LOG_FORMAT)
        return found


def check_version(path: Path, content: Any, expected: str) -> None:
    """Refuse what this program did not write, or a newer one did.

    Raises:
        KnownError: If it is so.
    """
    if not isinstance(content, dict) or content.get("format") != expected:
        raise KnownError(f"{path} is not of this program: choose another folder")
    if content.get("version", 0) > VERSION:
        raise KnownError(
            f"{path} has version {content['version']}, this program reads {VERSION}: update it"
        )


class GrowingShard:
    """A shard to which pictures are added. What is there of it from before is kept.

    Args:
        folder: Where it lies.
        number: Its number.
        rows: How many rows of the list it stands for.

    Raises:
        KnownError: If a newer version has begun it.
        OSError: If it cannot be written.
    """

    def __init__(self, folder: ShardFolder, number: int, rows: int) -> None:
        self._folder, self._number, self._rows = folder, number, rows
        self._tar_path = folder.part(folder.tar(number))
        self._log_path = folder.part(folder.log(number))
        if folder.tar(number).exists():  # killed between the last renames
            log = self._log_path if self._log_path.exists() else folder.log(number)
            self._known = folder.read_log(log)
            self._tar: BinaryIO | None = None
            return
        self._known = self._recovered()
        self._tar = self._tar_path.open("r+b" if self._tar_path.exists() else "w+b", buffering=0)
        self._tar.truncate(max((one.end for one in self._known), default=0))
        self._tar.seek(0, os.SEEK_END)
        header = {"format": LOG_FORMAT, "version": VERSION, "shard": number, "rows": rows}
        lines = [header, *(asdict(one) for one in self._known)]
        write_atomically(self._log_path, b"".join(map(_line, lines)))
        self._log = self._log_path.open("ab", buffering=0)

    def __enter__(self) -> GrowingShard:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._tar is not None:
            self._tar.close()
            self._log.close()

    @property
    def known(self) -> Sequence[Fetched]:
        """The rows that are done."""
        return self._known

    def add(self, done: Fetched, members: Mapping[str, bytes]) -> None:
        """Add the outcome of a row, and its picture if there is one.

        Args:
            done: The outcome; where the shard ends is filled in here.
            members: Files by suffix.

        Raises:
            OSError: If it cannot be written.
        """
        assert self._tar is not None
        begin = self._tar.tell()
        if members:
            # One write, before the log's line: what is in the log is in the shard.
            _write_all(self._tar, b"".join(_members(done.key, members)))
        done = Fetched(**{**asdict(done), "end": self._tar.tell()})
        try:
            _write_all(self._log, _line(asdict(done)))
        except OSError:
            # Rows that end before the run does could still fit: none may follow a picture that the
            # log lacks, for that one is fetched again.
            _cut(self._tar, begin)
            raise
        self._known.append(done)

    def finish(self) -> ShardStats:
        """Give the shard its name, and write its figures: after that it is never touched again.

        Raises:
            OSError: If it cannot be written.
        """
        assert len(self._known) == self._rows, "a row got lost"
        tar, log = self._folder.tar(self._number), self._folder.log(self._number)
        if self._tar is not None:
            _write_all(self._tar, bytes(2 * _BLOCK))
            os.fsync(self._tar.fileno())
            os.fsync(self._log.fileno())
            self._tar_path.replace(tar)
        if self._log_path.exists():
            self._log_path.replace(log)
        stats = stats_of(self._number, self._rows, self._known)
        content = {"format": FORMAT, "version": VERSION, **asdict(stats)}
        write_atomically(self._folder.stats(self._number), json.dumps(content).encode() + b"\n")
        return stats

    def _recovered(self) -> list[Fetched]:
        """The rows whose pictures are in the part; after a power cut that may be fewer than said.

        Raises:
            KnownError: If a newer version has begun it.
        """
        try:
            found = self._folder.read_log(self._log_path)
            size = self._tar_path.stat().st_size
            whole = _whole_until(self._tar_path, max((one.end for one in found), default=0))
        except (FileNotFoundError, ValueError, TypeError):
            return []
        return [one for one in found if one.end <= min(size, whole)]


def stats_of(number: int, rows: int, done: Sequence[Fetched]) -> ShardStats:
    """The figures of what is done of a shard."""
    counts = Counter(one.outcome for one in done)
    ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return ShardStats(number, rows, ordered, sum(one.bytes for one in done))


def _whole_until(path: Path, end: int) -> int:
    """How much of a part consists of members one after another, up to `end`."""
    whole = 0
    with path.open("rb") as file, suppress(tarfile.TarError):
        while whole < end:
            file.seek(whole)
            header = tarfile.TarInfo.frombuf(file.read(_BLOCK), "utf-8", "strict")
            whole += _BLOCK + -(-header.size // _BLOCK) * _BLOCK
    return whole


def _write_all(file: BinaryIO, content: bytes) -> None:
    """Write all at the end of an unbuffered file, or nothing.

    Raises:
        OSError: If it cannot be written.
    """
    begin = file.tell()
    if file.write(content) != len(content):
        # A file on a disk takes less than it is given only where there is no room for more.
        _cut(file, begin)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _cut(file: BinaryIO, end: int) -> None:
    file.truncate(end)
    file.seek(end)


def _members(key: str, members: Mapping[str, bytes]) -> Iterator[bytes]:
    for suffix, content in members.items():
        header = tarfile.TarInfo(f"{key}.{suffix}")
        header.size, header.mode = len(content), 0o644
        yield header.tobuf(tarfile.USTAR_FORMAT)
        yield content
        yield bytes(-len(content) % _BLOCK)


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content).encode() + b"\n"
