"""The models on this computer: what is there, getting more, and letting go of them.

Every model is a folder ``models_directory()/ID`` with a manifest. A download grows in
``ID.partial`` beside it, an import in ``ID.import``; either becomes ``ID`` by one rename when it is
whole.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from engine.errors import DownloadError, ModelError
from engine.jobs import JobControl
from engine.models.catalogue import ModelCard, bundled_folder, card, catalogue
from engine.models.copying import checked_source, copy_model, wanted_files
from engine.models.hub import Hub, TransientError
from engine.models.manifest import MANIFEST_NAME, Manifest, NewerManifestError
from engine.models.partial import Meter, PartialModel
from engine.paths import models_directory

_RESERVE = 200_000_000  # bytes that a download leaves free: a full system disk harms more than us
_KEPT = "What has come so far is kept: download again to go on"


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Where one model stands.

    Attributes:
        card: What it is.
        state: ``partial`` is a download that can go on, or an installed model that lost files.
        folder: Where it is, if it is bundled or installed.
        bytes_on_disk: What its files take, a partial download's included.
        missing: Ids of the models that it requires and that are not installed.
    """

    card: ModelCard
    state: Literal["bundled", "installed", "partial", "absent"]
    folder: Path | None
    bytes_on_disk: int
    missing: tuple[str, ...]


class ModelManager:
    """Lists, downloads, imports and removes models. Thread-safe, and safe among processes."""

    def __init__(self, directory: Path | None = None) -> None:
        """Look into a folder.

        Args:
            directory: Where models lie; None for `models_directory`.
        """
        self.directory = models_directory() if directory is None else directory

    def statuses(self) -> list[ModelStatus]:
        """Where each known model stands, in the order of the catalogue; no weights are read."""
        return [self.status(known.id) for known in catalogue()]

    def status(self, model_id: str) -> ModelStatus:
        """Where one model stands.

        Raises:
            ModelError: If there is no such model.
        """
        model = card(model_id)
        missing = tuple(name for name in model.requires if not self._installed(name))
        if model.kind == "bundled":
            folder = bundled_folder(model_id)
            return ModelStatus(model, "bundled", folder, _size(folder), missing)
        folder = self.directory / model_id
        size = _size(folder) + _size(self._partial(model_id)) + _size(self._import(model_id))
        if self._installed(model_id):
            return ModelStatus(model, "installed", folder, size, missing)
        return ModelStatus(model, "partial" if size else "absent", None, size, missing)

    def folder(self, model_id: str) -> Path:
        """Where a model is that is bundled or installed; what it requires is not looked at.

        Raises:
            ModelError: If it is unknown, not there, or damaged; the text says how to get it.
        """
        model = card(model_id)
        if model.kind == "bundled":
            return bundled_folder(model_id)
        folder = self.directory / model_id
        manifest = Manifest.read(folder)
        if manifest is None:
            raise ModelError(
                f"The model {model_id} is not installed: get it with 'relsim models download"
                f" {model_id}', or 'relsim models import {model_id} FOLDER'",
                in_window=f"The model {model_id} is not installed: open Models (Ctrl+M), then"
                " download or import it.",
            )
        if changed := manifest.changed(folder):
            raise ModelError(
                f"The model {model_id} is damaged ({', '.join(changed)}): repair it with 'relsim"
                f" models download {model_id}'",
                in_window=f"The model {model_id} is damaged ({', '.join(changed)}): open Models"
                " (Ctrl+M), then download it to repair it.",
            )
        return folder

    def download(self, model_id: str, *, control: JobControl | None = None) -> None:
        """Download a model and what it requires, from where an earlier try ended.

        Files of a damaged model that are right are kept. A model that is there is left alone.

        Args:
            model_id: Which; not a bundled model.
            control: Progress in bytes; after a cancel a later download goes on.

        Raises:
            DownloadError: If the network, the hub or the disk fails; the text says what to do.
            ModelError: If there is no such model, or another process is at it.
            Cancelled: If the control says so; within a second.
        """
        control = control or JobControl()
        model = self._obtainable(model_id)
        chain = [*(card(name) for name in model.requires), model]
        with ExitStack() as stack:
            for part in chain:
                if not self._installed(part.id):
                    stack.enter_context(self._lock(part.id))
            try:
                absent = [part for part in chain if not self._installed(part.id)]
                if absent:
                    self._complete(absent, stack.enter_context(Hub()), control)
            except TransientError as error:
                raise DownloadError(f"{error}. {_KEPT}") from error
            except OSError as error:
                raise DownloadError(self._said(error, _KEPT)) from error

    def import_folder(
        self, model_id: str, source: Path, *, control: JobControl | None = None
    ) -> None:
        """Copy a model from a folder, without a network.

        Args:
            model_id: What it is; not a bundled model.
            source: A folder in the released layout, or of a Hugging Face cache.
            control: Progress in bytes; cancelling leaves nothing behind.

        Raises:
            ModelError: If the folder is not a whole model of that kind, there is no room, or the
                model is installed already.
            Cancelled: If the control says so.
        """
        control = control or JobControl()
        model = self._obtainable(model_id)
        with self._lock(model_id):
            if self._installed(model_id):
                raise ModelError(f"The model {model_id} is installed already: remove it first")
            folder = checked_source(model, source.expanduser())
            if folder.resolve().is_relative_to((self.directory / model_id).resolve()):
                raise ModelError(f"{source} is where {model_id} is to be put: move it elsewhere")
            target = self._import(model_id)
            try:
                shutil.rmtree(target, ignore_errors=True)
                target.mkdir(parents=True)
                files = wanted_files(model.kind, folder)
                self._require_space(sum(path.stat().st_size for path in files))
                copy_model(model, folder, target, control).write(target)
                shutil.rmtree(self._partial(model_id), ignore_errors=True)
                self._put_in_place(target, model_id)
            except OSError as error:
                raise ModelError(self._said(error, "nothing was imported")) from error
            finally:
                shutil.rmtree(target, ignore_errors=True)

    def remove(self, model_id: str) -> None:
        """Delete a model and what was downloaded of it. What it requires stays.

        Raises:
            ModelError: If it is bundled, not there, in the hands of another process, or required by
                a model that is installed.
        """
        model = self._obtainable(model_id)
        users = [m.id for m in catalogue() if model.id in m.requires and self._installed(m.id)]
        if users and self._installed(model_id):
            raise ModelError(
                f"The model {model_id} is needed by {', '.join(users)}: remove that first"
            )
        if self.status(model_id).state == "absent":
            raise ModelError(f"The model {model_id} is not installed")
        with self._lock(model_id):
            try:
                folder = self.directory / model_id
                if folder.is_symlink():
                    folder.unlink()  # what it points to is not ours
                # Without its manifest a folder that is half deleted is not taken for a model.
                (folder / MANIFEST_NAME).unlink(missing_ok=True)
                for path in (folder, self._partial(model_id), self._import(model_id)):
                    if path.exists():
                        shutil.rmtree(path)
            except OSError as error:
                raise ModelError(
                    f"The model {model_id} cannot be removed: {error.strerror or error}. Close what"
                    " uses it, and try again"
                ) from error

    def _obtainable(self, model_id: str) -> ModelCard:
        model = card(model_id)
        if model.kind == "bundled":
            raise ModelError(f"The model {model_id} is part of the program and stays as it is")
        return model

    def _installed(self, model_id: str) -> bool:
        if card(model_id).kind == "bundled":
            return True
        try:
            manifest = Manifest.read(self.directory / model_id)
        except ModelError:
            return False
        return manifest is not None and not manifest.changed(self.directory / model_id)

    def _partial(self, model_id: str) -> Path:
        return self.directory / f"{model_id}.partial"

    def _import(self, model_id: str) -> Path:
        return self.directory / f"{model_id}.import"

    def _complete(self, models: list[ModelCard], hub: Hub, control: JobControl) -> None:
        control.report("Asking the hub", 0, None, unit="bytes")
        for model in models:
            self._set_aside(model.id)
        parts = [PartialModel(model, self._partial(model.id), hub, control) for model in models]
        for part in parts:
            part.prepare()
        self._require_space(sum(part.remaining() for part in parts))
        meter = Meter(control, sum(part.size for part in parts))
        for model, part in zip(models, parts, strict=True):
            part.complete(meter)
            self._put_in_place(self._partial(model.id), model.id)

    def _set_aside(self, model_id: str) -> None:
        """Make a damaged model a partial download, whose files are all to be checked again."""
        folder = self.directory / model_id
        if not folder.exists():
            return
        if folder.is_symlink():
            raise ModelError(f"{folder} is a link to a folder of somebody else: remove it first")
        try:
            Manifest.read(folder)
        except NewerManifestError:
            raise
        except ModelError:
            pass  # damaged: what it said does not matter
        (folder / MANIFEST_NAME).unlink(missing_ok=True)
        for path in folder.iterdir():
            path.rename(path.with_name(f"{path.name}.part"))
        shutil.rmtree(self._partial(model_id), ignore_errors=True)
        folder.rename(self._partial(model_id))

    def _put_in_place(self, whole: Path, model_id: str) -> None:
        folder = self.directory / model_id
        if folder.exists():
            shutil.rmtree(folder)
        whole.rename(folder)

    def _require_space(self, needed: int) -> None:
        folder = self.directory
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free
        if needed and needed + _RESERVE > free:
            text = f"{(needed + _RESERVE) / 1e9:.1f} GB more are needed, {free / 1e9:.1f} are free"
            raise OSError(errno.ENOSPC, text)

    def _said(self, error: OSError, outcome: str) -> str:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return f"The disk of {self.directory} is full ({error.strerror}): {outcome}"
        return f"{error.filename or self.directory}: {error.strerror or error}. {outcome}"

    @contextmanager
    def _lock(self, model_id: str) -> Iterator[None]:
        """Keep others from the model; the system frees it when the process dies."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.directory / f"{model_id}.lock", thread_local=False)
            lock.acquire(blocking=False)
        except Timeout as error:
            raise ModelError(
                f"The model {model_id} is being downloaded, imported or removed already: wait until"
                " that is done, or cancel it"
            ) from error
        except OSError as error:
            raise ModelError(f"{self.directory}: {error.strerror or error}") from error
        try:
            yield
        finally:
            lock.release()


def _size(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
