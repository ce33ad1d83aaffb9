"""The engine's errors: one family a person can act on; everything else is a bug.

A `KnownError` carries one sentence that says what happened and what to do. The command line prints
it as one line and exits with 2; the desktop shows it. Any other exception is a defect of ours.
"""

from __future__ import annotations


class KnownError(Exception):
    """Something in the user's input or environment; the text says what to do about it.

    Attributes:
        in_window: The same for somebody who has a window and no terminal.
    """

    def __init__(self, text: str = "", *, in_window: str = "") -> None:
        super().__init__(text)
        self.in_window = in_window or text


class DecodeError(KnownError):
    """A file could not be read as a picture; the text is the reason that is recorded for it."""


class ModelError(KnownError):
    """A model is missing, damaged, or of a kind that this version cannot load."""


class DownloadError(KnownError):
    """A model cannot be downloaded now; what has come so far is kept, unless the text says not."""


class LibraryError(KnownError):
    """The library on disk is locked, damaged, or was written by a newer version."""


class QueryError(KnownError):
    """A query cannot be answered: unknown picture, empty library, empty text."""
