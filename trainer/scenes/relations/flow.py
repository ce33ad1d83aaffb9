"""Flow and direction."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, around, spread
from trainer.scenes.registry import Family

relation = Family("flow and direction")


@relation(
    (
        "A line of small {Followers} trailing a larger {Leader}",
        "A {Leader} with little {Followers} behind it",
        "Many small {Objects} following one big {Subject}",
        "A procession headed by a large {Leader}",
        "A {Parent} leading its {Young} in single file",
        "One {Subject} in front, a train of smaller ones after it",
    ),
    ("{a}s following a {b}", "A {b} leading a line of small {a}s"),
)
def following(c: Canvas) -> None:
    """One large subject at an end of a line of small ones."""
    n = c.r.randint(3, 5)
    floor = c.r.uniform(0.6, 0.75)
    leader = c.b if c.chance(0.7) else c.a
    left = c.chance(0.5)
    size = min(0.15, 0.56 / n)
    for x in spread(n, size / 2 + 0.03, 0.56):
        c.stand(c.a, 1 - x if left else x, floor, size)
    c.stand(leader, 0.19 if left else 0.81, floor, 0.36)


@relation(
    (
        "{Subjects} climbing upward along ascending steps",
        "A staircase with a {Subject} on every step",
        "{Subjects} that rise step by step",
        "An ascent in stages, each taken by a {Subject}",
        "Steps leading up, each one bearing an {Object}",
        "A climb from the lowest to the highest stair",
    ),
    ("{a}s on a staircase", "{a}s climbing steps"),
)
def stairs(c: Canvas) -> None:
    """Solid steps going up to one side with a copy on each."""
    n = c.r.randint(4, 5)
    left = c.chance(0.4)
    colour = c.contrasting(c.a)
    for i in range(n):
        x = (n - 1 - i) / n if left else i / n
        y = 0.92 - 0.68 * i / (n - 1)
        c.rectangle(x, y, x + 1 / n + 0.004, 1.0, fill=colour)
        c.stand(c.a, x + 0.5 / n, y, 0.86 / n)


@relation(
    (
        "A {Subject} from which rays spread in all directions",
        "A {Subject} that shines like a sun",
        "Beams radiating outward from a central {Subject}",
        "A glow of lines around a {Subject}",
        "Energy bursting from the {Subject} at the center",
        "A {Subject} as the source of rays",
    ),
    ("Rays spreading from a {a}", "A shining {a}"),
)
def radiating(c: Canvas) -> None:
    """Wedges over the whole ground, or separate strokes, around one subject."""
    n = c.r.randint(10, 16)
    start = c.r.uniform(0, 1)
    if c.chance(0.5):
        colour = c.contrasting(c.a)
        half = math.pi / n / 2
        for _, _, angle in around(n, 0.5, 0.5, 1, start):
            ends = [(0.5 + math.cos(angle + d), 0.5 + math.sin(angle + d)) for d in (-half, half)]
            c.polygon(((0.5, 0.5), *ends), fill=colour)
    else:
        for x, y, angle in around(n, 0.5, 0.5, 0.29, start):
            end = (0.5 + 0.46 * math.cos(angle), 0.5 + 0.46 * math.sin(angle))
            c.line(((x, y), end), 0.022)
    c.put(c.a, 0.5, 0.5, c.r.uniform(0.36, 0.44))


@relation(
    (
        "A {Subject} rushing along and leaving a trail behind it",
        "The speed of a {Subject} shown by streaks in its wake",
        "A fast {Subject} with blurred echoes of itself",
        "A {Subject} in rapid motion to one side",
        "Motion lines that follow a moving {Subject}",
        "A {Subject} shooting past",
    ),
    ("A {a} rushing past", "A {a} leaving a trail of motion"),
)
def speeding(c: Canvas) -> None:
    """Overlapping ghosts and level streaks behind one subject."""
    way = c.r.choice((-1, 1))
    size = c.r.uniform(0.36, 0.46)
    head = 0.5 + way * 0.25
    y = 0.5 + c.jitter(0.1)
    for _ in range(c.r.randint(5, 8)):
        level = y + c.r.uniform(-0.2, 0.2)
        start = head - way * c.r.uniform(0.1, 0.25)
        c.line(((start, level), (start - way * c.r.uniform(0.25, 0.5), level)), 0.012)
    for i in range(5, 0, -1):
        c.put(c.a, head - way * 0.07 * i, y, size, alpha=0.34 - 0.055 * i)
    c.put(c.a, head, y, size)


@relation(
    (
        "A winding path that leads from one {Place} to another",
        "A route drawn between a {Start} and a {Goal}",
        "A journey from one {Subject} to a distant {Subject}",
        "A dotted way connecting two far {Points}",
        "The long and curved road between two {Subjects}",
        "A {Start} and a {Goal} joined by a path",
    ),
    ("A path from a {a} to a {b}", "A winding way between a {a} and a {b}"),
)
def journey(c: Canvas) -> None:
    """Subjects in opposite corners, joined by a dotted or solid winding line."""
    flip = c.chance(0.5)
    swing = c.r.choice((-1, 1)) * c.r.uniform(0.14, 0.2)
    points = []
    for t in spread(41, 0.12, 0.88):
        bend = swing * math.sin(2 * math.pi * (t - 0.12) / 0.76)
        x, y = t + bend * 0.7, 1 - t + bend * 0.7
        points.append((1 - x if flip else x, y))
    if c.chance(0.6):
        c.dashes(points, c.r.uniform(0.014, 0.024))
    else:
        c.line(points, c.r.uniform(0.03, 0.07))
    ends = (points[0], points[-1])
    c.put(c.a, *ends[0], 0.27)
    c.put(c.b, *ends[1], 0.27)


@relation(
    (
        "{Objects} raining down from above",
        "A shower of falling {Objects}",
        "{Objects} dropping through the air in streaks",
        "A downpour made of {Objects}",
        "Many {Objects} falling at once",
        "{Objects} coming down like rain",
    ),
    ("{a}s raining down", "A shower of {a}s"),
)
def raining(c: Canvas) -> None:
    """Copies at random heights, each below a streak, all slanted alike."""
    n = c.r.randint(9, 13)
    slant = c.jitter(0.06)
    cells = c.r.sample([(x, y) for x in spread(5, 0.08, 0.92) for y in spread(3, 0.28, 0.9)], n)
    for cell_x, cell_y in cells:
        x, y = cell_x + c.jitter(0.04), cell_y + c.jitter(0.05)
        for dx in (-0.025, 0.025):
            c.line(((x + dx - slant, y - 0.24), (x + dx, y - 0.05)), 0.009)
        c.put(c.a, x, y, 0.14)


@relation(
    (
        "{Stages} that follow one another in an endless cycle",
        "Arrows leading from {Subject} to {Subject} around a circle",
        "A loop without beginning or end",
        "A circular process of several {Stages}",
        "{Subjects} chasing each other in a ring of arrows",
        "A cycle in which every {Stage} leads to the next",
    ),
    ("{a}s and {b}s in a cycle of arrows", "Arrows going round from {a} to {b}"),
)
def cycle(c: Canvas) -> None:
    """Three or four stations on a circle with arrows between them, all in one sense."""
    n = c.r.randint(3, 4)
    sense = c.r.choice((-1, 1))
    start = c.r.uniform(0, 6)
    for i, (x, y, angle) in enumerate(around(n, 0.5, 0.5, 0.34, start)):
        c.put(c.b if i % 2 else c.a, x, y, 0.26)
        middle = angle + math.pi / n
        width = math.pi / n * 0.36
        arc = [
            (0.5 + 0.36 * math.cos(middle + sense * t), 0.5 + 0.36 * math.sin(middle + sense * t))
            for t in spread(6, -width, width)
        ]
        c.line(arc[:-1], 0.02)
        c.arrow(arc[-2], arc[-1], 0.02)


@relation(
    (
        "An arrow leading from a {Cause} to an {Effect}",
        "One {Thing} that turns into or causes another",
        "A {Source} pointing to its {Result}",
        "From {This} to {That}: a single step with an arrow",
        "A {Before} on one side and an {After} on the other",
        "A direction from the first {Subject} to the second",
    ),
    ("An arrow from a {a} to a {b}", "A {a} leads to a {b}"),
)
def leads_to(c: Canvas) -> None:
    """Two subjects and one bold arrow between them."""
    down = c.chance(0.3)
    width = c.r.uniform(0.035, 0.06)
    if down:
        c.put(c.a, 0.5, 0.19, 0.35)
        c.put(c.b, 0.5, 0.81, 0.35)
        c.arrow((0.5, 0.39), (0.5, 0.62), width)
    else:
        y = 0.5 + c.jitter(0.1)
        c.put(c.a, 0.18, y, 0.34)
        c.put(c.b, 0.82, y, 0.34)
        c.arrow((0.37, y), (0.64, y), width)


@relation(
    (
        "{Objects} from all sides pointing at one {Target}",
        "Arrows converging on a central {Subject}",
        "Everything aims at the {Subject} in the middle",
        "A {Target} surrounded by arrows that close in on it",
        "Forces from every direction meeting in one {Subject}",
        "Pressure on a {Subject} from all around",
    ),
    ("Arrows converging on a {a}", "A {a} that everything points at"),
)
def converging(c: Canvas) -> None:
    """Bold arrows from the border towards one subject in the middle."""
    n = c.r.randint(5, 8)
    for x, y, angle in around(n, 0.5, 0.5, 0.48, c.r.uniform(0, 6)):
        c.arrow((x, y), (0.5 + 0.25 * math.cos(angle), 0.5 + 0.25 * math.sin(angle)), 0.03)
    c.put(c.a, 0.5, 0.5, 0.36)


@relation(
    (
        "{Objects} bursting out of one point and flying apart",
        "An explosion that hurls {Objects} outward",
        "{Objects} that grow as they fly away from the center",
        "A fountain of {Objects} shooting up from a single {Source}",
        "{Objects} scattering from where they began",
        "An eruption of {Objects}",
    ),
    ("{a}s flying apart", "An explosion of {a}s"),
)
def bursting(c: Canvas) -> None:
    """Copies along rays, larger and more turned the further out; from the middle or the floor."""
    floor = c.chance(0.5)
    cx, cy = (0.5, 0.95) if floor else (0.5, 0.5)
    n = c.r.randint(7, 9)
    for i in range(n):
        angle = -math.pi * (0.12 + 0.76 * i / (n - 1)) if floor else math.tau * i / n
        reach = 0.85 if floor else 0.42
        for near in (0.3, 0.65, 1.0):
            t = near + c.jitter(0.13)
            q = reach * t
            x, y = cx + q * math.cos(angle), cy + q * math.sin(angle)
            c.put(c.a, x, y, 0.05 + 0.12 * t, rotate=-angle * 57.3 - 90)
