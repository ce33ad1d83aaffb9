"""``relsim-train reproduce``: the paper's pipeline, one command."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from engine.errors import KnownError
from trainer.captions.watching import watch
from trainer.config import CONFIGS
from trainer.progress import Reporter
from trainer.reproduce.checking import check_words
from trainer.reproduce.config import SCALES, SmallConfig, read_config
from trainer.reproduce.plan import Plan
from trainer.reproduce.runner import Runner

_LANES = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--run",
        type=Path,
        default=Path("runs") / "reproduce",
        metavar="DIR",
        dest="folder",
        help="where all of it lies; the same command goes on there (default: runs/reproduce)",
    )
    parser.add_argument(
        "--scale",
        choices=sorted(SCALES, reverse=True),
        default="small",
        help="small: drawn scenes, tiny models, two cores; full: the paper's (default: small)",
    )
    parser.add_argument("--config", metavar="TOML", help="settings (default: those of the scale)")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="changes",
        help="instead of what the configuration says; may be repeated",
    )
    parser.add_argument(
        "--only", metavar="A,B", help="these stages, whose needs are done; see --dry-run"
    )
    parser.add_argument(
        "--lanes", type=int, metavar="N", help="stages side by side (default: 2; full: 1)"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")
    parser.add_argument("--json", action="store_true", help="one JSON document at the end")
    full = parser.add_argument_group("with --scale full")
    full.add_argument("--pictures", type=Path, metavar="SOURCE", help="what is filtered")
    full.add_argument(
        "--labelled", type=Path, metavar="SOURCE", help="what was labelled (default: --pictures)"
    )
    full.add_argument("--labels", type=Path, metavar="FILE", help="of people, for the filter")
    full.add_argument("--base", metavar="ID|DIR", help="Qwen2.5-VL (default: as configured)")
    full.add_argument(
        "--accelerators", type=int, default=1, metavar="N", help="to train with (default: 1)"
    )
    full.add_argument(
        "--accept", action="store_true", help="accept anonymous captions in a person's stead"
    )
    full.add_argument("--without", metavar="A,B", help="leave out no-filter, clip, dino or judge")
    full.add_argument(
        "--conventional", action="store_true", help="the pictures have conventional captions"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it, or say what would be done."""
    if arguments.lanes is not None and arguments.lanes < 1:
        raise KnownError("--lanes must be 1 or more")
    only = tuple(filter(None, (arguments.only or "").split(",")))
    folder = arguments.folder.expanduser().absolute()
    runner = Runner(_plan(arguments), folder, _say, only=only)
    left = {stage.name for stage in runner.left()}
    if left:
        check_words(runner.plan)
    if arguments.dry_run:
        _print(_outline(runner.plan, left, only, as_json=arguments.json))
        return 0
    if not left:
        _say("Everything is done already")
    began = time.monotonic()
    done = watch(runner.run, Reporter.silent())
    minutes = (time.monotonic() - began) / 60
    document = {"run": str(folder), "done": done, "minutes": round(minutes, 1)}
    if arguments.json:
        _print(json.dumps(document, indent=1))
    else:
        _print(f"{len(done)} stages done in {minutes:.0f} min: {folder}")
    return 0


def _plan(arguments: argparse.Namespace) -> Plan:
    name = arguments.config or CONFIGS / f"{SCALES[arguments.scale]}.toml"
    config = read_config(name, arguments.changes)
    if isinstance(config, SmallConfig):
        from trainer.reproduce.small import small_plan

        return small_plan(config, arguments.lanes or min(_LANES, os.cpu_count() or 1))
    from trainer.reproduce.full import FullRequest, full_plan

    request = FullRequest.of(arguments)
    return full_plan(config, request, arguments.lanes or 1)


def _outline(plan: Plan, left: set[str], only: tuple[str, ...], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(
            [
                {
                    "name": stage.name,
                    "title": stage.title,
                    "command": stage.spoken(),
                    "needs": stage.needs,
                    "minutes": stage.minutes,
                    "done": stage.name not in left,
                }
                for stage in plan.stages
            ],
            indent=1,
        )
    lines = []
    for stage in plan.stages:
        minutes = f"{stage.minutes:g} min" if stage.minutes else ""
        lines += [f"{stage.name:<24}{minutes if stage.name in left else 'done':<10}{stage.title}"]
        lines += [f"{'':<24}{stage.spoken()}"]
    if total := plan.minutes(sorted(left.intersection(only) if only else left)):
        lines.append(f"About {total:.0f} min, {plan.lanes} stages side by side, on an idle machine")
    return "\n".join(lines)


def _say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
