"""Hierarchy and network."""

from __future__ import annotations

from itertools import pairwise

from trainer.scenes.canvas import Canvas, spread
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
    """Three levels joined by lines, the top one of either kind."""
    levels = (1, 2, 4)
    top = c.b if c.chance(0.5) else c.a
    angular = c.chance(0.5)
    rows = (0.16, 0.48, 0.82)
    points = [[((i + 0.5) / n, y) for i in range(n)] for n, y in zip(levels, rows, strict=True)]
    for upper, lower in pairwise(points):
        for i, (x, y) in enumerate(lower):
            px, py = upper[i // 2]
            middle = (py + y) / 2
            path = ((px, py), (px, middle), (x, middle), (x, y)) if angular else ((px, py), (x, y))
            c.line(path, 0.016)
    sizes = (0.28, 0.25, 0.21)
    for k, level in enumerate(points):
        for x, y in level:
            c.put(top if k == 0 else c.a, x, y, sizes[k])


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
    """Scattered nodes with lines between most pairs of neighbours."""
    cells = [(x, y) for x in (0.16, 0.5, 0.84) for y in (0.16, 0.5, 0.84)]
    chosen = c.r.sample(cells, c.r.randint(6, 8))
    nodes = [(x + c.jitter(0.06), y + c.jitter(0.06)) for x, y in chosen]
    for i, (x0, y0) in enumerate(nodes):
        for x1, y1 in nodes[i + 1 :]:
            if abs(x0 - x1) + abs(y0 - y1) < 0.95:
                c.line(((x0, y0), (x1, y1)), 0.01)
    for x, y in nodes:
        c.put(c.a, x, y, 0.2)


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
    """Rows of n, n-1, ... 1."""
    n = c.r.randint(3, 5)
    side = 0.92 / n
    for j in range(n):
        count = n - j
        for i in range(count):
            x = 0.5 + (i - (count - 1) / 2) * side
            c.put(c.a, x, 0.94 - side * (j + 0.5) * 0.97, side * 0.94)


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
    """Three blocks, the middle one highest."""
    colour = c.contrasting(c.ground)
    tops = (0.68, 0.5, 0.76)
    winner = c.b if c.chance(0.6) else c.a
    for i, top in enumerate(tops):
        x = 0.2 + 0.3 * i
        c.rectangle(x - 0.15, top, x + 0.15, 1.0, fill=colour, outline=c.contrasting(colour))
        c.stand(winner if i == 1 else c.a, x, top, 0.34 if i == 1 else 0.27)


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
    """One large subject above; threads fan out to a row of small ones."""
    n = c.r.randint(3, 5)
    for x in spread(n, 0.12, 0.88):
        c.line(((0.5 + (x - 0.5) * 0.25, 0.3), (x, 0.78)), 0.008)
        c.put(c.a, x, 0.83, 0.19)
    c.put(c.b, 0.5, 0.24, 0.44)
