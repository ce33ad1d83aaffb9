"""What a filter is reported by, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from engine.errors import KnownError
from trainer.filter.labels import Annotations
from trainer.filter.metrics import (
    accuracy,
    agreement,
    average_precision,
    calibration_error,
    cohens_kappa,
    expected_scanned,
    kept_at,
    kept_at_rate,
    precision_at_prior,
    roc_auc,
)
from trainer.filter.scanning_run import Scanned


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


def scan_figures(
    scan: Scanned,
    annotations: Annotations,
    *,
    keep_rate: float,
    prior: float | None = None,
    wanted: int | None = None,
) -> dict[str, Any]:
    """A scan measured on the labels that people gave some of its pictures.

    Args:
        scan: Its scores.
        annotations: Labels by key; a label on which two people disagree counts for neither class.
        keep_rate: See `held_out_figures`.
        prior: Share of positives in what is to be scanned, for the precision to expect there.
        wanted: How many are to be kept, for the number to scan.

    Raises:
        KnownError: If no labelled picture has a score, or all have one label.
    """
    first, second = annotations.first, annotations.second
    agreed = {
        key: label
        for key, label in (second | first).items()
        if first.get(key, label) == second.get(key, label) and key in scan.scores
    }
    keys = sorted(agreed)
    scores, labels = (
        [scan.scores[key] for key in keys],
        np.array([agreed[key] for key in keys], bool),
    )
    figures = held_out_figures(scores, labels, keep_rate)
    kept = kept_at(scores, labels, scan.threshold)
    figures["at_the_threshold_of_the_scan"] = kept._asdict()
    if prior is not None:
        share = float(labels.mean())
        figures["precision_to_expect"] = precision_at_prior(kept, share, prior)
    if wanted is not None:
        figures["to_scan"] = expected_scanned(wanted, scan.counts.kept, scan.counts.found)
    if second:
        said = {key: score >= 0.5 for key, score in scan.scores.items()}
        figures |= annotator_figures(first, second, said)
    return figures


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
