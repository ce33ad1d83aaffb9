"""Measures a filter on the benchmark's hand labels, beside people and beside no filter at all.

The pictures are those of the test part, whose relations are none of the training part's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import KnownError
from engine.estimates import RESAMPLES
from trainer.data.records import Record
from trainer.filter.figures import annotator_figures, held_out_figures
from trainer.filter.metrics import Bools, Float64, cohens_kappa, kept_at_rate, roc_auc
from trainer.filter.metrics import average_precision as mean_precision
from trainer.filter.pictures import prepared_batches
from trainer.filter.scorer import Scorer
from trainer.progress import Reporter
from trainer.relbench.agreement import UNCLEAR, agreement
from trainer.relbench.annotations import Annotations, Picture, locate, read_annotations
from trainer.scenes import NONE

PAPER = 0.93
"""Agreement of the paper's filter with people, on pictures of its own."""

PHASE = "Scoring test pictures"
_TAILS = (2.5, 97.5)

Figure = Callable[[Float64, Bools], float]


def measure_filter(
    scorer: Scorer, reporter: Reporter, *, keep_rate: float, threads: int = 1
) -> dict[str, Any]:
    """Score all test pictures, and compare with what the first annotator said of them.

    Args:
        scorer: The filter.
        reporter: Gets the progress.
        keep_rate: Share of the pictures that is kept for ``precision`` and ``recall``.
        threads: How many decode.

    Returns:
        ``key`` of the filter; ``pictures`` and ``positive`` (how many); ``filter``: ``accuracy``
        and ``kappa`` where 0.5 decides, ``auc``, ``average_precision``, ``precision`` and
        ``recall``, each with ``value`` and the ends ``low`` and ``high`` of a 95 % interval, by a
        bootstrap over pictures of one relation and subject; ``calibration_error``, ``keep_rate``,
        ``threshold``; ``accuracy_by_kind``: of photographs and of others; ``floor``: what saying
        the more frequent answer to everything would reach; ``ceilings``: ``second_annotator``
        against the first, over both parts, and the ``paper``'s agreement; ``second_opinions``:
        people and filter on those test pictures that were looked at twice.

    Raises:
        KnownError: If pictures are missing or cannot be read; the text says how to get them.
    """
    annotations = read_annotations()
    pictures, records = _tested(annotations)
    scores = _score(scorer, records, reporter, threads)
    labels = np.array([picture.relation != NONE for picture in pictures], bool)
    clusters = np.array([f"{picture.relation}/{picture.subject}" for picture in pictures])
    plain = held_out_figures(scores, labels, keep_rate)
    measures: dict[str, Figure] = {
        "accuracy": lambda s, y: float(np.mean((s >= 0.5) == y)),
        "kappa": lambda s, y: cohens_kappa(s >= 0.5, y),
        "auc": roc_auc,
        "average_precision": mean_precision,
        "precision": lambda s, y: kept_at_rate(s, y, keep_rate).precision,
        "recall": lambda s, y: kept_at_rate(s, y, keep_rate).recall,
    }
    right = (scores >= 0.5) == labels
    kinds = np.array([picture.kind for picture in pictures])
    share = float(labels.mean())
    said = {picture.id: bool(s >= 0.5) for picture, s in zip(pictures, scores, strict=True)}
    people = agreement(annotations)["related"]
    return {
        "key": scorer.key,
        "pictures": len(pictures),
        "positive": int(labels.sum()),
        "filter": {
            **with_intervals(measures, scores, labels, clusters),
            **{name: plain[name] for name in ("calibration_error", "keep_rate", "threshold")},
        },
        "accuracy_by_kind": {str(k): float(right[kinds == k].mean()) for k in np.unique(kinds)},
        "floor": {
            "accuracy": max(share, 1 - share),
            "kappa": 0.0,
            "auc": 0.5,
            "average_precision": share,
        },
        "ceilings": {
            "second_annotator": {"accuracy": people["agreement"], "kappa": people["kappa"]},
            "paper": {"accuracy": PAPER},
        },
        "second_opinions": annotator_figures(
            {picture.id: picture.relation != NONE for picture in pictures},
            {
                opinion.picture: opinion.relation != NONE
                for opinion in annotations.second_pass
                if opinion.relation != UNCLEAR and opinion.picture in said
            },
            said,
        ),
    }


def _tested(annotations: Annotations) -> tuple[list[Picture], list[Record]]:
    """The pictures of the test part, and where they are."""
    pictures = [one for _, one in sorted(annotations.pictures.items()) if one.part == "test"]
    records, missing = [], list[str]()
    for picture in pictures:
        path = locate(picture)
        if path is None:
            missing.append(f"{picture.package}: {picture.path}")
        else:
            records.append(Record(picture.id, path))
    if missing:
        raise KnownError(
            f"{len(missing)} of {len(pictures)} test pictures are not on this machine, such as"
            f" {missing[0]}: get them with 'relsim-train relbench fetch'"
        )
    return pictures, records


def _score(scorer: Scorer, records: list[Record], reporter: Reporter, threads: int) -> Float64:
    """Scores float64 ``[n]`` of all records."""
    scores: list[float] = []
    for batch in prepared_batches(records, scorer, threads=threads):
        if batch.drops:
            # To leave it out would compare figures of different pictures.
            raise KnownError(f"{batch.drops[0].key} cannot be read: {batch.drops[0].detail}")
        scores += scorer.score(batch.pictures).tolist()
        reporter.step(PHASE, len(scores), len(records))
    return np.array(scores, np.float64)


def with_intervals(
    measures: dict[str, Figure], scores: Float64, labels: Bools, clusters: NDArray[Any]
) -> dict[str, dict[str, float]]:
    """Each figure of all pictures, and its 95 % interval over clusters drawn by lot.

    Args:
        measures: Figures by name.
        scores: float64 ``[n]``.
        labels: bool ``[n]`` of both classes.
        clusters: Any labels ``[n]``: which pictures stand or fall together.

    Returns:
        By name ``value``, ``low`` and ``high``; the same ones every time.
    """
    codes = np.unique(clusters, return_inverse=True)[1]
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
    lot = np.random.default_rng(0)
    drawn: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(RESAMPLES):
        chosen = lot.integers(len(members), size=len(members))
        places = np.concatenate([members[cluster] for cluster in chosen])
        if len(np.unique(labels[places])) < 2:  # of a handful of clusters only
            continue
        for name, measure in measures.items():
            drawn[name].append(measure(scores[places], labels[places]))
    found = {}
    for name, measure in measures.items():
        low, high = np.percentile(drawn[name], _TAILS)
        found[name] = {
            "value": measure(scores, labels), "low": float(low), "high": float(high)
        }  # fmt: skip
    return found
