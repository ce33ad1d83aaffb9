"""The pictures of a similarity space as a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from relsim_desktop import phrases, why_phrases
from relsim_desktop.translation import number, tr

if TYPE_CHECKING:
    from engine.understanding.similarity_space import Space

Index = QModelIndex | QPersistentModelIndex

SORT_ROLE: Final = Qt.ItemDataRole.UserRole
"""What a column is ordered by."""

_NO_INDEX: Final = QModelIndex()


class SpaceModel(QAbstractTableModel):
    """Rows are those of a `Space`; columns: file, relation, its rank, look, its rank, caption."""

    def __init__(self) -> None:
        super().__init__()
        self._space: Space | None = None
        self._keys: tuple[list[Any], ...] = ()  # of each column, by row

    @property
    def space(self) -> Space | None:
        """What is shown."""
        return self._space

    def replace(self, space: Space | None) -> None:
        """Show another space."""
        self.beginResetModel()
        self._space = space
        self._keys = (
            ()
            if space is None
            else (
                [path.name.casefold() for path in space.paths],
                space.relational.tolist(),
                space.logic_rank.tolist(),
                space.attribute.tolist(),
                space.look_rank.tolist(),
                [phrases.caption(description) for description in space.descriptions],
            )
        )
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Number of pictures."""
        return 0 if parent.isValid() or self._space is None else len(self._space)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(_titles())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The columns' titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _titles()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        space = self._space
        if not index.isValid() or space is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(space, row)[column]
        if role == SORT_ROLE:
            return self._keys[column][row]
        if role == Qt.ItemDataRole.ToolTipRole:
            return said(space, row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_titles()[column]}: {self._words(space, row)[column]}"
        return None

    @staticmethod
    def _words(space: Space, row: int) -> tuple[str, ...]:
        return (
            space.paths[row].name,
            phrases.score(float(space.relational[row])),
            why_phrases.ordinal(int(space.logic_rank[row])),
            phrases.score(float(space.attribute[row])),
            why_phrases.ordinal(int(space.look_rank[row])),
            phrases.caption(space.descriptions[row]),
        )


def _titles() -> tuple[str, ...]:
    return (
        tr("Picture"),
        tr("Relation"),
        tr("By logic"),
        tr("Look"),
        tr("By look"),
        tr("Caption"),
    )


def said(space: Space, row: int) -> str:
    """A picture of a space in words, one fact a line."""
    logic = tr("Relation {score}, {rank} of {of} by logic")
    look = tr("Look {score}, {rank} of {of} by look")
    lines = [
        space.paths[row].name,
        phrases.caption(space.descriptions[row]),
        logic.replace("{score}", phrases.score(float(space.relational[row])))
        .replace("{rank}", why_phrases.ordinal(int(space.logic_rank[row])))
        .replace("{of}", number(space.of)),
        look.replace("{score}", phrases.score(float(space.attribute[row])))
        .replace("{rank}", why_phrases.ordinal(int(space.look_rank[row])))
        .replace("{of}", number(space.of)),
    ]
    share = float(space.relational_percentile[row])
    if not math.isnan(share):
        lines.append(phrases.relation_in_full(share))
    return "\n".join(lines)
