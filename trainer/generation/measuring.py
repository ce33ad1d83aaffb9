"""How triplets measure: the output against the input, by several metrics (method.md, Evaluation).

A copy of the input has the best relational score of all, so no score is read alone: LPIPS says how
different it looks, CLIP how alike the contents are, relsim how alike the logic; copies are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL.Image import Image

from engine.errors import DecodeError, KnownError, ModelError
from engine.estimates import mean_estimates
from engine.generation.ranking import COPY_ATTRIBUTE
from engine.imaging import decode
from engine.metrics.catalogue import load_metric
from engine.metrics.interface import Metric
from engine.models.manager import ModelManager
from trainer.generation.triplets import Triplet
from trainer.progress import Reporter

ATTRIBUTE = "attribute"
LOOKS = ("lpips", "clip-i", ATTRIBUTE)
"""What is measured beside relational models."""

_MIN_SIDE = 512


@dataclass(frozen=True, slots=True)
class MetricRequest:
    """A metric to measure by.

    Attributes:
        name: Id, or a folder.
        folder: Where its weights lie, if said.
        base: The base of a checkpoint, if said.
        must: Whether somebody asked for it by name; else it is left out where it is not ready.
    """

    name: str
    folder: Path | None = None
    base: str | None = None
    must: bool = False


def measure_triplets(
    triplets: Sequence[Triplet],
    requests: Sequence[MetricRequest],
    reporter: Reporter,
    manager: ModelManager | None = None,
) -> dict[str, Any]:
    """Measure each output against its input.

    Args:
        triplets: One or more.
        requests: Metrics; one after another is in memory.
        reporter: Progress in triplets.
        manager: Of the installed models.

    Returns:
        For JSON: ``metrics`` and ``left_out`` with reasons; ``generators``, for each the mean of
        every metric with its interval (clusters are its ``inputs``; none where that is one) and
        its ``copies``; ``rows``, one a
        triplet that was measured; ``failed``, those that were not, with reasons.

    Raises:
        ModelError: If a metric that must be there is not.
        KnownError: If no triplet can be read.
    """
    readable, failed = _readable(triplets, reporter)
    if not readable:
        raise KnownError(f"No triplet can be measured: {failed[0]['reason']}")
    columns: dict[str, list[float]] = {}
    metrics: list[dict[str, Any]] = []
    left_out: list[dict[str, str]] = []
    for request in dict.fromkeys(requests):
        try:
            metric = _load(request, manager or ModelManager())
        except ModelError as error:
            if request.must:
                raise
            left_out.append({"metric": request.name, "reason": str(error)})
            continue
        with closing(metric):
            spec = metric.spec
            other = f" ({request.name})" if spec.id in columns else ""  # folders of one name
            name = spec.id + other
            columns[name] = _scores(metric, readable, reporter)
            metrics.append(
                {
                    "id": name,
                    "title": spec.title + other,
                    "measures": spec.measures,
                    "closer": spec.closer,
                    "fingerprint": metric.fingerprint,
                }
            )
    rows = [
        {
            "input": str(triplet.input),
            "instruction": triplet.instruction,
            "output": str(triplet.output),
            "generator": triplet.generator,
            "is_copy": _is_copy(columns, at),
            "scores": {name: round(column[at], 6) for name, column in columns.items()},
        }
        for at, triplet in enumerate(readable)
    ]
    return {
        "suite": "generation",
        "triplets": len(triplets),
        "measured": len(readable),
        "failed": failed,
        "metrics": metrics,
        "left_out": left_out,
        "copy_from": COPY_ATTRIBUTE,
        "generators": _by_generator(rows, columns),
        "rows": rows,
    }


def _load(request: MetricRequest, manager: ModelManager) -> Metric:
    path = Path(request.name).expanduser()
    name = path if path.is_dir() else request.name
    return load_metric(name, manager, folder=request.folder, base=request.base)


def _readable(
    triplets: Sequence[Triplet], reporter: Reporter
) -> tuple[list[Triplet], list[dict[str, str]]]:
    """Each picture is decoded once, so that what cannot be read is known before hours of work."""
    found, failed = [], []
    for done, triplet in enumerate(triplets):
        reporter.step("Reading", done, len(triplets))
        for path in (triplet.input, triplet.output):
            try:
                decode(path, min_side=1)
            except DecodeError as error:
                failed.append(
                    {
                        "input": str(triplet.input),
                        "output": str(triplet.output),
                        "reason": f"{path}: {error}",
                    }
                )
                break
        else:
            found.append(triplet)
    reporter.step("Reading", len(triplets), len(triplets))
    return found, failed


def _scores(metric: Metric, triplets: Sequence[Triplet], reporter: Reporter) -> list[float]:
    phase, scores = f"Measuring {metric.spec.title}", []
    read = _remembering_last(lambda path: decode(path, min_side=_MIN_SIDE))
    for done, triplet in enumerate(triplets):
        reporter.step(phase, done, len(triplets))
        shown, made = read(triplet.input), decode(triplet.output, min_side=_MIN_SIDE)
        scores.append(float(metric.score(shown, made)))
    reporter.step(phase, len(triplets), len(triplets))
    return scores


def _remembering_last(read: Callable[[Path], Image]) -> Callable[[Path], Image]:
    """Triplets of one input usually follow one another."""
    last: list[tuple[Path, Image]] = []

    def remembered(path: Path) -> Image:
        if not last or last[0][0] != path:
            last[:] = [(path, read(path))]
        return last[0][1]

    return remembered


def _is_copy(columns: dict[str, list[float]], at: int) -> bool | None:
    """Whether an output is a mere copy; None where its look was not measured."""
    if ATTRIBUTE not in columns:
        return None
    return columns[ATTRIBUTE][at] >= COPY_ATTRIBUTE


def _by_generator(
    rows: Sequence[dict[str, Any]], columns: dict[str, list[float]]
) -> dict[str, dict[str, Any]]:
    found = {}
    for generator in dict.fromkeys(row["generator"] for row in rows):
        chosen = [at for at, row in enumerate(rows) if row["generator"] == generator]
        values = np.asarray([[column[at] for at in chosen] for column in columns.values()])
        clusters = np.asarray([rows[at]["input"] for at in chosen])
        estimates = mean_estimates(values, clusters) if columns else []
        inputs = len(set(clusters.tolist()))
        if inputs == 1:  # of which no resample differs
            estimates = [replace(estimate, low=None, high=None) for estimate in estimates]
        found[generator] = {
            "n": len(chosen),
            "inputs": inputs,
            "copies": sum(bool(rows[at]["is_copy"]) for at in chosen),
            "means": {
                name: estimate.document() for name, estimate in zip(columns, estimates, strict=True)
            },
        }
    return found
