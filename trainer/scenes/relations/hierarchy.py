"""Hierarchy and network; the whole family is held out of training."""

from __future__ import annotations

import math
from itertools import pairwise

from trainer.scenes.canvas import Canvas, Point, around, spread
from trainer.scenes.props import (
    PAINTS,
    STONES,
    WOODS,
    band,
    darker,
    fit,
    floor,
    lighter,
    mixed,
    solid,
)
from trainer.scenes.registry import Family

relation = Family("hierarchy and network")


@relation(
    (
        "{Members} branching out from one {Head} level by level",
        "A family tree of {Subjects} connected by lines",
        "One {Superior} above, linked to several {Subordinates} below",
        "A hierarchy in which every {Node} has children of its own",
        "An organization chart made of {Subjects}",
        "A root {Subject} that divides into branches",
    ),
    ("{a}s in a family tree", "A {b} at the head of a tree of {a}s"),
    held_out=True,
)
def tree(c: Canvas) -> None:
    """Three levels joined by lines; the root is above, below or at a side."""
    levels = c.r.choice(((1, 2, 4), (1, 2, 4), (1, 3, 3), (1, 2, 2)))
    top = c.b if c.chance(0.5) else c.a
    angular, way = c.chance(0.5), c.r.choice(("down", "down", "up", "right"))
    rows = spread(len(levels), 0.16, 0.82)

    def place(along: float, depth: float) -> Point:
        if way == "right":
            return depth, along
        return along, depth if way == "down" else 1 - depth

    spots = [[((i + 0.5) / n, y) for i in range(n)] for n, y in zip(levels, rows, strict=True)]
    width = c.r.uniform(0.012, 0.024)
    for upper, lower in pairwise(spots):
        for i, (x, y) in enumerate(lower):
            px, py = upper[i * len(upper) // len(lower)]
            middle = (py + y) / 2
            path = ((px, py), (px, middle), (x, middle), (x, y)) if angular else ((px, py), (x, y))
            c.line([place(*point) for point in path], width)
    boxed = c.contrasting(c.a) if c.chance(0.3) else None
    for k, level in enumerate(spots):
        size = (0.28, 0.25, 0.21)[k]
        for spot in level:
            x, y = place(*spot)
            if boxed:
                q = size * 0.54
                c.rectangle(x - q, y - q, x + q, y + q, fill=boxed, outline=c.ink, radius=0.03)
            c.put(top if k == 0 else c.a, x, y, size * (0.85 if boxed else 1))


@relation(
    (
        "{Nodes} connected to one another by a web of lines",
        "A network of {Subjects} linked in all directions",
        "{Objects} tied together by many crossing connections",
        "A mesh in which every {Node} is joined to several others",
        "Connections running between scattered {Subjects}",
        "A graph whose nodes are {Objects}",
    ),
    ("{a}s connected in a network", "A web of lines between {a}s"),
    held_out=True,
)
def network(c: Canvas) -> None:
    """Scattered nodes of one kind or two, with lines between most pairs that are near."""
    cells = [(x, y) for x in (0.16, 0.5, 0.84) for y in (0.16, 0.5, 0.84)]
    chosen = c.r.sample(cells, c.r.randint(6, 9))
    nodes = [(x + c.jitter(0.06), y + c.jitter(0.06)) for x, y in chosen]
    near, width = c.r.choice((0.6, 0.95)), c.r.uniform(0.008, 0.018)
    for i, (x0, y0) in enumerate(nodes):
        for x1, y1 in nodes[i + 1 :]:
            if abs(x0 - x1) + abs(y0 - y1) < near:
                c.line(((x0, y0), (x1, y1)), width)
    disc = c.contrasting(c.a) if c.chance(0.35) else None
    kinds = c.r.choice(((c.a,), (c.a,), (c.a, c.b)))
    for k, (x, y) in enumerate(nodes):
        if disc:
            c.ellipse(x, y, 0.115, fill=disc, outline=c.ink)
        c.put(kinds[k % len(kinds)], x, y, 0.16 if disc else 0.2)


@relation(
    (
        "{Objects} arranged in tiers that narrow towards the top",
        "A pyramid built of identical {Objects}",
        "Many {Objects} at the base, fewer above, one at the peak",
        "A triangular arrangement of {Objects} in layers",
        "{Objects} stacked in rows, each row shorter than the one below",
        "A human-pyramid-like structure of {Objects}",
    ),
    ("A pyramid of {a}s", "{a}s in tiers that narrow to the top"),
    held_out=True,
)
def pyramid(c: Canvas) -> None:
    """Rows of n, n-1, ... 1, as tight as the subjects are; at times the top one differs."""
    n = c.r.randint(3, 5)
    w, h = c.extent(c.a, 1.0)
    tight = c.chance(0.6)
    size = min(0.92 / (n * w), 0.9 / (n * h)) if tight else 0.92 / n
    across, down = (size * w, size * h) if tight else (size, size)
    level = c.r.uniform(0.9, 0.96)
    if c.chance(0.5):
        floor(c, level)
    peak = c.b if c.chance(0.25) else c.a
    for j in range(n):
        for i in range(n - j):
            x = 0.5 + (i - (n - j - 1) / 2) * across
            sprite = peak if j == n - 1 else c.a
            fitting = fit(c, sprite, across, down) * 0.97 if sprite is c.b else size * 0.97
            c.put(sprite, x, level - down * (j + 0.5) * 0.97, fitting)


def _medal(c: Canvas, at: Point, rank: int) -> None:
    """A disc in the metal of a rank, with as many dots as the rank says."""
    x, y = at
    metal = ((226, 182, 56), (190, 194, 200), (190, 120, 66))[rank - 1]
    c.ellipse(x, y, 0.06, fill=metal, outline=darker(metal), width=0.014)
    for u in spread(rank, -0.018 * (rank - 1), 0.018 * (rank - 1)) if rank > 1 else [0.0]:
        c.ellipse(x + u, y, 0.013, fill=darker(metal, 0.7))


@relation(
    (
        "Three {Subjects} on a podium, the winner highest in the middle",
        "{Competitors} ranked on steps of different height",
        "First, second and third place taken by {Subjects}",
        "A ranking of {Subjects} shown on a winners' stand",
        "One {Subject} raised above two others on a podium",
        "A {Winner} on top with a {Runner-up} on either side",
    ),
    ("{a}s on a podium", "A {b} in first place between two {a}s"),
    held_out=True,
)
def podium(c: Canvas) -> None:
    """Three blocks, the middle one highest, with or without depth, medals and rays."""
    colour = c.r.choice((c.contrasting(c.ground), *PAINTS, *STONES, (222, 178, 60)))
    tops = c.r.choice(((0.68, 0.5, 0.76), (0.76, 0.52, 0.68), (0.64, 0.46, 0.72)))
    wide, deep = c.r.uniform(0.12, 0.155), c.chance(0.5)
    alike, medals = c.chance(0.7), c.chance(0.6)
    base = c.r.choice((1.0, 0.94))
    if c.chance(0.25):
        tone = lighter(colour, 0.6)
        for _, _, angle in around(14, 0.5, 0.3, 1):
            ends = [(0.5 + math.cos(angle + d), 0.3 + math.sin(angle + d)) for d in (-0.1, 0.1)]
            c.polygon(((0.5, 0.3), *ends), fill=tone)
    winner = c.b if c.chance(0.6) else c.a
    for i in (0, 2, 1):
        x, top = 0.5 + (i - 1) * 2 * wide, tops[i]
        tone = colour if alike else mixed(colour, PAINTS[i], 0.6)
        if deep:
            lid = (
                (x - wide, top),
                (x - wide * 0.75, top - 0.04),
                (x + wide * 0.75, top - 0.04),
                (x + wide, top),
            )
            solid(c, lid, lighter(tone))
        c.rectangle(x - wide, top, x + wide, base, fill=tone, outline=darker(tone, 0.6))
        if medals:
            _medal(c, (x, top + 0.11), (2, 1, 3)[i])
        size = fit(c, winner if i == 1 else c.a, wide * 2, 0.34 if i == 1 else 0.27)
        c.stand(winner if i == 1 else c.a, x, top - (0.015 if deep else 0.0), size)


@relation(
    (
        "A {Parent} with several small {Offspring} of its kind below it",
        "A large {Subject} linked by strings to little copies that it controls",
        "One {Master} moving many small {Puppets}",
        "Strings that run from one big {Subject} down to many little ones",
        "A {Subject} above that holds the threads of {Objects} below",
        "Many little {Objects} governed from above by one {Subject}",
    ),
    ("A {b} holding the strings of {a}s", "A large {b} above small {a}s on strings"),
    held_out=True,
)
def puppeteer(c: Canvas) -> None:
    """One large subject above, with or without a crossbar; threads run to a row of small ones."""
    n = c.r.randint(3, 5)
    low = c.r.uniform(0.76, 0.83)
    size = fit(c, c.b, 0.5, 0.42)
    hands = 0.08 + c.extent(c.b, size)[1]
    bar = c.r.choice((0.0, 0.0, 0.3, 0.38))
    small = min(0.24, 0.8 / n)
    thread = c.r.uniform(0.007, 0.013)
    if bar:
        bar_at = min(0.52, hands + 0.02)
        for way in (-1, 1):
            c.line(((0.5 + way * 0.06, hands - 0.1), (0.5 + way * bar * 0.5, bar_at)), 0.012)
        band(c, ((0.5 - bar, bar_at), (0.5 + bar, bar_at)), 0.026, c.r.choice(WOODS))
    for x in spread(n, 0.5 - 0.38, 0.5 + 0.38):
        start = (
            (0.5 + (x - 0.5) * bar / 0.38, bar_at) if bar else (0.5 + (x - 0.5) * 0.25, hands - 0.1)
        )
        if c.chance(0.5):
            for dx in (-0.035, 0.035):
                c.line(((start[0] + dx * 0.4, start[1]), (x + dx, low)), thread)
        else:
            c.line((start, (x, low)), thread)
        c.put(c.a, x, low + small * 0.3, small, rotate=c.jitter(14))
    c.put(c.b, 0.5, 0.05 + c.extent(c.b, size)[1] / 2, size)
