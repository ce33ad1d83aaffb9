"""Cuts a subject out of a picture that shows it on a white ground."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

_WHITE = 24
"""How far from white the ground may be, summed over the channels, to be taken for ground."""


def cut_out(image: Image.Image) -> Image.Image:
    """The picture with its ground made transparent: what is white and joined to the border.

    White within the subject stays, as far as a line closes it off.

    Args:
        image: RGB.

    Returns:
        RGBA of the same size.
    """
    framed = Image.new("RGB", (image.width + 2, image.height + 2), "white")
    framed.paste(image, (1, 1))
    key = (255, 0, 254)
    ImageDraw.floodfill(framed, (0, 0), key, thresh=_WHITE)
    ground = (np.asarray(framed)[1:-1, 1:-1] == key).all(axis=2)
    alpha = Image.fromarray(np.where(ground, 0, 255).astype(np.uint8))
    cut = image.convert("RGBA")
    cut.putalpha(alpha.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.BoxBlur(0.6)))
    return cut
