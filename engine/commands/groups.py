"""``relsim groups``: what was judged and collected while browsing, as groups for the trainer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.arguments import open_engine, print_json
from engine.commands.terminal import show_groups_report
from engine.errors import QueryError
from engine.judging.judged_groups import GroupsReport, PictureCounts


def add_groups_command(
    commands: argparse._SubParsersAction[Any], common: argparse.ArgumentParser
) -> None:
    """Add the command with its actions to those of ``relsim``."""
    text = "write boards and good analogies as groups of pictures that share one logic"
    groups = commands.add_parser("groups", help=text, description=text)
    actions = groups.add_subparsers(required=True, metavar="ACTION")
    export = actions.add_parser(
        "export", help="write them to a groups file", description=text, parents=[common]
    )
    export.add_argument("--out", type=Path, required=True, metavar="GROUPS.jsonl")
    export.add_argument(
        "--force", action="store_true", help="replace a file that is there, decisions in it and all"
    )
    export.set_defaults(run=_export)


def _export(arguments: argparse.Namespace) -> None:
    out: Path = arguments.out.expanduser()
    if out.exists() and not arguments.force:
        raise QueryError(
            f"{out} is there already, perhaps with decisions about its groups: name another file,"
            " or replace it with --force"
        )
    with open_engine(arguments) as engine:
        report = engine.judgements.export_groups(out)
    if arguments.json:
        print_json(_document(arguments.out, report))
        return
    show_groups_report(arguments.out, report)


def _document(out: Path, report: GroupsReport) -> dict[str, Any]:
    return {
        "out": str(out),
        "groups": report.groups,
        "boards": {
            "found": report.boards,
            "groups": report.from_boards,
            "left_out": list(report.left_out),
            "pictures": _counts(report.on_boards),
        },
        "verdicts": {
            "found": report.good,
            "groups": report.from_verdicts,
            "pictures": _counts(report.in_verdicts),
        },
    }


def _counts(pictures: PictureCounts) -> dict[str, int]:
    return {
        "found": pictures.found,
        "grouped": pictures.grouped,
        "offline": pictures.offline,
        "alone": pictures.alone,
    }
