"""The library's health in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.translation import number, tr

if TYPE_CHECKING:
    from engine.library.health import HealthReport
    from relsim_desktop.presenters.health import LibraryHealth


def verdict(report: HealthReport, problems: Sequence[str] | None) -> str:
    """All in one line."""
    if problems:
        return tr("The database has problems; see below")
    if not report.adds_up:
        return tr("The numbers do not add up just now: pictures are being indexed")
    if report.failed:
        return tr("Everything adds up; %n file(s) could not be read", "", report.failed)
    if report.offline:
        return tr("Everything adds up; a folder is not there now")
    return tr("Everything adds up")


def total(report: HealthReport) -> str:
    """``55 found = 52 indexed + 2 failed + 1 skipped``; zeros are left out."""
    found = tr("{n} found").replace("{n}", number(report.found))
    parts = [
        text.replace("{n}", number(count))
        for count, text in (
            (report.indexed, tr("{n} indexed")),
            (report.pending, tr("{n} waiting")),
            (report.failed, tr("{n} failed")),
            (report.offline, tr("{n} offline")),
            (report.skipped, tr("{n} skipped")),
        )
        if count
    ]
    return f"{found} = {' + '.join(parts)}" if parts else found


def images(report: HealthReport) -> str:
    """How many pictures are different ones, and known to filters."""
    text = tr("%n different picture(s) among the indexed files", "", report.images)
    if report.measured == report.images:
        return f"{text} · " + tr("all can be filtered")
    rest = tr("{n} of them can be filtered so far").replace("{n}", number(report.measured))
    return f"{text} · {rest}"


def coverage(report: HealthReport) -> str:
    """How far each model has got, by its fingerprint, one a line."""
    lines = [
        tr("{done} of {of} by {model}")
        .replace("{done}", number(seen.images))
        .replace("{of}", number(seen.of))
        .replace("{model}", seen.key)
        for seen in report.coverage
    ]
    return "\n".join(lines) or tr("Nothing yet")


def index(report: HealthReport) -> str:
    """How neighbors are found."""
    if report.index == "exact":
        return tr("Every picture is compared: exact, and fast enough for a library of this size")
    return tr("A graph (HNSW): much faster than comparing every picture, and nearly exact")


def recall(health: LibraryHealth) -> str:
    """How much of the true neighbors the index finds."""
    if health.is_measuring:
        progress = health.progress
        if not progress.total:
            return tr("Measuring…")
        text = tr("Measuring: {done} of {of} questions")
        return text.replace("{done}", number(progress.done)).replace("{of}", number(progress.total))
    if health.recall is None:
        return tr("Not measured yet: how many of the true ten nearest the index finds")
    percent = number(health.recall * 100, 1)
    return tr("{percent}% of the true ten nearest are found").replace("{percent}", percent)


def database(report: HealthReport, health: LibraryHealth) -> str:
    """Its size, and whether it is sound."""
    size = phrases.size(report.database_bytes)
    if health.is_checking:
        return f"{size} · " + tr("being checked…")
    if health.problems is None:
        return f"{size} · " + tr("not checked since the start")
    if health.problems:
        return "\n".join([size, *health.problems])
    return f"{size} · " + tr("sound")


def graphs(report: HealthReport) -> str:
    """Size of the saved graphs."""
    if not report.index_bytes:
        return tr("None: a library of this size needs none")
    return tr("{size}, rebuilt if it is missing").replace(
        "{size}", phrases.size(report.index_bytes)
    )


def backups(report: HealthReport) -> str:
    """Copies of the database in older formats."""
    if not report.backups:
        return tr("None")
    copies = len(report.backups)
    return tr("%n copy(ies) from before the library was brought to a newer format", "", copies)


def freed(count: int) -> str:
    """What was gained."""
    return tr("{size} are free now").replace("{size}", phrases.size(count))
