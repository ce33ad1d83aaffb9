"""The methods that are compared: how they are named, and what each finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KnownError
from engine.metrics.catalogue import load_metric, metric_spec, metric_states
from engine.models.catalogue import catalogue
from engine.models.manager import ModelManager
from trainer.judge.protocol import Retrieved
from trainer.judge.searching import Search, find_all

DEFAULT = ("relsim-mini", "attribute")
RANKINGS = "rankings"


@dataclass(frozen=True, slots=True)
class MethodRequest:
    """A method, as it is asked for.

    Attributes:
        name: Id of a metric, or a folder.
        folder: Where its weights lie, if said.
        base: The base of a checkpoint, if said.
    """

    name: str
    folder: Path | None = None
    base: str | None = None

    @classmethod
    def of(cls, text: str, base: str | None = None) -> MethodRequest:
        """Read ``ID``, ``PATH`` or ``ID=FOLDER``."""
        name, mark, folder = text.partition("=")
        if mark and metric_spec(name) is not None:
            return cls(name, Path(folder).expanduser(), base)
        return cls(text, None, base)

    @property
    def target(self) -> str | Path:
        """What `engine.metrics.load_metric` takes: an id, or a folder."""
        path = Path(self.name).expanduser()
        return path if metric_spec(self.name) is None and path.is_dir() else self.name


def check_methods(requests: Sequence[MethodRequest], manager: ModelManager) -> None:
    """See that all methods can be loaded before the first of them works for hours.

    Raises:
        KnownError: If one is not ready, or is asked for twice.
    """
    seen: set[MethodRequest] = set()
    folders = {one.name: one.folder for one in requests if one.folder is not None}
    problems = {one.spec.id: one.problem for one in metric_states(manager, folders)}
    known = {*problems, *(model.id for model in catalogue())}
    for request in requests:
        if request in seen:
            raise KnownError(f"--method {request.name} is given twice")
        seen.add(request)
        if request.name not in known and not isinstance(request.target, Path):
            raise KnownError(
                f"There is no method {request.name!r}: name a folder, or an id of"
                " `relsim metrics list`"
            )
        problem = problems.get(request.name)
        if problem is not None:
            raise KnownError(f"The method {request.name} cannot be used: {problem}")


def run_methods(
    requests: Sequence[MethodRequest], search: Search, folder: Path, manager: ModelManager
) -> tuple[Retrieved, ...]:
    """What each method finds. One of them is in memory at a time.

    Args:
        requests: The methods.
        search: The queries.
        folder: What was found before is in its folder `RANKINGS`.
        manager: Of the installed models.

    Raises:
        KnownError: If a method cannot be loaded, or a picture cannot be read any more.
        Cancelled: If `search.control` was told to cancel.
    """
    found: list[Retrieved] = []
    for request in requests:
        metric = load_metric(request.target, manager, folder=request.folder, base=request.base)
        try:
            hits = find_all(metric, search, folder / RANKINGS)
        finally:
            metric.close()
        spec = metric.spec
        suffix = _number(spec.id, [one.id for one in found])
        found.append(
            Retrieved(
                spec.id + suffix,
                spec.title + suffix,
                spec.measures,
                metric.fingerprint,
                spec.paper,
                hits,
            )
        )
    return tuple(found)


def _number(name: str, others: Sequence[str]) -> str:
    """What makes an id unique: nothing, `` (2)`` and so on."""
    count = sum(other == name or other.startswith(f"{name} (") for other in others)
    return f" ({count + 1})" if count else ""
