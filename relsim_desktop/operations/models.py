"""Verbs on the models of this computer: list, download, import, remove."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.errors import ModelError, QueryError
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


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model that lies in a folder of the person's own and stays there.

    Attributes:
        folder: A relsim checkpoint, or a small model.
        base: The base model that the checkpoint is built on; None for the one that it names.
    """

    folder: Path
    base: Path | None = None

    @property
    def id(self) -> str:
        """Identifies it among all models, those of the catalogue included."""
        return str(self.folder)


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


def examine(jobs: JobRunner, engine: Engine, model: OwnModel) -> Job:
    """Look whether a folder holds a model that can rank; no weights are read.

    Succeeds with True, or with False where its base model must be named. Fails with what is wrong.
    """

    def work(task: Task) -> bool:
        from engine.models import checkpoint
        from engine.models.chosen import base_for
        from engine.models.spec import SPEC_NAME, ModelSpec

        if (model.folder / SPEC_NAME).is_file():
            ModelSpec.load(model.folder)
            return True
        if not checkpoint.is_relsim(model.folder):
            raise ModelError(
                f"{model.folder} holds no model that can rank: choose the folder of a relsim "
                f"checkpoint, with {checkpoint.ADAPTER_CONFIG} and {checkpoint.PROJECTION} in it"
            )
        if model.base is not None and not (model.base / "config.json").is_file():
            raise ModelError(
                f"{model.base} holds no base model: choose the folder of the Qwen2.5-VL that "
                f"{model.folder.name} was trained on, with its config.json in it"
            )
        try:
            base_for(model.folder, model.base, engine.manager)
        except ModelError:
            if model.base is not None:
                raise
            return False
        return True

    return jobs.start(work, lane=Lane.QUERY)


def use(jobs: JobRunner, engine: Engine, model_id: str, base: Path | None = None) -> Job:
    """Let a model rank, with the captioner that is installed; succeeds with `model_id`.

    It waits for an indexing that goes on, and a later one waits for it.

    Args:
        jobs: Runs it.
        engine: Of the library.
        model_id: Of the catalogue, or the folder of a model of one's own.
        base: The base model of such a folder; None for the one that it names.
    """

    def work(task: Task) -> str:
        from engine.models.chosen import ModelRequest

        while True:
            try:
                engine.use(ModelRequest(model=model_id, base=base))
            except QueryError:  # a single picture is being described, which is cancelled by now
                task.control.checkpoint()
                time.sleep(_POLL_S)
            else:
                return model_id

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
