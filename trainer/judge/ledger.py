"""What judges said, one line a pair: nothing that was paid for is asked again, or lost."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, NamedTuple, Self

from filelock import FileLock, Timeout

from engine.errors import KnownError

FORMAT: Final = "relsim-judgements"
VERSION: Final = 1
NAME: Final = "judgements.jsonl"
HIGHEST: Final = 10.0
"""Scores lie between 0 and this."""

_HEADER: Final = json.dumps({"format": FORMAT, "version": VERSION}).encode() + b"\n"


class Key(NamedTuple):
    """What an entry is about.

    Attributes:
        judge: Id of the judge.
        a: Content id of the picture that was shown first, the query.
        b: Content id of the other.
    """

    judge: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One pair that was judged, and paid for.

    Attributes:
        key: The judge and the pair.
        score: 0..10, or None if the answer was no score.
        text: The answer.
        raw: All that came with it; not read back.
        tokens_in: What was paid for, None if the judge did not say.
        tokens_out: Likewise.
        reason: Why there is no score, in words.
        at: When, ISO 8601.
        names: What people call the two pictures.
    """

    key: Key
    score: float | None
    text: str
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)
    tokens_in: int | None = None
    tokens_out: int | None = None
    reason: str = ""
    at: str = ""
    names: tuple[str, str] = ("", "")

    def line(self) -> bytes:
        """As it stands in the file, with its line feed."""
        said: dict[str, Any] = {
            **self.key._asdict(),
            "score": self.score,
            "text": self.text,
            "reason": self.reason,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "at": self.at,
            "names": list(self.names),
            "raw": dict(self.raw),
        }
        return json.dumps(said, default=str).encode() + b"\n"

    @classmethod
    def of_line(cls, line: bytes) -> Entry:
        """What `line` gave, without `raw`.

        Raises:
            KeyError, TypeError, ValueError: If it is something else.
        """
        said = json.loads(line)
        score = said["score"]
        if score is not None and not 0 <= float(score) <= HIGHEST:
            raise ValueError(f"no score: {score}")
        return cls(
            Key(str(said["judge"]), str(said["a"]), str(said["b"])),
            None if score is None else float(score),
            str(said["text"]),
            tokens_in=_tokens(said["tokens_in"]),
            tokens_out=_tokens(said["tokens_out"]),
            reason=str(said["reason"]),
            at=str(said["at"]),
            names=(str(said["names"][0]), str(said["names"][1])),
        )


def _tokens(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or value < 0):
        raise ValueError(f"no number of tokens: {value}")
    return value


def read_ledger(path: Path) -> tuple[dict[Key, Entry], int]:
    """All entries of a ledger; of several about the same the last.

    Args:
        path: The file; one that is not there holds nothing.

    Returns:
        Entries, and how many lines could not be understood and were passed over: the last, if a
        process was killed within it.

    Raises:
        KnownError: If it is another file, of a newer version, or cannot be read.
    """
    try:
        content = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror or error}") from error
    head, _, rest = content.partition(b"\n")
    if _HEADER.startswith(content):
        return {}, 0
    _check_header(head, path)
    entries: dict[Key, Entry] = {}
    damaged = 0
    lines = rest.split(b"\n")
    for line in lines[:-1]:
        try:
            entry = Entry.of_line(line)
        except (KeyError, IndexError, TypeError, ValueError):
            damaged += 1
        else:
            entries[entry.key] = entry
    return entries, damaged + bool(lines[-1])


def _check_header(head: bytes, path: Path) -> None:
    try:
        said = json.loads(head)
        right, version = said["format"] == FORMAT, int(said["version"])
    except (KeyError, TypeError, ValueError):
        right, version = False, 0
    if not right:
        raise KnownError(f"{path} is no ledger of judgements: choose another --out")
    if version > VERSION:
        raise KnownError(f"{path} was written by a newer version: update this program")


class Ledger:
    """The writing side; one process at a time. Every line is on disk when `add` returns.

    Args:
        path: The file; made if it is not there.

    Raises:
        KnownError: If another process writes it, it is another file, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(str(path) + ".lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise KnownError(f"Another run writes {path}: wait until it has ended") from error
        except OSError as error:
            raise _unwritable(path, error) from error
        try:
            self.entries, self.damaged = read_ledger(path)
            self._file = self._open()
        except BaseException:
            self._lock.release()
            raise

    def _open(self) -> BinaryIO:
        """Cut off what a kill left of a line, and go on behind it."""
        try:
            content = self.path.read_bytes() if self.path.exists() else b""
            whole = content.rfind(b"\n") + 1
            file = self.path.open("r+b" if content else "wb")
            file.truncate(whole)
            file.seek(whole)
            if not whole:
                file.write(_HEADER)
            _flush(file)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        return file

    def add(self, entry: Entry) -> None:
        """Append a line.

        Raises:
            KnownError: If it cannot be written; then nothing else should be paid for.
        """
        try:
            self._file.write(entry.line())
            _flush(self._file)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self.entries[entry.key] = entry

    def close(self) -> None:
        """Close the file, and let others write."""
        with suppress(OSError):  # what could not be written was reported by `add`
            self._file.close()
        self._lock.release()

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _unwritable(path: Path, error: OSError) -> KnownError:
    return KnownError(f"{path} cannot be written ({error.strerror or error}): make room there")
