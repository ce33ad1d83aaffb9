"""Carrying and motion: what carries, flies, falls and whirls."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.props import (
    PAINTS,
    WOODS,
    cord,
    darker,
    fit,
    floor,
    lighter,
    mixed,
    puffs,
    solid,
    streaks,
)
from trainer.scenes.registry import Family
from trainer.scenes.scenery import cloud, earth, land, ridge, sky
from trainer.scenes.sprites import luminance
from trainer.scenes.vehicles import balloons, cart, hull, sea, wheel, wings

relation = Family("carrying and motion")


def _rush(c: Canvas, x: float, level: float, way: int, tall: float) -> None:
    """Streaks and dust behind something that moves over the ground."""
    angle = 0.0 if way > 0 else math.pi
    streaks(c, (x, level - tall * 0.5), angle, tall * 0.8, n=c.r.randint(3, 5))
    for k in range(c.r.randint(1, 3)):
        puffs(c, x - way * (0.03 + 0.08 * k), level, 0.08 - 0.015 * k)


def _mounted(c: Canvas, way: int, level: float) -> None:
    """The rider sits low on the back of the other subject, which may have got wheels."""
    wheeled, size = c.chance(0.4), c.r.uniform(0.46, 0.56)
    size = min(size, fit(c, c.b, 0.62, 0.46))
    width, height = c.extent(c.b, size)
    x, foot = 0.5 + way * 0.1, level - (0.07 if wheeled else 0.0)
    if not wheeled and c.chance(0.4):  # a leap
        c.ellipse(x, level + 0.02, width * 0.4, 0.02, fill=darker(c.ground, 0.5))
        foot -= c.r.uniform(0.04, 0.08)
    rider = min(c.r.uniform(0.3, 0.38), fit(c, c.a, 0.4, 0.38))
    _, tall = c.extent(c.a, rider)
    c.put(c.a, x - way * 0.03, foot - height * 0.94 - tall * 0.32, rider, rotate=-way * 6)
    c.put(c.b, x, foot - height / 2, size, rotate=-way * c.r.choice((0, 5, 9)), flip=way < 0)
    for side in (-1, 1) if wheeled else ():
        wheel(c, x + side * max(0.1, width * 0.32), level - 0.075, 0.085)
    _rush(c, x - way * (width / 2 + 0.03), level, way, height)


def _aboard(c: Canvas, way: int, level: float) -> None:
    """One or two subjects in a boat, a cart or a sledge on its way."""
    half, x, afloat = c.r.uniform(0.24, 0.3), 0.5 + way * 0.08, c.chance(0.5)
    rim = level - 0.12 if afloat else level - half * 0.8
    crew = ((c.a, 0.0),) if c.chance(0.4) else ((c.a, -0.5), (c.b, 0.45))
    for sprite, u in crew:
        size = fit(c, sprite, 0.42 / len(crew) + 0.05, 0.42)
        sunk = min(0.05, c.extent(sprite, size)[1] * 0.3)
        c.stand(sprite, x + u * half, rim + sunk, size)
    if afloat:
        hull(c, x, rim, half)
        sea(c, rim + half * 0.3)
        wake = [(x - way * (half + 0.05 * k), rim + half * 0.35 + 0.01 * (k % 2)) for k in range(5)]
        c.line(wake, 0.02, (245, 250, 252))
    else:
        cart(c, x, level, half)
    _rush(c, x - way * (half + 0.06), level - (0.12 if afloat else 0), way, 0.3)


@relation(
    (
        "A {Rider} on the back of a {Mount} that hurries along",
        "A {Subject} seated in or on something that moves",
        "One {Subject} being taken for a ride by another",
        "A {Passenger} travelling in a {Vehicle}",
        "A {Mount} in motion with a {Rider} on it",
        "Under way together: a {Carrier} below, a {Passenger} above",
    ),
    ("A {a} riding on a {b}", "A {a} on the back of a moving {b}"),
)
def riding(c: Canvas) -> None:
    """A rider sunk into the back of a mount, or a crew in a boat, cart or sledge, under way."""
    level, way = c.r.uniform(0.82, 0.9), c.r.choice((-1, 1))
    floor(c, level)
    (_mounted if c.chance(0.55) else _aboard)(c, way, level)


def _mean(sprite: Image.Image) -> Colour:
    """A colour for limbs and straps that goes with a sprite."""
    pixel = sprite.resize((3, 3), Image.Resampling.BOX).getpixel((1, 1))
    assert isinstance(pixel, tuple)
    return int(pixel[0]), int(pixel[1]), int(pixel[2])


def _tied(c: Canvas, way: int, level: float) -> None:
    """A load as large as its carrier on top of it, tied on with cords."""
    size = fit(c, c.b, 0.6, 0.44)
    width, height = c.extent(c.b, size)
    load = fit(c, c.a, max(0.4, width * 0.95), 0.36)
    wide, tall = c.extent(c.a, load)
    x = 0.5 + way * 0.04
    c.stand(c.b, x, level, size)
    c.put(c.a, x, level - height * 0.86 - tall / 2, load, rotate=c.jitter(14))
    rope = c.r.choice(WOODS)
    top, low = level - height * 0.86 - tall * 0.8, level - height * 0.5
    for side in (-1, 1):  # crossed over the load, down to the flanks
        ends = [x - side * wide * 0.36, x + side * wide * 0.3, x + side * width * 0.42]
        cord(c, list(zip(ends, (top, level - height * 0.84, low), strict=True)), 0.024, rope)
    c.ellipse(x, (top + level - height * 0.84) / 2, 0.026, fill=rope, outline=darker(rope))


def _hauled(c: Canvas, way: int, level: float) -> None:
    """A cart full of things that a carrier pulls or pushes."""
    half, x = c.r.uniform(0.2, 0.25), 0.5 - way * 0.2
    n = c.r.randint(1, 3)
    for u in spread(n, -0.55, 0.55) if n > 1 else [0.0]:
        size = fit(c, c.a, 0.5 if n == 1 else 0.24, 0.34)
        c.stand(c.a, x + u * half, level - half * 0.9, size)
    cart(c, x, level, half)
    size = fit(c, c.b, 0.32, 0.44)
    width, height = c.extent(c.b, size)
    at = 0.5 + way * 0.27
    c.stand(c.b, at, level, size)
    grip = (at - way * width * 0.2, level - height * 0.45)
    c.line(((x + way * half * 0.9, level - half * 0.65), grip), 0.024, darker(c.r.choice(WOODS)))


def _yoke(c: Canvas, way: int, level: float) -> None:
    """A pole across the carrier with a load hanging from either end."""
    size = fit(c, c.b, 0.4, 0.62)
    _, height = c.extent(c.b, size)
    c.stand(c.b, 0.5, level, size)
    y, sag = level - height * c.r.uniform(0.72, 0.9), c.r.uniform(0.02, 0.07)
    pole = [(x, y + sag * ((x - 0.5) / 0.38) ** 2) for x in spread(9, 0.12, 0.88)]
    c.line(pole, 0.036, darker(c.r.choice(WOODS), 0.5))
    c.line(pole, 0.022, c.r.choice(WOODS))
    for x in (0.14, 0.86):
        load = fit(c, c.a, 0.26, 0.28)
        _, tall = c.extent(c.a, load)
        top = y + sag + c.r.uniform(0.1, 0.16) + way * 0.01
        for u in (-0.05, 0.05):
            c.line(((x, y + sag), (x + u, top + tall * 0.2)), 0.01, (70, 56, 44))
        c.put(c.a, x, top + tall / 2, load)


def _embraced(c: Canvas, way: int, level: float) -> None:
    """Two arms of the carrier around a load in front of it."""
    size = fit(c, c.b, 0.62, 0.72)
    width, height = c.extent(c.b, size)
    c.stand(c.b, 0.5, level, size)
    load, y = fit(c, c.a, 0.4, 0.34), level - height * c.r.uniform(0.38, 0.5)
    wide, tall = c.extent(c.a, load)
    skin = _mean(c.b)
    if abs(luminance(skin) - luminance(c.a)) < 40:
        skin = c.contrasting(c.a)
    c.put(c.a, 0.5 + way * 0.02, y, load, rotate=c.jitter(20))
    for side in (-1, 1):
        arm = [
            (0.5 + side * width * 0.42, y - tall * 0.35),
            (0.5 + side * (wide * 0.5 + 0.09), y + tall * 0.2),
            (0.5 + side * wide * 0.12, y + tall * 0.36),
        ]
        c.line(arm, 0.076, darker(skin, 0.6))
        c.line(arm, 0.056, skin)
        c.ellipse(*arm[-1], 0.05, fill=skin, outline=darker(skin, 0.6))


@relation(
    (
        "A {Carrier} with a {Load} on its back or in its arms",
        "A {Subject} hauling {Goods} from one place to another",
        "A {Load} tied to the {Carrier} that has to bear it",
        "One {Subject} lugging another",
        "A {Cart} full of {Things} and the {Subject} that draws it",
        "A {Carrier} with burdens on either side",
    ),
    ("A {b} carrying a {a}", "A {b} with a load of {a}s"),
)
def carrying(c: Canvas) -> None:
    """A load tied on, in a cart, on both ends of a pole, or held in two arms."""
    level, way = c.r.uniform(0.88, 0.95), c.r.choice((-1, 1))
    floor(c, level)
    c.r.choice((_tied, _hauled, _hauled, _yoke, _embraced))(c, way, level)


def _air(c: Canvas) -> float:
    """A sky with clouds and some ground far below, the level of which is returned."""
    level = c.r.uniform(0.8, 0.92)
    if c.chance(0.65):
        sky(c)
    tone = c.contrasting(c.ground) if c.chance(0.2) else earth(c)
    if c.chance(0.5):
        land(
            c,
            ridge(c, level, 0.06, c.r.choice(("hills", "city", "woods"))),
            mixed(tone, (255, 255, 255), 0.4),
        )
    c.rectangle(0, level, 1, 1, fill=tone)
    for x in spread(c.r.randint(2, 4), 0.1, 0.9):
        white = c.r.randint(225, 255)
        cloud(c, x + c.jitter(0.1), c.r.uniform(0.08, 0.68), c.r.uniform(0.18, 0.34), (white,) * 3)
    return level


@relation(
    (
        "A {Subject} flying high above the {Ground}",
        "A {Subject} in mid-air among clouds, its shadow far below",
        "A {Subject} that has taken wing",
        "Airborne: a {Subject} sailing through the sky",
        "A {Subject} floating over the land, borne by {Wings} or {Balloons}",
        "A {Subject} soaring, with nothing under it but air",
    ),
    ("A flying {a}", "A {a} in the air above the ground"),
)
def flying(c: Canvas) -> None:
    """A subject in the sky: as it is, winged, under balloons or a parachute, or on a trail."""
    level, kind = _air(c), c.r.randrange(4)
    x, y = 0.5 + c.jitter(0.15), c.r.uniform(0.34, 0.48)
    size, way = c.r.uniform(0.28, 0.4), c.r.choice((-1, 1))
    if c.chance(0.35):
        c.stand(c.b, c.r.choice((0.15, 0.85)), level + 0.03, 0.12)
    else:
        c.ellipse(x, (level + 1) / 2, size * 0.35, 0.02, fill=(34, 36, 34))
    if kind == 0:
        wings(c, x, y, c.r.uniform(0.36, 0.46))
    elif kind == 1:
        y, size = c.r.uniform(0.55, 0.64), 0.26
        balloons(c, x, 0.04, (x, y - c.extent(c.a, size)[1] * 0.4))
    elif kind == 2:
        loop = c.r.uniform(0.1, 0.16)
        trail = [
            (x - way * (t * 0.75 - loop * math.sin(7.5 * t)), y + loop * (1 - math.cos(7.5 * t)))
            for t in spread(40, 0.05, 0.9)
        ]
        c.dashes(trail, 0.016)
    else:
        streaks(c, (x - way * size * 0.55, y), 0.0 if way > 0 else math.pi, size * 0.7)
    c.put(c.a, x, y, size, rotate=0 if kind == 1 else way * c.r.uniform(-4, 24), flip=way < 0)
    if kind == 3:
        cloud(c, x + c.jitter(0.2), y + size * 0.5, c.r.uniform(0.24, 0.36), (250, 250, 252))


def _off_the_edge(c: Canvas, way: int) -> None:
    """Down from a cliff or a table: paler copies along a curve, the last one the lowest."""
    top, edge, tone = c.r.uniform(0.3, 0.42), 0.5 - way * 0.2, earth(c)
    far = 0.5 - way * 0.55
    if c.chance(0.6):
        bend = [(edge + way * c.jitter(0.03), y) for y in spread(7, top, 1.02)]
        solid(c, [(far, top), (edge, top), *bend[1:], (far, 1.02)], tone, 0.014)
    else:
        c.rectangle(min(far, edge), top, max(far, edge), top + 0.05, fill=c.r.choice(WOODS))
        leg = edge - way * 0.07
        c.rectangle(leg - 0.025, top + 0.05, leg + 0.025, 0.97, fill=darker(c.r.choice(WOODS)))
    c.line(((0, 0.97), (1, 0.97)), 0.03, darker(tone))
    if c.chance(0.5):
        c.stand(c.b, edge - way * 0.15, top, fit(c, c.b, 0.26, top - 0.03))
    turn, steps = c.r.uniform(60, 150), spread(4, 0.12, 1.0)
    arc = [(edge + way * (0.06 + 0.33 * t), top - 0.12 + 0.56 * t * t) for t in spread(21, 0, 0.9)]
    c.dashes(arc, 0.012)
    for t in steps:
        x, y = edge + way * (0.06 + 0.34 * t), top - 0.12 + 0.58 * t * t
        last = t == steps[-1]
        c.put(c.a, x, y, 0.26, rotate=-way * turn * t, alpha=1.0 if last else 0.2 + 0.25 * t)


def _from_above(c: Canvas, way: int) -> None:
    """Straight down, streaks above, its shadow on the ground, beside another one or an arrow."""
    level = c.r.uniform(0.86, 0.92)
    floor(c, level)
    x, y, size = 0.5 + c.jitter(0.1), c.r.uniform(0.42, 0.6), c.r.uniform(0.3, 0.4)
    width, height = c.extent(c.a, size)
    for u in spread(c.r.randint(4, 6), -0.42, 0.42):
        start, end = (
            y - height * 0.5 - c.r.uniform(0.02, 0.06),
            y - height * 0.5 - c.r.uniform(0.16, 0.4),
        )
        c.line(((x + u * width, start), (x + u * width, end)), c.r.uniform(0.012, 0.022))
    c.put(c.a, x, y, size, rotate=way * c.r.uniform(15, 165))
    c.ellipse(x, level + 0.025, width * 0.5, 0.022, fill=darker(c.ground, 0.75))
    if c.chance(0.5):
        c.stand(c.b, x + way * 0.36, level + 0.02, 0.2)
    else:
        c.arrow((x + way * 0.36, y - 0.2), (x + way * 0.36, y + 0.16), 0.034)


@relation(
    (
        "A {Subject} falling towards the {Ground}",
        "A {Subject} that has dropped off an {Edge} and tumbles down",
        "The fall of one {Subject} caught in mid-air",
        "Gravity pulling a {Subject} down from a height",
        "A {Subject} plunging headlong, lines of speed above it",
        "A drop from a {Height}, the {Subject} turning over as it goes",
    ),
    ("A falling {a}", "A {a} tumbling off an edge"),
)
def falling(c: Canvas) -> None:
    """One subject, off the edge of something in a curve, or straight down from above."""
    way = c.r.choice((-1, 1))
    (_off_the_edge if c.chance(0.55) else _from_above)(c, way)


def _vortex(c: Canvas, flat: float) -> None:
    """Tapering arms that wind around the middle; things drift along between them."""
    n, sense = c.r.randint(3, 6), c.r.choice((-1, 1))
    tone = c.r.choice((c.ink, c.ink, c.r.choice(PAINTS)))
    x, y, start = 0.5 + c.jitter(0.06), 0.5 + c.jitter(0.06), c.r.uniform(0, 6)
    wound = c.r.uniform(3.6, 5.5)

    def at(q: float, arm: float) -> Point:
        angle = start + sense * (math.tau * arm / n + wound * (1.2 - q) ** 1.2)
        return x + 0.6 * q * math.cos(angle), y + 0.6 * q * flat * math.sin(angle)

    for arm in range(n):
        outer = [at(q, arm) for q in spread(26, 0.06, 1.15)]
        inner = [at(q, arm + 0.42 * q) for q in spread(26, 1.15, 0.06)]
        c.polygon([*outer, *inner], fill=tone if arm % 2 else lighter(tone, 0.35))
    for k in range(c.r.randint(5, 8)):
        q = 0.3 + 0.6 * c.r.random()
        u, v = at(q, c.r.randrange(n) + 0.6)
        c.put(c.b if k % 3 == 2 else c.a, u, v, 0.06 + 0.16 * q, rotate=c.r.uniform(0, 360))
    if flat > 0.8 and c.chance(0.5):
        c.put(c.a, x, y, 0.2)


def _tornado(c: Canvas, flat: float) -> None:
    """A funnel of bands with things flying around it."""
    grey = c.r.randint(60, 190)
    tone, lean = mixed((grey, grey, grey), c.ground, 0.15), c.jitter(0.14)
    floor(c, 0.9)
    n = c.r.randint(11, 15)
    hits = c.r.sample(range(n), 6)
    for i in range(n):
        t = i / (n - 1)
        x = 0.5 + lean * math.sin(3 * t) + 0.03 * math.sin(9 * t)
        y, half, thick = 0.92 - 0.8 * t, 0.03 + 0.36 * t**1.3, 0.035 + 0.06 * t * flat
        band = lighter(tone, 0.05 + 0.35 * (i % 2))
        c.ellipse(x, y, half, thick, fill=band, outline=darker(tone), width=0.006)
        c.ellipse(
            x + half * 0.15, y - thick * 0.35, half * 0.72, thick * 0.4, fill=lighter(band, 0.3)
        )
        if i in hits:
            aside = c.r.choice((-1, 1)) * (half + c.r.uniform(-0.02, 0.1))
            c.put(c.b if i % 3 == 0 else c.a, x + aside, y, 0.17, rotate=c.r.uniform(0, 360))


@relation(
    (
        "{Objects} caught in a {Whirl} around one center",
        "A vortex that sweeps {Things} round and round",
        "Curved strokes and {Objects} spinning about a middle",
        "A {Storm} that turns, everything loose drawn into it",
        "A spiral current with {Objects} adrift in it",
        "A dizzying rotation that drags {Things} along",
    ),
    ("{a}s and {b}s whirling around", "A whirl of {a}s"),
)
def swirling(c: Canvas) -> None:
    """A whirl from above, a whirlpool seen aslant, or a funnel, with things carried around."""
    kind = c.r.randrange(3)
    (_tornado if kind == 2 else _vortex)(c, (1.0, 0.45, 0.6)[kind])
