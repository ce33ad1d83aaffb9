"""One person's answers to a study: a file that only grows.

The first line says whose answers to which study these are, each other one is an answer or takes one
back. Each is on the disk before `append` returns. A kill can leave half of a last line, which is
dropped.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from engine.errors import KnownError
from engine.study.documents import answer_fields, answer_from, check_version
from engine.study.values import Answer, person_key

FORMAT: Final = "relsim-study-answers"
VERSION: Final = 1
TAKE_BACK: Final = "take_back"


@dataclass(frozen=True, slots=True)
class AnswerLog:
    """What a file of answers says.

    Attributes:
        person: Whose answers.
        answers: Those that stand, the newest last; one for a trial.
    """

    person: str
    answers: tuple[Answer, ...]


def file_name(person: str) -> str:
    """The name of a person's file: readable, and another for each person."""
    key = person_key(person)
    readable = "".join(c if c.isascii() and c.isalnum() else "-" for c in key).strip("-")
    digest = hashlib.blake2b(key.encode(), digest_size=4).hexdigest()
    return f"{readable[:40].strip('-') or 'person'}-{digest}.jsonl"


def read(path: Path, study: str) -> AnswerLog | None:
    """Read a file of answers.

    Args:
        path: The file.
        study: Id of the study that they must be of.

    Returns:
        None if there is no file, or a kill left it without a first line.

    Raises:
        KnownError: If it cannot be read, is damaged, newer, or of another study.
    """
    try:
        lines = _whole_lines(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror or error}") from error
    if not lines:
        return None
    person = _person_in(lines[0], path, study)
    standing: dict[str, Answer] = {}
    for number, line in enumerate(lines[1:], start=2):
        fields = _loaded(line)
        try:
            if TAKE_BACK in fields:
                standing.pop(str(fields[TAKE_BACK]), None)
                continue
            answer = answer_from(fields, person)
        except (KeyError, TypeError, ValueError) as error:
            raise KnownError(
                f"{path} is damaged in line {number} ({error!r}): repair or remove the line"
            ) from error
        standing.pop(answer.trial, None)  # so that the newest is last
        standing[answer.trial] = answer
    return AnswerLog(person, tuple(standing.values()))


def append(path: Path, study: str, person: str, records: Sequence[Mapping[str, Any]]) -> None:
    """Put records at the end, and make sure that they are on the disk.

    Args:
        path: The file; it is made, with its folder, if it is not there.
        study: Id of the study.
        person: Whose answers; only used for a new file.
        records: Results of `answer_fields`, or ``{"take_back": trial}``.

    Raises:
        KnownError: If it cannot be written, or is newer or of another study.
    """
    header = {"format": FORMAT, "version": VERSION, "study": study, "person": person}
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("ab+") as file:
            file.seek(0)
            before = _whole_lines(file.read())
            if before:
                _person_in(before[0], path, study)
            kept = sum(len(line) + 1 for line in before)
            file.truncate(kept)  # what a kill left of a last line would spoil the next one
            lines = list(records) if kept else [header, *records]
            file.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KnownError(
            f"The answer cannot be kept in {path} ({error.strerror or error}): make room there, or"
            " allow writing"
        ) from error


def record_of(answer: Answer) -> dict[str, Any]:
    """What `append` takes of an answer."""
    return answer_fields(answer)


def _person_in(line: bytes, path: Path, study: str) -> str:
    """Whose answers a first line says that these are; an error if they are not of the study."""
    header = _loaded(line)
    check_version(header, path, FORMAT, VERSION, "file of answers")
    person = header.get("person")
    if header.get("study") != study or not isinstance(person, str):
        raise KnownError(f"{path} has answers to another study: move it to that study's folder")
    return person


def _whole_lines(content: bytes) -> list[bytes]:
    """Lines that end in a line feed; a last one without is what a kill left."""
    return content.split(b"\n")[:-1]


def _loaded(line: bytes) -> dict[str, Any]:
    found: Any = None
    with suppress(ValueError, RecursionError):
        found = json.loads(line)
    return found if isinstance(found, dict) else {}
