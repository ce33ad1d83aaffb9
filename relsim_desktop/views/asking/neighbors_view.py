"""The neighbors of a query as cards, with the buttons that judge them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.neighbors import NeighborsModel
from relsim_desktop.translation import tr
from relsim_desktop.views.judging.marks import verdict_at
from relsim_desktop.views.tile_painting import NeighborCardPainter
from relsim_desktop.views.tile_view import TileView

if TYPE_CHECKING:
    from engine.types import PairVerdict

_CARD_WIDTH = 212
_NOWHERE: tuple[int, PairVerdict | None] = (-1, None)


class NeighborsView(TileView):
    """The cards. A card that is selected or under the pointer has the three buttons."""

    judge_asked = Signal(int, str)
    """A row, and the verdict whose button was pressed."""

    unfold_asked = Signal(int)
    """A row whose copies are to be shown, or folded again."""

    def __init__(self, painter: NeighborCardPainter, model: NeighborsModel) -> None:
        self._painter = painter
        self._cards = model
        self._is_judging = False  # between press and release of a button
        super().__init__(QSize(_CARD_WIDTH, _CARD_WIDTH), gap=12)
        self.setItemDelegate(painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Neighbors"))
        self.setModel(model)

    def tile_height(self, width: int) -> int:
        """As the delegate needs it."""
        return self._painter.card_height(width)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A button judges, the number of copies unfolds them; everything else selects."""
        point, is_left = event.position().toPoint(), event.button() == Qt.MouseButton.LeftButton
        row, verdict = self._button_at(point)
        badge = self._badge_at(point)
        self._is_judging = is_left and (verdict is not None or badge is not None)
        if is_left and verdict is not None:
            self._choose(row)
            self.judge_asked.emit(row, verdict)
        elif is_left and badge is not None:
            self._choose(badge)
            self.unfold_asked.emit(badge)
        else:
            super().mousePressEvent(event)

    def _choose(self, row: int) -> None:
        """Make a card the current one where it is: a second press must find the same button."""
        self.setAutoScroll(False)
        self.setCurrentIndex(self._cards.index(row))
        self.setAutoScroll(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a press of a button is no click on the card."""
        if self._is_judging:
            self._is_judging = False
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses of a button are two presses, not a question about the picture."""
        point = event.position().toPoint()
        if self._button_at(point)[1] is not None or self._badge_at(point) is not None:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the button under the pointer."""
        self._heat(*self._button_at(event.position().toPoint()))
        if not self._is_judging:
            super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No button is under the pointer any more."""
        self._heat(*_NOWHERE)
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a button does, where the pointer rests on one."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            _, verdict = self._button_at(event.pos())
            badge = self._badge_at(event.pos())
            if badge is not None:
                QToolTip.showText(event.globalPos(), self._on_badge(badge), self.viewport())
                return True
            if verdict is not None:
                text = judging_phrases.verdict_with_key(verdict)
                QToolTip.showText(event.globalPos(), text, self.viewport())
                return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space unfolds the copies of the current card, and folds them again."""
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0 and self._cards.neighbor(row).copies:
            self.unfold_asked.emit(row)
        else:
            super().keyPressEvent(event)

    def _on_badge(self, row: int) -> str:
        if self._cards.is_unfolded(row):
            return tr("Collapse them again (Space)")
        return tr("Show the %n picture(s) like it (Space)", "", self._cards.neighbor(row).copies)

    def _badge_at(self, point: QPoint) -> int | None:
        index: QModelIndex = self.indexAt(point)
        if not index.isValid():
            return None
        spot = self._painter.badge_spot(index.row(), self.visualRect(index))
        return index.row() if spot.contains(point) else None

    def _button_at(self, point: QPoint) -> tuple[int, PairVerdict | None]:
        index: QModelIndex = self.indexAt(point)
        if not index.isValid() or not self._cards.can_judge:
            return _NOWHERE
        box = self._painter.picture_box(self.visualRect(index))
        return index.row(), verdict_at(box, point)

    def _heat(self, row: int, verdict: PairVerdict | None) -> None:
        hot = (row, verdict) if verdict is not None else _NOWHERE
        if hot != self._painter.hot:
            before, self._painter.hot = self._painter.hot, hot
            for changed in {before[0], hot[0]} - {-1}:
                self.viewport().update(self.visualRect(self._cards.index(changed)))
