"""An order of pictures in which those that are alike stand side by side."""

from __future__ import annotations

import numpy as np

from engine.types import Float32


def seriate(similarity: Float32) -> list[int]:
    """Order the rows of a similarity matrix by the leaves of an average-linkage tree.

    Where two branches meet, each is turned so that the ends which touch are the most alike. The
    same matrix gives the same order; the cost is cubic, which is milliseconds for 60 pictures.

    Args:
        similarity: float32 ``[n, n]``, symmetric; the diagonal does not matter.

    Returns:
        A permutation of ``0 .. n - 1``. Of the two directions, the one whose first row comes first.
    """
    n = len(similarity)
    if n < 3:
        return list(range(n))
    between = similarity.astype(np.float64)
    np.fill_diagonal(between, -np.inf)
    branches: list[list[int]] = [[leaf] for leaf in range(n)]
    alive = np.ones(n, bool)
    for _ in range(n - 1):
        # The first of several maxima, so that ties are settled by the order given.
        a, b = divmod(int(np.argmax(between)), n)
        a, b = min(a, b), max(a, b)
        sizes = len(branches[a]), len(branches[b])
        merged = (sizes[0] * between[a] + sizes[1] * between[b]) / sum(sizes)
        branches[a] = _joined(branches[a], branches[b], similarity)
        alive[b] = False
        merged[~alive] = -np.inf
        merged[a] = -np.inf
        between[a], between[:, a] = merged, merged
        between[b], between[:, b] = -np.inf, -np.inf
    order = branches[0]
    return order if order.index(0) <= order.index(n - 1) else order[::-1]


def _joined(first: list[int], second: list[int], similarity: Float32) -> list[int]:
    ways = (
        (first, second),
        (first, second[::-1]),
        (first[::-1], second),
        (first[::-1], second[::-1]),
    )
    left, right = max(ways, key=lambda way: float(similarity[way[0][-1], way[1][0]]))
    return left + right
