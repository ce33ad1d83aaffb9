"""Files and folders that are there whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.errors import KnownError


@contextmanager
def new_file(out: Path) -> Iterator[Path]:
    """A path to write to; it becomes `out` when the block ends, and is deleted when it raises.

    A file that is there is replaced: whoever calls has asked.

    Raises:
        KnownError: If the disk is full, or the folder cannot be written.
    """
    with _in_words(out):
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".", suffix=".part")
        os.close(handle)
        partial = Path(name)
        try:
            yield partial
            partial.chmod(0o666 & ~_umask())  # what `mkstemp` makes is for its owner alone
            partial.replace(out)
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder to fill; it becomes `out` when the block ends, and is deleted when it raises.

    Raises:
        KnownError: If there is something at `out`, or the disk is full, or cannot be written.
    """
    with _in_words(out):
        if out.exists():
            raise KnownError(f"{out} is there already: choose a folder that is not there yet")
        partial = Path(tempfile.mkdtemp(dir=out.parent, prefix=".", suffix=".part"))
        try:
            yield partial
            partial.chmod(0o777 & ~_umask())
            partial.rename(out)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise


def free_name(folder: Path, name: str) -> Path:
    """``folder/name``, or with a number behind it where there is something of that name."""
    stem, number, path = name, 2, folder / name
    while path.exists():
        path, number = folder / f"{stem} {number}", number + 1
    return path


def safe_name(text: str, *, most: int = 80) -> str:
    """A text as a file name that every system takes; never empty."""
    kept = "".join(" " if c in '<>:"/\\|?*{}' or not c.isprintable() else c for c in text)
    return " ".join(kept.split())[:most].strip(" .") or "board"


@contextmanager
def _in_words(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KnownError(
            f"{out} cannot be written: {error.strerror or error}. Make room or choose another place"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
