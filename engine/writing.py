"""Writing a file that a person asked for: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from engine.errors import KnownError


def write_file(path: Path, content: bytes) -> None:
    """Put a file in place; what was there before is replaced in one step, or stays.

    Args:
        path: Where; its folder must be there.
        content: All of it.

    Raises:
        KnownError: If the folder is missing or may not be written to, or the disk is full.
    """
    part: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name[:40]}.", delete=False
        ) as file:
            part = Path(file.name)
            file.write(content)
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        else:
            part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        raise KnownError(
            f"{path} cannot be written ({error.strerror or error}): choose another place, or make"
            " room there"
        ) from error


def _umask() -> int:
    """What the system keeps from new files; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
