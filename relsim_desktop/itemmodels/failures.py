"""Files that could not be read, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, Qt

from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr

if TYPE_CHECKING:
    from engine.types import Failure

HEADERS = (
    QT_TRANSLATE_NOOP("", "File"),
    QT_TRANSLATE_NOOP("", "Reason"),
    QT_TRANSLATE_NOOP("", "Folder"),
)


class FailuresModel(QAbstractTableModel):
    """One row a `Failure`: file name, reason, folder."""

    def __init__(self) -> None:
        super().__init__()
        self._failures: list[Failure] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of failures."""
        return 0 if parent is not None and parent.isValid() else len(self._failures)

    def columnCount(self, parent: Index | None = None) -> int:
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts."""
        if not index.isValid():
            return None
        failure = self._failures[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (failure.path.name, failure.reason, str(failure.path.parent))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{failure.path}\n{failure.reason}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADERS[section])
        return None

    def failure(self, row: int) -> Failure:
        """The failure of a row."""
        return self._failures[row]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All of them."""
        return tuple(self._failures)

    def replace(self, failures: Sequence[Failure]) -> None:
        """Show other failures; the same ones keep their selection."""
        if list(failures) == self._failures:
            return
        self.beginResetModel()
        self._failures = list(failures)
        self.endResetModel()
