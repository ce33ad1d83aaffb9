"""Ranking: percentiles, surprise and collapsing against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.search.ranking import (
    BURST,
    NEAR_IDENTICAL,
    UNKNOWN_NS,
    PairDistribution,
    collapse_alike,
)


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
    query = unit([[0, 0, 1], [1, 0, 0]])
    assert float(hits[0] @ query[1]) > NEAR_IDENTICAL
    assert collapse_alike(hits, query, 5) == [(1, ())]


@pytest.mark.parametrize("k", [0, 1, 5])
def test_collapse_of_nothing_is_nothing(k: int) -> None:
    assert collapse_alike(np.zeros((0, 3), np.float32), None, k) == []


SECOND_NS = 1_000_000_000


def at(*cosines: float) -> np.ndarray:
    """Unit rows with these cosines to the first axis, each into a direction of its own."""
    n = len(cosines)
    rows = np.zeros((n, n + 1), np.float32)
    rows[:, 0] = cosines
    rows[np.arange(n), np.arange(n) + 1] = np.sqrt(1 - np.square(cosines))
    return rows


def test_a_burst_is_what_is_alike_and_was_taken_within_seconds() -> None:
    hits = at(0.95, 0.94, 0.93)  # 0.87 to 0.9 to one another: alike, not near-identical
    near = BURST < float(hits[0] @ hits[2]) < NEAR_IDENTICAL
    assert near
    apart = [(0, ()), (1, ()), (2, ())]
    assert collapse_alike(hits, None, 5) == apart
    times = np.array([0, 2, 400], np.int64) * SECOND_NS
    assert collapse_alike(hits, None, 5, taken_ns=times) == [(0, (1,)), (2, ())]
    unknown = np.array([UNKNOWN_NS, UNKNOWN_NS, 0])
    assert collapse_alike(hits, None, 5, taken_ns=unknown) == apart


def test_different_pictures_of_one_moment_stay() -> None:
    hits = at(0.8, 0.7, 0.1)
    times = np.zeros(3, np.int64)
    assert collapse_alike(hits, None, 5, taken_ns=times) == [(0, ()), (1, ()), (2, ())]


def test_a_burst_holds_together_from_shot_to_shot() -> None:
    """Ten seconds of shots, each two seconds after the one before it, in any order."""
    hits = at(*[0.97] * 6)
    times = np.array([4, 10, 0, 2, 8, 6], np.int64) * SECOND_NS
    assert collapse_alike(hits, None, 6, taken_ns=times) == [(0, (1, 2, 3, 4, 5))]
    torn = times.copy()
    torn[3] += 3600 * SECOND_NS  # the shot at 2 s is missing: nothing links 0 s to 4 s
    assert collapse_alike(hits, None, 6, taken_ns=torn) == [(0, (1, 4, 5)), (2, ()), (3, ())]


def test_a_shot_that_shows_something_else_by_now_stays() -> None:
    """A camera that turns: each shot is like the one before it, the last unlike the first."""
    angle = np.radians(np.array([0, 25, 50, 75]))
    hits = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    times = np.arange(4, dtype=np.int64) * SECOND_NS
    assert collapse_alike(hits, None, 5, taken_ns=times) == [(0, (1,)), (2, (3,))]


def test_the_burst_of_the_query_is_left_out() -> None:
    query = at(0.95)[0]
    hits = np.vstack([query * 0.9 + np.array([0, 0.43], np.float32), query])
    hits[0] /= np.linalg.norm(hits[0])
    hits = hits[:1].astype(np.float32)
    assert BURST <= float(hits[0] @ query) < NEAR_IDENTICAL
    times = np.array([5 * SECOND_NS])
    kept = [(0, ())]
    for moment, expected in ((3 * SECOND_NS, []), (SECOND_NS, kept), (UNKNOWN_NS, kept)):
        asked = np.array([UNKNOWN_NS, moment])
        both = np.stack([-query, query])
        assert collapse_alike(hits, both, 5, taken_ns=times, query_ns=asked) == expected
    assert collapse_alike(hits, query[None], 5, taken_ns=times) == kept
