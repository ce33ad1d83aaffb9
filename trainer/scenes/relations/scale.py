"""Scale and perspective."""

from __future__ import annotations

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.registry import Family

relation = Family("scale and perspective")


@relation(
    (
        "Two rows of {Objects} running towards a vanishing point",
        "An avenue lined with {Objects} that shrink in the distance",
        "Depth made by {Objects} on both sides of a receding {Road}",
        "A road into the distance between rows of {Objects}",
        "{Objects} along a path that narrows to the horizon",
        "Perspective drawn by ever smaller pairs of {Objects}",
    ),
    ("An avenue of {a}s", "{a}s on both sides of a road into the distance"),
)
def avenue(c: Canvas) -> None:
    """A road to the horizon with pairs of copies beside it."""
    horizon = c.r.uniform(0.25, 0.4)
    road = c.contrasting(c.ground)
    c.polygon(((0.49, horizon), (0.51, horizon), (0.82, 1.0), (0.18, 1.0)), fill=road)
    if c.chance(0.6):
        c.line(((0, horizon), (1, horizon)), 0.008)
    for t in (0.12, 0.22, 0.38, 0.62, 1.0):
        floor = horizon + (0.97 - horizon) * t
        for way in (-1, 1):
            c.stand(c.a, 0.5 + way * (0.03 + 0.37 * t), floor, 0.05 + 0.29 * t)


@relation(
    (
        "A gigantic {Subject} towering over tiny {Objects}",
        "A giant among dwarfs",
        "An enormous {Subject} with a crowd of little {Objects} at its feet",
        "A huge {Subject} that makes everything around it look small",
        "The overwhelming size of one {Subject} next to many small {Objects}",
        "A colossal {Subject} above a row of tiny {Objects}",
    ),
    ("A giant {a} among tiny {b}s", "A {a} towering over small {b}s"),
)
def giant(c: Canvas) -> None:
    """One subject that fills the picture, tiny others along the floor."""
    c.stand(c.a, 0.5 + c.jitter(0.08), 0.91, 0.84)
    n = c.r.randint(5, 8)
    for x in spread(n, 0.06, 0.94):
        c.stand(c.b, x + c.jitter(0.02), 0.96 + c.jitter(0.015), 0.13)


@relation(
    (
        "A tunnel of frames with a {Subject} at its far end",
        "A {Subject} in the distance at the end of a corridor",
        "Frames within frames drawing the eye to a small {Subject}",
        "Depth that leads to one {Subject} in the vanishing point",
        "A {Subject} seen through a long passage",
        "Receding {Gates} and a {Subject} behind the last one",
    ),
    ("A {a} at the end of a tunnel", "A {a} at the far end of a corridor"),
)
def tunnel(c: Canvas) -> None:
    """Concentric frames in alternating tones, a small subject in the innermost."""
    tones = (c.colour(), c.contrasting(c.a))
    n = c.r.randint(5, 7)
    rounded = c.chance(0.4)
    for i in range(n):
        q = 0.52 * 0.76**i
        fill = tones[1] if i == n - 1 else tones[i % 2]
        if rounded:
            c.ellipse(0.5, 0.5, q * 1.2, fill=fill)
        else:
            c.rectangle(0.5 - q, 0.5 - q, 0.5 + q, 0.5 + q, fill=fill)
    c.put(c.a, 0.5, 0.5, 0.5 * 0.76 ** (n - 1) * 1.4)


@relation(
    (
        "A small {Subject} facing a giant one of its kind",
        "Little against big: two {Subjects} of the same kind and very different size",
        "A tiny {Subject} confronted with its huge counterpart",
        "David and Goliath: a small {Subject} before a large one",
        "A miniature {Subject} next to its full-scale version",
        "Two equal {Subjects} that differ only in size",
    ),
    ("A small {a} facing a giant {a}", "A tiny {a} next to a huge one"),
)
def big_and_small(c: Canvas) -> None:
    """Exactly two copies on one floor, one of them about four times as large."""
    way = c.r.choice((-1, 1))
    floor = c.r.uniform(0.85, 0.93)
    if c.chance(0.5):
        c.line(((0, floor), (1, floor)))
    c.stand(c.a, 0.5 + way * 0.17, floor, c.r.uniform(0.6, 0.68))
    small = c.r.uniform(0.14, 0.18)
    width, _ = c.extent(c.a, 0.64)
    x = 0.5 + way * (0.17 - width / 2 - 0.13)
    c.stand(c.a, min(0.92, max(0.08, x)), floor, small)
