"""Sorting vectors into groups."""

from __future__ import annotations

import numpy as np
import pytest

from engine.jobs import Cancelled, JobControl
from engine.mapping import clusters as map_clusters
from engine.mapping.clusters import NONE, cluster


def blobs(kinds: int, each: int, width: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors around directions, and which direction each is of."""
    generator = np.random.default_rng(seed)
    middles = generator.standard_normal((kinds, 64))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    of = np.repeat(np.arange(kinds), each)
    noise = generator.standard_normal((len(of), 64)) / 8
    vectors = middles[of] + width * noise
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), of


@pytest.mark.parametrize(("kinds", "each"), [(3, 8), (12, 30), (40, 10)])
def test_the_number_of_groups_comes_from_the_data(kinds: int, each: int) -> None:
    vectors, of = blobs(kinds, each, 0.5)
    found = cluster(vectors, JobControl())
    assert len(found.centres) == kinds
    for group in range(kinds):
        assert len(set(of[found.of == group].tolist())) == 1
    assert (found.of == NONE).mean() < 0.1


def test_a_large_group_does_not_hide_the_small_ones() -> None:
    few, of = blobs(10, 12, 0.5)
    many, _ = blobs(1, 900, 0.8, seed=9)
    found = cluster(np.concatenate([few, many]), JobControl())
    assert len(found.centres) >= 11
    small = found.of[: len(few)]
    assert all(len(set(small[of == kind].tolist()) - {NONE}) == 1 for kind in range(10))


def test_scattered_vectors_are_in_no_group() -> None:
    vectors, _ = blobs(5, 20, 0.5)
    stray, _ = blobs(15, 1, 0.0, seed=4)
    found = cluster(np.concatenate([vectors, stray]), JobControl())
    assert (found.of[100:] == NONE).mean() > 0.8


def test_a_sample_stands_for_a_large_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_clusters, "_SAMPLE", 300)
    monkeypatch.setattr(map_clusters, "_PIECES", 60)
    vectors, of = blobs(6, 200, 0.5)
    found = cluster(vectors, JobControl())
    assert len(found.of) == 1200
    for group in range(len(found.centres)):
        assert len(set(of[found.of == group].tolist())) == 1
    again = cluster(vectors, JobControl())
    assert (again.of == found.of).all()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_very_few_vectors_make_no_group(count: int) -> None:
    vectors, _ = blobs(1, max(count, 1), 0.2)
    found = cluster(vectors[:count], JobControl())
    assert (len(found.centres), found.of.tolist()) == (0, [NONE] * count)


def test_it_ends_when_it_is_told_to() -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        cluster(blobs(4, 50, 0.5)[0], control)
