"""Confidence: fitting it on scenes whose relation is known, and measuring whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.describe import CaptionBank, Match
from engine.models.spec import DescriptionCalibration
from engine.types import Float32
from trainer.contrastive.bank import bank_names
from trainer.scenes import NONE

NEUTRAL = DescriptionCalibration(bias=0.0, cosine=0.0, margin=0.0, threshold=0.5)
"""For a bank that only matches."""

BINS = 10
"""Of confidence, of equal width."""

_NEWTON_STEPS = 50
_RIDGE = 1e-3


def says(bank: CaptionBank, named: str, shown: Iterable[str | None]) -> bool:
    """Whether a relation of the bank is one that is shown, equals it, or is worded alike.

    Args:
        bank: The captions.
        named: A relation of the bank.
        shown: Relations that are drawn, or keys of the codebook; None and ``none`` are nothing.
    """
    return any(
        bank.are_alike(named, name)
        for relation in shown
        if relation is not None and relation != NONE
        for name in bank_names(relation)
    )


def named_right(
    bank: CaptionBank,
    match: Match,
    relations: Sequence[str],
    seconds: Sequence[str | None] | None = None,
) -> NDArray[np.bool_]:
    """Whether each best caption words a relation that the picture shows.

    Args:
        bank: What was matched.
        match: Of n pictures.
        relations: What each shows, ``none`` where nothing is right; see `says`.
        seconds: What each shows as clearly, if anything.

    Returns:
        bool ``[n]``.
    """
    named = [bank.captions[index].relation for index in match.caption.tolist()]
    others = [None] * len(named) if seconds is None else seconds
    return np.array(
        [says(bank, *one) for one in zip(named, zip(relations, others, strict=True), strict=True)]
    )


def shared_weights(parts: Sequence[tuple[int, float]]) -> NDArray[np.float64]:
    """Weights by which parts of a sample count as said, whatever their sizes.

    Args:
        parts: Of each part how many cases it has, 1 or more, and its share of the whole; the
            shares add up to 1.

    Returns:
        float64 ``[n]`` of mean 1, the cases part by part.
    """
    counts, shares = (np.array(column, np.float64) for column in zip(*parts, strict=True))
    return np.repeat(shares * counts.sum() / counts, counts.astype(int))


def fit_calibration(
    match: Match,
    right: NDArray[np.bool_],
    weight: NDArray[np.float64] | None = None,
    *,
    threshold: float = 0.5,
) -> DescriptionCalibration:
    """Logistic regression of `right` on the best cosine, its margin, and the mean cosine.

    Args:
        match: Of n pictures, pictures without a relation among them.
        right: bool ``[n]``.
        weight: float64 ``[n]`` of mean 1, how much each counts; None for alike.
        threshold: Below this confidence no relation is clear.
    """
    design = np.stack(
        [np.ones(len(right)), match.best, match.best - match.runner_up, match.common],
        axis=1,
        dtype=np.float64,
    )
    counts = np.ones(len(right)) if weight is None else weight
    fitted = np.zeros(design.shape[1])
    for _ in range(_NEWTON_STEPS):
        shares = 1 / (1 + np.exp(-design @ fitted))
        gradient = design.T @ (counts * (right - shares)) - _RIDGE * fitted
        curvature = (design.T * (counts * shares * (1 - shares))) @ design
        step = np.linalg.solve(curvature + _RIDGE * np.eye(len(fitted)), gradient)
        fitted = fitted + step
        if np.abs(step).max() < 1e-9:
            break
    bias, cosine, margin, common = fitted.round(6).tolist()
    return DescriptionCalibration(bias, cosine, margin, threshold, common)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Whether confidences mean what they say.

    Attributes:
        expected_error: Mean distance of confidence and accuracy over ten bins of equal width,
            weighted by how many scenes fall into each (expected calibration error).
        bins: For each bin that is not empty: scenes, mean confidence, accuracy.
    """

    expected_error: float
    bins: tuple[tuple[int, float, float], ...]


def reliability(confidence: Float32, right: NDArray[np.bool_]) -> Reliability:
    """Of float ``[n]`` confidences in 0..1 and bool ``[n]`` outcomes."""
    index = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins = tuple(
        (
            int((index == b).sum()),
            float(confidence[index == b].mean()),
            float(right[index == b].mean()),
        )
        for b in range(BINS)
        if (index == b).any()
    )
    error = sum(count * abs(mean - accuracy) for count, mean, accuracy in bins) / len(right)
    return Reliability(error, bins)
