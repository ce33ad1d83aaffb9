"""``relsim-train data``: look at a collection, split it, or fetch what a list of URLs names."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

from engine.commands.terminal import amount
from engine.errors import KnownError
from trainer.data.checking import LEAST_SIDE, verify
from trainer.data.collection import read_collection
from trainer.data.drops import Drops
from trainer.data.fetch import FetchSettings, fetch
from trainer.data.fetch_plan import PLAN, FetchReport, read_report
from trainer.data.inside import write_list
from trainer.data.records import FIELDS, Collection
from trainer.data.shard_writing import FETCHED
from trainer.data.splitting import Whole, split
from trainer.data.unpacking import LIST, unpack
from trainer.data.web import WebSettings
from trainer.progress import Reporter

_EXAMPLES: Final = 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help="say what a source holds, and what is dropped and why")
    _add_source(show)
    show.add_argument("--verify", action="store_true", help="decode every picture, too")
    show.add_argument("--drops", type=Path, metavar="FILE", help="list every drop in JSON lines")
    _configure_fetch(verbs.add_parser("fetch", help="fetch the pictures of a list of URLs"))
    divide = verbs.add_parser("split", help="write two lists: for training, and held out")
    _add_source(divide)
    divide.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the lists")
    divide.add_argument("--share", type=float, default=0.13, help="to hold out (default 0.13)")
    divide.add_argument("--seed", type=int, default=0, help="another seed, another choice")
    divide.add_argument(
        "--whole",
        action="append",
        choices=get_args(Whole),
        help="keep what shares one together (default: group)",
    )
    loose = verbs.add_parser("unpack", help="write pictures of shards and tables as files")
    _add_source(loose, verifies=False)
    loose.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the files")
    for verb in verbs.choices.values():
        verb.add_argument("--json", action="store_true", help="print one JSON document at the end")


def _add_source(parser: argparse.ArgumentParser, *, verifies: bool = True) -> None:
    parser.add_argument("source", metavar="SOURCE", help="folder, list, shards or tables")
    parser.add_argument("--images", metavar="DIR", help="where the pictures of a list lie")
    parser.add_argument("--needs", metavar="A,B", help=f"fields it must have: {', '.join(FIELDS)}")
    if not verifies:
        return
    parser.add_argument("--cache", type=Path, metavar="FILE", help="remember what was verified")
    parser.add_argument(
        "--workers", type=int, default=2, help="processes that verify pictures (default 2)"
    )


def _configure_fetch(parser: argparse.ArgumentParser) -> None:
    defaults = FetchSettings()
    parser.add_argument("urls", type=Path, metavar="URLS", help=".parquet, .jsonl, .json or .txt")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the shards")

    def add(name: str, default: float | None, text: str) -> None:
        shown = "" if default is None else f" (default {default:g})"
        kind = float if isinstance(default, float) else int
        parser.add_argument(name, type=kind, default=default, metavar="N", help=text + shown)

    add("--connections", defaults.connections, "connections at a time")
    add("--per-host", defaults.per_host, "connections to one host at a time")
    add("--gap", defaults.gap_s, "seconds between two requests to one host")
    add("--timeout", defaults.web.timeout_s, "seconds for one attempt")
    add("--retries", defaults.retries, "attempts after a failure that may pass")
    add("--max-bytes", defaults.web.max_bytes, "of one picture")
    add("--least-side", defaults.least_side, "pixels that the shorter side must have")
    add("--side", None, "reduce the shorter side to so many pixels (default: keep the file)")
    add("--rows-per-shard", defaults.rows_per_shard, "URLs that one shard stands for")
    parser.add_argument("--agent", default=defaults.web.agent, help="name and contact to give")
    parser.add_argument(
        "--private-addresses", action="store_true", help="ask hosts in private networks, too"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it.

    Returns:
        0, or 130 if Ctrl-C ended it early; what was fetched or verified by then is kept.

    Raises:
        KnownError: If the arguments do not fit together, or the source cannot be used.
    """
    reporter = Reporter(as_json=arguments.json)
    match arguments.verb:
        case "show":
            return _show(arguments, reporter)
        case "split":
            return _split(arguments, reporter)
        case "unpack":
            return _unpack(arguments, reporter)
    return _fetch(arguments, reporter)


def _show(arguments: argparse.Namespace, reporter: Reporter) -> int:
    found = read_collection(arguments.source, images=arguments.images, needs=_needs(arguments))
    if arguments.verify and found.records:
        found = _verify(found, arguments, reporter)
    if arguments.drops is not None:
        _write_drops(found.drops, arguments.drops)
    document = describe(found)
    if arguments.json:
        sys.stdout.write(json.dumps(document) + "\n")
        return 0
    sys.stdout.write(
        f"{found.name}: {found.kind}\n{found.found:,} found, {len(found.records):,} can be used\n"
    )
    for name, count in document["fields"].items():
        sys.stdout.write(f"  {name:<12} {count:>12,}\n")
    for reason, count in found.drops.counts().items():
        sys.stdout.write(f"dropped, {reason}: {count:,}\n")
        for drop in found.drops.examples(reason, _EXAMPLES):
            sys.stdout.write(f"  {_plain(drop.key)}: {_plain(drop.detail)}\n")
    if not found.records and "missing" in found.drops.counts():
        sys.stdout.write("If it lists URLs, `relsim-train data fetch` gets the pictures.\n")
    return 0


def describe(collection: Collection) -> dict[str, Any]:
    """A collection in figures, as ``--json`` prints them."""
    records, drops = collection.records, collection.drops
    has = {name: sum(getattr(r, name) is not None for r in records) for name in FIELDS}
    return {
        "source": collection.name,
        "kind": collection.kind,
        "found": collection.found,
        "records": len(records),
        "fields": {name: count for name, count in has.items() if count},
        "labels": {
            "yes": sum(record.label is True for record in records),
            "no": sum(record.label is False for record in records),
        },
        "groups": len({record.group for record in records} - {None}),
        "relations": len({record.relation for record in records} - {None}),
        "dropped": drops.counts(),
        "examples": {
            reason: [{"key": d.key, "detail": d.detail} for d in drops.examples(reason, _EXAMPLES)]
            for reason in drops.counts()
        },
    }


def _split(arguments: argparse.Namespace, reporter: Reporter) -> int:
    if not 0 < arguments.share < 1:
        raise KnownError(f"--share must lie between 0 and 1, not at {arguments.share:g}")
    found = read_collection(arguments.source, images=arguments.images, needs=_needs(arguments))
    found = _verify(found.require_some(), arguments, reporter)
    parts = split(found, arguments.share, arguments.seed, whole=arguments.whole or ["group"])
    document: dict[str, Any] = {"source": found.name, "found": found.found}
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, part in zip(("train", "test"), parts, strict=True):
            file = arguments.out / f"{name}.jsonl"
            write_list(file, part.records)
            document[name] = {"file": str(file), "records": len(part.records)}
        _write_drops(found.drops, arguments.out / "dropped.jsonl")
    except OSError as error:
        raise KnownError(f"{arguments.out} cannot be written: {error.strerror}") from error
    document["dropped"] = found.drops.counts()
    if arguments.json:
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        train, test = (len(part.records) for part in parts)
        sys.stdout.write(f"{train:,} for training, {test:,} held out, {found.drops.summary()}\n")
    return 0


def _unpack(arguments: argparse.Namespace, reporter: Reporter) -> int:
    found = read_collection(arguments.source, images=arguments.images, needs=_needs(arguments))
    unpacked = unpack(found.require_some(), arguments.out, reporter)
    written, dropped = len(unpacked.records), unpacked.drops
    if arguments.json:
        document = {
            "found": unpacked.found,
            "files": written,
            "list": str(arguments.out / LIST),
            "dropped": dropped.counts(),
        }
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        sys.stdout.write(f"{written:,} files in {arguments.out}, {dropped.summary()}\n")
    return 0


def _verify(
    collection: Collection, arguments: argparse.Namespace, reporter: Reporter
) -> Collection:
    if arguments.workers < 1:
        raise KnownError("--workers must be at least 1")
    return verify(
        collection,
        cache=arguments.cache,
        workers=arguments.workers,
        reporter=reporter,
        least_side=LEAST_SIDE,
    )


def _write_drops(drops: Drops, path: Path) -> None:
    try:
        drops.write(path)
    except OSError as error:
        raise KnownError(f"{path} cannot be written: {error.strerror}") from error


def _needs(arguments: argparse.Namespace) -> list[str]:
    names = [name.strip() for name in (arguments.needs or "").split(",") if name.strip()]
    for name in names:
        if name not in FIELDS:
            raise KnownError(f"--needs: there is no field {name!r}; there are {', '.join(FIELDS)}")
    return names


def _fetch(arguments: argparse.Namespace, reporter: Reporter) -> int:
    settings = _settings(arguments)
    cancelled = False
    try:
        report = fetch(arguments.urls, arguments.out, settings, reporter=reporter)
    except KeyboardInterrupt:
        cancelled = True
        if not (arguments.out / PLAN).exists():  # nothing was begun
            raise
        report = read_report(arguments.out)
    if arguments.json:
        document = {"folder": str(arguments.out), "cancelled": cancelled, **_document(report)}
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        sys.stdout.write(fetch_text(report, str(arguments.out)))
        if cancelled:
            sys.stdout.write("Cancelled; the same command goes on.\n")
    return 130 if cancelled else 0


def _settings(arguments: argparse.Namespace) -> FetchSettings:
    at_least: Mapping[str, float] = {
        "connections": 1,
        "per_host": 1,
        "gap": 0,
        "timeout": 0.1,
        "retries": 0,
        "max_bytes": 1,
        "least_side": 1,
        "side": 1,
        "rows_per_shard": 1,
    }
    wrong = [
        f"--{name.replace('_', '-')} must be at least {least:g}"
        for name, least in at_least.items()
        if getattr(arguments, name) is not None and getattr(arguments, name) < least
    ]
    if arguments.side is not None and arguments.side < arguments.least_side:
        wrong.append("--side must not be less than --least-side")
    if not arguments.agent.isascii() or not arguments.agent.isprintable() or not arguments.agent:
        wrong.append("--agent must be plain ASCII text")
    if wrong:
        raise KnownError("; ".join(wrong))
    return replace(
        FetchSettings(),
        web=WebSettings(
            timeout_s=arguments.timeout,
            max_bytes=arguments.max_bytes,
            private_addresses=arguments.private_addresses,
            agent=arguments.agent,
        ),
        connections=arguments.connections,
        per_host=arguments.per_host,
        gap_s=arguments.gap,
        retries=arguments.retries,
        least_side=arguments.least_side,
        side=arguments.side,
        rows_per_shard=arguments.rows_per_shard,
    )


def _document(report: FetchReport) -> dict[str, Any]:
    lost = {name: count for name, count in report.counts.items() if name != FETCHED}
    return {
        "found": report.found,
        "fetched": report.fetched,
        "lost": lost,
        "left": report.left,
        "bytes": report.bytes,
        "shards": report.shards,
        "seconds": round(report.seconds, 2),
    }


def fetch_text(report: FetchReport, folder: str) -> str:
    """What became of a list, for people."""
    asked = report.found - report.left
    share = report.fetched / asked if asked else 0.0
    lines = [
        f"{folder}: {report.fetched:,} of {asked:,} URLs gave a picture ({share:.1%}),"
        f" {amount(report.bytes)} in {report.shards:,} whole shards"
    ]
    lines += [
        f"  {name:<16} {count:>12,}" for name, count in report.counts.items() if name != FETCHED
    ]
    if report.left:
        lines.append(f"{report.left:,} are left")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Without characters that would steer a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)
