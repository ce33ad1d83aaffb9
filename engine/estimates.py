"""Shares and means with intervals that count clusters of alike cases, not cases; agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    weights = cluster_weights(count)
    means = (weights @ sums.T) / (weights @ np.bincount(codes, minlength=count))[:, None]
    return with_intervals(values.mean(axis=1), means.T, values.shape[1])


def median_estimates(values: Float64, clusters: NDArray[Any]) -> list[Estimate]:
    """Medians in place of means; arguments and result as of `mean_estimates`.

    Of two middle values the lower one counts.
    """
    _, codes = np.unique(clusters, return_inverse=True)
    weights = cluster_weights(int(codes.max()) + 1)
    medians, resampled = [], []
    for row in values:
        order = np.argsort(row, kind="stable")
        ordered = row[order]
        below = np.cumsum(weights[:, codes[order]], axis=1)
        middle = (below * 2 < below[:, -1:]).sum(axis=1)
        resampled.append(ordered[middle])
        medians.append(ordered[(len(row) - 1) // 2])
    return with_intervals(medians, np.stack(resampled), values.shape[1])


def cluster_weights(count: int) -> Float64:
    """The resamples of a bootstrap over so many clusters, the same each time.

    Returns:
        How often each resample holds each cluster, float64 ``[RESAMPLES, count]``.
    """
    drawn = np.random.default_rng(_SEED).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    return drawn.astype(np.float64)


def with_intervals(values: ArrayLike, resampled: Float64, n: int) -> list[Estimate]:
    """Figures with intervals from what they are in each resample.

    Args:
        values: float64 ``[k]``, the figures.
        resampled: float64 ``[k, RESAMPLES]``.
        n: Cases behind them.
    """
    low, high = np.percentile(resampled, _TAILS, axis=1)
    rows = zip(np.asarray(values).tolist(), low.tolist(), high.tolist(), strict=True)
    return [Estimate(value, bottom, top, n) for value, bottom, top in rows]


def fleiss_kappa(counts: NDArray[np.integer[Any]]) -> float:
    """Agreement of several people beyond chance (Fleiss, 1971).

    Cases need not have equally many answers; each case counts the same. Cases with fewer than two
    answers say nothing of agreement and are left out.

    Args:
        counts: Integers ``[n, categories]``: how many people gave each answer to each case.

    Returns:
        1 if all agree, 0 if no more than by chance; NaN if no case has two answers, or all answers
        are of one category.
    """
    people = counts.sum(axis=1)
    table = counts[people >= 2].astype(np.float64)
    if not len(table):
        return float("nan")
    people = table.sum(axis=1)
    observed = ((table * (table - 1)).sum(axis=1) / (people * (people - 1))).mean()
    chance = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    return float((observed - chance) / (1 - chance)) if chance < 1 else float("nan")
