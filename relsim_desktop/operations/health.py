"""Verbs on the library's health: look, measure, check, tidy up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane, Task

if TYPE_CHECKING:
    from engine.library.health import HealthReport
    from engine.service import Engine


def report(jobs: JobRunner, engine: Engine) -> Job:
    """Look at what can be said at once; succeeds with the `HealthReport`."""

    def work(task: Task) -> HealthReport:
        from engine.library.health import Checkup

        return Checkup(engine).report()

    return jobs.start(work, lane=Lane.QUERY)


def measure_recall(jobs: JobRunner, engine: Engine) -> Job:
    """Measure recall@10 of the index; succeeds with it, or None for an empty library."""

    def work(task: Task) -> float | None:
        from engine.library.health import Checkup

        return Checkup(engine).recall(task.control)

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def check_database(jobs: JobRunner, engine: Engine) -> Job:
    """Read the whole database; succeeds with what is wrong, in sentences."""

    def work(task: Task) -> list[str]:
        from engine.library.health import Checkup

        return Checkup(engine).problems()

    return jobs.start(work, lane=Lane.WORK)


def clear_thumbnails(jobs: JobRunner, engine: Engine) -> Job:
    """Delete the cached thumbnails; succeeds with the bytes that are free now."""

    def work(task: Task) -> int:
        from engine.library.health import Checkup

        return Checkup(engine).clear_thumbnails()

    return jobs.start(work, lane=Lane.WORK)


def delete_backups(jobs: JobRunner, engine: Engine) -> Job:
    """Delete old copies of the database; succeeds with the bytes that are free now."""

    def work(task: Task) -> int:
        from engine.library.health import Checkup

        return Checkup(engine).delete_backups()

    return jobs.start(work, lane=Lane.WORK)


def backfill_traits(jobs: JobRunner, engine: Engine) -> Job:
    """Measure the images that filters know nothing of; succeeds with how many there were.

    It shares the thread of indexing, which comes first: who starts that cancels this.
    """

    def work(task: Task) -> int:
        from engine.library.traits_backfill import TraitsBackfill

        return TraitsBackfill(engine.store).run(task.control)

    return jobs.start(work, lane=Lane.INDEX, sampled=True)
