"""A board as a folder: its pictures in their order, and a table of what is said of them."""

from __future__ import annotations

import csv
import math
import shutil
from pathlib import Path

from engine.exports.atomic import new_folder, safe_name
from engine.exports.contents import NOT_THERE, BoardContents, BoardItem, ExportReport, Missing
from engine.jobs import JobControl
from engine.tables import harmless

TABLE = "captions.csv"
"""Name of the table in the folder."""

_COLUMNS = ("number", "file", "caption", "note", "relational", "percentile", "source", "missing")


def write_folder(
    contents: BoardContents, out: Path, control: JobControl | None = None
) -> ExportReport:
    """Copy the originals of a board into a new folder.

    Args:
        contents: The board.
        out: A folder that is not there yet; its parent is.
        control: Progress, pause and cancel; a cancelled export leaves nothing behind.

    Raises:
        Cancelled: If `control` was told to.
        KnownError: If `out` is there already, or cannot be written.
    """
    control = control or JobControl()
    digits = max(3, len(str(len(contents.items))))
    missing: list[Missing] = []
    rows: list[tuple[object, ...]] = []
    with new_folder(out) as folder:
        for number, item in enumerate(contents.items, start=1):
            control.checkpoint()
            control.report("Copying", number - 1, len(contents.items), len(missing))
            name, reason = f"{number:0{digits}} {_name_of_copy(item.name)}", ""
            if item.path is None or not item.path.is_file():
                reason = NOT_THERE
            else:
                reason = _copy(item.path, folder / name)
            if reason:
                missing.append(Missing(item.name, reason))
            rows.append(_row(number, "" if reason else name, item, reason))
        _write_table(folder / TABLE, rows)
        if contents.note:
            text = f"{contents.name}\n\n{contents.note}\n"
            (folder / "note.txt").write_text(text, "utf-8", errors="replace")
    control.report("Copying", len(contents.items), len(contents.items), len(missing))
    return ExportReport(out, len(contents.items) - len(missing), tuple(missing))


def _copy(source: Path, target: Path) -> str:
    """Copy a file; why not, if it cannot be read. A disk that is full is another matter."""
    try:
        with source.open("rb") as reading:
            reading.read(1)
    except OSError as error:
        return error.strerror or str(error)
    shutil.copy2(source, target)
    return ""


def _row(number: int, file: str, item: BoardItem, reason: str) -> tuple[object, ...]:
    return (
        number,
        file,
        item.caption,
        item.note,
        "" if math.isnan(item.relational) else f"{item.relational:.4f}",
        "" if math.isnan(item.percentile) else f"{item.percentile:.1f}",
        "" if item.path is None else str(item.path),
        reason,
    )


def _write_table(file: Path, rows: list[tuple[object, ...]]) -> None:
    # The mark at the start tells spreadsheets that this is UTF-8.
    with file.open("w", encoding="utf-8-sig", errors="replace", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(_COLUMNS)
        writer.writerows([[harmless(cell) for cell in row] for row in rows])


def _name_of_copy(name: str) -> str:
    """A name that every system takes; its suffix stays, because programs go by it."""
    stem, dot, suffix = name.rpartition(".")
    return f"{safe_name(stem)}.{safe_name(suffix)}" if dot and stem else safe_name(name)
