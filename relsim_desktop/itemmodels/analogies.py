"""The pictures that a generator made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from relsim_desktop import analogy_phrases

if TYPE_CHECKING:
    from relsim_desktop.presenters.analogy_making import Analogy

Index = QModelIndex | QPersistentModelIndex


class AnalogiesModel(QAbstractListModel):
    """Rows are `Analogy` values."""

    def __init__(self) -> None:
        super().__init__()
        self._analogies: list[Analogy] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of pictures."""
        return 0 if parent is not None and parent.isValid() else len(self._analogies)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What it is called, all that is known of it, and both in one line."""
        if not index.isValid():
            return None
        analogy = self._analogies[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return analogy_phrases.name(analogy)
            case Qt.ItemDataRole.ToolTipRole:
                return analogy_phrases.in_full(analogy)
            case Qt.ItemDataRole.AccessibleTextRole:
                return analogy_phrases.line(analogy)
        return None

    def analogy(self, row: int) -> Analogy:
        """The picture of a row."""
        return self._analogies[row]

    def row_of(self, number: int) -> int | None:
        """The row of a picture by its number."""
        rows = (row for row, one in enumerate(self._analogies) if one.number == number)
        return next(rows, None)

    def replace(self, analogies: Sequence[Analogy]) -> None:
        """Show other pictures; what is only added or known better leaves the rest as it is."""
        old, new = [one.made for one in self._analogies], [one.made for one in analogies]
        if list(analogies) == self._analogies:
            return
        if new[: len(old)] == old and old:
            if len(new) > len(old):
                self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
                self._analogies = list(analogies)
                self.endInsertRows()
            else:
                self._analogies = list(analogies)
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self._analogies = list(analogies)
        self.endResetModel()
