"""Subjects as plants: stems, leaves, pots, vases."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.containers import Tub
from trainer.scenes.props import (
    PAINTS,
    band,
    darker,
    fit,
    lighter,
    solid,
    turned,
)


def leaves(c: Canvas, at: Point, size: float) -> None:
    """A pair of leaves."""
    green = c.r.choice(((70, 150, 60), (40, 120, 70), (130, 170, 60)))
    for lean in (-0.9, 0.9):
        angle = -math.pi / 2 + lean + c.jitter(0.2)
        blade = ((0, 0), (0.4, -0.24), (1, 0), (0.4, 0.24))
        solid(c, turned(blade, *at, size, angle), green, 0.008)


def stemmed(c: Canvas, foot: Point, head: Point, sprite: Image.Image, size: float) -> None:
    """A subject on a stem with leaves."""
    green = c.r.choice(((70, 140, 60), (50, 110, 60)))
    bend = c.jitter(0.03)
    dx, dy = head[0] - foot[0], head[1] - foot[1]
    path = [
        (foot[0] + dx * t + bend * math.sin(math.pi * t), foot[1] + dy * t) for t in spread(8, 0, 1)
    ]
    band(c, path, 0.014, green)
    leaves(c, path[3], size * 0.34)
    c.put(sprite, *head, size, rotate=(foot[0] - head[0]) * 60)


def potted(c: Canvas, soil: Colour) -> None:
    """A flower pot with a subject on a stem or half sunk in it."""
    clay = c.r.choice(((190, 100, 62), (190, 100, 62), *PAINTS, (236, 232, 224)))
    x, rim = 0.5 + c.jitter(0.05), c.r.uniform(0.19, 0.24)
    top = c.r.uniform(0.62, 0.68)
    tub = Tub(x, top, 0.95, rim, rim * c.r.uniform(0.65, 0.85))
    c.ellipse(x, top - 0.02, rim, 0.04, fill=soil, outline=darker(soil))
    if c.chance(0.4):
        stemmed(c, (x, top), (x, 0.3), c.a, 0.42)
    else:
        size = fit(c, c.a, 0.6, 0.66)
        height = c.extent(c.a, size)[1]
        c.put(c.a, x, top - height * 0.3, size, rotate=c.jitter(8))
        for way in (-1, 1):
            leaves(c, (x + way * rim * 0.6, top - 0.01), 0.12)
    solid(c, tub.front, clay, 0.014)
    wide = rim + 0.025
    lip = (
        (x - wide, top - 0.01),
        (x + wide, top - 0.01),
        (x + rim, top + 0.07),
        (x - rim, top + 0.07),
    )
    solid(c, lip, lighter(clay, 0.12), 0.012)
    c.line(((x - rim * 0.6, top + 0.11), (x - rim * 0.5, 0.88)), 0.022, lighter(clay, 0.4))


def bouquet(c: Canvas) -> None:
    """A vase with subjects on stems."""
    n = c.r.randint(3, 7)
    glaze = c.r.choice(PAINTS)
    x = 0.5 + c.jitter(0.04)
    order = spread(n, -1, 1)
    c.r.shuffle(order)
    for t in order:
        head = (x + t * 0.34, 0.24 + 0.16 * t * t + c.jitter(0.05))
        sprite = c.b if c.chance(0.2) else c.a
        stemmed(c, (x + t * 0.05, 0.68), head, sprite, c.r.uniform(0.21, 0.26))
    half = [(0.1, 0.6), (0.07, 0.66), (0.17, 0.78), (0.16, 0.88), (0.1, 0.96)]
    body = [*[(x + u, v) for u, v in half], *[(x - u, v) for u, v in reversed(half)]]
    solid(c, body, glaze, 0.014)
    c.line(((x - 0.1, 0.77), (x - 0.09, 0.86)), 0.022, lighter(glaze, 0.55))
