"""Meeting and rivalry: what subjects do with, to or against each other."""

from __future__ import annotations

import math

from trainer.scenes.barriers import BARRIERS
from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.containers import nest
from trainer.scenes.gifts import present
from trainer.scenes.glyphs import exclamation, heart
from trainer.scenes.props import (
    PAINTS,
    STONES,
    WOODS,
    band,
    darker,
    fit,
    floor,
    mixed,
    puffs,
    streaks,
    turned,
)
from trainer.scenes.registry import Family
from trainer.scenes.sights import (
    cannon,
    crosshair,
    eye,
    in_the_dark,
    missile,
    scope,
    sight,
    spyglass,
    target,
)
from trainer.scenes.snares import (
    back_jaws,
    hook,
    hung_net,
    jaws,
    mousetrap,
    net,
    noose,
    web,
)

relation = Family("meeting and rivalry")


@relation(
    (
        "Two {Opponents} facing each other with something between them",
        "A duel before it begins, each {Side} on its own half",
        "Two {Subjects} at either side of a table or net",
        "A confrontation of two {Rivals} across a dividing line",
        "Two {Players} opposite each other",
        "A meeting of two {Subjects}, eye to eye",
    ),
    ("A {a} facing a {b}", "A {a} and a {b} opposite each other at a table", "A {a} against a {b}"),
)
def facing(c: Canvas) -> None:
    """A subject on either side, alike or not, and a line, net, table, fence or bolt between."""
    first, second = c.pair()
    if c.chance(0.4):
        second = first
    level = c.r.uniform(0.76, 0.88)
    floor(c, level)
    apart = c.r.uniform(0.27, 0.31)
    for sprite, way in ((first, -1), (second, 1)):
        c.put(sprite, 0.5 + way * apart, level - c.extent(sprite, fit(c, sprite, 0.36, 0.5))[1] / 2,
              fit(c, sprite, 0.36, 0.5), flip=way > 0)  # fmt: skip
    c.r.choice(BARRIERS)(c, level)


@relation(
    (
        "A {Pursuer} running after a fleeing {Subject}",
        "A chase in which one {Subject} is close behind another",
        "A {Hunter} in pursuit of its {Prey}",
        "Two {Subjects} racing along, the second trying to catch the first",
        "A {Subject} that flees from another one at full speed",
        "One after the other in a hurry, with a gap between {Chaser} and {Chased}",
    ),
    ("A {a} chasing a {b}", "A {b} fleeing from a {a}"),
)
def chasing(c: Canvas) -> None:
    """Both lean forward with streaks and dust behind, on level ground, a slope or in the air."""
    way = c.r.choice((-1, 1))
    large, small = c.r.uniform(0.34, 0.42), c.r.uniform(0.2, 0.28)
    if c.chance(0.25):
        large, small = small, large
    slope = c.r.choice((0.0, 0.0, c.jitter(0.25)))
    grounded = c.chance(0.65)
    level = c.r.uniform(0.66, 0.8)

    def ground(x: float) -> float:
        return level - slope * (x - 0.5)

    if grounded:
        road = mixed(c.ground, c.r.choice(STONES + WOODS), 0.75)
        c.polygon(((0, ground(0)), (1, ground(1)), (1, 1), (0, 1)), fill=road)
        c.line(((0, ground(0)), (1, ground(1))), 0.014, darker(road))
    hunters = c.r.choice((1, 1, 1, 2)) if large < 0.3 else 1
    others = c.b if c.chance(0.8) else c.a
    angle = math.atan(-slope) + (0 if way > 0 else math.pi)
    runners = [(c.a, 0.5 - way * (0.25 + 0.2 * k), large) for k in range(hunters)]
    for sprite, x, size in (*runners, (others, 0.5 + way * 0.27, small)):
        width, height = c.extent(sprite, size)
        lift = c.r.uniform(0.0, 0.05) if grounded else 0.12
        y = ground(x) - height / 2 - lift
        lean = -way * c.r.uniform(6, 18) + math.degrees(math.atan(slope))
        streaks(
            c, (x - way * (width / 2 + 0.01), y), angle, min(0.3, height * 0.8), n=c.r.randint(3, 5)
        )
        c.put(sprite, x, y, size, rotate=lean, flip=way < 0)
        if grounded:
            puffs(c, x - way * width * 0.6, ground(x) + 0.01, 0.05)
    if c.chance(0.4):
        exclamation(c, 0.5 + way * 0.3, ground(0.5) - small - 0.12, 0.07, c.r.choice(PAINTS[:1]))


@relation(
    (
        "A huge crowd of {Subjects} that fills the whole picture",
        "{Subjects} as far as one can see",
        "An audience of countless {Subjects}, those at the back smaller",
        "A throng in which one {Subject} hides the next",
        "A multitude of {Subjects} packed from front to back",
        "So many {Subjects} that no ground is left between them",
    ),
    ("A crowd of {a}s", "Countless {a}s crowded together", "A sea of {a}s"),
)
def crowd(c: Canvas) -> None:
    """Overlapping rows that grow towards the front, in some with another kind among them."""
    far, near = c.r.uniform(0.1, 0.15), c.r.uniform(0.26, 0.4)
    top = c.r.uniform(-0.02, 0.3)
    shrinking = c.r.uniform(0.78, 0.9)
    among = c.r.choice((0.0, 0.0, 0.35))
    if c.chance(0.4):
        c.rectangle(0, top, 1, 1, fill=darker(c.contrasting(c.a), 0.1))
    rows, y, size = [], 1.02 - near * 0.15, near
    while y > top:
        rows.append((y, size))
        y -= max(size * 0.3, c.extent(c.a, size)[1] * 0.5)
        size = max(far, size * shrinking)
    for k, (level, large) in enumerate(reversed(rows)):
        step = max(large * 0.45, c.extent(c.a, large)[0]) * 0.75
        for i in range(math.ceil(1.1 / step) + 1):
            x = (i - 0.5 * (k % 2)) * step + c.jitter(step * 0.2)
            sprite = c.b if among and c.chance(among) else c.a
            c.put(sprite, x, level + c.jitter(large * 0.1), large, flip=c.chance(0.5), shadow=False)


@relation(
    (
        "A {Parent} with its {Young} close around it",
        "A large {Subject} and a few little ones of its kind at its feet",
        "A family: one big {Subject} guarding several small ones",
        "Little {Offspring} that nestle against a large {Subject}",
        "A {Mother} and her brood",
        "A grown {Subject} together with its small children",
    ),
    ("A {a} with its young", "A large {a} with little {a}s at its side"),
)
def parent_and_young(c: Canvas) -> None:
    """Two to four small copies on the ground before and beside a large one, or in a nest."""
    level = c.r.uniform(0.82, 0.93)
    if c.chance(0.75):
        floor(c, level - 0.03)
    size = fit(c, c.a, 0.6, 0.66)
    width, height = c.extent(c.a, size)
    x = 0.5 + c.jitter(0.1)
    nested = c.chance(0.25)
    n = c.r.randint(2, 4)
    small = size * c.r.uniform(0.27, 0.36)
    c.put(c.a, x, level - height / 2 - 0.03, size, flip=c.chance(0.5))
    if nested:
        nest(c, (x, level), max(0.26, width * 0.6), back=True)
    spots = spread(n, -1, 1) if n > 2 else c.r.choice(([-0.9, 0.9], [0.5, 1.0], [-1.0, -0.5]))
    low = c.extent(c.a, small)[1]
    for u in c.r.sample(spots, n):
        px = x + u * (max(0.2, width * 0.5) * (0.8 if nested else 1.05)) + c.jitter(0.02)
        px = min(0.94, max(0.06, px))
        c.put(c.a, px, level + c.r.uniform(0.0, 0.03) - low / 2, small, flip=c.chance(0.5))
    if nested:
        nest(c, (x, level), max(0.26, width * 0.6), back=False)
    if c.chance(0.25):
        heart(c, x + c.r.choice((-1, 1)) * 0.25, level - height - 0.02, 0.07, (224, 40, 70))


@relation(
    (
        "A {Subject} watched by the eyes of another",
        "An {Observer} that keeps its sight on a {Thing}",
        "Eyes fixed on a {Subject}",
        "A {Subject} under observation",
        "The gaze of a {Watcher} reaching as far as its {Object}",
        "A lookout that observes something in the distance",
    ),
    ("A {a} watching a {b}", "Eyes watching a {b}", "A {b} being observed"),
)
def watching(c: Canvas) -> None:
    """A cone of sight, a telescope, one huge eye, or many eyes in the dark."""
    kind = c.r.randrange(4)
    if kind == 3:
        in_the_dark(c)
        return
    if kind == 2:
        x, q = 0.5 + c.jitter(0.1), c.r.uniform(0.22, 0.3)
        skin = (30, 24, 30) if sum(c.ground) > 300 else (244, 236, 226)
        spot = (0.5 + c.jitter(0.24), 0.98)
        n = c.r.choice((1, 1, 2))
        for u in spread(n, -q, q) if n > 1 else [0.0]:
            eye(c, (x + u, 0.28), q * (0.75 if n > 1 else 1), (spot[0], 0.75), skin)
        c.stand(c.b, *spot, fit(c, c.b, 0.42, 0.42))
        return
    way = c.r.choice((-1, 1))
    level = c.r.uniform(0.84, 0.94)
    if c.chance(0.5):
        floor(c, level)
    far = fit(c, c.b, 0.3, 0.32)
    seen = (0.5 + way * 0.32, level - c.extent(c.b, far)[1] / 2 - c.r.choice((0.0, 0.3)))
    size = fit(c, c.a, 0.36 if kind == 0 else 0.3, 0.52)
    height = c.extent(c.a, size)[1]
    x = 0.5 - way * 0.3
    head = (x + way * 0.1, level - height * 0.72)
    beam = c.r.choice(((255, 236, 130), (255, 255, 230), (150, 210, 250)))
    if kind == 0:
        sight(c, head, seen, 0.17, beam)
        c.put(c.b, *seen, far)
        c.put(c.a, x, level - height / 2, size, flip=way < 0)
        eye(c, head, 0.085, seen, (30, 24, 30))
        return
    at = (0.5 - way * 0.14, level - 0.3)
    angle = math.atan2(seen[1] - at[1], seen[0] - at[0])
    lens = turned(((0.15, 0.0),), *at, 1, angle)[0]
    sight(c, lens, seen, 0.15, beam)
    c.put(c.b, *seen, far)
    c.put(c.a, 0.5 - way * 0.34, level - height / 2, size, flip=way < 0)
    spyglass(c, at, angle, 0.28)


@relation(
    (
        "A {Subject} in the cross hairs",
        "A {Missile} on its way to a {Target}",
        "A {Subject} that somebody takes aim at",
        "A shot about to hit a {Subject} on the bull's eye",
        "A {Weapon} pointed at a {Thing}",
        "A {Subject} as the mark for a flying {Projectile}",
    ),
    ("A {a} in the cross hairs", "An arrow flying at a {a}", "A {a} as a target"),
)
def aimed_at(c: Canvas) -> None:
    """Cross hairs, a view through a sight, or a target with an arrow, rocket or ball in flight."""
    kind = c.r.randrange(4)
    x, y = 0.5 + c.jitter(0.08), 0.52 + c.jitter(0.06)
    if kind == 0:
        c.put(c.a, x, y, c.r.uniform(0.55, 0.72))
        crosshair(
            c, (x + c.jitter(0.05), y + c.jitter(0.05)), c.r.uniform(0.17, 0.26), (224, 30, 36)
        )
        return
    if kind == 1:
        c.put(c.a, x, y, c.r.uniform(0.42, 0.56))
        scope(c, (x + c.jitter(0.05), y), c.r.uniform(0.36, 0.42))
        return
    way = c.r.choice((-1, 1))
    at = (0.5 + way * 0.24, 0.5 + c.jitter(0.12))
    if kind == 2:
        size = c.r.uniform(0.38, 0.46)
        if c.chance(0.6):
            target(c, at, 0.25)
            c.put(c.a, *at, size * 0.85, shadow=False)
        else:
            c.put(c.a, *at, size)
            target(c, at, 0.085)
        tip = (0.5 - way * 0.1, at[1] + c.jitter(0.2))
        missile(c, tip, math.atan2(at[1] - tip[1], at[0] - tip[0]), 0.22)
        return
    floor(c, 0.88)
    size = fit(c, c.a, 0.36, 0.44)
    spot = (0.5 + way * 0.3, 0.9 - c.extent(c.a, size)[1] / 2)
    c.put(c.a, *spot, size)
    if c.chance(0.5):
        crosshair(c, spot, 0.12, (224, 30, 36))
    base = (0.5 - way * 0.3, 0.74)
    angle = math.atan2(spot[1] - base[1], spot[0] - base[0])
    mouth = cannon(c, base, angle)
    for t in spread(4, 0.12, 0.4):
        q = 0.012 if t < 0.4 else 0.045
        dot = (mouth[0] + (spot[0] - mouth[0]) * t, mouth[1] + (spot[1] - mouth[1]) * t)
        c.ellipse(*dot, q, fill=(30, 30, 36))


@relation(
    (
        "A {Subject} caught in a net",
        "A {Subject} trapped and unable to get away",
        "A {Catch} hanging on a hook",
        "A snare that has closed around a {Subject}",
        "A {Prey} held fast in a web or a trap",
        "A {Thing} captured with a rope",
    ),
    ("A {a} caught in a net", "A {a} on a hook", "A {a} in a trap"),
)
def caught(c: Canvas) -> None:
    """Under a net, in a hanging net, on a fish hook, in a trap, a noose or a web."""
    x, y = 0.5 + c.jitter(0.06), 0.56 + c.jitter(0.03)
    size = c.r.uniform(0.44, 0.54)
    kind = c.r.randrange(7)
    width, height = c.extent(c.a, size)
    if kind in {3, 4}:
        floor(c, 0.88)
        if kind == 3:
            back_jaws(c, (x, 0.86), 0.27)
        c.stand(c.a, x, 0.88, size)
        if kind == 3:
            jaws(c, (x, 0.86), 0.27)
        else:
            mousetrap(c, (x, 0.88), 0.3)
        return
    if kind == 6:
        web(c, (x, y), 0.44)
        c.put(c.a, x, y, size * 0.85, rotate=c.jitter(40))
        for _ in range(4):
            t = c.r.uniform(0, 6.3)
            ends = [(x + 0.3 * s * math.cos(t), y + 0.3 * s * math.sin(t)) for s in (-1, 1)]
            c.line(ends, 0.008, (250, 250, 250))
        return
    if kind == 2:
        c.put(c.a, x, y + 0.08, size, rotate=c.r.choice((-1, 1)) * c.r.uniform(10, 40))
        hook(c, (x + 0.02, y + 0.08 - height * 0.3))
        return
    c.put(c.a, x, y, size, rotate=c.jitter(20))
    if kind == 0:
        net(c, (x, y), max(0.3, width * 0.68), max(0.28, height * 0.66))
    elif kind == 1:
        hung_net(c, (x, y), max(0.26, width * 0.66), max(0.34, height * 0.72))
    else:
        noose(c, (x, y), max(0.14, width * 0.5))


@relation(
    (
        "A {Giver} handing a small {Thing} to a {Receiver}",
        "A {Gift} passed from one {Subject} to another",
        "Two {Subjects} with a present on its way between them",
        "Something small that changes hands",
        "A {Thing} thrown in an arc from one {Partner} to the other",
        "An exchange in which one {Subject} offers something to another",
    ),
    ("A {a} giving a present to a {b}", "Two {a}s passing a {b} between them"),
)
def giving(c: Canvas) -> None:
    """Arms that reach out with a present, or a small thing that flies in an arc to the other."""
    way = c.r.choice((-1, 1))
    alike = c.chance(0.45)
    level = c.r.uniform(0.8, 0.93)
    if c.chance(0.6):
        floor(c, level)
    ends = []
    for sprite, side in ((c.a, -1), (c.a if alike else c.b, 1)):
        size = fit(c, sprite, 0.34, 0.5)
        height = c.extent(sprite, size)[1]
        x = 0.5 + side * way * 0.31
        c.put(sprite, x, level - height / 2, size, flip=side * way > 0)
        ends.append((x, level - height))
    held = level - c.r.uniform(0.2, 0.28)
    if c.chance(0.55):
        skin = c.r.choice(
            ((236, 188, 150), (150, 100, 66), (250, 250, 250), c.contrasting(c.ground))
        )
        for side in (-1, 1):
            start = (0.5 + side * 0.22, held + 0.05)
            hand = (0.5 + side * (0.09 if side == -way else 0.13), held + 0.04)
            band(c, (start, hand), 0.034, c.r.choice(PAINTS) if c.chance(0.3) else skin)
            c.ellipse(*hand, 0.034, fill=skin, outline=darker(skin))
        present(c, (0.5 - way * 0.02, held), c.b if alike else None)
        return
    start, end = ends
    top = min(start[1], end[1]) - c.r.uniform(0.1, 0.16)
    top = max(0.16, top)
    path = []
    for t in spread(21, 0.08, 0.92):
        x = start[0] + (end[0] - start[0]) * t
        rim = start[1] + (end[1] - start[1]) * t - 0.05
        path.append((x, rim + (top - rim) * math.sin(math.pi * t)))
    ink = c.contrasting(c.ground)
    c.dashes(path[:-1], 0.018, ink)
    c.arrow(path[-2], path[-1], 0.02, ink)
    present(c, path[c.r.randint(8, 12)], c.b if alike else None)
