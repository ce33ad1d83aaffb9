"""The neighbors of a query, best first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt

from relsim_desktop import judging_phrases, phrases
from relsim_desktop.itemmodels.pictures import Index, PictureListModel
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.types import Description, Neighbor, PairVerdict


class NeighborsModel(PictureListModel):
    """Rows are `Neighbor` values."""

    def __init__(self) -> None:
        super().__init__()
        self._neighbors: list[Neighbor] = []
        self._is_mixed = False
        self._is_blended = False
        self._unfolded: dict[int, frozenset[int]] = {}
        self._verdicts: Mapping[int, PairVerdict] = {}
        self._can_judge = False

    @property
    def is_mixed(self) -> bool:
        """Whether scores of different models stand side by side; they are never compared."""
        return self._is_mixed

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
                return self._in_full(neighbor)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{neighbor.path.name}. {self._in_full(neighbor)}"
        return None

    def neighbor(self, row: int) -> Neighbor:
        """The neighbor of a row."""
        return self._neighbors[row]

    @property
    def can_judge(self) -> bool:
        """Whether the query and its neighbors are pairs that a person can judge."""
        return self._can_judge

    def verdict(self, row: int) -> PairVerdict | None:
        """What a person said of the query and the neighbor of a row."""
        return self._verdicts.get(self._neighbors[row].image_id)

    def judge(self, verdicts: Mapping[int, PairVerdict], *, can_judge: bool) -> None:
        """Show what a person said of the query with other images, by these."""
        self._verdicts = verdicts
        self._can_judge = can_judge
        if self._neighbors:
            self.dataChanged.emit(self.index(0), self.index(len(self._neighbors) - 1))

    def path(self, row: int) -> Path:
        """The file that shows it."""
        return self._neighbors[row].path

    def replace(self, neighbors: Sequence[Neighbor], *, is_blended: bool = False) -> None:
        """Show other neighbors; see `tooltip`."""
        self.beginResetModel()
        self._neighbors = list(neighbors)
        self._is_mixed = len({neighbor.model for neighbor in neighbors}) > 1
        self._is_blended = is_blended
        self._unfolded = {}
        self.endResetModel()

    def unfold(self, image_id: int, copies: Sequence[Neighbor]) -> None:
        """Show what was collapsed into a hit right behind it."""
        row = self.row_of(image_id)
        shown = {neighbor.image_id for neighbor in self._neighbors}
        news = [neighbor for neighbor in copies if neighbor.image_id not in shown]
        if row is None or not news:
            return
        self.beginInsertRows(QModelIndex(), row + 1, row + len(news))
        self._neighbors[row + 1 : row + 1] = news
        self._unfolded[image_id] = frozenset(one.image_id for one in news)
        self.endInsertRows()
        self.dataChanged.emit(self.index(row), self.index(row))

    def fold(self, image_id: int) -> None:
        """Collapse them again."""
        row = self.row_of(image_id)
        copies = self._unfolded.pop(image_id, frozenset())
        if row is None or not copies:
            return
        self.beginRemoveRows(QModelIndex(), row + 1, row + len(copies))
        del self._neighbors[row + 1 : row + 1 + len(copies)]
        self.endRemoveRows()
        self.dataChanged.emit(self.index(row), self.index(row))

    def is_unfolded(self, row: int) -> bool:
        """Whether what was collapsed into a hit stands behind it."""
        return self._neighbors[row].image_id in self._unfolded

    def is_copy(self, row: int) -> bool:
        """Whether a row was collapsed into a hit before it."""
        image_id = self._neighbors[row].image_id
        return any(image_id in copies for copies in self._unfolded.values())

    def row_of(self, image_id: int) -> int | None:
        """The row of an image, if it is a neighbor."""
        rows = (row for row, one in enumerate(self._neighbors) if one.image_id == image_id)
        return next(rows, None)

    def describe(self, image_id: int, description: Description) -> None:
        """Say something else of an image."""
        row = self.row_of(image_id)
        if row is not None:
            self._neighbors[row] = replace(self._neighbors[row], description=description)
            self.dataChanged.emit(self.index(row), self.index(row))

    def _in_full(self, neighbor: Neighbor) -> str:
        verdict = self._verdicts.get(neighbor.image_id)
        said = (
            f"{tr(judging_phrases.YOURS)}: {judging_phrases.verdict_name(verdict)}\n"
            if verdict
            else ""
        )
        return said + tooltip(neighbor, says_model=self._is_mixed, is_blended=self._is_blended)


def tooltip(neighbor: Neighbor, *, says_model: bool = False, is_blended: bool = False) -> str:
    """A neighbor's scores in words and numbers, one a line.

    Args:
        neighbor: What is described.
        says_model: Say whose score it is.
        is_blended: Whether several things were asked together, or one of a picture's relations;
            then a percentile is among the library's pictures, not among its pairs.
    """
    is_pair = not math.isnan(neighbor.attribute)
    lines = [phrases.caption(neighbor.description)]
    if neighbor.description.text is not None:
        lines.append(phrases.provenance(neighbor.description))
    score = phrases.score(neighbor.relational)
    relational = (
        tr("relational similarity by {model} {score}").format(model=neighbor.model, score=score)
        if says_model
        else tr("relational similarity {score}").format(score=score)
    )
    if not is_pair:
        standing = phrases.fit(neighbor.percentile)
    elif is_blended:
        standing = _among_pictures(neighbor.percentile)
    else:
        standing = phrases.relation_in_full(neighbor.percentile)
    lines.append(f"{standing} ({relational})")
    if is_pair:
        look, score = phrases.look(neighbor.attribute), phrases.score(neighbor.attribute)
        text = tr("The two {look} (attribute similarity {score})")
        lines.append(text.format(look=look, score=score))
    if neighbor.copies:
        lines.append(tr("%n near-identical picture(s) collapsed", "", neighbor.copies))
    lines.append(str(neighbor.path))
    return "\n".join(lines)


def _among_pictures(percentile: float) -> str:
    if math.isnan(percentile):
        return phrases.relation(percentile)
    text = tr("{relation}: closer than {share} of this library’s pictures")
    relation, share = phrases.relation(percentile), phrases.percentile(percentile)
    return text.format(relation=relation, share=share)
