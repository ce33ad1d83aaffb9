"""Repetition and order."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, around, spread
from trainer.scenes.registry import Family
from trainer.scenes.sprites import dyed

relation = Family("repetition and order")


@relation(
    (
        "A collection of identical {Objects} arranged in a regular grid",
        "{Objects} lined up in neat rows and columns",
        "The same {Object} repeated over the whole picture in strict order",
        "An orderly array of equal {Objects}",
        "Rows upon rows of the same {Object}, evenly spaced",
        "A uniform pattern made by repeating one {Object}",
    ),
    ("{a}s arranged in a grid", "Rows and columns of the same {a}"),
)
def grid(c: Canvas) -> None:
    """Rows and columns, straight or offset like bricks."""
    n, m = c.r.randint(3, 5), c.r.randint(3, 4)
    brick = 0.25 / n if c.chance(0.25) else 0.0
    for j in range(m):
        for i in range(n):
            x = (i + 0.5) / n + (brick if j % 2 else -brick)
            c.put(c.a, x, (j + 0.5) / m, 0.82 / max(n, m))


@relation(
    (
        "{Objects} arranged in a circle around an empty center",
        "A ring of identical {Objects}",
        "{Objects} forming a closed circle",
        "Equal {Objects} placed like the hours on a dial",
        "A wreath made of {Objects} with nothing in the middle",
        "The same {Object} repeated along a circle",
    ),
    ("{a}s in a ring", "A circle of {a}s around nothing"),
)
def ring(c: Canvas) -> None:
    """Upright copies on a circle or an ellipse."""
    n = c.r.randint(6, 10)
    radius = c.r.uniform(0.32, 0.38)
    start = c.r.uniform(0, 6)
    for x, y, _ in around(n, 0.5, 0.5, radius, start):
        c.put(c.a, x, y, min(0.22, 1.7 * radius / n * 2))


@relation(
    (
        "{Objects} standing in a single line, one beside the other",
        "A queue of identical {Objects}",
        "A straight row of equal {Objects}",
        "The same {Object} lined up in single file",
        "One line of {Objects} at equal distances",
        "{Objects} side by side in a row",
    ),
    ("A row of {a}s", "{a}s standing in line"),
)
def row(c: Canvas) -> None:
    """One straight row, on a line or free."""
    n = c.r.randint(4, 7)
    y = 0.5 + c.jitter(0.2)
    tilt = c.jitter(0.08)
    size = 0.92 / n
    if c.chance(0.4):
        low = y + size / 2
        c.line(((0, low - tilt), (1, low + tilt)))
    for x in spread(n, 0.5 / n, 1 - 0.5 / n):
        c.put(c.a, x, y + tilt * (2 * x - 1), size * 0.95)


@relation(
    (
        "Two kinds of {Objects} alternating in a regular pattern",
        "A checkered arrangement of two different {Objects}",
        "{Objects} taking turns: one, the other, one, the other",
        "A rhythm of two alternating {Motifs}",
        "Two {Motifs} woven into one another like the fields of a chessboard",
        "An every-other pattern of two {Things}",
    ),
    ("{a}s and {b}s alternating", "A checkered pattern of {a}s and {b}s"),
)
def alternating(c: Canvas) -> None:
    """A chessboard of both subjects, with or without fields."""
    n = c.r.choice((3, 4, 4))
    fields = c.chance(0.5)
    first, second = c.colour(), c.colour()
    for j in range(n):
        for i in range(n):
            even = (i + j) % 2 == 0
            if fields:
                colour = first if even else second
                c.rectangle(i / n, j / n, (i + 1) / n, (j + 1) / n, fill=colour)
            c.put(c.a if even else c.b, (i + 0.5) / n, (j + 0.5) / n, 0.8 / n)


@relation(
    (
        "The same {Subject} repeated in different {Color} variations",
        "A {Subject} in several colors, one panel each",
        "Identical {Subjects} that differ only in color",
        "A pop-art series of one {Subject} in changing colors",
        "One {Motif} recolored again and again",
        "Color variants of the same {Subject} side by side",
    ),
    ("A {a} in different colors", "The same {a} recolored in every panel"),
    by_colour=True,
)
def recolored(c: Canvas) -> None:
    """Panels of plain colour, each with the subject in another tint."""
    n, m = c.r.choice(((2, 2), (2, 2), (3, 2), (3, 3), (4, 1)))
    for j in range(m):
        for i in range(n):
            c.rectangle(i / n, j / m, (i + 1) / n, (j + 1) / m, fill=c.colour())
            tone = (c.r.randint(0, 255), c.r.choice((20, 230)), c.r.randint(0, 255))
            c.put(dyed(c.a, tone), (i + 0.5) / n, (j + 0.5) / m, 0.8 / max(n, m))


@relation(
    (
        "{Objects} winding inward along a spiral",
        "A spiral of {Objects} that shrink towards the center",
        "{Objects} swirling into a vortex",
        "The same {Object} repeated along a coil",
        "A whirl of {Objects} closing in on one point",
        "{Objects} arranged on a curve that turns around itself",
    ),
    ("{a}s along a spiral", "A spiral of {a}s"),
)
def spiral(c: Canvas) -> None:
    """Copies that get smaller along a logarithmic spiral."""
    n = c.r.randint(20, 26)
    turns = c.r.choice((-1, 1)) * c.r.uniform(1.7, 2.1)
    start = c.r.uniform(0, math.tau)
    points = []
    for i in range(n):
        t = (i / (n - 1)) ** 1.25
        radius = 0.44 * (1 - t) ** 1.1 + 0.02
        angle = start + turns * math.tau * t
        points.append((0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle), radius))
    if c.chance(0.6):
        c.line([p[:2] for p in points], 0.008)
    for x, y, radius in points:
        c.put(c.a, x, y, 0.05 + 0.26 * radius)


@relation(
    (
        "Countless {Objects} scattered chaotically in every direction",
        "A disorderly crowd of {Objects}",
        "{Objects} strewn at random over the whole picture",
        "A chaos of overlapping {Objects} without any order",
        "Many {Objects} lying around in all orientations",
        "A mess of {Objects} filling the space",
    ),
    ("{a}s scattered at random", "A chaotic crowd of {a}s"),
)
def scattered(c: Canvas) -> None:
    """Many copies at random places, sizes and angles."""
    for _ in range(c.r.randint(16, 26)):
        c.put(
            c.a,
            c.r.uniform(0.04, 0.96),
            c.r.uniform(0.04, 0.96),
            c.r.uniform(0.12, 0.22),
            rotate=c.r.uniform(0, 360),
        )


@relation(
    (
        "{Objects} rising and falling along a wave",
        "A wavy line of identical {Objects}",
        "{Objects} following each other up and down in a regular swing",
        "The same {Object} repeated along an undulating curve",
        "A rhythm of highs and lows drawn by {Objects}",
        "{Objects} strung along a rolling path",
    ),
    ("{a}s along a wave", "A wavy line of {a}s"),
)
def wave(c: Canvas) -> None:
    """Copies on a sine curve, sometimes two parallel ones."""
    n = c.r.randint(11, 13)
    height = c.r.uniform(0.16, 0.24)
    phase = c.r.uniform(0, math.tau)
    for offset in c.r.choice(((0.0,), (0.0,), (-0.1, 0.16))):
        for x in spread(n, 0.05, 0.95):
            y = 0.5 + offset + height * math.sin(phase + x * math.tau * 1.2)
            c.put(c.a, x, y, 0.12)


@relation(
    (
        "A heap of {Objects} piled up on the ground",
        "{Objects} thrown together into a pile",
        "A mound of countless {Objects}, one on top of another",
        "An untidy heap made of the same {Object}",
        "{Objects} accumulated into a small hill",
        "A great pile of {Objects}",
    ),
    ("A heap of {a}s", "{a}s piled up on the floor"),
)
def pile(c: Canvas) -> None:
    """A dense mound at the bottom, in all orientations."""
    for j in range(6):
        count = 8 - j
        for i in range(count):
            x = 0.5 + (i - (count - 1) / 2) * 0.105 + c.jitter(0.02)
            c.put(c.a, x, 0.9 - j * 0.1 + c.jitter(0.02), 0.19, rotate=c.r.uniform(0, 360))
