"""The pictures and sentences that a person went through, as a row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QAbstractListModel, Qt

from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.question import Question
from relsim_desktop.translation import tr


class WalkModel(QAbstractListModel):
    """Rows are `Question` values, the oldest first.

    What was only asked otherwise, with more parts or another relation, is no station of its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self._questions: tuple[Question, ...] = ()
        self._ends: list[int] = []  # where in the history each station was left

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

    def position(self, row: int) -> int:
        """Where in the history a station was left."""
        return self._ends[row]

    def row_at(self, position: int) -> int:
        """The station that a question of the history belongs to."""
        return bisect_left(self._ends, position)

    def replace(self, history: Sequence[Question]) -> None:
        """Show another walk; one that only goes on keeps its rows.

        Args:
            history: Everything that was asked, oldest first.
        """
        ends = [
            position
            for position, (here, following) in enumerate(zip_longest(history, history[1:]))
            if following is None or not following.bare.is_same_as(here.bare)
        ]
        before, after = self._questions, tuple(history[end] for end in ends)
        self._ends = ends
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
