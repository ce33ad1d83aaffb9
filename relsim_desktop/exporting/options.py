"""What a person can choose when a board is exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP

Kind = Literal["png", "pdf", "html", "folder"]
Layout = Literal["sheet", "canvas"]

KINDS: Final[dict[Kind, str]] = {
    "png": str(QT_TRANSLATE_NOOP("", "Picture (PNG)")),
    "pdf": str(QT_TRANSLATE_NOOP("", "Document (PDF)")),
    "html": str(QT_TRANSLATE_NOOP("", "Web page (HTML)")),
    "folder": str(QT_TRANSLATE_NOOP("", "Folder of copies")),
}
"""What a board can become, as it is called."""

PAGES: Final = ("A4", "A3", "Letter", "Tabloid")
"""Sizes of paper."""

SCALES: Final = (1, 2, 3)
"""Pixels of a unit in a PNG file."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a board is exported.

    Attributes:
        kind: What it becomes.
        layout: A contact sheet in the board's order, or as the pictures lie on the canvas.
        captions: Show the anonymous captions.
        notes: Show what a person noted.
        scores: Show how well each picture shares the logic of the others.
        sources: Show the names of the files; in HTML and tables, where they are.
        scale: Of a PNG file, one of `SCALES`.
        page: Of a PDF file, one of `PAGES`.
        is_landscape: Whether the PDF's pages are wider than high.
    """

    kind: Kind = "png"
    layout: Layout = "sheet"
    captions: bool = True
    notes: bool = True
    scores: bool = False
    sources: bool = True
    scale: int = 2
    page: str = "A4"
    is_landscape: bool = True
