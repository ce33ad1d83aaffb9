"""Connection and bonds: what joins, ties or lets meet; the whole family is held out of training."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.registry import Family

relation = Family("connection and bonds")


@relation(
    (
        "A {Subject} spanning the gap between two {Supports}",
        "A bridge carried by a {Pillar} on either side",
        "An {Object} resting on a board laid across two {Supports}",
        "A gap that is crossed with the help of two {Supports}",
        "Two {Supports} that carry something between them",
        "A load held up at both ends",
    ),
    ("A {b} on a board across two {a}s", "Two {a}s carrying a {b} between them"),
    held_out=True,
)
def bridging(c: Canvas) -> None:
    """Two pillars of subjects with a plank across and the other subject on it."""
    size = 0.34
    tops = [c.stand(c.a, x, 0.96, size) for x in (0.19, 0.81)]
    y = min(tops)
    c.line(((0.02, y), (0.98, y)), 0.04)
    c.stand(c.b, 0.5, y - 0.015, 0.34)


@relation(
    (
        "A {Subject} tied up with {Bands}",
        "Ropes wound around a {Subject}",
        "A {Subject} bound and held fast by straps",
        "A {Subject} wrapped in crossing {Ribbons}",
        "Bands that hold a {Subject} together",
        "A {Subject} strapped in from all sides",
    ),
    ("A {a} tied up with ropes", "A {a} wrapped in bands"),
    held_out=True,
)
def bound(c: Canvas) -> None:
    """Crossing bands around the subject, cut to its surroundings."""
    size = c.r.uniform(0.62, 0.75)
    c.put(c.a, 0.5, 0.5, size)
    width, height = c.extent(c.a, size)
    w, h = width / 2 + 0.03, height / 2 + 0.03
    colour = c.contrasting(c.a)
    for t in spread(4, -0.75, 0.75):
        y, slant = 0.5 + t * h, c.r.choice((-1, 1)) * h * 0.35
        c.line(((0.5 - w, y - slant), (0.5 + w, y + slant)), 0.035, colour)
    c.line(((0.5, 0.5 - h), (0.5, 0.5 + h)), 0.035, colour)


@relation(
    (
        "Two lines of {Objects} crossing each other",
        "A stream of one {Kind} that cuts across a stream of another",
        "{Objects} meeting at a crossing",
        "Two diagonal rows that intersect in the middle",
        "Paths of different {Things} that cross",
        "An intersection of two flows",
    ),
    ("A line of {a}s crossing a line of {b}s", "{a}s and {b}s on crossing paths"),
    held_out=True,
)
def crossing(c: Canvas) -> None:
    """Two diagonals, one of each subject."""
    n = c.r.randint(6, 8)
    for t in spread(n, 0.08, 0.92):
        c.put(c.a, t, t, 0.16)
        if abs(t - 0.5) > 0.05:
            c.put(c.b, 1 - t, t, 0.16)


@relation(
    (
        "Two overlapping circles and what their {Contents} have in common",
        "Two groups of {Objects} that share a common part",
        "An intersection of two sets",
        "What belongs to both of two {Groups}",
        "Overlapping fields with a different {Subject} on either side",
        "Two worlds that partly coincide",
    ),
    ("Overlapping circles with a {a} and a {b}", "A {a}, a {b} and both in the overlap"),
    held_out=True,
)
def overlapping(c: Canvas) -> None:
    """Two see-through discs, one subject in each, both small in the lens between them."""
    for x in (0.34, 0.66):
        mask, pen = c.mask()
        s = c.side
        pen.ellipse(((x - 0.33) * s, 0.17 * s, (x + 0.33) * s, 0.83 * s), fill=130)
        c.veil(mask, c.colour())
        c.ellipse(x, 0.5, 0.33, outline=c.ink, width=0.012)
    c.put(c.a, 0.17, 0.5, 0.24)
    c.put(c.b, 0.83, 0.5, 0.24)
    c.put(c.a, 0.5, 0.4, 0.16)
    c.put(c.b, 0.5, 0.6, 0.16)


@relation(
    (
        "{Objects} joined two by two into mixed pairs",
        "Each {Subject} matched with a {Partner} of another kind",
        "Couples made of two different {Things}",
        "Pairs of unlike {Objects} held together",
        "Every {Object} has found its counterpart",
        "Several couples, each of one {Kind} and the other",
    ),
    ("{a}s paired with {b}s", "Couples of a {a} and a {b}"),
    held_out=True,
)
def paired(c: Canvas) -> None:
    """Four to six couples, each in an oval."""
    rows = c.r.choice((2, 3))
    for j in range(rows):
        for i in range(2):
            x, y = 0.26 + 0.48 * i, (j + 0.5) / rows
            c.ellipse(x, y, 0.22, 0.42 / rows, outline=c.ink, width=0.014)
            c.put(c.a, x - 0.095, y, 0.17)
            c.put(c.b, x + 0.095, y, 0.17)


@relation(
    (
        "Two {Subjects} joined by a {Chain} between them",
        "A {Subject} tethered to another",
        "A bond that ties two {Things} together",
        "A rope or chain linking two different {Subjects}",
        "Two {Subjects} that cannot part because they are chained to each other",
        "A connection of links between two {Objects}",
    ),
    ("A {a} chained to a {b}", "A chain between a {a} and a {b}"),
    held_out=True,
)
def chained(c: Canvas) -> None:
    """A sagging chain of links from one subject to the other."""
    y = 0.42 + c.jitter(0.06)
    sag = c.r.uniform(0.12, 0.3)
    links = [(x, y + sag * math.sin(math.pi * (x - 0.2) / 0.6)) for x in spread(11, 0.2, 0.8)]
    for i, (x, level) in enumerate(links):
        c.ellipse(x, level, 0.042, 0.026 if i % 2 else 0.034, outline=c.ink, width=0.016)
    c.put(c.a, 0.18, y, 0.33)
    c.put(c.b, 0.82, y, 0.33)
