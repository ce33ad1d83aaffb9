"""Procedural subjects: shapes drawn by us, there on every machine."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Callable
from functools import partial

from PIL import Image, ImageDraw

from trainer.scenes.compounds import COMPOUNDS, Part
from trainer.scenes.types import Subject

FILLS = ("solid", "gradient", "stripes", "dots", "outline", "halves")
_OVERSAMPLE = 2

Outline = Callable[[float], float]
"""Radius in 0..1 at an angle."""


def _star(n: int, depth: float) -> list[tuple[float, float]]:
    return _polar([1.0 if i % 2 == 0 else depth for i in range(2 * n)])


def _polar(radii: list[float]) -> list[tuple[float, float]]:
    n = len(radii)
    angles = [math.tau * i / n - math.pi / 2 for i in range(n)]
    return [
        (0.5 + 0.48 * q * math.cos(t), 0.5 + 0.48 * q * math.sin(t))
        for q, t in zip(radii, angles, strict=True)
    ]


def _curve(radius: Outline, n: int = 96) -> list[tuple[float, float]]:
    return _polar([radius(math.tau * i / n) for i in range(n)])


def _heart() -> list[tuple[float, float]]:
    points = []
    for i in range(64):
        t = math.tau * i / 64
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((0.5 + x / 36, 0.47 - y / 36))
    return points


def _crescent(bite: float) -> list[tuple[float, float]]:
    outer = [math.radians(d) for d in range(50, 311, 6)]
    rim = [(0.5 + 0.46 * math.cos(t), 0.5 + 0.46 * math.sin(t)) for t in outer]
    inner = [(x + bite * (1 - ((y - 0.5) / 0.36) ** 2), y) for x, y in reversed(rim)]
    return rim + inner


OUTLINES: dict[str, list[tuple[float, float]]] = {
    **{
        f"{name}": _polar([1.0] * n)
        for n, name in ((3, "triangle"), (4, "diamond"), (5, "pentagon"), (6, "hexagon"))
    },
    "octagon": _polar([1.0] * 8),
    "disc": _curve(lambda _: 1.0),
    "egg": _curve(lambda t: 0.8 + 0.12 * math.cos(t) - 0.08 * math.cos(2 * t)),
    **{f"{n}-pointed star": _star(n, d) for n, d in ((4, 0.35), (5, 0.42), (6, 0.55), (8, 0.6))},
    "burst": _star(14, 0.72),
    "sparkle": _star(4, 0.16),
    **{
        f"{n}-petal flower": _curve(lambda t, n=n: 0.66 + 0.34 * math.cos(n * t))  # type: ignore[misc]
        for n in (3, 4, 5, 6, 8)
    },
    **{
        f"gear with {n} teeth": _curve(
            lambda t, n=n: 0.98 if math.cos(n * t) > 0 else 0.74,  # type: ignore[misc]
            192,
        )
        for n in (6, 8, 12)
    },
    "blob": _curve(lambda t: 0.78 + 0.12 * math.sin(2 * t) + 0.1 * math.cos(3 * t)),
    "amoeba": _curve(lambda t: 0.72 + 0.16 * math.sin(5 * t + 1) + 0.1 * math.cos(2 * t)),
    "squircle": _curve(
        lambda t: 0.95 * (abs(math.cos(t)) ** 4 + abs(math.sin(t)) ** 4) ** -0.25 * 0.84
    ),
    "heart": _heart(),
    "crescent": _crescent(0.28),
    "half moon": [(0.5 + 0.4 * math.sin(t / 20), 0.5 - 0.45 * math.cos(t / 20)) for t in range(63)],
    "drop": _curve(lambda t: 0.55 + 0.45 * max(0.0, math.cos(t)) ** 6 + 0.1 * math.cos(t)),
    "square": [(0.08, 0.08), (0.92, 0.08), (0.92, 0.92), (0.08, 0.92)],
    "bar": [(0.35, 0.02), (0.65, 0.02), (0.65, 0.98), (0.35, 0.98)],
    "parallelogram": [(0.3, 0.2), (0.98, 0.2), (0.7, 0.8), (0.02, 0.8)],
    "trapezium": [(0.28, 0.2), (0.72, 0.2), (0.98, 0.8), (0.02, 0.8)],
    "plus": [
        (0.36, 0.05),
        (0.64, 0.05),
        (0.64, 0.36),
        (0.95, 0.36),
        (0.95, 0.64),
        (0.64, 0.64),
        (0.64, 0.95),
        (0.36, 0.95),
        (0.36, 0.64),
        (0.05, 0.64),
        (0.05, 0.36),
        (0.36, 0.36),
    ],
    "block arrow": [
        (0.02, 0.36),
        (0.55, 0.36),
        (0.55, 0.12),
        (0.98, 0.5),
        (0.55, 0.88),
        (0.55, 0.64),
        (0.02, 0.64),
    ],
    "chevron": [(0.1, 0.05), (0.5, 0.05), (0.95, 0.5), (0.5, 0.95), (0.1, 0.95), (0.5, 0.5)],
    "lightning": [
        (0.55, 0.02),
        (0.15, 0.56),
        (0.45, 0.56),
        (0.3, 0.98),
        (0.85, 0.38),
        (0.52, 0.38),
        (0.75, 0.02),
    ],
    "hourglass": [(0.12, 0.05), (0.88, 0.05), (0.55, 0.5), (0.88, 0.95), (0.12, 0.95), (0.45, 0.5)],
    "bow tie": [(0.03, 0.2), (0.5, 0.44), (0.97, 0.2), (0.97, 0.8), (0.5, 0.56), (0.03, 0.8)],
    "crown": [
        (0.06, 0.85),
        (0.02, 0.25),
        (0.28, 0.52),
        (0.5, 0.12),
        (0.72, 0.52),
        (0.98, 0.25),
        (0.94, 0.85),
    ],
    "l-piece": [(0.2, 0.03), (0.5, 0.03), (0.5, 0.68), (0.88, 0.68), (0.88, 0.97), (0.2, 0.97)],
    "t-piece": [
        (0.04, 0.12),
        (0.96, 0.12),
        (0.96, 0.42),
        (0.65, 0.42),
        (0.65, 0.95),
        (0.35, 0.95),
        (0.35, 0.42),
        (0.04, 0.42),
    ],
    "staircase block": [
        (0.05, 0.95),
        (0.05, 0.68),
        (0.35, 0.68),
        (0.35, 0.38),
        (0.65, 0.38),
        (0.65, 0.08),
        (0.95, 0.08),
        (0.95, 0.95),
    ],
    "shield": [(0.1, 0.08), (0.9, 0.08), (0.88, 0.55), (0.5, 0.97), (0.12, 0.55)],
    "kite": [(0.5, 0.02), (0.88, 0.38), (0.5, 0.98), (0.12, 0.38)],
    "mountain": [(0.02, 0.9), (0.32, 0.3), (0.48, 0.55), (0.68, 0.12), (0.98, 0.9)],
    "wave crest": [
        (0.02, 0.8),
        *((0.02 + 0.96 * i / 30, 0.45 - 0.3 * math.sin(i / 4.8)) for i in range(31)),
        (0.98, 0.8),
    ],
}


def kinds() -> list[str]:
    """Names of all shapes, outlines first."""
    return [*OUTLINES, *COMPOUNDS]


def _tones(seed: str) -> tuple[tuple[int, int, int], ...]:
    digest = hashlib.sha256(seed.encode()).digest()
    r = random.Random(digest)
    first = (r.randint(20, 245), r.randint(20, 245), r.randint(20, 245))
    # The second tone lies on the other side of the scale, so that parts stay apart.
    second = (255 - first[0], (first[1] + 128) % 256, 255 - first[2])
    dark = sum(first) > 384
    return first, second, (30, 30, 35) if dark else (240, 240, 235)


def _pattern(fill: str, side: int, tones: tuple[tuple[int, int, int], ...]) -> Image.Image:
    first, second, third = tones
    area = Image.new("RGB", (side, side), first)
    pen = ImageDraw.Draw(area)
    if fill == "gradient":
        ramp = Image.linear_gradient("L").resize((side, side))
        return Image.composite(Image.new("RGB", (side, side), second), area, ramp)
    if fill == "stripes":
        step = side // 7
        for x in range(-side, side, step):
            pen.line((x, 0, x + side, side), fill=second, width=step // 2)
    elif fill == "dots":
        step = side // 6
        for y in range(0, side, step):
            for x in range((y // step % 2) * step // 2, side, step):
                pen.ellipse((x, y, x + step // 2, y + step // 2), fill=third)
    elif fill == "halves":
        pen.rectangle((side // 2, 0, side, side), fill=second)
    return area


def _draw_outline(
    points: list[tuple[float, float]], fill: str, seed: str, side: int
) -> Image.Image:
    big = side * _OVERSAMPLE
    scaled = [(x * big, y * big) for x, y in points]
    mask = Image.new("L", (big, big), 0)
    tones = _tones(seed)
    if fill == "outline":
        ImageDraw.Draw(mask).line([*scaled, *scaled[:2]], fill=255, width=big // 14, joint="curve")
        inner = Image.new("RGB", (big, big), tones[0])
    else:
        ImageDraw.Draw(mask).polygon(scaled, fill=255)
        inner = _pattern(fill, big, tones)
    inner.putalpha(mask)
    return inner


def _draw_compound(parts: tuple[Part, ...], fill: str, seed: str, side: int) -> Image.Image:
    big = side * _OVERSAMPLE
    image = Image.new("RGBA", (big, big))
    tones = _tones(seed)
    for kind, coordinates, tone in parts:
        mask = Image.new("L", (big, big), 0)
        pen = ImageDraw.Draw(mask)
        scaled = [v * big for v in coordinates]
        if kind == "r":
            pen.rectangle(scaled, fill=255)
        elif kind == "e":
            pen.ellipse(scaled, fill=255)
        elif kind == "c":
            pen.pieslice(scaled, 180, 360, fill=255)
        else:
            pen.polygon(scaled, fill=255)
        area = (
            _pattern(fill, big, tones) if tone == 0 else Image.new("RGB", (big, big), tones[tone])
        )
        image.paste(area, (0, 0), mask)
    return image


def _load(kind: str, fill: str, seed: str, side: int) -> Image.Image:
    if kind in OUTLINES:
        image = _draw_outline(OUTLINES[kind], fill, seed, side)
    else:
        image = _draw_compound(COMPOUNDS[kind], fill, seed, side)
    box = image.getbbox()
    assert box is not None
    image = image.crop(box)
    image.thumbnail((side, side), Image.Resampling.BOX)
    return image


def shape_subjects() -> list[Subject]:
    """Every kind in every fill; the colours follow from the id."""
    found = []
    for kind in kinds():
        for fill in FILLS:
            if fill == "outline" and kind in COMPOUNDS:
                continue  # hollow parts on top of each other are hard to read
            identity = f"shapes:{kind}/{fill}"
            loader = partial(_load, kind, fill, identity)
            found.append(Subject(identity, kind, "shapes", kind.split()[-1], loader))
    return found
