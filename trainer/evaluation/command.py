"""``relsim-train evaluate``: measures a model on unseen subjects, or on held-out pictures."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from engine.models.chosen import ModelRequest
from engine.models.preparation import PREPARATIONS
from engine.models.registry import find_model
from trainer.contrastive.config import EvaluationConfig
from trainer.evaluation.collection import evaluate_collection
from trainer.evaluation.measure import evaluate_model
from trainer.evaluation.report import render, write_report
from trainer.progress import Reporter


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    defaults = EvaluationConfig()
    parser.add_argument(
        "--model", default="relsim-mini", metavar="ID|DIR", help="the model (default: the bundled)"
    )
    parser.add_argument(
        "--collection",
        metavar="SOURCE",
        help="pictures with captions, for any model; else drawn scenes, for a small model",
    )
    parser.add_argument("--images", type=Path, metavar="DIR", help="the pictures of a list")
    parser.add_argument("--limit", type=int, default=2000, help="pictures of it, at most")
    parser.add_argument("--base", metavar="ID|DIR", help="the base of a relsim checkpoint")
    parser.add_argument(
        "--preparation", choices=PREPARATIONS, default="square448", help="of its pictures"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="Markdown page for the figures")
    parser.add_argument("--json", action="store_true", help="one JSON document with all figures")
    parser.add_argument("--subjects", type=int, default=defaults.subjects, help="test subjects")
    parser.add_argument("--unrelated", type=int, default=defaults.unrelated, help="scenes of none")
    parser.add_argument("--seed", type=int, default=defaults.seed, help="of the test scenes")


def run(arguments: argparse.Namespace) -> int:
    """Measure and report."""
    if arguments.collection is not None:
        request = ModelRequest(
            arguments.model, base=arguments.base, preparation=arguments.preparation
        )
        reporter = Reporter(as_json=arguments.json)
        found = evaluate_collection(
            arguments.collection,
            request,
            reporter,
            images=arguments.images,
            limit=arguments.limit,
        )
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        return 0
    config = EvaluationConfig(arguments.subjects, arguments.unrelated, arguments.seed)
    figures = evaluate_model(
        find_model(arguments.model).folder, config, Reporter(as_json=arguments.json)
    )
    command = f"relsim-train evaluate --model {arguments.model} --subjects {config.subjects}"
    command += f" --unrelated {config.unrelated} --seed {config.seed}"
    if arguments.report is not None:
        write_report(arguments.report, figures, command)
    if arguments.json:
        json.dump(figures, sys.stdout, indent=1)
    else:
        sys.stdout.write(render(figures, command))
    sys.stdout.write("\n")
    return 0
