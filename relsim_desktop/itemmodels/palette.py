"""What the command palette offers, and what of it fits what a person types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, Qt

from relsim_desktop import fuzzy
from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.translation import tr

_MAX_SHOWN: Final = 60
_RECENT: Final = 25.0  # what was used lately comes before what fits about as well


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that the palette can do.

    Attributes:
        name: Identifies it from start to start.
        title: What it is called.
        kind: What it belongs to: a menu, ``Board``, ``Folder``.
        run: Does it.
        key: Its shortcut, as people read it.
        refusal: Why it cannot be done now; empty if it can.
        is_on: Whether it is on, of something that is on or off.
        weight: What it is worth before what fits as well.
    """

    name: str
    title: str
    kind: str
    run: Callable[[], object]
    key: str = ""
    refusal: str = ""
    is_on: bool = False
    weight: float = 0.0


class PaletteModel(QAbstractListModel):
    """Rows are commands, the best first; without a query those used lately first."""

    def __init__(self) -> None:
        super().__init__()
        self._commands: list[Command] = []
        self._recent: list[str] = []
        self._query = ""
        self._shown: list[tuple[Command, tuple[int, ...]]] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of commands that fit."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and all of it for screen readers."""
        if not index.isValid():
            return None
        command = self.command(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(command)
        if role == Qt.ItemDataRole.ToolTipRole:
            return command.refusal or None
        return None

    def command(self, row: int) -> Command:
        """The command of a row."""
        return self._shown[row][0]

    def positions(self, row: int) -> tuple[int, ...]:
        """Which letters of a row's title were typed."""
        return self._shown[row][1]

    @property
    def recent(self) -> list[str]:
        """Names of commands that were used lately, the latest first."""
        return self._recent

    def replace(self, commands: Sequence[Command], recent: Sequence[str]) -> None:
        """Offer other commands."""
        self._commands, self._recent = list(commands), list(recent)
        self.look_for(self._query)

    def add(self, commands: Sequence[Command]) -> None:
        """Offer more."""
        self._commands += commands
        self.look_for(self._query)

    def look_for(self, query: str) -> None:
        """Show what fits, the best first."""
        self._query = query.strip()
        found = self._found() if self._query else self._all()
        self.beginResetModel()
        self._shown = found[:_MAX_SHOWN] if self._query else found
        self.endResetModel()

    def _all(self) -> list[tuple[Command, tuple[int, ...]]]:
        order = {name: place for place, name in enumerate(self._recent)}
        last = len(order)
        ordered = sorted(self._commands, key=lambda command: order.get(command.name, last))
        return [(command, ()) for command in ordered]

    def _found(self) -> list[tuple[Command, tuple[int, ...]]]:
        scored = []
        for command in self._commands:
            match = fuzzy.match(self._query, command.title)
            if match is None:  # "board moods": what it belongs to may be said too
                match = fuzzy.match(self._query, f"{command.title} {command.kind}")
            if match is not None:
                score = match.score - (5 if command.refusal else 0) + command.weight
                if command.name in self._recent:
                    score += _RECENT / (2 + self._recent.index(command.name))
                within = tuple(at for at in match.positions if at < len(command.title))
                scored.append((score, command, within))
        scored.sort(key=lambda entry: -entry[0])
        return [(command, positions) for _, command, positions in scored]


def spoken(command: Command) -> str:
    """All that is shown of a command, in one sentence."""
    parts = [command.title, command.kind, command.key]
    if command.is_on:
        parts.append(tr("on"))
    if command.refusal:
        parts.append(tr("not available: {reason}").format(reason=command.refusal))
    return ", ".join(part for part in parts if part)
