"""A download under way: a folder that grows until it is a whole model.

It holds the plan (a manifest), files that are whole and checked under their names, and
``NAME.part`` for what is not. So after a kill at any instant all that was written goes on to count.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

from engine.errors import DownloadError, ModelError
from engine.jobs import JobControl
from engine.models.catalogue import ModelCard
from engine.models.hub import Hub, Patience, TransientError
from engine.models.identity import CHUNK, file_sha256
from engine.models.layout import faults, missing_names, wanted
from engine.models.manifest import MANIFEST_NAME, Manifest, ModelFile, size_of

_PART = ".part"
_REPORT_EVERY_S = 0.1


class Meter:
    """Counts the bytes of several models in one progress."""

    def __init__(self, control: JobControl, total: int) -> None:
        self._control, self._total = control, total
        self._done, self._reported = 0, 0.0

    def add(self, phase: str, count: int) -> None:
        """Count bytes that are done now; negative if they turned out to be none."""
        self._done += count
        now = time.monotonic()
        if now - self._reported >= _REPORT_EVERY_S or self._done >= self._total:
            self._reported = now
            self._control.report(phase, self._done, self._total, unit="bytes")


class PartialModel:
    """The part of one model that has been downloaded."""

    def __init__(self, card: ModelCard, folder: Path, hub: Hub, control: JobControl) -> None:
        """Ask the hub for the model's files; nothing is written yet.

        Raises:
            DownloadError: If the hub does not answer, or has not what makes the model.
            Cancelled: If the control says so.
        """
        assert card.repository is not None
        assert card.revision is not None
        self._card, self._folder, self._hub, self._control = card, folder, hub, control
        commit, files = hub.files(card.repository, card.revision, control)
        files = sorted((f for f in files if wanted(card.kind, f.name)), key=lambda f: f.name)
        self._plan = Manifest(card.id, card.repository, commit, tuple(files))
        self._require_whole(missing_names(card.kind, {file.name for file in files}))

    @property
    def size(self) -> int:
        """Of the whole model in bytes."""
        return sum(file.size for file in self._plan.files)

    def remaining(self) -> int:
        """Bytes that are yet to be written."""
        return sum(
            file.size - max(size_of(self._folder / file.name), size_of(self._part(file)), 0)
            for file in self._plan.files
        )

    def prepare(self) -> None:
        """Drop what is of no use to the plan, and write the plan down."""
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            old = Manifest.read(self._folder)
        except ModelError:
            old = None
        known = {file.name: file for file in old.files} if old else {}
        keep = {MANIFEST_NAME}
        for file in self._plan.files:
            before = known.get(file.name)
            whole = before is not None and before.same_content(file)
            if whole and size_of(self._folder / file.name) == file.size:
                keep.add(file.name)
            elif size_of(self._part(file)) <= file.size:
                keep.add(self._part(file).name)
        for path in self._folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name not in keep or path.is_symlink():  # never write through a link
                path.unlink()
        self._plan.write(self._folder)

    def complete(self, meter: Meter) -> None:
        """Download what is missing, check everything, and write the manifest.

        Raises:
            DownloadError: If the hub fails, or sends something else than it promised.
            OSError: If writing fails.
            Cancelled: If the control says so.
        """
        for file in sorted(self._plan.files, key=lambda file: file.size):  # troubles show early
            if size_of(self._folder / file.name) == file.size:
                meter.add("Checking", file.size)
            else:
                self._fetch(file, meter)
        self._require_whole(faults(self._card.kind, self._folder))
        files = []
        for file in self._plan.files:
            path = self._folder / file.name
            sha256 = file.sha256 or file_sha256(path)  # small: the large ones have theirs
            files.append(replace(file, sha256=sha256, mtime_ns=path.stat().st_mtime_ns))
        replace(self._plan, files=tuple(files)).write(self._folder)

    def _part(self, file: ModelFile) -> Path:
        return self._folder / f"{file.name}{_PART}"

    def _require_whole(self, found: list[str]) -> None:
        if found:
            raise DownloadError(
                f"{self._card.repository} on {self._hub.host} is not a whole {self._card.title}:"
                f" {'; '.join(found)}"
            )

    def _fetch(self, file: ModelFile, meter: Meter) -> None:
        part = self._part(file)
        for _ in range(2):
            if self._transfer(file, part, meter):
                part.replace(self._folder / file.name)
                return
            meter.add("Downloading", -size_of(part))
            part.unlink()
        raise DownloadError(
            f"{file.name} came twice with a wrong checksum from {self._hub.host}: it is damaged"
            " there or on the way. It was deleted; try another mirror (HF_ENDPOINT) or network"
        )

    def _transfer(self, file: ModelFile, part: Path, meter: Meter) -> bool:
        """Bring a part to its full length; whether its checksum is right."""
        digest = self._digest_of_part(file, part, meter)
        patience = Patience(self._control)
        with part.open("ab") as out:
            while (have := out.tell()) < file.size:
                ended = TransientError(f"{self._hub.host} ended {file.name} too early")
                try:
                    with self._hub.content(
                        str(self._plan.repository),
                        str(self._plan.revision),
                        file.name,
                        have,
                        self._control,
                    ) as (start, chunks):
                        if start != have:
                            out.seek(0)
                            out.truncate()
                            meter.add("Downloading", -have)
                            digest = _Digest(file)
                        for chunk in chunks:
                            out.write(chunk)
                            digest.update(chunk)
                            meter.add("Downloading", len(chunk))
                            patience.reset()
                            if out.tell() > file.size:
                                return False
                except TransientError as error:
                    ended = error
                if out.tell() < file.size:
                    patience.after(ended)
            out.flush()
            os.fsync(out.fileno())  # a name without .part promises that the content is there
        return digest.fits(file)

    def _digest_of_part(self, file: ModelFile, part: Path, meter: Meter) -> _Digest:
        digest = _Digest(file)
        if part.exists():
            with part.open("rb") as reader:
                while chunk := reader.read(CHUNK):
                    self._control.checkpoint()
                    digest.update(chunk)
                    meter.add("Checking", len(chunk))
        return digest


class _Digest:
    """The checksum that the hub gives: SHA-256 of a large file, git's object id of a small one."""

    def __init__(self, file: ModelFile) -> None:
        if file.sha256:
            self._sum = hashlib.sha256()
        else:
            self._sum = hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)

    def update(self, chunk: bytes) -> None:
        self._sum.update(chunk)

    def fits(self, file: ModelFile) -> bool:
        return self._sum.hexdigest() == (file.sha256 or file.blob)
