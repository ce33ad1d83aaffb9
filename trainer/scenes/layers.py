"""Things made of layers: the ground, a cake, a sandwich."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Colour, spread
from trainer.scenes.props import (
    STONES,
    WOODS,
    arc,
    darker,
    fit,
    lighter,
    solid,
)

_TOPPINGS: tuple[tuple[Colour, float], ...] = (
    ((90, 160, 60), 0.04), ((250, 200, 60), 0.035), ((206, 60, 50), 0.045),
    ((120, 70, 46), 0.06), ((240, 190, 180), 0.04),
)  # fmt: skip


def strata(c: Canvas) -> None:
    """Strata of ground with buried subjects, at times one that walks on top."""
    top = c.r.uniform(0.2, 0.34)
    n = c.r.randint(3, 5)
    tones = c.r.sample((*WOODS, *STONES, (196, 150, 90), (120, 60, 44), (214, 190, 130)), n)
    phase, swing = c.r.uniform(0, 6), c.r.uniform(0.008, 0.03)
    height = (1 - top) / n
    for k, tone in enumerate(tones):
        y = top + k * height
        edge = [(x, y + swing * math.sin(phase * (k + 1) + x * (6 + k))) for x in spread(25, 0, 1)]
        c.polygon([*edge, (1, 1), (0, 1)], fill=tone)
        c.line(edge, 0.014, (80, 150, 60) if k == 0 else darker(tone, 0.35))
        for _ in range(10):
            spot = (c.r.random(), y + c.r.uniform(0.25, 0.85) * height)
            c.ellipse(
                *spot,
                c.r.uniform(0.006, 0.014),
                0.007,
                fill=c.r.choice((darker(tone), lighter(tone))),
            )
    size = min(0.26, height * 1.1)
    for k in c.r.sample(range(n), c.r.randint(1, n)):
        c.put(
            c.a,
            c.r.uniform(0.15, 0.85),
            top + (k + 0.55) * height,
            size,
            rotate=c.jitter(60),
            shadow=False,
        )
    if c.chance(0.6):
        c.stand(c.b, c.r.uniform(0.25, 0.75), top + 0.02, fit(c, c.b, 0.3, top * 0.95))


def cake(c: Canvas) -> None:
    """A layer cake with a subject on top, at times with others round its tiers."""
    n = c.r.randint(2, 4)
    sponge, cream = c.r.choice(((232, 196, 130), (120, 74, 46), (240, 180, 190))), c.r.choice(
        ((252, 244, 230), (214, 60, 70), (110, 60, 40)))  # fmt: skip
    step = c.r.uniform(0.0, 0.09)
    height = 0.5 / n
    wide = 0.42
    c.ellipse(0.5, 0.93, wide + 0.05, 0.03, fill=(230, 230, 234), outline=(120, 120, 128))
    for k in range(n):
        y, w = 0.93 - (k + 1) * height, wide - step * k
        c.rectangle(0.5 - w, y, 0.5 + w, y + height, fill=sponge, outline=darker(sponge))
        c.rectangle(0.5 - w, y, 0.5 + w, y + height * 0.28, fill=cream)
        for x in spread(7, 0.5 - w + 0.03, 0.5 + w - 0.03):
            q = min(0.045, w / 7)
            c.ellipse(x, y + height * c.r.uniform(0.22, 0.45), q, q, fill=cream)
        if step > 0.04 or c.chance(0.4):
            for x in spread(4, 0.5 - w + 0.07, 0.5 + w - 0.07):
                c.put(c.b, x, y + height * 0.68, min(0.11, height * 0.6), shadow=False)
    c.stand(c.a, 0.5, 0.445, fit(c, c.a, 0.44, 0.4))


def sandwich(c: Canvas) -> None:
    """A sandwich or burger with subjects as its filling."""
    bread = c.r.choice(((222, 170, 100), (196, 130, 70), (238, 206, 150)))
    x, w = 0.5, c.r.uniform(0.36, 0.42)
    slices = arc(x, 0.36, w, c.r.uniform(0.1, 0.24), low=math.pi, high=math.tau)
    n = c.r.randint(1, 2)
    y = 0.36
    solid(c, slices, bread, 0.014)
    for sx in spread(6, x - w * 0.6, x + w * 0.6):
        c.ellipse(sx, 0.31 + c.jitter(0.02), 0.014, 0.009, fill=lighter(bread, 0.6))
    for fill, tall in c.r.sample(_TOPPINGS, 2):
        edge = [
            (u, y + tall + (0.018 if k % 2 else 0.0))
            for k, u in enumerate(spread(13, x + w * 1.06, x - w * 1.06))
        ]
        solid(c, [(x - w * 1.04, y), (x + w * 1.04, y), *edge], fill)
        y += tall
    size = fit(c, c.a, w * 1.5 / n, 0.22)
    height = c.extent(c.a, size)[1]
    for u in spread(n, x - w * 0.45, x + w * 0.45) if n > 1 else [x]:
        c.put(c.a, u, y + height / 2, size)
    y += height * 0.93
    solid(
        c,
        ((x - w * 1.05, y), (x + w * 1.05, y), (x + w, y + 0.05), (x - w, y + 0.05)),
        (90, 160, 60),
    )
    base = y + 0.05
    c.rectangle(x - w, base, x + w, base + 0.11, fill=bread, outline=darker(bread), radius=0.04)
