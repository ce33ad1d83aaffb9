"""Make freed pictures leave the process, or let a model on the processor keep its blocks."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_TRIM_THRESHOLD = -1  # glibc's M_TRIM_THRESHOLD
_MMAP_THRESHOLD = -3  # glibc's M_MMAP_THRESHOLD
_LARGE = 4 << 20
_LARGEST = 32 << 20  # what glibc learns by itself at most


def return_large_blocks() -> None:
    """Let glibc hand blocks of 4 MiB and more back to the system as soon as they are freed.

    It learns from large blocks that it had better keep the next ones, one heap a thread: a run
    that met a few huge pictures in its decode threads grew by 600 MB. Elsewhere this does nothing.
    """
    _set({_MMAP_THRESHOLD: _LARGE})


def keep_large_blocks() -> None:
    """Let glibc keep blocks as it would have learned to, for a large model's many equal ones.

    To fetch each anew costs such a model on a processor a fifth of its speed; beside its weights
    the memory is little.
    """
    _set({_MMAP_THRESHOLD: _LARGEST, _TRIM_THRESHOLD: 2 * _LARGEST})


def _set(options: dict[int, int]) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            library = ctypes.CDLL(None)
            for option, value in options.items():
                library.mallopt(option, value)
