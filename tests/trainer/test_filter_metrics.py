"""Every figure against a value that can be worked out on paper, and against brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, cohen_kappa_score, roc_auc_score

from engine.errors import KnownError
from trainer.filter.metrics import (
    Kept,
    accuracy,
    agreement,
    average_precision,
    calibration_error,
    cohens_kappa,
    expected_scanned,
    kept_at,
    kept_at_rate,
    precision_at_prior,
    roc_auc,
    threshold_for,
)

SCORES = [0.9, 0.8, 0.7, 0.3, 0.1]
LABELS = [True, False, True, True, False]

# Few different scores, so that most draws hold ties.
judged = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40).filter(
    lambda pairs: len({label for _, label in pairs}) == 2
)


def test_accuracy_counts_both_sides_of_the_threshold() -> None:
    assert accuracy(SCORES, LABELS) == 3 / 5
    assert accuracy(SCORES, LABELS, 0.2) == 4 / 5
    assert accuracy([0.5], [True]) == 1.0  # the threshold itself is kept


def test_a_threshold_keeps_what_is_not_below_it() -> None:
    assert kept_at(SCORES, LABELS, 0.7) == Kept(0.7, 3 / 5, 2 / 3, 2 / 3)
    nothing = kept_at(SCORES, LABELS, 0.95)
    assert math.isnan(nothing.precision)
    assert nothing.rate == nothing.recall == 0


def test_a_keep_rate_is_rounded_up_to_whole_pictures() -> None:
    assert [threshold_for(SCORES, rate) for rate in (0.01, 0.2, 0.21, 0.6, 1)] == [
        0.9, 0.9, 0.8, 0.7, 0.1,
    ]  # fmt: skip
    assert threshold_for(np.arange(100.0), 0.07) == 93  # although 0.07 * 100 is above 7
    assert kept_at_rate(SCORES, LABELS, 0.4) == Kept(0.8, 2 / 5, 1 / 2, 1 / 3)


def test_equal_scores_are_kept_together() -> None:
    assert threshold_for([1, 1, 1, 0], 0.25) == 1
    assert kept_at_rate([1.0, 1.0, 1.0, 0.0], LABELS[:4], 0.25).rate == 3 / 4
    assert threshold_for([1, 1], 1) == 1
    with pytest.raises(KnownError, match=r"All 3 scores are 0\.5: no threshold"):
        threshold_for([0.5, 0.5, 0.5], 0.1)


@pytest.mark.parametrize("rate", [0, -0.1, 1.1, math.nan])
def test_a_keep_rate_is_a_share(rate: float) -> None:
    with pytest.raises(KnownError, match="above 0 and at most 1"):
        threshold_for(SCORES, rate)


def test_auc_of_perfect_reversed_and_tied_scores() -> None:
    assert roc_auc([3, 2, 1], [True, True, False]) == 1
    assert roc_auc([1, 2, 3], [True, True, False]) == 0
    assert roc_auc([1, 1, 1], [True, True, False]) == 0.5
    assert roc_auc([2, 1, 1], [True, True, False]) == 0.75


def test_average_precision_by_hand() -> None:
    assert average_precision(SCORES, LABELS) == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)
    assert average_precision([1, 1, 1, 1], LABELS[:4]) == 3 / 4  # the share of positives


@given(judged)
def test_areas_are_those_of_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    scores, labels = map(np.array, zip(*pairs, strict=True))
    assert roc_auc(scores, labels) == pytest.approx(roc_auc_score(labels, scores))
    assert average_precision(scores, labels) == pytest.approx(
        average_precision_score(labels, scores)
    )


@given(judged, st.floats(0.01, 1))
def test_no_higher_threshold_keeps_enough(pairs: list[tuple[int, bool]], rate: float) -> None:
    scores = np.array([score for score, _ in pairs])
    try:
        threshold = threshold_for(scores, rate)
    except KnownError:
        assert len(set(scores)) == 1
        return
    assert (scores >= threshold).mean() >= rate - 1e-9
    higher = scores[scores > threshold]
    assert len(higher) < rate * len(scores)


def test_calibration_error_is_the_distance_from_the_shares() -> None:
    assert calibration_error([1.0, 0.0], [True, False]) == 0
    assert calibration_error([0.75] * 4, [True, True, False, False]) == 0.25
    assert calibration_error([0.95, 0.05], [False, True]) == pytest.approx(0.95)


def test_kappa_by_hand() -> None:
    # 20 both yes, 5 and 10 disputed, 15 both no: agreement 0.7, by chance 0.5.
    first = np.repeat([True, True, False, False], [20, 5, 10, 15])
    second = np.repeat([True, False, True, False], [20, 5, 10, 15])
    assert agreement(first, second) == 0.7
    assert cohens_kappa(first, second) == pytest.approx(0.4)
    assert cohens_kappa(first, ~first) == pytest.approx(-1)
    assert cohens_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


def test_kappa_of_annotators_who_know_one_label_is_refused() -> None:
    with pytest.raises(KnownError, match="same label"):
        cohens_kappa([True, True], [True, True])
    assert cohens_kappa([True, True], [True, False]) == 0


def test_annotators_share_pictures() -> None:
    with pytest.raises(KnownError, match="one or more"):
        agreement(np.array([], bool), np.array([], bool))
    with pytest.raises(KnownError, match="labelled 1 and 2"):
        cohens_kappa([True], [True, False])


def test_precision_falls_with_the_share_of_positives() -> None:
    kept = Kept(0.5, rate=0.45, precision=0.8 * 0.5 / 0.45, recall=0.8)  # 10 % of negatives kept
    assert precision_at_prior(kept, 0.5, 0.5) == pytest.approx(kept.precision)
    assert precision_at_prior(kept, 0.5, 0.01) == pytest.approx(0.008 / (0.008 + 0.099))
    assert math.isnan(precision_at_prior(Kept(2, 0, math.nan, 0), 0.5, 0.1))


def test_how_many_to_scan() -> None:
    assert expected_scanned(114_881, 7, 1000) == 16_411_572
    assert expected_scanned(10, 5, 5) == 10
    with pytest.raises(KnownError, match="kept 0 of 100"):
        expected_scanned(10, 0, 100)


@pytest.mark.parametrize("measure", [roc_auc, average_precision])
@pytest.mark.parametrize("label", [True, False])
def test_one_class_is_refused(measure: object, label: bool) -> None:
    assert callable(measure)
    with pytest.raises(KnownError, match="pictures of both classes"):
        measure([0.1, 0.2], [label, label])


def test_scores_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(KnownError, match="1 of 2 scores"):
        roc_auc([math.nan, 0.2], [True, False])
    with pytest.raises(KnownError, match="1 of 2 scores"):
        threshold_for([math.inf, 0.2], 0.5)
    with pytest.raises(KnownError, match="no scores"):
        accuracy([], np.array([], bool))
    with pytest.raises(KnownError, match="2 scores but 1 labels"):
        accuracy([0.1, 0.2], [True])


def test_labels_are_true_or_false() -> None:
    with pytest.raises(TypeError):
        accuracy([0.1, 0.9], [0, 1])
