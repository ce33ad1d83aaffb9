"""The groups of the map as rows: searched, sorted, and the pictures in no group at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, Qt

from relsim_desktop import map_phrases
from relsim_desktop.itemmodels.pictures import Index

if TYPE_CHECKING:
    from engine.mapping.values import MapGroup
    from relsim_desktop.operations.maps import MapState

REST: Final = -1
"""Stands for the pictures in no clear group, where a group's number is meant."""

ORDERS: Final = ("size", "name", "confidence")


class MapGroupsModel(QAbstractListModel):
    """Rows are numbers of groups."""

    COUNT = Qt.ItemDataRole.UserRole
    """Role of the number of a group's pictures."""

    def __init__(self) -> None:
        super().__init__()
        self._state: MapState | None = None
        self._rows: list[int] = []
        self._sought = ""
        self._order = ORDERS[0]

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of groups that are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, number of pictures, both in words."""
        if not index.isValid():
            return None
        number = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.name(number)
            case Qt.ItemDataRole.ToolTipRole:
                return map_phrases.plain(self.name(number))
            case Qt.ItemDataRole.AccessibleTextRole:
                return map_phrases.group_line(self.name(number), self.count(number))
            case self.COUNT:
                return self.count(number)
        return None

    @property
    def everything(self) -> tuple[int, ...]:
        """The numbers of all groups, whatever is searched."""
        if self._state is None:
            return ()
        made = self._state.made
        return (*range(len(made.groups)), *((REST,) if len(made.rest) else ()))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The groups in the order of the rows; `REST` stands for the rest."""
        return tuple(self._rows)

    def number(self, row: int) -> int:
        """The group of a row."""
        return self._rows[row]

    def row_of(self, number: int) -> int | None:
        """The row of a group, if it is listed."""
        return self._rows.index(number) if number in self._rows else None

    def group(self, number: int) -> MapGroup | None:
        """A group; None for the rest."""
        if self._state is None or number == REST:
            return None
        return self._state.made.groups[number]

    def name(self, number: int) -> str:
        """Its caption or what stands for it."""
        group = self.group(number)
        return map_phrases.rest_name() if group is None else map_phrases.group_name(group)

    def count(self, number: int) -> int:
        """How many pictures it has."""
        group = self.group(number)
        if self._state is None:
            return 0
        return len(self._state.made.rest if group is None else group.members)

    def images(self, number: int) -> list[int]:
        """Its pictures, those nearest to the centre first."""
        if self._state is None:
            return []
        group = self.group(number)
        ids: list[int] = (self._state.made.rest if group is None else group.members).tolist()
        return ids

    def cover(self, number: int) -> Path | None:
        """A file that stands for it."""
        group = self.group(number)
        if self._state is None or group is None:
            return None
        there = (self._state.paths.get(image) for image in group.cover)
        return next((path for path in there if path is not None), None)

    def replace(self, state: MapState | None) -> None:
        """Show another map."""
        self._state = state
        self._list()

    def search(self, words: str) -> None:
        """List the groups whose names hold all of some words."""
        self._sought = words
        self._list()

    def sort_by(self, order: str) -> None:
        """List them in another order; see `ORDERS`."""
        self._order = order
        self._list()

    def _list(self) -> None:
        self.beginResetModel()
        self._rows = self._listed()
        self.endResetModel()

    def _listed(self) -> list[int]:
        if self._state is None:
            return []
        words = self._sought.casefold().split()
        numbers = self.everything
        names = {number: map_phrases.plain(self.name(number)).casefold() for number in numbers}
        kept = [n for n in numbers if all(word in names[n] for word in words)]
        if self._order == "name":
            kept.sort(key=lambda n: (n == REST, self._is_unnamed(n), names[n]))
        elif self._order == "confidence":
            kept.sort(key=lambda n: (n == REST, self._is_unnamed(n), -self._confidence(n)))
        return kept

    def _is_unnamed(self, number: int) -> bool:
        group = self.group(number)
        return group is None or group.name.text is None

    def _confidence(self, number: int) -> float:
        group = self.group(number)
        return 0.0 if group is None else group.name.confidence
