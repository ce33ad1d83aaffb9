"""Exception and contrast."""

from __future__ import annotations

from PIL import Image, ImageFilter

from trainer.scenes.canvas import Canvas
from trainer.scenes.registry import Family
from trainer.scenes.sprites import dyed, greyed

relation = Family("exception and contrast")


@relation(
    (
        "One different {Object} standing out within a group of identical {Objects}",
        "An intruder among many {Objects} of one kind",
        "A single exception in a uniform arrangement of {Objects}",
        "All {Objects} are the same except one",
        "The odd one out among equals",
        "An outsider hidden in a regular pattern of {Objects}",
    ),
    ("One {b} among many {a}s", "A {b} standing out in a grid of {a}s"),
)
def odd_one(c: Canvas) -> None:
    """A grid with one cell of the other subject."""
    n, m = c.r.randint(3, 4), c.r.randint(3, 4)
    odd = c.r.randrange(n * m)
    for j in range(m):
        for i in range(n):
            sprite = c.b if j * n + i == odd else c.a
            c.put(sprite, (i + 0.5) / n, (j + 0.5) / m, 0.84 / max(n, m))


@relation(
    (
        "A tiny {Subject} isolated in a vast empty {Space}",
        "A lonely {Subject} far off in a corner of nothing",
        "A small {Subject} lost in emptiness",
        "One little {Subject} and a great deal of empty space around it",
        "Solitude: a single small {Subject} with nothing near it",
        "A {Subject} dwarfed by the void around it",
    ),
    ("A tiny {a} in a vast empty space", "A lonely small {a}"),
    distractors=False,
)
def isolated(c: Canvas) -> None:
    """One small subject off the middle; the ground is calmed so that it is empty indeed."""
    if c.chance(0.7):
        c.image.paste(c.image.filter(ImageFilter.BoxBlur(c.px(0.06))))
    x, y = c.r.choice(
        ((0.15, 0.2), (0.85, 0.2), (0.15, 0.82), (0.85, 0.82), (0.5, 0.85), (0.3, 0.6))
    )
    c.put(c.a, x + c.jitter(0.05), y + c.jitter(0.05), c.r.uniform(0.12, 0.17))


@relation(
    (
        "A gap in an otherwise complete arrangement of {Objects}",
        "One {Object} missing from its place among many",
        "An empty place where an {Object} should be",
        "A regular set of {Objects} with a single vacancy",
        "The absence of one {Object} marked by an empty outline",
        "All places taken by {Objects} but one",
    ),
    ("One {a} missing from a grid of {a}s", "An empty place among {a}s"),
)
def absent(c: Canvas) -> None:
    """A grid with one empty, outlined cell."""
    n, m = c.r.choice(((3, 3), (4, 3), (3, 3)))
    hole = c.r.randrange(n * m)
    size = 0.82 / max(n, m)
    for j in range(m):
        for i in range(n):
            x, y = (i + 0.5) / n, (j + 0.5) / m
            if j * n + i != hole:
                c.put(c.a, x, y, size)
            else:
                q = size / 2
                fill = c.contrasting(c.ground) if c.chance(0.4) else None
                c.rectangle(x - q, y - q, x + q, y + q, fill=fill, outline=c.ink, width=0.022)


@relation(
    (
        "One {Subject} in the spotlight while all around lies in darkness",
        "A beam of light that singles out a {Subject}",
        "A lit {Subject} on a dark stage",
        "Attention drawn to one {Subject} by a cone of light",
        "A {Subject} illuminated from above, everything else in shadow",
        "Light falling on a single {Subject} in the dark",
    ),
    ("A {a} in the spotlight", "A beam of light on a {a}"),
)
def spotlit(c: Canvas) -> None:
    """A dark picture with a cone and a pool of light around the subject."""
    x = 0.5 + c.jitter(0.15)
    light, pen = c.mask()
    s = c.side
    top = x + c.r.choice((-0.3, 0.0, 0.3))
    cone = (
        ((top - 0.05) * s, 0),
        ((top + 0.05) * s, 0),
        ((x + 0.32) * s, 0.82 * s),
        ((x - 0.32) * s, 0.82 * s),
    )
    pen.polygon(cone, fill=170)
    pen.ellipse(((x - 0.34) * s, 0.7 * s, (x + 0.34) * s, 0.94 * s), fill=235)
    light = light.filter(ImageFilter.BoxBlur(2))
    lit = Image.new("RGB", c.image.size, (255, c.r.randint(235, 255), c.r.randint(190, 240)))
    dark = Image.blend(c.image, Image.new("RGB", c.image.size, (8, 8, 16)), 0.85)
    c.image.paste(Image.composite(lit, dark, light))
    c.stand(c.a, x, 0.84, c.r.uniform(0.38, 0.46))


@relation(
    (
        "One {Object} in color among identical gray {Objects}",
        "A single {Object} highlighted by its color alone",
        "The chosen {Object} stands out in a pale crowd of its like",
        "Identical {Objects}, of which only one is marked",
        "One bright {Object} among faded copies of itself",
        "A {Leader} picked out of a gray mass by color",
    ),
    ("One colored {a} among gray {a}s", "A highlighted {a}"),
    by_colour=True,
)
def highlighted(c: Canvas) -> None:
    """A grid of pale grey copies with one in a strong colour."""
    n = c.r.randint(3, 4)
    chosen = c.r.randrange(n * n)
    pale = greyed(c.a)
    strong = dyed(c.a, c.r.choice(((230, 30, 30), (250, 150, 0), (20, 160, 60), (30, 80, 230))))
    c.rectangle(0, 0, 1, 1, fill=(225, 225, 225))
    for j in range(n):
        for i in range(n):
            if j * n + i == chosen:
                c.put(strong, (i + 0.5) / n, (j + 0.5) / n, 0.95 / n)
            else:
                c.put(pale, (i + 0.5) / n, (j + 0.5) / n, 0.78 / n, alpha=0.45)
