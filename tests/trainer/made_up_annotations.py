"""A few annotated pictures in a Debian package, made on the spot."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from debian_packages import deb_of, package_of
from rotten_web import picture

from trainer.packages import Package

FAMILY = "repetition and order"
TOLD = {  # number of a picture: relation, part, caption
    1: ("ring", "train", "Many {Objects} in a closed circle"),
    2: ("ring", "train", "Several {Objects} around an empty centre"),
    3: ("none", "train", None),
    4: ("grid", "test", "Many {Objects} in rows and columns"),
    5: ("grid", "test", "Rows and columns of {Objects} all over"),
    6: ("row", "test", "Some {Objects} side by side in a line"),
    7: ("none", "test", None),
}
FILES = {f"./usr/share/things/{number}.png": picture(number) for number in TOLD}


def id_of(number: int) -> str:
    return hashlib.sha256(picture(number)).hexdigest()[:16]


def documents() -> dict[str, Any]:
    """What the files of the annotations hold, by name."""
    pictures = [
        {
            "id": id_of(number),
            "package": "made-up-pictures",
            "path": f"usr/share/things/{number}.png",
            "sha256": hashlib.sha256(picture(number)).hexdigest(),
            "relation": relation,
            "second": "grid" if number == 6 else None,
            "subject": f"thing {number}",
            "caption": caption,
            "part": part,
            "kind": "photo" if number == 5 else "drawing",
        }
        for number, (relation, part, caption) in TOLD.items()
    ]
    groups = [
        {"id": f"{name}-1", "relation": name, "family": FAMILY, "part": part, "caption": caption,
         "pictures": [id_of(number) for number in numbers]}
        for name, part, caption, numbers in (
            ("ring", "train", "{Objects} in a circle", (1, 2)),
            ("grid", "test", "{Objects} in rows and columns", (4, 5)),
        )
    ]  # fmt: skip
    triplet = {
        "condition": "conflict",
        "anchor": id_of(4),
        "positive": id_of(5),
        "negative": id_of(6),
        "relation": "grid",
        "family": FAMILY,
        "blind": True,
    }
    opinions = [
        {"picture": id_of(number), "relation": relation, "second": second}
        for number, relation, second in (
            (1, "ring", None), (3, "none", None), (4, "row", "grid"), (7, "unclear", None),
        )
    ]  # fmt: skip
    return {
        "about.json": {
            "format": 1,
            "version": "3",
            "families": dict.fromkeys(("ring", "grid", "row"), FAMILY),
        },
        "pictures.jsonl": pictures,
        "groups.jsonl": groups,
        "triplets.jsonl": [triplet],
        "second-pass.jsonl": opinions,
    }


def write_annotations(folder: Path, changed: dict[str, Any] | None = None) -> Path:
    """Write them, some of the files with another content."""
    folder.mkdir()
    for name, content in (documents() | (changed or {})).items():
        lines = content if name.endswith("l") else [content]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_package(folder: Path, files: dict[str, bytes] | None = None) -> Package:
    """Write the package that holds the pictures, or others, into a folder."""
    content = deb_of(FILES if files is None else files)
    folder.mkdir()
    (folder / "made-up-pictures_1.0-1_all.deb").write_bytes(content)
    return package_of(content)
