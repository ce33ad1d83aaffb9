"""``relsim map``: the groups of a library by logic."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from engine.commands.arguments import print_json
from engine.commands.terminal import run_with_progress
from engine.errors import QueryError
from engine.mapping.groups import MapGroupsReport, export_map_groups
from engine.mapping.maker import MapMaker
from engine.mapping.values import LibraryMap, MapGroup
from engine.service import Engine

_SHOWN = 3


def add_map_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `run_map` reads, beside ``--json``."""
    parser.add_argument("--anew", action="store_true", help="make the groups anew")
    parser.add_argument(
        "--groups",
        type=Path,
        metavar="GROUPS.jsonl",
        help="also write the groups to a file, for the trainer",
    )


def run_map(engine: Engine, arguments: argparse.Namespace) -> None:
    """Print the groups of the library, the largest first.

    Raises:
        QueryError: If the library is empty, or the file of ``--groups`` is there already.
    """
    out: Path | None = arguments.groups
    if out is not None and out.expanduser().exists():
        raise QueryError(f"{out} is there already: name another file, or remove it")
    made = run_with_progress(
        lambda control: MapMaker(engine).make(control, anew=arguments.anew), quiet=arguments.json
    )
    report = None if out is None else export_map_groups(engine, made.groups, out.expanduser())
    if arguments.json:
        print_json(_document(engine, made, report))
        return
    lines = _lines(engine, made)
    if report is not None:
        lines.append(f"{report.groups:,} groups in {out}")
    sys.stdout.write("\n".join(lines) + "\n")


def _document(engine: Engine, made: LibraryMap, report: MapGroupsReport | None) -> dict[str, Any]:
    paths = engine.store.paths_of(
        [image for group in made.groups for image in group.members.tolist()] + made.rest.tolist()
    )

    def listed(image_ids: list[int]) -> list[str]:
        return [str(paths[image]) for image in image_ids if image in paths]

    document: dict[str, Any] = {
        "model": made.model,
        "images": made.images,
        "groups": [
            {
                "name": group.name.text,
                "confidence": round(group.name.confidence, 4),
                "source": group.name.source,
                "images": len(group),
                "cover": listed(list(group.cover)),
                "paths": listed(group.members.tolist()),
            }
            for group in made.groups
        ],
        "no_clear_group": {"images": len(made.rest), "paths": listed(made.rest.tolist())},
    }
    if report is not None:
        document["exported"] = report.groups
    return document


def _lines(engine: Engine, made: LibraryMap) -> list[str]:
    lines = []
    for group in made.groups:
        lines.append(f"{len(group):>7,}  {_name(group)}")
        cover = group.cover[:_SHOWN]
        paths = engine.store.paths_of(list(cover))
        lines += [f"         {paths[image]}" for image in cover if image in paths]
    lines.append(f"{len(made.rest):>7,}  in no clear group")
    lines.append(f"{made.images:>7,}  images, {len(made.groups):,} groups  ({made.model})")
    return lines


def _name(group: MapGroup) -> str:
    if group.name.text is None:
        return f"unnamed group {group.number + 1}"
    return f"{group.name.text}  ({group.name.confidence:.0%} sure)"
