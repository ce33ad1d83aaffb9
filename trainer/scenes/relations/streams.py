"""Carrying and motion, continued: what pours, rises, shines or points from one place to another."""

from __future__ import annotations

import math
from itertools import pairwise

from PIL import Image

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.jugs import bowl, tilted
from trainer.scenes.pointers import block_arrow, bow, hand, signpost
from trainer.scenes.props import (
    METALS,
    PAINTS,
    arc,
    band,
    darker,
    fit,
    floor,
    lighter,
    solid,
    turned,
)
from trainer.scenes.registry import Family
from trainer.scenes.sprites import luminance

relation = Family("carrying and motion")

_LIQUIDS: tuple[Colour, ...] = (
    (90, 170, 230), (120, 60, 30), (200, 40, 50), (250, 250, 245), (240, 180, 40), (110, 190, 80),
)  # fmt: skip


def _stream(lip: Point, end: Point, wide: float) -> list[Point]:
    """The outline of a liquid that leaves a lip sideways and falls to a point."""
    curve = [
        (lip[0] + (end[0] - lip[0]) * math.sqrt(t), lip[1] + (end[1] - lip[1]) * t)
        for t in spread(12, 0, 1)
    ]
    left = [(x - wide * (1 - 0.3 * k / 11), y) for k, (x, y) in enumerate(curve)]
    right = [(x + wide * (1 - 0.3 * k / 11), y) for k, (x, y) in enumerate(curve)]
    return [*left, *reversed(right)]


@relation(
    (
        "A tilted {Vessel} whose content runs into something below",
        "A stream of {Liquid} poured from one {Vessel} into another",
        "A {Subject} being poured out",
        "Something that flows from a higher {Container} down to a lower one",
        "A {Vessel} tipped over so that it empties in an arc",
        "The filling of a {Container} from above",
    ),
    ("A jug pouring onto a {a}", "A {a} pouring into a bowl"),
)
def pouring(c: Canvas) -> None:
    """A liquid or a row of things from a vessel or a subject, into a bowl or over a subject."""
    level, way = c.r.uniform(0.88, 0.95), c.r.choice((-1, 1))
    floor(c, level)
    liquid, kind = c.r.choice(_LIQUIDS), c.r.randrange(4)
    at, aim = (0.5 - way * c.r.uniform(0.18, 0.26), c.r.uniform(0.2, 0.28)), 0.5 + way * 0.17
    lean = c.r.uniform(1.25, 1.9)
    if kind == 0:  # over the subject itself
        size = fit(c, c.a, 0.44, 0.4)
        low = c.stand(c.a, aim, level, size) + 0.02
    elif kind == 1:  # out of the subject
        low = bowl(c, aim, level, c.r.uniform(0.16, 0.22), liquid)
        size = fit(c, c.a, 0.42, 0.36)
    else:
        low = bowl(c, aim, level, c.r.uniform(0.17, 0.23), liquid if kind == 2 else None)
    if kind == 1:
        wide, tall = c.extent(c.a, size)
        lip = (at[0] + way * tall * 0.42, at[1] + wide * 0.2)
    else:
        lip = tilted(c, at, c.r.uniform(0.3, 0.38), way, lean)
    if kind == 3:
        for t in spread(c.r.randint(4, 6), 0.05, 0.95):
            x, y = lip[0] + (aim - lip[0]) * math.sqrt(t), lip[1] + (low - lip[1]) * t
            c.put(c.a, x, y, 0.13, rotate=c.r.uniform(0, 360))
    else:
        outline = _stream(lip, (aim, low + 0.01), c.r.uniform(0.018, 0.034))
        solid(c, outline, liquid, 0.008)
        _splash(c, aim, low, liquid)
    if kind == 1:
        c.put(c.a, *at, size, rotate=-way * math.degrees(lean), flip=way < 0)


def _splash(c: Canvas, x: float, y: float, liquid: Colour) -> None:
    """Drops that jump up where a stream arrives."""
    for _ in range(c.r.randint(4, 7)):
        u, v, q = c.jitter(0.13), c.r.uniform(0.01, 0.1), c.r.uniform(0.008, 0.018)
        c.ellipse(x + u, y - v, q, q * 1.3, fill=liquid, outline=darker(liquid, 0.3), width=0.005)


def _puff(c: Canvas, at: Point, q: float, tone: Colour) -> None:
    """A round cloud of smoke."""
    for u, v, k in ((-0.5, 0.1, 0.6), (0.5, 0.15, 0.6), (0.0, -0.35, 0.65), (0.0, 0.2, 0.75)):
        c.ellipse(at[0] + u * q, at[1] + v * q, q * k, fill=darker(tone, 0.25))
    for u, v, k in ((-0.5, 0.1, 0.5), (0.5, 0.15, 0.5), (0.0, -0.35, 0.55), (0.0, 0.2, 0.65)):
        c.ellipse(at[0] + u * q, at[1] + v * q, q * k, fill=tone)


def _bubble(c: Canvas, at: Point, q: float, tone: Colour) -> None:
    """A transparent ball with a highlight."""
    c.ellipse(*at, q * 0.8, outline=tone, width=0.012)
    c.ellipse(at[0] - q * 0.3, at[1] - q * 0.3, q * 0.2, fill=tone)


def _note(c: Canvas, at: Point, q: float, tone: Colour) -> None:
    """A note of music, single or in a pair."""
    x, y = at
    heads = (-0.45, 0.45) if c.chance(0.5) else (0.0,)
    for u in heads:
        c.ellipse(x + u * q, y + q * 0.5, q * 0.34, q * 0.25, fill=tone)
        c.line(
            ((x + (u + 0.28) * q, y + q * 0.5), (x + (u + 0.28) * q, y - q * 0.8)), q * 0.16, tone
        )
    last = x + (heads[-1] + 0.28) * q
    end = (x - 0.17 * q, y - q * 0.75) if len(heads) > 1 else (last + q * 0.45, y - q * 0.3)
    c.line(((last, y - q * 0.75), end), q * 0.28, tone)


def _heart(c: Canvas, at: Point, q: float, tone: Colour) -> None:
    """A heart."""
    for u in (-0.38, 0.38):
        c.ellipse(at[0] + u * q, at[1] - 0.25 * q, q * 0.44, fill=tone)
    c.polygon(turned(((-0.8, -0.08), (0.8, -0.08), (0, 0.85)), *at, q), fill=tone)


def _steam(c: Canvas, x: float, top: float, tone: Colour) -> None:
    """Wavering strands that taper upward."""
    for u in spread(c.r.randint(2, 4), -0.13, 0.13):
        tall, phase = min(top - 0.03, c.r.uniform(0.22, 0.36)), c.r.uniform(0, 6)
        points = [
            (x + u + 0.03 * math.sin(11 * t * tall / 0.3 + phase), top - tall * t)
            for t in spread(14, 0.06, 1)
        ]
        for k, (start, end) in enumerate(pairwise(points)):
            c.line((start, end), 0.036 * (1 - 0.7 * abs(k / 12 - 0.4)), tone)


@relation(
    (
        "{Puffs} rising from the top of a {Subject}",
        "A {Subject} that gives off a trail of {Bubbles} into the air",
        "Something light that drifts up out of a {Subject}",
        "A {Subject} sending up clouds that swell as they rise",
        "A stream of little {Things} leaving a {Subject} upward",
        "A {Source} below and what it breathes out above it",
    ),
    ("Smoke rising from a {a}", "A {a} giving off bubbles"),
)
def emitting(c: Canvas) -> None:
    """Smoke, steam, bubbles, notes, hearts or small things that rise from a subject and drift."""
    size = fit(c, c.a, 0.5, 0.42)
    x, drift = 0.5 + c.jitter(0.16), c.jitter(0.3)
    kind = c.r.randrange(6)
    tone = (
        c.r.choice((c.ink, c.r.choice(PAINTS)))
        if kind in {1, 2, 3}
        else (c.r.randint(90, 245),) * 3
    )
    if kind in {0, 4}:
        tone = tone if abs(tone[0] - sum(c.ground) / 3) > 45 else (c.r.choice((60, 250)),) * 3
    foot = c.r.uniform(0.9, 0.97)
    if c.chance(0.4):
        floor(c, foot)
    top = foot - c.extent(c.a, size)[1]
    if kind == 4:
        _steam(c, x, top, tone)
    n = c.r.randint(4, 7)
    for i, t in enumerate(spread(n, 0.02, 1.0)) if kind != 4 else ():
        sway = 0.05 * math.sin(4 * t + n) * (1 if kind in {0, 5} else c.r.uniform(-1.4, 1.4))
        at = (x + drift * t**1.4 + sway, top + 0.02 - (top - 0.03) * t)
        q = 0.035 + 0.055 * t * c.r.uniform(0.8, 1.2)
        if kind == 5:
            c.put(c.b, *at, 0.09 + 0.09 * t, rotate=c.jitter(40))
        else:
            (_puff, _bubble, _note, _heart)[kind](c, at, q, lighter(tone, 0.12 * (i % 2)))
    c.stand(c.a, x, foot, size)


def _cone(c: Canvas, start: Point, end: Point, half: float) -> list[Point]:
    """A wedge from one point that is `half` wide on both sides of another."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    u, v = -math.sin(angle), math.cos(angle)
    return [
        (start[0] + 0.02 * u, start[1] + 0.02 * v),
        (end[0] + half * u, end[1] + half * v),
        (end[0] - half * u, end[1] - half * v),
        (start[0] - 0.02 * u, start[1] - 0.02 * v),
    ]


def _nozzle(c: Canvas, start: Point, end: Point) -> None:
    """A torch or a nozzle at the start of a beam."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    paint = c.r.choice((*METALS, *PAINTS))
    grip = ((-0.2, -0.035), (-0.05, -0.035), (-0.05, 0.035), (-0.2, 0.035))
    head = ((-0.05, -0.035), (0.02, -0.065), (0.02, 0.065), (-0.05, 0.035))
    for part, fill in ((grip, paint), (head, darker(paint, 0.3))):
        solid(c, turned(part, *start, 1.0, angle), fill)


@relation(
    (
        "A cone of {Light} directed from one {Subject} at another",
        "A {Subject} that sprays what is in front of it",
        "A widening {Beam} cast by a {Source} on a {Target}",
        "One {Thing} lit up or hit by what another sends out",
        "A jet that leaves a {Subject} at a point and spreads as it goes",
        "A {Target} caught in the beam of a {Subject}",
    ),
    ("A beam from a {a} onto a {b}", "A {a} spraying a {b}"),
)
def beam(c: Canvas) -> None:
    """A wedge of light in a dimmed scene, a spray of drops, or a ray from above, onto the other."""
    way, kind = c.r.choice((-1, 1)), c.r.randrange(3)
    start = (0.5 - way * 0.2, c.r.uniform(0.2, 0.75))
    end = (0.5 + way * 0.27, min(0.7, max(0.34, start[1] + c.jitter(0.3))))
    if kind == 0:
        c.veil(Image.new("L", c.image.size, c.r.randint(120, 215)), (10, 12, 30))
    far = (end[0] + way * 0.14, end[1] + (end[1] - start[1]) * 0.3)
    half, tint = (
        c.r.uniform(0.2, 0.3),
        c.r.choice(((255, 244, 170), (255, 255, 240), (190, 240, 255))),
    )
    mask, pen = c.mask()
    wedge = _cone(c, start, far, half)
    pen.polygon([(x * c.side, y * c.side) for x, y in wedge], fill=150 if kind == 1 else 205)
    water = c.r.choice(((70, 150, 225), *PAINTS[:3]))
    if luminance(c.ground) < 130 and c.chance(0.5):
        water = (230, 245, 255)
    if kind == 2 and luminance(c.ground) > 150:
        tint = lighter(c.r.choice(PAINTS), 0.3)
    c.veil(mask, water if kind == 1 else tint)
    c.put(c.b, *end, fit(c, c.b, 0.34, 0.4))
    for _ in range(c.r.randint(45, 60)) if kind == 1 else ():
        t, s = c.r.uniform(0.05, 1.05), c.jitter(0.9)
        x = start[0] + (far[0] - start[0]) * t
        y = start[1] + (far[1] - start[1]) * t + s * half * t
        q = c.r.uniform(0.006, 0.013)
        c.ellipse(
            x,
            y,
            q * 1.5,
            q,
            fill=lighter(water, c.r.uniform(0, 0.5)),
            outline=darker(water, 0.2),
            width=0.004,
        )
    if kind == 2:
        for edge in ((wedge[0], wedge[1]), (wedge[3], wedge[2])):
            c.line(edge, 0.01, lighter(tint, 0.3))
    source = fit(c, c.a, 0.34, 0.4)
    if c.chance(0.6):
        _nozzle(c, start, far)
        c.put(c.a, start[0] - way * 0.19, start[1] + 0.03, min(source, 0.3))
    else:
        c.put(c.a, start[0] - way * (c.extent(c.a, source)[0] * 0.4), start[1], source)


def _bend(points: list[Point], way: int) -> list[Point]:
    """The points mirrored left to right, if the way is -1."""
    return points if way > 0 else [(1 - x, y) for x, y in points]


@relation(
    (
        "An arrow that bends around a {Subject} in a circle",
        "A {Subject} with curved arrows turning about it",
        "Rotation shown by a bent {Arrow} beside the {Subject}",
        "Round and round: an {Arrow} chasing its own tail about a {Subject}",
        "A {Subject} to be turned in the direction of the {Arrows}",
        "An {Arrow} looping over a {Subject} from one side to the other",
    ),
    ("A circular arrow around a {a}", "A {a} with arrows that turn around it"),
)
def turning_arrow(c: Canvas) -> None:
    """A circular arrow, two or three of them, a level orbit behind and before, or a bow above."""
    kind, way = c.r.randrange(4), c.r.choice((-1, 1))
    colour = c.r.choice((c.ink, c.contrasting(c.ground), c.contrasting(c.ground)))
    width, start = c.r.uniform(0.03, 0.06), c.r.uniform(0, 6)
    if kind == 0:
        sweep = c.r.uniform(4.4, 5.5)
        bow(c, _bend(arc(0.5, 0.5, 0.38, 0.38, low=start, high=start + sweep), way), width, colour)
        c.put(c.a, 0.5, 0.5, fit(c, c.a, 0.5, 0.5))
    elif kind == 1:
        n = c.r.choice((2, 2, 3))
        for i in range(n):
            low = start + math.tau * i / n
            high = low + math.tau / n * 0.68
            bow(c, _bend(arc(0.5, 0.5, 0.38, 0.38, low=low, high=high), way), width, colour)
        c.put(c.a, 0.5, 0.5, fit(c, c.a, 0.48, 0.48))
    elif kind == 2:
        y, flat = c.r.uniform(0.5, 0.68), c.r.uniform(0.09, 0.15)
        band(
            c,
            arc(0.5, y, 0.4, flat, low=math.pi * 0.92, high=math.pi * 2.02),
            width,
            darker(colour, 0.25),
        )
        c.put(c.a, 0.5, 0.5 + c.jitter(0.03), fit(c, c.a, 0.5, 0.72))
        bow(c, _bend(arc(0.5, y, 0.4, flat, low=0.02, high=math.pi * 0.82), way), width, colour)
    else:
        foot = c.r.uniform(0.8, 0.92)
        size = fit(c, c.a, 0.42, 0.42)
        c.stand(c.a, 0.5, foot, size)
        top, sunk = foot - c.extent(c.a, size)[1], c.r.uniform(0.0, 0.2)
        over = arc(0.5, top + sunk, 0.36, top + sunk - 0.1, low=math.pi * 1.02, high=math.pi * 1.93)
        bow(c, _bend(over, way), width, colour)


@relation(
    (
        "A {Pointer} directed at a {Subject}",
        "An {Arrow} that shows where the {Subject} is",
        "A {Hand} or {Sign} drawing attention to one {Subject}",
        "Look there: a mark aimed at a single {Subject}",
        "A {Subject} picked out by something that points to it",
        "A {Sign} on a post that leads to a {Subject}",
    ),
    ("A sign pointing at a {a}", "A hand pointing to a {a}"),
)
def pointing(c: Canvas) -> None:
    """A hand, a signpost, or one fat arrow, whose tip is close to the subject."""
    kind, way = c.r.randrange(3), c.r.choice((-1, 1))
    size = fit(c, c.a, 0.36, 0.46)
    x, y = 0.5 + way * c.r.uniform(0.22, 0.28), 0.5 + c.jitter(0.14)
    wide = c.extent(c.a, size)[0]
    if kind == 1:
        level = c.r.uniform(0.85, 0.95)
        floor(c, level)
        c.stand(c.a, x, level, size)
        tip = (x - way * (wide / 2 + 0.03), level - c.r.uniform(0.3, 0.55))
        signpost(c, tip, way, level + 0.01)
        return
    angle = 0.0 if way > 0 else math.pi
    angle += c.jitter(0.6)
    reach = wide / 2 + 0.04
    tip = (x - reach * math.cos(angle), y - reach * math.sin(angle))
    c.put(c.a, x, y, size)
    if kind == 0:
        hand(c, tip, angle, way)
    else:
        block_arrow(c, tip, angle)
    if c.chance(0.25):
        c.put(c.b, 0.5 - way * 0.3, 0.88, 0.16)
