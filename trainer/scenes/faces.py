"""Faces and limbs that bring things to life."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Point
from trainer.scenes.props import (
    PAINTS,
    arc,
    band,
    darker,
    solid,
)


def eyes(c: Canvas, at: Point, q: float) -> None:
    """A pair of eyes, at times with brows."""
    kind = c.r.randrange(4)
    look = c.jitter(q * 0.25), c.jitter(q * 0.25)
    iris = c.r.choice(((16, 16, 20), (16, 16, 20), (50, 100, 170), (70, 130, 60)))
    brow = c.r.choice((None, -0.2, 0.2))
    for way in (-1, 1):
        x, y = at[0] + way * q * 1.05, at[1]
        if kind == 0:
            c.ellipse(x, y, q * 0.62, q * 0.82, fill=(20, 20, 24))
            c.ellipse(x - q * 0.15, y - q * 0.3, q * 0.24, fill=(255, 255, 255))
        elif kind == 1:
            c.ellipse(x, y, q * 0.9, fill=(245, 245, 245))
            lid = arc(x, y - q * 0.1, q * 0.7, q * 0.55, low=math.pi, high=math.tau)
            c.line(lid, q * 0.26, (20, 20, 24))
        else:
            tall = q * (0.9 if kind == 2 else 1.2)
            c.ellipse(x, y, q * 0.9, tall, fill=(252, 252, 252), outline=(20, 20, 24))
            c.ellipse(x + look[0], y + look[1], q * 0.45, fill=iris)
            c.ellipse(
                x + look[0] - q * 0.12, y + look[1] - q * 0.14, q * 0.15, fill=(255, 255, 255)
            )
        if brow is not None:
            inner, outer = (x - way * q * 0.5, y - q * (1.35 + brow)), (
                x + way * q * 0.7, y - q * (1.35 - brow))  # fmt: skip
            band(c, (inner, outer), q * 0.2, (30, 26, 26))


def mouth(c: Canvas, at: Point, q: float) -> None:
    """A mouth: laughing, toothy, round, or a line up or down."""
    x, y = at
    kind = c.r.randrange(4)
    wide = q * c.r.uniform(0.9, 1.5)
    if kind == 0:
        lips = arc(x, y, wide, q * 1.1, low=0, high=math.pi)
        solid(c, lips, (110, 20, 26), q * 0.14)
        c.ellipse(x, y + q * 0.72, wide * 0.45, q * 0.24, fill=(236, 110, 110))
    elif kind == 1:
        solid(c, arc(x, y, wide, q * 0.9, low=0, high=math.pi), (250, 250, 250), q * 0.16)
        c.line(
            ((x - wide * 0.9, y + q * 0.4), (x + wide * 0.9, y + q * 0.4)), q * 0.1, (60, 50, 50)
        )
    elif kind == 2:
        c.ellipse(x, y + q * 0.3, q * 0.45, q * 0.6, fill=(110, 20, 26), outline=(30, 10, 14))
    else:
        frown = c.chance(0.4)
        low, high = (math.pi * 1.1, math.pi * 1.9) if frown else (math.pi * 0.1, math.pi * 0.9)
        curve = arc(x, y + (q * 0.7 if frown else 0), wide, q * 0.7, low=low, high=high)
        c.line(curve, q * 0.52, (250, 250, 250))
        c.line(curve, q * 0.3, (24, 20, 24))


def limbs_of(c: Canvas, at: Point, left: float, right: float, height: float) -> None:
    """Arms that wave or rest, and legs in shoes, behind the subject."""
    x, y = at
    colour = c.r.choice(((24, 22, 26), c.contrasting(c.ground)))
    glove = c.r.choice(((250, 250, 250), colour))
    shoe = c.r.choice(PAINTS)
    foot = min(0.95, y + height / 2 + 0.14)
    for way, edge in ((-1, left), (1, right)):
        shoulder = (x + edge * 0.8, y + 0.03)
        up = c.r.choice((-1, 1))
        elbow = (x + edge + way * 0.08, y + 0.06)
        hand = (x + edge + way * 0.14, y + 0.06 + up * 0.13)
        c.line((shoulder, elbow, hand), 0.026, colour)
        c.ellipse(*hand, 0.038, fill=glove, outline=darker(colour))
        leg = x + way * max(0.05, (right - left) * 0.2)
        c.line(((leg, y + height * 0.3), (leg, foot)), 0.026, colour)
        c.ellipse(leg + way * 0.03, foot, 0.062, 0.03, fill=shoe, outline=darker(shoe))
