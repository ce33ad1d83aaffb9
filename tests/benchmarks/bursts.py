"""Measure how alike the shots of a burst look; prints one JSON document.

    python tests/benchmarks/bursts.py PHOTO_FOLDER [...]

Out of each photograph several shots are cut as a camera would take them within seconds: shifted,
turned, a little nearer or farther, brighter or darker. "steady" is a tripod, "hand" a hand,
"restless" somebody who walks. They are compared with shots of another corner of the same
photograph, and with those of other photographs. For each threshold: the share of pairs above it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.models.registry import load_embedder
from engine.search.ranking import BURST, NEAR_IDENTICAL

_SHOTS = 4
_HANDS = {  # shift, zoom, degrees, exposure
    "steady": (0.02, 0.02, 1.0, 0.05),
    "hand": (0.05, 0.06, 3.0, 0.15),
    "restless": (0.10, 0.12, 5.0, 0.25),
}
_THRESHOLDS = (0.75, 0.8, BURST, 0.9, NEAR_IDENTICAL)


def main() -> None:
    """Cut, embed, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    arguments = parser.parse_args()
    files = sorted(
        path
        for folder in arguments.folders
        for path in folder.rglob("*.jpg")
        if path.stat().st_size > 60_000 and not path.is_symlink()
    )
    embedder, chance = load_embedder(), random.Random(0)
    pairs: dict[str, list[float]] = {name: [] for name in _HANDS}
    corners, first = [], []
    for file in files:
        with Image.open(file) as opened:
            opened.draft("RGB", (1200, 1200))
            photo = opened.convert("RGB")
        photo.thumbnail((900, 900))
        shots = [
            _shot(photo, hand, (0.5, 0.5), 0.7, chance)
            for hand in _HANDS.values()
            for _ in range(_SHOTS)
        ]
        for corner in ((0.28, 0.4), (0.72, 0.6)):
            shots.append(_shot(photo, _HANDS["steady"], corner, 0.5, chance))
        looks = embedder.embed([embedder.prepare(shot) for shot in shots]).attribute
        assert looks is not None
        for number, name in enumerate(_HANDS):
            part = looks[number * _SHOTS : (number + 1) * _SHOTS]
            pairs[name] += (part @ part.T)[np.triu_indices(_SHOTS, 1)].tolist()
        corners.append(float(looks[-1] @ looks[-2]))
        first.append(looks[0])
    between = np.stack(first) @ np.stack(first).T
    pairs["another corner"] = corners
    pairs["another photograph"] = between[np.triu_indices(len(first), 1)].tolist()
    print(json.dumps({"photographs": len(files), "pairs": _table(pairs)}, indent=2))


def _shot(
    photo: Image.Image,
    hand: tuple[float, float, float, float],
    centre: tuple[float, float],
    size: float,
    chance: random.Random,
) -> Image.Image:
    shift, zoom, degrees, exposure = hand
    width, height = photo.size
    x, y = (part + chance.uniform(-shift, shift) for part in centre)
    half = size * (1 + chance.uniform(-zoom, zoom)) / 2
    angle = chance.uniform(-degrees, degrees)
    turned = photo.rotate(angle, Image.Resampling.BILINEAR, center=(x * width, y * height))
    left, top = max(0.0, x - half), max(0.0, y - half)
    right, bottom = min(1.0, x + half), min(1.0, y + half)
    box = (int(left * width), int(top * height), int(right * width), int(bottom * height))
    return ImageEnhance.Brightness(turned.crop(box)).enhance(
        1 + chance.uniform(-exposure, exposure)
    )


def _table(pairs: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "median": round(float(np.median(cosines)), 3),
            "lowest_5_percent": round(float(np.percentile(cosines, 5)), 3),
            **{
                f"above_{threshold:g}": round(float(np.mean(np.array(cosines) >= threshold)), 3)
                for threshold in _THRESHOLDS
            },
        }
        for name, cosines in pairs.items()
    }


if __name__ == "__main__":
    main()
