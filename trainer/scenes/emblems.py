"""Ornaments in which something is honored: wreaths, shields, medallions, seals."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.garments import bow_tie
from trainer.scenes.props import (
    PAINTS,
    band,
    darker,
    lighter,
    solid,
    turned,
)


def wreath(c: Canvas, at: Point, q: float, plain: Colour, gold: Colour) -> None:
    """A laurel or flower wreath, open or closed."""
    leaf = c.r.choice(((60, 140, 60), (36, 104, 70), (120, 150, 50), gold))
    closed = c.chance(0.4)
    berries = c.chance(0.5)
    if c.chance(0.4):
        c.ellipse(*at, q * 0.95, fill=plain)
    c.ellipse(*at, q, outline=darker(leaf), width=0.014)
    n = c.r.randint(18, 26)
    for k in range(n):
        angle = math.pi / 2 + math.tau * (k + 0.5) / n
        if not closed and abs(math.remainder(angle + math.pi / 2, math.tau)) < 0.5:
            continue
        way = 1 if math.cos(angle) < 0 else -1
        spot = (at[0] + q * math.cos(angle), at[1] + q * math.sin(angle))
        for side in (-0.6, 0.6):
            lean = angle + way * math.pi / 2 + side
            blade = ((0, 0), (0.05, -0.03), (0.12, 0), (0.05, 0.03))
            solid(c, turned(blade, *spot, 1, lean), leaf if side > 0 else lighter(leaf, 0.2), 0.006)
        if berries and k % 3 == 0:
            c.ellipse(*spot, 0.022, fill=c.r.choice(((210, 40, 50), (240, 200, 70))))
    if c.chance(0.6):
        bow_tie(c, (at[0], at[1] + q), 0.12)


def shield(c: Canvas, at: Point, q: float, plain: Colour, gold: Colour) -> None:
    """A coat of arms with a plain field."""
    half = [
        (0.0, -1.12),
        (0.5, -1.0),
        (0.98, -1.08),
        (0.98, 0.15),
        (0.8, 0.65),
        (0.4, 1.0),
        (0, 1.25),
    ]
    outline = [*half, *[(-u, v) for u, v in reversed(half)]]
    solid(c, turned(outline, *at, q), gold, 0.016)
    field = turned([(u * 0.86, v * 0.87) for u, v in outline], *at, q)
    solid(c, field, plain)
    if c.chance(0.5):
        band(c, turned(((-0.8, -0.7), (-0.8, 0.3)), *at, q), 0.02, gold)
        band(c, turned(((0.8, -0.7), (0.8, 0.3)), *at, q), 0.02, gold)


def medallion(c: Canvas, at: Point, q: float, plain: Colour, gold: Colour) -> None:
    """A beaded round or oval frame."""
    x, y = at
    wide = q * c.r.uniform(0.85, 1.05)
    c.ellipse(x, y, wide * 1.18, q * 1.2, fill=darker(gold))
    c.ellipse(x, y, wide * 1.15, q * 1.17, fill=gold)
    c.ellipse(x, y, wide * 0.95, q * 0.97, fill=plain, outline=darker(gold))
    n = c.r.randint(20, 30)
    for t in spread(n + 1, 0, math.tau)[:-1]:
        c.ellipse(x + wide * 1.05 * math.cos(t), y + q * 1.07 * math.sin(t), 0.017,
                  fill=lighter(gold, 0.6))  # fmt: skip
    for angle in (0, math.pi / 2, math.pi, math.pi * 1.5):
        spot = (x + wide * 1.14 * math.cos(angle), y + q * 1.16 * math.sin(angle))
        for v in (-0.45, 0.0, 0.45):
            petal = ((-0.02, 0), (0.05, -0.03), (0.09, 0), (0.05, 0.03))
            solid(c, turned(petal, *spot, 1, angle + v * 2), gold, 0.008)


def seal(c: Canvas, at: Point, q: float, plain: Colour, gold: Colour) -> None:
    """A scalloped rosette with two tails."""
    x, y = at
    cloth = c.r.choice(PAINTS)
    for way in (-1, 1):
        tail = ((way * 0.1, 0.5), (way * 0.75, 0.7), (way * 0.85, 1.6), (way * 0.55, 1.4),
                (way * 0.3, 1.65))  # fmt: skip
        solid(c, turned(tail, x, y, q), darker(cloth, 0.15))
    n = c.r.randint(14, 20)
    for colour, extra in ((darker(cloth), 0.014), (cloth, 0.0)):
        for t in spread(n + 1, 0, math.tau)[:-1]:
            spot = (x + q * math.cos(t), y + q * math.sin(t))
            c.ellipse(*spot, q * 3.2 / n + extra, fill=colour)
        c.ellipse(x, y, q + extra, fill=colour)
    c.ellipse(x, y, q * 0.93, fill=plain, outline=gold, width=0.018)


def scroll(c: Canvas, x: float, y: float) -> None:
    """A banderole without text under an emblem."""
    cloth = c.r.choice(((246, 238, 214), *PAINTS))
    for way in (-1, 1):
        end = ((0.24, -0.01), (0.42, -0.05), (0.38, 0.0), (0.43, 0.06), (0.24, 0.09))
        solid(c, [(x + way * u, y + v) for u, v in end], darker(cloth, 0.2))
    solid(
        c,
        ((x - 0.3, y - 0.04), (x + 0.3, y - 0.04), (x + 0.3, y + 0.06), (x - 0.3, y + 0.06)),
        cloth,
    )
