"""Descriptions of real pictures: do they name the relation that a person wrote down?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.describe import CaptionBank
from engine.estimates import Estimate, Float64, mean_estimates
from engine.models.chosen import ModelRequest
from engine.types import Float32
from trainer.evaluation.loading import find_chosen
from trainer.evaluation.reliability import says
from trainer.relbench.annotations import Picture
from trainer.relbench.estimates import calibration_estimate
from trainer.relbench.figures import CHANCE, Table
from trainer.relbench.rows import REFERENCE, RELATIONAL, Row
from trainer.scenes import NONE

FIRST = 3
"""How many relations are proposed of a picture."""


def banks_of(requests: Sequence[ModelRequest], rows: Sequence[Row]) -> dict[str, CaptionBank]:
    """The caption bank as each small model uses it, by the name of the model's relational row.

    A large model does without: it has no calibration, and a captioner to speak for it.

    Args:
        requests: The models.
        rows: What `trainer.relbench.rows.compute_rows` gave for them.

    Raises:
        ModelError: If the bank is missing or damaged.
    """
    relational = [row.name for row in rows if row.kind == RELATIONAL]
    chosen = [find_chosen(request) for request in requests]
    return {
        name: CaptionBank.load(one.small)
        for name, one in zip(relational, chosen, strict=True)
        if one.relsim is None
    }


def description_figures(
    pictures: Sequence[Picture], rows: Sequence[Row], banks: Mapping[str, CaptionBank]
) -> dict[str, Any]:
    """How well the bank describes pictures.

    Args:
        pictures: What people said of them; one or more shows a relation.
        rows: Vectors of the pictures in their order. Those of models that have a bank are measured,
            those of references only as far as no calibration is needed.
        banks: By name of row; one or more.

    Returns:
        ``captions`` and ``relations`` of the bank; ``pictures`` and ``related`` (how many); and
        ``table``: row to ``top1`` and ``top3`` (share of the related pictures whose relation, or
        second relation, is named first, or among the first `FIRST` of distinct meaning),
        ``shown`` (share of pictures that get a description), ``right_if_shown``,
        ``right_if_silent`` (share of the others whose best caption would have been wrong),
        ``calibration_error``. What would be a share of nothing is left out.
    """
    bank = next(iter(banks.values()))
    right = _Right(bank)
    related = np.array([one.relation != NONE for one in pictures])
    table: Table = {}
    for row in rows:
        if row.name in banks:
            table[row.name] = _named(pictures, related, row.vectors, bank, right)
            table[row.name] |= _said(pictures, row.vectors, banks[row.name], right)
        elif row.kind == REFERENCE:
            table[row.name] = _named(pictures, related, row.vectors, bank, right)
    table[CHANCE] = _by_lot([right.of(one) for one in pictures if one.relation != NONE], right)
    return {
        "captions": len(bank.captions),
        "relations": len(right.names),
        "pictures": len(pictures),
        "related": int(related.sum()),
        "table": table,
    }


class _Right:
    """Which relations of the bank are right for a picture; all models share its captions."""

    def __init__(self, bank: CaptionBank) -> None:
        self.names = sorted({caption.relation for caption in bank.captions})
        self._bank = bank
        self._known: dict[str | None, frozenset[str]] = {}

    def of(self, picture: Picture) -> frozenset[str]:
        """Those that say its relation or its second one."""
        return self._saying(picture.relation) | self._saying(picture.second)

    def _saying(self, relation: str | None) -> frozenset[str]:
        if relation not in self._known:
            self._known[relation] = frozenset(
                name for name in self.names if says(self._bank, name, [relation])
            )
        return self._known[relation]


def _named(
    pictures: Sequence[Picture],
    related: NDArray[np.bool_],
    vectors: Float32,
    bank: CaptionBank,
    right: _Right,
) -> dict[str, Any]:
    """``top1`` and ``top3``."""
    hits = np.zeros((2, int(related.sum())))
    asked = [one for one in pictures if one.relation != NONE]
    for place, (one, cosines) in enumerate(zip(asked, bank.cosines(vectors[related]), strict=True)):
        found = [
            caption.relation in right.of(one) for caption, _ in bank.candidates(cosines, FIRST)
        ]
        hits[:, place] = found[0], any(found)
    first, some = mean_estimates(hits, np.array([one.relation for one in asked]))
    return {"top1": first.document(), "top3": some.document()}


def _said(
    pictures: Sequence[Picture], vectors: Float32, bank: CaptionBank, right: _Right
) -> dict[str, Any]:
    """Whether to speak, and whether that was right."""
    match = bank.match(vectors)
    confidence: Float64 = bank.confidence(match).astype(np.float64)
    shown = confidence >= bank.calibration.threshold
    named = [bank.captions[index].relation for index in match.caption.tolist()]
    outcomes = [name in right.of(one) for name, one in zip(named, pictures, strict=True)]
    is_right = np.array(outcomes, np.float64)
    # Pictures of a relation stand or fall together; those without one, by subject.
    clusters = np.array(
        [f"{NONE}/{one.subject}" if one.relation == NONE else one.relation for one in pictures]
    )
    found = {
        "shown": mean_estimates(shown[None].astype(np.float64), clusters)[0],
        "calibration_error": calibration_estimate(confidence, is_right, clusters),
    }
    for name, among, values in (
        ("right_if_shown", shown, is_right),
        ("right_if_silent", ~shown, 1 - is_right),
    ):
        if among.any():
            found[name] = mean_estimates(values[None, among], clusters[among])[0]
    return {name: estimate.document() for name, estimate in found.items()}


def _by_lot(right: Sequence[frozenset[str]], all_of_them: _Right) -> dict[str, Any]:
    """``top1`` and ``top3`` where relations of the bank are named by lot."""
    there = len(all_of_them.names)
    wrong = there - np.array([len(names) for names in right], np.float64)
    missed = np.ones((FIRST, len(right)))
    for place in range(min(FIRST, there)):
        missed[place:] *= np.maximum(wrong - place, 0) / (there - place)
    values = 1 - missed.mean(axis=1)
    return {
        "top1": Estimate.known(float(values[0]), len(right)).document(),
        "top3": Estimate.known(float(values[-1]), len(right)).document(),
    }
