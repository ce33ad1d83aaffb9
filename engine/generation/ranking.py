"""Which of the pictures that were made is the best analogy: the same logic, another look.

A copy of the reference has a relational score of 1, so that score is always read beside an
attribute score (method.md, "Analogical image generation").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.generation.generators import Generated
from engine.jobs import JobControl
from engine.types import PairScore, Query

if TYPE_CHECKING:
    from engine.service import Engine

COPY_ATTRIBUTE = 0.85
"""Attribute similarity from which on a picture is a copy of the reference and no analogy. Pictures
that were compressed, scaled, mirrored or cropped a little lie above it, two different photographs
far below; what loses its colours or its margins may lie below, too (docs/analogies.md)."""

UNRELATED_PERCENTILE = 50.0
"""Below this share of random pairs a picture has no more to do with the reference than chance."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that was made, judged against the reference.

    Attributes:
        generated: The picture.
        relational: Cosine in -1..1.
        attribute: Cosine in -1..1.
        percentile: Share in percent of random pairs that are relationally less alike; None where a
            model knows no pairs to compare with.
        is_copy: Whether it is a mere copy.
        is_unrelated: Whether its logic is no closer than chance.
        place: 1 is the best.
    """

    generated: Generated
    relational: float
    attribute: float
    percentile: float | None
    is_copy: bool
    is_unrelated: bool
    place: int


def rank(
    engine: Engine, reference: Query, generated: Sequence[Generated], control: JobControl
) -> list[Candidate]:
    """Order pictures as analogies of a reference, best first.

    Args:
        engine: Whose model judges.
        reference: What they are to be like in logic and unlike in look.
        generated: In any order.
        control: Progress and cancel, between pictures.

    Raises:
        DecodeError: If the reference cannot be read.
        Cancelled: If `control` was told to.
    """
    found = []
    for done, one in enumerate(generated):
        control.report("Comparing", done, len(generated))
        control.checkpoint()
        found.append(judge(one, engine.score(reference, one.image)))
    control.report("Comparing", len(generated), len(generated))
    return in_order(found)


def judge(generated: Generated, score: PairScore) -> Candidate:
    """A candidate without a place (0)."""
    percentile = None if score.percentile != score.percentile else score.percentile
    return Candidate(
        generated,
        score.relational,
        score.attribute,
        percentile,
        is_copy=score.attribute >= COPY_ATTRIBUTE,
        is_unrelated=percentile is not None and percentile < UNRELATED_PERCENTILE,
        place=0,
    )


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Best first, with their places: copies last, what is unrelated before them.

    Among the others what counts is how far the logic agrees beyond what the look explains, that is
    relational less half the attribute similarity.
    """
    ordered = sorted(candidates, key=_worth)
    return [replace(one, place=place) for place, one in enumerate(ordered, start=1)]


def _worth(candidate: Candidate) -> tuple[bool, bool, float]:
    return (
        candidate.is_copy,
        candidate.is_unrelated,
        0.5 * candidate.attribute - candidate.relational,
    )
