from __future__ import annotations

import math

import numpy as np
import pytest

from engine.estimates import (
    RESAMPLES,
    fleiss_kappa,
    mean_estimates,
    median_estimates,
    pair_agreement,
    share_estimates,
)


def test_intervals_are_those_of_independent_cases_where_each_is_its_own_cluster() -> None:
    values = (np.arange(400) < 100).astype(np.float64)
    (found,) = mean_estimates(values[None], np.arange(400))
    assert found.value == 0.25
    assert found.n == 400
    assert found.low is not None
    assert found.high is not None
    half = 1.96 * math.sqrt(0.25 * 0.75 / 400)
    assert found.low == pytest.approx(0.25 - half, abs=0.012)
    assert found.high == pytest.approx(0.25 + half, abs=0.012)


def test_cases_of_one_cluster_count_as_one() -> None:
    """Ten copies of every case say no more than the case."""
    values = (np.arange(40) < 10).astype(np.float64)
    (single,) = mean_estimates(values[None], np.arange(40))
    (copied,) = mean_estimates(np.repeat(values, 10)[None], np.repeat(np.arange(40), 10))
    assert (copied.low, copied.high) == (single.low, single.high)
    assert copied.n == 400


def test_rows_are_resampled_alike_and_the_same_each_time() -> None:
    values = np.random.default_rng(3).random(60)
    clusters = np.repeat([f"cluster {number}" for number in range(20)], 3)
    one, other = mean_estimates(np.stack([values, values + 1]), clusters)
    assert one.low is not None
    assert other.low == pytest.approx(one.low + 1)
    (again,) = mean_estimates(values[None], clusters)
    assert again.document() == one.document()


def test_medians_with_clusters_of_several_sizes() -> None:
    values = np.array([[1.0, 1.0, 1.0, 8.0, 9.0]])
    (found,) = median_estimates(values, np.array([0, 0, 0, 1, 2]))
    assert found.value == 1.0
    assert (found.low, found.high) == (1.0, 9.0)
    assert RESAMPLES == 1000


def test_fleiss_by_the_published_example() -> None:
    """Fleiss (1971) as worked out in textbooks: fourteen raters, ten subjects, five categories."""
    table = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
    assert fleiss_kappa(np.array(table)) == pytest.approx(0.210, abs=0.0005)


def test_fleiss_of_full_agreement_chance_and_nothing() -> None:
    assert fleiss_kappa(np.array([[3, 0], [0, 3]])) == 1.0
    assert fleiss_kappa(np.array([[1, 1], [1, 1]])) == pytest.approx(-1.0)
    assert math.isnan(fleiss_kappa(np.array([[2, 0], [2, 0]])))
    assert math.isnan(fleiss_kappa(np.zeros((0, 3), int)))


def test_fleiss_with_different_numbers_of_people_leaves_single_answers_out() -> None:
    """Pairs within a case: 1/1, 1/3; shares of the categories in those two: 1 and 1/3, 0 and 2/3.

    Each case counts the same, also in what chance would do: many people in one of them do not say
    what others say of the other.
    """
    table = np.array([[2, 0], [1, 2], [0, 1], [0, 0]])
    observed = (1 + 1 / 3) / 2
    chance = ((1 + 1 / 3) / 2) ** 2 + ((0 + 2 / 3) / 2) ** 2
    assert fleiss_kappa(table) == pytest.approx((observed - chance) / (1 - chance))
    assert pair_agreement(table) == pytest.approx(observed)
    assert fleiss_kappa(np.array([[200, 0], [0, 2], [1, 1], [1, 1]])) == pytest.approx(0.0)


def test_shares_without_spread_are_no_points() -> None:
    """0.025 to the power 1/n, as Clopper and Pearson have it; what spreads is left as it was."""
    clusters = np.repeat(np.arange(20), 3)
    values = np.stack([np.ones(60), np.zeros(60), np.tile([1.0, 0.0, 0.0], 20), clusters % 2])
    sure, never, third, half = share_estimates(values, clusters)
    assert (sure.high, never.low) == (1.0, 0.0)
    assert sure.low == pytest.approx(0.025 ** (1 / 20))
    assert never.high == pytest.approx(1 - 0.025 ** (1 / 20))
    assert third.low is not None
    assert third.high is not None
    assert third.low < 0.2
    assert third.high > 0.5
    (known,) = mean_estimates(values[3:], clusters)
    assert half == known


def test_shares_of_few_clusters_hold_the_truth_nineteen_times_in_twenty() -> None:
    """A bootstrap over five misses it far more often."""
    drawn = np.random.default_rng(5)
    held = {share_estimates: 0, mean_estimates: 0}
    for _ in range(200):
        values = (drawn.random((1, 5)) < 0.8).astype(np.float64)
        for estimates in held:
            (found,) = estimates(values, np.arange(5))
            assert found.low is not None
            assert found.high is not None
            held[estimates] += found.low <= 0.8 <= found.high
    assert held[share_estimates] >= 190
    assert held[mean_estimates] < 150


def test_a_lead_lies_between_its_own_ends() -> None:
    lead, _ = share_estimates(np.array([[1.0], [-1.0]]), np.zeros(1), least=-1.0)
    assert lead.low == pytest.approx(-0.95)
    assert lead.high == 1.0
