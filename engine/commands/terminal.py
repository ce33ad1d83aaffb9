"""How results read in a terminal."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from engine.commands.waiting import wait_for
from engine.jobs import JobControl, Progress
from engine.judging.judged_groups import GroupsReport, PictureCounts
from engine.types import Description, IndexReport, Neighbor

_LISTED_FAILURES = 20

T = TypeVar("T")


def duration(seconds: float) -> str:
    """Seconds in words, as coarse as a person needs."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def amount(count: float) -> str:
    """Bytes in words, to three digits or so."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= 0.95 * size:
            return f"{count / size:.1f}".removesuffix(".0") + f" {unit}"
    return f"{count:.0f} bytes"


def progress_line(progress: Progress) -> str:
    """One line for a running job."""
    if progress.total is None:
        return f"{progress.phase or 'Starting'}  {progress.done or ''}"
    if progress.unit == "bytes":
        parts = [f"{progress.phase}  {amount(progress.done)} of {amount(progress.total)}"]
        rate = f"{progress.rate / 1e6:.1f} MB/s"
    else:
        parts = [f"{progress.phase}  {progress.done:,} of {progress.total:,}"]
        rate = f"{progress.rate:.0f} files/s"
    if progress.rate > 0:
        parts.append(rate)
    if progress.remaining is not None:
        parts.append(f"{duration(progress.remaining)} left")
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    return " · ".join(parts)


def run_with_progress(work: Callable[[JobControl], T], *, quiet: bool) -> T:
    """Run a job in another thread, so that Ctrl-C asks it to cancel and keeps what is done.

    Args:
        work: The job; what it raises is raised here.
        quiet: Show no progress; it is shown on standard error if that is a terminal.

    Raises:
        Cancelled: After Ctrl-C, once the job has ended.
    """
    show = not quiet and sys.stderr.isatty()

    def tell(progress: Progress) -> None:
        if show:
            print(f"\r\x1b[K{progress_line(progress)}", end="", file=sys.stderr)

    try:
        return wait_for(work, tell)
    finally:
        if show:
            print("\r\x1b[K", end="", file=sys.stderr)


def show_report(report: IndexReport) -> None:
    """Print what indexing did, with the first failures and their reasons."""
    rate = report.indexed / report.seconds if report.indexed else 0.0
    speed = f", {rate:.0f} images/s" if rate else ""
    print(
        f"{report.found:,} found: {report.indexed:,} indexed, {report.reused:,} reused, "
        f"{len(report.failed):,} failed, {report.skipped:,} skipped "
        f"in {report.seconds:.1f} s{speed}  ({report.model})"
    )
    for failure in report.failed[:_LISTED_FAILURES]:
        print(f"  failed  {failure.path}: {failure.reason}")
    if len(report.failed) > _LISTED_FAILURES:
        print(f"  and {len(report.failed) - _LISTED_FAILURES:,} more; --json lists them all")


def show_groups_report(out: Path, report: GroupsReport) -> None:
    """Print what an export of boards and verdicts wrote, and what it left out."""
    print(f"{report.groups:,} groups in {out}")
    print(f"  {report.from_boards:,} from {report.boards:,} boards: {_pictures(report.on_boards)}")
    print(
        f"  {report.from_verdicts:,} from {report.good:,} good analogies: "
        f"{_pictures(report.in_verdicts)}"
    )
    for name in report.left_out:
        print(f"  left out  {name}: fewer than two of its pictures are there now")


def show_description(path: Path, description: Description) -> None:
    """Print a picture and its anonymous caption."""
    print(f"{path}\n    {_caption(description)}")


def show_neighbors(hits: Sequence[Neighbor]) -> None:
    """Print hits, best first, with scores and captions."""
    if not hits:
        print("    there are no other pictures in the library")
        return
    print("    relational  attribute  percentile")
    for hit in hits:
        attribute = "     -" if math.isnan(hit.attribute) else f"{hit.attribute:+6.3f}"
        copies = f"  (+{hit.copies} like it)" if hit.copies else ""
        rank = "         -" if math.isnan(hit.percentile) else f"{hit.percentile:9.1f}%"
        scores = f"{hit.relational:+10.3f}  {attribute:>9}  {rank}"
        print(f"    {scores}  {hit.path}{copies}")
        print(f"                                       {_caption(hit.description)}")


def _pictures(counts: PictureCounts) -> str:
    return (
        f"{counts.found:,} pictures, {counts.grouped:,} grouped, "
        f"{counts.offline:,} offline, {counts.alone:,} alone"
    )


def _caption(description: Description) -> str:
    if description.text is None:
        return "no clear relation"
    if description.source == "person":
        return f"{description.text}  (yours)"
    if description.source == "captioner":
        return f"{description.text}  (written by {description.model.partition('/')[0]})"
    return f"{description.text}  ({description.confidence:.0%} sure)"
