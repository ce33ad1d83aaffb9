"""Verbs on the map of the library: make it, take its groups away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import QueryError
from relsim_desktop.jobs import Job, JobRunner, Lane, Task

if TYPE_CHECKING:
    from engine.mapping.groups import MapGroupsReport
    from engine.mapping.values import LibraryMap, MapGroup
    from engine.service import Engine


@dataclass(frozen=True, slots=True)
class MapState:
    """A map as it can be shown.

    Attributes:
        made: The map.
        paths: A file of each image whose file is there now.
    """

    made: LibraryMap
    paths: Mapping[int, Path]


def make_map(jobs: JobRunner, engine: Engine, *, anew: bool = False) -> Job:
    """Sort the library into groups; succeeds with a `MapState`, or None if it is empty.

    The job shows its progress.
    """

    def work(task: Task) -> MapState | None:
        from engine.mapping.maker import MapMaker  # brings numpy along

        try:
            made = MapMaker(engine).make(task.control, anew=anew)
        except QueryError:  # the library is empty
            return None
        ids = [image for group in made.groups for image in group.members.tolist()]
        return MapState(made, engine.store.paths_of(ids + made.rest.tolist()))

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def export_map_groups(
    jobs: JobRunner, engine: Engine, groups: Sequence[MapGroup], out: Path
) -> Job:
    """Write groups of a map for the trainer; succeeds with the `MapGroupsReport`."""

    def work(task: Task) -> MapGroupsReport:
        from engine.mapping.groups import export_map_groups as export

        return export(engine, groups, out)

    return jobs.start(work, lane=Lane.JUDGE)
