"""Grouping."""

from __future__ import annotations

from trainer.scenes.canvas import Canvas, around, spread
from trainer.scenes.registry import Family

relation = Family("grouping")


@relation(
    (
        "Many {Objects} orbiting around one central {Subject}",
        "A central {Subject} surrounded by a ring of {Objects}",
        "{Objects} gathered around a {Subject} in their middle",
        "A {Center} with {Satellites} all around it",
        "One {Subject} encircled by others",
        "{Objects} that crowd around the one in the middle",
    ),
    ("{a}s around a central {b}", "A {b} surrounded by {a}s"),
)
def orbiting(c: Canvas) -> None:
    """A ring of copies, sometimes on a drawn orbit, around the other subject."""
    n = c.r.randint(6, 10)
    radius = c.r.uniform(0.36, 0.4)
    if c.chance(0.4):
        c.ellipse(0.5, 0.5, radius, outline=c.ink, width=0.01)
    for x, y, _ in around(n, 0.5, 0.5, radius, c.r.uniform(0, 6)):
        c.put(c.a, x, y, 0.17)
    c.put(c.b, 0.5, 0.5, c.r.uniform(0.34, 0.4))


@relation(
    (
        "{Objects} sorted into two separate groups by kind",
        "Two camps of different {Objects} kept apart",
        "All of one {Kind} on one side, all of the other on the other side",
        "A crowd divided into two groups of like {Objects}",
        "{Objects} separated according to what they are",
        "Two clusters, each made of its own {Kind}",
    ),
    ("{a}s on one side and {b}s on the other", "{a}s sorted from {b}s"),
)
def sorted_apart(c: Canvas) -> None:
    """Two clusters left and right, or above and below, with a divider or circles."""
    upright = c.chance(0.65)
    circled = c.chance(0.4)
    cells = [(u, v) for u in (-0.11, 0.06) for v in (-0.3, -0.1, 0.1, 0.3)]
    for sprite, side in ((c.a, 0.24), (c.b, 0.76)):
        if circled:
            q = (0.22, 0.44) if upright else (0.44, 0.22)
            c.ellipse(*((side, 0.5) if upright else (0.5, side)), *q, outline=c.ink)
        for u, v in cells:
            p, q2 = side + u + 0.02 + c.jitter(0.015), 0.5 + v + c.jitter(0.015)
            x, y = (p, q2) if upright else (q2, p)
            c.put(sprite, x, y, 0.17)
    if not circled:
        c.line(((0.5, 0.03), (0.5, 0.97)) if upright else ((0.03, 0.5), (0.97, 0.5)), 0.02)


@relation(
    (
        "One {Subject} apart from a tightly packed group of its kind",
        "An outcast at a distance from the crowd",
        "A {Subject} left out by the others",
        "A close cluster of {Objects} and a single one far away from it",
        "A loner and the group that stays together",
        "One {Object} excluded from the gathering of its like",
    ),
    ("A {a} apart from a group of {a}s", "An outcast {a}"),
)
def outcast(c: Canvas) -> None:
    """A dense cluster in one corner, a single copy in the opposite one."""
    way_x, way_y = c.r.choice((-1, 1)), c.r.choice((-1, 0, 1))
    cx, cy = 0.5 - way_x * 0.22, 0.5 - way_y * 0.2
    for radius, n in ((0.19, 8), (0.08, 3)):
        for x, y, _ in around(n, cx, cy, radius, c.r.uniform(0, 6)):
            c.put(c.a, x, y, 0.15)
    c.put(c.a, 0.5 + way_x * 0.38, 0.5 + way_y * 0.32, 0.15)


@relation(
    (
        "{Objects} placed all around the edge like a decorative border",
        "A frame made of {Objects} around an empty middle",
        "{Objects} lining the four sides of the picture",
        "A border of repeated {Objects} with room inside",
        "A rectangular chain of {Objects} along the margins",
        "{Objects} that mark the outline of an empty {Field}",
    ),
    ("A border of {a}s", "{a}s lining the edge of the picture"),
)
def bordering(c: Canvas) -> None:
    """Copies along the four sides."""
    n = c.r.randint(5, 7)
    fill = c.contrasting(c.ground) if c.chance(0.4) else None
    if fill:
        c.rectangle(0.2, 0.2, 0.8, 0.8, fill=fill)
    low, high = 0.5 / n, 1 - 0.5 / n
    for t in spread(n, low, high):
        for x, y in dict.fromkeys(((t, low), (t, high), (low, t), (high, t))):
            c.put(c.a, x, y, 0.9 / n)
