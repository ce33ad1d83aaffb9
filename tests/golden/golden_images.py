"""The seven example images of the released code."""

from __future__ import annotations

from functools import cache

from golden_files import golden
from PIL import Image

from engine.imaging import decode
from engine.models.preparation import Preparation, min_side

NAMES = ("bo", "bo2", "mam", "mam2", "mam3", "mam4", "mam5")


@cache
def image(name: str, preparation: Preparation = "native") -> Image.Image:
    """A golden image, decoded as the engine does for a preparation."""
    return decode(golden("images", f"{name}.jpg"), min_side=min_side(preparation))
