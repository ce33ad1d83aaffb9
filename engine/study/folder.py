"""A study on disk: a folder that can be copied, moved and passed on.

``study.json`` is the study, ``pictures`` holds copies of its pictures under names that give nothing
away, and ``answers`` a file for each person.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from operator import itemgetter
from pathlib import Path

from engine.errors import DecodeError, KnownError
from engine.exports.atomic import new_folder
from engine.imaging import content_id, decode
from engine.jobs import JobControl
from engine.study import answer_file
from engine.study.documents import StudyDocument, checked_name, encode
from engine.study.documents import decode as read_document
from engine.study.values import Answer, Shown, Study, Trial, person_key
from engine.types import Failure

STUDY = "study.json"
PICTURES = "pictures"
ANSWERS = "answers"

LONGEST = 1280
"""Longer side in pixels of the copies."""

_QUALITY = 90


class StudyFolder:
    """A study in its folder. Make one with `create`, or `open` one. One thread at a time.

    Attributes:
        path: The folder.
        study: The study; its paths are those of the copies in the folder.
        secret: Makes the opaque ids of pages; see `engine.study.page`.
        left_out: Pictures that could not be read when the study was made; their trials are not in
            it.
    """

    def __init__(self, path: Path, document: StudyDocument) -> None:
        self.path = path
        self.study = document.study
        self.secret = document.secret
        self.left_out = document.left_out
        self._trials = {trial.id for trial in self.study.trials}

    @classmethod
    def create(cls, folder: Path, study: Study, control: JobControl | None = None) -> StudyFolder:
        """Write a study with copies of its pictures; a kill leaves all or nothing.

        Trials with a picture that cannot be read are left out; see `left_out`.

        Args:
            folder: Where; there must be nothing yet. Folders above it are made.
            study: The study; its paths are of files that are there now.
            control: Progress in pictures, pause and cancel; a cancelled study leaves nothing.

        Raises:
            Cancelled: If `control` was told to.
            KnownError: If there is something, no picture can be read, or the disk is full.
        """
        folder, control = folder.expanduser().absolute(), control or JobControl()
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnownError(f"{folder.parent} cannot be made: {error.strerror}") from error
        with new_folder(folder) as partial:
            pictures = partial / PICTURES
            pictures.mkdir()
            (partial / ANSWERS).mkdir()
            names, failures = _copy(_pictures_of(study.trials), pictures, control)
            kept = _with_copies(study, names)
            if not kept.trials:
                reason = f": {failures[0].reason}" if failures else ""
                raise KnownError(f"The study has no two pictures to choose from{reason}")
            content = encode(StudyDocument(kept, secrets.token_hex(16), failures))
            (partial / STUDY).write_bytes(content)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> StudyFolder:
        """Open a study.

        Raises:
            KnownError: If there is none, or it is damaged or newer than this program.
        """
        folder = folder.expanduser().absolute()
        source = folder / STUDY
        try:
            content = source.read_bytes()
        except FileNotFoundError:
            raise KnownError(
                f"There is no study in {folder}: choose a folder that has one"
            ) from None
        except OSError as error:
            raise KnownError(f"{source} cannot be read: {error.strerror or error}") from error
        return cls(folder, read_document(content, source, folder / PICTURES))

    def picture(self, path: Path) -> Path:
        """The copy of one of the study's pictures, wherever the folder was when it was opened.

        Raises:
            KnownError: If it is gone.
        """
        copy = self.path / PICTURES / path.name
        if not copy.is_file():
            raise KnownError(f"{copy} is gone: bring the picture back, or make the study again")
        return copy

    def people(self) -> list[str]:
        """Who has answered, in the order of names."""
        found = (answer_file.read(path, self.study.id) for path in self._files())
        return sorted((log.person for log in found if log is not None), key=person_key)

    def answers(self, person: str | None = None) -> list[Answer]:
        """The answers that stand, one for a trial and a person; the newest of a person last.

        Args:
            person: Whose; None for all people, one after another.

        Raises:
            KnownError: If a file of answers is damaged.
        """
        paths = self._files() if person is None else [self._file(person)]
        found: list[Answer] = []
        for path in paths:
            log = answer_file.read(path, self.study.id)
            for answer in log.answers if log is not None else ():
                if answer.trial not in self._trials:
                    raise KnownError(f"{path} is damaged: the study has no question {answer.trial}")
                found.append(answer)
        return found

    def record(self, answer: Answer) -> None:
        """Keep an answer; it is on the disk when this returns. A newer one replaces an older one.

        Raises:
            KnownError: If there is no such trial, the person has no name, or the disk is full.
        """
        self.record_all([answer])

    def record_all(self, answers: Sequence[Answer]) -> None:
        """Keep answers of one person; see `record`."""
        for answer in answers:
            if answer.trial not in self._trials:
                raise KnownError(f"The study has no question {answer.trial}")
        if answers:
            person = checked_name(answers[0].person)
            records = [answer_file.record_of(answer) for answer in answers]
            answer_file.append(self._file(person), self.study.id, person, records)

    def take_back(self, person: str) -> Answer | None:
        """Take a person's newest answer back, so that its trial is asked again.

        Returns:
            The answer; None if there is none.
        """
        standing = self.answers(person)
        if not standing:
            return None
        newest = standing[-1]
        record = {answer_file.TAKE_BACK: newest.trial}
        answer_file.append(self._file(person), self.study.id, newest.person, [record])
        return newest

    def _files(self) -> list[Path]:
        return sorted((self.path / ANSWERS).glob("*.jsonl"))

    def _file(self, person: str) -> Path:
        return self.path / ANSWERS / answer_file.file_name(checked_name(person))


def order(study: Study, person: str) -> list[Shown]:
    """All trials as a person sees them: in an order and with sides that are their own.

    It is the same whenever the person comes back, on every computer.
    """

    def lot(trial: Trial) -> bytes:
        text = f"{study.id}\n{study.seed}\n{person_key(person)}\n{trial.id}"
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    shown = []
    for drawn, trial in sorted(((lot(trial), trial) for trial in study.trials), key=itemgetter(0)):
        sides = (trial.first, trial.second)
        shown.append(Shown(trial, *(sides if drawn[-1] & 1 else sides[::-1])))
    return shown


def find_studies(directory: Path) -> list[Path]:
    """Folders in a directory that hold a study, newest first; none if there is no directory."""
    found = directory.glob(f"[!.]*/{STUDY}") if directory.is_dir() else []
    dated = [(path.stat().st_mtime_ns, path.parent) for path in found]
    return [path for _, path in sorted(dated, reverse=True)]


def _pictures_of(trials: Iterable[Trial]) -> list[Path]:
    """All pictures, each once."""
    paths = [path for t in trials for path in (t.query, t.first_image, t.second_image)]
    return list(dict.fromkeys(paths))


def _with_copies(study: Study, names: Mapping[Path, Path]) -> Study:
    """The study of those trials whose pictures could be copied, with the copies' paths.

    Two files of the library may show the same to the last pixel; then there is nothing to choose.
    """
    trials: list[Trial] = []
    identical = Counter(study.identical)
    for trial in study.trials:
        if not all(path in names for path in _pictures_of([trial])):
            continue
        first, second = names[trial.first_image], names[trial.second_image]
        if first == second:
            identical[trial.second] += 1
            continue
        copies = replace(trial, query=names[trial.query], first_image=first, second_image=second)
        trials.append(copies)
    return replace(study, trials=tuple(trials), identical=dict(identical))


def _copy(
    paths: Sequence[Path], pictures: Path, control: JobControl
) -> tuple[dict[Path, Path], tuple[Failure, ...]]:
    """Copies without names, dates and places: where each is, and what could not be read."""
    names: dict[Path, Path] = {}
    failures: list[Failure] = []
    for done, path in enumerate(paths):
        control.checkpoint()
        control.report("Copying", done, len(paths), len(failures))
        try:
            content = _jpeg(path)
        except DecodeError as error:
            failures.append(Failure(path, str(error)))
            continue
        names[path] = pictures / f"{content_id(content)}.jpg"
        names[path].write_bytes(content)
    control.report("Copying", len(paths), len(paths), len(failures))
    return names, tuple(failures)


def _jpeg(path: Path) -> bytes:
    image = decode(path, min_side=LONGEST)
    image.thumbnail((LONGEST, LONGEST))
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()
