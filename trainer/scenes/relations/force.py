"""Force and contact: what pulls, hits, shoves, cuts or presses; the family is held out."""

from __future__ import annotations

import math
from collections.abc import Callable

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.props import (
    METALS,
    PAINTS,
    STONES,
    WOODS,
    cord,
    darker,
    fit,
    floor,
    impact,
    kept,
    lighter,
    puffs,
    solid,
    streaks,
    stretched,
    turned,
)
from trainer.scenes.registry import Family
from trainer.scenes.tools import axe, knife, saw, shaft, sword

relation = Family("force and contact")

Place = Callable[[float, float], Point]
"""A point from its distance along the pressure and across it, from the middle."""


@relation(
    (
        "Two {Subjects} pulling at the same {Rope} in opposite directions",
        "A tug of war between two {Sides}",
        "A {Thing} torn between two {Rivals} who both drag at it",
        "A taut {Rope} with somebody straining at either end",
        "Opposite pulls to the left and to the right on one {Object}",
        "Neither of two {Opponents} letting go of what both of them tug at",
    ),
    ("A {a} and a {b} in a tug of war", "A {a} and a {b} pulling at the two ends of a rope"),
    held_out=True,
)
def pulling_apart(c: Canvas) -> None:
    """Teams that lean back on a taut rope, or two subjects that stretch or tear a cloth."""
    first, second = c.pair()
    if c.chance(0.3):
        second = first
    level = c.r.uniform(0.76, 0.88)
    if c.chance(0.6):
        floor(c, level)
    lean = c.r.uniform(8, 24)
    grip = level - c.r.uniform(0.15, 0.22)
    if c.chance(0.6):
        n = c.r.randint(1, 3)
        rope = c.r.choice(WOODS + PAINTS[:2] + ((225, 205, 160),))
        cord(c, ((0.04, grip), (0.96, grip)), c.r.uniform(0.026, 0.042), rope)
        flag = c.r.choice(PAINTS)
        solid(c, ((0.48, grip), (0.52, grip), (0.55, grip + 0.16), (0.47, grip + 0.13)), flag)
        room = 0.36 / n
    else:
        n, room = 1, 0.34
        _cloth(c, grip)
    for sprite, way in ((first, -1), (second, 1)):
        size = fit(c, sprite, room * 1.05, 0.42)
        _, height = c.extent(sprite, size)
        for k in range(n):
            x = 0.5 + way * (0.3 if n == 1 else 0.15 + room * (k + 0.5))
            c.put(sprite, x, level - height / 2, size, rotate=-way * lean, flip=way > 0)


def _cloth(c: Canvas, y: float) -> None:
    """A sheet pulled taut, with a jagged tear down its middle."""
    colour = c.r.choice((*PAINTS, (240, 236, 220)))
    tear = [(c.jitter(0.02) + (0.022 if k % 2 else -0.022), t) for k, t in
            enumerate(spread(7, -0.09, 0.09))]  # fmt: skip
    for way in (-1, 1):
        edge = [(0.5 + way * 0.022 + u, y + v) for u, v in tear]
        solid(c, [(0.5 + way * 0.26, y + 0.03), (0.5 + way * 0.26, y - 0.03), *edge], colour)
        for fold in (-0.03, 0.02):
            inner = (0.5 + way * 0.07, y + fold * 1.6)
            c.line(((0.5 + way * 0.24, y + fold * 0.5), inner), 0.008, darker(colour, 0.3))


@relation(
    (
        "Two {Subjects} crashing into each other head on",
        "The moment of impact between two {Things}",
        "A collision with a flash where two {Subjects} meet",
        "A {Subject} running straight into another",
        "Two {Forces} that clash in the middle",
        "A bang as one {Object} hits another",
    ),
    ("A {a} colliding with a {b}", "A crash between a {a} and a {b}"),
    held_out=True,
)
def colliding(c: Canvas) -> None:
    """Both rush towards a jagged star between them: level, slanted, or one from above."""
    first, second = c.pair()
    if c.chance(0.25):
        second = first
    angle = c.r.choice((0.0, 0.0, c.jitter(0.5), math.pi / 2 + c.jitter(0.25)))
    x, y = 0.5 + c.jitter(0.05), 0.5 + c.jitter(0.06)
    cos, sin = math.cos(angle), math.sin(angle)
    front = c.chance(0.5)
    radius = c.r.uniform(0.2, 0.26)
    if not front:
        impact(c, x, y, radius * 1.25)
    marked = c.chance(0.75)
    for sprite, way in ((first, -1), (second, 1)):
        size = fit(c, sprite, 0.4, 0.4)
        width, height = c.extent(sprite, size)
        reach = abs(cos) * width / 2 + abs(sin) * height / 2 - 0.01
        reach = max(reach, radius * 0.6)
        px, py = x + way * cos * reach, y + way * sin * reach
        tilt = way * c.r.uniform(0, 22)
        c.put(sprite, px, py, size, rotate=tilt, flip=way > 0)
        if marked:
            back = reach + 0.015
            streaks(c, (px + way * cos * back, py + way * sin * back),
                    angle if way < 0 else angle + math.pi, 0.24)  # fmt: skip
    if front:
        impact(c, x, y, radius * 0.7)
    for _ in range(c.r.randint(0, 6)):
        turn, q = c.r.uniform(0, 6.3), c.r.uniform(0.02, 0.035)
        bit = turned(((-1, -1), (1, -0.6), (0.2, 1)), x + 0.33 * math.cos(turn),
                     y + 0.33 * math.sin(turn), q, turn)  # fmt: skip
        solid(c, bit, c.r.choice(STONES + PAINTS[:4]), 0.006)


@relation(
    (
        "A {Subject} shoving a heavy {Block} along the ground",
        "A {Subject} leaning with all its weight against a {Load}",
        "Something pushed forward from behind by a {Subject}",
        "A {Burden} moved across the floor by force",
        "One {Thing} being thrust along by another",
        "A {Subject} rolling or pushing a {Weight} ahead of itself",
    ),
    ("A {a} pushing a block", "A {a} shoving a heavy load along"),
    held_out=True,
)
def pushing(c: Canvas) -> None:
    """One or two subjects tilted against a crate, a slab, a boulder or the other subject."""
    way = c.r.choice((-1, 1))
    slope = c.r.choice((0.0, 0.0, c.r.uniform(0.12, 0.28)))
    level = c.r.uniform(0.76, 0.86)
    colour = c.contrasting(c.a)
    low, high = (level + slope / 2, level - slope / 2)
    ends = ((0, low if way > 0 else high), (1, high if way > 0 else low))
    c.polygon((*ends, (1, 1), (0, 1)), fill=colour)
    side = c.r.uniform(0.3, 0.44)
    size = fit(c, c.a, 0.36, 0.42)
    width, height = c.extent(c.a, size)
    x = 0.5 + way * (side / 2 - 0.02)

    def ground(at: float) -> float:
        return level - slope * (at - 0.5) * way

    tilt = math.atan(slope)
    hidden = c.r.randrange(4)
    middle = ground(x) - side / 2
    if hidden == 3:
        load = fit(c, c.b, side * 1.1, side * 1.1)
        middle = ground(x) - c.extent(c.b, load)[1] / 2
        c.put(c.b, x, middle, load, rotate=way * math.degrees(tilt))
        reach = c.extent(c.b, load)[0] / 2
    else:
        _block(c, x, middle, side, angle=-way * tilt, kind=hidden)
        reach = side / 2
    for k in range(c.r.choice((1, 1, 2)) if width < 0.2 else 1):
        px = x - way * (reach + width * (0.46 + 0.8 * k))
        lean = way * (math.degrees(tilt) - c.r.uniform(12, 26))
        c.put(c.a, px, ground(px) - height * 0.48, size, rotate=lean, flip=way < 0)
    streaks(c, (x - way * 0.42, middle - 0.1), 0 if way > 0 else math.pi, 0.2, n=3)
    puffs(c, x - way * reach, ground(x - way * reach), 0.06)


def _block(c: Canvas, x: float, y: float, side: float, *, angle: float, kind: int) -> None:
    """A planked crate, a slab of stone, or a boulder."""
    half = side / 2
    square = ((-half, -half), (half, -half), (half, half), (-half, half))
    if kind == 0:
        wood = c.r.choice(WOODS)
        solid(c, turned(square, x, y, 1, angle), wood, 0.018)
        for v in spread(4, -half * 0.9, half * 0.9):
            c.line(turned(((-half, v), (half, v)), x, y, 1, angle), 0.01, darker(wood, 0.3))
        c.line(turned(((-half, -half), (half, half)), x, y, 1, angle), 0.045, lighter(wood, 0.2))
    elif kind == 1:
        solid(c, turned(square, x, y, 1, angle), c.r.choice(STONES + PAINTS), 0.018)
        c.line(turned(((-half * 0.8, -half * 0.8), (half * 0.6, -half * 0.8)), x, y, 1, angle),
               0.014, (235, 235, 235))  # fmt: skip
    else:
        stone = c.r.choice(STONES)
        points = []
        for i in range(11):
            t = math.tau * i / 11
            q = half * c.r.uniform(0.9, 1.08)
            points.append((x + q * math.cos(t), y + q * math.sin(t)))
        solid(c, points, stone, 0.016)
        c.line(turned(((-0.5, -0.3), (-0.1, -0.6), (0.3, -0.5)), x, y, half), 0.02, lighter(stone))
        c.line(turned(((0.1, 0.1), (0.35, 0.35), (0.3, 0.6)), x, y, half), 0.012, darker(stone))


@relation(
    (
        "A blade cutting right into a {Subject}",
        "A {Subject} being cut in two by a sharp {Tool}",
        "A {Tool} with a sharp edge halfway through a {Subject}",
        "The edge of a {Blade} sunk deep in a {Subject}",
        "A {Subject} under the knife",
        "A saw or a pair of scissors going through a {Thing}",
    ),
    ("A blade cutting into a {a}", "A {a} being cut through"),
    held_out=True,
)
def cut_through(c: Canvas) -> None:
    """A knife, cleaver, saw or axe sunk into the subject from above, or scissors from a side."""
    x, y = 0.5 + c.jitter(0.06), 0.6 + c.jitter(0.05)
    size = c.r.uniform(0.52, 0.66)
    height = c.extent(c.a, size)[1]
    way = c.r.choice((-1, 1))
    if c.chance(0.25):
        _scissored(c, x, y, size, way)
        return
    # The parts left and right of the cut gape a little; below the blade they still hang together.
    gape = c.r.uniform(2, 7)
    c.put(kept(c.a, 0, 0, 0.5, 1), x - 0.012, y, size, rotate=gape)
    c.put(kept(c.a, 0.5, 0, 1, 1), x + 0.012, y, size, rotate=-gape)
    depth = y - height / 2 + height * c.r.uniform(0.35, 0.6)
    c.polygon(((x - 0.035, y - height * 0.5), (x + 0.035, y - height * 0.5), (x, depth)),
              fill=(70, 20, 20))  # fmt: skip
    tool = c.r.choice((knife, saw, axe))
    tool(c, x, depth, way)
    front = kept(c.a, 0, 0.5 + (depth - y) / height, 1, 1)
    c.put(front, x, y, size, shadow=False)


def _scissored(c: Canvas, x: float, y: float, size: float, way: int) -> None:
    """Open scissors from a side, the lips of the cut apart."""
    gape = c.r.uniform(3, 8)
    c.put(kept(c.a, 0, 0, 1, 0.5), x, y - 0.02, size, rotate=-way * gape)
    c.put(kept(c.a, 0, 0.5, 1, 1), x, y + 0.02, size, rotate=way * gape)
    px = x + way * 0.22
    metal, grip = c.r.choice(METALS), c.r.choice(PAINTS)
    for turn in (-1, 1):
        angle = (math.pi if way > 0 else 0) + turn * c.r.uniform(0.16, 0.28)
        blade = ((0.0, -0.025), (0.34, -0.008), (0.36, 0.01), (0.0, 0.03), (-0.1, 0.015))
        solid(c, turned(blade, px, y, 1, angle), metal)
        ring = (px - 0.17 * math.cos(angle), y - 0.17 * math.sin(angle) * 1.6)
        c.ellipse(*ring, 0.09, 0.065, outline=grip, width=0.03)
    c.ellipse(px, y, 0.015, fill=darker(metal))


@relation(
    (
        "A {Subject} hit by arrows that stick in it",
        "A {Missile} stuck in the body of a {Subject}",
        "A {Subject} pierced by something sharp",
        "Darts planted in a {Subject}",
        "An arrow that has gone right through a {Target}",
        "A wounded {Subject} with a shaft sticking out",
    ),
    ("A {a} pierced by an arrow", "Arrows sticking in a {a}"),
    held_out=True,
)
def struck(c: Canvas) -> None:
    """Arrows or darts that stick out, one arrow right through, or a sword from above."""
    x, y = 0.5 + c.jitter(0.05), 0.54 + c.jitter(0.04)
    size = c.r.uniform(0.5, 0.64)
    colour = c.r.choice((*PAINTS, (245, 245, 245)))
    kind = c.r.randrange(4)
    if kind == 0:
        angle = c.r.choice((0, math.pi)) + c.jitter(0.6)
        cos, sin = math.cos(angle), math.sin(angle)
        start, end = (x - 0.45 * cos, y - 0.45 * sin), (x + 0.47 * cos, y + 0.47 * sin)
        c.line((start, end), 0.03, c.r.choice(WOODS))
        c.put(c.a, x, y, size)
        entry = (x - 0.1 * cos, y - 0.1 * sin)
        shaft(c, start, entry, colour)
        head = ((0.06, 0), (-0.07, -0.065), (-0.035, 0), (-0.07, 0.065))
        solid(c, turned(head, *end, 1, angle), c.r.choice(METALS), 0.012)
        return
    c.put(c.a, x, y, size)
    width, height = c.extent(c.a, size)
    if kind == 3:
        sword(c, x + c.jitter(0.04), y - height * 0.12, c.jitter(0.35))
        return
    n = c.r.randint(1, 5)
    first = c.r.uniform(-2.8, -0.3)
    for k in range(n):
        angle = first + k * c.r.uniform(0.2, 0.5) if kind == 1 else c.r.uniform(-2.9, -0.2)
        tip = (x + c.jitter(0.22) * width, y + c.jitter(0.2) * height)
        length = 0.36 if kind == 1 else 0.24
        start = (tip[0] + length * math.cos(angle), tip[1] + length * math.sin(angle))
        shaft(c, start, tip, colour)


@relation(
    (
        "A {Subject} squeezed between two {Blocks}",
        "A {Subject} crushed in a {Press}",
        "Pressure from both sides flattening a {Subject}",
        "A {Subject} caught in the jaws of a {Clamp}",
        "A {Thing} pressed so hard that it is squashed",
        "Two {Walls} closing in on what is between them",
    ),
    ("A {a} squeezed between two blocks", "A {a} crushed in a press"),
    held_out=True,
)
def squeezed(c: Canvas) -> None:
    """A flattened subject between walls, under a press, or in a clamp with a screw."""
    upright = c.chance(0.45)
    squash = c.r.uniform(0.5, 0.75)
    sprite = stretched(c.a, 1.1, squash) if upright else stretched(c.a, squash, 1.1)
    size = fit(c, sprite, 0.56, 0.36) if upright else fit(c, sprite, 0.36, 0.56)
    x, y = 0.5 + c.jitter(0.05), 0.5 + c.jitter(0.05)
    width, height = c.extent(sprite, size)
    c.put(sprite, x, y, size)
    reach = (height if upright else width) / 2 - 0.012
    breadth = max(width if not upright else height, (height if not upright else width)) * 0.6
    colour = c.r.choice(METALS + STONES + WOODS + PAINTS)
    kind = c.r.randrange(3)
    for way in (-1, 1):

        def place(along: float, across: float, way: int = way) -> Point:
            u, v = way * along, across
            return (x + v, y + u) if upright else (x + u, y + v)

        _jaw(c, colour, kind, reach, max(0.2, breadth), place=place)


def _jaw(c: Canvas, colour: Colour, kind: int, reach: float, half: float, *, place: Place) -> None:
    """One of two jaws: a wall to the border, a plate on a piston or screw, or a toothed block."""
    far = 0.7 if kind == 0 else reach + c.r.uniform(0.07, 0.11)
    face = [(reach, half), (reach, -half)]
    if kind == 2:
        n = 8
        face = [
            (reach + (0.035 if k % 2 else 0.0), t) for k, t in enumerate(spread(n, half, -half))
        ]
        far = reach + 0.17
    if kind == 1:
        solid(c, [place(u, v) for u, v in ((far, 0.06), (far, -0.06), (0.7, -0.06), (0.7, 0.06))],
              darker(colour, 0.25))  # fmt: skip
        for t in spread(5, far + 0.03, 0.5):
            c.line((place(t, -0.06), place(t + 0.025, 0.06)), 0.014, darker(colour, 0.6))
    solid(c, [place(u, v) for u, v in (*face, (far, -half), (far, half))], colour, 0.016)
    if kind != 1:
        start, end = place(far - 0.02 if kind == 2 else 0.44, 0), place(reach + 0.05, 0)
        c.arrow(start, end, 0.03, c.contrasting(colour))
