"""Confidence: fitting it on scenes whose relation is known, and measuring whether it holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.describe import CaptionBank, Match
from engine.models.spec import DescriptionCalibration
from engine.types import Float32

NEUTRAL = DescriptionCalibration(bias=0.0, cosine=0.0, margin=0.0, threshold=0.5)
"""For a bank that only matches."""

_NEWTON_STEPS = 50
_RIDGE = 1e-3
_BINS = 10


def named_right(bank: CaptionBank, match: Match, relations: list[str]) -> NDArray[np.bool_]:
    """Whether each best caption words the relation that the scene shows, bool ``[n]``."""
    named = [bank.captions[index].relation for index in match.caption.tolist()]
    return np.array([name == shown for name, shown in zip(named, relations, strict=True)])


def fit_calibration(
    match: Match, right: NDArray[np.bool_], threshold: float = 0.5
) -> DescriptionCalibration:
    """Logistic regression of `right` on the best cosine and its margin.

    Args:
        match: Of n scenes, scenes without a relation among them.
        right: bool ``[n]``.
        threshold: Below this confidence no relation is clear.
    """
    design = np.stack(
        [np.ones(len(right)), match.best, match.best - match.runner_up], axis=1, dtype=np.float64
    )
    weights = np.zeros(3)
    for _ in range(_NEWTON_STEPS):
        shares = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (right - shares) - _RIDGE * weights
        curvature = (design.T * (shares * (1 - shares))) @ design + _RIDGE * np.eye(3)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    bias, cosine, margin = weights.round(6).tolist()
    return DescriptionCalibration(bias, cosine, margin, threshold)


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
    index = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    bins = tuple(
        (
            int((index == b).sum()),
            float(confidence[index == b].mean()),
            float(right[index == b].mean()),
        )
        for b in range(_BINS)
        if (index == b).any()
    )
    error = sum(count * abs(mean - accuracy) for count, mean, accuracy in bins) / len(right)
    return Reliability(error, bins)
