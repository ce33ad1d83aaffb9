"""Lays groups out in the plane: alike ones near each other, none over another; numpy alone.

Everything is a function of the groups, so that the same library gives the same map.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.types import Float32

Float64 = NDArray[np.float64]

GAP: float = 0.6
"""Least distance between two bubbles, in widths of a picture."""

_LEAST_RADIUS = 2.1
_PITCH = 0.75
_GOLDEN = np.pi * (3 - np.sqrt(5))
_ANGLES = 24
_TRIED = 64
_SCREEN = np.array([0.8, 1.0])  # a screen is wider than high
_FRIENDS = 3


def radii(counts: NDArray[np.int64]) -> Float64:
    """Radius float64 ``[k]`` of each group's bubble: all pictures of a map have the same room.

    Args:
        counts: int64 ``[k]``, pictures of each group.

    Returns:
        In widths of a picture; small groups have room for a cover too.
    """
    return np.maximum(_PITCH * np.sqrt(counts) + 0.55, _LEAST_RADIUS)


def members(count: int, radius: float) -> Float32:
    """Where a group's pictures are, float32 ``[n, 2]`` from the bubble's centre, nearest first.

    They lie on a spiral like the seeds of a sunflower, none over another. A few leave the room
    that is to spare above them, where the name stands.
    """
    number = np.arange(count, dtype=np.float64)
    reach = _PITCH * np.sqrt(number + 0.5)
    angle = number * _GOLDEN
    places = np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1)
    places -= (places.min(axis=0) + places.max(axis=0)) / 2
    spare = radius - 0.5 - float(np.linalg.norm(places, axis=1).max())
    places[:, 1] += max(spare, 0.0) * 0.7
    return places.astype(np.float32)


def bubbles(centres: Float32, radius: Float64) -> Float64:
    """Where the bubbles are, float64 ``[k, 2]``; their middle is at the origin.

    The largest first, each takes the free spot beside another one that is nearest to where it
    belongs: between its place among all (multidimensional scaling) and those that it is most like.

    Args:
        centres: float32 ``[k, d]``, unit rows: what each group is like.
        radius: float64 ``[k]``.
    """
    count = len(centres)
    if count < 2:
        return np.zeros((count, 2))
    ideal = _scaled(_plane(centres), radius)
    friends = _friends(centres)
    places = np.full((count, 2), np.nan)
    placed: list[int] = []
    for bubble in np.argsort(-radius, kind="stable").tolist():
        near = [friend for friend in friends[bubble] if friend in placed]
        target = (ideal[bubble] + places[near].mean(axis=0)) / 2 if near else ideal[bubble]
        places[bubble] = _spot(target, radius[bubble], places[placed], radius[placed])
        placed.append(bubble)
    low, high = (places - radius[:, None]).min(axis=0), (places + radius[:, None]).max(axis=0)
    return np.asarray(places - (low + high) / 2)


def _spot(target: Float64, radius: float, places: Float64, others: Float64) -> Float64:
    """The free spot nearest to `target`, beside one of the bubbles that have theirs."""
    if not len(places):
        return target
    least = others + radius + GAP
    angle = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    spots = (places[:, None] + least[:, None, None] * circle).reshape(-1, 2)
    order = np.argsort((((spots - target) * _SCREEN) ** 2).sum(axis=1), kind="stable")
    for start in range(0, len(order), _TRIED):
        some = spots[order[start : start + _TRIED]]
        distance = np.sqrt(((some[:, None] - places) ** 2).sum(axis=2))
        free = np.flatnonzero((distance >= least - 1e-6).all(axis=1))
        if len(free):
            return np.asarray(some[free[0]])
    edge = float((places[:, 0] + others).max())  # all corners are taken: beyond the outermost
    return np.array([edge + radius + GAP, target[1]])


def _plane(centres: Float32) -> Float64:
    """Classical multidimensional scaling of the distances between unit vectors."""
    cosines = centres.astype(np.float64) @ centres.T
    distances = np.sqrt(np.maximum(2 - 2 * cosines, 0.0))
    square = distances**2
    middle = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, vectors = np.linalg.eigh(-middle / 2)
    axes = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0.0))
    turned = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    # Two groups on the same spot could not be pushed apart: each gets a spot of its own.
    angle = np.arange(len(centres)) * _GOLDEN
    spread = 1e-3 * max(float(np.abs(turned).max()), 1e-6)
    return np.asarray(turned + spread * np.stack([np.cos(angle), np.sin(angle)], axis=1))


def _friends(centres: Float32) -> NDArray[np.intp]:
    """The few groups that each is most like, ``[k, f]``."""
    cosines = centres @ centres.T
    np.fill_diagonal(cosines, -np.inf)
    return np.argsort(-cosines, axis=1, kind="stable")[:, : min(_FRIENDS, len(centres) - 1)]


def _scaled(places: Float64, radius: Float64) -> Float64:
    """Spread places over the room that the bubbles need; wide as a screen is."""
    needed = np.sqrt((np.pi * (radius + GAP) ** 2).sum())
    extent = np.maximum(places.std(axis=0), 1e-9)
    return np.asarray(places / extent * needed * np.array([0.4, 0.28]))
