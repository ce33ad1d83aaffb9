"""Contact sheet of groups, to be looked at by a person.

    python tests/benchmarks/group_sheet.py GROUPS.jsonl --out F.jpg [--rows 10]

Each row is a group, with its caption below; the rows are spread evenly from the best group of the
file to the worst.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.imaging import decode
from engine.judging.groups import read_groups

CELL, TEXT, COLUMNS = 120, 16, 6


def main() -> None:
    """Draw the sheet and print what stands in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("groups", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=10)
    arguments = parser.parse_args()
    groups = read_groups(arguments.groups)
    rows = np.linspace(0, len(groups) - 1, min(arguments.rows, len(groups))).round().astype(int)
    sheet = Image.new("RGB", (COLUMNS * CELL, len(rows) * (CELL + TEXT)), "white")
    pen = ImageDraw.Draw(sheet)
    for row, number in enumerate(rows.tolist()):
        group, top = groups[number], row * (CELL + TEXT)
        for column, path in enumerate(group.images[:COLUMNS]):
            picture = decode(path, min_side=CELL)
            picture.thumbnail((CELL - 8, CELL - 8))
            left = column * CELL + (CELL - picture.width) // 2
            sheet.paste(picture, (left, top + (CELL - picture.height) // 2))
        more = len(group.images) - COLUMNS
        rest = f" (+{more})" if more > 0 else ""
        says = f"{number + 1} of {len(groups)}{rest}: {group.caption or 'no caption'}"
        pen.text((4, top + CELL), says, fill="black")
        pen.line((0, top + CELL + TEXT - 1, sheet.width, top + CELL + TEXT - 1), fill="lightgray")
        print(f"{says}\n   " + "  ".join(image.name for image in group.images))
    sheet.save(arguments.out, quality=70)


if __name__ == "__main__":
    main()
