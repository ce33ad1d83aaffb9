"""Growth and decay over time."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.registry import Family

relation = Family("growth and decay over time")


@relation(
    (
        "A {Subject} growing larger step by step over time",
        "Successive stages of a {Subject} increasing in size",
        "The life of a {Subject} from small to fully grown",
        "A {Subject} that gets bigger and bigger in a sequence",
        "Gradual growth of a {Subject}, from its tiny beginning to its full size",
        "A progression of {Subjects}, each one larger than the one before",
    ),
    ("A {a} growing larger in steps", "{a}s from small to large"),
)
def growing(c: Canvas) -> None:
    """From small to large: on a floor, along a diagonal, in an arc, or in panels."""
    n = c.r.randint(3, 5)
    kind = c.r.randrange(4)
    steps = [0.3 + 0.7 * i / (n - 1) for i in range(n)]
    edge = 0.02
    for i, step in enumerate(steps):
        size = 0.96 * step / sum(steps)
        x = edge + size / 2
        edge += size
        if kind == 0:
            c.stand(c.a, x, 0.78, size)
        elif kind == 1:
            c.put(c.a, x, 0.82 - 0.5 * i / (n - 1), size)
        elif kind == 2:
            c.put(c.a, x, 0.62 - 0.3 * math.sin(math.pi * i / (n - 1)), size)
        else:
            left = i / n
            c.rectangle(left + 0.01, 0.3, left + 1 / n - 0.01, 0.7, outline=c.ink)
            c.stand(c.a, left + 0.5 / n, 0.68, (0.25 + 0.6 * i / (n - 1)) / n)


@relation(
    (
        "A {Subject} gradually fading away through successive stages",
        "A {Subject} that becomes paler and paler until it vanishes",
        "The slow disappearance of a {Subject}",
        "A sequence in which a {Subject} dissolves into nothing",
        "A {Subject} losing its presence step by step, like a memory",
        "From solid to invisible: a {Subject} fading over time",
    ),
    ("A {a} fading away in steps", "{a}s that become paler one after the other"),
)
def fading(c: Canvas) -> None:
    """Equal copies of falling opacity, in a row or down the picture."""
    n = c.r.randint(3, 5)
    down = c.chance(0.3)
    for i, t in enumerate(spread(n, 0.5 / n, 1 - 0.5 / n)):
        alpha = 1 - 0.88 * i / (n - 1)
        x, y = (0.5, t) if down else (t, 0.5)
        c.put(c.a, x, y, 0.95 / n, alpha=alpha, shadow=False)


@relation(
    (
        "A {Subject} multiplying: one, then two, then many",
        "The number of {Objects} increasing from group to group",
        "A growing count of {Objects} in successive columns",
        "{Objects} that become more and more numerous",
        "One {Object} turning into a multitude step by step",
        "A rising quantity of {Objects}, like the bars of a chart",
    ),
    ("One {a}, then more and more {a}s", "Columns of {a}s with a rising count"),
)
def multiplying(c: Canvas) -> None:
    """Columns with one more copy each, or panels with doubled numbers."""
    n = c.r.randint(3, 5)
    if c.chance(0.6):
        side = 0.86 / n
        for i in range(n):
            for j in range(i + 1):
                c.put(c.a, (i + 0.5) / n, 0.93 - side * (j + 0.5), side * 0.9)
        return
    places = ((0.5, 0.5), (0.28, 0.28), (0.72, 0.72), (0.72, 0.28), (0.28, 0.72))
    counts = (1, 2, 4)
    for k, count in enumerate(counts):
        left = k / 3
        c.rectangle(left + 0.01, 0.3, left + 0.32, 0.7, outline=c.ink)
        spots = places[:1] if count == 1 else places[1 : count + 1]
        for x, y in spots:
            c.put(c.a, left + 0.015 + x * 0.3, 0.3 + y * 0.4, 0.125)


@relation(
    (
        "One {Subject} turning into another {Subject} through intermediate stages",
        "A metamorphosis from one {Form} to another",
        "A {Subject} that gradually becomes something else",
        "A transformation in steps: the first {Thing} blends into the last",
        "The change of a {Subject} into a different {Subject}",
        "Successive stages between two different {Forms}",
    ),
    ("A {a} turning into a {b}", "Stages of a {a} that becomes a {b}"),
)
def transforming(c: Canvas) -> None:
    """From one subject to the other by blending, in a row of three to four stages."""
    n = c.r.randint(3, 4)
    boxed = c.chance(0.4)
    for i, x in enumerate(spread(n, 0.5 / n, 1 - 0.5 / n)):
        t = i / (n - 1)
        if boxed:
            q = 0.47 / n
            c.rectangle(x - q, 0.5 - q, x + q, 0.5 + q, fill=(235, 235, 230), outline=c.ink)
        size = 0.92 / n
        if t < 1:
            c.put(c.a, x, 0.5, size, alpha=1 - t * 0.9, shadow=False)
        if t > 0:
            c.put(c.b, x, 0.5, size, alpha=t, shadow=False)
        if i < n - 1:
            edge = (i + 1) / n
            c.arrow((edge - 0.035, 0.85), (edge + 0.035, 0.85))


@relation(
    (
        "A {Subject} turning on the spot through successive angles",
        "The phases of a rotating {Subject}",
        "A {Subject} shown in several orientations, one after the other",
        "A {Subject} tumbling over as time passes",
        "Frames of a {Subject} that spins around itself",
        "A sequence of rotations of the same {Subject}",
    ),
    ("A {a} turning in steps", "A {a} rotated again and again"),
)
def turning(c: Canvas) -> None:
    """Copies at regularly growing angles in a row, or in two rows."""
    n = c.r.randint(4, 5)
    step = c.r.choice((-1, 1)) * 180 / (n - 1)
    rows = 1 if c.chance(0.6) else 2
    for j in range(rows):
        y = 0.5 if rows == 1 else 0.3 + 0.4 * j
        for i in range(n):
            c.put(c.a, (i + 0.5) / n, y, 0.94 / n, rotate=step * (i + j * (n - 1)))


@relation(
    (
        "A {Subject} rising from below a line in successive stages",
        "A {Subject} emerging bit by bit",
        "More and more of a {Subject} coming into view over time",
        "The gradual appearance of a {Subject} from behind the {Horizon}",
        "A {Subject} surfacing step by step, like a sunrise",
        "Stages of a {Subject} being revealed from the top down",
    ),
    ("A {a} rising into view in steps", "More and more of a {a} appearing"),
)
def emerging(c: Canvas) -> None:
    """Panels in which a floor uncovers more and more of the subject."""
    n = 3
    width, height = c.extent(c.a, 1.0)
    size = min(0.31 / width, 0.5 / height)
    height *= size
    floor = 0.68
    if c.chance(0.6):
        c.rectangle(0, 0, 1, 1, fill=c.contrasting(c.a))
    for i, shown in enumerate((0.3, 0.65, 1.0)):
        c.put(c.a, (i + 0.5) / n, floor + height / 2 - height * shown, size, shadow=False)
    c.rectangle(0, floor, 1, 1, fill=c.contrasting(c.a))
    for i in range(1, n):
        c.line(((i / n, 0.0), (i / n, 1.0)), 0.012)


@relation(
    (
        "A {Subject} crumbling into drifting fragments",
        "A {Subject} disintegrating from one side, its pieces blown away",
        "The decay of a {Subject} into dust",
        "A {Subject} breaking up into particles that scatter",
        "Half of a {Subject} still whole, the other half falling to pieces",
        "A {Subject} dissolving into a cloud of small bits",
    ),
    ("A {a} crumbling into fragments", "Pieces flying off a {a}"),
)
def crumbling(c: Canvas) -> None:
    """Tiles of the subject fly off towards one side, the further the looser."""
    cells = 9
    side = c.px(0.62)
    k = side / max(c.a.size)
    picture = c.a.resize((max(9, round(c.a.width * k)), max(9, round(c.a.height * k))))
    w, h = picture.width / cells, picture.height / cells
    left, top = c.side * 0.36 - picture.width / 2, (c.side - picture.height) / 2
    for i in range(cells):
        loose = max(0.0, (i - 3.5) / 5)
        for j in range(cells):
            if c.r.random() < loose * 0.55:
                continue
            box = (round(i * w), round(j * h), round((i + 1) * w), round((j + 1) * h))
            tile = picture.crop(box)
            if loose:
                tile = tile.rotate(c.r.uniform(-60, 60) * loose, resample=Image.Resampling.BILINEAR)
            dx = loose * c.side * c.r.uniform(0.05, 0.5)
            dy = loose * c.side * c.r.uniform(-0.22, 0.16)
            c.image.paste(tile, (round(left + i * w + dx), round(top + j * h + dy)), tile)
