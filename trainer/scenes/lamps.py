"""Sources of light that relations draw: lanterns, candles, street lamps, camp fires."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.props import WOODS, darker, lighter, mixed, solid, turned

_HOT: tuple[Colour, ...] = ((226, 60, 28), (246, 140, 30), (255, 214, 80), (255, 246, 200))


def flame(c: Canvas, x: float, base: float, width: float, height: float) -> None:
    """A flame of nested tongues, red outside and pale inside."""
    lean = c.jitter(0.35)
    for k, (colour, share) in enumerate(zip(_HOT, (1.0, 0.76, 0.52, 0.26), strict=True)):
        tall, half = height * share, width * share / 2
        edge = [
            (
                half * math.sin(math.pi * t**0.7) ** 0.85 * side + lean * width * t * t * share,
                -tall * t,
            )
            for side, steps in ((-1, spread(9, 0, 1)), (1, spread(9, 1, 0)))
            for t in steps
        ]
        c.polygon([(x + u, base + v - 0.01 * k * height) for u, v in edge], fill=colour)


def lantern(c: Canvas, x: float, y: float, size: float) -> Point:
    """A lantern with a handle; its light is where the returned point is."""
    metal: Colour = c.r.choice(((40, 40, 44), (120, 80, 40), (90, 96, 104)))
    glass = (255, 226, 140)
    c.ellipse(x, y - size * 0.52, size * 0.2, outline=metal, width=0.014)
    solid(
        c, _scaled(x, y, size, ((-0.28, -0.3), (0.28, -0.3), (0.12, -0.48), (-0.12, -0.48))), metal
    )
    solid(c, _scaled(x, y, size, ((-0.22, -0.3), (0.22, -0.3), (0.26, 0.3), (-0.26, 0.3))), glass)
    flame(c, x, y + size * 0.26, size * 0.2, size * 0.4)
    for u in (-0.23, 0.0, 0.23):
        c.line(((x + u * size, y - size * 0.3), (x + u * size * 1.1, y + size * 0.3)), 0.01, metal)
    c.rectangle(
        x - size * 0.3, y + size * 0.28, x + size * 0.3, y + size * 0.4, fill=metal, radius=0.01
    )
    return x, y


def candle(c: Canvas, x: float, y: float, size: float) -> Point:
    """A candle whose foot is at y."""
    wax: Colour = c.r.choice(((240, 232, 210), (200, 60, 50), (120, 150, 190)))
    top = y - size * 0.62
    solid(c, _scaled(x, y, size, ((-0.13, 0), (0.13, 0), (0.13, -0.6), (-0.13, -0.6))), wax)
    c.ellipse(x, top + 0.02 * size, size * 0.13, size * 0.04, fill=lighter(wax))
    for u in (-0.07, 0.08):
        drop = top + size * c.r.uniform(0.1, 0.3)
        c.line(((x + u * size, top + 0.02), (x + u * size, drop)), 0.05 * size, lighter(wax, 0.25))
    c.line(((x, top), (x, top - 0.07 * size)), 0.01, (30, 24, 20))
    flame(c, x, top - 0.02 * size, size * 0.2, size * 0.4)
    return x, top - 0.15 * size


def street_lamp(c: Canvas, x: float, y: float, size: float) -> Point:
    """A lamp on a post whose foot is at y; twice as tall as its size."""
    metal, head = darker(c.colour(), 0.75), y - 2 * size
    c.line(((x, y), (x, head)), 0.025, metal)
    c.rectangle(x - 0.05, y - 0.03, x + 0.05, y, fill=metal)
    globe = size * 0.2
    c.ellipse(x, head, globe, fill=(255, 240, 180), outline=metal)
    c.rectangle(
        x - globe * 0.7, head + globe * 0.8, x + globe * 0.7, head + globe * 1.1, fill=metal
    )
    return x, head


def camp_fire(c: Canvas, x: float, y: float, size: float) -> Point:
    """Flames over crossed logs on the ground."""
    for u, tall in ((-0.24, 0.6), (0.24, 0.65), (0.0, 0.95)):
        flame(c, x + u * size, y, size * 0.45, size * tall)
    wood = c.r.choice(WOODS)
    for tilt in (-0.3, 0.3):
        log = ((-0.42, -0.06), (0.42, -0.06), (0.42, 0.06), (-0.42, 0.06))
        solid(c, turned(log, x, y, size, tilt), mixed(wood, (30, 20, 16), 0.3))
    return x, y - 0.3 * size


def _scaled(x: float, y: float, size: float, points: tuple[Point, ...]) -> list[Point]:
    return turned(points, x, y, size)
