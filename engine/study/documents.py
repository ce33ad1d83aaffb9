"""A study as JSON, and what must be right with JSON that somebody else may have written."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from engine.errors import KnownError
from engine.study.values import Answer, Choice, Method, Study, Trial, person_name
from engine.types import Failure

FORMAT: Final = "relsim-study"
VERSION: Final = 1

_LONGEST_S = 1e7  # four months in front of one question
_PICTURE = re.compile(r"[0-9a-f]{32}\.jpg")


@dataclass(frozen=True, slots=True)
class StudyDocument:
    """All that ``study.json`` holds.

    Attributes:
        study: The study; its paths are names of files in the folder of pictures.
        secret: Makes the opaque ids of pages; it never leaves the folder.
        left_out: Pictures that could not be read when the study was made; their trials are not in
            it.
    """

    study: Study
    secret: str
    left_out: tuple[Failure, ...] = ()


def encode(document: StudyDocument) -> bytes:
    """The content of ``study.json``."""
    study = document.study
    content = {
        "format": FORMAT,
        "version": VERSION,
        "id": study.id,
        "title": study.title,
        "question": study.question,
        "created": study.created,
        "seed": study.seed,
        "methods": [{"id": method.id, "title": method.title} for method in study.methods],
        "tested": study.tested,
        "identical": dict(study.identical),
        "trials": [
            {
                "id": trial.id,
                "query": trial.query.name,
                "first": trial.first,
                "second": trial.second,
                "first_image": trial.first_image.name,
                "second_image": trial.second_image.name,
            }
            for trial in study.trials
        ],
        "secret": document.secret,
        "left_out": [{"path": str(f.path), "reason": f.reason} for f in document.left_out],
    }
    return (json.dumps(content, indent=1) + "\n").encode()


def decode(content: bytes, source: Path, pictures: Path) -> StudyDocument:
    """Read ``study.json``.

    Args:
        content: Of the file.
        source: The file, for errors.
        pictures: Where the study's pictures lie; the paths of the study lead there.

    Raises:
        KnownError: If it is no study, is damaged, or is of a newer version.
    """
    found: Any = None
    with suppress(ValueError, RecursionError):
        found = json.loads(content)
    check_version(found, source, FORMAT, VERSION, "study")
    try:
        study = _study(found, pictures)
        left_out = tuple(Failure(Path(f["path"]), str(f["reason"])) for f in found["left_out"])
        return StudyDocument(study, _text(found["secret"]), left_out)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownError(f"{source} is damaged ({error!r}): make the study again") from error


def check_version(found: object, source: Path, name: str, version: int, what: str) -> None:
    """See that a JSON document says that it is what it should be.

    Args:
        found: The document, None if it is no JSON.
        source: Its file, for errors.
        name: What its ``format`` must be.
        version: The newest ``version`` that this program reads.
        what: What it should be, in a word.

    Raises:
        KnownError: If it is something else or newer.
    """
    theirs = found.get("version") if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("format") != name or type(theirs) is not int:
        raise KnownError(f"{source} is no {what} of this program: choose another file")
    if theirs > version:
        raise KnownError(
            f"{source} has version {theirs}, this program reads {version}: update the program"
        )


def answer_fields(answer: Answer) -> dict[str, Any]:
    """An answer as JSON."""
    return {
        "trial": answer.trial,
        "choice": answer.choice,
        "seconds": round(answer.seconds, 3),
        "at": answer.at,
    }


def answer_from(fields: Mapping[str, Any], person: str) -> Answer:
    """The opposite of `answer_fields`.

    Raises:
        ValueError, KeyError, TypeError: If something is not as it should be.
    """
    choice: Choice = fields["choice"]
    if choice not in get_args(Choice):
        raise ValueError(f"the choice {choice!r}")
    return Answer(
        _text(fields["trial"]), person, choice, seconds_of(fields), moment_of(fields["at"])
    )


def seconds_of(fields: Mapping[str, Any]) -> float:
    """How long an answer took; raises as `answer_from` does."""
    seconds: Any = fields["seconds"]
    if not isinstance(seconds, int | float):
        raise TypeError(f"{seconds!r} seconds")
    if not 0 <= seconds <= _LONGEST_S:  # NaN is not either
        raise ValueError(f"{seconds} seconds")
    return float(seconds)


def moment_of(text: object) -> str:
    """A moment in ISO 8601 with its time zone, in UTC and to a millisecond.

    Raises as `answer_from` does.
    """
    moment = datetime.datetime.fromisoformat(_text(text))
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    try:
        return moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds")
    except OverflowError as error:  # at either end of time
        raise ValueError(f"the moment {text!r}") from error


def now() -> str:
    """The present moment, as `moment_of` writes it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


def _study(found: Mapping[str, Any], pictures: Path) -> Study:
    methods = tuple(Method(_text(m["id"]), _text(m["title"])) for m in found["methods"])
    known = {method.id for method in methods}
    trials = tuple(_trial(fields, pictures, known) for fields in found["trials"])
    if len({trial.id for trial in trials}) < len(trials) or len(known) < len(methods):
        raise ValueError("an id that is there twice")
    tested = _text(found["tested"])
    if tested not in known or any(trial.first != tested for trial in trials):
        raise ValueError(f"the tested method {tested!r}")
    return Study(
        id=_text(found["id"]),
        title=_text(found["title"]),
        question=_text(found["question"]),
        created=moment_of(found["created"]),
        seed=_whole(found["seed"]),
        methods=methods,
        tested=tested,
        trials=trials,
        identical={_text(name): _whole(count) for name, count in found["identical"].items()},
    )


def _trial(fields: Mapping[str, Any], pictures: Path, methods: set[str]) -> Trial:
    first, second = _text(fields["first"]), _text(fields["second"])
    if not {first, second} <= methods or first == second:
        raise ValueError(f"the methods {first!r} and {second!r} of a trial")
    query, first_image, second_image = (
        pictures / _picture(fields[name]) for name in ("query", "first_image", "second_image")
    )
    return Trial(_text(fields["id"]), query, first, second, first_image, second_image)


def _picture(name: object) -> str:
    """A name that `StudyFolder` could have given, so that no study leads out of its folder."""
    if not isinstance(name, str) or not _PICTURE.fullmatch(name):
        raise ValueError(f"the picture {name!r}")
    return name


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} in place of a text")
    return value


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} in place of a whole number")
    return value


def checked_name(person: str) -> str:
    """A person's name as it is kept.

    Raises:
        KnownError: If it is empty.
    """
    name = person_name(person)
    if not name:
        raise KnownError("Say who answers: a name, initials or a number will do")
    return name
