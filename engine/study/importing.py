"""Reads the answers that a page has downloaded; see `engine.study.page`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from engine.errors import KnownError
from engine.study.documents import answer_from, check_version, checked_name
from engine.study.folder import StudyFolder
from engine.study.page import meanings
from engine.study.values import Answer, Trial

FORMAT: Final = "study-answers"
VERSION: Final = 1

_LARGEST = 32 * 1024 * 1024  # bytes of a file; 100,000 answers are half of it

_Meanings = Mapping[str, tuple[Trial, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that was not taken, and why.

    Attributes:
        number: Its place in the file, from 1.
        reason: In words.
    """

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Answers in the file = new + changed + known + refused.

    Attributes:
        person: Whose answers.
        new: Answers to trials that this person had not answered.
        changed: Answers that replace an older one of this person.
        known: Answers that were there already, or are older than those that are there.
        refused: Those that make no sense.
    """

    person: str
    new: int = 0
    changed: int = 0
    known: int = 0
    refused: tuple[Refused, ...] = field(default=())


def import_answers(folder: StudyFolder, file: Path) -> ImportReport:
    """Bring the answers of a downloaded file into a study; the same file twice does nothing more.

    Args:
        folder: The study.
        file: The file.

    Raises:
        KnownError: If the file cannot be read, is of another study or a newer program, or the
            answers cannot be kept.
    """
    found = _read(file)
    if found.get("study") != folder.study.id:
        raise KnownError(
            f"{file} has answers to another study: open the study whose page was answered"
        )
    listed = found.get("answers")
    if not isinstance(found.get("person"), str) or not isinstance(listed, list):
        raise KnownError(f"{file} is damaged: download the answers from the page again")
    person = checked_name(found["person"])
    known = meanings(folder)
    standing = {answer.trial: answer for answer in folder.answers(person)}
    taken: dict[str, Answer] = {}
    refused: list[Refused] = []
    new = changed = old = 0
    for number, fields in enumerate(listed, start=1):
        try:
            answer = _answer(fields, person, known)
        except (KeyError, TypeError, ValueError) as error:
            refused.append(Refused(number, _reason(error)))
            continue
        before = taken.get(answer.trial) or standing.get(answer.trial)
        if before is None:
            new += 1
        elif answer.at > before.at:
            changed += 1
        else:
            old += 1
            continue
        taken.pop(answer.trial, None)
        taken[answer.trial] = answer
    folder.record_all(list(taken.values()))
    return ImportReport(person, new, changed, old, tuple(refused))


def _read(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > _LARGEST:
            raise KnownError(f"{file} is too large to be answers: choose another file")
        content = file.read_bytes()
    except OSError as error:
        raise KnownError(f"{file} cannot be read: {error.strerror or error}") from error
    found: Any = None
    with suppress(ValueError, RecursionError):
        found = json.loads(content.decode("utf-8-sig"))
    check_version(found, file, FORMAT, VERSION, "file of answers")
    assert isinstance(found, dict), "it was checked"
    return found


def _answer(fields: object, person: str, known: _Meanings) -> Answer:
    if not isinstance(fields, dict):
        raise TypeError("it is no object")
    trial, choices = known.get(str(fields["trial"]), (None, {}))
    if trial is None:
        raise ValueError("the study has no such question")
    choice = choices.get(str(fields["choice"]))
    if choice is None:
        raise ValueError("it chooses a picture that was not there")
    return answer_from({**fields, "trial": trial.id, "choice": choice}, person)


def _reason(error: Exception) -> str:
    return f"there is no {error}" if isinstance(error, KeyError) else str(error)
