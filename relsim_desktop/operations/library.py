"""Verbs on the library: open, list, index, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop.itemmodels.files import FileChanges, changes
from relsim_desktop.jobs import Job, JobRunner, Lane, Task

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Failure, FileEntry

SCANNED = "scanned"
"""Posted by `index` when the files it found are in the store."""


def open_library(jobs: JobRunner, directory: Path | None) -> Job:
    """Open (or create) the library; succeeds with the `Engine`.

    Args:
        jobs: Runs the job.
        directory: The library's folder, or None for the platform's default.
    """

    def work(task: Task) -> object:
        # Brings numpy and the index along, which the first window need not wait for.
        from engine.service import Engine

        engine = Engine.open(directory)
        engine.store.forget_removed()  # nobody can undo any more what an earlier window removed
        if task.control.cancelled:  # nobody is left to close it
            engine.close()
        return engine

    return jobs.start(work, lane=Lane.PICTURE)


def warm_up(jobs: JobRunner, engine: Engine) -> Job:
    """Load the model behind the window; succeeds with None."""
    return jobs.start(lambda task: engine.warm_up(), lane=Lane.MODEL)


def warm_up_text(jobs: JobRunner, engine: Engine) -> Job:
    """Load the text encoder behind the window; succeeds with None."""
    return jobs.start(lambda task: engine.warm_up_text(), lane=Lane.MODEL)


@dataclass(frozen=True, slots=True)
class LibraryState:
    """The library's files, as they differ from those that are shown, and what failed and why."""

    files: FileChanges
    failures: list[Failure]


def read_library(jobs: JobRunner, engine: Engine, shown: Sequence[FileEntry]) -> Job:
    """Read what the collection shows; succeeds with the `LibraryState`."""

    def work(task: Task) -> LibraryState:
        failures = engine.store.failures()
        return LibraryState(changes(shown, engine.store.files()), failures)

    return jobs.start(work, lane=Lane.QUERY)


def list_folders(jobs: JobRunner, engine: Engine) -> Job:
    """Read what the library covers; succeeds with ``list[Folder]``."""
    return jobs.start(lambda task: engine.store.folders(), lane=Lane.QUERY)


def index(jobs: JobRunner, engine: Engine, roots: Sequence[Path]) -> Job:
    """Add folders and files to the library and embed what is new; succeeds with the `IndexReport`.

    Posts `SCANNED` once, and reports progress. Cancelling keeps what was embedded so far.
    """

    def work(task: Task) -> object:
        return engine.index(
            roots,
            control=task.control,
            thumbnails=True,
            on_scanned=lambda: task.post(SCANNED),
        )

    return jobs.start(work, lane=Lane.INDEX, sampled=True)


def forget_failures(jobs: JobRunner, engine: Engine, paths: Sequence[Path] | None) -> Job:
    """Let the next indexing try these files again (None: all that failed); succeeds with None."""
    return jobs.start(lambda task: engine.store.forget_failures(paths), lane=Lane.QUERY)
