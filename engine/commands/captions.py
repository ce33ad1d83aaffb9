"""``relsim captions``: have pictures of the library described, or describe them oneself."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.captioning import CaptionReport
from engine.commands.arguments import open_engine, print_json
from engine.commands.terminal import run_with_progress, show_description
from engine.errors import KnownError, QueryError
from engine.imaging import load, naming
from engine.service import Engine
from engine.types import Description


def add_captions_command(
    commands: argparse._SubParsersAction[Any], common: argparse.ArgumentParser
) -> None:
    """Add the command with its actions to those of ``relsim``."""
    text = "describe pictures of the library with the captioner, or in your own words"
    captions = commands.add_parser("captions", help=text, description=text)
    actions = captions.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, run: Callable[..., None], text: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(
            name, help=text, description=text, parents=[common]
        )
        sub.set_defaults(run=run)
        return sub

    action("fill", _fill, "let the captioner describe what it has not described yet")
    again = action("again", _again, "let the captioner describe pictures anew, in other words")
    change = action("set", _set, "describe a picture in your own words; slots go in {Braces}")
    pins = [
        action("pin", _pin, "keep the descriptions of pictures from being replaced"),
        action("unpin", _pin, "let the descriptions of pictures be replaced again"),
    ]
    remove = action("remove", _remove, "forget your own words; the automatic description shows")
    for sub, pinned in zip(pins, (True, False), strict=True):
        sub.set_defaults(pinned=pinned)
    for sub in (again, remove, *pins):
        sub.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    again.add_argument("--seed", type=int, default=1, help="of the chance in it (default 1)")
    change.add_argument("image", type=Path, metavar="IMAGE")
    change.add_argument("text", metavar="TEXT")


def _fill(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        report = run_with_progress(
            lambda control: engine.descriptions.fill(control=control), quiet=arguments.json
        )
    _show_report(arguments, report)


def _again(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        image_ids = [_image_id(engine, path) for path in arguments.images]
        report = run_with_progress(
            lambda control: engine.descriptions.fill(
                image_ids, seed=arguments.seed, control=control
            ),
            quiet=arguments.json,
        )
        described = [(path, engine.describe(path)) for path in arguments.images]
    if report.failed:
        raise KnownError(f"{report.failed[0].path}: {report.failed[0].reason}")
    _show(arguments, described)


def _set(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        image_id = _image_id(engine, arguments.image)
        _show(arguments, [(arguments.image, engine.descriptions.set(image_id, arguments.text))])


def _pin(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        described = [
            (path, engine.descriptions.pin(_image_id(engine, path), arguments.pinned))
            for path in arguments.images
        ]
    _show(arguments, described)


def _remove(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        described = []
        for path in arguments.images:
            engine.descriptions.remove(_image_id(engine, path))
            described.append((path, engine.describe(path)))
    _show(arguments, described)


def _image_id(engine: Engine, path: Path) -> int:
    with naming(path):
        image_id = engine.store.image_of(load(path.expanduser().absolute())[0])
    if image_id is None:
        raise QueryError(f"{path} is not in the library: index it first")
    return image_id


def _show_report(arguments: argparse.Namespace, report: CaptionReport) -> None:
    if arguments.json:
        failed = [{"path": str(f.path), "reason": f.reason} for f in report.failed]
        print_json({"captioned": report.captioned, "failed": failed})
        return
    print(f"{report.captioned:,} described, {len(report.failed):,} failed")
    for failure in report.failed:
        print(f"  failed  {failure.path}: {failure.reason}")


def _show(arguments: argparse.Namespace, described: list[tuple[Path, Description]]) -> None:
    if arguments.json:
        print_json(
            [
                {
                    "path": str(path),
                    "description": description.text,
                    "source": description.source,
                    "pinned": description.pinned,
                }
                for path, description in described
            ]
        )
        return
    for path, description in described:
        show_description(path, description)
