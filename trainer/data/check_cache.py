"""Remembers which pictures were decoded: JSON lines, appended as it goes on."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

from engine.errors import KnownError
from trainer.data.drops import DropReason
from trainer.data.records import Source
from trainer.files import write_atomically

FORMAT: Final = "relsim-verified"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one picture.

    Attributes:
        content: Its content id; None if it could not be decoded.
        reason: Why it cannot be used, if it cannot.
        detail: The same in words.
        lasts: Whether it is true until the picture changes.
    """

    content: str | None = None
    reason: DropReason | None = None
    detail: str = ""
    lasts: bool = True


class CheckCache:
    """Outcomes by picture, in a file or, with no path, nowhere.

    Args:
        path: The file; made if it is not there.
        least_side: Pixels that were asked for; outcomes for another number do not count.

    Raises:
        KnownError: If the file is something else, of a newer version, or cannot be used.
    """

    def __init__(self, path: Path | None, least_side: int) -> None:
        self._path = path
        self._outcomes: dict[str, Outcome] = {}
        self._stamps: dict[Path, str] = {}
        self._file: BinaryIO | None = None
        if path is None:
            return
        header = {"format": FORMAT, "version": VERSION, "least_side": least_side}
        try:
            whole = self._read(path, header) if path.exists() else 0
            if not whole:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, json.dumps(header).encode() + b"\n")
            self._file = path.open("r+b")
            if whole:
                self._file.truncate(whole)  # a kill may have cut the last line
            self._file.seek(0, os.SEEK_END)
        except OSError as error:
            raise KnownError(f"{path} cannot be used: {error.strerror}") from error

    def __enter__(self) -> CheckCache:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def get(self, source: Source) -> Outcome | None:
        """What is known of a picture that has not changed since."""
        if not self._outcomes:
            return None
        name = self._name(source)
        return None if name is None else self._outcomes.get(name)

    def add(self, source: Source, outcome: Outcome) -> None:
        """Remember an outcome, if it lasts.

        Raises:
            KnownError: If the disk is full, or gone.
        """
        if self._file is None or not outcome.lasts:
            return
        name = self._name(source)
        if name is not None:
            line = json.dumps([name, outcome.content, outcome.reason, outcome.detail])
            self._write(line.encode() + b"\n")

    def flush(self) -> None:
        """Hand what was added to the system, so that it survives a kill."""
        self._write(b"")

    def _write(self, content: bytes) -> None:
        if self._file is None:
            return
        try:
            self._file.write(content)
            if not content:
                self._file.flush()
        except OSError as error:
            raise KnownError(f"{self._path} cannot be written: {error.strerror}") from error

    def _read(self, path: Path, header: dict[str, object]) -> int:
        """Take in the lines of a file; how many bytes of it are whole, 0 to begin anew."""
        with path.open("rb") as file:
            first = file.readline(1024)
            found: object = None
            with suppress(ValueError):
                found = json.loads(first)
            if not isinstance(found, dict) or found.get("format") != FORMAT:
                raise KnownError(
                    f"{path} is no list of verified pictures: remove it, or name another file"
                )
            version = found.get("version")
            if isinstance(version, int) and version > VERSION:
                raise KnownError(
                    f"{path} has version {version}, this program reads {VERSION}: update it"
                )
            if found != header:
                return 0
            whole = len(first)
            for line in file:
                try:
                    name, content, reason, detail = json.loads(line)
                except ValueError:
                    break
                if not line.endswith(b"\n"):
                    break
                self._outcomes[name] = Outcome(content, reason, detail)
                whole += len(line)
            return whole

    def _name(self, source: Source) -> str | None:
        """A name that changes when the picture may have; None if it is not there."""
        if isinstance(source, Path):
            return self._stamp(source)
        if source.path not in self._stamps:
            self._stamps[source.path] = self._stamp(source.path) or ""
        stamp = self._stamps[source.path]
        return f"{stamp}:{source.place}" if stamp else None

    @staticmethod
    def _stamp(path: Path) -> str | None:
        try:
            status = path.stat()
        except (OSError, ValueError):
            return None
        shown = os.fsencode(path.absolute()).decode(errors="replace")
        return f"{shown}:{status.st_size}:{status.st_mtime_ns}"
