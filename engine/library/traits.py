"""What filters ask of a picture besides its logic: size, format, when it was taken, its colours."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from engine.imaging import Decoded

Orientation: TypeAlias = Literal["landscape", "portrait", "square"]

COLOURS: Final = (
    "black",
    "grey",
    "white",
    "brown",
    "red",
    "orange",
    "yellow",
    "green",
    "teal",
    "blue",
    "purple",
    "pink",
)
"""The colours that a picture is measured in."""

_SQUARE = 1.1
"""A picture whose sides differ by less than this factor counts as square."""


@dataclass(frozen=True, slots=True)
class Traits:
    """Of one image.

    Attributes:
        width: In pixels, upright.
        height: In pixels, upright.
        format: For example ``JPEG``, ``PNG``, ``RAW``.
        taken_ns: When a camera says that it was taken, nanoseconds since 1970 in local time; None
            if it says nothing.
        colours: For each of `COLOURS`, the share of the picture in percent, 0..100.
    """

    width: int
    height: int
    format: str
    taken_ns: int | None
    colours: tuple[int, ...]

    @property
    def orientation(self) -> Orientation:
        """Which way it is longer."""
        if self.width >= _SQUARE * self.height:
            return "landscape"
        return "portrait" if self.height >= _SQUARE * self.width else "square"


def measure(decoded: Decoded) -> Traits:
    """The traits of a picture that has just been decoded; far less than a millisecond."""
    return Traits(
        decoded.width,
        decoded.height,
        decoded.format,
        decoded.taken_ns,
        colour_shares(decoded.image),
    )


def colour_shares(image: Image) -> tuple[int, ...]:
    """For each of `COLOURS`, the share of an RGB picture in percent, 0..100.

    Looked at are 64 x 64 points of it: single pixels, since mixing them would make grey of a thin
    line and of a pattern in two colours.
    """
    import numpy as np
    from PIL.Image import Resampling

    points = np.asarray(image.resize((_POINTS, _POINTS), Resampling.NEAREST), np.uint8)
    red, green, blue = (points >> _DROPPED).reshape(-1, 3).astype(np.intp).T
    names = _names()[(red << 2 * _BITS) | (green << _BITS) | blue]
    counts = np.bincount(names, minlength=len(COLOURS))
    return tuple((counts * 100 / len(names)).round().astype(int).tolist())


_POINTS = 64
_BITS = 5  # of each channel that the table of names tells apart
_DROPPED = 8 - _BITS


@cache
def _names() -> NDArray[np.uint8]:
    """The colour of `COLOURS` that each RGB of 5 bits a channel is seen as; uint8 ``[32768]``."""
    import numpy as np

    levels = (np.arange(1 << _BITS) * 255 / ((1 << _BITS) - 1)) / 255
    rgb = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 3)
    table = [COLOURS.index(_name(*seen)) for seen in _oklch(rgb).tolist()]
    return np.array(table, np.uint8)


def _oklch(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Colours in the perceptual space Oklab.

    Args:
        rgb: sRGB in 0..1, ``[n, 3]``.

    Returns:
        ``[n, 3]``: lightness in 0..1, chroma, hue in degrees.
    """
    import numpy as np

    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    cones = np.cbrt(linear @ np.array(_TO_CONES).T)
    lightness, a, b = (cones @ np.array(_TO_LAB).T).T
    return np.stack([lightness, np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360], axis=-1)


# Oklab as its author defines it (Björn Ottosson, 2020).
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)

# Upper bound in degrees of each hue, in the order of the circle; the last one closes it.
_HUES = (
    (38.0, "red"),
    (76.0, "orange"),
    (114.0, "yellow"),
    (165.0, "green"),
    (210.0, "teal"),
    (287.0, "blue"),
    (345.0, "purple"),
    (math.inf, "pink"),
)


# Hues alone do not name a colour: dark orange is brown, light red is pink. First match counts.
_SHADES: tuple[tuple[str, Callable[[float, float, float], bool], str], ...] = (
    ("pink", lambda light, chroma, hue: light < 0.6 and chroma > 0.1 and hue > 355, "red"),
    ("pink", lambda light, chroma, hue: light < 0.6 and chroma > 0.1, "purple"),
    ("purple", lambda light, chroma, hue: light > 0.68 and hue > 318, "pink"),
    ("red", lambda light, chroma, hue: light > 0.72, "pink"),
    ("red", lambda light, chroma, hue: chroma < 0.09, "brown"),
    ("orange", lambda light, chroma, hue: light < (0.82 if chroma < 0.095 else 0.62), "brown"),
    ("yellow", lambda light, chroma, hue: light < 0.7 and hue < 98, "brown"),
    ("yellow", lambda light, chroma, hue: light < 0.7, "green"),
    ("yellow", lambda light, chroma, hue: light > 0.92 and chroma < 0.05, "white"),
    ("yellow", lambda light, chroma, hue: chroma < 0.05, "brown"),
)


def _name(light: float, chroma: float, hue: float) -> str:
    """What people call a colour; chroma is 0 for greys and at most 0.32 in sRGB."""
    if light < (0.22 if chroma < 0.08 else 0.12):
        return "black"
    if chroma < (0.025 if light > 0.5 else 0.035):
        return "white" if light > 0.92 else "grey"
    name = next(name for bound, name in _HUES if hue < bound)
    seen = (shade for of, holds, shade in _SHADES if of == name and holds(light, chroma, hue))
    return next(seen, name)
