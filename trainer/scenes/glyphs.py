"""Small signs that everybody knows, and the badges that they stand on."""

from __future__ import annotations

import math
from collections.abc import Callable

from trainer.scenes.canvas import Canvas, Colour, Point
from trainer.scenes.props import arc, solid, turned

Glyph = Callable[[Canvas, float, float, float, Colour], None]
"""Draws a sign of a radius and a colour around a point."""


def _strokes(
    c: Canvas, lines: tuple[tuple[Point, ...], ...], at: Point, q: float, colour: Colour
) -> None:
    for line in lines:
        points = turned(line, *at, q)
        c.line(points, q * 0.34, colour)
        for x, y in (points[0], points[-1]):
            c.ellipse(x, y, q * 0.15, fill=colour)


def tick(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """A check mark."""
    _strokes(c, (((-0.5, 0.05), (-0.12, 0.42), (0.55, -0.42)),), (x, y), q, colour)


def cross(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """A saltire."""
    _strokes(c, (((-0.4, -0.4), (0.4, 0.4)), ((-0.4, 0.4), (0.4, -0.4))), (x, y), q, colour)


def plus(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """A plus sign."""
    _strokes(c, (((-0.5, 0), (0.5, 0)), ((0, -0.5), (0, 0.5))), (x, y), q, colour)


def exclamation(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """An exclamation mark."""
    stem = ((-0.17, -0.65), (0.17, -0.65), (0.08, 0.18), (-0.08, 0.18))
    c.polygon(turned(stem, x, y, q), fill=colour)
    c.ellipse(x, y + 0.48 * q, 0.15 * q, fill=colour)


def question(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """A question mark."""
    bow = arc(0, -0.28, 0.34, 0.34, low=-math.pi, high=math.pi * 0.35)
    c.line(turned((*bow, (0, 0.06), (0, 0.24)), x, y, q), q * 0.23, colour)
    c.ellipse(x, y + 0.55 * q, 0.14 * q, fill=colour)


def star(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """A star with five points."""
    radii = [0.72 if i % 2 == 0 else 0.3 for i in range(10)]
    c.polygon(
        [
            (x + q * v * math.cos(math.pi * i / 5 - math.pi / 2),
             y + q * v * math.sin(math.pi * i / 5 - math.pi / 2))
            for i, v in enumerate(radii)
        ],
        fill=colour,
    )  # fmt: skip


def heart(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """A heart."""
    for way in (-1, 1):
        c.ellipse(x + way * 0.27 * q, y - 0.18 * q, 0.31 * q, fill=colour)
    c.polygon(turned(((-0.55, -0.03), (0.55, -0.03), (0, 0.65)), x, y, q), fill=colour)


def note(c: Canvas, x: float, y: float, q: float, colour: Colour) -> None:
    """Two joined notes of music."""
    for way in (-1, 1):
        c.ellipse(x + (way * 0.35 - 0.12) * q, y + 0.45 * q, 0.22 * q, 0.17 * q, fill=colour)
        c.line(
            turned(((way * 0.35 + 0.06, 0.45), (way * 0.35 + 0.06, -0.5)), x, y, q),
            q * 0.12,
            colour,
        )
    c.line(turned(((-0.34, -0.46), (0.46, -0.46)), x, y, q), q * 0.24, colour)


GLYPHS: tuple[Glyph, ...] = (tick, cross, plus, exclamation, question, star, heart)


def badge(c: Canvas, at: Point, q: float, fill: Colour, glyph: Glyph) -> None:
    """A disc, a seal, a shield or a rounded tile with a sign on it."""
    x, y = at
    white = (252, 252, 252)
    sign = white if sum(fill) < 480 else (24, 24, 30)
    kind = c.r.randrange(4)
    if kind == 0:
        c.ellipse(x, y, q * 1.12, fill=white)
        c.ellipse(x, y, q, fill=fill)
    elif kind == 1:
        seal = [
            (x + q * v * math.cos(math.pi * i / 12), y + q * v * math.sin(math.pi * i / 12))
            for i in range(24) for v in ((1.2 if i % 2 else 1.0),)
        ]  # fmt: skip
        solid(c, seal, fill)
    elif kind == 2:
        shield = ((-0.95, -0.95), (0, -1.15), (0.95, -0.95), (0.9, 0.2), (0.5, 0.8), (0, 1.15),
                  (-0.5, 0.8), (-0.9, 0.2))  # fmt: skip
        solid(c, turned(shield, x, y, q), fill, 0.014)
    else:
        c.rectangle(x - q, y - q, x + q, y + q, fill=fill, outline=white, radius=q * 0.4)
    glyph(c, x, y, q * 0.92, sign)
