"""``relsim boards``: which boards there are, and taking one away."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import Any

from engine.commands.arguments import open_engine, print_json
from engine.commands.terminal import run_with_progress
from engine.errors import QueryError
from engine.exports.contents import BoardContents, ExportReport, read_contents
from engine.exports.folder import write_folder
from engine.exports.page import PageOptions, write_page
from engine.service import Engine


def add_boards_arguments(boards: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions of ``relsim boards``.

    Args:
        boards: The command's parser.
        common: What every command of a library takes: ``--library``, ``--json`` and so on.
    """
    actions = boards.add_subparsers(required=True, metavar="ACTION", dest="action")
    text = "which boards there are"
    actions.add_parser("list", help=text, description=text, parents=[common])
    text = "take a board away: as one HTML file, as a folder of pictures, or as JSON"
    export = actions.add_parser("export", help=text, description=text, parents=[common])
    export.add_argument("name", metavar="NAME", help="of the board")
    export.add_argument("--html", type=Path, metavar="F.html", help="one file that opens anywhere")
    export.add_argument("--folder", type=Path, metavar="DIR", help="copies, in a new folder")
    export.add_argument("--scores", action="store_true", help="say how well each fits the others")
    export.add_argument("--force", action="store_true", help="replace an HTML file that is there")
    boards.set_defaults(run=run_boards)


def run_boards(arguments: argparse.Namespace) -> None:
    """Do what the arguments say.

    Raises:
        QueryError: If there is no such board, or nothing is to be written.
        KnownError: If something cannot be written.
    """
    with open_engine(arguments) as engine:
        if arguments.action == "list":
            _list(engine, as_json=arguments.json)
        else:
            _export(engine, arguments)


def _list(engine: Engine, *, as_json: bool) -> None:
    boards = engine.judgements.boards()
    if as_json:
        print_json([{"name": b.name, "pictures": len(b.images), "note": b.note} for b in boards])
        return
    for board in boards:
        sys.stdout.write(f"{len(board.images):6,}  {board.name}\n")
    if not boards:
        sys.stdout.write("There are no boards yet; Relsim Desktop makes them.\n")


def _export(engine: Engine, arguments: argparse.Namespace) -> None:
    if arguments.html is None and arguments.folder is None and not arguments.json:
        raise QueryError("Say what the board is to become: --html F.html, --folder DIR, or --json")
    page: Path | None = arguments.html and arguments.html.expanduser().absolute()
    folder: Path | None = arguments.folder and arguments.folder.expanduser().absolute()
    if page is not None and page.exists() and not arguments.force:
        raise QueryError(f"{page} is there already: name another file, or replace it with --force")
    board = engine.judgements.board_named(arguments.name)
    contents = read_contents(engine, board.board_id)
    reports: list[ExportReport] = []
    if page is not None:
        options = PageOptions(scores=arguments.scores)

        def picture(path: Path) -> bytes:
            return engine.thumbnails.get(path) or engine.thumbnails.make(path)

        reports.append(
            run_with_progress(
                lambda control: write_page(contents, page, picture, options, control),
                quiet=arguments.json,
            )
        )
    if folder is not None:
        reports.append(
            run_with_progress(
                lambda control: write_folder(contents, folder, control), quiet=arguments.json
            )
        )
    if arguments.json:
        print_json(_document(contents, reports))
        return
    for report in reports:
        sys.stdout.write(f"{report.pictures:,} pictures in {report.out}\n")
        for missing in report.missing:
            sys.stdout.write(f"  left out: {missing.name}: {missing.reason}\n")


def _document(contents: BoardContents, reports: list[ExportReport]) -> dict[str, Any]:
    return {
        "name": contents.name,
        "note": contents.note,
        "pictures": [
            {
                "path": None if item.path is None else str(item.path),
                "online": item.is_online,
                "caption": item.caption or None,
                "note": item.note,
                "relational": _number(item.relational),
                "percentile": _number(item.percentile),
                "place": None if item.place is None else item.place._asdict(),
            }
            for item in contents.items
        ],
        "written": [
            {
                "out": str(report.out),
                "pictures": report.pictures,
                "missing": [{"name": m.name, "reason": m.reason} for m in report.missing],
            }
            for report in reports
        ],
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
