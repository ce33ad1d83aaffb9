"""Takes groups of a map away as groups for the trainer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import QueryError
from engine.judging.groups import Group, write_groups
from engine.judging.judged_groups import PictureCounts, counts, group_id, parts
from engine.mapping.values import MapGroup
from engine.models.anonymity import leaks
from engine.service import Engine


@dataclass(frozen=True, slots=True)
class MapGroupsReport:
    """What an export wrote.

    Attributes:
        of_map: Groups of the map that were to be exported.
        groups: Groups that came of them; a large one gives several.
        pictures: What became of their pictures.
    """

    of_map: int
    groups: int
    pictures: PictureCounts


def export_map_groups(engine: Engine, chosen: Sequence[MapGroup], out: Path) -> MapGroupsReport:
    """Write groups of a map as proposed groups; see `engine.judging.groups`.

    A group of more than ten pictures becomes several of about equal size: those nearest to its
    centre first. Each has the name as its caption, or none.

    Args:
        engine: With the library.
        chosen: Groups of its map.
        out: The groups file; one that is there is replaced.

    Raises:
        QueryError: If no group comes of them; then nothing is written.
        KnownError: If the file cannot be written.
    """
    library = engine.store.setting("library_id") or ""
    sets = [group.members.tolist() for group in chosen]
    paths = engine.store.paths_of([image for members in sets for image in members])
    made = []
    for group, members in zip(chosen, sets, strict=True):
        caption = group.name.text or ""
        flags = leaks(caption)
        made += [
            Group(
                id=group_id("proposed", library, *part),
                images=tuple(paths[image] for image in part),
                caption=caption,
                source="proposed",
                flags=flags,
            )
            for part in parts([image for image in members if image in paths])
        ]
    if not made:
        raise QueryError(
            "There is nothing to export: no group has two pictures whose files are there now"
        )
    write_groups(out, made)
    return MapGroupsReport(len(chosen), len(made), counts(sets, paths.keys()))
