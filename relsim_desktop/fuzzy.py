"""Finds what a person means by a few letters: "cmp" finds "Compare two pictures"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_EXACT: Final = 40  # the letters stand together
_AT_START: Final = 30  # of a word
_EACH_START: Final = 12  # a letter that begins a word, where they do not stand together
_GAP: Final = 2  # for every letter that is skipped
_FAR: Final = 0.2  # for every letter before the first


@dataclass(frozen=True, slots=True)
class Match:
    """How a text fits what was typed.

    Attributes:
        score: Higher is better.
        positions: Of the letters that fit, ascending.
    """

    score: float
    positions: tuple[int, ...]


def match(query: str, text: str) -> Match | None:
    """Fit a query to a text, word for word in any order; None where a word does not fit.

    Args:
        query: What was typed; nothing fits everything.
        text: What it may mean.
    """
    folded = text.lower()
    if len(folded) != len(text):  # letters that grow in lower case, such as "İ"
        folded = text
    score, positions = 0.0, set[int]()
    for word in query.lower().split():
        found = _fit(word, folded)
        if found is None:
            return None
        score += found.score
        positions.update(found.positions)
    return Match(score - len(text) * 0.01, tuple(sorted(positions)))


def _fit(word: str, text: str) -> Match | None:
    """Fit one word: its letters together if possible, else one after the other."""
    best: Match | None = None
    start = text.find(word)
    while start >= 0:
        score = _EXACT + (_AT_START if _begins_word(text, start) else 0) - start * _FAR
        if best is None or score > best.score:
            best = Match(score, tuple(range(start, start + len(word))))
        start = text.find(word, start + 1)
    return best or _scattered(word, text)


def _scattered(word: str, text: str) -> Match | None:
    """Fit letter for letter, starts of words first."""
    positions: list[int] = []
    score, at = 0.0, 0
    for letter in word:
        here = text.find(letter, at)
        if here < 0:
            return None
        follows = bool(positions) and here == positions[-1] + 1
        if not follows:
            there = here
            while there >= 0 and not _begins_word(text, there):
                there = text.find(letter, there + 1)
            # A start of a word is taken if what comes then can still be found behind it.
            rest = word[len(positions) + 1 :]
            if there >= 0 and _is_subsequence(rest, text, there + 1):
                here = there
        score += _EACH_START if _begins_word(text, here) else 0
        score -= _GAP * (here - at) * 0.1 if positions else here * _FAR
        positions.append(here)
        at = here + 1
    if len(word) > 1 and score < len(word):  # letters from here and there mean nothing
        return None
    return Match(score, tuple(positions))


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _is_subsequence(word: str, text: str, at: int) -> bool:
    for letter in word:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True
