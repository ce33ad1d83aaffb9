"""Symmetry and opposition."""

from __future__ import annotations

from PIL import ImageOps

from trainer.scenes.canvas import Canvas, around
from trainer.scenes.registry import Family

relation = Family("symmetry and opposition")


@relation(
    (
        "Two mirrored {Subjects} facing each other symmetrically",
        "A {Subject} and its mirror image to the left and right of an axis",
        "Bilateral symmetry made by a {Subject} and its reflection",
        "Two identical {Subjects} turned towards each other",
        "A {Subject} doubled by a vertical mirror",
        "Left and right as exact mirror images of one {Subject}",
    ),
    ("Two mirrored {a}s", "A {a} facing its mirror image"),
)
def mirrored(c: Canvas) -> None:
    """Two copies left and right of an upright axis; the axis is not always drawn."""
    d = c.r.uniform(0.21, 0.25)
    y = 0.5 + c.jitter(0.06)
    size = c.r.uniform(0.4, 0.46)
    c.put(c.a, 0.5 - d, y, size)
    c.put(c.a, 0.5 + d, y, size, flip=True)
    if c.chance(0.75):
        c.line(((0.5, 0.05), (0.5, 0.95)), c.r.uniform(0.008, 0.02))


@relation(
    (
        "A {Subject} reflected upside down on a surface below it",
        "A {Subject} above its own image in the water",
        "A {Subject} and its faint inverted reflection",
        "A still surface that mirrors a {Subject}",
        "A {Subject} doubled by the water line",
        "Above the line a {Subject}, below it the same {Subject} upside down",
    ),
    ("A {a} reflected in water", "A {a} and its reflection below"),
)
def reflected(c: Canvas) -> None:
    """The subject on a line, paler and upside down below it."""
    line = 0.5 + c.jitter(0.04)
    size = c.r.uniform(0.42, 0.48)
    _, height = c.extent(c.a, size)
    x = 0.5 + c.jitter(0.12)
    if c.chance(0.6):
        tone = c.colour()
        mask, pen = c.mask()
        pen.rectangle((0, line * c.side, c.side, c.side), fill=c.r.randint(80, 200))
        c.veil(mask, tone)
    else:
        c.line(((0, line), (1, line)))
    c.put(c.a, x, line - height / 2, size)
    c.put(ImageOps.flip(c.a), x, line + height / 2, size, alpha=0.5)


@relation(
    (
        "Two different {Subjects} contrasted side by side in two halves",
        "A divided picture that sets one {Subject} against another",
        "Two opposite {Subjects}, each in a half of its own",
        "One {Subject} versus another {Subject}",
        "A comparison of two {Things}, one on either side",
        "Two worlds next to each other, each with its {Subject}",
    ),
    ("A {a} and a {b} contrasted side by side", "A {a} versus a {b}"),
)
def contrasted(c: Canvas) -> None:
    """Halves of two colours, split upright, level or aslant, one subject in each."""
    first, second = c.contrasting(c.a), c.contrasting(c.b)
    kind = c.r.randrange(3)
    c.rectangle(0, 0, 1, 1, fill=second)
    if kind == 0:
        c.rectangle(0, 0, 0.5, 1, fill=first)
        places = ((0.25, 0.5), (0.75, 0.5))
    elif kind == 1:
        c.rectangle(0, 0, 1, 0.5, fill=first)
        places = ((0.5, 0.25), (0.5, 0.75))
    else:
        c.polygon(((0, 0), (1, 0), (0, 1)), fill=first)
        places = ((0.28, 0.28), (0.72, 0.72))
    c.put(c.a, *places[0], 0.42)
    c.put(c.b, *places[1], 0.42)


@relation(
    (
        "A {Subject} and its negative: dark on light beside light on dark",
        "The same {Subject} twice with inverted colors",
        "Positive and negative of one {Subject}",
        "A {Subject} split by a line at which figure and ground trade places",
        "Light and dark swapped between two halves of a {Subject}",
        "A {Subject} and its tonal opposite",
    ),
    ("A {a} and its negative", "A {a} with inverted colors in one half"),
)
def negative(c: Canvas) -> None:
    """Silhouettes of swapped tones in two halves, or one silhouette cut by the boundary."""
    dark = (c.r.randint(0, 50), c.r.randint(0, 50), c.r.randint(0, 50))
    light = (c.r.randint(205, 255), c.r.randint(205, 255), c.r.randint(205, 255))
    c.rectangle(0, 0, 1, 1, fill=light)
    c.rectangle(0.5, 0, 1, 1, fill=dark)
    if c.chance(0.5):
        c.put(c.shade(c.a, dark), 0.25, 0.5, 0.42, shadow=False)
        c.put(c.shade(c.a, light), 0.75, 0.5, 0.42, shadow=False)
        return
    shape = c.shade(c.a, dark)
    middle = shape.width // 2
    half = c.shade(c.a, light).crop((middle, 0, shape.width, shape.height))
    shape.paste(half, (middle, 0))
    c.put(shape, 0.5, 0.5, 0.8, shadow=False)


@relation(
    (
        "{Objects} radiating from one center like the petals of a flower",
        "A rosette of {Objects} turned around a common point",
        "Rotational symmetry made of identical {Objects}",
        "A kaleidoscope of {Objects}",
        "The same {Object} rotated around a center until the circle closes",
        "A pinwheel of {Objects} that meet in the middle",
    ),
    ("{a}s turned around one center", "A rosette of {a}s"),
)
def rosette(c: Canvas) -> None:
    """Copies turned with their angle that meet in the middle."""
    n = c.r.randint(5, 8)
    size = 0.4
    start = c.r.uniform(0, 6)
    for x, y, angle in around(n, 0.5, 0.5, 0.24, start):
        c.put(c.a, x, y, size, rotate=-angle * 57.2958 - 90, shadow=False)


@relation(
    (
        "A {Subject} and the same {Subject} upside down, head to tail",
        "Two {Subjects} arranged like the figures of a playing card",
        "One {Subject} upright and its twin turned on its head",
        "Two identical {Subjects} in opposite orientations, circling one point",
        "A {Subject} paired with its half-turned double",
        "A pair of {Subjects} pointing in opposite directions",
    ),
    ("Two {a}s head to tail", "A {a} and a {a} on its head"),
)
def head_to_tail(c: Canvas) -> None:
    """Half-turn symmetry on the diagonal of a card."""
    c.rectangle(0.12, 0.04, 0.88, 0.96, fill=c.contrasting(c.a), outline=c.ink, radius=0.06)
    c.put(c.a, 0.34, 0.28, 0.42)
    c.put(c.a, 0.66, 0.72, 0.42, rotate=180)
    if c.chance(0.6):
        c.line(((0.2, 0.72), (0.8, 0.28)), 0.008)
