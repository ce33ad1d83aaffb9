"""``relsim-train relsim``: makes a relational model from its configuration."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trainer.config import config_digest, load_config
from trainer.contrastive.config import MiniConfig
from trainer.contrastive.run import train_mini
from trainer.evaluation.measure import evaluate_model
from trainer.evaluation.report import render, write_report
from trainer.progress import Reporter


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--config", required=True, metavar="TOML", help="a file, or mini.toml, which ships"
    )
    parser.add_argument(
        "--run",
        type=Path,
        metavar="DIR",
        help="where features and checkpoints live; a killed run goes on there (default: runs/...)",
        dest="folder",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="the model folder (default: in the run's)"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="Markdown page for the figures")
    parser.add_argument("--json", action="store_true", help="progress as JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Train, export, evaluate."""
    config = load_config(MiniConfig, arguments.config)
    reporter = Reporter(as_json=arguments.json)
    folder = arguments.folder or Path("runs") / f"{config.id}-{config_digest(config)}"
    output = arguments.output or folder / "model"
    train_mini(config, folder, output, reporter)
    figures = evaluate_model(output, config.evaluation, reporter)
    command = f"relsim-train relsim --config {arguments.config}"
    if arguments.report is not None:
        write_report(arguments.report, figures, command)
    sys.stdout.write(render(figures, command) + "\n")
    return 0
