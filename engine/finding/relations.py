"""Which relation is meant: the candidates of one picture, and what several pictures share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.describe import SAME_MEANING, CaptionBank
from engine.types import Float32

LEAST_CONFIDENCE: Final = 0.02
"""Probability below which a relation is not worth proposing."""

SHARPNESS: Final = 20.0
"""How nearly the soft minimum over pictures is the minimum; in units of a cosine."""

_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that pictures may show.

    Attributes:
        text: Its anonymous caption.
        confidence: Calibrated probability in 0..1 that it is theirs.
        name: A few words for it.
    """

    text: str
    confidence: float
    name: str


def bank_relations(bank: CaptionBank, relational: Float32, limit: int) -> list[Relation]:
    """What the caption bank sees in one picture, or in all of several.

    The candidates of several pictures are ranked by how well they fit the picture that they fit
    least: a caption's cosine is the soft minimum over the pictures, so a relation that one of
    them lacks is none that they share.

    Args:
        bank: The captions.
        relational: The small model's vectors float32 ``[n, 384]``, n at least 1.
        limit: How many at most.

    Returns:
        Relations of distinct meaning, the most probable first; none where nothing is clear.
    """
    cosines = bank.cosines(relational)
    together = -np.log(np.mean(np.exp(-SHARPNESS * cosines), axis=0)) / SHARPNESS
    return [
        Relation(caption.text, confidence, caption.relation.replace("_", " "))
        for caption, confidence in bank.candidates(together.astype(np.float32), limit)
        if confidence >= LEAST_CONFIDENCE
    ]


def with_written(
    caption: str, confidence: float, guessed: Sequence[Relation], vectors: Float32
) -> list[Relation]:
    """Put what a person or a captioner wrote of a picture before what the bank guesses.

    Args:
        caption: What is written.
        confidence: That it is right.
        guessed: Of the bank, distinct in meaning; those that mean the caption are left out.
        vectors: float32 ``[1 + len(guessed), 384]``, unit rows of the text encoder: of the caption,
            then of each guess.
    """
    means_it = (vectors[1:] @ vectors[0] >= SAME_MEANING).tolist()
    names = [relation.name for relation, same in zip(guessed, means_it, strict=True) if same]
    others = [relation for relation, same in zip(guessed, means_it, strict=True) if not same]
    return [Relation(caption, confidence, names[0] if names else short_name(caption)), *others]


def short_name(caption: str) -> str:
    """The first words of a caption, without braces."""
    words = re.sub(r"[{}]", "", caption).split()
    return " ".join(words[:_NAME_WORDS]) + ("…" if len(words) > _NAME_WORDS else "")
