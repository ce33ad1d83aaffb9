"""Contact sheet of neighbor lists, to be looked at by a person.

    python tests/benchmarks/neighbor_sheet.py --library DIR --out F.jpg [--queries 10] [--seed 0]

Each row is a query and its first neighbors, near-identical pictures shown once; under each picture
its relational and attribute score, and the description of the query and of the best hit.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.imaging import decode
from engine.service import Engine

CELL, TEXT, COLUMNS = 150, 30, 8


def paste(sheet: Image.Image, path: Path, left: int, top: int) -> None:
    """Fit a picture into its cell."""
    picture = decode(path, min_side=CELL)
    picture.thumbnail((CELL - 8, CELL - 8))
    sheet.paste(picture, (left + (CELL - picture.width) // 2, top + (CELL - picture.height) // 2))


def main() -> None:
    """Draw the sheet and print what stands in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--queries", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--surprise", type=float, default=0.0)
    arguments = parser.parse_args()
    rows = arguments.queries
    sheet = Image.new("RGB", ((COLUMNS + 1) * CELL, rows * (CELL + TEXT)), "white")
    pen = ImageDraw.Draw(sheet)
    with Engine.open(arguments.library) as engine:
        files = [file for file in engine.store.files() if file.state == "indexed"]
        chosen = np.random.default_rng(arguments.seed).choice(len(files), rows, replace=False)
        for row, position in enumerate(chosen.tolist()):
            top = row * (CELL + TEXT)
            query = files[position]
            if query.image_id is None:
                continue
            description = engine.describe(query.image_id)
            hits = engine.neighbors(
                query.image_id, COLUMNS, surprise=arguments.surprise, collapse=True
            )
            paste(sheet, query.path, 0, top)
            pen.rectangle((1, top + 1, CELL - 2, top + CELL - 2), outline="crimson", width=3)
            says = f"{description.text or 'no clear relation'} ({description.confidence:.0%})"
            pen.text((4, top + CELL + 14), f"{query.path.stem}: {says}", fill="black")
            print(f"{query.path.name}: {says}")
            for column, hit in enumerate(hits, start=1):
                paste(sheet, hit.path, column * CELL, top)
                scores = f"r {hit.relational:.2f}  a {hit.attribute:.2f}"
                pen.text((column * CELL + 6, top + CELL), scores, fill="gray")
                print(f"   {scores}  {hit.path.name}: {hit.description.text}")
    sheet.save(arguments.out, quality=80)


if __name__ == "__main__":
    main()
