"""The library's files, as the collection shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal

from relsim_desktop.itemmodels.pictures import Index, PictureListModel

if TYPE_CHECKING:
    from engine.types import FileEntry

_MAX_RUNS = 200  # above this many separate insertions or removals a reset is cheaper

_STATES = {
    "pending": "not indexed yet",
    "indexed": "indexed",
    "failed": "could not be read",
    "offline": "not there now",
}


class FilesModel(PictureListModel):
    """Rows are `FileEntry` values in the order of their paths."""

    content_changed = Signal(object)
    """Paths of files whose content is not what it was."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[FileEntry] = []
        self._reasons: dict[Path, str] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of files."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """File name, tooltip and accessible text."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.path.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{entry.path}{self._state(entry)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.path.name}, {_STATES[entry.state]}"
        return None

    def entry(self, row: int) -> FileEntry:
        """The file of a row."""
        return self._entries[row]

    def path(self, row: int) -> Path:
        """The path of a row."""
        return self._entries[row].path

    def row_of(self, path: Path | None) -> int | None:
        """The row of a file, if the library has it; looks at every row."""
        rows = (row for row, entry in enumerate(self._entries) if entry.path == path)
        return next(rows, None)

    def set_reasons(self, reasons: dict[Path, str]) -> None:
        """Say why files failed; shown in their tooltips."""
        self._reasons = reasons

    def replace(self, entries: Sequence[FileEntry]) -> None:
        """Show `entries`; rows that stay keep their selection.

        Args:
            entries: In the order of their paths; file ids are distinct.
        """
        new = list(entries)
        known = {entry.file_id for entry in self._entries}
        staying = {entry.file_id for entry in new} & known
        gone = list(_runs([entry.file_id not in staying for entry in self._entries]))
        came = list(_runs([entry.file_id not in known for entry in new]))
        if not staying or len(gone) + len(came) > _MAX_RUNS:
            self.beginResetModel()
            self._entries = new
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._entries[first : last + 1]
            self.endRemoveRows()
        for first, last in came:
            self.beginInsertRows(QModelIndex(), first, last)
            self._entries[first:first] = new[first : last + 1]
            self.endInsertRows()
        self._update(new)

    def _update(self, new: list[FileEntry]) -> None:
        old = self._entries
        self._entries = new
        pairs = list(zip(old, new, strict=True))
        for first, last in _runs([before != after for before, after in pairs]):
            self.dataChanged.emit(self.index(first), self.index(last))
        changed = [
            after.path
            for before, after in pairs
            if (before.size, before.mtime_ns) != (after.size, after.mtime_ns)
        ]
        if changed:
            self.content_changed.emit(changed)

    def _state(self, entry: FileEntry) -> str:
        if entry.state == "indexed":
            return ""
        reason = self._reasons.get(entry.path)
        return f"\n{_STATES[entry.state].capitalize()}{f': {reason}' if reason else ''}"


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last position of every run of true flags."""
    first: int | None = None
    for position, flag in enumerate(flags):
        if flag and first is None:
            first = position
        elif not flag and first is not None:
            yield first, position - 1
            first = None
    if first is not None:
        yield first, len(flags) - 1
