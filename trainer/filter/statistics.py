"""What can be counted in a picture without a model: parts, holes, edges, colours, symmetry.

A portrait of one thing on an even ground is one part; many relations are several parts that stand
in some order. The backbone was trained to overlook how many there are and where.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.types import Float32, UInt8
from trainer.filter.metrics import Bools

SIDE = 112
"""Pixels of the square that is looked at."""

WIDTH = 56
"""How many statistics there are."""

VERSION = 1
"""Another one is of other statistics; filters of the old ones are refused."""

_THRESHOLDS = (16, 40)  # steps of 255 from the ground from which on something is a part
_SMALLEST = 0.002  # share of the picture that counts as a part of its own
_EPSILON = 1e-6

Float64 = NDArray[np.float64]


def statistics(prepared: Sequence[UInt8]) -> Float32:
    """Statistics float32 ``[n, WIDTH]`` of pictures uint8 ``[height, width, 3]``; all finite."""
    rows = [_statistics(picture) for picture in prepared]
    return np.array(rows, np.float32).reshape(len(rows), WIDTH)


def _statistics(picture: UInt8) -> list[float]:
    small = Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.BOX)
    colours = np.asarray(small, np.float64)
    border = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]])
    ground = np.median(border, axis=0)
    even = float(np.mean(np.abs(border - ground).max(axis=1) < _THRESHOLDS[0]))
    distance = np.abs(colours - ground).max(axis=2)
    found = [even, float(border.std()) / 64]
    for threshold in _THRESHOLDS:
        found += [*_parts(distance > threshold), *_extent(distance > threshold)]
    grey = colours.mean(axis=2)
    return [*found, *_edges(grey), *_palette(colours), *_tones(colours, grey), *_symmetry(grey)]


def _parts(mask: Bools) -> list[float]:
    """How many connected parts and holes, and how the area is shared out."""
    from scipy.ndimage import label

    labels, count = label(mask, np.ones((3, 3)))
    areas = np.sort(np.bincount(labels.ravel(), minlength=4)[1:])[::-1] / mask.size
    large = areas[areas > _SMALLEST]
    total = max(float(large.sum()), _EPSILON)
    uneven = float(large.std() / large.mean()) if len(large) else 0.0
    holes = np.bincount(label(~mask)[0].ravel())[1:] > _SMALLEST / 2 * mask.size
    return [
        float(np.log1p(count)),
        float(np.log1p(len(large))),
        *areas[:3].tolist(),
        float(mask.mean()),
        float((large**2).sum()) / total**2,
        uneven,
        float(np.log1p(holes.sum())),
    ]


def _extent(mask: Bools) -> list[float]:
    """Where the parts lie, and whether along a diagonal."""
    ys, xs = np.nonzero(mask)
    if not len(ys):
        return [0.0] * 8
    height, width = np.ptp(ys) + 1, np.ptp(xs) + 1
    deviations = float(ys.std() * xs.std())
    slant = float(np.mean((ys - ys.mean()) * (xs - xs.mean()))) / max(deviations, _EPSILON)
    places = [height, width, ys.std(), xs.std(), ys.mean(), xs.mean()]
    return [*(float(place) / SIDE for place in places), len(ys) / float(height * width), slant]


def _edges(grey: Float64) -> list[float]:
    """How many edges there are, and how they spread over four by four cells."""
    across, down = np.diff(grey, axis=1)[:-1], np.diff(grey, axis=0)[:, :-1]
    strength = np.hypot(across, down)
    cell = SIDE // 4
    padded = np.pad(strength > 20, (0, 1))
    cells = padded.reshape(4, cell, 4, cell).mean(axis=(1, 3))
    return [
        float(np.log1p(strength.mean())),
        float((strength > 10).mean()),
        float((strength > 40).mean()),
        float(cells.std()),
        float(cells.min()),
        float(cells.max()),
        float((cells > 0.02).mean()),
    ]


def _palette(colours: Float64) -> list[float]:
    """How many colours there are, of eight steps a channel, and how much is of the first three."""
    steps = (colours // 32).astype(int)
    codes = steps[..., 0] * 64 + steps[..., 1] * 8 + steps[..., 2]
    shares = np.sort(np.bincount(codes.ravel(), minlength=512) / codes.size)[::-1]
    there = shares[shares > 0]
    entropy = -float((there * np.log(there)).sum())
    return [entropy, *shares[:3].tolist(), float(np.log1p((shares > _SMALLEST).sum()))]


def _tones(colours: Float64, grey: Float64) -> list[float]:
    saturation = (colours.max(axis=2) - colours.min(axis=2)) / 255
    values = [saturation.mean(), saturation.std(), grey.mean() / 255, grey.std() / 255]
    return [float(value) for value in values]


def _symmetry(grey: Float64) -> list[float]:
    """Correlation with the picture mirrored, upside down, transposed, and turned by half."""
    centred = grey - grey.mean()
    power = max(float((centred**2).sum()), _EPSILON)
    others = (centred[:, ::-1], centred[::-1], centred.T, centred[::-1, ::-1])
    return [float((centred * other).sum()) / power for other in others]
