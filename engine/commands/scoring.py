"""``relsim matrix``, and ``relsim score`` with ``--all-models`` or ``--all``."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.commands.arguments import open_engine, print_json
from engine.commands.metrics import (
    add_metric_argument,
    metric_folders,
    metric_row,
    say_metrics,
)
from engine.commands.terminal import run_with_progress
from engine.comparing.score_tables import matrix_list
from engine.comparing.scoring import ModelScore, ScoreMatrix, Scoring
from engine.comparing.seriation import seriate
from engine.errors import KnownError
from engine.types import Float32
from engine.writing import write_file

if TYPE_CHECKING:
    from engine.comparing.metric_scores import MetricScore


def add_matrix_command(
    commands: argparse._SubParsersAction[Any], common: argparse.ArgumentParser
) -> None:
    """Add ``matrix`` to the commands of ``relsim``."""
    text = "score many pictures with one another, those that are alike side by side"
    matrix = commands.add_parser("matrix", help=text, description=text, parents=[common])
    matrix.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    matrix.add_argument(
        "--csv", type=Path, metavar="F.csv", help="write the pairs as a table, one a line"
    )
    matrix.set_defaults(run=_matrix)


def add_all_models(score: argparse.ArgumentParser) -> None:
    """Let ``relsim score`` ask every installed model; see `score_by_all`."""
    score.add_argument(
        "--all-models",
        action="store_true",
        help="score by each installed model in turn; numbers of two models are not comparable",
    )
    score.add_argument(
        "--all",
        action="store_true",
        help="score by each installed model, and by each metric that is ready",
    )
    add_metric_argument(score)


def score_by_all(arguments: argparse.Namespace) -> int:
    """Run ``relsim score A B --all-models``, or ``--all``.

    Returns:
        0, or 2 if no model could score them, or a metric whose folder was named could not.
    """
    folders = metric_folders(arguments.metric)
    wants_metrics = arguments.all or bool(folders)
    with open_engine(arguments) as engine:
        scoring, pair = Scoring(engine), (arguments.a, arguments.b)
        scores = run_with_progress(
            lambda control: list(scoring.by_models(*pair, control)), quiet=arguments.json
        )
        metrics: list[MetricScore] = []
        if wants_metrics:
            metrics = run_with_progress(
                lambda control: list(scoring.by_metrics(*pair, control, folders=folders)),
                quiet=arguments.json,
            )
    if arguments.json:
        models = [_score(score) for score in scores]
        said = {"models": models, "metrics": [metric_row(score) for score in metrics]}
        print_json(said if wants_metrics else models)
    else:
        for score in scores:
            _say(_line(score))
        say_metrics(metrics)
        kinds = "models and metrics" if metrics else "models"
        _say(f"Numbers of different {kinds} are not comparable; the percentile places a model's.")
    is_scored = any(score.trouble is None for score in scores)
    has_failed = any(score.value is None and score.metric in folders for score in metrics)
    return 0 if is_scored and not has_failed else 2


def _score(score: ModelScore) -> dict[str, Any]:
    return {
        "model": score.model,
        "relational": _rounded(score.relational),
        "attribute": _rounded(score.attribute),
        "percentile": _rounded(score.percentile, 2),
        "seconds": round(score.seconds, 3),
        "trouble": score.trouble,
    }


def _line(score: ModelScore) -> str:
    if score.relational is None:
        return f"{score.model:16}  {score.trouble}"
    parts = [f"{score.model:16}", f"relational {score.relational:+.3f}"]
    if score.attribute is not None:
        parts.append(f"attribute {score.attribute:+.3f}")
    if score.percentile is not None:
        parts.append(f"closer than {score.percentile:.1f}% of pairs")
    return "  ".join([*parts, f"({score.seconds:.1f} s)"])


def _matrix(arguments: argparse.Namespace) -> None:
    images = list(dict.fromkeys(image.expanduser().absolute() for image in arguments.images))
    if len(images) < 2:
        raise KnownError("A matrix needs at least two pictures: name another one")
    with open_engine(arguments) as engine:
        matrix = run_with_progress(
            lambda control: Scoring(engine).matrix(images, control), quiet=arguments.json
        )
    order = seriate(matrix.relational)
    paths = [str(query) for query in matrix.queries]
    if arguments.csv is not None:
        write_file(arguments.csv.expanduser().absolute(), matrix_list(matrix, paths, order))
    if arguments.json:
        print_json(_document(matrix, paths, order))
        return
    _show(matrix, paths, order)
    if arguments.csv is not None:
        _say(f"{len(paths) * (len(paths) - 1) // 2} pairs in {arguments.csv}")


def _document(matrix: ScoreMatrix, paths: list[str], order: list[int]) -> dict[str, Any]:
    return {
        "model": matrix.model,
        "paths": [paths[row] for row in order],
        "descriptions": [matrix.descriptions[row].text for row in order],
        "relational": _rows(matrix.relational, order),
        "attribute": _rows(matrix.attribute, order),
        "percentile": _rows(matrix.percentile, order, 2),
        "failed": [{"path": str(f.path), "reason": f.reason} for f in matrix.failures],
    }


def _show(matrix: ScoreMatrix, paths: list[str], order: list[int]) -> None:
    _say(f"relational scores by {matrix.model}, those that are alike side by side")
    _say("      " + "".join(f"{place:>6}" for place in range(1, len(order) + 1)))
    for place, row in enumerate(order, start=1):
        cells = "".join(f"{matrix.relational[row, column]:+6.2f}" for column in order)
        _say(f"{place:>4}  {cells}  {paths[row]}")
    for failure in matrix.failures:
        _say(f"failed  {failure.path}: {failure.reason}")


def _rows(
    values: Float32 | NDArray[np.float64], order: list[int], digits: int = 6
) -> list[list[float | None]]:
    return [[_rounded(float(values[row, column]), digits) for column in order] for row in order]


def _rounded(value: float | None, digits: int = 6) -> float | None:
    """JSON has no NaN."""
    return None if value is None or math.isnan(value) else round(value, digits)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
