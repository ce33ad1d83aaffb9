"""Ranking: percentiles, surprise and collapsing against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.ranking import NEAR_IDENTICAL, PairDistribution, collapse_alike


def unit(rows: list[list[float]]) -> np.ndarray:
    array = np.asarray(rows, np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def test_percentile_counts_the_pairs_below() -> None:
    pairs = PairDistribution(np.asarray([0.1, 0.2, 0.3, 0.4], np.float32), np.zeros(4, np.float32))
    values = np.asarray([0.0, 0.25, 0.4, 0.9], np.float32)
    assert pairs.percentile(values).tolist() == [0.0, 50.0, 75.0, 100.0]


def test_pairs_are_of_different_pictures_and_repeatable() -> None:
    vectors = np.eye(5, dtype=np.float32)
    first = PairDistribution.of(vectors, vectors)
    assert not first.relational.any()  # a picture paired with itself would give a one
    generator = np.random.default_rng(1)
    spread = unit(generator.normal(size=(50, 8)).tolist())
    one, two = PairDistribution.of(spread, spread), PairDistribution.of(spread, spread)
    assert np.array_equal(one.relational, two.relational)


def test_surprise_zero_ranks_by_relational_alone() -> None:
    pairs = PairDistribution(np.asarray([0, 1], np.float32), np.asarray([0, 1], np.float32))
    relational = np.asarray([0.2, 0.9, 0.5], np.float32)
    attribute = np.asarray([0.0, 1.0, 0.5], np.float32)
    assert np.argsort(-pairs.surprise(relational, attribute, 0.0)).tolist() == [1, 2, 0]


def test_full_surprise_prefers_the_one_that_looks_different() -> None:
    pairs = PairDistribution(np.asarray([0, 1], np.float32), np.asarray([0, 1], np.float32))
    relational = np.asarray([0.9, 0.85], np.float32)
    attribute = np.asarray([0.95, 0.1], np.float32)
    assert np.argmax(pairs.surprise(relational, attribute, 0.0)) == 0
    assert np.argmax(pairs.surprise(relational, attribute, 1.0)) == 1


def test_equal_vectors_have_a_surprise_too() -> None:
    same = np.ones((3, 4), np.float32) / 2
    pairs = PairDistribution.of(same, same)
    assert np.isfinite(pairs.surprise(np.ones(1, np.float32), np.ones(1, np.float32), 1.0)).all()


def test_collapse_keeps_the_best_and_counts_the_rest() -> None:
    hits = unit([[1, 0, 0], [1, 0.01, 0], [0, 1, 0], [1, 0, 0.02], [0, 0, 1]])
    assert collapse_alike(hits, None, 10) == [(0, (1, 3)), (2, ()), (4, ())]
    assert collapse_alike(hits, None, 2) == [(0, (1, 3)), (2, ())]


def test_collapse_drops_copies_of_the_query() -> None:
    hits = unit([[1, 0.01, 0], [0, 1, 0]])
    query = unit([[1, 0, 0]])[0]
    assert float(hits[0] @ query) > NEAR_IDENTICAL
    assert collapse_alike(hits, query, 5) == [(1, ())]


@pytest.mark.parametrize("k", [0, 1, 5])
def test_collapse_of_nothing_is_nothing(k: int) -> None:
    assert collapse_alike(np.zeros((0, 3), np.float32), None, k) == []
