"""Verbs that say in words what pictures show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.service import Engine
    from engine.types import Description


def captions(jobs: JobRunner, engine: Engine, image_ids: Sequence[int]) -> Job:
    """Read what is said of images; succeeds with ``{image id: Description}``."""

    def work(task: object) -> dict[int, Description]:
        from engine.exports.contents import captions_of  # brings numpy along

        return captions_of(engine, image_ids)

    return jobs.start(work, lane=Lane.QUERY)
