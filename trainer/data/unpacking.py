"""Pictures of shards and tables as files, for what works on files: groups, and people."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from PIL import Image

from engine.errors import DecodeError, KnownError
from trainer.data.inside import write_list
from trainer.data.records import Cell, Collection, Record, Source
from trainer.files import write_atomically
from trainer.progress import Reporter

LIST: Final = "pictures.jsonl"
"""The list in the folder, which says what is known of each picture."""

_PHASE: Final = "Unpacking"
_PLAIN: Final = re.compile(r"\w[\w.-]{0,100}")


def unpack(collection: Collection, out: Path, reporter: Reporter) -> Collection:
    """Write every picture as a file of its own, as it is, and a list of all.

    Files that are there are kept, so that an interrupted run goes on; the list comes last.

    Args:
        collection: What to unpack.
        out: Made if it is not there.
        reporter: Is told how far it is.

    Returns:
        The pictures as files; those that cannot be read any more are dropped.

    Raises:
        KnownError: If nothing can be read, or the folder cannot be written.
    """
    drops, records, taken = collection.drops.copy(), list[Record](), set[str]()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for number, record in enumerate(collection.records, 1):
            try:
                records.append(replace(record, source=_write(record, out, taken)))
            except DecodeError as error:
                drops.add("unreadable", record.key, str(error))
            reporter.step(_PHASE, number, len(collection.records))
        write_list(out / LIST, records)
    except OSError as error:
        raise KnownError(f"{out} cannot be written: {error.strerror or error}") from error
    unpacked = replace(collection, name=str(out), records=tuple(records), drops=drops)
    return unpacked.require_some()


def _write(record: Record, out: Path, taken: set[str]) -> Path:
    content = _content(record.source)
    if isinstance(record.source, Cell):  # only its content says what it is
        suffix = _suffix(content)
    else:
        suffix = PurePosixPath(record.source.name).suffix
    path = out / _name(record, suffix, taken)
    if not path.is_file() or path.read_bytes() != content:  # it may be of another collection
        write_atomically(path, content)
    return path


def _suffix(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return f".{str(picture.format).lower()}"
    except (OSError, Image.DecompressionBombError) as error:
        raise DecodeError("it is no picture") from error


def _content(source: Source) -> bytes:
    if not isinstance(source, Path):
        return source.read()
    try:
        return source.read_bytes()
    except OSError as error:
        raise DecodeError(f"the file cannot be read: {error.strerror}") from error


def _name(record: Record, suffix: str, taken: set[str]) -> str:
    """A name that no other record has, whatever their keys are made of."""
    stem, suffix = record.key.removesuffix(suffix), suffix.lower()
    is_plain = _PLAIN.fullmatch(stem) and stem.lower() == stem  # some disks know no upper case
    if not is_plain or stem + suffix in taken:
        stem = hashlib.sha256(record.key.encode()).hexdigest()[:24]
    taken.add(stem + suffix)
    return stem + suffix
