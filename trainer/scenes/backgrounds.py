"""Grounds that scenes are drawn on: plain, drawn, and photographs of this machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from trainer.packages import pictures_directory

_PACKAGES = (
    "plasma-workspace-wallpapers", "gnome-backgrounds", "mate-backgrounds", "ukui-wallpapers",
    "lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04", "sway-backgrounds", "tuxpaint-data",
)  # fmt: skip
_INSIDE = ("usr/share/backgrounds", "usr/share/wallpapers", "usr/share/tuxpaint/templates")
PHOTO_FOLDERS = (
    *(Path("/") / inside for inside in _INSIDE),
    *(pictures_directory() / package / inside for package in _PACKAGES for inside in _INSIDE),
)
_KEPT_SIDE = 320  # shorter side that photographs are kept at: enough for crops of 224 pixels


def load_backgrounds(folders: Sequence[Path] = PHOTO_FOLDERS) -> list[Path]:
    """Photographs and wallpapers found in the folders, in a stable order; possibly none."""
    return [path for folder in folders for path in sorted(folder.rglob("*")) if _usable(path)]


def _usable(path: Path) -> bool:
    if path.suffix.lower() not in {".jpg", ".jpeg", ".png", ".webp"} or path.is_symlink():
        return False
    try:
        with Image.open(path) as opened:
            width, height = opened.size
            # JPEG is decoded at a fraction of its size; the others cost their full size.
            affordable = width * height < (30e6 if opened.format == "JPEG" else 9e6)
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return affordable and min(width, height) >= 300


@lru_cache(maxsize=256)
def _photo(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        opened.draft("RGB", (_KEPT_SIDE * 2, _KEPT_SIDE * 2))
        image = opened.convert("RGB")
    k = _KEPT_SIDE / min(image.size)
    return image.resize(
        (round(image.width * k), round(image.height * k)), Image.Resampling.BOX, reducing_gap=2.0
    )


def photo_crop(path: Path, side: int, r: random.Random) -> Image.Image:
    """A random part of a photograph, often squashed to the square, sometimes the whole of it."""
    photo = _photo(path)
    width = photo.width * r.uniform(0.4, 1.0)
    height = photo.height * r.uniform(0.5, 1.0)
    left = r.uniform(0, photo.width - width)
    top = r.uniform(0, photo.height - height)
    box = (left, top, left + width, top + height)
    return photo.resize((side, side), Image.Resampling.BILINEAR, box=box)


def _any(r: random.Random, low: int = 0, high: int = 255) -> tuple[int, int, int]:
    return (r.randint(low, high), r.randint(low, high), r.randint(low, high))


def _plain(side: int, r: random.Random) -> Image.Image:
    kind = r.random()
    if kind < 0.35:
        return Image.new("RGB", (side, side), (255, 255, 255))
    return Image.new("RGB", (side, side), _any(r, 160) if kind < 0.75 else _any(r))


def _gradient(side: int, r: random.Random) -> Image.Image:
    low = r.choice((0, 120))
    corners = bytes(r.randint(low, 255) for _ in range(12))
    small = Image.frombytes("RGB", (2, 2), corners)
    if r.random() < 0.4:
        small = small.resize((1, 2)) if r.random() < 0.7 else small.resize((2, 1))
    return small.resize((side, side), Image.Resampling.BICUBIC)


def _noise(side: int, r: random.Random) -> Image.Image:
    generator = np.random.default_rng(r.getrandbits(32))
    grain = r.choice((side, side // 2, side // 8))
    values = generator.integers(0, 256, (grain, grain), dtype=np.uint8)
    noise = Image.fromarray(values).resize((side, side), Image.Resampling.BICUBIC)
    base = _gradient(side, r)
    other = Image.new("RGB", (side, side), _any(r))
    strength = r.uniform(0.1, 0.3)
    return Image.composite(other, base, noise.point([int(v * strength) for v in range(256)]))


def _stripes(side: int, r: random.Random) -> Image.Image:
    base = _any(r, 90)
    image = Image.new("RGB", (side, side), base)
    pen = ImageDraw.Draw(image)
    delta = r.choice((-1, 1)) * r.randint(8, 26)
    other = tuple(max(0, min(255, v + delta)) for v in base)
    step = r.randint(8, 34)
    slant = r.choice((0, 0, side // 2, side))
    for x in range(-side, side * 2, step):
        pen.line((x, 0, x + slant, side), fill=other, width=step // 2)
    return image.transpose(Image.Transpose.ROTATE_90) if r.random() < 0.4 else image


def _paper(side: int, r: random.Random) -> Image.Image:
    tone = r.randint(205, 250)
    image = Image.new("RGB", (side, side), (tone, tone - r.randint(0, 12), tone - r.randint(4, 40)))
    pen = ImageDraw.Draw(image)
    line = (tone - 24, tone - 18, tone - 6)
    step = r.randint(10, 22)
    for y in range(step, side, step):
        pen.line((0, y, side, y), fill=line)
    if r.random() < 0.5:
        for x in range(step, side, step):
            pen.line((x, 0, x, side), fill=line)
    return image


def _horizon(side: int, r: random.Random) -> Image.Image:
    image = _gradient(side, r)
    level = int(side * r.uniform(0.55, 0.85))
    ImageDraw.Draw(image).rectangle((0, level, side, side), fill=_any(r, 40, 230))
    return image


def _spots(side: int, r: random.Random) -> Image.Image:
    """Out-of-focus lights and patches."""
    small = Image.new("RGB", (side // 4, side // 4), _any(r))
    pen = ImageDraw.Draw(small)
    for _ in range(r.randint(6, 16)):
        x, y, q = r.uniform(0, side / 4), r.uniform(0, side / 4), r.uniform(3, 14)
        pen.ellipse((x - q, y - q, x + q, y + q), fill=_any(r))
    soft = small.filter(ImageFilter.GaussianBlur(r.uniform(2, 6)))
    return soft.resize((side, side), Image.Resampling.BICUBIC)


_DRAWN = (_plain, _plain, _plain, _gradient, _gradient, _noise, _stripes, _paper, _horizon, _spots)


def background(side: int, r: random.Random, photos: Sequence[Path]) -> Image.Image:
    """A ground for a scene: RGB, `side` x `side`.

    White in a third, as under most clip art and products; a photograph in another third if there
    are any; drawn otherwise.
    """
    kind = r.random()
    if kind < 1 / 3:
        return Image.new("RGB", (side, side), (255, 255, 255))
    if not photos or kind < 2 / 3:
        return r.choice(_DRAWN)(side, r)
    image = photo_crop(r.choice(photos), side, r)
    softness = r.random()
    if softness < 0.35:
        image = image.filter(ImageFilter.BoxBlur(r.uniform(1, 4)))
    if r.random() < 0.7:  # a wash, so that subjects stand out as they do in staged photographs
        wash = Image.new("RGB", image.size, _any(r, 200) if r.random() < 0.6 else _any(r, 0, 60))
        image = Image.blend(image, wash, r.uniform(0.2, 0.65))
    return image
