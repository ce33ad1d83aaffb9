"""``relsim metrics list``, and how ``relsim score --all`` tells what metrics say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.commands.arguments import print_json
from engine.errors import KnownError
from engine.metrics.specs import METRICS, metric_spec
from engine.models.manager import ModelManager

if TYPE_CHECKING:
    from engine.comparing.metric_scores import MetricScore
    from engine.metrics.catalogue import MetricState

_DIRECTION = {"high": "high is close", "low": "low is close"}


def add_metrics_command(
    commands: argparse._SubParsersAction[Any], output: argparse.ArgumentParser
) -> None:
    """Add ``metrics`` with its actions to the commands of ``relsim``."""
    text = "the metrics that pictures can be scored by"
    metrics = commands.add_parser("metrics", help=text, description=text)
    actions = metrics.add_subparsers(required=True, metavar="ACTION")
    text = "all metrics: what they measure, which way, and whether they are ready"
    shown = actions.add_parser("list", help=text, description=text, parents=[output])
    add_metric_argument(shown)
    shown.set_defaults(run=_list)


def add_metric_argument(parser: argparse.ArgumentParser) -> None:
    """Let a person say where the weights of metrics lie; see `metric_folders`."""
    parser.add_argument(
        "--metric",
        action="append",
        default=[],
        metavar="ID=FOLDER",
        help="where the weights of a metric lie; may be said more than once",
    )


def metric_folders(said: Sequence[str]) -> dict[str, Path]:
    """What ``--metric ID=FOLDER`` says.

    Raises:
        KnownError: If there is no such metric or folder.
    """
    folders = {}
    for one in said:
        metric, equals, folder = one.partition("=")
        if not equals or not folder:
            raise KnownError(f"--metric {one}: write ID=FOLDER, for example clip-tuned=runs/clip")
        if metric_spec(metric) is None:
            known = ", ".join(spec.id for spec in METRICS)
            raise KnownError(f"--metric {one}: there is no metric {metric!r}; known: {known}")
        folders[metric] = Path(folder).expanduser().absolute()
        if not folders[metric].is_dir():
            raise KnownError(f"--metric {one}: {folder} is not a folder")
    return folders


def metric_row(score: MetricScore) -> dict[str, Any]:
    """A score as it stands in JSON."""
    return {
        "metric": score.metric,
        "title": score.title,
        "measures": score.measures,
        "closer": score.closer,
        "value": None if score.value is None else round(score.value, 6),
        "seconds": round(score.seconds, 3),
        "ready": score.is_ready,
        "trouble": score.trouble,
    }


def say_metrics(scores: Sequence[MetricScore]) -> None:
    """Print what metrics said, then which of them are not ready, and why."""
    for score in scores:
        if not score.is_ready:
            continue
        said = score.trouble
        if score.value is not None:
            direction = _DIRECTION[score.closer]
            said = f"{score.value:+.3f}  {direction}, of {_object(score.measures)}"
            said += f"  ({score.seconds:.1f} s)"
        _say(f"{score.metric:16}  {said}")
    for score in scores:
        if not score.is_ready:
            _say(f"{score.metric:16}  not ready: {score.trouble}")


def _list(arguments: argparse.Namespace) -> None:
    from engine.metrics.catalogue import metric_states  # with all that models need

    folders = metric_folders(arguments.metric)
    states = metric_states(ModelManager(), folders)
    if arguments.json:
        print_json([_row(state, folders) for state in states])
        return
    for state in states:
        spec = state.spec
        paper = "" if spec.paper is None else f", {spec.paper:.2f} in the paper"
        ready = "ready" if state.is_ready else "not ready"
        _say(f"{spec.id}  ({ready}; {_DIRECTION[spec.closer]}, of {_object(spec.measures)}{paper})")
        _say(f"    {spec.title}: {spec.summary}")
        _say(f"    {spec.source}; {spec.licence}; {spec.range}")
        if state.problem is not None:
            _say(f"    {state.problem}")


def _row(state: MetricState, folders: Mapping[str, Path]) -> dict[str, Any]:
    spec = state.spec
    folder = folders.get(spec.id)
    return {
        "id": spec.id,
        "title": spec.title,
        "summary": spec.summary,
        "measures": spec.measures,
        "closer": spec.closer,
        "range": spec.range,
        "source": spec.source,
        "licence": spec.licence,
        "extra": spec.extra,
        "models": list(spec.models),
        "paper": spec.paper,
        "ready": state.is_ready,
        "problem": state.problem,
        "folder": None if folder is None else str(folder),
    }


def _object(measures: str) -> str:
    return "relations" if measures == "relational" else "looks"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
