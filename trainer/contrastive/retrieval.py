"""Figures of held-out pictures: does a vector find its caption, and pictures of its relation?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.types import Float32
from trainer.evaluation.ranking import average_precision


def caption_figures(
    vectors: Float32, captions: Float32, own: NDArray[np.int64]
) -> dict[str, float]:
    """How high each picture ranks its own caption among all.

    Args:
        vectors: float32 ``[n, d]`` of pictures, rows of norm 1.
        captions: float32 ``[m, d]`` of distinct captions, rows of norm 1.
        own: int64 ``[n]``, the caption of each picture.

    Returns:
        ``caption_r1`` and ``caption_r10``, shares whose caption is among the first;
        ``caption_mrr``, the mean of 1 / rank; and what an order drawn by lot reaches:
        ``chance_caption_r1``. Ties rank last, so that equal vectors of everything find nothing.
    """
    scores = vectors @ captions.T
    right = np.take_along_axis(scores, own[:, None], axis=1)
    ranks = (scores >= right).sum(axis=1)
    return {
        "caption_r1": float((ranks <= 1).mean()),
        "caption_r10": float((ranks <= 10).mean()),
        "caption_mrr": float((1.0 / ranks).mean()),
        "chance_caption_r1": 1.0 / len(captions),
    }


def naming_figures(
    vectors: Float32, captions: Float32, own: NDArray[np.int64], relations: Sequence[str]
) -> dict[str, float]:
    """How often the nearest caption is a wording of the picture's own relation.

    Args:
        vectors: float32 ``[n, d]`` of pictures, rows of norm 1.
        captions: float32 ``[m, d]`` of distinct captions, rows of norm 1.
        own: int64 ``[n]``, the caption of each picture.
        relations: Of each picture; a caption is true of the relations of its pictures.

    Returns:
        ``named_relation``, a share, and ``chance_named_relation``, that of captions drawn by lot.
    """
    names, codes = np.unique(np.array(relations), return_inverse=True)
    is_true = np.zeros((len(names), len(captions)), bool)
    is_true[codes, own] = True
    nearest = (vectors @ captions.T).argmax(axis=1)
    return {
        "named_relation": float(is_true[codes, nearest].mean()),
        "chance_named_relation": float(is_true[codes].mean()),
    }


def relation_figures(vectors: Float32, relations: Sequence[str]) -> dict[str, float]:
    """How well pictures of one relation find one another.

    Args:
        vectors: float32 ``[n, d]``, rows of norm 1.
        relations: Of each; a picture whose relation no other shares is not asked about.

    Returns:
        ``relation_p1``, the share whose nearest other picture shows the same relation;
        ``relation_map``, mean average precision; ``chance_relation_p1``. Empty if no relation is
        shared.
    """
    names, codes = np.unique(np.array(relations), return_inverse=True)
    counts = np.bincount(codes, minlength=len(names))
    asked = np.flatnonzero(counts[codes] > 1)
    if not len(asked):
        return {}
    scores = vectors[asked] @ vectors.T
    scores[np.arange(len(asked)), asked] = -np.inf
    order = np.argsort(-scores, axis=1, kind="stable")[:, :-1]
    relevant = codes[order] == codes[asked][:, None]
    return {
        "relation_p1": float(relevant[:, 0].mean()),
        "relation_map": float(np.mean([average_precision(row) for row in relevant])),
        "chance_relation_p1": float(((counts[codes[asked]] - 1) / (len(codes) - 1)).mean()),
    }
