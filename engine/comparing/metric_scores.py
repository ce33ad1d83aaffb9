"""Two pictures scored by each metric that is ready; see `Scoring.by_metrics`."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PIL.Image import Image

from engine.errors import KnownError, ModelError
from engine.jobs import Cancelled, JobControl
from engine.metrics.catalogue import MetricState, load_metric, metric_states
from engine.metrics.interface import Closer, Measures
from engine.models import preparation
from engine.models.manager import ModelManager
from engine.models.tower import one_line

_MIN_SIDE = 1344
"""Three times the largest side that a metric other than relsim sees."""

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


def min_side(folders: Mapping[str, Path] | None) -> int:
    """Shorter side in pixels that a decoder should keep for the metrics that are asked.

    Args:
        folders: As for `score_by_metrics`; relsim sees a picture as large as it is.
    """
    return preparation.min_side("native") if "relsim" in (folders or {}) else _MIN_SIDE


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
        control: Progress in metrics that are ready; cancel within one picture, but not while a
            model is loaded.

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
        except Cancelled:
            raise
        except KnownError as error:
            score = replace(score, trouble=str(error))
        except Exception as error:  # noqa: BLE001 - packages of others; the other metrics go on
            score = replace(score, trouble=f"{type(error).__name__}: {one_line(error)}")
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
        value = loaded.score(*pair, control)
        if not math.isfinite(value):
            raise ModelError(f"{loaded.spec.title} gives no number: its weights are damaged")
        return value
    finally:
        loaded.close()
