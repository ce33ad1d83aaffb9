"""What points: bent and fat arrows, hands, signposts."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Colour, Point
from trainer.scenes.props import METALS, PAINTS, WOODS, band, darker, lighter, solid, turned


def bow(c: Canvas, points: list[Point], width: float, colour: Colour) -> None:
    """A bent arrow along points, with a dark rim."""
    (x0, y0), (x1, y1) = points[-2:]
    angle = math.atan2(y1 - y0, x1 - x0)
    band(c, points, width, colour)
    head = ((0.0, -0.5), (0.75, 0.0), (0.0, 0.5))
    solid(c, turned(head, x1, y1, width * 2.6, angle), colour, 0.009)
    c.line(points[-3:], width * 0.9, colour)


def hand(c: Canvas, tip: Point, angle: float, way: int) -> None:
    """A fist with an outstretched finger and a cuff."""
    skin: Colour = c.r.choice(((240, 200, 170), (150, 100, 70), (255, 255, 255), (250, 210, 60)))
    cuff = c.r.choice((*PAINTS, (40, 40, 48)))
    palm = ((-0.2, -0.075), (-0.4, -0.1), (-0.44, 0.13), (-0.24, 0.15), (-0.19, 0.06))
    parts: list[tuple[tuple[Point, ...], Colour]] = [
        (((-0.42, -0.12), (-0.62, -0.14), (-0.62, 0.17), (-0.42, 0.15)), cuff),
        (palm, skin),
    ]
    for part, fill in parts:
        solid(c, turned([(u, v * way) for u, v in part], *tip, 1.0, angle), fill, 0.014)
    for ends in (((-0.23, -0.045), (-0.02, -0.045)), ((-0.21, 0.03), (-0.27, 0.03)),
                 ((-0.22, 0.085), (-0.28, 0.085)), ((-0.24, 0.135), (-0.3, 0.13)),
                 ((-0.34, -0.08), (-0.25, -0.13))):  # fmt: skip
        band(c, turned([(u, v * way) for u, v in ends], *tip, 1.0, angle), 0.05, skin)


def signpost(c: Canvas, tip: Point, way: int, level: float) -> None:
    """A board with a pointed end on a post."""
    paint, wood = c.r.choice((*PAINTS, *WOODS, (250, 250, 250))), c.r.choice((*WOODS, *METALS))
    x, half = tip[0] - way * c.r.uniform(0.2, 0.26), c.r.uniform(0.06, 0.09)
    c.rectangle(x - 0.022, tip[1] - half - 0.06, x + 0.022, level, fill=wood)
    tail = tip[0] - way * 0.42
    neck = tip[0] - way * half
    board = [
        (tail, tip[1] - half),
        (neck, tip[1] - half),
        tip,
        (neck, tip[1] + half),
        (tail, tip[1] + half),
    ]
    solid(c, board, paint, 0.014)
    text = darker(paint, 0.7) if sum(paint) > 300 else lighter(paint, 0.8)
    for v in (-0.35, 0.3) if c.chance(0.6) else ():
        c.line(
            ((tail + way * 0.05, tip[1] + v * half), (neck - way * 0.03, tip[1] + v * half)),
            0.012,
            text,
        )


def block_arrow(c: Canvas, tip: Point, angle: float) -> None:
    """A fat arrow with a rim, as on a poster or a screen."""
    k, paint = c.r.uniform(0.85, 1.2), c.r.choice((*PAINTS, (250, 250, 250), (20, 20, 24)))
    fat = (
        (0, 0),
        (-0.17, -0.16),
        (-0.17, -0.075),
        (-0.42, -0.075),
        (-0.42, 0.075),
        (-0.17, 0.075),
        (-0.17, 0.16),
    )
    shade = turned(fat, tip[0] + 0.012, tip[1] + 0.014, k, angle)
    c.polygon(shade, fill=darker(c.ground, 0.5))
    solid(c, turned(fat, *tip, k, angle), paint, 0.016)
