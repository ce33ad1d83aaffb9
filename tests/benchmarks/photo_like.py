"""Pictures that cost a decoder and a model what photographs cost: detail at all scales."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

_SOURCE = 512


def picture(seed: int, width: int, height: int) -> Image.Image:
    """Clouds with a spectrum that falls as in photographs, shapes before them, and grain."""
    random = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(_SOURCE)[:, None], np.fft.rfftfreq(_SOURCE)[None])
    frequency[0, 0] = np.inf
    layers = []
    for _ in range(3):
        noise = np.fft.rfft2(random.standard_normal((_SOURCE, _SOURCE)))
        layers.append(np.fft.irfft2(noise / frequency**1.2, s=(_SOURCE, _SOURCE)))
    mixed = np.stack(layers, axis=-1) @ random.uniform(-1, 1, (3, 3))
    mixed = (mixed - mixed.mean()) / mixed.std() * 50 + random.uniform(70, 180, 3)
    image = Image.fromarray(mixed.clip(0, 255).astype(np.uint8)).resize((width, height))
    drawing = ImageDraw.Draw(image)
    for _ in range(random.integers(3, 12)):
        x, y = random.uniform(0, width), random.uniform(0, height)
        w, h = random.uniform(0.03, 0.3, 2) * min(width, height)
        colour = tuple(int(value) for value in random.integers(0, 256, 3))
        shape = drawing.ellipse if random.random() < 0.5 else drawing.rectangle
        shape((x - w, y - h, x + w, y + h), fill=colour)
    grain = random.integers(-6, 7, (height, width, 1), dtype=np.int16)
    pixels = np.asarray(image, dtype=np.int16) + grain
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def write_photos(folder: Path, count: int, width: int, height: int) -> list[Path]:
    """JPEG files as cameras write them (quality 92); those that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{width}x{height}-{number:04}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        if not path.exists():
            partial = path.with_suffix(".partial")
            picture(number, width, height).save(partial, "JPEG", quality=92)
            partial.rename(path)
    return paths
