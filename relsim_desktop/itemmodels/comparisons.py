"""The history of comparisons as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from relsim_desktop import phrases
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from relsim_desktop.operations.comparing import Remembered

_Index = QModelIndex | QPersistentModelIndex


class ComparisonsModel(QAbstractListModel):
    """Newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Remembered] = []

    def replace(self, rows: Sequence[Remembered]) -> None:
        """Show others."""
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def remembered(self, row: int) -> Remembered:
        """What a row shows."""
        return self._rows[row]

    @property
    def all(self) -> list[Remembered]:
        """All rows."""
        return list(self._rows)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names for a screen reader and for typing ahead, and everything as a tooltip."""
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        names = f"{one.past.a.name} – {one.past.b.name}"
        if role == Qt.ItemDataRole.DisplayRole:
            return names
        if role == Qt.ItemDataRole.AccessibleTextRole:
            missing = "" if one.has_a and one.has_b else tr(", a file is missing")
            return f"{names}, {phrases.score(one.past.relational)}{missing}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(one)
        return None

    @staticmethod
    def _tip(one: Remembered) -> str:
        past = one.past
        lines = [
            str(past.a) + ("" if one.has_a else tr(" (missing)")),
            str(past.b) + ("" if one.has_b else tr(" (missing)")),
            tr("Relation {relation}, look {look}, by {model}")
            .replace("{relation}", phrases.score(past.relational))
            .replace("{look}", phrases.score(past.attribute))
            .replace("{model}", past.model),
            phrases.standing_of_pair(past.percentile),
        ]
        return "\n".join(lines)
