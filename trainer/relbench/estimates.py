"""Shares and means with intervals that count clusters of alike cases, not cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trainer.evaluation.reliability import BINS

Float64 = NDArray[np.float64]

RESAMPLES = 1000
_SEED = 0
_TAILS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval.

    Attributes:
        value: The figure.
        low: Lower end of the interval; None where the figure is known without measuring.
        high: Its upper end; None likewise.
        n: Cases behind it.
    """

    value: float
    low: float | None
    high: float | None
    n: int

    @classmethod
    def known(cls, value: float, n: int) -> Estimate:
        """A figure by formula."""
        return cls(value, None, None, n)

    def document(self) -> dict[str, Any]:
        """For JSON: the attributes, rounded to six places."""
        ends = [None if end is None else round(end, 6) for end in (self.low, self.high)]
        return {"value": round(self.value, 6), "low": ends[0], "high": ends[1], "n": self.n}


def mean_estimates(values: Float64, clusters: NDArray[Any]) -> list[Estimate]:
    """Means of several rows over the same cases, by a bootstrap over clusters.

    All rows see the same resamples, drawn from a fixed seed.

    Args:
        values: float64 ``[k, n]``, a row for each figure; n is 1 or more.
        clusters: Any labels ``[n]``: which cases stand or fall together.

    Returns:
        k estimates.
    """
    _, codes = np.unique(clusters, return_inverse=True)
    count = int(codes.max()) + 1
    sums = np.stack([np.bincount(codes, row, count) for row in values])
    weights = _weights(count)
    means = (weights @ sums.T) / (weights @ np.bincount(codes, minlength=count))[:, None]
    return _estimates(values.mean(axis=1), means.T, values.shape[1])


def median_estimates(values: Float64, clusters: NDArray[Any]) -> list[Estimate]:
    """Medians in place of means; arguments and result as of `mean_estimates`.

    Of two middle values the lower one counts.
    """
    _, codes = np.unique(clusters, return_inverse=True)
    weights = _weights(int(codes.max()) + 1)
    medians, resampled = [], []
    for row in values:
        order = np.argsort(row, kind="stable")
        ordered = row[order]
        below = np.cumsum(weights[:, codes[order]], axis=1)
        middle = (below * 2 < below[:, -1:]).sum(axis=1)
        resampled.append(ordered[middle])
        medians.append(ordered[(len(row) - 1) // 2])
    return _estimates(medians, np.stack(resampled), values.shape[1])


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
    weights = _weights(count)
    errors = np.abs(gaps @ weights.T).sum(axis=0) / (weights @ np.bincount(codes))
    error = np.abs(gaps.sum(axis=1)).sum() / len(right)
    return _estimates([error], errors[None], len(right))[0]


def _weights(count: int) -> Float64:
    """How often each resample holds each cluster, float64 ``[RESAMPLES, count]``."""
    drawn = np.random.default_rng(_SEED).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    return drawn.astype(np.float64)


def _estimates(values: ArrayLike, resampled: Float64, n: int) -> list[Estimate]:
    low, high = np.percentile(resampled, _TAILS, axis=1)
    rows = zip(np.asarray(values).tolist(), low.tolist(), high.tolist(), strict=True)
    return [Estimate(value, bottom, top, n) for value, bottom, top in rows]
