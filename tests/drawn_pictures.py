"""Pictures drawn on the spot: three relations, each with unlike subjects."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

COLOURS = ("crimson", "seagreen", "royalblue", "darkorange")


def draw(relation: str, colour: str, size: tuple[int, int] = (320, 320)) -> Image.Image:
    """A picture of a relation: ``ring``, ``grid`` or ``growth``; the shape goes with the colour."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    mark = pen.ellipse if colour in COLOURS[:2] else pen.rectangle
    width, height = size
    if relation == "ring":
        places = [
            (width / 2 + width * 0.35 * math.cos(i * math.tau / 8),
             height / 2 + height * 0.35 * math.sin(i * math.tau / 8), width * 0.07)
            for i in range(8)
        ]  # fmt: skip
    elif relation == "grid":
        places = [
            (width * (i + 0.5) / 4, height * (j + 0.5) / 4, width * 0.09)
            for i in range(4)
            for j in range(4)
        ]
    else:
        places = [(width * (i + 0.5) / 4, height / 2, width * 0.03 * (i + 1)) for i in range(4)]
    for x, y, radius in places:
        mark((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return image
