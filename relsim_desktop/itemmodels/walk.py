"""The pictures and sentences that a person went through, as a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, Qt

from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.question import Question
from relsim_desktop.translation import tr


class WalkModel(QAbstractListModel):
    """Rows are `Question` values, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._questions: tuple[Question, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of stations."""
        return 0 if parent is not None and parent.isValid() else len(self._questions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What it is called, and which station it is."""
        if not index.isValid():
            return None
        title = self._questions[index.row()].title
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return title
            case Qt.ItemDataRole.AccessibleTextRole:
                text = tr("Step {number}: {name}").replace("{number}", str(index.row() + 1))
                return text.replace("{name}", title)
        return None

    def question(self, row: int) -> Question:
        """What was asked at a station."""
        return self._questions[row]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them."""
        return self._questions

    def replace(self, questions: Sequence[Question]) -> None:
        """Show another walk; one that only goes on keeps its rows."""
        before, after = self._questions, tuple(questions)
        if after == before:
            return
        if len(after) > len(before) and after[: len(before)] == before:
            self.beginInsertRows(self.index(-1), len(before), len(after) - 1)
            self._questions = after
            self.endInsertRows()
            return
        self.beginResetModel()
        self._questions = after
        self.endResetModel()
