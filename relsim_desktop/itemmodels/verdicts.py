"""All verdicts of a library, each with its two pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, Qt

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.pictures import Index

if TYPE_CHECKING:
    from engine.judging.judgements import JudgedPair
    from engine.types import PairVerdict


class VerdictsModel(QAbstractListModel):
    """Rows are the engine's `JudgedPair` values, the newest first; those of one kind, or all."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[JudgedPair] = []
        self._shown: list[JudgedPair] = []
        self._kind: PairVerdict | None = None

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of pairs that are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is said of a pair."""
        if not index.isValid():
            return None
        pair = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return judging_phrases.pair_line(pair)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(judging_phrases.picture_in_full(p) for p in (pair.a, pair.b))
        return None

    def pair(self, row: int) -> JudgedPair:
        """The pair of a row."""
        return self._shown[row]

    def count(self, kind: PairVerdict | None) -> int:
        """How many pairs of a kind there are; None for all."""
        return sum(kind in (None, pair.verdict) for pair in self._all)

    @property
    def kind(self) -> PairVerdict | None:
        """Which verdicts are shown; None for all."""
        return self._kind

    def show_kind(self, kind: PairVerdict | None) -> None:
        """Show other verdicts."""
        self._kind = kind
        self._show()

    def replace(self, pairs: Sequence[JudgedPair]) -> None:
        """Take the verdicts as they are now."""
        if list(pairs) != self._all:
            self._all = list(pairs)
            self._show()

    def _show(self) -> None:
        self.beginResetModel()
        self._shown = [pair for pair in self._all if self._kind in (None, pair.verdict)]
        self.endResetModel()
