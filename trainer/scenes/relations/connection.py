"""Connection and bonds: what joins, ties or lets meet; the whole family is held out of training."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.garments import bow_tie
from trainer.scenes.glyphs import heart, plus
from trainer.scenes.props import (
    METALS,
    PAINTS,
    STONES,
    WOODS,
    arc,
    band,
    cord,
    darker,
    fit,
    links,
    mixed,
    solid,
    span,
)
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
    """Two subjects with a plank, an arch or a pole across, and the other one on it or under it."""
    size = fit(c, c.a, 0.34, 0.4)
    apart = c.r.uniform(0.27, 0.33)
    height = c.extent(c.a, size)[1]
    for way in (-1, 1):
        c.put(c.a, 0.5 + way * apart, 0.96 - height / 2, size, flip=way > 0 and c.chance(0.5))
    y = 0.96 - height
    wood = c.r.choice((*WOODS, *STONES, c.ink))
    kind = c.r.randrange(3)
    if kind == 0:
        solid(c, ((0.02, y - 0.025), (0.98, y - 0.025), (0.98, y + 0.02), (0.02, y + 0.02)), wood)
        c.stand(c.b, 0.5 + c.jitter(0.06), y - 0.02, fit(c, c.b, 0.4, min(0.42, y - 0.06)))
    elif kind == 1:
        rise = c.r.uniform(0.08, 0.16)
        band(c, arc(0.5, y, apart + 0.1, rise, low=math.pi, high=math.tau), 0.05, wood)
        for t in spread(7, math.pi * 1.15, math.pi * 1.85):
            x, level = 0.5 + (apart + 0.1) * math.cos(t), y + rise * math.sin(t)
            c.line(((x, level), (x, y + 0.02)), 0.014, darker(wood))
        c.line(((0.5 - apart - 0.1, y + 0.02), (0.6 + apart, y + 0.02)), 0.024, darker(wood, 0.2))
        c.stand(c.b, 0.5, y - rise - 0.02, fit(c, c.b, 0.4, min(0.4, y - rise - 0.05)))
    else:
        band(c, ((0.06, y - 0.01), (0.94, y - 0.01)), 0.03, wood)
        load = fit(c, c.b, apart * 1.0, 0.34)
        for x in (0.46, 0.54):
            c.line(((x, y), (x, y + 0.1)), 0.012)
        c.put(c.b, 0.5, y + 0.08 + c.extent(c.b, load)[1] / 2, load)


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
    """Cords, straps or a chain around the subject: crossing, level or slanted, with a fastening."""
    size = c.r.uniform(0.6, 0.74)
    x, y = 0.5 + c.jitter(0.04), 0.5 + c.jitter(0.04)
    c.put(c.a, x, y, size, rotate=c.jitter(12) if c.chance(0.3) else 0)
    width, height = c.extent(c.a, size)
    colour = c.r.choice((WOODS[0], WOODS[2], (225, 205, 160), c.contrasting(c.a)))
    kind = c.r.randrange(3)
    slants = c.r.choice(((1, -1), (0,), (1,), (-1,)))
    n = c.r.randint(3, 6)
    for k, v in enumerate(spread(n, 0.16, 0.84)):
        left, right = span(c.a, v)
        slant = slants[k % len(slants)] * height * 0.1
        level = y + (v - 0.5) * height
        ends = (
            (x + (left - 0.53) * width, level - slant),
            (x + (right - 0.47) * width, level + slant),
        )
        _tie(c, ends, kind, colour)
    if len(slants) > 1 or c.chance(0.3):
        _tie(c, ((x, y - height * 0.5), (x, y + height * 0.5)), kind, colour)
    if kind == 2:
        _padlock(c, (x, y + 0.03))
    elif c.chance(0.6):
        for way in (-1, 1):
            c.line(((x, y), (x + way * 0.07, y + 0.1)), 0.022, colour)
        c.ellipse(x, y, 0.035, 0.028, fill=darker(colour, 0.25))


def _tie(c: Canvas, ends: tuple[Point, Point], kind: int, colour: Colour) -> None:
    """One turn of a cord, a strap or a chain."""
    if kind == 0:
        cord(c, ends, 0.034, colour)
    elif kind == 1:
        band(c, ends, 0.034, colour)
    else:
        (x0, y0), (x1, y1) = ends
        n = max(3, round(math.hypot(x1 - x0, y1 - y0) / 0.05))
        links(
            c, [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in spread(n, 0, 1)], 0.026, METALS[1]
        )


def _padlock(c: Canvas, at: Point) -> None:
    x, y = at
    c.ellipse(x, y - 0.05, 0.045, 0.055, outline=(120, 124, 132), width=0.022)
    brass = c.r.choice(((222, 178, 60), (200, 60, 50), (110, 116, 126)))
    c.rectangle(
        x - 0.07, y - 0.045, x + 0.07, y + 0.06, fill=brass, outline=darker(brass), radius=0.015
    )
    c.ellipse(x, y, 0.016, fill=(20, 20, 24))
    c.line(((x, y), (x, y + 0.035)), 0.014, (20, 20, 24))


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
    """Two lines of subjects, one kind each, aslant or upright, at times on roads."""
    n = c.r.randint(6, 8)
    turn = c.r.choice((0.0, math.pi / 4)) + c.jitter(0.12)
    roads = c.chance(0.4)
    size = 0.16
    for k, sprite in enumerate((c.a, c.b)):
        angle = turn + k * (math.pi / 2 + c.jitter(0.3))
        reach = 0.46 if abs(math.sin(2 * angle)) < 0.7 else 0.58
        cos, sin = math.cos(angle) * reach, math.sin(angle) * reach
        if roads:
            road = mixed(c.ground, STONES[k], 0.8)
            c.line(((0.5 - cos * 2, 0.5 - sin * 2), (0.5 + cos * 2, 0.5 + sin * 2)), 0.2, road)
        for t in spread(n, -1, 1):
            if k == 0 or abs(t * reach) > size * 0.7:
                c.put(sprite, 0.5 + cos * t, 0.5 + sin * t, size)


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
    """Two or three see-through discs or squares, one subject in each, both in what they share."""
    square, upright = c.chance(0.25), c.chance(0.3)
    q = c.r.uniform(0.29, 0.33)
    off = q * c.r.uniform(0.48, 0.56)
    places = [(0.5 - off, 0.5), (0.5 + off, 0.5)]
    if square:
        aslant = c.r.choice((-1, 1)) * q * 0.3
        places = [(places[0][0], 0.5 - aslant), (places[1][0], 0.5 + aslant)]
    if upright:
        places = [(y, x) for x, y in places]
    for x, y in places:
        mask, pen = c.mask()
        box = [v * c.side for v in (x - q, y - q, x + q, y + q)]
        (pen.rectangle if square else pen.ellipse)(box, fill=130)
        c.veil(mask, c.colour())
        if square:
            c.rectangle(x - q, y - q, x + q, y + q, outline=c.ink)
        else:
            c.ellipse(x, y, q, outline=c.ink)
    outer = [(0.5 + (x - 0.5) * 2.05, 0.5 + (y - 0.5) * 2.05) for x, y in places]
    for sprite, (x, y) in zip((c.a, c.b), outer, strict=True):
        c.put(sprite, x, y, 0.23)
    for sprite, d in ((c.a, -0.09), (c.b, 0.09)):
        c.put(sprite, 0.5 + (d if upright else 0), 0.5 + (0 if upright else d), 0.15)


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
    """Three to eight couples: in ovals or boxes, or with a line, a heart or a plus between."""
    rows, columns = c.r.choice(((2, 2), (3, 2), (4, 1), (3, 1), (2, 3), (4, 2)))
    kind = c.r.randrange(4)
    wide, high = 0.96 / columns, 0.96 / rows
    upright = high > wide * 1.2
    size = min(max(wide, high) * 0.4, min(wide, high) * 0.8)
    gap = size * 0.56 + 0.012 if kind < 2 else min(size * 0.85, max(wide, high) * 0.27)
    sign = c.r.choice((heart, plus))
    swap = c.chance(0.4)
    for j in range(rows):
        for i in range(columns):
            x, y = 0.02 + (i + 0.5) * wide, 0.02 + (j + 0.5) * high
            dx, dy = (0.0, gap) if upright else (gap, 0.0)
            half = (wide * 0.47, high * 0.46)
            if kind == 0:
                c.ellipse(x, y, *half, outline=c.ink, width=0.014)
            elif kind == 1:
                c.rectangle(
                    x - half[0], y - half[1], x + half[0], y + half[1], outline=c.ink, radius=0.04
                )
            elif kind == 2:
                c.line(((x - dx, y - dy), (x + dx, y + dy)), 0.02)
            first, second = (c.b, c.a) if swap and c.chance(0.5) else (c.a, c.b)
            c.put(first, x - dx, y - dy, size * 0.92)
            c.put(second, x + dx, y + dy, size * 0.92)
            if kind == 3:
                sign(c, x, y, 0.05, (224, 40, 70))


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
    """A chain, a rope with a knot or a ribbon from one subject to the other, sagging or taut."""
    way = c.r.choice((0.0, 0.0, 0.16, -0.16))
    first, second = (0.2, 0.42 + way + c.jitter(0.04)), (0.8, 0.42 - way + c.jitter(0.04))
    sag = c.r.choice((0.03, c.r.uniform(0.12, 0.3)))
    path = [
        (first[0] + (second[0] - first[0]) * t,
         first[1] + (second[1] - first[1]) * t + sag * math.sin(math.pi * t))
        for t in spread(13, 0, 1)
    ]  # fmt: skip
    kind = c.r.randrange(3)
    colour = c.r.choice((*METALS, c.ink)) if kind == 0 else c.r.choice((*WOODS, *PAINTS))
    if kind == 0:
        links(c, path, 0.034, colour)
    else:
        cord(c, path, c.r.uniform(0.026, 0.04), colour)
        if kind == 2:
            bow_tie(c, path[6], 0.11)
        elif c.chance(0.6):
            c.ellipse(*path[6], 0.04, 0.034, fill=colour, outline=darker(colour))
    c.put(c.a, first[0] - 0.02, first[1], fit(c, c.a, 0.34, 0.36))
    c.put(c.b, second[0] + 0.02, second[1], fit(c, c.b, 0.34, 0.36))
    if kind == 0 and c.chance(0.5):
        for x, y in (path[0], path[-1]):
            c.ellipse(x, y, 0.1, 0.04, outline=darker(colour), width=0.03)
            c.ellipse(x, y, 0.095, 0.035, outline=colour, width=0.02)
