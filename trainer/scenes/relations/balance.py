"""Support and balance."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.registry import Family

relation = Family("support and balance")


@relation(
    (
        "{Objects} stacked on top of one another into a tower",
        "A tall stack of identical {Objects}",
        "{Objects} balanced one above the other",
        "A column built by piling up {Objects}",
        "A tower of {Objects} reaching upward",
        "One {Object} on another on another, in a single column",
    ),
    ("{a}s stacked into a tower", "A tall stack of {a}s"),
)
def tower(c: Canvas) -> None:
    """Copies that touch or overlap in one column."""
    size = c.r.uniform(0.24, 0.36)
    _, height = c.extent(c.a, size)
    step = height * 0.9
    n = max(3, min(8, int(0.95 / step)))
    x = 0.5 + c.jitter(0.15)
    for i in range(n):
        c.put(c.a, x + c.jitter(0.02), 0.97 - height / 2 - step * i, size)


@relation(
    (
        "A small {Object} placed on the head of a larger {Subject}",
        "A {Subject} carrying a little {Object} on top",
        "A {Subject} that wears an {Object} like a hat",
        "An {Object} balanced on top of a big {Subject}",
        "A {Subject} crowned with something else",
        "A little {Thing} sitting on a large {Support}",
    ),
    ("A {b} on top of a {a}", "A {a} carrying a {b} on its head"),
)
def on_top(c: Canvas) -> None:
    """A large subject below, a small other one on its upper edge."""
    size = c.r.uniform(0.55, 0.65)
    _, height = c.extent(c.a, size)
    floor = 0.97 - max(0.0, 0.62 - height) / 2
    x = 0.5 + c.jitter(0.08)
    top = c.stand(c.a, x, floor, size)
    small = min(c.r.uniform(0.24, 0.3), max(0.18, top - 0.02))
    c.stand(c.b, x + c.jitter(0.04), top + 0.03, small)


@relation(
    (
        "Two {Subjects} balanced on either end of a beam",
        "A {Subject} weighed against another {Subject}",
        "Scales that compare two {Things}",
        "A seesaw with a {Subject} on each side",
        "An equilibrium between two {Weights}",
        "Two {Objects} on a lever that tips or stays level",
    ),
    ("A {a} and a {b} on a seesaw", "A {a} weighed against a {b}"),
)
def weighed(c: Canvas) -> None:
    """A seesaw, or scales with two hanging pans."""
    tilt = c.r.choice((0.0, 0.07, -0.07, 0.1, -0.1))
    if c.chance(0.55):
        y = 0.68
        c.polygon(((0.5, y), (0.38, 0.95), (0.62, 0.95)), fill=c.ink)
        c.line(((0.05, y - tilt), (0.95, y + tilt)), 0.03)
        c.stand(c.a, 0.2, y - tilt * 0.7, 0.34)
        c.stand(c.b, 0.8, y + tilt * 0.7, 0.34)
        return
    c.line(((0.5, 0.1), (0.5, 0.95)), 0.025)
    c.line(((0.3, 0.95), (0.7, 0.95)), 0.03)
    c.line(((0.2, 0.18 - tilt), (0.8, 0.18 + tilt)), 0.022)
    for sprite, x, top in ((c.a, 0.2, 0.18 - tilt), (c.b, 0.8, 0.18 + tilt)):
        pan = top + 0.45
        c.line(((x, top), (x - 0.16, pan)), 0.008)
        c.line(((x, top), (x + 0.16, pan)), 0.008)
        c.line(((x - 0.18, pan), (x + 0.18, pan)), 0.025)
        c.stand(sprite, x, pan, 0.28)


@relation(
    (
        "A {Subject} hanging from above by a {String}",
        "A suspended {Subject} that dangles in the air",
        "A single {String} that holds a {Subject} up",
        "A {Subject} swinging on a thread",
        "A {Subject} hung up like a pendulum",
        "A load of one {Subject} at the end of a {Rope}",
    ),
    ("A {a} hanging from a string", "A dangling {a}"),
)
def hanging(c: Canvas) -> None:
    """A string from the upper edge or a beam to one subject."""
    x, size = 0.5 + c.jitter(0.1), c.r.uniform(0.4, 0.52)
    _, height = c.extent(c.a, size)
    low = 0.93 - c.r.uniform(0, 0.1)
    start = x + c.jitter(0.12)
    if c.chance(0.5):
        c.line(((0.1, 0.05), (0.9, 0.05)), 0.04)
    c.line(((start, 0.0), (x, low - height * 0.8)), c.r.uniform(0.01, 0.02))
    c.put(c.a, x, low - height / 2, size)


@relation(
    (
        "{Objects} strung along a sagging {Line} like a garland",
        "A line between two points from which {Objects} hang",
        "{Objects} hung up side by side on a clothesline",
        "A festoon of {Objects}",
        "Many {Objects} dangling from one curved {Cord}",
        "A row of {Objects} pegged to a rope",
    ),
    ("{a}s hanging from a line", "A garland of {a}s"),
)
def garland(c: Canvas) -> None:
    """A curved cord from side to side with hanging copies, sometimes two."""
    cords = c.r.choice((1, 1, 2))
    n = c.r.randint(4, 6)
    for k in range(cords):
        top, sag = (0.16 + 0.42 * k, c.r.uniform(0.1, 0.2))
        curve = [(x, top + sag * math.sin(math.pi * x)) for x in spread(20, 0, 1)]
        c.line(curve, 0.014)
        size = 0.86 / n if cords == 1 else 0.7 / n
        for x in spread(n, 0.5 / n, 1 - 0.5 / n):
            y = top + sag * math.sin(math.pi * x)
            _, height = c.extent(c.a, size)
            c.line(((x, y), (x, y + 0.05)), 0.008)
            c.put(c.a, x, y + 0.04 + height / 2, size)


@relation(
    (
        "A {Subject} raised on a pedestal",
        "A {Subject} presented on a {Plinth} like a monument",
        "An elevated {Subject} that stands on a column",
        "A {Pedestal} that lifts one {Subject} above everything",
        "A {Subject} put on display on a high base",
        "A statue-like {Subject} on its {Base}",
    ),
    ("A {a} on a pedestal", "A {a} displayed like a monument"),
)
def pedestal(c: Canvas) -> None:
    """A block, a column or a tapered base under one subject."""
    top = c.r.uniform(0.52, 0.62)
    colour = c.contrasting(c.ground)
    kind = c.r.randrange(3)
    c.rectangle(0.3, top, 0.7, top + 0.07, fill=colour)
    if kind == 0:
        c.rectangle(0.35, top + 0.07, 0.65, 0.92, fill=colour)
    elif kind == 1:
        for x in (0.38, 0.46, 0.54, 0.62):
            c.line(((x, top + 0.05), (x, 0.92)), 0.04, colour)
    else:
        c.polygon(((0.42, top), (0.58, top), (0.66, 0.92), (0.34, 0.92)), fill=colour)
    c.rectangle(0.26, 0.9, 0.74, 0.98, fill=colour)
    c.stand(c.a, 0.5, top, min(0.5, top - 0.04))


@relation(
    (
        "One large {Load} carried by many small {Carriers}",
        "Little {Objects} that hold up something huge together",
        "A heavy {Subject} resting on a row of small {Supports}",
        "Many shoulders under a single {Burden}",
        "A crowd of {Carriers} beneath one big {Subject}",
        "The joint effort of many {Supporters} lifting one {Load}",
    ),
    ("Many {a}s carrying a {b}", "A large {b} on top of a row of {a}s"),
)
def upheld(c: Canvas) -> None:
    """A row of small subjects at the bottom, one huge other above."""
    n = c.r.randint(5, 7)
    size = 0.92 / n
    _, height = c.extent(c.a, size)
    for x in spread(n, 0.5 / n, 1 - 0.5 / n):
        c.stand(c.a, x, 0.97, size)
    c.stand(c.b, 0.5, 0.97 - height + 0.02, 0.7)
