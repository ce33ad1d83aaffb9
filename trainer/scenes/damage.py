"""What happens to a subject's picture: it breaks, is bitten, melts, lies in shade."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from trainer.scenes.canvas import Canvas, Colour, Point
from trainer.scenes.props import darker
from trainer.scenes.sprites import silhouette


def mean(sprite: Image.Image, top: float = 0.0) -> Colour:
    """The mean colour of what can be seen of a sprite below a share of its height."""
    part = sprite.crop((0, int(sprite.height * top), *sprite.size)).resize(
        (8, 8), Image.Resampling.BOX
    )
    values = np.asarray(part, dtype=np.float64).reshape(-1, 4)
    weights = values[:, 3] + 1e-3
    red, green, blue = (values[:, :3] * weights[:, None]).sum(0) / weights.sum()
    return int(red), int(green), int(blue)


def coverage(sprite: Image.Image) -> float:
    """How much of its box a sprite fills, in 0..1."""
    return float(np.asarray(sprite.getchannel("A").reduce(4)).mean()) / 255


def _without(sprite: Image.Image, hole: Image.Image) -> Image.Image:
    left = sprite.copy()
    left.putalpha(ImageChops.subtract(sprite.getchannel("A"), hole))
    return left


def shard(sprite: Image.Image, corners: Sequence[Point]) -> Image.Image:
    """The part of a sprite inside a polygon (shares of its sides), with a dark rim at the break."""
    w, h = sprite.size
    points = [(x * w, y * h) for x, y in corners]
    mask = Image.new("L", sprite.size, 0)
    ImageDraw.Draw(mask).polygon(points, 255)
    part = sprite.copy()
    ImageDraw.Draw(part).line(
        [*points, points[0]], fill=(*darker(mean(sprite), 0.7), 255), width=max(2, w // 40)
    )
    part.putalpha(ImageChops.multiply(sprite.getchannel("A"), mask))
    return part


def jagged(r: random.Random, start: Point, end: Point, depth: float) -> list[Point]:
    """A zigzag line between two points."""
    n = r.randint(5, 8)
    dx, dy = end[0] - start[0], end[1] - start[1]
    points = [start]
    for i in range(1, n):
        t = (i + r.uniform(-0.25, 0.25)) / n
        aside = depth * r.uniform(0.4, 1.0) * (1 if i % 2 else -1)
        points.append((start[0] + dx * t - dy * aside, start[1] + dy * t + dx * aside))
    return [*points, end]


def bitten(
    sprite: Image.Image, bites: Sequence[tuple[float, float, float]], r: random.Random
) -> Image.Image:
    """The sprite without scalloped discs; each has a pale rim, like the flesh of a fruit.

    Args:
        sprite: RGBA.
        bites: Centre (shares of the sides) and radius (a share of the longer side) of each.
        r: Decides where the teeth were.
    """
    long = max(sprite.size)
    hole, rim = Image.new("L", sprite.size, 0), Image.new("L", sprite.size, 0)
    pens = (ImageDraw.Draw(hole), ImageDraw.Draw(rim))
    for x, y, radius in bites:
        start = r.uniform(0, 1)
        discs = [(0.0, 0.0, radius * 0.82)]
        for k in range(9):
            angle = start + math.tau * k / 9
            discs.append(
                (0.7 * radius * math.cos(angle), 0.7 * radius * math.sin(angle), radius * 0.36)
            )
        for pen, extra in zip(pens, (0.0, 0.035), strict=True):
            for u, v, q in discs:
                cx, cy, size = (
                    x * sprite.width + u * long,
                    y * sprite.height + v * long,
                    (q + extra) * long,
                )
                pen.ellipse((cx - size, cy - size, cx + size, cy + size), fill=255)
    pale = Image.new("RGBA", sprite.size, (250, 238, 205, 255))
    pale.putalpha(sprite.getchannel("A"))
    return _without(Image.composite(pale, sprite, rim), hole)


def molten(sprite: Image.Image, r: random.Random) -> Image.Image:
    """The sprite with its lower part run down in drips of its own colours; taller than before."""
    pixels = np.asarray(sprite)
    height, width = pixels.shape[:2]
    x = np.arange(width) / width
    pull = 0.12 + 0.1 * np.sin(x * r.uniform(4, 9) + r.uniform(0, 6))
    for _ in range(r.randint(4, 6)):
        centre, half = r.uniform(0.05, 0.95), r.uniform(0.035, 0.08)
        pull += r.uniform(0.35, 1.3) * np.clip(1 - np.abs(x - centre) / half, 0, 1) ** 0.5
    tall, start = int(height * 1.75), height * r.uniform(0.35, 0.6)
    rows = np.arange(tall)[:, None].astype(np.float64)
    below = start + (rows - start) / (1 + np.clip(pull, 0, 1.5))[None, :]
    source = np.where(rows < start, rows, below).astype(np.intp)
    run = pixels[np.clip(source, 0, height - 1), np.arange(width)[None, :]].copy()
    run[source >= height] = 0
    molten_image = Image.fromarray(run)
    return molten_image.crop((0, 0, width, (molten_image.getbbox() or (0, 0, 0, tall))[3]))


def shaded(sprite: Image.Image, phase: float, tone: Colour) -> Image.Image:
    """The sprite with a share of it in shade, bounded like the dark part of the moon.

    Args:
        sprite: RGBA.
        phase: 0 for all dark, 0.5 for lit, 1 for all dark again.
        tone: Of the shade.
    """
    w, h = sprite.size
    mask = Image.new("L", (w, h), 255)
    pen = ImageDraw.Draw(mask)
    bulge = math.cos(math.tau * phase)  # 1 new, 0 half, -1 full
    q = max(w, h) * 0.56
    left = phase < 0.5
    pen.rectangle((w / 2, 0, w, h) if left else (0, 0, w / 2, h), fill=0)
    reach = abs(bulge) * q
    pen.ellipse((w / 2 - reach, h / 2 - q, w / 2 + reach, h / 2 + q), fill=255 if bulge > 0 else 0)
    return Image.composite(silhouette(sprite, tone), sprite, mask)


def crumbs(c: Canvas, at: Point, reach: float, tone: Colour) -> None:
    """Small bits scattered around a point."""
    for _ in range(c.r.randint(6, 11)):
        x, y, q = at[0] + c.jitter(reach), at[1] + c.jitter(reach * 0.5), c.r.uniform(0.006, 0.018)
        corners = ((x - q, y + q), (x + c.jitter(q), y - q), (x + q, y + q * 0.6))
        c.polygon(corners, fill=tone)
