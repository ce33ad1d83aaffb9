"""Vectors that need no model: what plain looks reach, below which no model should fall."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from PIL import Image

from engine.estimates import Float64
from engine.types import Float32, UInt8
from trainer.evaluation.scenes import raw_pixels

_HISTOGRAM_SIDE = 64
_HUES, _SHADES = 12, 4
_HASH_SIDE, _WAVES = 32, 8


def colour_histogram(picture: Image.Image) -> Float32:
    """How often each of 192 colours occurs in an RGB picture.

    Returns:
        float32 ``[192]``, square roots of shares of hue, saturation and value bins: norm 1, and a
        dot product is the Bhattacharyya coefficient.
    """
    side = (_HISTOGRAM_SIDE, _HISTOGRAM_SIDE)
    small = picture.resize(side, Image.Resampling.BOX).convert("HSV")
    values: UInt8 = np.asarray(small, np.uint8).reshape(-1, 3)
    bins = (values.astype(np.int64) * (_HUES, _SHADES, _SHADES)) >> 8
    index = (bins[:, 0] * _SHADES + bins[:, 1]) * _SHADES + bins[:, 2]
    counts = np.bincount(index, minlength=_HUES * _SHADES * _SHADES)
    unit: Float32 = np.sqrt(counts / counts.sum()).astype(np.float32)
    return unit


def perceptual_hash(picture: Image.Image) -> Float32:
    """The 64 bits of the usual DCT hash of an RGB picture.

    Returns:
        float32 ``[64]`` of 1/8 and -1/8: norm 1, and a dot product is 1 - Hamming distance / 32.
    """
    grey = picture.convert("L").resize((_HASH_SIDE, _HASH_SIDE), Image.Resampling.BOX)
    waves = _cosines()
    low = (waves @ np.asarray(grey, np.float64) @ waves.T).ravel()
    return np.where(low > np.median(low), 1 / 8, -1 / 8).astype(np.float32)


@cache
def _cosines() -> Float64:
    """The lowest rows of the cosine transform, ``[8, 32]``."""
    waves, places = np.mgrid[:_WAVES, :_HASH_SIDE]
    rows: Float64 = np.cos(np.pi * waves * (2 * places + 1) / (2 * _HASH_SIDE))
    return rows


FLOORS: dict[str, Callable[[Image.Image], Float32]] = {
    "raw pixels": raw_pixels,
    "colour histogram": colour_histogram,
    "perceptual hash": perceptual_hash,
}
"""By name; each takes an RGB picture of any size."""
