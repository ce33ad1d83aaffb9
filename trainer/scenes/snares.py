"""What catches: nets, hooks, traps, nooses, webs."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Point, around, spread
from trainer.scenes.props import METALS, WOODS, arc, band, cord, darker, lighter, solid, turned


def net(c: Canvas, at: Point, w: float, h: float) -> None:
    """A net that hangs over something, with weights along its lower edge."""
    x, y = at
    twine = c.contrasting(c.a)
    n = c.r.randint(6, 8)

    def knot(u: float, v: float) -> Point:
        # The net spreads downwards and sags at its edge.
        wide = w * (0.25 + 0.75 * math.sqrt(v))
        return x + u * wide, y - h + 2 * h * v - 0.12 * h * (1 - u * u) * (1 - v)

    for i in range(-n, n + 1):
        for way in (-1, 1):
            strand = [(i / n * 1.5 + way * (v - 0.5), v) for v in spread(9, 0.0, 1.0)]
            line = [knot(u, v) for u, v in strand if -1 <= u <= 1]
            if len(line) > 1:
                c.line(line, 0.01, twine)
    for side in (-1, 1):
        c.line([knot(side, v) for v in spread(9, 0, 1)], 0.018, twine)
    c.line([knot(u, 1) for u in spread(9, -1, 1)], 0.022, twine)
    for u in spread(7, -1, 1):
        c.ellipse(*knot(u, 1), 0.022, fill=darker(twine, 0.3))


def hung_net(c: Canvas, at: Point, w: float, h: float) -> None:
    """A bag of netting drawn together on a rope from above."""
    x, y = at
    twine = c.r.choice((WOODS[2], c.contrasting(c.a)))

    def knot(u: float, v: float) -> Point:
        return x + u * w * abs(math.sin(math.pi * (0.05 + v * 0.95))) ** 0.6, y - h + 2 * h * v

    n = 5
    for i in range(-n, n + 1):
        for way in (-1, 1):
            line = [
                knot(max(-1.0, min(1.0, i / n * 1.6 + way * (v - 0.5) * 1.2)), v)
                for v in spread(11, 0, 1)
            ]
            c.line(line, 0.01, twine)
    cord(c, ((x, 0.0), (x, y - h + 0.01)), 0.03, twine)
    c.ellipse(x, y - h, 0.035, 0.022, fill=darker(twine, 0.3))


def hook(c: Canvas, top: Point) -> None:
    """A fish hook on a line, at times with its rod; its point is in something at a place."""
    x, y = top
    metal = c.r.choice(METALS)
    rod = c.chance(0.5)
    start = (x, 0.0)
    if rod:
        way = c.r.choice((-1, 1))
        start = (x, 0.07)
        band(c, (start, (x + way * 0.5, 0.24)), 0.022, c.r.choice(WOODS))
    c.line((start, (x, y - 0.12)), 0.009, (240, 240, 240) if sum(c.ground) < 384 else (40, 40, 46))
    bow = [(x, y - 0.12), (x, y + 0.02), *arc(x - 0.05, y + 0.02, 0.05, 0.06, low=0, high=math.pi)]
    barb = (bow[-1][0], y - 0.035)
    for width, colour in ((0.03, darker(metal, 0.6)), (0.018, metal)):
        c.line([*bow, barb, (barb[0] + 0.022, barb[1] + 0.03)], width, colour)
    c.ellipse(x, y - 0.13, 0.016, outline=metal, width=0.01)


def jaws(c: Canvas, at: Point, q: float) -> None:
    """The near half of a toothed trap around something, with a chain."""
    x, y = at
    iron = c.r.choice((METALS[3], METALS[1], (130, 84, 56)))
    for k in range(5):
        c.ellipse(
            x + q + 0.03 + 0.055 * k, y + 0.06 + 0.008 * k, 0.032, 0.018, outline=iron, width=0.014
        )
    rim = arc(x, y - 0.02, q, q * 0.34, low=0, high=math.pi)
    c.ellipse(x, y + q * 0.34, 0.12, 0.035, fill=darker(iron, 0.4))
    for (x0, y0), (x1, y1) in zip(rim[::2], rim[2::2], strict=False):
        tooth = ((x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 - 0.1), (x1, y1))
        solid(c, tooth, lighter(iron, 0.25), 0.008)
    band(c, rim, 0.04, iron)


def back_jaws(c: Canvas, at: Point, q: float) -> None:
    """The far half of the trap, behind what it holds."""
    x, y = at
    rim = arc(x, y - 0.02, q, q * 0.3, low=math.pi, high=math.tau)
    band(c, rim, 0.03, (70, 70, 76))


def noose(c: Canvas, at: Point, w: float) -> None:
    """A rope thrown from above that is drawn tight around something; only its near half."""
    x, y = at
    rope = c.r.choice((WOODS[0], WOODS[2], (225, 205, 160)))
    way = c.r.choice((-1, 1))
    for level in (y - 0.035, y + 0.025):
        cord(c, arc(x, level, w, 0.05, low=0, high=math.pi), 0.032, rope)
    path = [
        (x + way * (w + 0.34 * t), y - 0.5 * t - 0.1 * math.sin(math.pi * t))
        for t in spread(8, 0, 1)
    ]
    cord(c, path, 0.026, rope)
    c.ellipse(x + way * w, y, 0.035, fill=darker(rope, 0.25))


def web(c: Canvas, at: Point, q: float) -> None:
    """A spider's web."""
    n = c.r.randint(8, 11)
    start = c.r.uniform(0, 6)
    silk = (250, 250, 250) if sum(c.ground) < 470 else (60, 60, 70)
    spokes = list(around(n, *at, q, start))
    for x, y, angle in spokes:
        c.line((at, (x + 0.4 * math.cos(angle), y + 0.4 * math.sin(angle))), 0.008, silk)
    for t in spread(6, 0.18, 1.0):
        ring = [(at[0] + (x - at[0]) * t, at[1] + (y - at[1]) * t) for x, y, _ in spokes]
        points = []
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            sag = 0.92
            middle = (at[0] + ((x0 + x1) / 2 - at[0]) * sag, at[1] + ((y0 + y1) / 2 - at[1]) * sag)
            points += [(x0, y0), middle]
        c.line([*points, points[0]], 0.007, silk)


def mousetrap(c: Canvas, at: Point, w: float) -> None:
    """The bow of a sprung trap across something, and the board's near edge."""
    x, y = at
    wood, wire = c.r.choice(WOODS), c.r.choice(METALS)
    board = ((-w, -0.03), (w, -0.03), (w * 1.1, 0.06), (-w * 1.1, 0.06))
    solid(c, turned(board, x, y, 1), wood, 0.012)
    band(
        c,
        ((x - w * 0.6, y), (x - w * 0.6, y - 0.24), (x + w * 0.6, y - 0.24), (x + w * 0.6, y)),
        0.018,
        wire,
    )
    for way in (-1, 1):
        for k in range(3):
            c.ellipse(
                x + way * w * 0.6, y - 0.005 + 0.014 * (k - 1), 0.03, 0.012, outline=darker(wire)
            )
