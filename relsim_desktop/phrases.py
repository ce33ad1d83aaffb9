"""Scores, progress and outcomes in words for people."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relsim_desktop.translation import QT_TRANSLATE_NOOP, number, tr

if TYPE_CHECKING:
    from engine.captioning import CaptionReport
    from engine.jobs import Progress
    from engine.types import Description, IndexReport, PairScore

NO_RELATION = QT_TRANSLATE_NOOP("", "No clear relation")
NO_RELATION_OF_QUERY = QT_TRANSLATE_NOOP("", "What is found below is merely the nearest to it.")
NO_RELATION_IN_COMMON = QT_TRANSLATE_NOOP("", "Alike in showing no clear relation")

IN_YOUR_WORDS = QT_TRANSLATE_NOOP("", "In your words")
UNPLACED = QT_TRANSLATE_NOOP("", "Too few pictures to place it")
"""Said of a score without a percentile."""

PHASES = (
    QT_TRANSLATE_NOOP("", "Scanning"),
    QT_TRANSLATE_NOOP("", "Indexing"),
    QT_TRANSLATE_NOOP("", "Describing"),
    QT_TRANSLATE_NOOP("", "Downloading"),
    QT_TRANSLATE_NOOP("", "Checking"),
    QT_TRANSLATE_NOOP("", "Copying"),
    QT_TRANSLATE_NOOP("", "Asking the hub"),
    QT_TRANSLATE_NOOP("", "Writing"),
    QT_TRANSLATE_NOOP("", "Measuring"),
    QT_TRANSLATE_NOOP("", "Sorting"),
    QT_TRANSLATE_NOOP("", "Looking for groups"),
    QT_TRANSLATE_NOOP("", "Choosing the number of groups"),
    QT_TRANSLATE_NOOP("", "Joining what is alike"),
    QT_TRANSLATE_NOOP("", "Reading the library"),
    QT_TRANSLATE_NOOP("", "Naming the groups"),
    QT_TRANSLATE_NOOP("", "Drawing the map"),
    QT_TRANSLATE_NOOP("", "Reading vectors"),
    QT_TRANSLATE_NOOP("", "Comparing"),
    QT_TRANSLATE_NOOP("", "Fetching"),
    QT_TRANSLATE_NOOP("", "Searching"),
    QT_TRANSLATE_NOOP("", "Loading"),
    QT_TRANSLATE_NOOP("", "Looking"),
    QT_TRANSLATE_NOOP("", "Making pictures"),
)
"""What the engine says that a job is at."""

_EMBEDDING = "Embedding with "

_SLOT = re.compile(r"\{([^{}]+)\}")

# Least percentile of the library's pairs for each phrase.
_RELATIONS = (
    (99.0, QT_TRANSLATE_NOOP("", "Strongly related")),
    (95.0, QT_TRANSLATE_NOOP("", "Clearly related")),
    (85.0, QT_TRANSLATE_NOOP("", "Loosely related")),
    (0.0, QT_TRANSLATE_NOOP("", "Hardly related")),
)
# Least attribute similarity for each phrase.
_LOOKS = (
    (0.97, QT_TRANSLATE_NOOP("", "look nearly identical")),
    (0.75, QT_TRANSLATE_NOOP("", "look much alike")),
    (0.5, QT_TRANSLATE_NOOP("", "look somewhat alike")),
    (0.3, QT_TRANSLATE_NOOP("", "look little alike")),
    (-1.0, QT_TRANSLATE_NOOP("", "look nothing alike")),
)
_CONFIDENCES = (
    (0.75, QT_TRANSLATE_NOOP("", "Confident")),
    (0.5, QT_TRANSLATE_NOOP("", "Fairly sure")),
    (0.0, QT_TRANSLATE_NOOP("", "A guess")),
)


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
    return description.text or tr(NO_RELATION)


def confidence(description: Description) -> str:
    """How sure the description is, for example ``Fairly sure (62%)``; empty without a text."""
    if description.text is None:
        return ""
    word = next(word for least, word in _CONFIDENCES if description.confidence >= least)
    share = number(description.confidence * 100, 0)
    return tr("{word} ({share}%)").format(word=tr(word), share=share)


def provenance(description: Description) -> str:
    """Where a description comes from, and how sure it is; empty without a text."""
    if description.text is None:
        return ""
    match description.source:
        case "person":
            return tr(IN_YOUR_WORDS)
        case "captioner":
            said = (
                tr("Written by {writer}, pinned")
                if description.pinned
                else tr("Written by {writer}")
            )
            return said.format(writer=writer_of(description))
    sure = confidence(description)
    return tr("From the caption bank, {sure}").format(sure=sure[:1].lower() + sure[1:])


def writer_of(description: Description) -> str:
    """Id of the captioner that wrote a description."""
    return description.model.partition("/")[0] or tr("a captioner")


def percentile(value: float) -> str:
    """A percentile as ``97%``; never rounded up to 100."""
    if value >= 99:
        return _share(min(math.floor(value * 10) / 10, 99.9))
    return _share(math.floor(value))


def standing(value: float) -> str:
    """A percentile from the other end: ``top 3%``, ``top 0.1%``.

    Args:
        value: Percentile in 0..100.
    """
    rest = 100 - value
    share = max(math.ceil(rest * 10) / 10, 0.1) if rest < 1 else math.ceil(rest)
    return tr("top {share}").format(share=_share(share))


def relation(value: float) -> str:
    """The relational similarity in two words.

    Args:
        value: Percentile in 0..100, or NaN where there is too little to compare with.
    """
    if math.isnan(value):
        return tr(UNPLACED)
    return next(tr(words) for least, words in _RELATIONS if value >= least)


def neighbor(value: float, description: Description) -> str:
    """How a neighbor stands: ``Strongly related · top 0.3%``.

    A high score of two pictures without a clear relation is no analogy, and is not called one.

    Args:
        value: Percentile in 0..100, or NaN.
        description: The neighbor's.
    """
    if math.isnan(value):
        return tr(UNPLACED)
    if description.text is None:
        return tr(NO_RELATION_IN_COMMON) if value >= _RELATIONS[1][0] else relation(value)
    return f"{relation(value)} · {standing(value)}"


def pair(value: float, descriptions: Sequence[Description]) -> str:
    """How two pictures are related; see `neighbor`. Empty where that cannot be said."""
    if math.isnan(value):
        return ""
    if all(description.text is None for description in descriptions):
        return tr(NO_RELATION)
    return relation(value)


def fit(value: float) -> str:
    """How well a picture fits a sentence.

    Args:
        value: Percentile in 0..100 of the library's images, or NaN.
    """
    if math.isnan(value):
        return tr(UNPLACED)
    return tr("Fits better than {share} of this library").format(share=percentile(value))


def relation_in_full(value: float) -> str:
    """As `relation`, with where it stands in the library."""
    if math.isnan(value):
        return tr(UNPLACED)
    said = tr("{relation}: closer than {share} of this library’s pairs")
    return said.format(relation=relation(value), share=percentile(value))


def look(attribute: float) -> str:
    """The attribute similarity in words, starting in lower case; empty when there is none.

    Args:
        attribute: Cosine in -1..1, or NaN.
    """
    if math.isnan(attribute):
        return ""
    return next(tr(words) for least, words in _LOOKS if attribute >= least)


def score(cosine: float) -> str:
    """A cosine with two digits and a true minus sign."""
    return "–" if math.isnan(cosine) else number(cosine, 2).replace("-", "−")


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
        return tr("There are too few pictures yet to say how close in logic that is")
    said = tr("In logic they are closer than {share} of this library’s pairs")
    return said.format(share=percentile(value))


def pictures(count: int) -> str:
    """``1 picture``, ``8,121 pictures``."""
    return tr("%n picture(s)", "", count)


def duration(seconds: float) -> str:
    """Time left, no more precise than it is known: ``about 2 min``."""
    if seconds < 10:
        return tr("a few seconds")
    if seconds < 55:
        return tr("about {number} s").format(number=math.ceil(seconds / 10) * 10)
    if seconds < 55 * 60:
        return tr("about {number} min").format(number=max(1, round(seconds / 60)))
    return tr("about {number} h").format(number=number(seconds / 3600, 1))


def size(count: float) -> str:
    """Bytes, no more precise than a person needs: ``18.8 GB``, ``20 MB``."""
    for unit, one in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= 0.95 * one:
            tenths = round(count / one * 10)
            return f"{number(tenths / 10, 1 if tenths % 10 else 0)} {unit}"
    return tr("%n byte(s)", "", round(count))


def progress(progress: Progress) -> str:
    """One line on a running job: files or bytes, rate, time left."""
    if progress.unit == "bytes":
        return _transfer(progress)
    parts = []
    if progress.total is not None:
        parts.append(_part(number(progress.done), number(progress.total)))
    elif progress.done:
        parts.append(number(progress.done))
    if progress.paused:
        return " · ".join([*parts, tr("paused")])
    if progress.rate >= 0.5:
        parts.append(tr("{number} images/s").format(number=number(progress.rate, 0)))
    if progress.remaining is not None:
        parts.append(tr("{time} left").format(time=duration(progress.remaining)))
    return " · ".join(parts)


def described(report: CaptionReport) -> str:
    """``Described 24 pictures``, and how many could not be read."""
    said = tr("Described %n picture(s)", "", report.captioned)
    if not report.failed:
        return said
    failed = tr("%n could not be read", "", len(report.failed))
    return f"{said}, {failed}"


def _transfer(progress: Progress) -> str:
    if progress.total is None:
        return ""
    parts = [_part(size(progress.done), size(progress.total))]
    if progress.rate > 0:
        parts.append(f"{number(progress.rate / 1e6, 1)} MB/s")
    if progress.remaining is not None:
        parts.append(tr("{time} left").format(time=duration(progress.remaining)))
    return " · ".join(parts)


def summary(report: IndexReport) -> str:
    """``8,121 found: 6,850 indexed, 1,200 reused, 71 failed``; zeros are left out."""
    if report.found and report.reused == report.found:
        return tr("Up to date: %n picture(s)", "", report.found)
    parts = []
    if report.indexed:
        parts.append(tr("%n indexed", "", report.indexed))
    if report.reused:
        parts.append(tr("%n reused", "", report.reused))
    if report.failed:
        parts.append(tr("%n failed", "", len(report.failed)))
    if report.skipped:
        parts.append(tr("%n skipped", "", report.skipped))
    if not parts:
        return tr("No pictures found")
    found = tr("%n found", "", report.found)
    return f"{found}: {', '.join(parts)}"


def phase(progress: Progress) -> str:
    """What a job is at, in the language of the window; empty before it says so."""
    if progress.phase.startswith(_EMBEDDING):
        model = progress.phase.removeprefix(_EMBEDDING)
        return tr("Embedding with {model}").format(model=model)
    return tr(progress.phase) if progress.phase else ""


def _share(percent: float) -> str:
    return tr("{percent}%").format(percent=number(percent, 0 if percent == round(percent) else 1))


def _part(done: str, total: str) -> str:
    return tr("{done} of {total}").format(done=done, total=total)
