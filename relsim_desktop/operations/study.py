"""Verbs on user studies: listing, making, answering, results, and taking them to other people."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from relsim_desktop.jobs import Job, JobRunner, Lane, Task

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.study.folder import StudyFolder
    from engine.study.importing import ImportReport
    from engine.study.results import Results
    from engine.study.values import Answer, Method, Shown, Study

FOLDER: Final = "studies"
"""Where the studies of a library lie, in its own folder."""

PROMPT_METHODS: Final = frozenset({"relsim-mini", "attribute"})
"""Ids of the methods whose answers every library has; others may have to look at each picture."""

_NAME_LENGTH = 48

ExportKind: TypeAlias = Literal["csv", "json", "svg"]


@dataclass(frozen=True, slots=True)
class StudyOverview:
    """A study in the list.

    Attributes:
        path: Its folder.
        title: What it is called; the folder's name where it cannot be read.
        created: When it was made, in ISO form; empty where it cannot be read.
        trials: How many questions it asks.
        tested: Title of the method under test.
        baselines: Titles of the others.
        answered: How many questions each person has answered.
        trouble: Why it cannot be read; empty if it can.
    """

    path: Path
    title: str
    created: str = ""
    trials: int = 0
    tested: str = ""
    baselines: tuple[str, ...] = ()
    answered: Mapping[str, int] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class StudyRequest:
    """What a person wants to find out.

    Attributes:
        title: Of the study.
        images: Library images that are asked about; None to draw some.
        count: How many are drawn.
        seed: Which are drawn, and in which order they are asked.
        tested: Id of the method under test.
        baselines: Ids of those that it is compared with.
    """

    title: str
    images: tuple[int, ...] | None
    count: int
    seed: int
    tested: str
    baselines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person and one study.

    Attributes:
        path: The study's folder.
        folder: The study.
        person: Who answers.
        left: What is to be asked, in this order.
        given: What the person has answered, oldest first.
        shown: All that the person is asked, by the id of the trial.
    """

    path: Path
    folder: StudyFolder
    person: str
    left: tuple[Shown, ...]
    given: tuple[Answer, ...]
    shown: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class StudyResults:
    """What came out so far."""

    path: Path
    study: Study
    results: Results
    answered: Mapping[str, int]


def list_studies(jobs: JobRunner, engine: Engine, others: Sequence[Path]) -> Job:
    """Look which studies there are; succeeds with ``list[StudyOverview]``, newest first.

    Args:
        jobs: Runs the job.
        engine: The library; its own studies are found.
        others: Folders of studies elsewhere.
    """

    def work(task: Task) -> list[StudyOverview]:
        from engine.study.folder import find_studies

        paths = dict.fromkeys([*find_studies(engine.library_dir / FOLDER), *others])
        overviews = []
        for path in paths:
            task.control.checkpoint()
            overviews.append(_overview(path))
        return sorted(overviews, key=lambda one: (one.created, one.title), reverse=True)

    return jobs.start(work, lane=Lane.JUDGE)


def check(jobs: JobRunner, path: Path) -> Job:
    """Look whether a folder holds a study; succeeds with its path, or fails with why not."""

    def work(task: Task) -> Path:
        from engine.study.folder import StudyFolder

        StudyFolder.open(path)
        return path

    return jobs.start(work, lane=Lane.JUDGE)


def methods(jobs: JobRunner, engine: Engine) -> Job:
    """Look which methods can be compared; succeeds with ``list[Method]``."""

    def work(task: Task) -> list[Method]:
        from engine.study.making import study_methods

        return study_methods(engine)

    return jobs.start(work, lane=Lane.QUERY)


def make(jobs: JobRunner, engine: Engine, request: StudyRequest) -> Job:
    """Make a study in the library's own folder; succeeds with the path of its folder.

    Reports progress; cancelled or failed, it leaves nothing.
    """

    def work(task: Task) -> Path:
        from engine.study.folder import StudyFolder
        from engine.study.making import make_study

        study = make_study(
            engine,
            title=request.title,
            queries=request.images,
            count=request.count,
            seed=request.seed,
            tested=request.tested,
            baselines=request.baselines,
            control=task.control,
        )
        path = _free(engine.library_dir / FOLDER, request.title)
        StudyFolder.create(path, study, task.control)
        return path

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def sit_down(jobs: JobRunner, path: Path, person: str) -> Job:
    """Find out what somebody is to be asked; succeeds with a `Sitting`."""

    def work(task: Task) -> Sitting:
        from engine.study.folder import StudyFolder, order

        folder = StudyFolder.open(path)
        shown = {one.trial.id: one for one in order(folder.study, person)}
        given = tuple(one for one in folder.answers(person) if one.trial in shown)
        done = {answer.trial for answer in given}
        left = tuple(one for trial, one in shown.items() if trial not in done)
        name = given[0].person if given else person  # as it was written the first time
        return Sitting(path, folder, name, left, given, shown)

    return jobs.start(work, lane=Lane.JUDGE)


def record(jobs: JobRunner, folder: StudyFolder, answer: Answer) -> Job:
    """Keep an answer; succeeds with None once it is on disk."""
    return jobs.start(lambda task: folder.record(answer), lane=Lane.JUDGE)


def take_back(jobs: JobRunner, folder: StudyFolder, person: str) -> Job:
    """Forget somebody's last answer; succeeds with it, or None."""
    return jobs.start(lambda task: folder.take_back(person), lane=Lane.JUDGE)


def read_results(jobs: JobRunner, path: Path) -> Job:
    """Work out what came out; succeeds with a `StudyResults`."""

    def work(task: Task) -> StudyResults:
        from engine.study.folder import StudyFolder
        from engine.study.results import results

        folder = StudyFolder.open(path)
        answers = folder.answers()
        return StudyResults(
            path, folder.study, results(folder.study, answers), _answered(folder, answers)
        )

    return jobs.start(work, lane=Lane.QUERY)


def export(jobs: JobRunner, path: Path, kind: ExportKind, out: Path) -> Job:
    """Write answers (CSV, JSON) or the chart (SVG); succeeds with the file."""

    def work(task: Task) -> Path:
        from engine.study.chart import chart_svg
        from engine.study.export import answers_csv, answers_document
        from engine.study.folder import StudyFolder
        from engine.study.results import results
        from engine.writing import write_file

        folder = StudyFolder.open(path)
        study, answers = folder.study, folder.answers()
        if kind == "svg":
            content = chart_svg(results(study, answers)).encode()
        elif kind == "csv":
            content = answers_csv(study, answers)
        else:
            content = json.dumps(answers_document(study, answers), indent=2).encode()
        write_file(out, content)
        return out

    return jobs.start(work, lane=Lane.WORK)


def write_page(jobs: JobRunner, path: Path, out: Path) -> Job:
    """Write a study as one web page that anybody can answer; succeeds with the file."""

    def work(task: Task) -> Path:
        from engine.study.folder import StudyFolder
        from engine.study.page import write_page

        write_page(StudyFolder.open(path), out, task.control)
        return out

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def import_answers(jobs: JobRunner, path: Path, files: Sequence[Path]) -> Job:
    """Take in answers that were given on the web page; succeeds with ``list[ImportReport]``."""

    def work(task: Task) -> list[ImportReport]:
        from engine.study.folder import StudyFolder
        from engine.study.importing import import_answers

        folder = StudyFolder.open(path)
        reports = []
        for file in files:
            task.control.checkpoint()
            reports.append(import_answers(folder, file))
        return reports

    return jobs.start(work, lane=Lane.JUDGE)


def _overview(path: Path) -> StudyOverview:
    from engine.errors import KnownError
    from engine.study.folder import StudyFolder

    try:
        folder = StudyFolder.open(path)
        study, answered = folder.study, _answered(folder, folder.answers())
    except KnownError as error:
        return StudyOverview(path, path.name, trouble=error.in_window)
    return StudyOverview(
        path,
        study.title,
        study.created,
        len(study.trials),
        study.title_of(study.tested),
        tuple(method.title for method in study.baselines),
        answered,
    )


def _answered(folder: StudyFolder, answers: Sequence[Answer]) -> dict[str, int]:
    counts = dict.fromkeys(folder.people(), 0)
    for answer in answers:
        counts[answer.person] = counts.get(answer.person, 0) + 1
    return counts


def _free(folder: Path, title: str) -> Path:
    """A folder that is not there yet, named after the title."""
    words = re.sub(r"[^\w]+", "-", title.casefold()).strip("-_")[:_NAME_LENGTH].strip("-_")
    name = words or "study"
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{name}-{number}", number + 1
    return path
