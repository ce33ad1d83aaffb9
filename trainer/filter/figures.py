"""What a filter is reported by, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from engine.errors import KnownError
from trainer.filter.metrics import (
    accuracy,
    agreement,
    average_precision,
    calibration_error,
    cohens_kappa,
    kept_at_rate,
    roc_auc,
)


def held_out_figures(
    scores: ArrayLike, labels: ArrayLike, keep_rate: float, *, among: Sequence[str] | None = None
) -> dict[str, Any]:
    """Figures of scores against labels.

    Args:
        scores: Probabilities ``[n]`` in 0..1.
        labels: bool ``[n]`` of both classes.
        keep_rate: Share of pictures that is kept for ``precision`` and ``recall``.
        among: ``[n]`` names of kinds of picture; the share scored 0.5 or more is told for each.

    Returns:
        Plain numbers by name, of which ``threshold`` is the lowest score that is kept.

    Raises:
        KnownError: As `trainer.filter.metrics.kept_at_rate`.
    """
    kept = kept_at_rate(scores, labels, keep_rate)
    truth, found = np.asarray(labels, bool), np.asarray(scores, np.float64)
    figures: dict[str, Any] = {
        "pictures": len(truth),
        "positive": int(truth.sum()),
        "accuracy": accuracy(found, truth),
        "auc": roc_auc(found, truth),
        "average_precision": average_precision(found, truth),
        "calibration_error": calibration_error(found, truth),
        "keep_rate": keep_rate,
        "kept": kept.rate,
        "threshold": kept.threshold,
        "precision": kept.precision,
        "recall": kept.recall,
    }
    if among is not None:
        kinds = np.asarray(among)
        figures["scored_positive"] = {
            str(kind): float(np.mean(found[kinds == kind] >= 0.5)) for kind in np.unique(kinds)
        }
    return figures


def annotator_figures(
    first: Mapping[str, bool], second: Mapping[str, bool], predicted: Mapping[str, bool]
) -> dict[str, Any]:
    """How far two people agree, and how far the filter agrees with the second of them.

    Args:
        first: Labels by key.
        second: Those of another person.
        predicted: What the filter says of some of those pictures.

    Returns:
        For each two of them, how many ``pictures`` they have in common, their ``agreement``, and
        ``kappa``; None where they have none, or kappa says nothing.
    """
    return {
        "annotators": _alike(first, second),
        "filter_and_first": _alike(predicted, first),
        "filter_and_second": _alike(predicted, second),
    }


def _alike(a: Mapping[str, bool], b: Mapping[str, bool]) -> dict[str, Any]:
    keys = sorted(a.keys() & b.keys())
    first, second = (np.array([labels[key] for key in keys], bool) for labels in (a, b))
    try:
        kappa = cohens_kappa(first, second)
    except KnownError:
        kappa = None
    return {
        "pictures": len(keys),
        "agreement": agreement(first, second) if keys else None,
        "kappa": kappa,
    }


def spoken(figures: Mapping[str, Any], indent: str = "") -> str:
    """Figures as lines for people."""
    lines = []
    for name, value in figures.items():
        title = indent + name.replace("_", " ")
        if isinstance(value, Mapping):
            lines += [f"{title}:", spoken(value, indent + "  ")]
        else:
            text = f"{value:.4g}" if isinstance(value, float) else str(value)
            lines.append(f"{title}: {text}")
    return "\n".join(lines)
