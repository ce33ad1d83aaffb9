"""Where bubbles and their pictures lie."""

from __future__ import annotations

import numpy as np
import pytest

from engine.mapping import layout as map_layout


def centres(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, 32)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 17, 90])
def test_no_bubble_lies_over_another(count: int) -> None:
    sizes = np.random.default_rng(count).integers(2, 400, count)
    radius = map_layout.radii(sizes)
    places = map_layout.bubbles(centres(count), radius)
    assert places.shape == (count, 2)
    between = np.linalg.norm(places[:, None] - places[None], axis=2)
    least = radius[:, None] + radius[None]
    assert (between + np.eye(count) * 1e9 >= least).all()
    if count:
        low, high = (places - radius[:, None]).min(axis=0), (places + radius[:, None]).max(axis=0)
        assert low + high == pytest.approx(0, abs=1e-6)


def test_groups_that_are_one_have_places_of_their_own() -> None:
    same = np.repeat(centres(1), 5, axis=0)
    radius = map_layout.radii(np.full(5, 10))
    places = map_layout.bubbles(same, radius)
    between = np.linalg.norm(places[:, None] - places[None], axis=2)
    assert (between + np.eye(5) * 1e9 >= 2 * radius[0]).all()


def test_alike_groups_lie_nearer_than_unlike_ones() -> None:
    first, second = centres(2)
    noise = centres(12, seed=3) * 0.2
    vectors = np.concatenate([first + noise[:6], second + noise[6:]])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    places = map_layout.bubbles(vectors.astype(np.float32), map_layout.radii(np.full(12, 20)))
    between = np.linalg.norm(places[:, None] - places[None], axis=2)
    within = (between[:6, :6].sum() + between[6:, 6:].sum()) / 60
    assert within < between[:6, 6:].mean()


@pytest.mark.parametrize("count", [1, 2, 3, 9, 500])
def test_pictures_lie_apart_and_inside_their_bubble(count: int) -> None:
    radius = float(map_layout.radii(np.array([count]))[0])
    places = map_layout.members(count, radius)
    assert (np.linalg.norm(places, axis=1) + 0.3 <= radius).all()
    between = np.linalg.norm(places[:, None] - places[None], axis=2)
    assert (between + np.eye(count) * 9 > 0.9).all()
    assert map_layout.members(count, radius).tolist() == places.tolist()
