"""Real conflict triplets as a sheet: what the bundled model gets right, and what it gets wrong.

    relsim-train relbench fetch
    python tests/benchmarks/conflict_sheet.py OUT.jpg

Three pictures a triplet: the reference, one of the same logic, one of the same look. Pictures of
openclipart-png only, which is public domain. Which triplets are shown is drawn by lot.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.imaging import decode
from engine.models.registry import load_embedder
from trainer.relbench.annotations import Triplet, locate, read_annotations

_SIDE, _ROWS, _GAP = 150, 5, 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    annotations = read_annotations()
    triplets = [t for t in annotations.triplets if t.condition == "conflict" and _is_free(t)]
    ids = sorted({key for t in triplets for key in (t.anchor, t.positive, t.negative)})
    embedder = load_embedder("relsim-mini")
    images, vectors = {}, {}
    for key in ids:
        path = locate(annotations.pictures[key])
        assert path is not None, "relsim-train relbench fetch"
        images[key] = decode(path, min_side=embedder.min_side)
        vectors[key] = embedder.embed([embedder.prepare(images[key])]).relational[0]
    right = {
        t: float(np.dot(vectors[t.anchor], vectors[t.positive] - vectors[t.negative])) > 0
        for t in triplets
    }
    random.Random(1).shuffle(triplets)
    columns = [[t for t in triplets if right[t] is wanted][:_ROWS] for wanted in (True, False)]
    sheet = Image.new("RGB", (6 * _SIDE + _GAP, _ROWS * _SIDE + _GAP), "white")
    pen = ImageDraw.Draw(sheet)
    for column, (title, some) in enumerate(zip(("right", "wrong"), columns, strict=True)):
        left = column * (3 * _SIDE + _GAP)
        for place, what in enumerate(("reference", "same logic", "same look")):
            pen.text((left + place * _SIDE + 8, 6), f"{title}: {what}", fill="black")
        for row, t in enumerate(some):
            for place, key in enumerate((t.anchor, t.positive, t.negative)):
                small = images[key].copy()
                small.thumbnail((_SIDE - 10, _SIDE - 10))
                corner = (left + place * _SIDE + 5, _GAP + row * _SIDE + 5)
                sheet.paste(small, corner)
    sheet.save(arguments.out, quality=85)
    print(f"{sum(right.values())} of {len(triplets)} right: {arguments.out}")


def _is_free(triplet: Triplet) -> bool:
    pictures = read_annotations().pictures
    keys = (triplet.anchor, triplet.positive, triplet.negative)
    return all(pictures[key].package == "openclipart-png" for key in keys)


if __name__ == "__main__":
    main()
