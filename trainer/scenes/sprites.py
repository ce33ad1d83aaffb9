"""Sprites: subjects as small RGBA pictures, cached, and the ways to restyle them."""

from __future__ import annotations

import random
from functools import lru_cache

from PIL import Image, ImageFilter, ImageOps

from trainer.scenes.types import Subject

SPRITE_SIDE = 144  # large enough for most of a 224 px scene, small enough to keep thousands


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


def restyle(image: Image.Image, style: str, r: random.Random) -> Image.Image:
    """Apply one of the scene-wide styles; `natural` leaves the sprite as it is."""
    if style == "silhouette":
        dark = r.random() < 0.6
        low, high = (0, 90) if dark else (130, 255)
        return silhouette(image, (r.randint(low, high), r.randint(low, high), r.randint(low, high)))
    if style == "tint":
        return tinted(image, (r.randint(40, 220), r.randint(40, 220), r.randint(40, 220)))
    if style == "lines":
        return line_art(image, (r.randint(215, 255), r.randint(215, 255), r.randint(215, 255)))
    if style == "grey":
        return greyed(image)
    return image
