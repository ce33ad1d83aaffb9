"""Scores, progress and outcomes in words for people."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.captioning import CaptionReport
    from engine.jobs import Progress
    from engine.types import Description, IndexReport, PairScore

NO_RELATION = "No clear relation"
NO_RELATION_OF_QUERY = "What is found below is merely the nearest to it."
NO_RELATION_IN_COMMON = "Alike in showing no clear relation"

IN_YOUR_WORDS = "In your words"
UNPLACED = "Too few pictures to place it"
"""Said of a score without a percentile."""

_SLOT = re.compile(r"\{([^{}]+)\}")

# Least percentile of the library's pairs for each phrase.
_RELATIONS = (
    (99.0, "Strongly related"),
    (95.0, "Clearly related"),
    (85.0, "Loosely related"),
    (0.0, "Hardly related"),
)
# Least attribute similarity for each phrase.
_LOOKS = (
    (0.97, "look nearly identical"),
    (0.75, "look much alike"),
    (0.5, "look somewhat alike"),
    (0.3, "look little alike"),
    (-1.0, "look nothing alike"),
)
_CONFIDENCES = ((0.75, "Confident"), (0.5, "Fairly sure"), (0.0, "A guess"))


def pieces(caption: str) -> Iterator[tuple[str, bool]]:
    """Split a caption into ``(text, whether it is a slot)``; slots lose their braces."""
    end = 0
    for match in _SLOT.finditer(caption):
        if match.start() > end:
            yield caption[end : match.start()], False
        yield match.group(1), True
        end = match.end()
    if end < len(caption):
        yield caption[end:], False


def caption(description: Description) -> str:
    """The description's text, or a calm sentence when there is none."""
    return description.text or NO_RELATION


def confidence(description: Description) -> str:
    """How sure the description is, for example ``Fairly sure (62%)``; empty without a text."""
    if description.text is None:
        return ""
    word = next(word for least, word in _CONFIDENCES if description.confidence >= least)
    return f"{word} ({description.confidence:.0%})"


def provenance(description: Description) -> str:
    """Where a description comes from, and how sure it is; empty without a text."""
    if description.text is None:
        return ""
    match description.source:
        case "person":
            return IN_YOUR_WORDS
        case "captioner":
            writer = f"Written by {writer_of(description)}"
            return f"{writer}, pinned" if description.pinned else writer
    return f"From the caption bank, {confidence(description).lower()}"


def writer_of(description: Description) -> str:
    """Id of the captioner that wrote a description."""
    return description.model.partition("/")[0] or "a captioner"


def percentile(value: float) -> str:
    """A percentile as ``97%``; never rounded up to 100."""
    if value >= 99:
        return f"{min(math.floor(value * 10) / 10, 99.9):g}%"
    return f"{math.floor(value)}%"


def standing(value: float) -> str:
    """A percentile from the other end: ``top 3%``, ``top 0.1%``.

    Args:
        value: Percentile in 0..100.
    """
    rest = 100 - value
    return (
        f"top {max(math.ceil(rest * 10) / 10, 0.1):g}%" if rest < 1 else f"top {math.ceil(rest)}%"
    )


def relation(value: float) -> str:
    """The relational similarity in two words.

    Args:
        value: Percentile in 0..100, or NaN where there is too little to compare with.
    """
    if math.isnan(value):
        return UNPLACED
    return next(words for least, words in _RELATIONS if value >= least)


def neighbor(value: float, description: Description) -> str:
    """How a neighbor stands: ``Strongly related · top 0.3%``.

    A high score of two pictures without a clear relation is no analogy, and is not called one.

    Args:
        value: Percentile in 0..100, or NaN.
        description: The neighbor's.
    """
    if math.isnan(value):
        return UNPLACED
    if description.text is None:
        return NO_RELATION_IN_COMMON if value >= _RELATIONS[1][0] else relation(value)
    return f"{relation(value)} · {standing(value)}"


def pair(value: float, descriptions: Sequence[Description]) -> str:
    """How two pictures are related; see `neighbor`. Empty where that cannot be said."""
    if math.isnan(value):
        return ""
    if all(description.text is None for description in descriptions):
        return NO_RELATION
    return relation(value)


def fit(value: float) -> str:
    """How well a picture fits a sentence.

    Args:
        value: Percentile in 0..100 of the library's images, or NaN.
    """
    if math.isnan(value):
        return UNPLACED
    return f"Fits better than {percentile(value)} of this library"


def relation_in_full(value: float) -> str:
    """As `relation`, with where it stands in the library."""
    if math.isnan(value):
        return UNPLACED
    return f"{relation(value)}: closer than {percentile(value)} of this library’s pairs"


def look(attribute: float) -> str:
    """The attribute similarity in words, starting in lower case; empty when there is none.

    Args:
        attribute: Cosine in -1..1, or NaN.
    """
    if math.isnan(attribute):
        return ""
    return next(words for least, words in _LOOKS if attribute >= least)


def score(cosine: float) -> str:
    """A cosine with two digits and a true minus sign."""
    return "–" if math.isnan(cosine) else f"{cosine:.2f}".replace("-", "−")


def verdict(score: PairScore) -> str:
    """How two pictures are related, and how alike they look, in one line."""
    words = ", ".join(
        part for part in (pair(score.percentile, score.descriptions), look(score.attribute)) if part
    )
    return words[:1].upper() + words[1:]


def standing_of_pair(value: float) -> str:
    """Where two pictures stand in the library.

    Args:
        value: Percentile in 0..100, or NaN.
    """
    if math.isnan(value):
        return "There are too few pictures yet to say how close in logic that is"
    return f"In logic they are closer than {percentile(value)} of this library’s pairs"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 picture``, ``8,121 pictures``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """Time left, no more precise than it is known: ``about 2 min``."""
    if seconds < 10:
        return "a few seconds"
    if seconds < 55:
        return f"about {math.ceil(seconds / 10) * 10} s"
    if seconds < 55 * 60:
        return f"about {max(1, round(seconds / 60))} min"
    return f"about {seconds / 3600:.1f} h"


def size(count: float) -> str:
    """Bytes, no more precise than a person needs: ``18.8 GB``, ``20 MB``."""
    for unit, one in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= 0.95 * one:
            return f"{count / one:.1f}".removesuffix(".0") + f" {unit}"
    return f"{count:.0f} bytes"


def progress(progress: Progress) -> str:
    """One line on a running job: files or bytes, rate, time left."""
    if progress.unit == "bytes":
        return _transfer(progress)
    parts = []
    if progress.total is not None:
        parts.append(f"{progress.done:,} of {progress.total:,}")
    elif progress.done:
        parts.append(f"{progress.done:,}")
    if progress.paused:
        return " · ".join([*parts, "paused"])
    if progress.rate >= 0.5:
        parts.append(f"{progress.rate:,.0f} images/s")
    if progress.remaining is not None:
        parts.append(f"{duration(progress.remaining)} left")
    return " · ".join(parts)


def described(report: CaptionReport) -> str:
    """``Described 24 pictures``, and how many could not be read."""
    said = f"Described {count(report.captioned, 'picture')}"
    return f"{said}, {len(report.failed):,} could not be read" if report.failed else said


def _transfer(progress: Progress) -> str:
    if progress.total is None:
        return ""
    parts = [f"{size(progress.done)} of {size(progress.total)}"]
    if progress.rate > 0:
        parts.append(f"{progress.rate / 1e6:.1f} MB/s")
    if progress.remaining is not None:
        parts.append(f"{duration(progress.remaining)} left")
    return " · ".join(parts)


def summary(report: IndexReport) -> str:
    """``8,121 found: 6,850 indexed, 1,200 reused, 71 failed``; zeros are left out."""
    parts = [
        f"{number:,} {word}"
        for number, word in (
            (report.indexed, "indexed"),
            (report.reused, "reused"),
            (len(report.failed), "failed"),
            (report.skipped, "skipped"),
        )
        if number
    ]
    if report.found and report.reused == report.found:
        return f"Up to date: {count(report.found, 'picture')}"
    found = f"{report.found:,} found"
    return f"{found}: {', '.join(parts)}" if parts else "No pictures found"
