"""Part and whole."""

from __future__ import annotations

from itertools import pairwise

from PIL import Image

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.registry import Family

relation = Family("part and whole")


def _large(c: Canvas, sprite: Image.Image, size: float) -> Image.Image:
    k = c.px(size) / max(sprite.size)
    return sprite.resize((max(8, round(sprite.width * k)), max(8, round(sprite.height * k))))


@relation(
    (
        "The outline of a large {Subject} made up of many small {Objects}",
        "Small {Objects} that together form the shape of a {Subject}",
        "A big {Form} composed of countless little {Parts}",
        "A mosaic of {Objects} in the shape of a {Subject}",
        "A whole {Subject} built from many {Pieces}",
        "A {Subject} whose body consists of a multitude of {Objects}",
    ),
    ("A {a} made of many {b}s", "Small {b}s forming a large {a}"),
)
def composed(c: Canvas) -> None:
    """A silhouette filled with copies of the other subject, or drawn by copies of itself."""
    shape = _large(c, c.a, 0.9)
    part = c.b if c.chance(0.75) else c.a
    fill = Image.new("RGBA", shape.size, (*c.contrasting(part), 255))
    step = c.px(0.11)
    small = _large(c, part, 0.115)
    for j, y in enumerate(range(-step // 2, shape.height, step)):
        for x in range(-(j % 2) * step // 2, shape.width, step):
            fill.paste(small, (x, y), small)
    fill.putalpha(shape.getchannel("A"))
    c.put(fill, 0.5, 0.5, 0.9)


@relation(
    (
        "A {Subject} cut into slices that are pulled apart",
        "A {Subject} divided into strips with gaps between them",
        "The slices of one {Subject} shifted against each other",
        "A {Subject} sliced into parallel pieces",
        "A whole {Subject} separated into its sections",
        "A {Subject} chopped into bands",
    ),
    ("A {a} cut into slices", "Slices of a {a} pulled apart"),
)
def sliced(c: Canvas) -> None:
    """Parallel strips with gaps, shifted to and fro."""
    picture = _large(c, c.a, 0.68)
    n = c.r.randint(4, 6)
    across = c.chance(0.5)
    length = picture.height if across else picture.width
    gap = c.px(c.r.uniform(0.03, 0.05))
    shift = c.px(c.r.uniform(0.03, 0.06))
    total = length + gap * (n - 1)
    left, top = (c.side - picture.width) // 2, (c.side - picture.height) // 2
    for i in range(n):
        low, high = length * i // n, length * (i + 1) // n
        along = (c.side - total) // 2 + low + gap * i
        aside = shift if i % 2 else -shift
        if across:
            strip = picture.crop((0, low, picture.width, high))
            c.image.paste(strip, (left + aside, along), strip)
        else:
            strip = picture.crop((low, 0, high, picture.height))
            c.image.paste(strip, (along, top + aside), strip)


@relation(
    (
        "A {Subject} with one piece missing that lies beside it",
        "A {Subject} like a puzzle whose last piece is still out of place",
        "A hole in a {Subject} and the fitting {Piece} next to it",
        "One part taken out of a whole {Subject}",
        "An incomplete {Subject} and the fragment that would complete it",
        "A {Piece} removed from the {Whole}",
    ),
    ("A {a} with one piece missing", "A piece taken out of a {a}"),
)
def missing_piece(c: Canvas) -> None:
    """A square or round piece of a framed picture is set apart; a blank is left behind."""
    ground = c.contrasting(c.a)
    tile = Image.new("RGB", (c.px(0.66), c.px(0.66)), ground)
    picture = _large(c, c.a, 0.6)
    tile.paste(
        picture, ((tile.width - picture.width) // 2, (tile.height - picture.height) // 2), picture
    )
    s = tile.width
    q = s // 3
    x, y = c.r.choice((q // 2, q, q * 3 // 2)), c.r.choice((q // 2, q, q * 3 // 2))
    piece = tile.crop((x, y, x + q, y + q))
    blank = (250, 250, 250) if sum(ground) < 384 else (25, 25, 25)
    left, top = c.px(0.04), c.px(0.04)
    c.image.paste(tile, (left, top))
    c.rectangle(
        (left + x) / c.side, (top + y) / c.side, (left + x + q) / c.side, (top + y + q) / c.side,
        fill=blank,
    )  # fmt: skip
    mask = Image.new("L", piece.size, 255).rotate(c.r.uniform(-25, 25), expand=True)
    turned = piece.resize(mask.size)
    c.image.paste(turned, (c.px(0.68), c.px(0.7)), mask)


@relation(
    (
        "A detail of a {Subject} magnified in a {Lens}",
        "A close-up circle that enlarges one part of a {Subject}",
        "A {Subject} and beside it a blown-up detail of the same {Subject}",
        "A magnifying glass held over a {Subject}",
        "A small part of a {Whole} examined at a larger scale",
        "An inset that zooms into a {Subject}",
    ),
    ("A magnified detail of a {a}", "A magnifying glass over a {a}"),
)
def magnified(c: Canvas) -> None:
    """The subject small, a disc with an enlarged part of it, and lines or a handle."""
    c.put(c.a, 0.3, 0.3, 0.46)
    disc = c.px(0.58)
    lens = Image.new("RGB", (disc, disc), c.contrasting(c.a))
    big = _large(c, c.a, 1.5)
    lens.paste(big, (-(big.width - disc) // 2, -(big.height - disc) // 2), big)
    x, y = 0.66, 0.64
    if c.chance(0.5):
        c.line(((x + 0.16, y + 0.16), (1.0, 1.0)), 0.06)
    else:
        c.ellipse(0.3, 0.3, 0.09, outline=c.ink, width=0.014)
        c.line(((0.36, 0.25), (x + 0.1, y - 0.26)), 0.008)
        c.line(((0.25, 0.37), (x - 0.26, y + 0.1)), 0.008)
    c.image.paste(lens, (c.px(x) - disc // 2, c.px(y) - disc // 2), _disc(disc))
    c.ellipse(x, y, 0.29, outline=c.ink, width=0.028)


def _disc(side: int) -> Image.Image:
    return (
        Image.radial_gradient("L")
        .point([255 if v < 181 else 0 for v in range(256)])
        .resize((side, side))
    )


@relation(
    (
        "A {Subject} cut open to show a {Content} inside",
        "The hidden interior of a {Subject} revealed through a cut",
        "An x-ray view that shows what a {Subject} holds",
        "A {Content} visible within the body of a {Subject}",
        "A {Subject} with a window into its inside",
        "What is inside a {Subject} laid bare",
    ),
    ("A {b} visible inside a {a}", "A {a} cut open with a {b} inside"),
)
def cutaway(c: Canvas) -> None:
    """A bright opening in the middle of the subject with the other one in it."""
    c.put(c.a, 0.5, 0.5, 0.9)
    fill = c.contrasting(c.b)
    rx, ry = 0.19, 0.17
    c.ellipse(0.5, 0.52, rx, ry, fill=fill, outline=c.ink, width=0.014)
    c.put(c.b, 0.5, 0.52, 0.24, shadow=False)


@relation(
    (
        "{Objects} laid out so that together they draw a {Symbol}",
        "Small {Objects} tracing the outline of a larger {Shape}",
        "A {Figure} formed by the way {Objects} are placed",
        "Separate {Objects} that add up to the contour of a {Sign}",
        "A {Shape} spelled out with {Objects}",
        "{Objects} arranged along the lines of a simple {Figure}",
    ),
    ("{a}s arranged in the shape of a sign", "An outline drawn with {a}s"),
)
def outlined(c: Canvas) -> None:
    """Copies along the sides of a triangle, a cross, a zigzag letter or a house."""
    corners = c.r.choice(
        (
            ((0.5, 0.1), (0.9, 0.85), (0.1, 0.85), (0.5, 0.1)),
            ((0.12, 0.12), (0.88, 0.12), (0.12, 0.88), (0.88, 0.88)),
            ((0.1, 0.88), (0.3, 0.12), (0.5, 0.7), (0.7, 0.12), (0.9, 0.88)),
            ((0.1, 0.9), (0.1, 0.45), (0.5, 0.1), (0.9, 0.45), (0.9, 0.9), (0.1, 0.9)),
        )
    )
    for (x0, y0), (x1, y1) in pairwise(corners):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        for t in spread(max(3, round(length / 0.15) + 1), 0, 1):
            c.put(c.a, x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, 0.125)
