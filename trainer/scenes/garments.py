"""What a subject can wear: hats, crowns, glasses, scarves, masks."""

from __future__ import annotations

import math
from collections.abc import Callable

from trainer.scenes.canvas import Canvas, Point, spread
from trainer.scenes.props import PAINTS, WOODS, arc, band, darker, lighter, solid, turned

Hat = Callable[[Canvas, Point, float, float], None]
"""Draws a hat whose brim has its middle at a point; of a half width and a turn."""

_FELTS = ((36, 34, 40), (92, 62, 40), (70, 80, 92), *PAINTS)
_GOLD = (238, 190, 50)


def top_hat(c: Canvas, at: Point, q: float, angle: float) -> None:
    """A top hat with a ribbon."""
    felt = c.r.choice(_FELTS)
    tall = c.r.uniform(0.9, 1.5)
    crown = ((-0.62, 0), (-0.68, -tall), (0.68, -tall), (0.62, 0))
    solid(c, turned(crown, *at, q, angle), felt)
    ribbon = ((-0.63, -0.05), (-0.65, -0.32), (0.65, -0.32), (0.63, -0.05))
    c.polygon(turned(ribbon, *at, q, angle), fill=c.contrasting(felt))
    brim = ((-1.05, -0.06), (1.05, -0.06), (1.05, 0.12), (-1.05, 0.12))
    solid(c, turned(brim, *at, q, angle), felt)


def party_hat(c: Canvas, at: Point, q: float, angle: float) -> None:
    """A pointed hat with stripes or dots and a bobble."""
    paper = c.r.choice(PAINTS)
    tall = c.r.uniform(1.5, 2.2)
    solid(c, turned(((-0.8, 0.05), (0, -tall), (0.8, 0.05)), *at, q, angle), paper)
    other = c.contrasting(paper)
    for v in (0.15, 0.45, 0.72):
        w = 0.8 * (1 - v)
        c.line(turned(((-w, -v * tall), (w, -v * tall - 0.12)), *at, q, angle), q * 0.14, other)
    c.ellipse(*turned(((0, -tall),), *at, q, angle)[0], q * 0.24, fill=other)


def crown(c: Canvas, at: Point, q: float, angle: float) -> None:
    """A golden crown with stones."""
    gold = c.r.choice((_GOLD, (200, 204, 214), (222, 160, 40)))
    n = c.r.choice((3, 5))
    points: list[Point] = [(0.85, 0.05), (-0.85, 0.05)]
    for k, u in enumerate(spread(2 * n - 1, -1.0, 1.0)):
        points.append((u, -0.95 if k % 2 == 0 else -0.42))
    solid(c, turned(points, *at, q, angle), gold, 0.012)
    for k, u in enumerate(spread(n, -1.0, 1.0)):
        c.ellipse(*turned(((u, -1.0),), *at, q, angle)[0], q * 0.13, fill=lighter(gold))
        stone = PAINTS[k % 3]
        c.ellipse(*turned(((u * 0.65, -0.16),), *at, q, angle)[0], q * 0.1, fill=stone)


def cap(c: Canvas, at: Point, q: float, angle: float) -> None:
    """A cap with a peak to one side, or a helmet-like bowler."""
    cloth = c.r.choice(_FELTS)
    way = c.r.choice((-1, 1))
    dome = arc(0, 0, 0.85, c.r.uniform(0.75, 1.0), low=-math.pi, high=0)
    solid(c, turned(dome, *at, q, angle), cloth)
    c.line(turned(((0, -0.9), (0, 0)), *at, q, angle), q * 0.06, darker(cloth))
    if c.chance(0.6):
        peak = ((0.2 * way, -0.12), (1.5 * way, 0.06), (1.45 * way, 0.16), (-0.2 * way, 0.08))
    else:
        peak = ((-1.2, -0.1), (1.2, -0.1), (1.15, 0.1), (-1.15, 0.1))
    solid(c, turned(peak, *at, q, angle), darker(cloth, 0.2))


def straw_hat(c: Canvas, at: Point, q: float, angle: float) -> None:
    """A wide hat with a band and a curved brim."""
    straw = c.r.choice(((230, 200, 120), *WOODS))
    brim = [*arc(0, -0.1, 1.5, 0.34, low=0, high=math.pi), (-1.5, -0.32), (0, -0.2), (1.5, -0.32)]
    dome = arc(0, -0.1, 0.72, 0.95, low=-math.pi, high=0)
    solid(c, turned(brim, *at, q, angle), straw)
    solid(c, turned(dome, *at, q, angle), straw)
    ribbon = ((-0.72, -0.08), (-0.7, -0.34), (0.7, -0.34), (0.72, -0.08))
    c.polygon(turned(ribbon, *at, q, angle), fill=c.r.choice(PAINTS))


HATS: tuple[Hat, ...] = (top_hat, party_hat, crown, cap, straw_hat)


def glasses(c: Canvas, at: Point, q: float) -> None:
    """Spectacles or sunglasses."""
    x, y = at
    rim = c.r.choice(((20, 20, 26), *PAINTS))
    dark = c.chance(0.6)
    lens = (26, 28, 36) if dark else (232, 242, 248)
    square = c.chance(0.4)
    c.line(((x - q, y - q * 0.12), (x + q, y - q * 0.12)), q * 0.13, rim)
    for way in (-1, 1):
        u = x + way * q * 0.5
        if square:
            c.rectangle(u - q * 0.4, y - q * 0.28, u + q * 0.4, y + q * 0.3, fill=lens, outline=rim,
                        width=q * 0.12, radius=q * 0.1)  # fmt: skip
        else:
            c.ellipse(u, y, q * 0.42, q * 0.38, fill=lens, outline=rim, width=q * 0.12)
        c.line(((u - q * 0.2, y + q * 0.08), (u + q * 0.02, y - q * 0.16)), q * 0.07, lighter(lens))
        if not dark:
            c.ellipse(u, y, q * 0.12, fill=(20, 20, 24))


def scarf(c: Canvas, at: Point, q: float) -> None:
    """A striped scarf round a neck, with a hanging end."""
    x, y = at
    wool = c.r.choice(PAINTS)
    stripe = c.contrasting(wool)
    way = c.r.choice((-1, 1))
    thick = max(0.06, q * 0.3)
    end = (x + way * q * 0.5, y + thick * 0.3)
    band(c, (end, (end[0] + way * 0.02, y + thick * 3)), thick * 0.9, wool)
    for v in (1.5, 2.4):
        c.line(((end[0] - thick * 0.4, y + thick * v), (end[0] + thick * 0.45, y + thick * v)),
               0.018, stripe)  # fmt: skip
    loop = arc(x, y - thick * 0.2, q, thick * 0.5, low=math.pi, high=0)
    band(c, loop, thick, wool)
    for px, py in loop[2:-1:3]:
        c.line(((px, py - thick * 0.45), (px, py + thick * 0.45)), 0.018, stripe)


def bow_tie(c: Canvas, at: Point, q: float) -> None:
    """A bow, as round a neck."""
    silk = c.r.choice(PAINTS)
    for way in (-1, 1):
        wing = ((0, 0), (way, -0.6), (way * 0.85, 0), (way, 0.6))
        solid(c, turned(wing, *at, q * 0.7), silk, 0.012)
    c.ellipse(*at, q * 0.2, fill=darker(silk, 0.3))


def eye_mask(c: Canvas, at: Point, q: float) -> None:
    """A carnival mask for the eyes, with feathers at times."""
    x, y = at
    silk = c.r.choice(((24, 22, 30), *PAINTS))
    if c.chance(0.5):
        for k, u in enumerate(spread(5, -0.8, 0.8)):
            feather = (
                (u - 0.1, -0.3),
                (u * 1.5 - 0.08, -1.2),
                (u * 1.5 + 0.08, -1.2),
                (u + 0.1, -0.3),
            )
            solid(c, turned(feather, x, y, q), PAINTS[(k + c.r.randrange(2)) % 6], 0.006)
    half = ((0, -0.25), (0.5, -0.5), (1.15, -0.6), (1.0, 0.1), (0.6, 0.45), (0.2, 0.3), (0, 0.12))
    outline = [*half, *[(-u, v) for u, v in reversed(half)]]
    solid(c, turned(outline, x, y, q), silk, 0.012)
    for way in (-1, 1):
        c.ellipse(x + way * q * 0.5, y - q * 0.05, q * 0.25, q * 0.17, fill=(250, 250, 250))
        c.ellipse(x + way * q * 0.5, y - q * 0.05, q * 0.1, fill=(16, 16, 20))
    c.line(turned([(u * 0.93, v * 0.85) for u, v in half], x, y, q), 0.008, _GOLD)
    c.line(turned([(-u * 0.93, v * 0.85) for u, v in half], x, y, q), 0.008, _GOLD)


def face_mask(c: Canvas, at: Point, q: float) -> None:
    """A theatre mask for a whole face, gay or sad."""
    x, y = at
    skin = c.r.choice(((244, 240, 228), (236, 200, 90), *PAINTS))
    face = [(-0.85, -0.9), (0, -1.05), (0.85, -0.9), *arc(0, 0, 0.9, 1.15, low=0, high=math.pi)]
    solid(c, turned(face, x, y, q), skin, 0.014)
    smile = c.chance(0.6)
    for way in (-1, 1):
        eye = arc(way * 0.4, -0.25, 0.24, 0.2, low=math.pi, high=2 * math.pi)
        c.polygon(turned(eye, x, y, q), fill=(18, 16, 22))
        brow = arc(way * 0.4, -0.45, 0.28, 0.16, low=math.pi * 1.1, high=math.pi * 1.9)
        c.line(turned(brow, x, y, q), q * 0.07, darker(skin))
    low, high = (0.0, math.pi) if smile else (math.pi, 2 * math.pi)
    mouth = arc(0, 0.3 if smile else 0.7, 0.5, 0.4, low=low, high=high)
    inner = arc(0, 0.3 if smile else 0.7, 0.5, 0.14, low=high, high=low)
    c.polygon(turned([*mouth, *inner], x, y, q), fill=(18, 16, 22))
