"""Shares and means with intervals that count clusters of alike cases, not cases; agreement."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float64 = NDArray[np.float64]

RESAMPLES = 1000
_SEED = 0
_TAILS = (2.5, 97.5)
_FEW = 10  # clusters; a bootstrap over fewer gives intervals that are far too narrow
_HALVINGS = 60  # of an interval, until its ends are those of a float64


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


def share_estimates(
    values: Float64, clusters: NDArray[Any], *, least: float = 0.0
) -> list[Estimate]:
    """Means as of `mean_estimates`, whose intervals do not pretend where there is little to go by.

    A bootstrap cannot see what no case has shown: where all clusters came out alike, for example
    where there is only one, its interval is a point. There, and where there are fewer than ten
    clusters, the interval is that of Chernoff's bound, which holds for any means of independent
    values between two ends. If all of n clusters say 1, it begins at 0.025 to the power 1/n, as the
    exact one does.

    Args:
        values: As of `mean_estimates`, each in `least`..1.
        clusters: As of `mean_estimates`.
        least: What a value is at the least.
    """
    _, codes = np.unique(clusters, return_inverse=True)
    sizes = np.bincount(codes).astype(np.float64)
    count = float(sizes.sum() ** 2 / (sizes**2).sum())  # a large one counts for more than others
    found = []
    for mean in mean_estimates(values, clusters):
        low, high = mean.low or 0.0, mean.high or 0.0
        if len(sizes) < _FEW or high - low < 1e-9:
            ends = _chernoff((mean.value - least) / (1 - least), count)
            low, high = (least + (1 - least) * end for end in ends)
        found.append(Estimate(mean.value, low, high, mean.n))
    return found


def _chernoff(share: float, count: float) -> tuple[float, float]:
    """Where the true share lies with 95 % if the mean of so many in 0..1 is `share`."""
    most = math.log(2 / 0.05) / count

    def end(outer: float) -> float:
        inner = share
        for _ in range(_HALVINGS):
            middle = (inner + outer) / 2
            if _divergence(share, middle) <= most:
                inner = middle
            else:
                outer = middle
        return inner

    return end(0.0), end(1.0)


def _divergence(share: float, other: float) -> float:
    """Of two coins (Kullback and Leibler), in nats."""
    pairs = ((share, other), (1 - share, 1 - other))
    return sum(p * math.log(p / q) if q > 0 else math.inf for p, q in pairs if p > 0)


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


def pair_agreement(counts: NDArray[np.integer[Any]]) -> float:
    """The share of pairs of people who gave the same answer, as a mean over cases.

    Args:
        counts: As of `fleiss_kappa`; cases with fewer than two answers are left out.

    Returns:
        0..1; NaN if no case has two answers.
    """
    table = _with_pairs(counts)
    people = table.sum(axis=1)
    agreeing = (table * (table - 1)).sum(axis=1) / (people * (people - 1))
    return float(agreeing.mean()) if len(table) else float("nan")


def fleiss_kappa(counts: NDArray[np.integer[Any]]) -> float:
    """Agreement of several people beyond chance (Fleiss, 1971).

    Cases need not have equally many answers; each counts the same, in what is observed and in what
    chance would do (Gwet, Handbook of Inter-Rater Reliability, 2014). Cases with fewer than two
    answers say nothing of agreement and are left out.

    Args:
        counts: Integers ``[n, categories]``: how many people gave each answer to each case.

    Returns:
        1 if all agree, 0 if no more than by chance; NaN if no case has two answers, or all answers
        are of one category.
    """
    table = _with_pairs(counts)
    if not len(table) or np.count_nonzero(table.sum(axis=0)) == 1:
        return float("nan")
    chance = float(((table / table.sum(axis=1, keepdims=True)).mean(axis=0) ** 2).sum())
    return (pair_agreement(counts) - chance) / (1 - chance)


def _with_pairs(counts: NDArray[np.integer[Any]]) -> Float64:
    table: Float64 = counts[counts.sum(axis=1) >= 2].astype(np.float64)
    return table
