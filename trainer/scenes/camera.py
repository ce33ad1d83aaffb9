"""What happens to a picture on its way: small turns, crops, colour casts, blur, compression."""

from __future__ import annotations

import io
import math
import random

import numpy as np
from PIL import Image, ImageFilter


def _frame(image: Image.Image, r: random.Random) -> Image.Image:
    """Turn a little, zoom, shift, and squash: one resampling for all of them."""
    side = image.width
    angle = math.radians(r.uniform(-7, 7)) if r.random() < 0.5 else 0.0
    zoom_x = r.uniform(0.9, 1.1)
    zoom_y = zoom_x * r.uniform(0.85, 1.18)
    cos, sin = math.cos(angle), math.sin(angle)
    centre = side / 2
    shift_x, shift_y = r.uniform(-0.04, 0.04) * side, r.uniform(-0.04, 0.04) * side
    a, b = cos * zoom_x, sin * zoom_x
    d, e = -sin * zoom_y, cos * zoom_y
    # The border is continued outward: a plain rim around a turned picture would look like a frame.
    margin = side // 5
    padded = np.pad(np.asarray(image), ((margin, margin), (margin, margin), (0, 0)), mode="edge")
    c = margin + centre + shift_x - a * centre - b * centre
    f = margin + centre + shift_y - d * centre - e * centre
    return Image.fromarray(padded).transform(
        image.size,
        Image.Transform.AFFINE,
        (a, b, c, d, e, f),
        Image.Resampling.BILINEAR,
    )


def _colour(image: Image.Image, r: random.Random, keep: bool) -> Image.Image:
    """Change saturation, contrast, brightness and white balance in one matrix."""
    vivid = r.uniform(0.7, 1.4)
    saturation = vivid if keep else r.choice((0.0, r.uniform(0.2, 1.0), vivid, vivid))
    weights = (0.299, 0.587, 0.114)
    contrast = r.uniform(0.7, 1.15)
    offset = 128 * (1 - contrast) + r.uniform(-18, 18)
    matrix: list[float] = []
    for row in range(3):
        gain = contrast * r.uniform(0.9, 1.1)
        for column in range(3):
            own = saturation if row == column else 0.0
            matrix.append(gain * (own + (1 - saturation) * weights[column]))
        matrix.append(offset)
    return image.convert("RGB", tuple(matrix))


def _grain(image: Image.Image, r: random.Random) -> Image.Image:
    generator = np.random.default_rng(r.getrandbits(32))
    values = np.asarray(image).astype(np.int16)
    strength = r.randint(6, 22)
    values += generator.integers(-strength, strength + 1, (*values.shape[:2], 1), dtype=np.int16)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _compress(image: Image.Image, r: random.Random) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=r.randint(25, 80))
    buffer.seek(0)
    with Image.open(buffer) as opened:
        return opened.convert("RGB")


def photograph(image: Image.Image, r: random.Random, *, keep_colour: bool = False) -> Image.Image:
    """Apply a random selection of the effects; `keep_colour` rules out bleached pictures."""
    if r.random() < 0.45:
        image = _frame(image, r)
    if r.random() < 0.4:
        image = _colour(image, r, keep_colour)
    if r.random() < 0.15:
        image = image.filter(ImageFilter.BoxBlur(r.uniform(0.4, 1.4)))
    if r.random() < 0.1:
        image = _grain(image, r)
    if r.random() < 0.35:
        image = _compress(image, r)
    return image
