"""``relsim-train relbench``: fetch the pictures of the benchmark, look at it, train on its part."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from trainer.data.inside import write_list
from trainer.data.records import Record
from trainer.packages import MIRROR, fetch_packages, find_file, pictures_directory, read_packages
from trainer.progress import Reporter
from trainer.relbench.agreement import agreement
from trainer.relbench.annotations import Annotations, locate, read_annotations
from trainer.scenes.types import NONE

CHECKING = "Checking pictures"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    fetch = steps.add_parser("fetch", help="fetch the packages, and check the pictures' hashes")
    fetch.add_argument("--debs", type=Path, metavar="DIR", help="packages that are here already")
    fetch.add_argument(
        "--mirror", default=MIRROR, metavar="URL", help="of Debian, where there is no apt"
    )
    fetch.add_argument("--json", action="store_true", help="one JSON document at the end")
    show = steps.add_parser("show", help="what is annotated, and how far two annotators agree")
    show.add_argument("--json", action="store_true", help="one JSON document")
    export = steps.add_parser("export", help="a list of one part, for the trainer's other commands")
    export.add_argument("--part", choices=("train", "test"), default="train")
    export.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl")


def run(arguments: argparse.Namespace) -> int:
    """Do one step."""
    annotations = read_annotations()
    if arguments.step == "fetch":
        return _fetch(arguments, annotations)
    if arguments.step == "export":
        return _export(arguments, annotations)
    figures = describe(annotations)
    if arguments.json:
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
        return 0
    for part, counts in figures["parts"].items():
        named = ", ".join(f"{count} {what}" for what, count in counts.items())
        sys.stdout.write(f"{part}: {named}\n")
    agreed = figures["agreement"]
    sys.stdout.write(
        f"Looked at twice: {agreed['pictures']} pictures. Whether there is a relation:"
        f" {agreed['related']['agreement']:.1%} agree (kappa {agreed['related']['kappa']:.2f});"
        f" which: {agreed['relation']['agreement']:.1%} (kappa {agreed['relation']['kappa']:.2f})\n"
    )
    return 0


def describe(annotations: Annotations) -> dict[str, Any]:
    """What there is.

    Returns:
        ``version``; ``parts``: of each part how many ``pictures``, ``related``, ``photographs``,
        ``relations``, ``groups`` and ``triplets`` (these by condition); ``packages``: pictures by
        package; ``agreement``: see `trainer.relbench.agreement`.
    """
    parts: dict[str, dict[str, int]] = {}
    for part in ("train", "test"):
        own = [p for p in annotations.pictures.values() if p.part == part]
        related = [p for p in own if p.relation != NONE]
        parts[part] = {
            "pictures": len(own),
            "related": len(related),
            "photographs": sum(p.kind == "photo" for p in own),
            "relations": len({p.relation for p in related}),
            "groups": sum(group.part == part for group in annotations.groups),
        }
    for condition, count in Counter(t.condition for t in annotations.triplets).items():
        parts["test"][f"triplets: {condition}"] = count
    return {
        "version": annotations.version,
        "parts": parts,
        "packages": dict(Counter(p.package for p in annotations.pictures.values())),
        "agreement": agreement(annotations),
    }


def _fetch(arguments: argparse.Namespace, annotations: Annotations) -> int:
    reporter = Reporter(as_json=arguments.json)
    packages = read_packages()
    fetch_packages(list(packages.values()), reporter, debs=arguments.debs, mirror=arguments.mirror)
    right, changed, missing = 0, list[str](), list[str]()
    for number, picture in enumerate(annotations.pictures.values()):
        reporter.step(CHECKING, number, len(annotations.pictures))
        name = f"{picture.package}: {picture.path}"
        if locate(picture) is not None:
            right += 1
        elif find_file(picture.package, picture.path) is not None:
            changed.append(name)
        else:
            missing.append(name)
    reporter.step(CHECKING, len(annotations.pictures), len(annotations.pictures))
    figures = {
        "directory": str(pictures_directory()),
        "packages": len(packages),
        "pictures": len(annotations.pictures),
        "right": right,
        "changed": changed,
        "missing": missing,
    }
    if arguments.json:
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    else:
        sys.stdout.write(
            f"{right} of {len(annotations.pictures)} pictures are as they were annotated"
            f" ({len(changed)} changed, {len(missing)} missing), in {pictures_directory()}\n"
        )
    if changed or missing:
        raise KnownError(
            f"{len(changed) + len(missing)} pictures differ from those that were annotated, such"
            f" as {(changed + missing)[0]}: another version of the package is installed"
        )
    return 0


def _export(arguments: argparse.Namespace, annotations: Annotations) -> int:
    """Every picture of a part; those without a relation have no caption, and say so by label."""
    grouped = {i: group for group in annotations.groups for i in group.pictures}
    records = []
    for picture in annotations.pictures.values():
        if picture.part != arguments.part:
            continue
        path = locate(picture)
        if path is None:
            raise KnownError(
                f"{picture.package}: {picture.path} is not here: relsim-train relbench fetch"
            )
        group = grouped.get(picture.id)
        records.append(
            Record(
                picture.id,
                path,
                caption=picture.caption,
                conventional=f"A picture of a {picture.subject}",
                label=picture.relation != NONE,
                group=None if group is None else group.id,
                relation=picture.relation,
            )
        )
    try:
        write_list(arguments.out, records)
    except OSError as error:
        raise KnownError(f"{arguments.out} cannot be written: {error.strerror}") from error
    sys.stdout.write(f"{len(records)} pictures: {arguments.out}\n")
    return 0
