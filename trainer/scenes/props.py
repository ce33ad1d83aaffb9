"""Things that relations draw besides the subjects: solid shapes, ropes, dust, stars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image

from trainer.scenes.canvas import Canvas, Colour, Point

WOODS: tuple[Colour, ...] = ((176, 124, 70), (140, 90, 48), (205, 160, 105), (110, 70, 40))
METALS: tuple[Colour, ...] = ((178, 184, 192), (140, 148, 158), (205, 208, 212), (96, 104, 116))
STONES: tuple[Colour, ...] = ((150, 146, 138), (120, 116, 112), (186, 178, 164), (92, 92, 100))
PAINTS: tuple[Colour, ...] = (
    (204, 52, 44), (32, 104, 176), (36, 140, 84), (232, 168, 32), (124, 72, 152), (226, 110, 60),
)  # fmt: skip


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """A colour between two; the other one for a share of 1."""
    first, second, third = (round(v + (w - v) * share) for v, w in zip(colour, other, strict=True))
    return (first, second, third)


def darker(colour: Colour, share: float = 0.45) -> Colour:
    """The colour on the way to black."""
    return mixed(colour, (10, 10, 16), share)


def lighter(colour: Colour, share: float = 0.4) -> Colour:
    """The colour on the way to white."""
    return mixed(colour, (255, 255, 255), share)


def fit(c: Canvas, sprite: Image.Image, width: float, height: float) -> float:
    """The largest size at which a sprite is within a width and a height."""
    w, h = c.extent(sprite, 1.0)
    return min(width / w, height / h)


def stretched(sprite: Image.Image, x: float, y: float) -> Image.Image:
    """The sprite pulled or squashed by a factor along each axis."""
    return sprite.resize((max(2, round(sprite.width * x)), max(2, round(sprite.height * y))))


def kept(sprite: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """The sprite in its own size, of which only a box (shares of its sides) can be seen."""
    box = (
        round(left * sprite.width), round(top * sprite.height),
        round(right * sprite.width), round(bottom * sprite.height),
    )  # fmt: skip
    part = Image.new("RGBA", sprite.size)
    part.paste(sprite.crop(box), box[:2])
    return part


def turned(
    points: Sequence[Point], x: float, y: float, scale: float, angle: float = 0.0
) -> list[Point]:
    """A shape around (0, 0), scaled, turned clockwise by radians, and moved."""
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    return [(x + u * cos - v * sin, y + u * sin + v * cos) for u, v in points]


def solid(c: Canvas, points: Sequence[Point], fill: Colour, width: float = 0.01) -> None:
    """A filled area with a darker rim."""
    c.polygon(points, fill=fill)
    c.line([*points, points[0]], width, darker(fill))


def star(c: Canvas, at: Point, radius: float, n: int, *, depth: float, fill: Colour) -> None:
    """A jagged star with points of uneven length."""
    start = c.r.uniform(0, 6)
    points = []
    for i in range(2 * n):
        q = radius * (depth if i % 2 else c.r.uniform(0.8, 1.15))
        angle = start + math.pi * i / n
        points.append((at[0] + q * math.cos(angle), at[1] + q * math.sin(angle)))
    solid(c, points, fill, 0.012)


def impact(c: Canvas, x: float, y: float, radius: float) -> None:
    """The star of a blow: a hot one with a pale one in it."""
    n = c.r.randint(8, 13)
    outer, inner = c.r.choice(
        (
            ((230, 60, 30), (255, 225, 70)),
            ((250, 170, 20), (255, 248, 190)),
            ((255, 226, 60), (255, 255, 240)),
            ((40, 90, 200), (225, 240, 255)),
        )
    )
    star(c, (x, y), radius, n, depth=0.58, fill=outer)
    star(c, (x, y), radius * 0.62, n, depth=0.55, fill=inner)


def cord(c: Canvas, points: Sequence[Point], width: float, colour: Colour) -> None:
    """A thick rope or cable with a dark rim and twisted strands."""
    c.line(points, width, darker(colour))
    c.line(points, width * 0.62, colour)
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        steps = max(1, round(length / (width * 1.3)))
        angle = math.atan2(y1 - y0, x1 - x0) + 0.9
        dx, dy = math.cos(angle) * width * 0.4, math.sin(angle) * width * 0.4
        for i in range(steps):
            t = (i + 0.5) / steps
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            c.line(((x - dx, y - dy), (x + dx, y + dy)), width * 0.14, darker(colour, 0.35))


def links(c: Canvas, points: Sequence[Point], size: float, metal: Colour) -> None:
    """A chain along points, whose links are seen from the side and from the edge in turn."""
    for k, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        angle = math.atan2(y1 - y0, x1 - x0)
        long = max(size, math.hypot(x1 - x0, y1 - y0) * 0.72)
        broad = size * (0.66 if k % 2 else 0.22)
        ring = [
            (long * math.cos(t), broad * math.sin(t))
            for t in (math.tau * i / 14 for i in range(15))
        ]
        path = turned(ring, (x0 + x1) / 2, (y0 + y1) / 2, 1, angle)
        c.line(path, size * 0.55, darker(metal, 0.6))
        c.line(path, size * 0.3, metal)


def puffs(c: Canvas, x: float, y: float, size: float) -> None:
    """A little cloud of dust on a floor."""
    tone = c.r.randint(190, 235)
    for k in range(c.r.randint(3, 5)):
        q = size * c.r.uniform(0.3, 0.6)
        centre = (x + (k - 1.5) * size * 0.45, y - q * 0.8)
        c.ellipse(*centre, q, fill=(tone, tone - 8, tone - 20), outline=darker((tone,) * 3, 0.35))


def floor(c: Canvas, level: float) -> None:
    """The ground that things stand on: an area down to the lower edge, or a thick line."""
    colour = mixed(c.ground, c.r.choice(WOODS + STONES + ((90, 150, 70),)), 0.8)
    if c.chance(0.7):
        c.rectangle(0, level, 1, 1, fill=colour)
        c.line(((0, level), (1, level)), 0.012, darker(colour))
    else:
        c.line(((0.02, level + 0.008), (0.98, level + 0.008)), 0.02, darker(colour))


def streaks(c: Canvas, at: Point, angle: float, height: float, *, n: int = 4) -> None:
    """Motion lines behind something that moves at an angle (radians, clockwise)."""
    cos, sin = math.cos(angle), math.sin(angle)
    for k in range(n):
        aside = height * ((k + 0.5) / n - 0.5) + c.jitter(height * 0.06)
        near, far = c.r.uniform(0.0, 0.04), c.r.uniform(0.09, 0.18)
        px, py = at[0] - sin * aside, at[1] + cos * aside
        c.line(((px - cos * near, py - sin * near), (px - cos * far, py - sin * far)), 0.012)


def band(c: Canvas, points: Sequence[Point], width: float, fill: Colour) -> None:
    """A thick line with a darker rim and round ends."""
    for extra, colour in ((0.014, darker(fill)), (0.0, fill)):
        c.line(points, width + extra, colour)
        for x, y in (points[0], points[-1]):
            c.ellipse(x, y, (width + extra) / 2, fill=colour)


def arc(x: float, y: float, rx: float, ry: float, *, low: float, high: float) -> list[Point]:
    """Points along a part of an ellipse; angles in radians, clockwise from the right."""
    return [
        (
            x + rx * math.cos(low + (high - low) * i / 16),
            y + ry * math.sin(low + (high - low) * i / 16),
        )
        for i in range(17)
    ]


def span(sprite: Image.Image, level: float) -> tuple[float, float]:
    """Where the visible part of a sprite begins and ends at a height; all in shares of its box."""
    n = 24
    row = min(n - 1, max(0, int(level * n)))
    alpha = sprite.getchannel("A").resize((n, n), Image.Resampling.BOX)
    seen = [i for i in range(n) if alpha.getpixel((i, row)) > 60]  # type: ignore[operator]
    return (seen[0] / n, (seen[-1] + 1) / n) if seen else (0.3, 0.7)
