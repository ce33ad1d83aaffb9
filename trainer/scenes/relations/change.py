"""Change and damage: what sprouts, burns, breaks, is eaten, melts, or passes through phases."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from trainer.scenes.canvas import Canvas, Colour, around, spread
from trainer.scenes.damage import bitten, coverage, crumbs, jagged, mean, molten, shaded, shard
from trainer.scenes.lamps import flame
from trainer.scenes.props import (
    PAINTS,
    WOODS,
    arc,
    darker,
    fit,
    floor,
    lighter,
    mixed,
    solid,
    span,
    turned,
)
from trainer.scenes.registry import Family
from trainer.scenes.scenery import cloud, dark, leaf, light, near, wash
from trainer.scenes.sprites import luminance

relation = Family("change and damage")


def _leaves(c: Canvas, x: float, y: float, size: float) -> None:
    """Two to four leaves at a point."""
    green = near(c, c.r.choice(((60, 140, 50), (110, 160, 60), (40, 110, 80))))
    for side in (-1, 1):
        for _ in range(c.r.randint(1, 2)):
            angle = math.pi / 2 - side * math.pi / 2 - side * c.r.uniform(0.2, 0.9)
            leaf(c, (x, y), angle, size * c.r.uniform(0.8, 1.2), near(c, green, 14))


def _through_ground(c: Canvas) -> None:
    """Ground that bursts open: tilted slabs and crumbs around the subject that pushes up."""
    level, x = c.r.uniform(0.7, 0.8), 0.5 + c.jitter(0.1)
    soil = near(c, c.r.choice(((92, 62, 40), (60, 44, 34), (140, 140, 138), (196, 164, 110))))
    size = fit(c, c.a, 0.42, 0.54)
    height = c.extent(c.a, size)[1]
    half = max(0.12, c.extent(c.a, size)[0] / 2)
    c.rectangle(0, level, 1, 1, fill=soil)
    c.ellipse(x, level + 0.05, half * 1.2, 0.07, fill=darker(soil, 0.75))
    rise = max(0.11, height * c.r.uniform(0.22, 0.38))
    c.put(c.a, x, level - rise, size, rotate=c.jitter(12))
    c.rectangle(0, level + 0.08, 1, 1, fill=soil)
    for k, u in enumerate(spread(c.r.randint(5, 7), -1.15, 1.15)):
        tall, foot = c.r.uniform(0.1, 0.17), level + 0.1 + 0.02 * (k % 2)
        slab = ((-0.5, 0.1), (-0.4, -0.7), (0.1, -1.0), (0.5, -0.3), (0.45, 0.1))
        solid(c, turned(slab, x + u * half, foot, tall, u * 0.8), lighter(soil, 0.12 * (k % 3)))
    for u in spread(c.r.randint(3, 5), -1, 1):
        start, end = (x + u * half, level + 0.11), (x + u * 0.42 + c.jitter(0.04), 1.0)
        c.line(jagged(c.r, start, end, 0.09), 0.014, darker(soil, 0.7))
    crumbs(c, (x, level), half * 1.7, darker(soil, 0.3))
    if c.chance(0.5):
        _leaves(c, x + c.r.choice((-1, 1)) * half, level + 0.03, 0.11)


def _from_bud(c: Canvas) -> None:
    """A blossom that opens, the subject among its petals."""
    x, y, long = 0.5 + c.jitter(0.08), c.r.uniform(0.6, 0.68), c.r.uniform(0.3, 0.4)
    tone = near(c, c.r.choice(((232, 120, 160), (240, 200, 60), (250, 240, 245), *PAINTS)))
    petal = ((0, 0), (0.4, -0.2), (0.8, -0.17), (1, 0), (0.8, 0.17), (0.4, 0.2))
    c.line(((x + c.jitter(0.08), 1.0), (x, y)), 0.034, (70, 130, 60))
    _leaves(c, x, 0.9, 0.2)
    for turn in (-1.35, 1.35, -0.9, 0.9, -0.45, 0.45, 0.0):
        solid(c, turned(petal, x, y, long, turn - math.pi / 2), near(c, tone, 12), 0.012)
    size = fit(c, c.a, 0.36, 0.44)
    c.put(c.a, x, y - max(0.2, c.extent(c.a, size)[1] * 0.46), size)
    for turn in (-0.85, 0.85, 0.0):
        front = turned(petal, x, y + 0.02, long * 0.6, turn - math.pi / 2)
        solid(c, front, lighter(near(c, tone, 12), 0.15), 0.012)
    c.ellipse(x, y + 0.02, 0.06, 0.045, fill=(70, 130, 60))


def _from_egg(c: Canvas) -> None:
    """The lower half of a broken shell before the subject, the upper one on top or aside."""
    x, y, q = 0.5 + c.jitter(0.06), c.r.uniform(0.7, 0.76), c.r.uniform(0.2, 0.26)
    shell: Colour = c.r.choice(((246, 238, 220), (226, 196, 160), (180, 214, 214), (250, 250, 250)))
    size = fit(c, c.a, q * 1.75, 0.5)
    height = c.extent(c.a, size)[1]
    c.ellipse(x, y, q * 0.98, q * 0.25, fill=darker(shell, 0.5))
    middle = y - height * 0.3
    c.put(c.a, x, middle, size, rotate=c.jitter(10))
    teeth = [(x + u * q, y + (0.05 if k % 2 else -0.03)) for k, u in enumerate(spread(9, -1, 1))]
    solid(c, [*teeth, *arc(x, y, q, q * 1.12, low=0, high=math.pi)], shell, 0.014)
    for _ in range(c.r.choice((0, 7))):
        c.ellipse(
            x + c.jitter(q * 0.6), y + q * c.r.uniform(0.25, 0.75), 0.014, fill=darker(shell, 0.3)
        )
    aside = c.chance(0.5)
    hx, hy = (x + c.r.choice((-1, 1)) * 0.34, 0.9) if aside else (x, middle - height * 0.42)
    k = 0.62 if aside else 0.5
    edge = [
        (hx + u * q * k, hy + (0.03 if n % 2 else -0.01)) for n, u in enumerate(spread(7, 1, -1))
    ]
    solid(c, [*arc(hx, hy, q * k, q * k, low=math.pi, high=math.tau), *edge], shell, 0.012)


def _from_stump(c: Canvas) -> None:
    """A tree stump with rings, out of which the subject rises."""
    x, top, half = 0.5 + c.jitter(0.08), c.r.uniform(0.64, 0.72), c.r.uniform(0.22, 0.3)
    bark, wood = c.r.choice(WOODS[1:2] + WOODS[3:]), (222, 184, 130)
    floor(c, 0.92)
    foot = [
        (x - half, top),
        (x + half, top),
        (x + half * 1.1, 0.86),
        (x + half * 1.5, 0.96),
        (x - half * 1.5, 0.96),
        (x - half * 1.1, 0.86),
    ]
    solid(c, foot, bark, 0.014)
    for u in spread(6, -0.8, 0.8):
        c.line(((x + u * half, top + 0.06), (x + u * half * 1.1, 0.9)), 0.01, darker(bark))
    for k in (1.0, 0.72, 0.45):
        c.ellipse(
            x,
            top,
            half * k,
            half * 0.3 * k,
            fill=wood if k == 1 else None,
            outline=darker(wood, 0.35),
        )
    size = fit(c, c.a, 0.44, top - 0.06)
    height = c.extent(c.a, size)[1]
    _leaves(c, x, top - 0.01, 0.2)
    c.put(c.a, x, top - height * 0.46, size)
    _leaves(c, x, top + 0.015, 0.13)


@relation(
    (
        "A {Subject} breaking out of the {Ground}",
        "A {Subject} hatching from its {Shell}",
        "Something new coming out of something old: a {Subject} from a {Stump}",
        "New life: a {Subject} that pushes up out of what held it",
        "A {Subject} unfolding from a {Bud}",
        "A {Subject} just come out of its {Husk}",
    ),
    ("A {a} breaking out of the ground", "A {a} hatching from an egg"),
)
def sprouting(c: Canvas) -> None:
    """Out of bursting ground, a broken shell, an old stump, or a blossom that opens."""
    c.r.choice((_through_ground, _from_egg, _from_stump, _from_bud))(c)


@relation(
    (
        "A {Subject} on fire",
        "Flames leaping up around a {Subject}",
        "A {Subject} consumed by the blaze",
        "Fire and smoke rising from a burning {Subject}",
        "A {Subject} set alight",
        "Tongues of fire that lick at a {Subject}",
    ),
    ("A burning {a}", "A {a} in flames"),
)
def burning(c: Canvas) -> None:
    """Flames behind and before the subject, or along its upper edge, with or without smoke."""
    size = fit(c, c.a, 0.62, 0.56)
    width, height = c.extent(c.a, size)
    x, foot = 0.5 + c.jitter(0.06), c.r.uniform(0.86, 0.94)
    night = c.chance(0.3)
    if night:
        wash(c, dark(c), mixed(dark(c), (120, 40, 10), 0.5))
        c.veil(light(c, x, foot - height / 2, 0.7, 0.6), (250, 130, 40))
    for k in range(c.r.choice((0, 3, 4))):
        grey = c.r.randint(40, 130)
        cloud(c, x + c.jitter(0.14), 0.3 - 0.09 * k, 0.26 + 0.05 * k, (grey, grey, grey))
    scorched = mixed(mean(c.a), (30, 20, 16), 0.8) if c.chance(0.3) and not night else None
    sprite = c.shade(c.a, scorched) if scorched else c.a
    if c.chance(0.35):  # like a torch
        c.stand(sprite, x, foot, size)
        for u in spread(c.r.randint(3, 5), -0.8, 0.8):
            level = c.r.uniform(0.1, 0.3)
            start, end = span(c.a, level)
            px = x + width * ((start + end) / 2 - 0.5 + u * (end - start) / 2)
            base = foot - height * (1 - level)
            flame(c, px, base + 0.03, c.r.uniform(0.14, 0.22), min(base, c.r.uniform(0.26, 0.42)))
        return
    for u in spread(c.r.randint(4, 5), -0.5, 0.5):
        tall = (height + 0.16) * (1.1 - 0.9 * abs(u)) * c.r.uniform(0.85, 1.1)
        flame(c, x + u * width, foot + 0.02, width * 0.42, min(tall, foot - 0.02))
    c.stand(sprite, x, foot, size)
    for u in spread(c.r.randint(4, 6), -0.55, 0.55):
        flame(
            c,
            x + u * width + c.jitter(0.02),
            foot + 0.03,
            min(c.r.uniform(0.12, 0.18), height * 0.5),
            height * c.r.uniform(0.25, 0.5),
        )


def _halves(c: Canvas) -> None:
    """Two parts, apart along a zigzag; turned away from each other, or one of them fallen down."""
    level = c.chance(0.4)
    t, lean = c.r.uniform(0.38, 0.62), c.jitter(0.14)
    ends = ((t - lean, -0.02), (t + lean, 1.02))
    crack = jagged(c.r, *ends, c.r.uniform(0.05, 0.1))
    first, second = [(-0.1, -0.1), *crack, (-0.1, 1.1)], [(1.1, -0.1), *crack, (1.1, 1.1)]
    if level:
        first, second = [(y, x) for x, y in first], [(y, x) for x, y in second]
    size, gap, turn = fit(c, c.a, 0.68, 0.68), c.r.uniform(0.045, 0.09), c.r.uniform(5, 18)
    x, y = 0.5 + c.jitter(0.04), 0.5 + c.jitter(0.04)
    if level:
        c.put(shard(c.a, second), x, y + gap * 0.6, size, rotate=c.jitter(4))
        c.put(
            shard(c.a, first), x + c.jitter(0.08), y - gap, size, rotate=c.r.choice((-1, 1)) * turn
        )
    else:
        c.put(shard(c.a, first), x - gap, y, size, rotate=turn)
        c.put(shard(c.a, second), x + gap, y, size, rotate=-turn)
    crumbs(c, (x, y + c.extent(c.a, size)[1] * 0.45), 0.16, mean(c.a))


def _shards(c: Canvas) -> None:
    """Wedges around a point inside, all moved outward."""
    px, py = c.r.uniform(0.38, 0.62), c.r.uniform(0.38, 0.62)
    n, size = c.r.randint(4, 7), fit(c, c.a, 0.62, 0.62)
    width, height = c.extent(c.a, size)
    apart = c.r.uniform(0.04, 0.08)
    rays = [angle + c.jitter(0.3) for _, _, angle in around(n, 0, 0, 1, c.r.uniform(0, 6))]
    cracks = [
        jagged(c.r, (px, py), (px + 1.6 * math.cos(t), py + 1.6 * math.sin(t)), 0.025) for t in rays
    ]
    for k in range(n):
        middle = (rays[k] + rays[(k + 1) % n] + (math.tau if k == n - 1 else 0)) / 2
        piece = shard(c.a, [*cracks[k], *reversed(cracks[(k + 1) % n])])
        dx, dy = apart * math.cos(middle), apart * math.sin(middle)
        c.put(piece, 0.5 + dx, 0.5 + dy, size, rotate=c.jitter(7))
    crumbs(c, (0.5 + (px - 0.5) * width, 0.5 + (py - 0.5) * height), 0.3, mean(c.a))


@relation(
    (
        "A {Subject} broken into pieces with jagged edges",
        "A {Subject} cracked in two",
        "Fragments of what was once a whole {Subject}",
        "A shattered {Subject}",
        "A zigzag break through the middle of a {Subject}",
        "A {Subject} come apart, its {Pieces} still next to each other",
    ),
    ("A broken {a}", "A {a} cracked into pieces"),
)
def broken(c: Canvas) -> None:
    """Two halves along a zigzag, or shards around a point of impact."""
    if c.chance(0.3):
        wash(c, lighter(c.ground, 0.3), c.ground)
    (_halves if c.chance(0.6) else _shards)(c)


def _mostly_left(c: Canvas, bites: list[tuple[float, float, float]]) -> Image.Image:
    """The bitten subject; bites that leave too little of a slender one are made smaller."""
    whole, eaten = coverage(c.a), bitten(c.a, bites, c.r)
    for shrink in (0.65, 0.4):
        if coverage(eaten) < 0.5 * whole:
            eaten = bitten(c.a, [(x, y, q * shrink) for x, y, q in bites], c.r)
    return eaten


@relation(
    (
        "A {Subject} with a bite taken out of it",
        "A {Subject} partly eaten away",
        "Missing mouthfuls along the edge of a {Subject}",
        "A {Subject} gnawed until little of it is left",
        "A half-eaten {Subject} and its crumbs",
        "Scoops bitten out of a {Subject}",
    ),
    ("A {a} with a bite taken out of it", "A half-eaten {a}"),
)
def eaten_away(c: Canvas) -> None:
    """One or two large bites from an edge, a gnawed core, or many small holes; crumbs."""
    kind, size = c.r.randrange(4), fit(c, c.a, 0.68, 0.68)
    width, height = c.extent(c.a, size)
    bites: list[tuple[float, float, float]] = []
    side = c.r.choice((0, 1))
    if kind == 3:
        for _ in range(c.r.randint(6, 9)):
            level = c.r.uniform(0.1, 0.9)
            start, end = span(c.a, level)
            bites.append((c.r.uniform(start, end), level, c.r.uniform(0.04, 0.1)))
    else:
        for level in (0.5,) if kind == 2 else c.r.sample((0.25, 0.45, 0.7), c.r.choice((1, 1, 2))):
            ends = span(c.a, level)
            for k in (0, 1) if kind == 2 else (side,):
                bites.append((ends[k], level + c.jitter(0.06), c.r.uniform(0.2, 0.28)))
    x, y = 0.5 + c.jitter(0.05), 0.47 + c.jitter(0.04)
    c.put(_mostly_left(c, bites), x, y, size)
    bx, by, _ = bites[0]
    at = (x + (bx - 0.5) * width, y + (by - 0.5) * height)
    crumbs(c, (at[0], y + height / 2 + 0.03), 0.18, mean(c.a))
    if kind < 2 and c.chance(0.35):
        way = 1 if side else -1
        c.put(c.b, min(0.9, max(0.1, at[0] + way * 0.13)), at[1] + 0.04, fit(c, c.b, 0.24, 0.3))


@relation(
    (
        "A {Subject} melting into a {Puddle}",
        "Drips running down from a {Subject} that loses its shape",
        "A {Subject} turning liquid from below",
        "A {Subject} dissolving in the heat",
        "The lower part of a {Subject} flowing away",
        "A soft {Subject} that droops and trickles down",
    ),
    ("A melting {a}", "A {a} dripping into a puddle"),
)
def melting(c: Canvas) -> None:
    """The lower part run down in its own colours, over an edge or into a puddle."""
    run = molten(c.a, c.r)
    size = fit(c, run, 0.6, 0.76)
    width, height = c.extent(run, size)
    x, top = 0.5 + c.jitter(0.08), max(0.04, c.r.uniform(0.78, 0.88) - height)
    pool = mean(c.a, 0.6)
    low = top + height * c.r.uniform(0.97, 1.02)
    if c.chance(0.8):
        rim = darker(pool, 0.35)
        blobs = [
            (x, 0.62),
            *((x + u * width, 0.36) for u in (-0.42, 0.42)),
            (x + c.jitter(width), 0.24),
        ]
        for extra, tone in ((0.012, rim), (0.0, pool)):
            for px, share in blobs:
                c.ellipse(px, low, width * share + extra, 0.045 + 0.03 * share + extra, fill=tone)
        c.ellipse(x - width * 0.3, low - 0.014, width * 0.16, 0.012, fill=lighter(pool, 0.5))
    c.put(run, x, top + height / 2, size)
    for _ in range(c.r.randint(1, 4)):
        px, py = x + c.jitter(width * 0.4), low - c.r.uniform(-0.02, 0.1)
        c.ellipse(px, py, 0.014, 0.02, fill=pool)
        c.polygon(((px - 0.01, py - 0.012), (px, py - 0.05), (px + 0.01, py - 0.012)), fill=pool)


def _disc(c: Canvas, tone: Colour) -> Image.Image:
    """A bright disc with the subject's picture in it."""
    disc = Image.new("RGBA", (120, 120))
    ImageDraw.Draw(disc).ellipse((1, 1, 118, 118), fill=(*tone, 255))
    small = c.a.copy()
    small.thumbnail((74, 74))
    disc.paste(small, ((120 - small.width) // 2, (120 - small.height) // 2), small)
    return disc


@relation(
    (
        "The phases of a {Subject} from dark to full and back",
        "The same {Subject} again and again, each time more of it in the light",
        "A {Subject} waxing and waning in a row",
        "Shade that passes over a {Subject} in successive states",
        "Crescents of a {Subject} on the way to the whole",
        "An eclipse of a {Subject} in stages",
    ),
    ("The phases of a {a}", "A {a} passing from shade into light"),
    distractors=False,
)
def phases(c: Canvas) -> None:
    """Copies in part dark, of the subject or of a disc with it, in a row, an arc or a ring."""
    n, kind, discs = c.r.randint(5, 7), c.r.randrange(3), c.chance(0.5)
    if c.chance(0.7) and (discs or luminance(c.a) > 100):
        wash(c, dark(c), mixed(dark(c), (40, 50, 90), 0.5))
        level = c.r.choice((10, 45, 65))
        shade = (level, level, level + 6)
    else:
        shade = darker(c.ground, 0.75)
    glow = near(c, c.r.choice(((245, 240, 220), (250, 220, 140), (220, 230, 240))), 10)
    size = min(0.23, 0.96 / n)
    sprite = _disc(c, glow) if discs else c.a
    places = [(x, 0.5) for x in spread(n, 0.5 / n, 1 - 0.5 / n)]
    if kind == 1:
        bow = c.r.choice((-1, 1)) * c.r.uniform(0.2, 0.3)
        places = [(x, 0.5 + bow * (0.5 - math.sin(math.pi * x))) for x, _ in places]
    elif kind == 2:
        n = c.r.choice((6, 8))
        size = 0.22 if n == 8 else 0.28
        places = [(x, y) for x, y, _ in around(n, 0.5, 0.5, 0.37, -math.pi / 2)]
        c.put(c.b, 0.5, 0.5, fit(c, c.b, 0.3, 0.3))
    for k, (x, y) in enumerate(places):
        t = k / n if kind == 2 else 0.12 + 0.76 * k / (n - 1)
        c.put(shaded(sprite, t, shade), x, y, size, shadow=False)
