"""``relsim exclusions``, ``relsim index --exclude`` and what ``relsim doctor`` says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.commands.arguments import open_engine, print_json
from engine.errors import KnownError
from engine.library.exclusions import ExclusionPreview, library_rules, set_library_rules
from engine.library.health import Checkup
from engine.library.health_text import health_document, health_text
from engine.service import Engine


def add_exclude_argument(index: argparse.ArgumentParser) -> None:
    """Let ``relsim index`` add rules to those of the library."""
    index.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="leave out what matches, from now on (gitignore syntax; may be repeated)",
    )


def exclude(engine: Engine, patterns: Sequence[str]) -> None:
    """Add patterns to the library's rules; those that are there already stay once.

    Raises:
        KnownError: If one is no pattern.
    """
    lines = library_rules(engine.store).splitlines()
    added = [pattern for pattern in patterns if pattern not in lines]
    if added:
        set_library_rules(engine.store, "\n".join([*lines, *added]) + "\n")


def add_exclusions_command(
    commands: argparse._SubParsersAction[Any], common: argparse.ArgumentParser
) -> None:
    """Add ``relsim exclusions show|set|preview`` to the commands of ``relsim``."""
    text = "what the library leaves out, in gitignore syntax"
    exclusions = commands.add_parser("exclusions", help=text, description=text)
    actions = exclusions.add_subparsers(required=True, metavar="ACTION")
    show = actions.add_parser("show", help="print the rules", parents=[common])
    show.set_defaults(run=_show)
    for name, run, about in (
        ("set", _set, "replace the rules by those of a file; they hold from the next index on"),
        ("preview", _preview, "say what the rules of a file would hide"),
    ):
        action = actions.add_parser(name, help=about, description=about, parents=[common])
        action.add_argument("file", type=Path, metavar="FILE")
        action.set_defaults(run=run)


def _show(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        text = library_rules(engine.store)
    if arguments.json:
        print_json({"rules": text})
    else:
        sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")


def _set(arguments: argparse.Namespace) -> None:
    text = _read(arguments.file)
    with open_engine(arguments) as engine:
        set_library_rules(engine.store, text)
    if arguments.json:
        print_json({"rules": text})


def _preview(arguments: argparse.Namespace) -> None:
    text = _read(arguments.file)
    with open_engine(arguments) as engine:
        preview = ExclusionPreview(engine.store).count(text)
    if arguments.json:
        print_json({"hidden": preview.hidden, "of": preview.of})
    else:
        first = [f"  {path}" for path in preview.first]
        hides = f"hides {preview.hidden:,} of {preview.of:,}"
        sys.stdout.write("\n".join([hides, *first]) + "\n")


def doctor_document(engine: Engine) -> dict[str, Any]:
    """What ``relsim doctor --json`` says beyond `Engine.health`."""
    return health_document(Checkup(engine).report())


def doctor_text(engine: Engine) -> tuple[str, bool]:
    """What ``relsim doctor`` prints, and whether all is well; reads all of the database."""
    checkup = Checkup(engine)
    report, problems = checkup.report(), checkup.problems()
    text = health_text(report, problems=problems, recall=checkup.recall())
    return text, report.adds_up and not problems


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(f"{file} cannot be read as a text of rules: {error}") from error
