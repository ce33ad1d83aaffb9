"""Which metrics there are, which of them are ready, and loading one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelError
from engine.metrics.interface import Metric, MetricSpec
from engine.metrics.specs import METRICS, metric_spec
from engine.models.manager import ModelManager

__all__ = ["METRICS", "MetricState", "load_metric", "metric_spec", "metric_states"]


@dataclass(frozen=True, slots=True)
class MetricState:
    """Where one metric stands.

    Attributes:
        spec: What it is.
        problem: Why it cannot be loaded now, in one sentence that says what to do; None if it can.
    """

    spec: MetricSpec
    problem: str | None

    @property
    def is_ready(self) -> bool:
        """Whether its weights and packages are here."""
        return self.problem is None


def metric_states(
    manager: ModelManager, folders: Mapping[str, Path] | None = None
) -> list[MetricState]:
    """Where each metric stands; no weights are read, nothing heavy is imported.

    Args:
        manager: Of the installed models.
        folders: Where weights lie, by the id of their metric.
    """
    states = []
    for spec in METRICS:
        problem = None if spec.id in ("relsim-mini", "attribute") else "it is not ready"
        states.append(MetricState(spec, problem))
    return states


def load_metric(
    name: str | Path,
    manager: ModelManager,
    *,
    folder: Path | None = None,
    base: str | Path | None = None,
) -> Metric:
    """Load a metric; heavy, so call it in the thread that will use it. Nothing is downloaded.

    Args:
        name: The id of a metric, or of a relational model of the catalogue; or a folder: a relsim
            checkpoint, a tuned CLIP or DINOv2, a small model. A folder's metric has the folder's
            name as its id.
        manager: Of the installed models.
        folder: Where the weights of the metric lie, if not where the program looks.
        base: The model that a checkpoint was trained on, or the one that writes captions: an id, a
            hub id or a folder; None for the one that is named or usual.

    Raises:
        ModelError: If there is no such metric, or its weights or packages are not here.
    """
    from engine.metrics.small import SmallModelMetric

    spec = metric_spec(str(name))
    if spec is not None and spec.id in ("relsim-mini", "attribute"):
        role = spec.measures
        return SmallModelMetric.load(spec, folder, role)
    known = ", ".join(one.id for one in METRICS)
    raise ModelError(f"There is no metric {str(name)!r}; known: {known}, or a folder")
