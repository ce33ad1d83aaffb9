"""One indexing run at a time, whatever the number of processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import LibraryError


@contextmanager
def indexing_lock(directory: Path) -> Iterator[None]:
    """Hold the library's indexing lock; the system frees it when the process dies.

    Args:
        directory: The library's folder.

    Raises:
        LibraryError: If another run, in this process or another, holds it.
    """
    lock = FileLock(directory / "indexing.lock", thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise LibraryError(
            f"Pictures are being indexed into the library in {directory} already. "
            "Wait until that is done, or cancel it, and try again."
        ) from error
    try:
        yield
    finally:
        lock.release()
