"""Tools and weapons that relations draw: blades, saws, axes, arrows."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.props import METALS, PAINTS, WOODS, darker, lighter, solid, turned


def knife(c: Canvas, x: float, edge: float, way: int) -> None:
    """A kitchen knife or a cleaver, slightly tilted; its edge at a level."""
    metal, grip = c.r.choice(METALS), c.r.choice((*WOODS, (40, 40, 44), (150, 30, 30)))
    deep = c.r.choice((0.11, 0.2))
    tip = -0.34 if deep < 0.15 else -0.26
    tilt = c.jitter(0.16)
    blade = ((tip, -0.01), (tip + 0.05, -deep * 0.75), (0.2, -deep), (0.2, 0.0))
    handle = ((0.2, -deep), (0.44, -deep - 0.01), (0.45, -deep + 0.06), (0.2, -deep + 0.055))
    for part, fill in ((blade, metal), (handle, grip)):
        solid(c, turned([(u * way, v) for u, v in part], x, edge, 1, tilt), fill, 0.012)
    shine = [((tip + 0.1) * way, -deep * 0.6), (0.14 * way, -deep * 0.75)]
    c.line(turned(shine, x, edge, 1, tilt), 0.014, lighter(metal, 0.7))


def saw(c: Canvas, x: float, edge: float, way: int) -> None:
    """A hand saw with teeth along its edge."""
    metal, grip = c.r.choice(METALS), c.r.choice(WOODS + PAINTS[:2])
    tilt = -way * c.r.uniform(0.05, 0.4)
    teeth = [(u, 0.024 if k % 2 else 0.0) for k, u in enumerate(spread(25, -0.42, 0.26))]
    blade = [(-0.42, -0.05), *teeth, (0.26, -0.15)]
    solid(c, turned([(u * way, v) for u, v in blade], x, edge, 1, tilt), metal)
    handle = ((0.24, -0.17), (0.4, -0.17), (0.46, -0.02), (0.4, 0.05), (0.24, 0.03))
    solid(c, turned([(u * way, v) for u, v in handle], x, edge, 1, tilt), grip, 0.014)
    hole = turned([(0.34 * way, -0.065)], x, edge, 1, tilt)[0]
    c.ellipse(*hole, 0.035, 0.045, fill=darker(grip, 0.75))


def axe(c: Canvas, x: float, edge: float, way: int) -> None:
    """A hatchet swung down, its handle to one side."""
    metal, grip = c.r.choice(METALS), c.r.choice(WOODS)
    tilt = c.jitter(0.25)
    handle = ((-0.05, -0.2), (0.5, -0.26), (0.5, -0.2), (-0.05, -0.14))
    head = ((-0.06, -0.23), (0.07, -0.23), (0.07, -0.12), (0.13, 0.0), (0.0, 0.02), (-0.13, 0.0),
            (-0.06, -0.12))  # fmt: skip
    solid(c, turned([(u * way, v) for u, v in handle], x, edge, 1, tilt), grip)
    solid(c, turned(head, x, edge, 1, tilt), metal, 0.012)
    c.line(turned(((-0.11, -0.015), (0.11, -0.015)), x, edge, 1, tilt), 0.016, lighter(metal, 0.7))


def shaft(c: Canvas, start: Point, end: Point, colour: Colour) -> None:
    """A feathered shaft that vanishes in a dark hole."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    c.ellipse(*end, 0.026, fill=(60, 14, 14))
    c.line((start, end), 0.03, (50, 36, 24))
    c.line((start, end), 0.018, (190, 140, 84))
    for side in (-1, 1):
        vane = ((-0.03, 0), (-0.07, side * 0.055), (0.05, side * 0.055), (0.1, 0))
        solid(c, turned(vane, *start, 1, angle), colour, 0.008)


def sword(c: Canvas, x: float, y: float, angle: float) -> None:
    """A sword or dagger thrust in from above: blade, guard, grip and pommel."""
    metal, grip = c.r.choice(METALS), c.r.choice(WOODS + PAINTS)
    gold = c.r.choice(((212, 170, 60), (120, 126, 134)))
    c.ellipse(x, y, 0.04, 0.02, fill=(60, 14, 14))
    long = c.r.uniform(0.2, 0.28)
    for part, fill in (
        (((-0.035, 0), (0.035, 0), (0.035, -long), (-0.035, -long)), metal),
        (((-0.022, -long), (0.022, -long), (0.022, -long - 0.13), (-0.022, -long - 0.13)), grip),
        (((-0.12, -long - 0.02), (0.12, -long - 0.02), (0.12, -long + 0.02), (-0.12, -long + 0.02)),
         gold),
    ):  # fmt: skip
        solid(c, turned(part, x, y, 1, angle), fill)
    c.line(turned(((0, 0), (0, -long)), x, y, 1, angle), 0.012, lighter(metal, 0.7))
    c.ellipse(*turned(((0, -long - 0.15),), x, y, 1, angle)[0], 0.032, fill=gold)
