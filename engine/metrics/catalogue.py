"""Which metrics there are, which of them are ready, and loading one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from engine.errors import ModelError
from engine.metrics.captions import ClipTextMetric, QwenTextMetric
from engine.metrics.interface import Metric, MetricSpec
from engine.metrics.large import PUBLISHED, RelsimMetric
from engine.metrics.perceptual import DreamSimMetric, LpipsMetric
from engine.metrics.small import SmallModelMetric
from engine.metrics.sources import Sources
from engine.metrics.specs import (
    CLIP_TUNED,
    DINO_TUNED,
    METRICS,
    RELSIM,
    RELSIM_MINI,
    metric_spec,
)
from engine.metrics.towers import TowerMetric, TunedMetric
from engine.models.catalogue import card
from engine.models.checkpoint import is_relsim
from engine.models.manager import ModelManager
from engine.models.spec import SPEC_NAME
from engine.models.tuned_vision import SPEC_NAME as TUNED_NAME
from engine.models.tuned_vision import read_spec

__all__ = ["METRICS", "MetricState", "load_metric", "metric_spec", "metric_states"]


@dataclass(frozen=True, slots=True)
class MetricState:
    """Where one metric stands.

    Attributes:
        spec: What it is.
        problem: Why it cannot be loaded now, in one sentence that says what to do; None if it can.
        in_window: The same for somebody who has a window and no terminal.
    """

    spec: MetricSpec
    problem: str | None = None
    in_window: str | None = None

    @property
    def is_ready(self) -> bool:
        """Whether its weights and packages are here."""
        return self.problem is None

    @property
    def memory(self) -> int:
        """Bytes that its models need at least; 0 where it runs on none of the catalogue."""
        return sum(min(card(one).memory.values()) for one in self.spec.models)


def metric_states(
    manager: ModelManager, folders: Mapping[str, Path] | None = None
) -> list[MetricState]:
    """Where each metric stands; no weights are read, nothing heavy is imported.

    Args:
        manager: Of the installed models.
        folders: Where weights lie, by the id of their metric.
    """
    given = {} if folders is None else folders
    return [_state(spec, manager, given.get(spec.id)) for spec in METRICS]


def _state(spec: MetricSpec, manager: ModelManager, folder: Path | None) -> MetricState:
    try:
        _KINDS[spec.id].find(Sources(spec, manager, folder))
    except ModelError as error:
        return MetricState(spec, str(error), error.in_window)
    except OSError as error:  # for example a folder of somebody else
        problem = f"The files of {spec.title} cannot be looked for: {error}"
        return MetricState(spec, problem, problem)
    return MetricState(spec)


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
    spec = metric_spec(str(name))
    if spec is not None:
        return _KINDS[spec.id].load(Sources(spec, manager, folder, base))
    if str(name) == PUBLISHED:
        return RelsimMetric.load(Sources(replace(RELSIM, id=PUBLISHED), manager, folder, base))
    # Links stay as they are: people choose their names.
    where = Path(os.path.abspath(Path(name).expanduser()))  # noqa: PTH100
    if not where.is_dir():
        known = ", ".join(one.id for one in METRICS)
        raise ModelError(f"There is no metric {str(name)!r}: name a folder, or one of {known}")
    return _of_folder(where, manager, base)


def _of_folder(where: Path, manager: ModelManager, base: str | Path | None) -> Metric:
    if (where / TUNED_NAME).is_file():
        recipe = read_spec(where)["recipe"]
        tuned = CLIP_TUNED if recipe == "clip" else DINO_TUNED
        return TunedMetric.load(Sources(_named(tuned, where), manager, where, base))
    if (where / SPEC_NAME).is_file():
        return SmallModelMetric.load(Sources(_named(RELSIM_MINI, where), manager, where))
    if is_relsim(where):
        return RelsimMetric.load(Sources(_named(RELSIM, where), manager, where, base))
    raise ModelError(
        f"{where} is no metric: it is neither a relsim checkpoint, nor a tuned CLIP or DINOv2, nor"
        " a small model"
    )


def _named(spec: MetricSpec, where: Path) -> MetricSpec:
    """A metric like another, with a folder's name and weights."""
    name = where.name
    return replace(spec, id=name, title=name, source=str(where), licence="its own", paper=None)


class _Kind(Protocol):
    """Finds and loads the metric that `Sources` name; finding reads no weights."""

    def find(self, sources: Sources) -> object: ...

    def load(self, sources: Sources) -> Metric: ...


_KINDS: Mapping[str, _Kind] = {
    "lpips": LpipsMetric,
    "dino": TowerMetric,
    "dreamsim": DreamSimMetric,
    "clip-i": TowerMetric,
    "clip-t": ClipTextMetric,
    "qwen-t": QwenTextMetric,
    "clip-tuned": TunedMetric,
    "dino-tuned": TunedMetric,
    "relsim": RelsimMetric,
    "relsim-mini": SmallModelMetric,
    "attribute": SmallModelMetric,
}
