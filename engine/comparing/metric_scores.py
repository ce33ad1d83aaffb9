"""Two pictures scored by each metric that is ready; see `Scoring.by_metrics`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PIL.Image import Image

from engine.errors import KnownError
from engine.jobs import JobControl
from engine.metrics.catalogue import MetricState, load_metric, metric_states
from engine.metrics.interface import Closer, Measures
from engine.models.manager import ModelManager

MIN_SIDE = 1344
"""Shorter side in pixels that a decoder should keep: three times the largest that a metric sees."""

_OF_MODELS = frozenset({"relsim", "relsim-mini", "attribute"})
"""Metrics whose numbers `Scoring.by_models` gives."""


@dataclass(frozen=True, slots=True)
class MetricScore:
    """What one metric says of a pair. Numbers of two metrics are never compared or averaged.

    Attributes:
        metric: Its id.
        title: Its name for people.
        measures: Whether it is made to see relations, or looks.
        closer: Whether ``high`` or ``low`` numbers are of close pictures.
        value: In the metric's own direction; None if it is not ready, or there was trouble.
        seconds: What it took, loading included.
        trouble: Why there is no value, in one sentence.
        is_ready: Whether its weights and packages are here.
    """

    metric: str
    title: str
    measures: Measures
    closer: Closer
    value: float | None = None
    seconds: float = 0.0
    trouble: str | None = None
    is_ready: bool = True


def asked_metrics(
    manager: ModelManager, folders: Mapping[str, Path] | None = None
) -> list[MetricState]:
    """The metrics that `score_by_metrics` asks, ready or not.

    relsim is among them only where a folder is given for it: the models say what it says.
    """
    given = {} if folders is None else folders
    return [
        state
        for state in metric_states(manager, given)
        if state.spec.id not in _OF_MODELS or state.spec.id in given
    ]


def score_by_metrics(
    a: Image,
    b: Image,
    manager: ModelManager,
    folders: Mapping[str, Path] | None = None,
    control: JobControl | None = None,
) -> Iterator[MetricScore]:
    """Score two pictures by each metric in turn; each is loaded for it and let go of again.

    Args:
        a: Upright RGB.
        b: Likewise.
        manager: Of the installed models.
        folders: Where weights lie, by the id of their metric.
        control: Progress in metrics that are ready; cancel within one picture.

    Raises:
        Cancelled: If the control says so.
    """
    control = control or JobControl()
    given = {} if folders is None else folders
    states = asked_metrics(manager, given)
    done, total = 0, sum(state.is_ready for state in states)
    for state in states:
        spec = state.spec
        score = MetricScore(spec.id, spec.title, spec.measures, spec.closer)
        if state.problem is not None:
            yield replace(score, trouble=state.problem, is_ready=False)
            continue
        control.checkpoint()
        control.report(spec.title, done, total)
        began = time.monotonic()
        try:
            score = replace(score, value=_value(spec.id, manager, given, (a, b), control))
        except (KnownError, MemoryError, RuntimeError, OSError, ValueError) as error:
            score = replace(score, trouble=str(error) or type(error).__name__)
        done += 1
        yield replace(score, seconds=time.monotonic() - began)
    control.report("", total, total)


def _value(
    metric: str,
    manager: ModelManager,
    folders: Mapping[str, Path],
    pair: tuple[Image, Image],
    control: JobControl,
) -> float:
    loaded = load_metric(metric, manager, folder=folders.get(metric))
    try:
        return loaded.score(*pair, control)
    finally:
        loaded.close()
