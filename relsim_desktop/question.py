"""What a person asks about: a picture of the library, a picture from elsewhere, or a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Question:
    """Exactly one of `path`, `pasted` and `text` is set.

    Attributes:
        path: A file, in the library or not.
        image_id: The library's image that `path` shows, where that is known; it saves a look-up.
        pasted: A picture without a file.
        text: A relation in words; may hold slots.
    """

    path: Path | None = None
    image_id: int | None = None
    pasted: QImage | None = None
    text: str = ""

    @property
    def is_text(self) -> bool:
        """Whether a sentence is asked about, which has no look."""
        return bool(self.text)

    @property
    def title(self) -> str:
        """A short name of it."""
        if self.path is not None:
            return self.path.name
        return f"“{self.text}”" if self.text else "Pasted picture"

    def is_same_as(self, other: Question | None) -> bool:
        """Whether both ask about the same thing."""
        if other is None or self.pasted is not other.pasted:
            return False
        return self.path == other.path and self.text == other.text
