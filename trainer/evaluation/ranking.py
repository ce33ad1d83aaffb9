"""Figures of retrieval among scenes whose relation and subject are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.types import Float32

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well vectors find their like.

    Attributes:
        queries: How many scenes were asked about.
        relation: Share whose nearest other scene shows the same relation (P@1).
        subject: Share whose nearest other scene shows the same subject.
        mean_average_precision: Over scenes of the same relation.
        conflict: Share of triples in which the scene is nearer to one of the same relation and
            another subject than to one of the same subject and another relation; ties count half.
    """

    queries: int
    relation: float
    subject: float
    mean_average_precision: float
    conflict: float


def rank(
    vectors: Float32, relations: Labels, subjects: Labels, queries: NDArray[np.bool_]
) -> Ranking:
    """Ask about every scene in `queries`; every other scene may be an answer.

    Args:
        vectors: float32 ``[n, d]``, rows of norm 1.
        relations: int ``[n]``.
        subjects: int ``[n]``, the main subject; every subject is there in several relations.
        queries: bool ``[n]``, at least one.
    """
    asked = np.flatnonzero(queries)
    nearest_relation, nearest_subject, precisions, conflicts = [], [], [], []
    for query in asked:
        scores = vectors @ vectors[query]
        scores[query] = -np.inf
        same_relation = relations == relations[query]
        same_subject = subjects == subjects[query]
        order = np.argsort(-scores, kind="stable")[:-1]
        nearest_relation.append(same_relation[order[0]])
        nearest_subject.append(same_subject[order[0]])
        precisions.append(average_precision(same_relation[order]))
        right = scores[same_relation & ~same_subject]
        wrong = scores[same_subject & ~same_relation]
        conflicts.append(share_above(right, wrong))
    return Ranking(
        len(asked),
        float(np.mean(nearest_relation)),
        float(np.mean(nearest_subject)),
        float(np.nanmean(precisions)),
        float(np.nanmean(conflicts)),
    )


def chance(relations: Labels, subjects: Labels, queries: NDArray[np.bool_]) -> Ranking:
    """What an order drawn by lot reaches on average; its average precision is that of the share."""
    asked = np.flatnonzero(queries)
    others = len(relations) - 1
    by_relation = np.mean([(relations == relations[q]).sum() - 1 for q in asked]) / others
    by_subject = np.mean([(subjects == subjects[q]).sum() - 1 for q in asked]) / others
    share = float(by_relation)
    return Ranking(len(asked), share, float(by_subject), share, 0.5)


def average_precision(relevant: NDArray[np.bool_]) -> float:
    """Of one ranked list, best first; NaN if nothing is relevant."""
    places = np.flatnonzero(relevant)
    if not len(places):
        return float("nan")
    return float(np.mean(np.arange(1, len(places) + 1) / (places + 1)))


def share_above(right: Float32, wrong: Float32) -> float:
    """Share of all pairs with ``right > wrong``, ties counted half; NaN if there are none."""
    if not len(right) or not len(wrong):
        return float("nan")
    ordered = np.sort(wrong)
    below = np.searchsorted(ordered, right, "left")
    not_above = np.searchsorted(ordered, right, "right")
    return float((below + not_above).mean() / 2 / len(wrong))
