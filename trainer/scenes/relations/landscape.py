"""Landscape: depth, paths, surfaces and what frames a view."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, Colour, Point, around, spread
from trainer.scenes.props import mixed
from trainer.scenes.registry import Family
from trainer.scenes.scenery import (
    cloud,
    dark,
    earth,
    height_at,
    land,
    leaf,
    leaves,
    near,
    pale,
    planks,
    post,
    ridge,
    sky,
    wash,
)

relation = Family("landscape and light")


@relation(
    (
        "Overlapping layers of {Land} that grow paler with distance",
        "{Ridge} behind {Ridge} fading into the haze, a small {Subject} among them",
        "Depth told by tones: dark {Layers} in front, light ones at the back",
        "A {Subject} lost among receding {Layers}",
        "Silhouettes of {Land} staggered one behind the other",
        "Mist between successive {Ridges}, each fainter than the one before",
    ),
    ("A {a} in a landscape of receding hills", "Layers of hills in the haze with a {a}"),
)
def receding_layers(c: Canvas) -> None:
    """Four to seven ridges from pale to dark; a subject stands on one of the nearer ones."""
    haze = sky(c)[1]
    n = c.r.randint(4, 7)
    front = dark(c) if c.chance(0.6) else mixed(earth(c), (0, 0, 0), 0.4)
    kind = c.r.choice(("hills", "hills", "peaks", "woods", "city", "dunes"))
    start, misty = c.r.uniform(0.28, 0.45), c.chance(0.5)
    home, x = c.r.randint(n - 3, n - 1), c.r.uniform(0.15, 0.85)
    for i in range(n):
        level = start + (1.0 - start) * (i + 0.3) / n
        edge = ridge(c, level, c.r.uniform(0.07, 0.16) * (0.7 + i / n), kind)
        tone = mixed(haze, front, (0.12 + 0.88 * i / (n - 1)) ** 1.2)
        if i == home:
            size, sprite = 0.12 + 0.15 * i / n, c.a if c.chance(0.6) else c.shade(c.a, tone)
            c.stand(sprite, x, height_at(edge, x) + 0.02, size)
        land(c, edge, tone, mixed(tone, haze, 0.7) if misty else None)
    if c.chance(0.3):
        c.put(c.shade(c.b, front), c.r.uniform(0.2, 0.8), start * 0.45, c.r.uniform(0.08, 0.13))


def _bends(c: Canvas, horizon: float) -> list[tuple[float, float, float]]:
    """Centre, height and half width of a winding path from the front to the horizon."""
    wide, turns = c.r.uniform(0.16, 0.26), c.r.uniform(1.2, 2.3)
    sweep, phase = c.r.choice((-1, 1)) * c.r.uniform(0.3, 0.42), c.r.uniform(-0.5, 0.5)
    end = c.r.uniform(0.35, 0.65)
    path = []
    for t in spread(45, 0.0, 1.0):
        depth = (1 - t) ** 1.5  # nearness: bends crowd together towards the horizon
        x = end + (0.5 - end) * depth + sweep * depth**0.8 * math.sin(phase + turns * math.tau * t)
        path.append((x, horizon + (1.03 - horizon) * depth, 0.008 + wide * depth**1.15))
    return path


@relation(
    (
        "A path winding from the foreground to the {Horizon}",
        "A {River} that snakes away into the distance past {Things}",
        "Bend after bend, a {Road} that leads the eye to the far {Horizon}",
        "A curving {Way} that narrows as it runs between {Subjects}",
        "A meandering {Road} with {Subjects} on its banks",
        "A sinuous {Path} that disappears far off",
    ),
    ("A winding road past a {a} and a {b}", "A river winding between a {a} and a {b}"),
)
def winding_path(c: Canvas) -> None:
    """A road or river in perspective, in bends; subjects beside it, smaller further back."""
    horizon = c.r.uniform(0.18, 0.45)
    upper, lower = sky(c, horizon + 0.02)
    ground = earth(c)
    if c.chance(0.6):
        far = ridge(c, horizon + 0.02, c.r.uniform(0.05, 0.14), c.r.choice(("hills", "peaks")))
        land(c, far, mixed(ground, lower, 0.5))
    wash(c, mixed(ground, lower, c.r.uniform(0.1, 0.5)), ground, horizon, 1.0)
    path = _bends(c, horizon)
    river = c.chance(0.4)
    way = mixed(upper, (60, 120, 190), 0.5) if river else c.contrasting(ground)
    sides = [[(x + s * w, y) for x, y, w in path] for s in (-1, 1)]
    c.polygon([*sides[0], *reversed(sides[1])], fill=way)
    if c.chance(0.6):
        for side in sides:
            c.line(side, 0.012, mixed(way, (255, 255, 255) if river else (20, 20, 20), 0.5))
    if not river and c.chance(0.5):
        for (x0, y0, w), (x1, y1, _) in zip(path[::2], path[1::2], strict=False):
            c.line(((x0, y0), (x1, y1)), w * 0.09, c.contrasting(way))
    for k, place in enumerate(sorted(c.r.sample((9, 16, 22, 28), c.r.randint(2, 4)), reverse=True)):
        x, y, w = path[place]
        size = 0.05 + 0.36 * (y - horizon) / (1 - horizon)
        aside = (-1 if x > 0.5 else 1) if c.chance(0.8) else c.r.choice((-1, 1))
        beside = min(0.9, max(0.1, x + aside * (w + size * 0.6)))
        c.stand(c.b if k % 2 else c.a, beside, y, size)


@relation(
    (
        "A straight {Road} running to the {Horizon}",
        "One {Path} that leads directly into the distance, a {Subject} on it",
        "A {Subject} at the far end of a straight {Bridge}",
        "Edges of a {Way} that meet at the vanishing point behind a {Subject}",
        "A long {Pier} without a bend towards the empty distance",
        "A lone {Subject} on tracks that go straight ahead",
    ),
    ("A {a} on a straight road to the horizon", "A {a} at the end of a long pier"),
)
def straight_path(c: Canvas) -> None:
    """A road, railway, or pier as one tapering strip; a subject on it, near or at its end."""
    horizon, end = c.r.uniform(0.3, 0.55), 0.5 + c.jitter(0.18)
    lower = sky(c, horizon + 0.01)[1]
    kind = c.r.choice(("road", "road", "rails", "pier", "bridge"))
    ground = near(c, (70, 120, 160)) if kind in {"pier", "bridge"} else earth(c)
    wash(c, mixed(ground, lower, 0.5), ground, horizon, 1.0)
    way = c.contrasting(ground)
    if kind != "rails":
        c.polygon(((end - 0.01, horizon), (end + 0.01, horizon), (0.86, 1), (0.14, 1)), fill=way)
    if kind == "road":
        stripe = c.contrasting(way)
        for t in (0.05, 0.11, 0.2, 0.36, 0.62, 0.95):
            q = t * 1.3
            x, y, z = end + (0.5 - end) * t, horizon + (1 - horizon) * t, end + (0.5 - end) * q
            low = horizon + (1 - horizon) * q
            w = 0.025
            c.polygon(((x - w * t, y), (x + w * t, y), (z + w * q, low), (z - w * q, low)), stripe)
    else:
        planks(c, (end, horizon), way, rails=kind == "rails")
    for side in (-1, 1) if kind in {"pier", "bridge"} else ():
        rail = mixed(way, (20, 20, 20), 0.5)
        tops = []
        for t in (0.06, 0.1, 0.17, 0.28, 0.46, 0.75, 1.2):
            x, y = end + (0.5 + side * 0.37 - end) * t, horizon + (1 - horizon) * t
            tall = (0.34 if kind == "bridge" else 0.14) * t
            c.line(((x, y), (x, y - tall)), 0.035 * t, rail)
            tops.append((x, y - tall))
        if kind == "bridge" or c.chance(0.4):
            c.line(tops, 0.014, rail)
    t = c.r.choice((0.08, 0.2, 0.35, 0.55, 0.7))
    x, y = end + (0.5 - end) * t, horizon + (1 - horizon) * t
    c.stand(c.a, x, y, 0.12 + 0.4 * t)


def _waves(c: Canvas, top: float, tone: Colour, light: Colour) -> None:
    """Overlapping bands of waves, larger to the front; a subject rides between two of them."""
    n, crest = c.r.randint(5, 8), c.r.choice(("swell", "scallop", "tooth"))
    home = c.r.randint(1, n - 3)
    for i in range(n):
        t = i / (n - 1)
        level, high = top + (1.0 - top) * t**1.3, 0.025 + 0.05 * t
        count, shift = 11 - 6 * t, c.r.uniform(0, 1)
        edge: list[Point] = []
        for x in spread(81, 0, 1):
            p = (x * count + shift) % 1
            swell = 0.5 + 0.5 * math.cos(p * math.tau)
            up = {"swell": swell, "scallop": math.sin(p * math.pi), "tooth": p**2}[crest]
            edge.append((x, level - high * up))
        land(c, edge, mixed(light, tone, 0.25 + 0.75 * t if i % 2 else 0.1 + 0.6 * t))
        c.line(edge, 0.006 + 0.006 * t, mixed(light, (255, 255, 255), 0.6))
        if i == home:
            following = top + (1 - top) * ((i + 1) / (n - 1)) ** 1.3
            c.stand(c.a, c.r.uniform(0.25, 0.75), following, c.r.uniform(0.26, 0.4))


def _rings(c: Canvas, top: float, tone: Colour, light: Colour) -> None:
    """Rings of ripples that spread on water around a subject."""
    x, y = 0.5 + c.jitter(0.15), top + (1 - top) * c.r.uniform(0.4, 0.6)
    flat, n = c.r.uniform(0.25, 0.42), c.r.randint(5, 8)
    wash(c, mixed(light, tone, 0.4), tone, top, 1.0)
    water = c.image.crop((0, 0, c.side, round(top * c.side)))
    for i in range(n, 0, -1):
        q = 0.09 + 0.62 * (i / n) ** 1.15
        c.ellipse(x, y, q, q * flat, outline=mixed(light, tone, 0.1 + 0.5 * i / n), width=0.014)
        c.ellipse(x, y + 0.008, q, q * flat, outline=mixed(tone, (0, 0, 0), 0.25), width=0.006)
    c.image.paste(water, (0, 0))
    c.stand(c.a, x, y + 0.02, c.r.uniform(0.24, 0.36))


def _ripples(c: Canvas, top: float, tone: Colour, light: Colour) -> None:
    """Sand or snow with wavering furrows that crowd together towards the horizon."""
    wash(c, mixed(light, tone, 0.5), tone, top, 1.0)
    n, lean, phase = c.r.randint(10, 16), c.jitter(0.25), c.r.uniform(0, 6)
    for i in range(n):
        t = ((i + 0.5) / n) ** 1.6
        level = top + (0.98 - top) * t
        edge = [
            (x, level + lean * t * (x - 0.5) + 0.03 * t * math.sin(8 * x + phase + 0.5 * i))
            for x in spread(30, -0.02, 1.02)
        ]
        c.line([(x, y + 0.006 + 0.01 * t) for x, y in edge], 0.008 + 0.02 * t, light)
        c.line(edge, 0.006 + 0.016 * t, mixed(tone, (0, 0, 0), 0.35))
    x, floor = c.r.uniform(0.25, 0.75), top + (1 - top) * c.r.uniform(0.25, 0.7)
    c.ellipse(x + 0.04, floor, 0.16, 0.02, fill=mixed(tone, (0, 0, 0), 0.5))
    c.stand(c.a, x, floor + 0.01, c.r.uniform(0.24, 0.38))


@relation(
    (
        "{Waves} repeating over a whole surface, a {Subject} riding on them",
        "A rippled {Surface} with one {Subject} on it",
        "Ripples spreading out over the {Surface} around a {Subject}",
        "Crest behind crest of {Waves} as far as one can see",
        "A {Subject} alone on a surface of regular undulations",
        "A rhythm of rising and falling lines that carries a {Subject}",
    ),
    ("A {a} on the waves", "A {a} on rippled water"),
)
def wave_surface(c: Canvas) -> None:
    """A sea of waves, rings on water, or furrowed sand, with a subject on it."""
    top = c.r.uniform(0.2, 0.45)
    sky(c, top + 0.05)
    tone = near(c, (30, 90, 150)) if c.chance(0.55) else earth(c)
    light = mixed(tone, (255, 255, 255), c.r.uniform(0.45, 0.75))
    c.r.choice((_waves, _waves, _rings, _ripples))(c, top, tone, light)


def _opening(c: Canvas, tone: Colour) -> None:
    """The mouth of a cave, an arch, or a window: all but an opening is near and dark."""
    mask = Image.new("L", c.image.size, 255)
    hole, pen = c.mask()
    s, kind, half = c.side, c.r.randrange(3), c.r.uniform(0.27, 0.35)
    if kind == 0:
        rim = [
            (x + c.jitter(0.035), y * 0.95 + c.jitter(0.035))
            for x, y, _ in around(24, 0.5, 0.58, half + 0.04)
        ]
        pen.polygon([(x * s, y * s) for x, y in rim], 255)
    elif kind == 1:
        pen.ellipse(((0.5 - half) * s, 0.14 * s, (0.5 + half) * s, (0.14 + 2 * half) * s), 255)
        pen.rectangle(((0.5 - half) * s, (0.14 + half) * s, (0.5 + half) * s, 0.9 * s), 255)
    else:
        pen.rectangle(((0.5 - half) * s, 0.15 * s, (0.5 + half) * s, 0.8 * s), 255)
        pen.line((s / 2, 0, s / 2, s), 0, c.px(0.03))
        pen.line((0, 0.45 * s, s, 0.45 * s), 0, c.px(0.03))
    mask.paste(0, (0, 0), hole)
    c.veil(mask, tone)


def _rocks(c: Canvas, tone: Colour) -> None:
    """Steep rocks on both sides that leave a gap, or tall grass along the lower border."""
    if c.chance(0.4):
        for _ in range(c.r.randint(35, 50)):
            x, tall = c.r.random(), c.r.uniform(0.15, 0.45)
            tall *= 0.5 + abs(x - 0.5)
            bend = c.jitter(0.12)
            c.polygon(
                ((x - 0.013, 1), (x + 0.013, 1), (x + bend, 1 - 1.3 * tall)), near(c, tone, 8)
            )
        return
    for side in (0.0, 1.0):
        inward = 1 - 2 * side
        edge = [(side, 0.0)]
        for y in spread(7, 0.0, 1.0):
            reach = 0.34 - 0.22 * math.sin(math.pi * y) + c.jitter(0.05)
            edge.append((side + inward * max(0.06, reach), y))
        c.polygon([*edge, (side, 1.0)], fill=near(c, tone, 10))


@relation(
    (
        "A small far {Subject} framed by dark {Things} in the foreground",
        "A view through near {Leaves} to a distant {Subject}",
        "Dark shapes close by that form a frame around a bright {View}",
        "A {Subject} seen from within a shadowed {Opening}",
        "A look out of the dark at something small and far away",
        "Near {Objects} at the borders of the picture and a {Subject} deep in it",
    ),
    ("A distant {a} framed by foliage", "A {a} far off, seen through an arch"),
)
def foreground_frame(c: Canvas) -> None:
    """A bright view with one small subject; foliage, rocks, an arch or large silhouettes near."""
    horizon = c.r.uniform(0.5, 0.68)
    lower = sky(c, horizon)[1]
    ground = mixed(earth(c), (255, 255, 255), 0.3)
    wash(c, mixed(ground, lower, 0.5), ground, horizon, 1.0)
    if c.chance(0.6):
        far = ridge(c, horizon + 0.02, 0.13, c.r.choice(("hills", "peaks", "city")))
        land(c, far[:], mixed(ground, lower, 0.4))
        wash(c, mixed(ground, lower, 0.5), ground, horizon, 1.0)
    c.stand(c.a, 0.5 + c.jitter(0.07), horizon + c.r.uniform(0.02, 0.12), c.r.uniform(0.15, 0.24))
    tone, kind = dark(c), c.r.randrange(4)
    if kind == 3:
        shape = c.shade(c.b, tone)
        for side in (0.0, 1.0):
            c.put(shape, side, 0.72 + c.jitter(0.08), c.r.uniform(0.6, 0.8), flip=side > 0)
    else:
        (leaves, _opening, _rocks)[kind](c, tone)


def _crowns(c: Canvas, x: float, y: float) -> None:
    """Trunks from all sides, each with a crown of leaves towards the zenith."""
    bark = dark(c) if c.chance(0.5) else near(c, (112, 84, 60))
    green = dark(c) if c.chance(0.3) else near(c, c.r.choice(((60, 120, 50), (190, 110, 40))))
    n = c.r.randint(6, 11)
    for _, _, straight in around(n, x, y, 1, c.r.uniform(0, 6)):
        angle, tip, half = straight + c.jitter(0.15), c.r.uniform(0.2, 0.34), c.r.uniform(0.06, 0.1)
        ends = [(q, d) for q in (tip, 1.2) for d in (-half, half)]
        corners = [(x + q * math.cos(angle + d), y + q * math.sin(angle + d)) for q, d in ends]
        post(c, corners, near(c, bark), "trunk")
        for _ in range(14):
            q, d = tip + c.r.uniform(-0.04, 0.2), angle + c.jitter(0.34)
            at = (x + q * math.cos(d), y + q * math.sin(d))
            leaf(c, at, c.r.uniform(0, 6.3), c.r.uniform(0.07, 0.13), near(c, green))


def _towers(c: Canvas, x: float, y: float) -> None:
    """Buildings from all sides or from below, with rows of windows, that narrow to the zenith."""
    n, tone = c.r.randint(4, 7), near(c, c.colour(), 0)
    below = c.chance(0.5)
    for k in range(n):
        turn = (
            math.pi * (0.16 + 0.68 * k / (n - 1)) if below else math.tau * (k + c.jitter(0.15)) / n
        )
        half, tip = c.r.uniform(0.17, 0.24) * 5.5 / n, c.r.uniform(0.15, 0.36)
        wall = near(c, tone, 30)

        def at(q: float, d: float, turn: float = turn) -> Point:
            return x + q * math.cos(turn + d), y + q * math.sin(turn + d)

        c.polygon([at(tip, -half), at(1.3, -half), at(1.3, 0), at(tip, 0)], fill=wall)
        side = mixed(wall, (0, 0, 0), 0.4)
        c.polygon([at(tip, 0), at(1.3, 0), at(1.3, half), at(tip, half)], fill=side)
        glass = mixed(wall, c.contrasting(wall), 0.6)
        q = tip * 1.12
        while q < 1.1:
            for low in (-0.86, -0.56, -0.26, 0.12, 0.42, 0.72):
                left, right = low * half, (low + 0.18) * half
                c.polygon([at(q, left), at(q, right), at(q * 1.1, right), at(q * 1.1, left)], glass)
            q *= 1.22


@relation(
    (
        "A view straight up to where everything converges in the sky",
        "{Trunks} or {Towers} rising on all sides towards one point overhead",
        "Looking up from the ground at a {Subject} high above",
        "Tall {Things} that lean together as they rise out of sight",
        "A {Subject} against the sky, ringed by soaring {Verticals}",
        "Everything upright narrows towards the zenith, where a {Subject} is",
    ),
    ("Looking up at a {a} in the sky", "A {a} high above between tall trunks"),
)
def looking_up(c: Canvas) -> None:
    """Trunks with crowns, or towers, towards a zenith with a small subject in the sky."""
    upper, lower = c.r.choice(
        (((90, 150, 220), (190, 220, 245)), ((225, 230, 232), (250, 250, 245)))
    )
    wash(c, near(c, upper), near(c, lower, 10))
    x, y = 0.5 + c.jitter(0.14), 0.45 + c.jitter(0.14)
    for _ in range(c.r.choice((0, 0, 2))):
        cloud(c, c.r.uniform(0.3, 0.7), c.r.uniform(0.3, 0.7), 0.2, pale(c))
    c.r.choice((_crowns, _towers))(c, x, y)
    c.put(c.a, x + c.jitter(0.03), y + c.jitter(0.03), c.r.uniform(0.17, 0.26))


@relation(
    (
        "Upright {Trunks} side by side with a {Subject} among them",
        "A {Subject} between parallel {Lines} that fill the picture",
        "Rank upon rank of vertical {Posts}, a {Subject} in their midst",
        "The rhythm of parallel {Stripes} broken by one {Subject}",
        "Straight {Lines} next to each other, some before and some behind a {Subject}",
        "A forest of upright {Columns} through which a {Subject} passes",
    ),
    ("A {a} among the trunks of a wood", "A {a} between rows of posts"),
)
def parallel_lines(c: Canvas) -> None:
    """Trunks, pillars or slanted bands over the whole picture; a subject between them."""
    if c.chance(0.6):
        wash(c, pale(c), mixed(earth(c), (255, 255, 255), 0.3))
    n, slant = c.r.randint(5, 10), c.r.choice((0.0, 0.0, c.jitter(0.5)))
    kind, level = c.r.choice(("trunk", "pillar", "plain")), c.chance(0.2)
    tone = c.contrasting(c.a) if c.chance(0.5) else earth(c)
    home, loose = c.r.randint(n // 2, n - 2), kind == "trunk"
    places = [(i + 0.5) / n + c.jitter((0.25 if loose else 0.03) / n) for i in range(n)]
    c.r.shuffle(places)
    for i, x in enumerate(places):
        half = c.r.uniform(0.13, 0.27) / n if loose else 0.23 / n
        ends = [(x + s * half + slant * (v - 0.5), v) for v in (-0.05, 1.05) for s in (-1, 1)]
        post(c, [(v, u) for u, v in ends] if level else ends, near(c, tone, 12), kind)
        if i == home:
            c.put(c.a, 0.5 + c.jitter(0.2), 0.55 + c.jitter(0.15), c.r.uniform(0.3, 0.48))
