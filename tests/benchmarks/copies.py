"""Measure which altered copies of a picture are told as copies; prints a Markdown table.

    python tests/benchmarks/copies.py [--folder PICTURES]

Each JPEG of the folder (by default the sample collection) is altered in one way at a time, and its
look is compared with the original's, as is done with pictures that a generator made
(`engine.generation.ranking`). Below the table: how alike two different pictures look at most.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.generation.ranking import COPY_ATTRIBUTE
from engine.imaging import decode
from engine.metrics.catalogue import load_metric
from engine.models.manager import ModelManager
from resources import ROOT

Alteration = Callable[[Image.Image], Image.Image]


def main() -> None:
    """Alter, embed, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=ROOT / "sample")
    images = [decode(p, min_side=512) for p in sorted(parser.parse_args().folder.glob("*.jpg"))]
    look = load_metric("attribute", ModelManager())
    own = look.embed(images)
    print("| altered | found | lowest similarity |\n|---|---|---|")
    for name, alter in ALTERATIONS.items():
        alike = (look.embed([alter(image) for image in images]) * own).sum(1)
        print(f"| {name} | {(alike >= COPY_ATTRIBUTE).mean():.0%} | {alike.min():.2f} |")
    pairs = (own @ own.T)[np.triu_indices(len(images), 1)]
    copies = int((pairs >= COPY_ATTRIBUTE).sum())
    print(f"\n{len(images)} pictures, {len(pairs)} pairs of different ones: {copies} copies,")
    print(f"{pairs.max():.2f} at most.")


def _jpeg(image: Image.Image) -> Image.Image:
    content = io.BytesIO()
    image.save(content, "JPEG", quality=15)
    return Image.open(content).convert("RGB")


def _without_edges(share: float) -> Alteration:
    def cut(image: Image.Image) -> Image.Image:
        x, y = int(image.width * share), int(image.height * share)
        return image.crop((x, y, image.width - x, image.height - y))

    return cut


ALTERATIONS: dict[str, Alteration] = {
    "stretched to a square": lambda image: image.resize((512, 512)),
    "half as large": lambda image: image.resize((image.width // 2, image.height // 2)),
    "JPEG of quality 15": _jpeg,
    "mirrored": ImageOps.mirror,
    "4 % cut off each side": _without_edges(0.04),
    "15 % cut off the left": lambda image: image.crop(
        (int(image.width * 0.15), 0, image.width, image.height)
    ),
    "8 % cut off each side": _without_edges(0.08),
    "made brighter by 40 %": lambda image: ImageEnhance.Brightness(image).enhance(1.4),
    "turned by 5 degrees": lambda image: image.rotate(5),
    "12 % cut off each side": _without_edges(0.12),
    "without colour": lambda image: image.convert("L").convert("RGB"),
    "blurred (3 pixels)": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "turned by 180 degrees": lambda image: image.rotate(180),
    "20 % cut off each side": _without_edges(0.2),
}


if __name__ == "__main__":
    main()
