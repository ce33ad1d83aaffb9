"""Any picture that a parser has opened -> a reduced RGB picture, transparency over white.

Colours and transparency are done in strips or on the reduced picture, so that they cost little
beside the raster that the file holds.
"""

from __future__ import annotations

import numpy as np
from PIL import Image as Pillow
from PIL.Image import Image

_STRIP_PIXELS = 1 << 18  # what a strip and its conversions hold at a time
_WIDEST = 32  # up to this aspect ratio the shorter side keeps `min_side`


def reduction(size: tuple[int, int], min_side: int) -> int:
    """The whole factor by which a picture of `size` is reduced; see `engine.imaging.decode`."""
    by_side = min(size) // min_side
    by_area = int((size[0] * size[1] / (_WIDEST * min_side**2)) ** 0.5)
    return max(1, by_side, by_area)


def flatten(picture: Image, factor: int) -> Image:
    """Reduce by `factor` and convert to RGB, transparency over white."""
    if picture.mode in ("I", "F"):
        return _scaled(np.asarray(picture.reduce(factor)))
    if picture.mode in ("L", "RGB") and "transparency" not in picture.info:
        return (picture if factor == 1 else picture.reduce(factor)).convert("RGB")
    if picture.mode == "P":
        _flatten_palette(picture)
    width, height = picture.size
    rows = max(1, _STRIP_PIXELS // (width * factor)) * factor
    if rows >= height:
        return _rgb(picture).reduce(factor)
    small = Pillow.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(height, top + rows)))
        small.paste(_rgb(strip).reduce(factor), (0, top // factor))
    return small


def _flatten_palette(picture: Image) -> None:
    """Lay the colours of a palette over white: far fewer than the picture's pixels."""
    alpha = picture.info.pop("transparency", None)
    palette = np.array(picture.getpalette("RGBA"), np.uint16).reshape(-1, 4)
    if isinstance(alpha, bytes):
        known = min(len(alpha), len(palette))
        palette[:known, 3] = np.frombuffer(alpha, np.uint8, known)
    elif isinstance(alpha, int) and alpha < len(palette):
        palette[alpha, 3] = 0
    opacity = palette[:, 3:]
    over_white = (palette[:, :3] * opacity + 255 * (255 - opacity) + 127) // 255
    picture.putpalette(over_white.astype(np.uint8).tobytes())


def _rgb(picture: Image) -> Image:
    if picture.mode.startswith("I;16"):
        return Pillow.fromarray((np.asarray(picture) >> 8).astype(np.uint8)).convert("RGB")
    if picture.mode in ("PA", "RGBa", "La") or "transparency" in picture.info:
        picture = picture.convert("LA" if picture.mode == "La" else "RGBA")
    if picture.mode not in ("LA", "RGBA"):
        return picture.convert("RGB")
    over_white = Pillow.new("RGB", picture.size, "white")
    over_white.paste(picture, None, picture)
    return over_white


def _scaled(values: np.ndarray) -> Image:
    """Grey of 8 bits from measurements: by the customary range that fits, else by their own."""
    finite = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    if low >= 0:
        customary = (1.0, 255.0, 65535.0) if values.dtype.kind == "f" else (255.0, 65535.0)
        low, high = 0.0, next((top for top in customary if high <= top), high)
    grey = (finite - low) * (255.0 / ((high - low) or 1.0))
    return Pillow.fromarray((grey + 0.5).astype(np.uint8)).convert("RGB")
