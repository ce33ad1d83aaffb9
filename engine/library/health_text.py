"""A library's health as text: for a terminal, and for a report that a person copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.commands.terminal import amount
from engine.library.health import HealthReport
from engine.library.watching import WatchState

_LISTED_FAILURES = 50


def health_text(
    report: HealthReport,
    *,
    problems: Sequence[str] | None = None,
    recall: float | None = None,
    watched: Mapping[Path, WatchState] | None = None,
) -> str:
    """Everything that is known, one fact a line.

    Args:
        report: What was looked at.
        problems: Of the database; None where it was not read through.
        recall: Recall@10 of the index; None where it was not measured.
        watched: How each folder is watched; None where nobody watches.
    """
    lines = [
        f"library     {report.library}",
        f"found       {report.found:,} = {report.indexed:,} indexed + {report.pending:,} waiting"
        f" + {report.failed:,} failed + {report.offline:,} offline + {report.skipped:,} skipped",
        f"images      {report.images:,}, {report.measured:,} of them measured for filters",
    ]
    for state in report.folders:
        lines.append(f"folder      {state.folder.path}: {_folder(state, watched)}")
    lines.append(f"model       {report.model} ({report.fingerprint})")
    for seen in report.coverage:
        done = f"{seen.images:,} of {seen.of:,}"
        lines.append(f"embedded    {done} by {seen.model} {seen.preparation}")
    exactness = "not measured" if recall is None else f"recall@10 {recall:.1%}"
    lines += [
        f"index       {report.index}, {exactness}, {amount(report.index_bytes)}",
        f"database    {amount(report.database_bytes)}, {_soundness(problems)}",
        f"thumbnails  {amount(report.thumbnail_bytes)}",
    ]
    lines += [f"backup      {backup}" for backup in report.backups]
    lines += [f"problem     {problem}" for problem in problems or ()]
    for failure in report.failures[:_LISTED_FAILURES]:
        lines.append(f"failed      {failure.path}: {failure.reason}")
    if len(report.failures) > _LISTED_FAILURES:
        lines.append(f"            and {len(report.failures) - _LISTED_FAILURES:,} more")
    return "\n".join(lines)


def health_document(report: HealthReport) -> dict[str, Any]:
    """What `health_text` says beyond the older fields of ``relsim doctor --json``."""
    return {
        "found": report.found,
        "skipped": report.skipped,
        "measured": report.measured,
        "adds_up": report.adds_up,
        "fingerprint": report.fingerprint,
        "index_bytes": report.index_bytes,
        "thumbnail_bytes": report.thumbnail_bytes,
        "backups": [str(backup) for backup in report.backups],
        "folders": [
            {
                "path": str(state.folder.path),
                "online": state.folder.online,
                "found": state.found,
                "indexed": state.indexed,
                "failed": state.failed,
                "skipped": state.skipped,
                "vanished": state.vanished,
            }
            for state in report.folders
        ],
        "failures": [{"path": str(f.path), "reason": f.reason} for f in report.failures],
    }


def _folder(state: Any, watched: Mapping[Path, WatchState] | None) -> str:
    parts = [f"{state.found:,} found", amount(state.size)]
    if not state.folder.online:
        parts.append("not there now")
    elif watched is not None:
        how = watched.get(state.folder.path)
        parts.append("not watched" if how is None else f"watched ({how.mode})")
        if how is not None and how.reason:
            parts.append(how.reason)
    if state.vanished:
        parts.append(f"{state.vanished:,} files were lost at once")
    return ", ".join(parts)


def _soundness(problems: Sequence[str] | None) -> str:
    if problems is None:
        return "not checked"
    return f"{len(problems)} problems" if problems else "sound"
