"""``relsim-train filter``: makes a filter, scans pictures with it, and measures it on labels."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from trainer.config import ConfigError, config_digest, load_config, read_toml
from trainer.filter.figures import scan_figures, spoken
from trainer.filter.labels import read_annotations
from trainer.filter.scanning import scan_here
from trainer.filter.scanning_run import ScanSettings, read_scan, run_scan
from trainer.filter.scorer import ScorerSpec
from trainer.progress import Reporter


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _configure_train(commands.add_parser("train", help="make a filter from labelled pictures"))
    _configure_scan(commands.add_parser("scan", help="keep the pictures that show a relation"))
    _configure_report(commands.add_parser("report", help="measure a scan on labels"))
    _configure_measure(
        commands.add_parser("measure", help="measure a filter on the benchmark's hand labels")
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    reporter = Reporter(as_json=arguments.json)
    actions = {"train": _train, "scan": _scan, "report": _report, "measure": _measure}
    action = actions[arguments.action]
    figures = action(arguments, reporter)
    if figures:  # only the main process of several has some
        sys.stdout.write((json.dumps(figures) if arguments.json else spoken(figures)) + "\n")
    return 0


def _configure_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", required=True, metavar="TOML", help="a file, or filter-light.toml, which ships"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="changes",
        help="instead of what the configuration says; may be repeated",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="gets the filter", dest="folder"
    )
    parser.add_argument(
        "--run",
        type=Path,
        metavar="DIR",
        dest="work",
        help="where scenes and checkpoints live; a killed run goes on there (default: runs/...)",
    )
    _add_json(parser)


def _configure_scan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="folder, list, shards or tables")
    parser.add_argument(
        "--filter", type=Path, required=True, metavar="DIR", help="made by filter train"
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        dest="folder",
        help="gets the results; an interrupted scan goes on there",
    )
    parser.add_argument("--images", type=Path, metavar="DIR", help="where a list's pictures lie")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--threshold", type=float, metavar="0..1", help="the lowest score kept")
    which.add_argument("--keep-rate", type=float, metavar="0..1", help="share of pictures to keep")
    parser.add_argument(
        "--sample",
        type=int,
        default=4000,
        metavar="N",
        help="pictures that tell which threshold keeps that share (default: 4000)",
    )
    parser.add_argument(
        "--shard-size",
        type=int,
        default=1000,
        metavar="N",
        help="pictures between two points at which an interrupted scan goes on, where the source"
        " has no shards of its own (default: 1000)",
    )
    parser.add_argument(
        "--address",
        metavar="HOST:PORT",
        help="scan on this Ray cluster, or with 'local' on Ray on this machine",
    )
    parser.add_argument(
        "--threads",
        type=int,
        metavar="N",
        help="processor threads of a shard (default: all, and 1 on Ray)",
    )
    parser.add_argument(
        "--gpus",
        type=float,
        default=0.0,
        metavar="N",
        help="graphics devices of a shard on Ray (default: 0)",
    )
    parser.add_argument("--device", metavar="NAME", help="where a VLM runs, such as cuda or cpu")
    _add_json(parser)


def _configure_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scan", type=Path, metavar="DIR", help="what filter scan made")
    parser.add_argument(
        "--labels",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or JSON lines: key, label, and annotator if there are two",
    )
    parser.add_argument(
        "--keep-rate",
        type=float,
        default=0.1,
        metavar="0..1",
        help="measure precision and recall where this share is kept (default: 0.1)",
    )
    parser.add_argument(
        "--prior", type=float, metavar="0..1", help="share of positives in what is to be scanned"
    )
    parser.add_argument(
        "--wanted", type=int, metavar="N", help="tell how many to scan to keep so many"
    )
    _add_json(parser)


def _configure_measure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="made by filter train")
    parser.add_argument(
        "--keep-rate",
        type=float,
        metavar="0..1",
        help="measure precision and recall where this share is kept (default: the filter's own)",
    )
    parser.add_argument(
        "--threads", type=int, default=1, metavar="N", help="processor threads (default: 1)"
    )
    parser.add_argument("--device", metavar="NAME", help="where a VLM runs, such as cuda or cpu")
    _add_json(parser)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="one JSON document; progress as JSON lines"
    )


def _train(arguments: argparse.Namespace, reporter: Reporter) -> dict[str, Any]:
    path, content = read_toml(arguments.config)
    recipe = content.get("recipe")
    if recipe == "vlm":
        from trainer.filter.vlm_command import train

        return train(
            arguments.config, arguments.changes, arguments.folder, arguments.work, reporter
        )
    if recipe != "light":
        raise ConfigError(f"{path}: recipe must be one of light, vlm, not {recipe!r}")
    from trainer.filter.light_training import LightConfig, train_light_filter

    config = load_config(LightConfig, arguments.config, arguments.changes)
    work = arguments.work or Path("runs") / f"filter-light-{config_digest(config)}"
    return train_light_filter(config, arguments.folder, work, reporter)


def _scan(arguments: argparse.Namespace, reporter: Reporter) -> dict[str, Any]:
    spec = ScorerSpec.read(arguments.filter)
    on_ray = arguments.address is not None
    threads = arguments.threads
    if threads is None:
        threads = 1 if on_ray else os.cpu_count() or 1
    settings = ScanSettings(
        arguments.source,
        arguments.folder,
        images=arguments.images,
        threshold=arguments.threshold,
        keep_rate=arguments.keep_rate,
        sample=arguments.sample,
        shard_size=arguments.shard_size,
        threads=threads,
        device=arguments.device,
    )
    if not on_ray:
        return run_scan(spec, settings, scan_here, reporter)
    from trainer.filter.scanning_ray import RayRunner

    with RayRunner(arguments.address, gpus=arguments.gpus) as runner:
        return run_scan(spec, settings, runner, reporter)


def _report(arguments: argparse.Namespace, _reporter: Reporter) -> dict[str, Any]:
    return scan_figures(
        read_scan(arguments.scan),
        read_annotations(arguments.labels),
        keep_rate=arguments.keep_rate,
        prior=arguments.prior,
        wanted=arguments.wanted,
    )


def _measure(arguments: argparse.Namespace, reporter: Reporter) -> dict[str, Any]:
    from trainer.filter.measuring import measure_filter

    spec = ScorerSpec.read(arguments.folder)
    rate = spec.keep_rate if arguments.keep_rate is None else arguments.keep_rate
    if not 0 < rate <= 1:
        raise KnownError(f"--keep-rate must lie above 0 and at most at 1, not {rate}")
    threads = arguments.threads
    scorer = spec.load(threads=threads, device=arguments.device)
    return measure_filter(scorer, reporter, keep_rate=rate, threads=threads)
