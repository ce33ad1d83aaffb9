"""What leans, and what it leans on."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, Point, spread
from trainer.scenes.props import (
    PAINTS,
    STONES,
    WOODS,
    band,
    darker,
    fit,
    lighter,
    solid,
    turned,
)


def tilted(c: Canvas, sprite: Image.Image, corner: Point, lean: float, size: float) -> None:
    """A sprite on the floor whose upper part touches something upright.

    Args:
        c: What to draw on.
        sprite: What leans.
        corner: Where the floor meets the upright, or would.
        lean: Degrees; positive to the right.
        size: The longer side at most.
    """
    turn = 90 - lean if sprite.width > 1.2 * sprite.height else -lean
    slanted = sprite.rotate(turn, expand=True, resample=Image.Resampling.BILINEAR)
    slanted = slanted.crop(slanted.getbbox())
    size = min(size, fit(c, slanted, 0.46, 0.62))
    way = 1 if lean > 0 else -1
    c.stand(slanted, corner[0] - way * c.extent(slanted, size)[0] / 2, corner[1], size)


def wall(c: Canvas, edge: float, way: int, level: float) -> None:
    """A brick wall, a board, or a trunk with a crown of leaves."""
    kind = c.r.randrange(3)
    if kind == 0:
        brick = c.r.choice(((176, 84, 62), *STONES))
        far = edge + way * 0.8
        c.rectangle(min(edge, far), 0, max(edge, far), level, fill=brick)
        for k, y in enumerate(spread(11, 0.04, level - 0.04)):
            c.line(((edge, y), (far, y)), 0.008, lighter(brick, 0.45))
            for j in range(6):
                x = edge + way * (0.1 * j + (0.05 if k % 2 else 0.0))
                c.line(((x, y), (x, min(level, y + 0.08))), 0.008, lighter(brick, 0.45))
        c.line(((edge, 0), (edge, level)), 0.016, darker(brick))
    elif kind == 1:
        far = edge + way * c.r.uniform(0.06, 0.12)
        post = c.r.choice(WOODS)
        c.rectangle(min(edge, far), 0.08, max(edge, far), level, fill=post, outline=darker(post))
    else:
        bark = c.r.choice(WOODS[1:])
        far = edge + way * 0.14
        solid(c, ((edge, 0), (far, 0), (far + way * 0.04, level), (edge, level)), bark)
        green = c.r.choice(((60, 130, 60), (100, 150, 50)))
        for k in range(5):
            c.ellipse(
                edge + way * (0.07 + 0.1 * (k - 2)), 0.05 + 0.03 * (k % 2), 0.13, 0.09, fill=green
            )


def prop(c: Canvas, foot: Point, head: Point) -> None:
    """A ladder, a plank or a broom from the floor to a height."""
    wood = c.r.choice((*WOODS, *PAINTS[:3]))
    dx, dy = head[0] - foot[0], head[1] - foot[1]
    length = math.hypot(dx, dy)
    nx, ny = -dy / length * 0.045, dx / length * 0.045
    kind = c.r.randrange(3)
    if kind == 0:
        for t in spread(7, 0.08, 0.92):
            x, y = foot[0] + dx * t, foot[1] + dy * t
            c.line(((x - nx, y - ny), (x + nx, y + ny)), 0.02, darker(wood, 0.15))
        for s in (-1, 1):
            band(
                c,
                ((foot[0] + s * nx, foot[1] + s * ny), (head[0] + s * nx, head[1] + s * ny)),
                0.018,
                wood,
            )
    elif kind == 1:
        band(c, (foot, head), 0.05, wood)
        c.line((foot, head), 0.01, darker(wood, 0.25))
    else:
        band(c, (foot, head), 0.024, wood)
        angle = math.atan2(dy, dx)
        brush = (
            (-0.04, -0.04),
            (0.06, -0.03),
            (0.06, 0.03),
            (-0.04, 0.04),
            (-0.16, 0.09),
            (-0.16, -0.09),
        )
        spot = (foot[0] + dx * 0.16, foot[1] + dy * 0.16)
        solid(c, turned(brush, *spot, 1, angle), (220, 184, 90))


def slabs(c: Canvas, corner: Point, way: int) -> None:
    """Books or boards in a row, each leaning on the next, the last one on what is at a corner."""
    lean = c.r.uniform(0.22, 0.4)
    x, level = corner
    for _ in range(c.r.randint(2, 4)):
        thick, tall = c.r.uniform(0.06, 0.1), c.r.uniform(0.32, 0.46)
        cover = c.r.choice((*PAINTS, *WOODS))
        foot = x - way * tall * math.sin(lean)
        book = ((0, 0), (0, -tall), (-way * thick, -tall), (-way * thick, 0))
        lift = level - thick * math.sin(lean)
        solid(c, turned(book, foot, lift, 1, way * lean), cover, 0.012)
        for v in (0.2, 0.8):
            stripe = ((0, -tall * v), (-way * thick, -tall * v))
            c.line(turned(stripe, foot, lift, 1, way * lean), 0.014, lighter(cover, 0.5))
        x -= way * thick * 1.12 / math.cos(lean)
