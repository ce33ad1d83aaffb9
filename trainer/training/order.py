"""Which pictures a step sees: a function of its number alone, so that a run goes on anywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def batch_at(step: int, count: int, batch_size: int, seed: int) -> NDArray[np.int64]:
    """The batch of one step.

    Every epoch is another permutation. The last batch of an epoch is left out where it is short,
    because a contrastive loss over fewer captions is another loss.

    Args:
        step: From 0.
        count: Pictures there are; at least `batch_size`.
        batch_size: Over all processes.
        seed: Another seed is another order.

    Returns:
        int64 ``[batch_size]``, no index twice.
    """
    epoch, place = divmod(step, count // batch_size)
    order = np.random.default_rng((seed, epoch)).permutation(count)
    return order[place * batch_size : (place + 1) * batch_size]


def steps_of(epochs: float, count: int, batch_size: int) -> int:
    """How many steps so many passes over the pictures are, at least 1."""
    return max(1, round(epochs * (count // batch_size)))
