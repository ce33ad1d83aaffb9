"""Finding what a person types in texts, and marking where it was found."""

from __future__ import annotations

import re
from html import escape

from relsim_desktop.theme import Colors


def words_of(query: str) -> list[str]:
    """What a person has typed, word for word, without regard to case."""
    return query.casefold().split()


def contains(text: str, words: list[str]) -> bool:
    """Whether a text has all the words, parts of words included."""
    folded = text.casefold()
    return all(word in folded for word in words)


def marked(text: str, words: list[str], colors: Colors) -> str:
    """A plain text as rich text, with the words marked.

    Args:
        text: Any text; it is escaped.
        words: From `words_of`.
        colors: Of the theme.
    """
    if not words:
        return escape(text)
    style = f"background-color:{colors.accent_tint.name()};color:{colors.accent_text.name()}"
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return "".join(
        f'<span style="{style}">{escape(part)}</span>' if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )
