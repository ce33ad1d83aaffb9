"""``relsim-train evaluate``: on unseen subjects, held-out pictures, the benchmark, or outputs."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from engine.models.chosen import ModelRequest
from engine.models.preparation import PREPARATIONS
from engine.models.registry import DEFAULT_MODEL, find_model
from trainer.contrastive.config import EvaluationConfig
from trainer.evaluation.collection import evaluate_collection
from trainer.evaluation.measure import evaluate_model
from trainer.evaluation.report import render, write_report
from trainer.progress import Reporter

_LIMIT = 2000
_WITH_COLLECTION = ("images", "limit")
_WITH_SUITE = ("part", "relations", "plots")
_WITH_SCENES = ("seed",)
_WITH_DRAWN = ("subjects", "unrelated")
_WITH_REPORT = ("report",)
_WITH_GENERATION = ("triplets", "lpips", "clip")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    defaults = EvaluationConfig()
    parser.add_argument(
        "--model",
        action="append",
        metavar="ID|DIR",
        help="the model (default: the bundled); several times with --suite",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--collection",
        metavar="SOURCE",
        help="pictures with captions, for any model; else drawn scenes, for a small model",
    )
    what.add_argument(
        "--suite",
        choices=["relbench", "generation"],
        help="the benchmark, for any models; or what generators made, by any metrics",
    )
    parser.add_argument(
        "--triplets",
        type=Path,
        action="append",
        metavar="F.jsonl",
        help="what generators made: input, instruction, output a line; several times if need be",
    )
    parser.add_argument("--lpips", type=Path, metavar="DIR", help="where the weights of LPIPS are")
    parser.add_argument("--clip", type=Path, metavar="DIR", help="where the weights of CLIP are")
    parser.add_argument("--images", type=Path, metavar="DIR", help="the pictures of a list")
    parser.add_argument(
        "--limit", type=int, help=f"pictures of a collection, at most (default: {_LIMIT})"
    )
    parser.add_argument(
        "--part", choices=["drawn", "real", "both"], help="of the benchmark (default: both)"
    )
    parser.add_argument(
        "--relations", metavar="A,B", help="draw these only; figures are not comparable then"
    )
    parser.add_argument("--base", metavar="ID|DIR", help="the base of a relsim checkpoint")
    parser.add_argument(
        "--preparation", choices=PREPARATIONS, default="square448", help="of its pictures"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="Markdown page for the figures")
    parser.add_argument(
        "--plots", type=Path, metavar="DIR", help="folder for the benchmark's plots"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document with all figures")
    parser.add_argument(
        "--subjects",
        type=int,
        help=f"test subjects (default: {defaults.subjects}; 16 in the benchmark)",
    )
    parser.add_argument(
        "--unrelated", type=int, help=f"scenes of none (default: {defaults.unrelated})"
    )
    parser.add_argument(
        "--seed",
        type=int,
        help=f"of the test scenes (default: {defaults.seed}; fixed in the benchmark)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Measure and report."""
    reporter = Reporter(as_json=arguments.json)
    if arguments.suite == "generation":
        others = _WITH_COLLECTION + _WITH_SCENES + _WITH_DRAWN + _WITH_SUITE
        _refuse(arguments, "--suite generation", others)
        if arguments.preparation != "square448":
            raise KnownError("--preparation has no meaning for --suite generation")
        _generation(arguments, reporter)
        return 0
    _refuse(arguments, "anything but --suite generation", _WITH_GENERATION)
    if arguments.suite is not None:
        _refuse(arguments, "--suite", _WITH_COLLECTION + _WITH_SCENES)
        _suite(arguments, reporter)
        return 0
    if arguments.collection is not None:
        wrong = _WITH_SUITE + _WITH_SCENES + _WITH_DRAWN + _WITH_REPORT
        _refuse(arguments, "--collection", wrong)
        text = json.dumps(_collection(arguments, reporter), indent=1)
    else:
        _refuse(arguments, "scenes of test subjects", _WITH_COLLECTION + _WITH_SUITE)
        text = _scenes(arguments, reporter)
    sys.stdout.write(text + "\n")
    return 0


def _refuse(arguments: argparse.Namespace, where: str, names: tuple[str, ...]) -> None:
    """Name the options that were given and would do nothing."""
    given = [f"--{name}" for name in names if getattr(arguments, name) is not None]
    if given:
        raise KnownError(f"{', '.join(given)} has no meaning for {where}")


def _models(arguments: argparse.Namespace) -> list[str]:
    return arguments.model or [DEFAULT_MODEL]


def _only_model(arguments: argparse.Namespace) -> str:
    models = _models(arguments)
    if len(models) > 1:
        raise KnownError("Only --suite measures several models at once")
    return models[0]


def _set(arguments: argparse.Namespace, *names: str) -> dict[str, Any]:
    """The options of these names that were given."""
    values = {name: getattr(arguments, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _collection(arguments: argparse.Namespace, reporter: Reporter) -> dict[str, Any]:
    request = ModelRequest(
        _only_model(arguments), base=arguments.base, preparation=arguments.preparation
    )
    limit = _LIMIT if arguments.limit is None else arguments.limit
    return evaluate_collection(
        arguments.collection, request, reporter, images=arguments.images, limit=limit
    )


def _scenes(arguments: argparse.Namespace, reporter: Reporter) -> str:
    model = _only_model(arguments)
    config = EvaluationConfig(**_set(arguments, "subjects", "unrelated", "seed"))
    figures = evaluate_model(find_model(model).folder, config, reporter)
    command = f"relsim-train evaluate --model {model} --subjects {config.subjects}"
    command += f" --unrelated {config.unrelated} --seed {config.seed}"
    if arguments.report is not None:
        write_report(arguments.report, figures, command)
    return json.dumps(figures, indent=1) if arguments.json else render(figures, command)


def _suite(arguments: argparse.Namespace, reporter: Reporter) -> None:
    from trainer.relbench.drawn import DrawnPlan
    from trainer.relbench.report import render_suite, write_suite_report
    from trainer.relbench.suite import Part, run_suite

    part: Part = arguments.part or "both"
    drawn = _set(arguments, "subjects", "unrelated")
    if arguments.relations is not None:
        drawn["relations"] = tuple(arguments.relations.split(","))
    if part == "real":
        _refuse(arguments, "the real part", (*_WITH_DRAWN, "relations"))
    requests = [
        ModelRequest(model, base=arguments.base, preparation=arguments.preparation)
        for model in _models(arguments)
    ]
    figures = run_suite(part, requests, DrawnPlan(**drawn), reporter)
    command = _suite_command(arguments, part)
    text = json.dumps(figures, indent=1) if arguments.json else render_suite(figures, command)
    sys.stdout.write(text + "\n")  # first: what took minutes is not lost to a page nobody may write
    if arguments.report is not None:
        write_suite_report(arguments.report, figures, command)
    if arguments.plots is not None:
        from trainer.relbench.plots import write_plots

        write_plots(arguments.plots, figures)


def _generation(arguments: argparse.Namespace, reporter: Reporter) -> None:
    from trainer.generation.measuring import ATTRIBUTE, MetricRequest, measure_triplets
    from trainer.generation.report import render_generation, write_generation_report
    from trainer.generation.triplets import read_triplets

    if not arguments.triplets:
        raise KnownError("--suite generation measures triplets: name a file with --triplets")
    looks = {"lpips": arguments.lpips, "clip-i": arguments.clip, ATTRIBUTE: None}
    models = _models(arguments)
    requests = [
        *(MetricRequest(name, folder, must=folder is not None) for name, folder in looks.items()),
        *(MetricRequest(model, base=arguments.base, must=True) for model in models),
    ]
    triplets = [triplet for path in arguments.triplets for triplet in read_triplets(path)]
    figures = measure_triplets(triplets, requests, reporter)
    words = ["relsim-train", "evaluate", "--suite", "generation"]
    for path in arguments.triplets:
        words += ["--triplets", str(path)]
    for name, value in _set(arguments, "lpips", "clip", "base").items():
        words += [f"--{name}", str(value)]
    for model in models:
        words += ["--model", model]
    command = shlex.join(words)
    text = json.dumps(figures, indent=1) if arguments.json else render_generation(figures, command)
    sys.stdout.write(text + "\n")
    if arguments.report is not None:
        write_generation_report(arguments.report, figures, command)


def _suite_command(arguments: argparse.Namespace, part: str) -> str:
    """What measures the same again."""
    words = ["relsim-train", "evaluate", "--suite", "relbench", "--part", part]
    for model in _models(arguments):
        words += ["--model", model]
    for name, value in _set(arguments, "base", "subjects", "unrelated", "relations").items():
        words += [f"--{name}", str(value)]
    if arguments.preparation != "square448":
        words += ["--preparation", arguments.preparation]
    return shlex.join(words)
