"""Verbs on comparisons: scores by all models, the history, a matrix, and writing them to files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.analogies import query_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.comparing.scoring import ScoreMatrix
    from engine.service import Engine
    from engine.store.comparisons import PastComparison
    from engine.types import PairScore

MOST = 60
"""Pictures in a matrix."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A comparison of the history, with which of its files are there now."""

    past: PastComparison
    has_a: bool
    has_b: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix as it is shown.

    Attributes:
        scores: What was scored.
        questions: The pictures in the rows of `scores`.
        similar: Its rows, those that are alike side by side.
        is_final: Whether the model that ranks has spoken.
    """

    scores: ScoreMatrix
    questions: tuple[Question, ...]
    similar: tuple[int, ...]
    is_final: bool


def models(jobs: JobRunner, engine: Engine) -> Job:
    """Look which models can score; succeeds with ``list[ScoringModel]``."""

    def work(task: Task) -> object:
        from engine.comparing.scoring import Scoring

        return Scoring(engine).models()

    return jobs.start(work, lane=Lane.QUERY)


def score_by_all(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Score two pictures with every model; posts each `ModelScore`, succeeds with None.

    Reports progress in models; cancelling takes effect between them.
    """

    def work(task: Task) -> None:
        from engine.comparing.scoring import Scoring

        for score in Scoring(engine).by_models(query_of(a), query_of(b), task.control):
            task.post(score)

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def metrics(jobs: JobRunner, engine: Engine) -> Job:
    """Look which metrics could score, ready or not; succeeds with ``list[MetricState]``."""

    def work(task: Task) -> object:
        from engine.comparing.metric_scores import asked_metrics

        return asked_metrics(engine.manager)

    return jobs.start(work, lane=Lane.QUERY)


def score_by_metrics(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Score two pictures with every metric; posts each `MetricScore`, succeeds with None.

    Reports progress in metrics; cancelling takes effect within one picture.
    """

    def work(task: Task) -> None:
        from engine.comparing.scoring import Scoring

        for score in Scoring(engine).by_metrics(query_of(a), query_of(b), task.control):
            task.post(score)

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def read_history(jobs: JobRunner, engine: Engine) -> Job:
    """Read what was compared; succeeds with ``list[Remembered]``, newest first."""

    def work(task: Task) -> list[Remembered]:
        known: dict[Path, bool] = {}

        def is_there(path: Path) -> bool:
            if path not in known:
                known[path] = path.is_file()
            return known[path]

        return [
            Remembered(past, is_there(past.a), is_there(past.b))
            for past in engine.store.comparisons()
        ]

    return jobs.start(work, lane=Lane.JUDGE)


def remember(
    jobs: JobRunner, engine: Engine, pair: tuple[Path, Path], score: PairScore, model: str
) -> Job:
    """Put a comparison into the history; succeeds with its id."""
    return jobs.start(
        lambda task: engine.store.add_comparison(
            pair,
            model,
            relational=score.relational,
            attribute=score.attribute,
            percentile=score.percentile,
        ),
        lane=Lane.JUDGE,
    )


def forget(jobs: JobRunner, engine: Engine, ids: Sequence[int] | None) -> Job:
    """Take comparisons out of the history, or all; succeeds with what was taken out."""
    return jobs.start(lambda task: engine.store.remove_comparisons(ids), lane=Lane.JUDGE)


def bring_back(jobs: JobRunner, engine: Engine, forgotten: Sequence[PastComparison]) -> Job:
    """Undo `forget`; succeeds with None."""
    return jobs.start(lambda task: engine.store.restore_comparisons(forgotten), lane=Lane.JUDGE)


def score_matrix(jobs: JobRunner, engine: Engine, asked: Sequence[Question]) -> Job:
    """Score pictures with one another; succeeds with a `Matrix`.

    Where a large model has to look, the small model's matrix is posted first. Reports progress in
    pictures.
    """
    questions = tuple(asked)  # a person may add to them meanwhile

    def work(task: Task) -> Matrix:
        from engine.comparing.scoring import Scoring

        scoring = Scoring(engine)
        queries = [query_of(question) for question in questions]
        is_prompt = scoring.is_prompt(queries)
        if not is_prompt:
            quick = scoring.matrix(queries, task.control, quick=True)
            task.post(as_shown(quick, is_final=False))
        return as_shown(scoring.matrix(queries, task.control), is_final=True)

    def as_shown(scores: ScoreMatrix, *, is_final: bool) -> Matrix:
        from engine.comparing.seriation import seriate

        shown = tuple(questions[position] for position in scores.positions)
        return Matrix(scores, shown, tuple(seriate(scores.relational)), is_final)

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def gather(jobs: JobRunner, paths: Sequence[Path]) -> Job:
    """Find the pictures among files and directly in folders; succeeds with ``list[Path]``."""

    def work(task: Task) -> list[Path]:
        from engine.imaging import SUPPORTED

        found: dict[Path, None] = {}
        for path in paths:
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
            for one in inside:
                task.control.checkpoint()
                if one.suffix.lower() in SUPPORTED and one.is_file():
                    found[one.absolute()] = None
        return list(found)

    return jobs.start(work, lane=Lane.QUERY)


def write(jobs: JobRunner, make: Callable[[], bytes], path: Path) -> Job:
    """Write what `make` gives to a file, whole or not at all; succeeds with the path.

    Args:
        jobs: Runs the job.
        make: Called in the worker; makes the content.
        path: Where.
    """

    def work(task: Task) -> Path:
        from engine.writing import write_file

        write_file(path, make())
        return path

    return jobs.start(work, lane=Lane.WORK)
