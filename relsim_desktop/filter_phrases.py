"""Filters in words, one condition at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from relsim_desktop import phrases
from relsim_desktop.translation import QT_TRANSLATE_NOOP, number, tr

if TYPE_CHECKING:
    from engine.finding.filters import Filters

DAY_NS: Final = 86_400_000_000_000

ORIENTATIONS: Final[Mapping[str, str]] = {
    "landscape": QT_TRANSLATE_NOOP("", "Landscape"),
    "portrait": QT_TRANSLATE_NOOP("", "Portrait"),
    "square": QT_TRANSLATE_NOOP("", "Square"),
}
"""In English, to be passed through `tr`."""

COLOURS: Final[Mapping[str, tuple[str, str]]] = {
    "black": ("#1c1c1f", QT_TRANSLATE_NOOP("", "Black")),
    "grey": ("#8e8e92", QT_TRANSLATE_NOOP("", "Grey")),
    "white": ("#ffffff", QT_TRANSLATE_NOOP("", "White")),
    "brown": ("#7a5230", QT_TRANSLATE_NOOP("", "Brown")),
    "red": ("#d0312d", QT_TRANSLATE_NOOP("", "Red")),
    "orange": ("#f08a24", QT_TRANSLATE_NOOP("", "Orange")),
    "yellow": ("#f4d03f", QT_TRANSLATE_NOOP("", "Yellow")),
    "green": ("#3f9b4f", QT_TRANSLATE_NOOP("", "Green")),
    "teal": ("#2a9d94", QT_TRANSLATE_NOOP("", "Teal")),
    "blue": ("#3266d6", QT_TRANSLATE_NOOP("", "Blue")),
    "purple": ("#8344c0", QT_TRANSLATE_NOOP("", "Purple")),
    "pink": ("#ec7fb0", QT_TRANSLATE_NOOP("", "Pink")),
}
"""How each colour is shown, and its name in English, to be passed through `tr`."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that filters ask for.

    Attributes:
        text: In a few words.
        without: The same filters without it.
    """

    text: str
    without: Filters


def conditions(filters: Filters | None) -> list[Condition]:
    """What filters ask for, one by one."""
    if filters is None:
        return []
    found = [
        Condition(
            folder.name or str(folder),
            replace(filters, folders=tuple(one for one in filters.folders if one != folder)),
        )
        for folder in filters.folders
    ]
    if filters.after_ns is not None:
        text = tr("Since {date}").format(date=to_date(filters.after_ns).isoformat())
        found.append(Condition(text, replace(filters, after_ns=None)))
    if filters.before_ns is not None:
        text = tr("Until {date}").format(date=to_date(filters.before_ns - 1).isoformat())
        found.append(Condition(text, replace(filters, before_ns=None)))
    found += [
        Condition(one, replace(filters, formats=tuple(f for f in filters.formats if f != one)))
        for one in filters.formats
    ]
    found += [
        Condition(
            tr(ORIENTATIONS[one]),
            replace(filters, orientations=tuple(o for o in filters.orientations if o != one)),
        )
        for one in filters.orientations
    ]
    found += [
        Condition(
            tr(COLOURS[one][1]),
            replace(filters, colours=tuple(c for c in filters.colours if c != one)),
        )
        for one in filters.colours
    ]
    if filters.min_percentile > 0:
        text = least(filters.min_percentile)
        found.append(Condition(text, replace(filters, min_percentile=0.0)))
    return found


def least(percentile: float) -> str:
    """A minimum score: ``Top 10% and better``."""
    if percentile <= 0:
        return tr("Any score")
    standing = phrases.standing(percentile)
    return standing[:1].upper() + standing[1:]


def passing(passed: int, of: int) -> str:
    """How many pictures the filters let through."""
    return tr("{passed} of {of} pictures pass").format(passed=number(passed), of=number(of))


def to_ns(day: date) -> int:
    """Midnight at the beginning of a day, as filters count it: local time as if it were UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000_000


def to_date(moment_ns: int) -> date:
    """The day of a moment."""
    return datetime.fromtimestamp(moment_ns // 1_000_000_000, tz=UTC).date()
