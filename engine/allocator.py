"""Make freed pictures leave the process."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_MMAP_THRESHOLD = -3  # glibc's M_MMAP_THRESHOLD
_LARGE = 4 << 20


def return_large_blocks() -> None:
    """Let glibc hand blocks of 4 MiB and more back to the system as soon as they are freed.

    It learns from large blocks that it had better keep the next ones, one heap a thread: a run
    that met a few huge pictures in its decode threads grew by 600 MB. Elsewhere this does nothing.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
