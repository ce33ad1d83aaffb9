"""What looks and what aims: eyes, cones of sight, telescopes, targets, cross hairs."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, Colour, Point, around, spread
from trainer.scenes.props import (
    METALS,
    PAINTS,
    WOODS,
    arc,
    band,
    darker,
    fit,
    lighter,
    solid,
    turned,
)


def eye(c: Canvas, at: Point, q: float, look: Point, skin: Colour | None = None) -> None:
    """An almond-shaped eye of a half width that looks at a point; in the dark without a skin."""
    x, y = at
    angle = math.atan2(look[1] - y, look[0] - x)
    upper = arc(x, y, q, q * 0.55, low=math.pi, high=math.tau)
    lower = arc(x, y, q, q * 0.5, low=0, high=math.pi)
    c.polygon([*upper, *lower], fill=(252, 252, 250))
    px, py = x + q * 0.4 * math.cos(angle), y + q * 0.2 * math.sin(angle)
    iris = c.r.choice(((50, 110, 180), (70, 140, 80), (120, 76, 40), (200, 150, 30)))
    c.ellipse(px, py, q * 0.4, q * 0.4, fill=iris)
    c.ellipse(px, py, q * 0.2, fill=(14, 14, 18))
    c.ellipse(px - q * 0.12, py - q * 0.14, q * 0.09, fill=(255, 255, 255))
    if skin is not None:
        c.line(upper, q * 0.16, skin)
        c.line(lower, q * 0.07, skin)
        for t in spread(7, math.pi * 1.15, math.pi * 1.85):
            root = (x + q * math.cos(t), y + q * 0.55 * math.sin(t))
            tip = (x + q * 1.25 * math.cos(t), y + q * 0.85 * math.sin(t))
            c.line((root, tip), q * 0.07, skin)


def sight(c: Canvas, start: Point, end: Point, half: float, colour: Colour) -> None:
    """A see-through cone from an eye to what it sees."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    dx, dy = -math.sin(angle) * half, math.cos(angle) * half
    s = c.side
    mask, pen = c.mask()
    cone = (start, (end[0] + dx, end[1] + dy), (end[0] - dx, end[1] - dy))
    pen.polygon([(x * s, y * s) for x, y in cone], fill=150)
    c.veil(mask, colour)
    for side in cone[1:]:
        c.line((start, side), 0.009, darker(colour, 0.3))


def spyglass(c: Canvas, at: Point, angle: float, size: float) -> Point:
    """A telescope on a tripod; returns the middle of its lens."""
    tube = c.r.choice((*METALS, *WOODS, *PAINTS[:2]))
    for way in (-0.5, 0.1, 0.6):
        c.line((at, (at[0] + way * size * 0.6, min(0.98, at[1] + size))), 0.02, darker(tube, 0.5))
    parts = (
        ((-0.55, 0.06), (-0.1, 0.06)),
        ((-0.15, 0.09), (0.3, 0.09)),
        ((0.25, 0.13), (0.6, 0.13)),
    )
    for (u0, w), (u1, _) in parts:
        piece = ((u0, -w), (u1, -w), (u1, w), (u0, w))
        solid(c, turned(piece, *at, size, angle), tube, 0.012)
        c.line(
            turned(((u0, -w * 0.4), (u1, -w * 0.4)), *at, size, angle), 0.012, lighter(tube, 0.6)
        )
    return turned(((0.6, 0.0),), *at, size, angle)[0]


def target(c: Canvas, at: Point, q: float) -> None:
    """Rings of a target."""
    first, second = c.r.choice((((214, 40, 44), (250, 248, 244)), ((30, 30, 36), (250, 248, 244)),
                                ((36, 90, 170), (250, 220, 70))))  # fmt: skip
    n = c.r.choice((5, 7))
    for k in range(n):
        fill = first if k % 2 == 0 else second
        c.ellipse(*at, q * (n - k) / n, fill=fill, outline=darker(first, 0.3), width=0.006)


def crosshair(c: Canvas, at: Point, q: float, colour: Colour) -> None:
    """A ring with four ticks and a dot."""
    c.ellipse(*at, q, outline=colour, width=0.02)
    if c.chance(0.5):
        c.ellipse(*at, q * 0.5, outline=colour, width=0.012)
    inner = c.r.choice((0.0, 0.25, 0.6))
    for x, y, angle in around(4, *at, q * 1.25):
        end = (at[0] + q * inner * math.cos(angle), at[1] + q * inner * math.sin(angle))
        c.line(((x, y), end), 0.016, colour)
    c.ellipse(*at, 0.016, fill=(230, 30, 30))


def scope(c: Canvas, at: Point, q: float) -> None:
    """All but a disc is dark, as through the sight of a gun or a pair of glasses."""
    s = c.side
    mask, pen = c.mask()
    pen.rectangle((0, 0, s, s), fill=255)
    pen.ellipse([v * s for v in (at[0] - q, at[1] - q, at[0] + q, at[1] + q)], fill=0)
    c.veil(mask, (12, 12, 16))
    for ends in (
        ((at[0] - q, at[1]), (at[0] + q, at[1])),
        ((at[0], at[1] - q), (at[0], at[1] + q)),
    ):
        c.line(ends, 0.01, (12, 12, 16))
        for t in (0.25, 0.36, 0.64, 0.75):
            u = ends[0][0] + (ends[1][0] - ends[0][0]) * t
            v = ends[0][1] + (ends[1][1] - ends[0][1]) * t
            c.ellipse(u, v, 0.012, fill=(12, 12, 16))


def missile(c: Canvas, at: Point, angle: float, size: float) -> None:
    """A flying arrow or rocket whose tip is at a point, with lines of motion behind it."""
    paint = c.r.choice(PAINTS)
    if c.chance(0.65):
        back = turned(((-size, 0),), *at, 1, angle)[0]
        band(c, (back, at), 0.012, c.r.choice(WOODS))
        head = ((0.02, 0), (-0.08, -0.05), (-0.055, 0), (-0.08, 0.05))
        solid(c, turned(head, *at, 1, angle), c.r.choice(METALS), 0.01)
        for side in (-1, 1):
            vane = ((0.08, 0), (0.03, side * 0.05), (-0.07, side * 0.05), (-0.02, 0))
            solid(c, turned(vane, *back, 1, angle), paint, 0.008)
    else:
        flame = ((-size * 0.8, -0.03), (-size * 1.25, 0), (-size * 0.8, 0.03))
        solid(c, turned(flame, *at, 1, angle), (250, 170, 40), 0.008)
        fins = ((-size * 0.85, -0.09), (-size * 0.5, 0), (-size * 0.85, 0.09))
        solid(c, turned(fins, *at, 1, angle), darker(paint, 0.2), 0.01)
        hull = ((0, 0), (-0.08, -0.045), (-size * 0.8, -0.04), (-size * 0.8, 0.04), (-0.08, 0.045))
        solid(c, turned(hull, *at, 1, angle), paint, 0.012)
    for v in (-0.08, 0.0, 0.08):
        start, end = -size * 1.3, -size * c.r.uniform(1.6, 1.95)
        c.line(turned(((start, v), (end, v)), *at, 1, angle), 0.01)


def cannon(c: Canvas, at: Point, angle: float) -> Point:
    """A cannon on a wheel; returns the middle of its mouth."""
    iron = c.r.choice((METALS[3], (50, 50, 56), (150, 110, 50)))
    half = ((-0.16, -0.07), (0.2, -0.055), (0.22, -0.07), (0.26, -0.07))
    barrel = [*half, *[(u, -v) for u, v in reversed(half)]]
    solid(c, turned(barrel, *at, 1, angle), iron, 0.014)
    c.ellipse(*turned(((-0.19, 0),), *at, 1, angle)[0], 0.04, fill=darker(iron, 0.2))
    wheel = (at[0], at[1] + 0.08)
    c.ellipse(*wheel, 0.1, fill=c.r.choice(WOODS), outline=(50, 36, 24), width=0.022)
    for _, _, turn in around(6, *wheel, 0.09):
        rim = (wheel[0] + 0.085 * math.cos(turn), wheel[1] + 0.085 * math.sin(turn))
        c.line((wheel, rim), 0.012, (50, 36, 24))
    return turned(((0.28, 0.0),), *at, 1, angle)[0]


def in_the_dark(c: Canvas) -> None:
    """Pairs of eyes all round in the dark that look at a lit subject."""
    night = c.r.choice(((14, 14, 22), (20, 26, 20), (30, 14, 30)))
    c.image.paste(Image.blend(c.image, Image.new("RGB", c.image.size, night), 0.93))
    x, y = 0.5 + c.jitter(0.08), 0.56
    c.ellipse(x, y, 0.28, 0.3, fill=lighter(c.contrasting(c.b), 0.1))
    c.put(c.b, x, y, fit(c, c.b, 0.4, 0.42))
    n = c.r.randint(5, 9)
    for k in range(n):
        t = math.tau * (k + c.jitter(0.2)) / n
        px, py = x + 0.41 * math.cos(t), y + 0.41 * math.sin(t)
        if not (0.06 < px < 0.94 and 0.05 < py < 0.95):
            px, py = min(0.92, max(0.08, px)), min(0.94, max(0.06, py))
        q = c.r.uniform(0.032, 0.048)
        for way in (-1, 1):
            eye(c, (px + way * q * 1.1, py), q, (x, y))
