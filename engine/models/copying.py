"""Copies a model from a folder that somebody has: offline import."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from engine.errors import ModelError
from engine.jobs import JobControl
from engine.models.catalogue import Kind, ModelCard
from engine.models.identity import CHUNK
from engine.models.layout import faults, wanted
from engine.models.manifest import Manifest, ModelFile

_COMMIT = re.compile(r"[0-9a-f]{40}")


def checked_source(card: ModelCard, source: Path) -> Path:
    """The folder that holds the model's files: `source`, or the snapshot in it.

    Args:
        card: What it should be.
        source: A folder with the files, or a folder of a Hugging Face cache
            (``models--OWNER--NAME``, or one below its ``snapshots``).

    Raises:
        ModelError: If it is not a whole model of that kind; the text says what is missing.
    """
    try:
        folder = _snapshot(source)
        found = faults(card.kind, folder)
    except OSError as error:
        raise ModelError(f"{source} cannot be read: {error.strerror or error}") from error
    if found:
        raise ModelError(f"{source} is not a whole {card.title}: {'; '.join(found)}")
    return folder


def commit_of(folder: Path) -> str | None:
    """The commit on the hub that a snapshot of a Hugging Face cache is named after."""
    return folder.name if _COMMIT.fullmatch(folder.name) else None


def wanted_files(kind: Kind, folder: Path) -> list[Path]:
    """The files of a folder that belong to the model, by name."""
    return sorted(path for path in folder.iterdir() if path.is_file() and wanted(kind, path.name))


def copy_model(card: ModelCard, source: Path, target: Path, control: JobControl) -> Manifest:
    """Copy the files that belong to the model; links are followed, never made.

    Args:
        card: What it is.
        source: As returned by `checked_source`.
        target: An empty folder.
        control: Progress in bytes.

    Raises:
        OSError: If reading or writing fails.
        Cancelled: If the control says so.
    """
    paths = wanted_files(card.kind, source)
    total, done, files = sum(path.stat().st_size for path in paths), 0, []
    for path in paths:
        copied, digest = target / path.name, hashlib.sha256()
        with path.open("rb") as reader, copied.open("wb") as writer:
            while chunk := reader.read(CHUNK):
                control.checkpoint()
                writer.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                control.report("Copying", done, total, unit="bytes")
        stat = copied.stat()
        files.append(
            ModelFile(path.name, stat.st_size, digest.hexdigest(), mtime_ns=stat.st_mtime_ns)
        )
    return Manifest(card.id, None, commit_of(source), tuple(files))


def _snapshot(source: Path) -> Path:
    """Find the snapshot in a folder of a Hugging Face cache; other folders are themselves."""
    snapshots = source / "snapshots"
    if not snapshots.is_dir():
        return source
    folders = sorted(path for path in snapshots.iterdir() if path.is_dir())
    main = source / "refs" / "main"
    if main.is_file():
        named = snapshots / main.read_text(encoding="utf-8").strip()
        if named in folders:
            return named
    if len(folders) == 1:
        return folders[0]
    raise ModelError(
        f"{snapshots} holds {len(folders)} snapshots and does not say which is current:"
        " name one of them"
    )
