"""Containers that hold no more: brimful, or toppled."""

from __future__ import annotations

from trainer.scenes.canvas import Canvas, Colour, spread
from trainer.scenes.containers import DRINKS, Tub, tub_front
from trainer.scenes.props import darker, kept, lighter, solid


def running_over(c: Canvas, colour: Colour) -> None:
    """A brimful container with a subject in it, down whose side a liquid runs into a puddle."""
    drink = c.r.choice(DRINKS)
    tub = Tub(0.5 + c.jitter(0.05), 0.46, 0.9, 0.28, 0.22)
    c.ellipse(tub.x, 0.92, 0.42, 0.055, fill=drink, outline=darker(drink, 0.25))
    c.put(c.a, tub.x, tub.top - 0.14, 0.36)
    tub_front(c, tub, colour)
    c.ellipse(tub.x, tub.top - 0.01, tub.rim + 0.03, 0.06, fill=drink, outline=darker(drink, 0.25))
    for x in spread(7, tub.x - tub.rim, tub.x + tub.rim):
        end = c.r.uniform(tub.top + 0.1, 0.92)
        q = c.r.uniform(0.026, 0.044)
        c.rectangle(x - q, tub.top - 0.01, x + q, end, fill=drink, radius=q)
        c.line(((x - q * 0.4, tub.top + 0.05), (x - q * 0.4, end - q)), 0.01, lighter(drink, 0.5))
    height = c.extent(c.a, 0.36)[1]
    shown = min(0.95, max(0.3, (0.14 + height / 2 - 0.02) / height))
    c.put(kept(c.a, 0, 0, 1, shown), tub.x, tub.top - 0.14, 0.36, shadow=False)
    for _ in range(c.r.randint(3, 7)):
        c.ellipse(tub.x + c.jitter(0.36), tub.top - c.r.uniform(0.0, 0.14), 0.014, fill=drink)


def toppled(c: Canvas, colour: Colour) -> None:
    """A container on its side; its contents fan out over the ground."""
    way = c.r.choice((-1, 1))
    x, y = 0.5 - way * 0.42, 0.66
    body = ((0, -0.2), (0.42, -0.26), (0.42, 0.26), (0, 0.2))
    solid(c, [(x + way * u, y + v) for u, v in body], colour, 0.014)
    for u in (0.1, 0.34):
        c.line(
            ((x + way * u, y - 0.2 - u * 0.14), (x + way * u, y + 0.2 + u * 0.14)),
            0.02,
            darker(colour),
        )
    c.ellipse(
        x + way * 0.42,
        y,
        0.08,
        0.26,
        fill=darker(colour, 0.75),
        outline=lighter(colour),
        width=0.02,
    )
    for k, n in enumerate((2, 3, 3, 4)):
        for v in spread(n, 0.02 - 0.04 * k, 0.24):
            spot = (x + way * (0.42 + 0.13 * k) + c.jitter(0.025), y + v + c.jitter(0.02))
            c.put(c.a, *spot, c.r.uniform(0.15, 0.18), rotate=c.r.uniform(-180, 180))
