"""Stacks of flat things with a subject on top, and bunches."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.garments import bow_tie
from trainer.scenes.props import (
    PAINTS,
    WOODS,
    darker,
    fit,
    floor,
    lighter,
    solid,
    stretched,
    turned,
)


def cards(c: Canvas) -> None:
    """Turned cards seen from above."""
    n = c.r.randint(4, 8)
    w, h = c.r.choice(((0.24, 0.32), (0.3, 0.3), (0.34, 0.25)))
    x, y, angle = 0.5 + c.jitter(0.03), 0.5 + c.jitter(0.03), c.jitter(0.2)
    paper = c.r.choice(((250, 248, 240), c.contrasting(c.a)))
    turn = c.r.choice((-1, 1)) * c.r.uniform(0.06, 0.16)
    for k in range(n):
        top = k == n - 1
        lean = angle if top else angle + turn * (n - 1 - k) * 0.5 + c.jitter(0.12)
        spot = (x, y) if top else (x + c.jitter(0.06), y + c.jitter(0.06))
        corners = ((-w, -h), (w, -h), (w, h), (-w, h))
        solid(c, turned(corners, *spot, 1, lean), paper if k % 2 else darker(paper, 0.12), 0.012)
    c.put(c.a, x, y, fit(c, c.a, w * 1.6, h * 1.6), rotate=-math.degrees(angle), shadow=False)


def books(c: Canvas) -> None:
    """Books seen from the side."""
    n = c.r.randint(3, 6)
    y, tall = 0.95, 0.5 / n
    if c.chance(0.6):
        floor(c, 0.94)
    for _ in range(n):
        w, x = c.r.uniform(0.26, 0.36), 0.5 + c.jitter(0.05)
        cover = c.r.choice((*PAINTS, *WOODS))
        way = c.r.choice((-1, 1))
        c.rectangle(x - w, y - tall, x + w, y, fill=cover, outline=darker(cover), radius=0.015)
        page = (x + way * w * 0.9, x + way * w * 1.01)
        c.rectangle(min(page), y - tall * 0.82, max(page), y - tall * 0.16, fill=(246, 240, 224))
        for u in (-0.7, -0.55, 0.45):
            c.line(((x - way * w * u, y - tall), (x - way * w * u, y)), 0.014, lighter(cover, 0.5))
        y -= tall
    c.stand(c.a, 0.5 + c.jitter(0.06), y + 0.005, fit(c, c.a, 0.5, y - 0.04))


def plates(c: Canvas) -> None:
    """Plates, coins or pancakes."""
    n = c.r.randint(4, 8)
    tone = c.r.choice(((240, 240, 242), (214, 172, 62), (214, 150, 80), *PAINTS))
    y, tall, w = 0.88, c.r.uniform(0.04, 0.06), c.r.uniform(0.28, 0.38)
    for k in range(n):
        x = 0.5 + c.jitter(0.035)
        colour = tone if k % 2 else darker(tone, 0.14)
        for level, fill in ((y, darker(tone, 0.35)), (y - tall, colour)):
            c.ellipse(x, level, w, w * 0.24, fill=fill, outline=darker(tone, 0.55))
        y -= tall
    c.ellipse(x, y, w * 0.75, w * 0.17, outline=darker(tone, 0.25))
    c.stand(c.a, x, y + w * 0.12, fit(c, c.a, w * 1.5, y + w * 0.1 - 0.04))


def sheets(c: Canvas) -> None:
    """Sheets seen from aslant, each with a subject."""
    n = c.r.randint(3, 5)
    w, h = 0.4, 0.17
    gap = c.r.uniform(0.09, 0.14)
    low = 0.5 + gap * (n - 1) / 2 + 0.02
    flat = stretched(c.a, 1.0, 0.5)
    other = stretched(c.b, 1.0, 0.5) if c.chance(0.4) else flat
    for k in range(n):
        x, y = 0.5 + c.jitter(0.03), low - gap * k
        tone = c.r.choice((*PAINTS, (248, 248, 244), c.contrasting(c.a)))
        rhomb = ((-w, 0), (0, -h), (w, 0), (0, h))
        solid(c, turned(rhomb, x, y + 0.025, 1), darker(tone, 0.35))
        solid(c, turned(rhomb, x, y, 1), tone)
        sprite = other if k % 2 else flat
        c.put(sprite, x, y - 0.01, fit(c, sprite, 0.36, 0.2), shadow=False)


def balloons(c: Canvas, x: float, size: float) -> None:
    """Copies on strings that are tied in a knot."""
    knot = (x + c.jitter(0.1), c.r.uniform(0.8, 0.9))
    places = [
        (x + u * size * 0.78, 0.32 + v * size * 0.7)
        for v, n in ((-0.9, 2), (0.0, 3), (0.9, 4), (1.7, 2))
        for u in spread(n, (1 - n) / 2, (n - 1) / 2)
    ]
    chosen = places[: c.r.randint(7, len(places))]
    for px, py in chosen:
        c.line(((px, py), knot, (knot[0] + (px - x) * 0.15, 0.99)), 0.008)
    for px, py in chosen:
        c.put(c.a, px + c.jitter(0.015), py + c.jitter(0.015), size, rotate=(x - px) * 80)
    if c.chance(0.6):
        bow_tie(c, knot, 0.07)
