"""Lists of pictures that stages hand on, and the truth that they must not see."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from engine.errors import KnownError
from trainer.files import write_atomically

FORMAT: Final = "relsim-reproduce-list"
VERSION: Final = 1
_PLACES: Final = ("file", "archive", "table")


def write_list(path: Path, lines: Iterable[Mapping[str, Any]]) -> int:
    """Write JSON lines behind a header, which `trainer.data` passes over; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"format": FORMAT, "version": VERSION}
    texts = [json.dumps(line, ensure_ascii=False) for line in (head, *lines)]
    write_atomically(path, ("\n".join(texts) + "\n").encode())
    return len(texts) - 1


def read_list(path: Path) -> list[dict[str, Any]]:
    """The lines of a list of ours, or of another command's that begins with a header.

    Raises:
        KnownError: If it is not there, or damaged.
    """
    try:
        return list(_lines(path))
    except (OSError, ValueError) as error:
        raise KnownError(f"{path} cannot be read ({error}): run the stage that makes it") from error


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
        if line.strip():
            fields = json.loads(line)
            if number or "format" not in fields:
                yield fields


def lead_here(folder: Path, before: str) -> None:
    """Let the lists of a run that was moved or copied lead to its pictures where they are now.

    Args:
        folder: Of the run.
        before: Where it lay when the lists were written; empty if that is not known.

    Raises:
        OSError: If a list cannot be written.
    """
    here = folder.resolve()
    if before in ("", str(here)):
        return
    for path in (*here.glob("*.jsonl"), *here.glob("*/*.jsonl")):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        led = [_led(line, Path(before), here) for line in lines]
        if led != lines:
            write_atomically(path, "\n".join(led).encode())


def _led(line: str, before: Path, here: Path) -> str:
    try:
        fields = json.loads(line)
        there = {name: Path(fields[name]) for name in _PLACES if name in fields}
    except (ValueError, TypeError):
        return line  # not ours
    moved = {
        name: str(here / path.relative_to(before))
        for name, path in there.items()
        if path.is_relative_to(before)
    }
    return json.dumps(fields | moved) if moved else line


def read_truth(path: Path) -> dict[str, dict[str, Any]]:
    """What is known of pictures, by key; raises as `read_list` does."""
    return {line["key"]: line for line in read_list(path)}
