"""Blends pictures and sentences into one question, in each model's space by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.answers import Picture, Question
from engine.errors import QueryError
from engine.types import Float32

_LEAST = 1e-3
"""Length below which a blend of unit vectors points nowhere: its parts undo one another."""


def blend(
    pictures: Sequence[tuple[Picture, float]],
    sentences: Sequence[tuple[Float32, float]],
    *,
    quick: bool = False,
) -> Question:
    """The weighted sum of what is asked about, of norm 1.

    The large model takes part if it knows every picture. The look is that of the pictures that
    hits shall be like; pictures of either sign are no hits.

    Args:
        pictures: With their weights.
        sentences: Unit vectors float32 ``[d]`` with their weights.
        quick: Leave the large model out.

    Raises:
        QueryError: If the parts undo one another.
    """
    if not sentences and len(pictures) == 1:
        return Question.of(pictures[0][0])
    if not pictures and len(sentences) == 1:
        vector = sentences[0][0]
        return Question(vector, None if quick else vector)
    small = _sum([*((p.relational, weight) for p, weight in pictures), *sentences])
    large = None
    seen = [(p.large, weight) for p, weight in pictures if p.large is not None]
    if not quick and len(seen) == len(pictures):
        large = _sum([*seen, *sentences])
    liked = [(p.attribute, weight) for p, weight in pictures if weight > 0]
    ids = frozenset(p.image_id for p, _ in pictures if p.image_id is not None)
    return Question(small, large, _sum(liked) if liked else None, ids)


def _sum(parts: Sequence[tuple[Float32, float]]) -> Float32:
    total = np.sum([weight * vector for vector, weight in parts], axis=0)
    length = float(np.linalg.norm(total))
    if length < _LEAST:
        raise QueryError("The parts of the question undo one another: change a weight")
    return np.asarray(total / length, np.float32)
