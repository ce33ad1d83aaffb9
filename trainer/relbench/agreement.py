"""How far two annotators agree who looked at the same pictures alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from trainer.relbench.annotations import Annotations
from trainer.scenes.types import NONE

UNCLEAR = "unclear"


def cohens_kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Agreement beyond chance (Cohen, 1960): 1 if all answers agree, 0 if no more than by chance.

    Args:
        first: Answers of one annotator.
        second: Answers of the other on the same pictures; NaN if there are none, or all are equal.
    """
    count = len(first)
    if not count:
        return float("nan")
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / count
    theirs = Counter(second)
    by_chance = sum(n * theirs[name] for name, n in Counter(first).items()) / count**2
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def agreement(annotations: Annotations) -> dict[str, Any]:
    """Figures of the second, blind pass.

    Returns:
        ``pictures``: how many were looked at twice, ``unclear`` to the second annotator among them.
        Then, over those that are clear, shares in 0..1 and Cohen's kappa: ``related``: whether
        there is a relation; ``relation``: which, ``none`` being one; ``among_related``: which,
        where both see one, and ``with_second``: the same if either annotator's second relation
        counts.
    """
    looked = [
        (annotations.pictures[opinion.picture], opinion)
        for opinion in annotations.second_pass
        if opinion.picture in annotations.pictures
    ]
    clear = [(picture, own) for picture, own in looked if own.relation != UNCLEAR]
    both = [(p, own) for p, own in clear if NONE not in (p.relation, own.relation)]
    lenient = [
        p.relation in (own.relation, own.second) or own.relation == p.second for p, own in both
    ]
    return {
        "pictures": len(looked),
        "unclear": len(looked) - len(clear),
        "related": _figures(
            [str(p.relation != NONE) for p, _ in clear],
            [str(own.relation != NONE) for _, own in clear],
        ),
        "relation": _figures([p.relation for p, _ in clear], [own.relation for _, own in clear]),
        "among_related": _figures([p.relation for p, _ in both], [own.relation for _, own in both]),
        "with_second": sum(lenient) / max(1, len(lenient)),
    }


def _figures(first: Sequence[str], second: Sequence[str]) -> dict[str, float]:
    same = sum(a == b for a, b in zip(first, second, strict=True))
    return {
        "n": len(first),
        "agreement": same / max(1, len(first)),
        "kappa": cohens_kappa(first, second),
    }
