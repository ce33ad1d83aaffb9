"""Sprites: subjects as small RGBA pictures, cached, and the ways to restyle them."""

from __future__ import annotations

import random
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from trainer.scenes.types import Subject

SPRITE_SIDE = 144  # large enough for most of a 224 px scene, small enough to keep thousands
_CELL = 8  # pixels from dot to dot: still dots where the sprite is drawn at half its size


@lru_cache(maxsize=8192)
def sprite(subject: Subject) -> Image.Image:
    """The subject's picture, decoded once: RGBA, at most `SPRITE_SIDE` pixels a side."""
    return subject.load(SPRITE_SIDE)


def luminance(what: tuple[int, int, int] | Image.Image) -> float:
    """Perceived brightness in 0..255 of a colour, or of the visible part of a sprite."""
    if isinstance(what, Image.Image):
        small = what.resize((8, 8), Image.Resampling.BOX)
        weighted = total = 0.0
        data = small.tobytes()
        for i in range(0, len(data), 4):
            red, green, blue, alpha = data[i : i + 4]
            weighted += (0.299 * red + 0.587 * green + 0.114 * blue) * alpha
            total += alpha
        return weighted / total if total else 128.0
    return 0.299 * what[0] + 0.587 * what[1] + 0.114 * what[2]


def silhouette(image: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """The sprite's outline filled with one colour."""
    filled = Image.new("RGBA", image.size, (*colour, 255))
    filled.putalpha(image.getchannel("A"))
    return filled


def tinted(image: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """The sprite in shades from black over a colour to white."""
    grey = ImageOps.grayscale(image.convert("RGB"))
    toned = ImageOps.colorize(grey, (0, 0, 0), (255, 255, 255), mid=colour).convert("RGBA")
    toned.putalpha(image.getchannel("A"))
    return toned


def dyed(image: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """The sprite in one colour that shows: tinted, or as a silhouette if it is too dark to tint."""
    return silhouette(image, colour) if luminance(image) < 80 else tinted(image, colour)


def greyed(image: Image.Image) -> Image.Image:
    """The sprite without colour."""
    grey = image.convert("LA").convert("RGBA")
    grey.putalpha(image.getchannel("A"))
    return grey


def line_art(image: Image.Image, paper: tuple[int, int, int]) -> Image.Image:
    """The sprite as a drawing in dark lines on paper of one colour."""
    alpha = image.getchannel("A")
    framed = ImageOps.expand(
        Image.composite(
            ImageOps.grayscale(image.convert("RGB")), Image.new("L", image.size, 0), alpha
        ),
        1,
    )
    edges = framed.filter(ImageFilter.FIND_EDGES).crop((1, 1, framed.width - 1, framed.height - 1))
    rim = ImageOps.expand(alpha, 1).filter(ImageFilter.FIND_EDGES)
    rim = rim.crop((1, 1, rim.width - 1, rim.height - 1))
    lines = edges.point([min(255, v * 3) for v in range(256)])
    lines.paste(255, (0, 0), rim)
    drawn = ImageOps.colorize(ImageOps.invert(lines), (20, 20, 20), paper).convert("RGBA")
    drawn.putalpha(alpha)
    return drawn


def halftone(
    image: Image.Image, ink: tuple[int, int, int], paper: tuple[int, int, int]
) -> Image.Image:
    """The sprite as print: dots of one ink on paper, the larger the darker it is."""
    tones = ImageOps.autocontrast(_on_ground(image, 255))
    screen = _dots((SPRITE_SIDE, SPRITE_SIDE)).crop((0, 0, *image.size))
    mixed = ImageChops.add(tones, screen, offset=-128)
    dots = mixed.point([min(255, max(0, (value - 100) * 4)) for value in range(256)])
    printed = ImageOps.colorize(dots, ink, paper).convert("RGBA")
    printed.putalpha(image.getchannel("A"))
    return printed


@lru_cache
def _dots(size: tuple[int, int]) -> Image.Image:
    """A screen (L) of round dots in staggered rows, dark in their middle."""
    fine = 4 * _CELL  # drawn larger and averaged down
    dot = Image.new("L", (fine, fine), 255)
    pen = ImageDraw.Draw(dot)
    for level in range(255, -1, -5):
        radius = (level / 255) * fine * 0.71  # up to the cell's corners
        pen.ellipse((fine / 2 - radius, fine / 2 - radius) + (fine / 2 + radius,) * 2, fill=level)
    dot = dot.resize((_CELL, _CELL), Image.Resampling.BOX)
    screen = Image.new("L", size)
    for row, y in enumerate(range(0, size[1], _CELL)):
        for x in range(-(_CELL // 2) * (row % 2), size[0], _CELL):
            screen.paste(dot, (x, y))
    return screen


def relief(image: Image.Image, clay: tuple[int, int, int]) -> Image.Image:
    """The sprite as if pressed in clay of one colour: only its edges catch light and shade."""
    half = [value // 2 for value in range(256)]
    height = ImageChops.add(
        image.getchannel("A").point(half), _on_ground(image, 0).point(half)
    ).filter(ImageFilter.GaussianBlur(0.8))
    kernel = ImageFilter.Kernel((3, 3), (-2, -1, 0, -1, 0, 1, 0, 1, 2), scale=1.2, offset=140)
    lit = ImageOps.expand(height, 2).filter(kernel)  # the rim of a filtered picture is left as is
    lit = lit.crop((2, 2, image.width + 2, image.height + 2))
    shaped = ImageOps.colorize(lit, (15, 15, 15), (255, 255, 255), mid=clay).convert("RGBA")
    shaped.putalpha(image.getchannel("A"))
    return shaped


def _on_ground(image: Image.Image, level: int) -> Image.Image:
    """The visible part of a sprite in grey (L), on grey of one level."""
    grey = ImageOps.grayscale(image.convert("RGB"))
    return Image.composite(grey, Image.new("L", image.size, level), image.getchannel("A"))


def restyle(image: Image.Image, style: str, r: random.Random) -> Image.Image:
    """Apply one of the scene-wide styles; `natural` leaves the sprite as it is."""
    match style:
        case "silhouette":
            dark = r.random() < 0.6
            image = silhouette(image, _colour(r, *((0, 90) if dark else (130, 255))))
        case "tint":
            image = tinted(image, _colour(r, 40, 220))
        case "lines":
            image = line_art(image, _colour(r, 215, 255))
        case "grey":
            image = greyed(image)
        case "halftone":
            image = halftone(image, _colour(r, 10, 110), _colour(r, 225, 255))
        case "relief":
            image = relief(image, _colour(r, 90, 190))
    return image


def _colour(r: random.Random, low: int, high: int) -> tuple[int, int, int]:
    return (r.randint(low, high), r.randint(low, high), r.randint(low, high))
