"""How verdicts move hits: what a person said of pairs with the picture that is asked about.

A hit that was judged "no" or "alike" with it sinks, one judged "good" rises, by a fixed number of
standard deviations of the library's pairs; so a hit that was judged bad is found below all that
are any good, and not lost. Pictures near a judged one move the same way, a little: near in logic to
what is a good analogy or none, near in look to what only looks alike. Nothing is trained, each
verdict counts for its own picture's questions alone, and taking it back takes the move back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.model_set import ModelSet
from engine.store import Store
from engine.types import Float32, PairVerdict

MOVES: Final[Mapping[PairVerdict, float]] = {"good": 1.5, "alike": -3.0, "no": -3.0}
"""How far a judged hit moves, in standard deviations of the library's pairs."""

NEAR: Final = 0.5
"""How far a picture moves that is as good as the same as a judged one."""


def moves_by_verdicts(
    store: Store, models: ModelSet, asked: Sequence[tuple[int, float]]
) -> Callable[[NDArray[np.int64]], NDArray[np.float64]] | None:
    """See `Wishes.moved`.

    Nearness is the small model's, which has seen every hit.

    Args:
        store: Knows the verdicts.
        models: Measure what is near.
        asked: Images that are asked about with their weights above 0; a verdict counts by the share
            of its image.

    Returns:
        None where nothing was judged.
    """
    total = sum(weight for _, weight in asked)
    own: dict[int, float] = {}
    by_verdict: dict[PairVerdict, set[int]] = {"good": set(), "alike": set(), "no": set()}
    for image_id, weight in asked:
        for other, verdict in store.verdicts_of(image_id).items():
            own[other] = own.get(other, 0.0) + MOVES[verdict] * weight / total
            by_verdict[verdict].add(other)
    if not own:
        return None

    pairs = models.small.sample().pairs
    near_logic = _nearness(models, by_verdict["good"], models.small.vectors, pairs.relational)
    near_none = _nearness(models, by_verdict["no"], models.small.vectors, pairs.relational)
    near_look = _nearness(models, by_verdict["alike"], models.looks, pairs.attribute)

    def moved(ids: NDArray[np.int64]) -> NDArray[np.float64]:
        near = near_logic(ids) - near_none(ids) - near_look(ids)
        return np.array([own.get(image_id, 0.0) for image_id in ids.tolist()]) + NEAR * near

    return moved


def _nearness(
    models: ModelSet,
    judged: set[int],
    vectors: Callable[[Sequence[int]], Float32],
    pairs: Float32,
) -> Callable[[NDArray[np.int64]], NDArray[np.float64]]:
    """How near images are to the nearest of the judged ones.

    It is 0 up to one standard deviation above an average pair, 1 for the same picture, and grows
    with the square of the way between, so that only what is really near feels it.
    """
    ids = np.array(sorted(judged), np.int64)
    ids = ids[models.small.has(ids)] if len(ids) else ids
    if not len(ids):
        return lambda candidates: np.zeros(len(candidates))
    known = vectors(ids.tolist())
    far = float(pairs.mean() + pairs.std()) if len(pairs) else 0.0

    def near(candidates: NDArray[np.int64]) -> NDArray[np.float64]:
        cosines = (vectors(candidates.tolist()) @ known.T).max(axis=1, initial=-1.0)
        way = np.clip((cosines - far) / max(1.0 - far, 1e-6), 0.0, 1.0)
        return np.asarray(way**2, np.float64)

    return near
