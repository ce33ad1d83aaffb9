"""``relsim models``: list, download, import and remove models from a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.commands.arguments import print_json
from engine.commands.terminal import amount, run_with_progress
from engine.errors import KnownError
from engine.jobs import Cancelled
from engine.models.catalogue import ModelCard, card
from engine.models.manager import ModelManager, ModelStatus
from engine.models.spec import ModelSpec

_STATES = {
    "bundled": "part of the program",
    "installed": "installed",
    "partial": "incomplete",
    "absent": "not installed",
}


def add_models_command(
    commands: argparse._SubParsersAction[Any], common: argparse.ArgumentParser
) -> None:
    """Add the command with its actions to those of ``relsim``."""
    text = "list, download, import and remove models"
    models = commands.add_parser("models", help=text, description=text)
    actions = models.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, run: Callable[..., int | None], text: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(
            name, help=text, description=text, parents=[common]
        )
        sub.set_defaults(run=run)
        return sub

    action("list", _list, "all models with their state, size, licence and need of memory")
    download = action("download", _download, "download a model and what it requires")
    bring = action("import", _import, "copy a model from a folder, without a network")
    remove = action("remove", _remove, "delete a model from this computer")
    for sub in (download, bring, remove):
        sub.add_argument("model_id", metavar="ID", help="as 'relsim models list' names it")
    bring.add_argument("folder", type=Path, metavar="FOLDER")
    for sub in (download, remove):
        sub.add_argument("--yes", action="store_true", help="do not ask")


def _list(arguments: argparse.Namespace) -> None:
    statuses = ModelManager().statuses()
    if arguments.json:
        print_json([_row(status) for status in statuses])
        return
    for status in statuses:
        model = status.card
        if status.state in {"bundled", "installed"}:
            size = amount(status.bytes_on_disk)
        else:
            size = f"about {amount(model.bytes)}"
        if status.state == "partial":
            size += f", {amount(status.bytes_on_disk)} here"
        print(f"{model.id}  ({_STATES[status.state]}, {size})  {_licence(model)}")
        print(f"    {model.summary}")
        needs = [f"{amount(size)} in {name}" for name, size in model.memory.items()]
        print(f"    memory: about {', '.join(needs)}")
        if model.requires:
            lacking = " (not installed)" if status.missing else ""
            print(f"    requires {', '.join(model.requires)}{lacking}")


def _download(arguments: argparse.Namespace) -> int | None:
    manager = ModelManager()
    status = manager.status(arguments.model_id)
    wanted = [*map(card, status.missing)]
    if status.state in {"partial", "absent"}:
        wanted.insert(0, status.card)
    if wanted:
        note = [f"{m.title}: about {amount(m.bytes)}, {_licence(m)}" for m in wanted]
        _ask(arguments, [*note, f"They go to {manager.directory}"], f"Download {status.card.id}?")
    try:
        run_with_progress(
            lambda control: manager.download(status.card.id, control=control),
            quiet=arguments.json,
        )
    except Cancelled:
        print(
            "relsim: cancelled; what has come so far is kept, download again to go on",
            file=sys.stderr,
        )
        return 130
    _done(arguments, manager, "is installed" if wanted else "was installed already")
    return None


def _import(arguments: argparse.Namespace) -> int | None:
    manager = ModelManager()
    model = card(arguments.model_id)
    if model.non_commercial:
        print(f"{model.title}: {_licence(model)}", file=sys.stderr)
    try:
        run_with_progress(
            lambda control: manager.import_folder(model.id, arguments.folder, control=control),
            quiet=arguments.json,
        )
    except Cancelled:
        print("relsim: cancelled; nothing was imported", file=sys.stderr)
        return 130
    _done(arguments, manager, "is installed")
    return None


def _remove(arguments: argparse.Namespace) -> None:
    manager = ModelManager()
    status = manager.status(arguments.model_id)
    if status.state in {"installed", "partial"}:
        size = amount(status.bytes_on_disk)
        _ask(arguments, [], f"Remove {status.card.id} ({size}) from {manager.directory}?")
    manager.remove(arguments.model_id)
    _done(arguments, manager, "was removed")


def _ask(arguments: argparse.Namespace, note: list[str], question: str) -> None:
    """Say what it means, and go on only with consent."""
    if not arguments.yes and not sys.stdin.isatty():
        said = f" ({'; '.join(note)})" if note else ""
        raise KnownError(f"{question} There is no terminal to answer at: say --yes{said}")
    for line in note:
        print(line, file=sys.stderr)
    if arguments.yes:
        return
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise KnownError("nothing was done")


def _licence(model: ModelCard) -> str:
    limit = ", FOR NON-COMMERCIAL USE ONLY" if model.non_commercial else ""
    return f"{model.licence}{limit} ({model.licence_url})"


def _done(arguments: argparse.Namespace, manager: ModelManager, said: str) -> None:
    status = manager.status(arguments.model_id)
    if arguments.json:
        print_json(_row(status))
        return
    print(f"{status.card.id} {said}")
    for missing in status.missing if said == "is installed" else ():
        print(f"    it requires {missing}, which is not installed")


def _row(status: ModelStatus) -> dict[str, Any]:
    model = status.card
    spec = ModelSpec.load(status.folder) if status.folder and model.kind == "bundled" else None
    return {
        "id": model.id,
        "kind": model.kind,
        "title": model.title,
        "summary": model.summary,
        "version": spec.version if spec else None,
        "state": status.state,
        "folder": str(status.folder) if status.folder else None,
        "licence": model.licence,
        "licence_url": model.licence_url,
        "non_commercial": model.non_commercial,
        "bytes": model.bytes,
        "bytes_on_disk": status.bytes_on_disk,
        "memory": dict(model.memory),
        "requires": list(model.requires),
        "missing": list(status.missing),
        "preparation": spec.preparation if spec else None,
        "dimension": spec.relational_dimension if spec else None,
    }
