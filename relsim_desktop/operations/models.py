"""Verbs on the models of this computer: list, download, import, remove."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.errors import QueryError
from relsim_desktop.jobs import Job, JobRunner, Lane, Task

if TYPE_CHECKING:
    from engine.models.manager import ModelStatus
    from engine.service import Engine
    from engine.types import Coverage

STARTED = "started"
"""Posted by `download`, `import_folder` and `remove` when their turn has come."""


_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Inventory:
    """The models that there are.

    Attributes:
        statuses: Where each known model stands, in the order of the catalogue.
        directory: Where models are put.
        free_bytes: Free space there.
        host: Who sends a download.
    """

    statuses: tuple[ModelStatus, ...]
    directory: Path
    free_bytes: int
    host: str


def list_models(jobs: JobRunner, engine: Engine) -> Job:
    """Look what is there; succeeds with the `Inventory`."""

    def work(task: Task) -> Inventory:
        from engine.models.hub import ENDPOINT

        directory = there = engine.manager.directory
        while not there.exists():
            there = there.parent
        host = urlsplit(os.environ.get("HF_ENDPOINT") or ENDPOINT).netloc
        free = shutil.disk_usage(there).free
        return Inventory(tuple(engine.manager.statuses()), directory, free, host)

    return jobs.start(work, lane=Lane.QUERY)


def download(jobs: JobRunner, engine: Engine, model_id: str) -> Job:
    """Download a model and what it requires; succeeds with None.

    Reports progress in bytes. A later download goes on where a cancelled or failed one ended.
    """

    def work(task: Task) -> None:
        task.post(STARTED)
        engine.manager.download(model_id, control=task.control)

    return jobs.start(work, lane=Lane.TRANSFER, sampled=True)


def import_folder(jobs: JobRunner, engine: Engine, model_id: str, source: Path) -> Job:
    """Copy a model from a folder; succeeds with None. Cancelling leaves nothing behind."""

    def work(task: Task) -> None:
        task.post(STARTED)
        engine.manager.import_folder(model_id, source, control=task.control)

    return jobs.start(work, lane=Lane.TRANSFER, sampled=True)


def remove(jobs: JobRunner, engine: Engine, model_id: str) -> Job:
    """Delete a model that does not rank; succeeds with None.

    It waits for what else uses the library, and that waits for it.
    """

    def work(task: Task) -> None:
        task.post(STARTED)
        engine.release_models()  # files that are mapped into memory cannot be deleted everywhere
        engine.manager.remove(model_id)

    return jobs.start(work, lane=Lane.INDEX)


def use(jobs: JobRunner, engine: Engine, model_id: str) -> Job:
    """Let a model rank, with the captioner that is installed; succeeds with its id.

    It waits for an indexing that goes on, and a later one waits for it.
    """

    def work(task: Task) -> str:
        from engine.models.chosen import ModelRequest

        while True:
            try:
                engine.use(ModelRequest(model=model_id))
            except QueryError:  # a single picture is being described, which is cancelled by now
                task.control.checkpoint()
                time.sleep(_POLL_S)
            else:
                return engine.model

    return jobs.start(work, lane=Lane.INDEX)


def count_coverage(jobs: JobRunner, engine: Engine) -> Job:
    """Count what the model that ranks has embedded; succeeds with its `Coverage`, or None."""

    def work(task: Task) -> Coverage | None:
        ranking, found = engine.fingerprint, engine.coverage()
        for one in found:
            if one.key == ranking.key:
                return one
        # It has not begun.
        return replace(found[0], model=ranking.model, images=0) if found else None

    return jobs.start(work, lane=Lane.QUERY)
