"""What carries subjects: wheels, carts, sledges, boats, wings, balloons."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Colour, Point, around, spread
from trainer.scenes.props import PAINTS, WOODS, darker, lighter, solid, turned


def wheel(c: Canvas, x: float, y: float, radius: float) -> None:
    """A wheel with a tyre, a rim and spokes."""
    spoke: Colour = c.r.choice(((205, 208, 212), (205, 160, 105), (240, 240, 240)))
    c.ellipse(x, y, radius, fill=(28, 26, 30))
    c.ellipse(x, y, radius * 0.74, fill=darker(spoke, 0.5))
    for u, v, _ in around(6, x, y, radius * 0.72, c.r.uniform(0, 1)):
        c.line(((x, y), (u, v)), radius * 0.14, spoke)
    c.ellipse(x, y, radius * 0.72, outline=spoke, width=radius * 0.12)
    c.ellipse(x, y, radius * 0.2, fill=spoke)


def cart(c: Canvas, x: float, floor: float, half: float) -> None:
    """The body of a cart on wheels, or a sledge on runners; its load stands `half` above."""
    kind, paint = c.r.randrange(3), c.r.choice(WOODS + PAINTS)
    top = floor - half * 1.05
    body = ((-1.0, -1.05), (1.0, -1.05), (0.86, -0.42), (-0.86, -0.42))
    solid(c, turned(body, x, floor, half), paint, 0.014)
    if kind == 0:
        for level in (0.2, 0.42):
            c.line(((x - half * 0.93, top + half * level), (x + half * 0.93, top + half * level)),
                   0.01, darker(paint))  # fmt: skip
    if kind < 2:
        for u in (-0.55, 0.55):
            wheel(c, x + u * half, floor - half * 0.32, half * 0.32)
        return
    for u in (-0.5, 0.5):
        c.line(
            ((x + u * half, floor - half * 0.45), (x + u * half, floor - 0.02)), 0.02, darker(paint)
        )
    runner = [(x - half, floor), (x + half, floor)]
    for side in (-1, 1):
        tip = x + side * half
        c.line(
            ((tip, floor), (tip + side * half * 0.22, floor - half * 0.25)), 0.026, darker(paint)
        )
    c.line(runner, 0.026, darker(paint))


def hull(c: Canvas, x: float, level: float, half: float) -> None:
    """The hull of a boat whose rim is at a level, in two colours."""
    paint = c.r.choice(WOODS + PAINTS)
    deep = half * c.r.uniform(0.42, 0.6)
    shape = ((-1.1, -0.12), (-0.5, 0.0), (0.5, 0.0), (1.1, -0.12), (0.72, 1.0), (-0.72, 1.0))
    points = [(x + u * half, level + v * deep) for u, v in shape]
    solid(c, points, paint, 0.014)
    band = [(x + u * half, level + v * deep + 0.03) for u, v in shape[:4]]
    c.line(band, 0.02, lighter(paint, 0.6))


def sea(c: Canvas, level: float) -> None:
    """Water below a level with a wavy edge, over whatever is there."""
    tone: Colour = c.r.choice(((40, 100, 160), (60, 150, 180), (30, 60, 100), (120, 150, 150)))
    for k in range(3):
        top, shift = level + k * (1 - level) * 0.35, c.r.uniform(0, 6)
        edge = [(x, top + 0.014 * math.sin(26 * x + shift)) for x in spread(60, 0, 1)]
        c.polygon([*edge, (1, 1.02), (0, 1.02)], fill=lighter(tone, 0.3 - 0.15 * k))
        c.line(edge, 0.01, lighter(tone, 0.75))


def wings(c: Canvas, x: float, y: float, span: float) -> None:
    """A pair of wings that meet at a point: of feathers, of a butterfly, or of a bat."""
    kind = c.r.randrange(3)
    paint: Colour = c.r.choice(((250, 250, 250), (60, 56, 64), *PAINTS))
    lift = c.r.uniform(-0.35, 0.25)
    for side in (-1, 1):
        if kind == 0:
            for k in range(5, -1, -1):
                angle, long = 0.75 - 0.24 * k, span * (0.5 + 0.1 * k)
                feather = ((0, -0.06), (0.6, -0.12), (1, 0), (0.6, 0.12), (0, 0.06))
                points = turned(feather, 0, 0, long, angle + lift - 0.2)
                solid(c, [(x + side * u, y + v) for u, v in points], paint)
            continue
        upper = ((0, 0), (0.3, -0.5), (0.75, -0.62), (1, -0.4), (0.85, -0.05), (0.4, 0.08))
        lower = ((0, 0), (0.5, 0.08), (0.72, 0.3), (0.55, 0.58), (0.3, 0.5))
        bat = ((0, -0.08), (0.4, -0.5), (1, -0.2), (0.85, 0.2), (0.68, 0.05), (0.5, 0.3),
               (0.3, 0.1), (0.1, 0.28))  # fmt: skip
        for part in (upper, lower) if kind == 1 else (bat,):
            solid(c, [(x + side * u * span, y + v * span) for u, v in part], paint, 0.014)
            mid = part[len(part) // 2]
            if kind == 1:
                c.ellipse(x + side * mid[0] * span * 0.7, y + mid[1] * span * 0.7, span * 0.09,
                          fill=lighter(paint, 0.6))  # fmt: skip


def balloons(c: Canvas, x: float, top: float, hold: Point) -> None:
    """A bunch of balloons, or a parachute, above a point that its strings hold."""
    string = darker(c.ground, 0.7)
    if c.chance(0.5):
        n, half = c.r.randint(5, 7), c.r.uniform(0.24, 0.32)
        low, paint = top + half * 0.8, c.r.choice(PAINTS)
        for k, u in enumerate(spread(n, -1, 1)):
            c.line(((x + u * half, low), hold), 0.008, string)
            if k:
                left, right = x + spread(n, -1, 1)[k - 1] * half, x + u * half
                dome = [
                    (x + (w - x), low - half * 0.85 * math.sqrt(max(0, 1 - ((w - x) / half) ** 2)))
                    for w in spread(7, left, right)
                ]
                scallop = [((left + right) / 2, low - 0.03)]
                c.polygon([*dome, *scallop], fill=paint if k % 2 else lighter(paint, 0.75))
        return
    for _ in range(c.r.randint(3, 7)):
        u, v, paint = x + c.jitter(0.15), top + c.r.uniform(0.06, 0.22), c.r.choice(PAINTS)
        c.line(((u, v), hold), 0.008, string)
        c.ellipse(u, v, 0.075, 0.09, fill=paint, outline=darker(paint), width=0.008)
        c.ellipse(u - 0.025, v - 0.035, 0.018, 0.024, fill=lighter(paint, 0.7))
