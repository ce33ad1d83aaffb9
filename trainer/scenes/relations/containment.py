"""Containment and concealment."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.registry import Family

relation = Family("containment and concealment")


def _jar(c: Canvas, x: float, y: float, half: float) -> None:
    """A glass jar with a lid, drawn as an outline."""
    c.rectangle(
        x - half, y - half, x + half, y + half * 1.1, outline=c.ink, width=0.022, radius=0.09
    )
    c.rectangle(x - half * 0.7, y - half * 1.3, x + half * 0.7, y - half, fill=c.ink)


@relation(
    (
        "A {Subject} enclosed inside a surrounding {Container}",
        "A {Subject} held within a closed {Frame}",
        "A {Container} with a single {Subject} in it",
        "One {Subject} kept inside the walls of a {Container}",
        "A {Subject} completely surrounded by a border",
        "A {Subject} captured in a {Vessel}",
    ),
    ("A {a} inside a frame", "A {a} enclosed in a container"),
)
def inside(c: Canvas) -> None:
    """One subject in a ring, box, jar, bubble or glass case."""
    x, y, q = 0.5 + c.jitter(0.06), 0.5 + c.jitter(0.05), c.r.uniform(0.3, 0.37)
    kind = c.r.randrange(5)
    width = c.r.uniform(0.025, 0.06)
    fill = c.contrasting(c.a) if c.chance(0.5) else None
    if kind == 0:
        c.ellipse(x, y, q, fill=fill, outline=c.ink, width=width)
    elif kind == 1:
        c.rectangle(x - q, y - q, x + q, y + q, fill=fill, outline=c.ink, width=width)
    elif kind == 2:
        _jar(c, x, y, q)
    elif kind == 3:
        mask, pen = c.mask()
        box = [(v * c.side) for v in (x - q, y - q, x + q, y + q)]
        pen.ellipse(box, fill=110)
        c.veil(mask, (210, 235, 250))
        c.ellipse(x, y, q, outline=(240, 250, 255), width=0.014)
        c.ellipse(x - q * 0.45, y - q * 0.5, q * 0.14, q * 0.09, fill=(255, 255, 255))
    else:
        corners = [
            (x + q * 1.1 * math.cos(t), y + q * 1.1 * math.sin(t)) for t in spread(7, 0, math.tau)
        ]
        c.polygon(corners, fill=fill)
        c.line(corners, width)
    c.put(c.a, x, y, q * 1.05)


@relation(
    (
        "A {Subject} peeking out from behind a {Barrier}",
        "A {Subject} half hidden by a {Barrier}",
        "Only a part of a {Subject} visible beyond the edge of a {Wall}",
        "A {Subject} hiding behind something larger",
        "A {Barrier} that conceals half of a {Subject}",
        "A {Subject} looking around the corner of a {Screen}",
    ),
    ("A {a} peeking out from behind a wall", "A {a} half hidden"),
)
def peeking(c: Canvas) -> None:
    """Half of the subject covered: from below, from a side, or by a slanted board."""
    colour = c.contrasting(c.a)
    kind = c.r.randrange(3)
    size = c.r.uniform(0.5, 0.65)
    width, height = c.extent(c.a, size)
    if kind == 0:
        edge = c.r.uniform(0.5, 0.65)
        c.put(c.a, 0.5 + c.jitter(0.15), edge - height * 0.05, size)
        c.rectangle(0, edge, 1, 1, fill=colour)
    elif kind == 1:
        edge = c.r.uniform(0.4, 0.6)
        c.put(c.a, edge - width * 0.05, 0.5 + c.jitter(0.1), size)
        if c.chance(0.5):
            c.rectangle(edge, 0, 1, 1, fill=colour)
        else:
            c.rectangle(edge, 0.02, edge + 0.34, 1, fill=colour)
    else:
        c.put(c.a, 0.5, 0.45, size)
        c.polygon(((0, 0.3), (1, 0.7), (1, 1), (0, 1)), fill=colour)


@relation(
    (
        "A {Subject} repeated within itself at ever smaller scales",
        "A {Subject} inside the same {Subject} inside the same {Subject}",
        "Nested copies of one {Subject}, like dolls within dolls",
        "The same {Shape} contained in itself again and again",
        "Concentric {Subjects} that shrink towards the middle",
        "A picture of a {Subject} that holds a smaller copy of itself",
    ),
    ("A {a} nested inside itself", "{a}s within {a}s"),
)
def nested(c: Canvas) -> None:
    """Concentric copies in alternating tones, so that each one shows."""
    n = c.r.randint(3, 4)
    light, dark = (238, 238, 230), (40, 40, 55)
    tones = (c.shade(c.a, c.colour()), c.shade(c.a, light), c.shade(c.a, dark))
    plain = c.chance(0.5)
    for i in range(n):
        size = 0.95 * 0.62**i
        if not plain:
            c.put(tones[1 + i % 2], 0.5, 0.5, size * 1.09)
            c.put(c.a, 0.5, 0.5, size, shadow=False)
        else:
            c.put(c.a if i == n - 1 else tones[i % 3], 0.5, 0.5, size)


@relation(
    (
        "A {Subject} trapped behind bars",
        "A {Subject} seen through the bars of a {Cage}",
        "Bars that lock a {Subject} away",
        "A captive {Subject} behind a fence",
        "A {Subject} imprisoned, with lines crossing in front of it",
        "A {Barrier} of parallel bars in front of a {Subject}",
    ),
    ("A {a} behind bars", "A caged {a}"),
)
def barred(c: Canvas) -> None:
    """Bars across the picture or a cage around the subject."""
    colour = c.contrasting(c.a)
    c.put(c.a, 0.5 + c.jitter(), 0.52 + c.jitter(), c.r.uniform(0.5, 0.65))
    n = c.r.randint(6, 8)
    width = c.r.uniform(0.022, 0.035)
    low, high = (0.0, 1.0) if c.chance(0.5) else (0.14, 0.88)
    for x in spread(n, max(low, 0.05), min(high, 0.95)):
        c.line(((x, low), (x, high)), width, colour)
    if low > 0 or c.chance(0.5):
        for y in (max(low, 0.06), min(high, 0.94)):
            c.line(((max(low, 0.02), y), (min(high, 0.98), y)), width * 1.3, colour)


@relation(
    (
        "A {Subject} seen through an opening in a dark {Wall}",
        "A keyhole view of a {Subject}",
        "A glimpse of a {Subject} through a hole",
        "A {Subject} visible only through a small {Opening}",
        "Darkness all around except for a window onto a {Subject}",
        "A secret look at a {Subject} through a gap",
    ),
    ("A {a} seen through a keyhole", "A {a} visible through a hole in the wall"),
)
def keyhole(c: Canvas) -> None:
    """All but an opening of the picture is covered; the subject is cut by its rim."""
    c.put(c.a, 0.5 + c.jitter(), 0.48 + c.jitter(), 0.62)
    mask = Image.new("L", c.image.size, 255)
    hole, pen = c.mask()
    s, kind = c.side, c.r.randrange(3)
    if kind == 0:
        pen.ellipse((s * 0.28, s * 0.18, s * 0.72, s * 0.62), fill=255)
        pen.polygon(
            ((s * 0.44, s * 0.5), (s * 0.56, s * 0.5), (s * 0.68, s * 0.9), (s * 0.32, s * 0.9)),
            255,
        )
    elif kind == 1:
        q = s * c.r.uniform(0.22, 0.28)
        pen.ellipse((s / 2 - q, s / 2 - q, s / 2 + q, s / 2 + q), fill=255)
    else:
        points = [(s * (0.5 + q * math.cos(t)), s * (0.5 + q * math.sin(t)))
                  for t in spread(15, 0, math.tau) for q in (c.r.uniform(0.2, 0.34),)]  # fmt: skip
        pen.polygon(points, fill=255)
    mask.paste(0, (0, 0), hole)
    tone = c.r.randint(0, 60)
    c.veil(mask, (tone, tone, min(255, tone + c.r.randint(0, 25))))


@relation(
    (
        "Many {Objects} gathered together inside one {Container}",
        "A {Container} filled with {Objects}",
        "A vessel full of identical {Objects}",
        "A collection of {Objects} kept in a {Jar}",
        "{Objects} crowded together within common walls",
        "A {Container} packed with small {Objects}",
    ),
    ("A container full of {a}s", "{a}s collected in a jar"),
)
def collection(c: Canvas) -> None:
    """A jar, bowl or bag of many small copies."""
    fill = c.contrasting(c.a)
    kind = c.r.randrange(3)
    if kind == 0:
        _jar(c, 0.5, 0.54, 0.36)
        cells = [(x, y) for y in (0.8, 0.65, 0.5, 0.35) for x in (0.26, 0.42, 0.58, 0.74)]
    elif kind == 1:
        cells = [(x, y) for y in (0.42, 0.52) for x in spread(6, 0.2, 0.8)]
    else:
        c.polygon(((0.2, 0.3), (0.8, 0.3), (0.92, 0.92), (0.08, 0.92)), fill=fill)
        c.ellipse(0.5, 0.3, 0.14, 0.2, outline=fill, width=0.03)
        cells = [(x, y) for y in (0.82, 0.66, 0.5) for x in spread(5, 0.24, 0.76)]
    for x, y in cells:
        c.put(c.a, x + c.jitter(0.02), y + c.jitter(0.02), 0.15, rotate=c.r.uniform(-40, 40))
    if kind == 1:
        bowl = [
            (0.5 + 0.42 * math.cos(t), 0.52 + 0.4 * math.sin(t)) for t in spread(24, 0, math.pi)
        ]
        c.polygon(bowl, fill=fill)


@relation(
    (
        "A {Subject} breaking out of its {Frame}",
        "A {Subject} that is too large for its {Container} and sticks out of it",
        "A {Subject} stepping over the border that should hold it",
        "A {Subject} escaping from a picture",
        "One {Subject} crossing the limits of its {Frame}",
        "A {Subject} bursting through the edge of a {Box}",
    ),
    ("A {a} breaking out of its frame", "A {a} sticking out of a box"),
)
def escaping(c: Canvas) -> None:
    """The subject leaves a frame across one side, in front of the border."""
    fill = c.contrasting(c.a)
    c.rectangle(0.12, 0.3, 0.72, 0.9, fill=fill, outline=c.ink, width=0.04)
    c.put(c.a, 0.7, 0.34, c.r.uniform(0.5, 0.62), rotate=c.r.uniform(-25, 25))
