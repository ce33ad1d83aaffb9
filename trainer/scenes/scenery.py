"""What landscapes are made of: skies, ridges, light, and surfaces that run to a horizon."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageChops

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.props import mixed

# Colours of the upper and the lower end of the sky.
_SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((60, 70, 130), (250, 180, 120)),
    ((90, 150, 220), (225, 238, 246)),
    ((190, 198, 206), (240, 240, 234)),
    ((60, 40, 95), (235, 110, 95)),
    ((120, 170, 165), (236, 240, 212)),
    ((246, 226, 180), (252, 244, 222)),
    ((150, 150, 150), (235, 235, 235)),
    ((255, 255, 255), (255, 255, 255)),
)


def near(c: Canvas, colour: Colour, amount: int = 22) -> Colour:
    """A colour like the given one."""
    red, green, blue = (min(255, max(0, v + c.r.randint(-amount, amount))) for v in colour)
    return red, green, blue


def dark(c: Canvas) -> Colour:
    """A colour close to black."""
    return c.r.randint(4, 50), c.r.randint(4, 46), c.r.randint(4, 54)


def pale(c: Canvas) -> Colour:
    """A colour close to white."""
    return c.r.randint(205, 255), c.r.randint(205, 255), c.r.randint(195, 255)


def earth(c: Canvas) -> Colour:
    """The colour of some ground: grass, sand, soil, snow, stone, or anything."""
    tones = ((96, 140, 70), (206, 176, 120), (120, 90, 62), (232, 236, 240), (130, 130, 128))
    return near(c, c.r.choice(tones)) if c.chance(0.8) else c.colour()


def wash(c: Canvas, upper: Colour, lower: Colour, top: float = 0.0, bottom: float = 1.0) -> None:
    """Fill the full width between two heights with a gradient."""
    start, end = round(top * c.side), round(bottom * c.side)
    shape = (c.side, max(1, end - start))
    ramp = Image.linear_gradient("L").resize(shape)
    area = Image.composite(Image.new("RGB", shape, lower), Image.new("RGB", shape, upper), ramp)
    c.image.paste(area, (0, start))


def sky(c: Canvas, bottom: float = 1.0) -> tuple[Colour, Colour]:
    """Fill the picture down to a height with a sky.

    Returns:
        The colours of its upper and of its lower end.
    """
    upper, lower = c.r.choice(_SKIES)
    upper, lower = near(c, upper), near(c, lower, 12)
    wash(c, upper, lower, 0.0, bottom)
    return upper, lower


def light(c: Canvas, x: float, y: float, radius: float, strength: float = 1.0) -> Image.Image:
    """A full-size mask (L) of a light that fades out towards its radius."""
    mask = Image.new("L", c.image.size, 0)
    q = c.px(radius)
    disc = Image.radial_gradient("L").resize((2 * q, 2 * q))
    # The gradient of Pillow is at 180, not at 255, where the circle touches the square.
    disc = disc.point([round(255 * strength * max(0.0, 1 - v / 180) ** 1.3) for v in range(256)])
    mask.paste(disc, (round(x * c.side) - q, round(y * c.side) - q))
    return mask


def darken(c: Canvas, lit: Image.Image, night: Colour) -> None:
    """Let a colour swallow everything outside a mask of light."""
    c.veil(ImageChops.invert(lit), night)


def ridge(c: Canvas, level: float, height: float, kind: str) -> list[Point]:
    """The upper edge of a layer of land from left to right.

    Args:
        c: Where it will be drawn; nothing is drawn here.
        level: Its mean height in the picture.
        height: How far it rises and falls.
        kind: ``hills``, ``peaks``, ``woods``, ``city`` or ``dunes``.
    """
    r = c.r
    if kind in {"hills", "dunes"}:
        slow, fast = r.uniform(1.1, 2.2), r.uniform(2.5, 5)
        first, second = r.uniform(0, 6.3), r.uniform(0, 6.3)
        if kind == "dunes":  # gentle on one side, steep on the other
            wave = [((x * slow + first) % 1) for x in spread(33, 0, 1)]
            shape = [t / 0.7 if t < 0.7 else (1 - t) / 0.3 for t in wave]
        else:
            shape = [
                0.5 + 0.35 * math.sin(x * slow * 4 + first) + 0.15 * math.sin(x * fast * 4 + second)
                for x in spread(33, 0, 1)
            ]
        return [(x, level - height * v) for x, v in zip(spread(33, 0, 1), shape, strict=True)]
    if kind == "peaks":
        n = r.randint(7, 12)
        rows = [(i % 2) * r.uniform(0.5, 1.0) + r.uniform(0, 0.25) for i in range(n)]
        places = [x + c.jitter(0.3 / n) for x in spread(n, -0.02, 1.02)]
        edge = [(x, level - height * v) for x, v in zip(places, rows, strict=True)]
        return [(0.0, edge[0][1]), *edge[1:-1], (1.0, edge[-1][1])]
    if kind == "woods":
        return _woods(r, level, height)
    return _city(r, level, height)


def _woods(r: random.Random, level: float, height: float) -> list[Point]:
    points, x = [(0.0, level)], 0.0
    while x < 1:
        half, base = r.uniform(0.012, 0.03), level - height * 0.2 * math.sin(x * 7)
        tip = base - height * r.uniform(0.3, 0.9)
        points += [(x, base), (x + half, tip), (x + 2 * half, base)]
        x += 2 * half
    return [*points, (1.0, level)]


def _city(r: random.Random, level: float, height: float) -> list[Point]:
    points, x = [], 0.0
    while x < 1:
        wide, top = r.uniform(0.05, 0.13), level - height * r.uniform(0.0, 1.1)
        points += [(x, top), (x + wide, top)]
        if r.random() < 0.2:  # a spire
            points[-1:-1] = [
                (x + wide * t, top - up) for t, up in ((0.3, 0), (0.5, 0.06), (0.7, 0))
            ]
        x += wide
    return points


def land(c: Canvas, edge: Sequence[Point], upper: Colour, lower: Colour | None = None) -> None:
    """Fill everything below an edge, with a gradient towards the lower border if given two."""
    area = [*edge, (1.0, 1.05), (0.0, 1.05)]
    if lower is None:
        c.polygon(area, fill=upper)
        return
    mask, pen = c.mask()
    pen.polygon([(x * c.side, y * c.side) for x, y in area], fill=255)
    top = min(y for _, y in edge)
    start = max(0, min(c.side - 1, round(top * c.side)))
    shape = (c.side, c.side - start)
    ramp = Image.linear_gradient("L").resize(shape)
    fill = Image.composite(Image.new("RGB", shape, lower), Image.new("RGB", shape, upper), ramp)
    c.image.paste(fill, (0, start), mask.crop((0, start, c.side, c.side)))


def height_at(edge: Sequence[Point], x: float) -> float:
    """How high an edge from left to right is at a place."""
    for (x0, y0), (x1, y1) in pairwise(edge):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / max(1e-6, x1 - x0)
    return edge[-1][1]


def cloud(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A cloud of a few overlapping discs on a flat base."""
    for dx, dy, q in (
        (-0.3, 0.02, 0.17),
        (0.3, 0.03, 0.15),
        (-0.08, -0.1, 0.22),
        (0.14, -0.06, 0.19),
    ):
        k = q * c.r.uniform(0.85, 1.15)
        c.ellipse(x + dx * size, y + dy * size, k * size, fill=colour)
    c.rectangle(
        x - 0.46 * size,
        y - 0.04 * size,
        x + 0.44 * size,
        y + 0.17 * size,
        fill=colour,
        radius=0.09 * size,
    )


def leaf(c: Canvas, at: Point, angle: float, size: float, tone: Colour) -> None:
    """A pointed leaf that starts at a point."""
    cos, sin = math.cos(angle) * size, math.sin(angle) * size
    bulge = ((0.0, 0.0), (0.35, 0.28), (0.7, 0.22), (1.0, 0.0), (0.7, -0.22), (0.35, -0.28))
    c.polygon([(at[0] + u * cos - v * sin, at[1] + u * sin + v * cos) for u, v in bulge], fill=tone)


def leaves(c: Canvas, tone: Colour) -> None:
    """Branches full of leaves that reach in from two to four corners."""
    corners = c.r.sample(((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), c.r.randint(2, 4))
    for x0, y0 in corners:
        for _ in range(c.r.randint(3, 5)):
            angle = math.atan2(0.5 - y0, 0.5 - x0) + c.jitter(0.95)
            reach = c.r.uniform(0.35, 0.6) * (0.75 + 0.25 * abs(math.cos(2 * angle)))
            end = (x0 + reach * math.cos(angle), y0 + reach * math.sin(angle))
            c.line(((x0, y0), end), 0.014, tone)
            for t in spread(7, 0.15, 1.0):
                x, y = x0 + (end[0] - x0) * t, y0 + (end[1] - y0) * t
                for turn in (-0.9, 0.9):
                    leaf(c, (x, y), angle + turn, c.r.uniform(0.09, 0.15), near(c, tone, 8))


def post(c: Canvas, corners: Sequence[Point], tone: Colour, kind: str) -> None:
    """A bar over the whole picture.

    Args:
        c: Where to draw.
        corners: Both corners of one end, then the other end in the same order.
        tone: Its colour.
        kind: ``trunk`` with marks of bark, ``pillar`` with a lit and a shaded side, or ``plain``.
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners

    def at(u: float, v: float) -> Point:
        """A point across (u) and along (v), both in 0..1."""
        left, right = (
            (x0 + (x2 - x0) * v, y0 + (y2 - y0) * v),
            (x1 + (x3 - x1) * v, y1 + (y3 - y1) * v),
        )
        return left[0] + (right[0] - left[0]) * u, left[1] + (right[1] - left[1]) * u

    def strip(low: float, high: float, colour: Colour) -> None:
        c.polygon([at(low, 0), at(high, 0), at(high, 1), at(low, 1)], fill=colour)

    strip(0, 1, tone)
    shade, light = mixed(tone, (0, 0, 0), 0.35), mixed(tone, (255, 255, 255), 0.4)
    if kind == "pillar":
        strip(0.15, 0.4, light)
        strip(0.75, 1, shade)
    elif kind == "trunk":
        for _ in range(8):
            v, u = c.r.random(), c.r.choice((0.0, 0.55))
            c.polygon([at(u, v), at(u + 0.45, v + 0.012), at(u, v + 0.03)], fill=shade)


def planks(c: Canvas, end: Point, way: Colour, *, rails: bool) -> None:
    """Cross pieces that lie closer together towards the horizon, with or without rails on them."""
    tone = mixed(way, c.contrasting(way), 0.6)
    wide = 0.36 if rails else 0.34
    t = 1.0
    while t > 0.03:
        y, x = end[1] + (1 - end[1]) * t, end[0] + (0.5 - end[0]) * t
        c.line(((x - wide * t, y), (x + wide * t, y)), (0.05 if rails else 0.014) * t, tone)
        t *= 0.84
    for s in (-0.22, 0.22) if rails else ():
        c.polygon((end, (0.47 + s, 1.0), (0.53 + s, 1.0)), fill=c.contrasting(tone))
