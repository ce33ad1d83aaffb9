"""Blends pictures and sentences into one question, in each model's space by itself.

Images differ much more in how they fit a picture than in how they fit a sentence, so in a plain sum
the sentence would hardly be heard. A sentence beside a picture is therefore scaled: with equal
weights, the library's images are spread as much by the one as by the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.errors import QueryError
from engine.model_set import ModelSet
from engine.search.answers import Picture, Question
from engine.search.searcher import Searcher
from engine.types import Float32

_LEAST = 1e-3
"""Length below which a blend of unit vectors points nowhere: its parts undo one another."""

Weighted = Sequence[tuple[Float32, float]]


def blend(
    models: ModelSet,
    pictures: Sequence[tuple[Picture, float]],
    sentences: Weighted,
    *,
    quick: bool = False,
) -> Question:
    """The weighted sum of what is asked about, of norm 1.

    The large model takes part if it knows every picture. The look is that of the pictures that
    hits shall be like; pictures of either sign are no hits.

    Args:
        models: Whose spaces they are.
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
    small = _mixed(models.small, [(p.relational, weight) for p, weight in pictures], sentences)
    large = None
    seen = [(p.large, weight) for p, weight in pictures if p.large is not None]
    if models.large is not None and not quick and len(seen) == len(pictures):
        large = _mixed(models.large, seen, sentences)
    liked = [(p.attribute, weight) for p, weight in pictures if weight > 0]
    ids = frozenset(p.image_id for p, _ in pictures if p.image_id is not None)
    return Question(
        small,
        large,
        _unit(_sum(liked)) if liked else None,
        np.stack([p.attribute for p, _ in pictures]) if pictures else None,
        ids,
    )


def steered(models: ModelSet, question: Question, sentence: Float32, amount: float) -> Question:
    """Turn a question towards the relation that is meant.

    Args:
        models: Whose spaces they are.
        question: What is asked.
        sentence: Unit vector float32 ``[d]`` of a caption of that relation.
        amount: 0 leaves the question as it is, 1 asks for the relation alone.

    Raises:
        QueryError: If question and sentence undo one another.
    """
    if amount <= 0:
        return question

    def turned(searcher: Searcher, vector: Float32) -> Float32:
        return _mixed(searcher, [(vector, 1.0 - amount)], [(sentence, amount)])

    large = None
    if models.large is not None and question.large is not None:
        large = turned(models.large, question.large)
    return replace(
        question,
        relational=turned(models.small, question.relational),
        large=large,
        is_picture=False,
    )


def _mixed(searcher: Searcher, pictures: Weighted, sentences: Weighted) -> Float32:
    """The unit sum in the space of one model, where sentences are heard as pictures are."""
    if pictures and sentences:
        sample = searcher.sample().relational
        if len(sample) > 1:
            spread = float(np.mean([np.std(sample @ vector) for vector, _ in pictures]))
            sentences = [
                (vector, weight * spread / max(float(np.std(sample @ vector)), 1e-6))
                for vector, weight in sentences
            ]
    return _unit(_sum([*pictures, *sentences]))


def _sum(parts: Weighted) -> Float32:
    total: Float32 = np.sum([weight * vector for vector, weight in parts], axis=0)
    return total


def _unit(vector: Float32) -> Float32:
    length = float(np.linalg.norm(vector))
    if length < _LEAST:
        raise QueryError("The parts of the question undo one another: change a weight")
    return np.asarray(vector / length, np.float32)
