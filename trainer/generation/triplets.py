"""Triplets of a picture, an instruction, and what came of it: a line of JSON each.

``input`` and ``output`` are paths, relative ones from the file's folder. What else a line says is
kept; ``generator`` names who made the output ("human" for a person's example).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine.errors import KnownError

FORMAT = 1
NAME = "triplets.jsonl"
UNNAMED = "output"
"""The generator of outputs that name none."""


@dataclass(frozen=True, slots=True)
class Triplet:
    """One line.

    Attributes:
        input: The picture whose idea is to be kept.
        instruction: What was asked.
        output: What came of it.
        generator: Who made it.
        facts: What else the line says.
    """

    input: Path
    instruction: str
    output: Path
    generator: str = UNNAMED
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_triplets(path: Path) -> list[Triplet]:
    """All triplets of a file.

    Raises:
        KnownError: If it cannot be read, holds none, or a line is damaged; the text names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise KnownError(f"{path} cannot be read: {error}") from error
    found = [
        _read(line, path, number)
        for number, line in enumerate(text.split("\n"), start=1)  # a text may hold other ends
        if line.strip()
    ]
    if not found:
        raise KnownError(f"{path} holds no triplets")
    return found


def _read(line: str, path: Path, number: int) -> Triplet:
    where = f"{path}, line {number}"
    try:
        content = json.loads(line)
        newer = content.get("format", FORMAT) > FORMAT
        values = [content[name] for name in ("input", "instruction", "output")]
        generator = content.get("generator", UNNAMED)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnownError(
            f'{where} is no triplet ({error}): write {{"input", "instruction", "output"}}'
        ) from error
    if newer:
        raise KnownError(f"{where} is of a newer format: update the program")
    if not all(isinstance(value, str) and value for value in [*values, generator]):
        raise KnownError(f"{where}: input, instruction, output and generator are texts")
    folder = path.absolute().parent
    known = {"format", "input", "instruction", "output", "generator"}
    facts = {name: value for name, value in content.items() if name not in known}
    return Triplet(folder / values[0], values[1], folder / values[2], generator, facts)


class TripletLog:
    """A file of triplets that grows line by line, and outlives being killed in the middle of one.

    Args:
        path: The file; made when the first triplet is written. One process writes it; the system
            frees the lock when it dies.

    Raises:
        KnownError: If another process writes it; or as `read_triplets`, but for a last line that is
            cut off: that one is dropped.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._whole = 0
        self.triplets: list[Triplet] = []
        self._lock = FileLock(f"{self._path}.lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise KnownError(f"Another run writes {path}: wait until it has ended") from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            self._read_whole_lines()
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Let another process write it."""
        self._lock.release()

    def _read_whole_lines(self) -> None:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise KnownError(f"{self._path} cannot be read: {error}") from error
        self._whole = content.rfind(b"\n") + 1
        lines = content[: self._whole].decode(errors="replace").split("\n")[:-1]
        self.triplets = [_read(line, self._path, at) for at, line in enumerate(lines, 1)]

    def _unwritable(self, error: OSError) -> KnownError:
        return KnownError(
            f"{self._path} cannot be written ({error.strerror or error}): make room there"
        )

    def add(self, triplet: Triplet) -> None:
        """Write a triplet; it is on the disk when this returns.

        Raises:
            KnownError: If it cannot be written.
        """
        folder, output = self._path.parent, triplet.output.absolute()
        if output.is_relative_to(folder):
            output = output.relative_to(folder)
        row = {
            "format": FORMAT,
            "input": str(triplet.input),
            "instruction": triplet.instruction,
            "output": output.as_posix(),
            "generator": triplet.generator,
            **triplet.facts,
        }
        # A name that is no text gets an escape, which is JSON's as well.
        line = json.dumps(row, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"
        try:
            with self._path.open("r+b" if self._path.is_file() else "wb") as file:
                file.seek(self._whole)
                file.truncate()
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unwritable(error) from error
        self._whole += len(line)
        self.triplets.append(triplet)
