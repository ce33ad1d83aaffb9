"""A picture worth starting from, for whoever has no question yet."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.errors import QueryError
from engine.model_set import ModelSet

_LOOKED_AT: Final = 48
"""Pictures drawn by chance, of which the best are worth it."""

_BEST: Final = 8
"""So many of them, so that another draw brings another picture."""

_RELATIVES: Final = 4
"""Nearest relatives by which a picture is judged."""


def worth_starting_from(models: ModelSet, seed: int | None = None) -> int:
    """The id of an image whose relation is clear, and whose relatives look different.

    Chance decides among the best of a handful, so no image that is any good is left out for ever.

    Args:
        models: The small one judges, which has seen every image.
        seed: The same seed gives the same image of the same library; None for another each time.

    Raises:
        QueryError: If the library is empty.
    """
    ids = models.small.index().ids()
    if not len(ids):
        raise QueryError("The library is empty. Index a folder of pictures first.")
    generator = np.random.default_rng(seed)
    drawn = generator.choice(ids, min(_LOOKED_AT, len(ids)), replace=False)
    vectors = models.small.vectors(drawn.tolist())
    looks = models.looks(drawn.tolist())
    clear = models.bank.confidence(models.bank.match(vectors))
    pairs = models.small.sample().pairs
    worth = np.empty(len(drawn))
    for row, image_id in enumerate(drawn.tolist()):
        hits = models.small.nearest(vectors[row], _RELATIVES, {image_id})
        alike = models.looks(hits.ids.tolist()) @ looks[row]
        related = pairs.surprise(hits.scores, alike, 0.0)
        # Looking different from a relative is as good as looking like any picture.
        surprise = np.minimum(related, pairs.surprise(hits.scores, alike, 1.0))
        worth[row] = clear[row] * surprise.mean() if len(surprise) else 0.0
    best = np.argsort(-worth, kind="stable")[:_BEST]
    return int(drawn[generator.choice(best)])
