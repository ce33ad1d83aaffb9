"""The neighbors of a query, best first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from relsim_desktop import phrases
from relsim_desktop.itemmodels.pictures import Index, PictureListModel

if TYPE_CHECKING:
    from engine.types import Neighbor


class NeighborsModel(PictureListModel):
    """Rows are `Neighbor` values."""

    def __init__(self) -> None:
        super().__init__()
        self._neighbors: list[Neighbor] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of neighbors."""
        return 0 if parent is not None and parent.isValid() else len(self._neighbors)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """File name, scores in words."""
        if not index.isValid():
            return None
        neighbor = self._neighbors[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return neighbor.path.name
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(neighbor)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{neighbor.path.name}. {tooltip(neighbor)}"
        return None

    def neighbor(self, row: int) -> Neighbor:
        """The neighbor of a row."""
        return self._neighbors[row]

    def path(self, row: int) -> Path:
        """The file that shows it."""
        return self._neighbors[row].path

    def replace(self, neighbors: Sequence[Neighbor]) -> None:
        """Show other neighbors."""
        self.beginResetModel()
        self._neighbors = list(neighbors)
        self.endResetModel()


def tooltip(neighbor: Neighbor) -> str:
    """A neighbor's scores in words and numbers, one a line."""
    is_pair = not math.isnan(neighbor.attribute)
    say = phrases.relation_in_full if is_pair else phrases.fit
    lines = [
        phrases.caption(neighbor.description),
        f"{say(neighbor.percentile)} (relational similarity {phrases.score(neighbor.relational)})",
    ]
    if is_pair:
        look = f"The two {phrases.look(neighbor.attribute)}"
        lines.append(f"{look} (attribute similarity {phrases.score(neighbor.attribute)})")
    if neighbor.copies:
        lines.append(f"{phrases.count(neighbor.copies, 'near-identical picture')} collapsed")
    lines.append(str(neighbor.path))
    return "\n".join(lines)
