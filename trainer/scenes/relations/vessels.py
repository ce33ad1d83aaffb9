"""Vessels and layers: what holds, covers or lies upon what."""

from __future__ import annotations

from itertools import pairwise

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.containers import (
    DRINKS,
    GLASSES,
    Tub,
    Vessel,
    glass_back,
    glass_front,
    grains,
    liquid,
    sunk,
    tub_back,
    tub_colour,
    tub_front,
)
from trainer.scenes.layers import cake, sandwich, strata
from trainer.scenes.plants import bouquet, leaves, potted, stemmed
from trainer.scenes.props import (
    PAINTS,
    WOODS,
    band,
    darker,
    fit,
    floor,
    lighter,
    solid,
    span,
    turned,
)
from trainer.scenes.registry import Family
from trainer.scenes.spills import running_over, toppled
from trainer.scenes.sprites import tinted
from trainer.scenes.stacks import balloons, books, cards, plates, sheets
from trainer.scenes.supports import prop, slabs, tilted, wall
from trainer.scenes.wrappings import bandaged, papered

relation = Family("vessels and layers")


@relation(
    (
        "A transparent {Vessel} filled up to a level with a {Subject} in it",
        "A {Subject} swimming or sunk in a {Glass}",
        "A {Glass} half full, with a {Thing} in what it holds",
        "A {Subject} immersed in a liquid behind glass",
        "A {Vessel} whose content stands to a certain height around a {Subject}",
        "A small world kept in a {Bowl} of water",
    ),
    ("A {a} in a glass of water", "A glass with a {a} in it, filled to a level"),
)
def filled(c: Canvas) -> None:
    """A drinking glass, flask, bowl, jar or tank with liquid or balls; subjects float or sink."""
    glass = c.r.choice(GLASSES)
    tall = c.r.uniform(0.72, 0.84)
    half = min(0.44, tall * glass.slim / 2)
    vessel = Vessel(glass, 0.5 + c.jitter(0.04), 0.93 - tall, 0.93, half)
    if c.chance(0.5):
        floor(c, 0.9)
    level = glass.full + (glass.floor - glass.full) * c.r.uniform(0.05, 0.4)
    glass_back(c, vessel)
    low = glass.floor
    depth = (low - level) * tall
    floating = c.chance(0.4)
    at = level if floating else level + (low - level) * 0.55
    size = fit(
        c, c.a, vessel.width(min(low, at + 0.05)) * 1.25, depth * (0.95 if floating else 0.8)
    )
    size = max(size, 0.16)
    x, y = vessel.x + c.jitter(0.02), vessel.y(at)
    if c.chance(0.25):
        c.put(c.a, x, vessel.y(level) - size * 0.1, size, rotate=c.jitter(20), shadow=False)
        grains(c, vessel, level)
    else:
        colour = c.r.choice(DRINKS)
        liquid(c, vessel, level, colour, 130)
        n = 1 if size > 0.2 else c.r.randint(1, 2)
        for k in range(n):
            c.put(c.a, x, y + 0.1 * k, size, rotate=c.jitter(25), flip=c.chance(0.5), shadow=False)
        sunk(c, vessel, level, lighter(colour, 0.1))
        for _ in range(c.r.randint(0, 6)):
            v = c.r.uniform(level + 0.06, low - 0.04)
            w = vessel.width(v) * 0.7
            c.ellipse(vessel.x + c.jitter(w), vessel.y(v), c.r.uniform(0.006, 0.016),
                      outline=(250, 250, 250), width=0.006)  # fmt: skip
    glass_front(c, vessel)


@relation(
    (
        "A {Container} so full that {Objects} spill over its rim",
        "{Objects} heaped up in a {Container} and falling out of it",
        "More {Objects} than a {Vessel} can hold",
        "An overflowing {Container}",
        "A liquid running over the edge of a {Vessel} that holds a {Subject}",
        "Abundance that pours out of a {Container}",
    ),
    ("A container overflowing with {a}s", "{a}s spilling out of a basket"),
)
def overflowing(c: Canvas) -> None:
    """A heap over the rim with pieces on the ground, a toppled container, or running liquid."""
    colour = tub_colour(c, c.a)
    if c.chance(0.6):
        floor(c, c.r.uniform(0.86, 0.92))
    kind = c.r.randrange(4)
    if kind == 0:
        running_over(c, colour)
    elif kind == 1:
        toppled(c, colour)
    else:
        tub = Tub(0.5 + c.jitter(0.06), c.r.uniform(0.5, 0.58), 0.92, c.r.uniform(0.24, 0.3),
                  c.r.uniform(0.18, 0.27))  # fmt: skip
        size = c.r.uniform(0.15, 0.2)
        tub_back(c, tub, colour)
        for k, n in enumerate((3, 4, 5)):
            y = tub.top - size * (1.25 - 0.55 * k)
            for x in spread(
                n, tub.x - tub.rim * (0.4 + 0.2 * k), tub.x + tub.rim * (0.4 + 0.2 * k)
            ):
                c.put(c.a, x + c.jitter(0.02), y + c.jitter(0.015), size, rotate=c.jitter(70))
        tub_front(c, tub, colour)
        for _ in range(c.r.randint(4, 7)):
            way = c.r.choice((-1, 1))
            x = tub.x + way * (tub.rim + c.r.uniform(0.01, 0.14))
            y = c.r.choice(
                (tub.top - c.r.uniform(-0.03, 0.12), 0.93 - size * 0.3, c.r.uniform(0.6, 0.9))
            )
            c.put(c.a, x, y, size, rotate=c.r.uniform(-180, 180))


@relation(
    (
        "Layers that lie one upon another, cut open to the view",
        "A cross-section through strata with {Subjects} buried in them",
        "A {Filling} between the layers of a sandwich",
        "A tiered structure of horizontal bands with a {Subject} on top or inside",
        "{Subjects} embedded at different depths",
        "Level upon level of different {Matter}, with a {Thing} in between",
    ),
    ("A {a} between layers", "{a}s buried in layers of ground", "A layered cake with a {a}"),
)
def layered(c: Canvas) -> None:
    """Strata of ground with buried subjects, a layer cake, or a sandwich with a filling."""
    (strata, cake, sandwich)[c.r.randrange(3)](c)


@relation(
    (
        "A box with compartments, each of which holds another {Thing}",
        "{Objects} kept apart in the cells of a shelf",
        "A cabinet in which every {Thing} has its own place",
        "A divided {Container} with something different in each part",
        "An assortment of {Things} in a partitioned case",
        "Shelves on which various {Objects} are sorted into pigeonholes",
    ),
    ("{a}s and {b}s in the cells of a shelf", "A box with compartments for a {a} and a {b}"),
)
def compartments(c: Canvas) -> None:
    """A shelf, a flat box or a case of unequal cells; what is in them differs."""
    wood = c.r.choice((*WOODS, *WOODS, (236, 234, 228), *PAINTS))
    back = c.r.choice((darker(wood, 0.55), lighter(wood, 0.55)))
    left, top, right, bottom = 0.08, 0.08 + c.jitter(0.03), 0.92, 0.9
    c.rectangle(left, top, right, bottom, fill=wood, outline=darker(wood), width=0.014,
                radius=c.r.choice((0.0, 0.04)))  # fmt: skip
    if c.chance(0.4):
        for x in (left + 0.06, right - 0.06):
            c.rectangle(x - 0.03, bottom, x + 0.03, 0.97, fill=darker(wood, 0.3))
    wares = [c.a, c.b, tinted(c.a, c.r.choice(PAINTS)), tinted(c.b, c.r.choice(PAINTS)),
             c.shade(c.a, c.contrasting(back)), c.shade(c.b, c.contrasting(back))]  # fmt: skip
    rows = c.r.randint(2, 4)
    even = c.chance(0.5)
    columns = c.r.randint(2, 4)
    shelf = c.chance(0.5)
    gap = c.r.uniform(0.014, 0.026)
    k = 0
    for j in range(rows):
        n = columns if even else c.r.randint(1, 4)
        cuts = [left + gap, *(left + (right - left) * (i + 1) / n for i in range(n))]
        if not even:
            cuts[1:-1] = [v + c.jitter(0.3 / n * 0.3) for v in cuts[1:-1]]
        y0 = top + (bottom - top) * j / rows + gap
        y1 = top + (bottom - top) * (j + 1) / rows - gap / 2
        for x0, border in pairwise(cuts):
            x1 = border - gap
            c.rectangle(x0, y0, x1, y1, fill=back, outline=darker(back, 0.3))
            c.rectangle(x0, y0, x1, y0 + 0.022, fill=darker(back, 0.35))
            if c.chance(0.1):
                continue
            ware = wares[k % len(wares)] if k < 6 else c.r.choice(wares)
            k += 1
            size = fit(c, ware, (x1 - x0) * 0.82, (y1 - y0) * 0.8)
            if shelf:
                c.stand(ware, (x0 + x1) / 2, y1 - 0.004, size)
            else:
                c.put(ware, (x0 + x1) / 2, (y0 + y1) / 2, size, rotate=c.jitter(20), shadow=False)


@relation(
    (
        "A {Subject} wrapped up so that only a part of it shows",
        "A {Thing} packed in paper with a bow",
        "A {Subject} swathed in bandages like a mummy",
        "A covering that follows the form of the {Subject} within",
        "A gift whose shape betrays the {Thing} inside",
        "A {Subject} bundled up in cloth",
    ),
    ("A {a} wrapped in paper", "A {a} swathed in bandages", "A gift-wrapped {a}"),
)
def wrapped(c: Canvas) -> None:
    """Bandages that leave gaps, patterned paper with a ribbon over most of it, or a blanket."""
    x, y, size = 0.5 + c.jitter(0.04), 0.52 + c.jitter(0.03), c.r.uniform(0.66, 0.78)
    width, height = c.extent(c.a, size)
    c.put(c.a, x, y, size)
    if c.chance(0.45):
        c.put(bandaged(c), x, y, size * 1.04, shadow=False)
        if c.chance(0.5):
            side = c.r.choice((-1, 1))
            start = (x + side * width * 0.3, y + height * 0.2)
            tail = [
                (start[0] + side * 0.05 * k, start[1] + 0.05 * k + 0.03 * (k % 2)) for k in range(5)
            ]
            band(c, tail, 0.045, (238, 228, 200))
        return
    paper, other = c.r.sample(PAINTS, 2)
    shown = c.r.uniform(0.2, 0.36)
    c.put(papered(c, paper, other, shown), x, y, size * 1.05, shadow=False)
    ribbon = c.contrasting(paper)
    left, right = span(c.a, (1 + shown) / 2)
    middle = x + ((left + right) / 2 - 0.5) * width
    belt = y + (shown / 2) * height
    if c.chance(0.75):
        band(
            c, ((x + (left - 0.52) * width, belt), (x + (right - 0.48) * width, belt)), 0.04, ribbon
        )
        for way in (-1, 1):
            loop = ((0, 0), (way * 0.5, -0.55), (way * 1.1, -0.4), (way * 0.9, 0.1))
            solid(c, turned(loop, middle, belt, 0.12), ribbon, 0.012)
            end = ((0, 0), (way * 0.45, 1.0), (way * 0.8, 0.85))
            solid(c, turned(end, middle, belt, 0.12), darker(ribbon, 0.15), 0.01)
        c.ellipse(middle, belt, 0.03, fill=darker(ribbon, 0.3))


@relation(
    (
        "A {Subject} stuck upright in a pot as if it grew there",
        "{Objects} on stems in a vase like flowers",
        "{Objects} planted in the ground in a row",
        "A {Thing} potted and cared for like a plant",
        "A bouquet made of {Things}",
        "A {Subject} sprouting from the soil with leaves at its foot",
    ),
    ("A {a} in a flower pot", "A bouquet of {a}s in a vase", "{a}s planted in the soil"),
)
def planted(c: Canvas) -> None:
    """Half sunk in a pot, on stems in a vase or from the ground, or in a bed of soil."""
    kind = c.r.randrange(4)
    soil = c.r.choice(((92, 60, 40), (70, 50, 38), (130, 96, 60)))
    if kind == 0:
        potted(c, soil)
    elif kind == 1:
        bouquet(c)
    else:
        level = c.r.uniform(0.74, 0.82)
        n = c.r.randint(1, 4)
        size = min(0.5, 0.9 / n)
        places = spread(n, 0.5 / n, 1 - 0.5 / n)
        c.rectangle(0, level - 0.03, 1, 1, fill=darker(soil, 0.3))
        for x in places:
            height = c.extent(c.a, size)[1]
            if kind == 2:
                c.put(c.a, x, level - height * 0.2, size, rotate=c.jitter(8))
            else:
                stemmed(c, (x, level + 0.05), (x + c.jitter(0.02), 0.4), c.a, min(0.34, size))
        c.rectangle(0, level + 0.035, 1, 1, fill=soil)
        for x in places:
            c.ellipse(x, level + 0.04, size * 0.34, 0.05, fill=soil)
            if kind == 2:
                leaves(c, (x - size * 0.2, level + 0.02), 0.1)
                leaves(c, (x + size * 0.2, level + 0.02), 0.1)
        for _ in range(16):
            c.ellipse(
                c.r.random(), c.r.uniform(level + 0.07, 1), 0.012, 0.008, fill=lighter(soil, 0.25)
            )


@relation(
    (
        "Flat {Things} lying on top of one another, slightly askew",
        "A stack of {Sheets} whose edges do not quite line up",
        "A pile of cards with a {Subject} on the uppermost one",
        "{Slabs} laid one upon another with a {Subject} on top",
        "Sheets stacked loosely, each turned a little against the next",
        "A heap of books or plates that carries a {Subject}",
    ),
    ("A stack of cards with a {a}", "A {a} on a stack of books", "{a}s on stacked sheets"),
)
def stack(c: Canvas) -> None:
    """Turned cards seen from above, books or plates seen from the side, or sheets from aslant."""
    (cards, books, plates, sheets)[c.r.randrange(4)](c)


@relation(
    (
        "A tight bunch of {Objects} hanging together like grapes",
        "{Objects} clustered on one stem",
        "A bunch of {Objects} tied together by their strings",
        "Many {Objects} packed into a dense hanging cluster",
        "{Objects} that grow so close that they touch on all sides",
        "A bundle of {Things} held at one point",
    ),
    ("A bunch of {a}s", "{a}s clustered like grapes", "{a}s bundled like balloons"),
)
def cluster(c: Canvas) -> None:
    """Grapes on a stem with leaves, a ball of copies on a cord, or balloons on strings."""
    x, size = 0.5 + c.jitter(0.05), c.r.uniform(0.17, 0.22)
    across, down = (max(0.5 * size, 0.82 * e) for e in c.extent(c.a, size))
    kind = c.r.randrange(3)
    stalk = c.r.choice((WOODS[1], (90, 130, 60)))
    if kind == 2:
        balloons(c, x, size * 1.1)
        return
    rows = (3, 4, 3, 2, 1) if kind == 0 else (2, 3, 4, 3, 2)
    top = 0.56 - down * len(rows) * 0.42
    band(c, ((x + c.jitter(0.05), 0.0), (x, top)), 0.02, stalk)
    for k, n in reversed(list(enumerate(rows))):
        for i in range(n):
            spot = (x + (i - (n - 1) / 2) * across + c.jitter(0.012), top + k * down)
            c.put(c.a, spot[0], spot[1] + c.jitter(0.012), size, rotate=c.jitter(30))
    if kind == 0:
        for _ in range(c.r.randint(1, 2)):
            leaves(c, (x + c.jitter(0.04), top - size * 0.3), 0.22)
    else:
        c.ellipse(x, top - size * 0.45, 0.035, 0.025, fill=darker(stalk))


@relation(
    (
        "A {Subject} leaning at a slant against something upright",
        "One {Thing} propped up against another",
        "A tilted {Subject} that would fall without its {Support}",
        "A long {Object} leaned on a {Subject}",
        "{Objects} in a row that lean on each other like books",
        "A {Subject} resting its weight sideways on a wall or a {Neighbor}",
    ),
    ("A {a} leaning against a {b}", "A {a} leaning on a wall", "A ladder leaning against a {a}"),
)
def leaning(c: Canvas) -> None:
    """Against a wall or trunk, on the other subject, or a ladder, plank or books on a subject."""
    level, way = c.r.uniform(0.84, 0.92), c.r.choice((-1, 1))
    floor(c, level)
    kind = c.r.randrange(4)
    if kind == 0:
        edge = 0.5 + way * c.r.uniform(0.14, 0.24)
        wall(c, edge, way, level)
        tilted(c, c.a, (edge, level), way * c.r.uniform(14, 32), 0.62)
    elif kind == 1:
        size = fit(c, c.b, 0.4, 0.6)
        width = c.extent(c.b, size)[0]
        x = 0.5 + way * 0.22
        c.stand(c.b, x, level, size)
        edge = x - way * (width / 2 - 0.025)
        tilted(c, c.a, (edge, level), way * c.r.uniform(18, 34), 0.52)
    elif kind == 2:
        size = fit(c, c.a, 0.5, 0.62)
        x = 0.5 + way * 0.16
        top = c.stand(c.a, x, level, size)
        head = (x - way * 0.06, max(0.06, top - 0.02))
        foot = (head[0] - way * c.r.uniform(0.28, 0.42), level)
        prop(c, foot, head)
    else:
        size = fit(c, c.a, 0.42, 0.62)
        x = 0.5 + way * 0.24
        c.stand(c.a, x, level, size)
        slabs(c, (x - way * (c.extent(c.a, size)[0] / 2 - 0.01), level), way)
