"""The calibration error with an interval; other figures: `engine.estimates`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.estimates import Estimate, Float64, cluster_weights, with_intervals
from trainer.evaluation.reliability import BINS


def calibration_estimate(confidence: Float64, right: Float64, clusters: NDArray[Any]) -> Estimate:
    """Expected calibration error, as of `trainer.evaluation.reliability.reliability`.

    Chance makes it larger than 0 in any sample; the fewer cases, the more so.

    Args:
        confidence: float64 ``[n]`` in 0..1; n is 1 or more.
        right: float64 ``[n]``, 1 where what was said is right, else 0.
        clusters: Any labels ``[n]``: which cases stand or fall together.
    """
    _, codes = np.unique(clusters, return_inverse=True)
    count = int(codes.max()) + 1
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.zeros((BINS, count))  # confidence less accuracy, summed over cases
    np.add.at(gaps, (bins, codes), confidence - right)
    weights = cluster_weights(count)
    errors = np.abs(gaps @ weights.T).sum(axis=0) / (weights @ np.bincount(codes))
    error = np.abs(gaps.sum(axis=1)).sum() / len(right)
    return with_intervals([error], errors[None], len(right))[0]
