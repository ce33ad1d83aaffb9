"""Figures of a filter, and of the people whose labels it learned from: pure functions.

Scores are compared by ``score >= threshold``. Equal scores are never told apart: a threshold keeps
all of them or none.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import KnownError

Bools: TypeAlias = NDArray[np.bool_]
Float64: TypeAlias = NDArray[np.float64]


class Kept(NamedTuple):
    """What a threshold keeps.

    Attributes:
        threshold: The lowest score that is kept.
        rate: Share of all pictures that is kept.
        precision: Share of the kept that is positive.
        recall: Share of the positive that is kept.
    """

    threshold: float
    rate: float
    precision: float
    recall: float


def accuracy(scores: ArrayLike, labels: ArrayLike, threshold: float = 0.5) -> float:
    """Share of pictures whose score is on the side of the threshold where their label is.

    Args:
        scores: ``[n]`` of any range; higher is more positive.
        labels: bool ``[n]``.
        threshold: The lowest score that counts as positive.

    Raises:
        KnownError: If there is nothing to judge, a score is no number, or the lengths differ.
    """
    found, truth = _pairs(scores, labels)
    return float(np.mean((found >= threshold) == truth))


def kept_at(scores: ArrayLike, labels: ArrayLike, threshold: float) -> Kept:
    """What a threshold keeps of labelled pictures; precision is NaN where it keeps none.

    Args:
        scores: ``[n]``.
        labels: bool ``[n]`` of both classes.
        threshold: The lowest score that is kept.

    Raises:
        KnownError: As `accuracy`, or if all labels are equal.
    """
    found, truth = _both_classes(scores, labels)
    kept = found >= threshold
    right = int((kept & truth).sum())
    precision = right / int(kept.sum()) if kept.any() else math.nan
    return Kept(threshold, float(kept.mean()), precision, right / int(truth.sum()))


def threshold_for(scores: ArrayLike, keep_rate: float) -> float:
    """The threshold that keeps a share of these scores.

    At least ``ceil(keep_rate * n)`` are kept, and more only where the lowest of them is tied.

    Args:
        scores: ``[n]``.
        keep_rate: Above 0, at most 1.

    Raises:
        KnownError: If there are no scores, one is no number, the rate is out of range, or all are
            equal, so that no threshold keeps a part.
    """
    found = _numbers(scores)
    if not 0 < keep_rate <= 1:
        raise KnownError(f"A keep rate is above 0 and at most 1, not {keep_rate:g}")
    # A product such as 0.07 * 100 lies a rounding above the whole number that is meant.
    count = max(1, math.ceil(keep_rate * len(found) - 1e-9))
    if count < len(found) and found.min() == found.max():
        raise KnownError(
            f"All {len(found)} scores are {found[0]:g}: no threshold keeps a part of them;"
            " check the filter and the pictures"
        )
    return float(np.sort(found)[-count])


def kept_at_rate(scores: ArrayLike, labels: ArrayLike, keep_rate: float) -> Kept:
    """What the threshold of a keep rate keeps of labelled pictures.

    Raises:
        KnownError: As `threshold_for` and `kept_at`.
    """
    _both_classes(scores, labels)
    return kept_at(scores, labels, threshold_for(scores, keep_rate))


def roc_auc(scores: ArrayLike, labels: ArrayLike) -> float:
    """Chance that a positive picture scores above a negative one; ties count half.

    Raises:
        KnownError: As `kept_at`.
    """
    found, truth = _both_classes(scores, labels)
    _, inverse, counts = np.unique(found, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]  # tied scores share their mean rank
    positive = int(truth.sum())
    above = float(ranks[truth].sum()) - positive * (positive + 1) / 2
    return above / (positive * (len(truth) - positive))


def average_precision(scores: ArrayLike, labels: ArrayLike) -> float:
    """Mean precision over the positives, each at the threshold that just keeps it.

    Raises:
        KnownError: As `kept_at`.
    """
    found, truth = _both_classes(scores, labels)
    values, inverse = np.unique(found, return_inverse=True)
    hits = np.bincount(inverse, weights=truth, minlength=len(values))[::-1]
    counts = np.bincount(inverse, minlength=len(values))[::-1]
    precision = np.cumsum(hits) / np.cumsum(counts)
    return float((precision * hits).sum() / truth.sum())


def calibration_error(scores: ArrayLike, labels: ArrayLike, bins: int = 10) -> float:
    """Mean distance of a probability from the share of positives among those like it.

    Args:
        scores: ``[n]`` in 0..1.
        labels: bool ``[n]``.
        bins: Equally wide ranges of probability within which pictures are averaged.

    Raises:
        KnownError: As `accuracy`.
    """
    found, truth = _pairs(scores, labels)
    place = np.minimum((found * bins).astype(int), bins - 1)
    difference = np.bincount(place, weights=found - truth, minlength=bins)
    return float(np.abs(difference).sum() / len(found))


def agreement(first: ArrayLike, second: ArrayLike) -> float:
    """Share of pictures that two annotators label alike.

    Raises:
        KnownError: If they labelled nothing, or not the same number.
    """
    a, b = _two(first, second)
    return float(np.mean(a == b))


def cohens_kappa(first: ArrayLike, second: ArrayLike) -> float:
    """Agreement of two annotators beyond what their shares of positives would give by chance.

    Returns:
        1 for full agreement, 0 for that of chance, below 0 for less.

    Raises:
        KnownError: As `agreement`, or if both gave one and the same label throughout, where chance
            alone agrees fully.
    """
    a, b = _two(first, second)
    expected = float(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean()))
    if expected == 1:
        raise KnownError(
            "Both annotators gave every picture the same label: kappa says nothing then;"
            " have pictures of both classes labelled"
        )
    return (float(np.mean(a == b)) - expected) / (1 - expected)


def precision_at_prior(kept: Kept, share: float, prior: float) -> float:
    """The precision of a threshold in a source where positives are rarer than among the labels.

    Args:
        kept: What the threshold keeps of the labelled pictures.
        share: Share of positives among those, strictly between 0 and 1.
        prior: Share of positives in the source, in 0..1.

    Returns:
        The precision, NaN where nothing would be kept; it holds as far as the source's pictures
        differ from the labelled ones in nothing but that share.
    """
    false_rate = (kept.rate - kept.recall * share) / (1 - share)
    right, wrong = kept.recall * prior, max(false_rate, 0.0) * (1 - prior)
    return right / (right + wrong) if right + wrong > 0 else math.nan


def expected_scanned(wanted: int, kept: int, scanned: int) -> int:
    """How many pictures have to be scanned, on average, to keep a number of them.

    Args:
        wanted: How many are to be kept.
        kept: How many a scan kept.
        scanned: Of how many found, dropped ones included.

    Raises:
        KnownError: If that scan kept nothing, or more than it found.
    """
    if not 0 < kept <= scanned:
        raise KnownError(
            f"A scan that kept {kept} of {scanned} pictures does not tell how many to scan:"
            " scan more, or lower the threshold"
        )
    return -(-wanted * scanned // kept)


def _numbers(scores: ArrayLike) -> Float64:
    found = np.asarray(scores, np.float64)
    if found.ndim != 1 or len(found) == 0:
        raise KnownError("There are no scores to measure: no picture was labelled and readable")
    if bad := int(np.count_nonzero(~np.isfinite(found))):
        raise KnownError(f"{bad} of {len(found)} scores are no numbers: the filter is broken")
    return found


def _labels(labels: ArrayLike) -> Bools:
    truth: NDArray[Any] = np.asarray(labels)
    if truth.dtype != np.bool_:
        raise TypeError("labels must be bool")
    return truth


def _pairs(scores: ArrayLike, labels: ArrayLike) -> tuple[Float64, Bools]:
    found, truth = _numbers(scores), _labels(labels)
    if found.shape != truth.shape:
        raise KnownError(f"There are {len(found)} scores but {truth.size} labels")
    return found, truth


def _both_classes(scores: ArrayLike, labels: ArrayLike) -> tuple[Float64, Bools]:
    found, truth = _pairs(scores, labels)
    if truth.all() or not truth.any():
        only = "yes" if truth.all() else "no"
        raise KnownError(
            f"All {len(truth)} labels are {only!r}: pictures of both classes are needed"
        )
    return found, truth


def _two(first: ArrayLike, second: ArrayLike) -> tuple[Bools, Bools]:
    a, b = _labels(first), _labels(second)
    if a.shape != b.shape or a.size == 0:
        raise KnownError(
            f"Two annotators must label the same pictures, one or more; these labelled {a.size}"
            f" and {b.size} in common"
        )
    return a, b
