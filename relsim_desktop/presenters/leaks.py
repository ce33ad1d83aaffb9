"""What is wrong with a caption, in words and in places, while a person writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relsim_desktop.translation import tr

_SLOT = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST_WORDS = 3  # of one name or compound


def concern(caption: str) -> str:
    """Why a caption is not anonymous, in a sentence for people; empty if it is.

    The GUI thread may call it at every key: it takes well under a millisecond.
    """
    from engine.models.anonymity import MAX_WORDS, is_anonymous, leaks

    if is_anonymous(caption):
        return ""
    rest = _SLOT.sub("", caption)
    if "{" in rest or "}" in rest:
        return tr("A brace has no partner: a slot is written {Like this}")
    named = leaks(caption)
    if named:
        words = _listed([f"“{word}”" for word in named])
        said = tr("It names {words} outside a slot: write a slot such as {Object} instead")
        return said.replace("{words}", words)
    if len(caption.split()) > MAX_WORDS:
        said = tr("It has more than {most} words: say only what all the pictures share")
        return said.format(most=MAX_WORDS)
    return tr("It has no slot, such as {Subject}, for what differs from picture to picture")


def leak_spans(caption: str) -> list[tuple[int, int]]:
    """Where a caption names something outside its slots: start and length of each place."""
    from engine.models.anonymity import MAX_WORDS, leaks

    named = set(leaks(caption))
    if not named or len(caption.split()) > MAX_WORDS:  # too long to be accepted, or looked through
        return []
    # The check says which things are named, not where. So each word, and a few in a row, are shown
    # to it behind an article; a word that may be something else, as in "bears that bear a load",
    # then also in its place, with all other candidates hidden.
    blind = _SLOT.sub(lambda slot: " " * len(slot[0]), caption)
    spans = list(_candidates(blind, named))
    if len(spans) <= len(named):
        return spans
    return [span for span in spans if set(leaks(_alone(caption, span, spans))) & named]


def _candidates(text: str, named: set[str]) -> Iterator[tuple[int, int]]:
    from engine.models.anonymity import leaks

    words = list(_WORD.finditer(text))
    first = 0
    while first < len(words):
        for count in range(min(_MOST_WORDS, len(words) - first), 0, -1):
            start, stop = words[first].start(), words[first + count - 1].end()
            hits = named.intersection(leaks(f"The {text[start:stop]}"))
            if (count == 1 and hits) or any(len(hit.split()) == count for hit in hits):
                yield start, stop - start
                first += count - 1
                break
        first += 1


def _alone(caption: str, span: tuple[int, int], spans: list[tuple[int, int]]) -> str:
    """The caption with all spans but one turned into slots."""
    for start, length in reversed(spans):
        if (start, length) != span:
            caption = f"{caption[:start]}{{}}{caption[start + length :]}"
    return caption


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def slot_spans(caption: str) -> Iterator[tuple[int, int]]:
    """Where the slots of a caption are, with their braces: start and length of each."""
    for slot in _SLOT.finditer(caption):
        yield slot.start(), slot.end() - slot.start()
