"""``relsim-train relsim``: makes a relational model from its configuration."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from trainer.config import ConfigError, config_digest, load_config, read_toml
from trainer.contrastive.config import MiniConfig
from trainer.progress import Reporter

MINI = "mini"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--config", required=True, metavar="TOML", help="a file, or one that ships: mini, relsim"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="changes",
        help="another value than the file's, such as loop.batch_size=32, or KEY= for the default;"
        " may be repeated",
    )
    parser.add_argument(
        "--run",
        type=Path,
        metavar="DIR",
        help="where the run lives; a killed run goes on there (default: runs/...)",
        dest="folder",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="of recipe mini: the model folder"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="of recipe mini: Markdown page for the figures"
    )
    parser.add_argument("--device", choices=("cuda", "cpu"), help="default: CUDA if there is some")
    parser.add_argument("--json", action="store_true", help="progress as JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Train, export, evaluate."""
    path, content = read_toml(arguments.config)
    recipe = content.get("recipe")
    reporter = Reporter(as_json=arguments.json)
    if recipe == MINI:
        return _run_mini(arguments, reporter)
    if recipe not in ("relsim", "clip", "dino"):
        raise ConfigError(
            f"{path}: recipe must be one of mini, relsim, clip, dino, not {recipe!r};"
            " those of the filter and the captioner are for 'relsim-train filter' and 'captions'"
        )
    if arguments.output is not None or arguments.report is not None:
        raise ConfigError(f"--output and --report are for recipe mini, not for {recipe}")
    from trainer.contrastive.relsim import train_relsim
    from trainer.contrastive.relsim_config import RelsimConfig

    config = load_config(RelsimConfig, arguments.config, arguments.changes)
    folder = arguments.folder or Path("runs") / f"{config.id}-{config_digest(config)}"
    figures = train_relsim(config, folder, reporter, arguments.device)
    if figures:
        sys.stdout.write(json.dumps({"run": str(folder), **figures}, indent=1) + "\n")
    return 0


def _run_mini(arguments: argparse.Namespace, reporter: Reporter) -> int:
    from trainer.contrastive.run import train_mini
    from trainer.evaluation.measure import evaluate_model
    from trainer.evaluation.report import render, write_report

    config = load_config(MiniConfig, arguments.config, arguments.changes)
    folder = arguments.folder or Path("runs") / f"{config.id}-{config_digest(config)}"
    output = arguments.output or folder / "model"
    train_mini(config, folder, output, reporter)
    figures = evaluate_model(output, config.evaluation, reporter)
    command = f"relsim-train relsim --config {arguments.config}"
    if arguments.report is not None:
        write_report(arguments.report, figures, command)
    sys.stdout.write(render(figures, command) + "\n")
    return 0
