"""The chapters of the help, as they lie in ``resources/help``, in the language of the window."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QKeySequence

from resources import ROOT

CHAPTERS: Final = (
    "start",
    "finding",
    "understanding",
    "comparing",
    "boards",
    "analogies",
    "studies",
    "library",
    "models",
    "keyboard",
    "privacy",
    "troubleshooting",
)
"""File names without suffix, in reading order."""

KEYS: Final = "{{keys}}"
"""Stands in a chapter where the list of all keys is put."""

KEY: Final = re.compile(
    r"`((?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|[A-Z0-9,?]|Tab|Escape|Delete|Left|Right))`"
)
"""A key in the text of a chapter, as Qt writes it everywhere."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the help.

    Attributes:
        name: One of `CHAPTERS`.
        title: Its heading.
        text: Markdown, with the heading.
    """

    name: str
    title: str
    text: str


def name_keys(text: str) -> str:
    """Write the keys of a text as they stand on the keyboards of this system and language."""
    native = QKeySequence.SequenceFormat.NativeText
    return KEY.sub(lambda found: f"`{QKeySequence(found[1]).toString(native)}`", text)


def read_chapters(language: str | None = None) -> list[Chapter]:
    """All chapters in a language; English where there is no translation.

    Args:
        language: ``de``; None for that of the window.
    """
    code = language or QLocale().name().split("_")[0]
    folder = ROOT / "help" / code
    if not folder.is_dir():
        folder = ROOT / "help" / "en"
    chapters = []
    for name in CHAPTERS:
        text = (folder / f"{name}.md").read_text("utf-8")
        title = text.split("\n", 1)[0].removeprefix("# ").strip()
        chapters.append(Chapter(name, title, text))
    return chapters
