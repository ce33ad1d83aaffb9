"""The sample collection: small, readable, and every picture with its origin."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


def pictures() -> list[Path]:
    return sorted(path for path in SAMPLE.iterdir() if path.name != "README.md")


def test_pictures_are_small_rgb_files_that_decode() -> None:
    assert 40 <= len(pictures()) <= 60
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) <= 3_000_000
    for path in pictures():
        with Image.open(path) as opened:
            assert opened.format == {".jpg": "JPEG", ".png": "PNG"}[path.suffix]
            assert max(opened.size) <= 640
            opened.load()


def test_every_picture_has_a_line_with_its_origin() -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|.*`[\w/.-]+\.png`.*\|$", text, flags=re.MULTILINE)
    assert sorted(rows) == [path.name for path in pictures()]
