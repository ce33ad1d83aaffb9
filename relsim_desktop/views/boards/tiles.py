"""The pictures of a board as a grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import BoardPicturesModel
from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.tile_painting import NamedTilePainter
from relsim_desktop.views.tile_view import TileView

_TILE = 184
_ICON = 32
_BADGE = 24

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BoardTilePainter(NamedTilePainter):
    """A picture of a board with its name; one that is not there now is pale."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, model: BoardPicturesModel
    ) -> None:
        super().__init__(theme, thumbnails)
        self._model = model

    @property
    def accent(self) -> QColor:
        """The colour of the line that shows where something is put."""
        return self._theme.colors.accent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one tile."""
        self.draw_ground(painter, option)
        picture = self._model.picture(index.row())
        colors = self._theme.colors
        box = self.picture_box(option.rect)
        if picture.path is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.window)
            painter.drawRoundedRect(box, CORNER, CORNER)
            spot = QRect(0, 0, _ICON, _ICON)
            spot.moveCenter(box.center())
            self.draw_icon(painter, "offline", colors.attribute, spot)
        else:
            state = "" if picture.is_online else "offline"
            self.draw_picture(painter, picture.path, box, state=state)
        if picture.note:
            spot = QRect(box.right() - _BADGE - 3, box.bottom() - _BADGE - 3, _BADGE, _BADGE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.card)
            painter.drawEllipse(spot)
            self.draw_icon(painter, "note", colors.text, spot.adjusted(5, 5, -5, -5))
        self.draw_name(painter, judging_phrases.picture_name(picture), option.rect)
        self.draw_ring(painter, option)


class BoardView(TileView):
    """The grid itself; it loads the thumbnails of what is visible.

    Pictures are put into another order by dragging them, or with Alt and the arrows.
    """

    ordered = Signal(object)
    """The ids of all pictures in the order that a person wants."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, model: BoardPicturesModel
    ) -> None:
        self._painter = BoardTilePainter(theme, thumbnails, model)
        self._pictures = model
        self._thumbnails = thumbnails
        super().__init__(QSize(_TILE, _TILE), gap=8)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Pictures of the board"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self._gap_row: int | None = None
        self._kept: tuple[set[int], int | None] = (set(), None)
        model.modelAboutToBeReset.connect(self._note_selection)
        self.setModel(model)
        model.modelReset.connect(self._restore_selection)
        theme.changed.connect(self.viewport().update)
        thumbnails.loaded.connect(self._on_loaded)
        self.rows_shown.connect(self._want)

    def tile_height(self, width: int) -> int:
        """As the delegate needs it."""
        return self._painter.tile_height(width)

    @property
    def selected_rows(self) -> list[int]:
        """The selected rows, in their order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def select(self, image_ids: Sequence[int]) -> None:
        """Select these pictures and no others."""
        self.clearSelection()
        self._kept = set(image_ids), next(iter(image_ids), None)
        self._restore_selection()

    # --- putting in order -------------------------------------------------------------------------

    def move_rows(self, rows: Iterable[int], before: int) -> None:
        """Ask for another order.

        Args:
            rows: What is moved; it keeps its own order.
            before: The row that it shall stand before; the number of rows for the end.
        """
        moved = sorted(set(rows))
        count = self._pictures.rowCount()
        rest = [row for row in range(count) if row not in set(moved)]
        at = sum(row < before for row in rest)
        order = [*rest[:at], *moved, *rest[at:]]
        if order != list(range(count)):
            self.ordered.emit([self._pictures.picture(row).image_id for row in order])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move what is selected."""
        rows = self.selected_rows
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier or event.key() not in _STEPS:
            super().keyPressEvent(event)
        elif rows:
            across, down = _STEPS[Qt.Key(event.key())]
            step = across + down * self.columns
            count = self._pictures.rowCount()
            before = rows[-1] + 1 + step if step > 0 else rows[0] + step
            self.move_rows(rows, min(max(before, 0), count))

    def event(self, event: QEvent) -> bool:
        """Alt and an arrow belong to the pictures here, not to the window's history."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if is_alt and event.key() in _STEPS and self.selected_rows:
                event.accept()
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only its own pictures are put in order; what else comes is for the page."""
        event.setAccepted(event.source() is self)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would be put."""
        is_own = event.source() is self
        self._show_gap(self._gap_at(event.position().toPoint()) if is_own else None)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(is_own)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They would be put nowhere."""
        self._show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them there."""
        before = self._gap_at(event.position().toPoint())
        self._show_gap(None)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(event.source() is self)
        if event.source() is self:
            self.move_rows(self.selected_rows, before)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles, and where what is dragged would be put."""
        super().paintEvent(event)
        if self._gap_row is None:
            return
        count = self._pictures.rowCount()
        is_end = self._gap_row == count
        tile = self.visualRect(self._pictures.index(count - 1 if is_end else self._gap_row))
        x = tile.right() + 4 if is_end else tile.left() - 4
        painter = QPainter(self.viewport())
        painter.fillRect(QRect(x - 1, tile.top(), 3, tile.height()), self._painter.accent)
        painter.end()

    def _gap_at(self, point: QPoint) -> int:
        """The row before which a point would put something."""
        count, columns = self._pictures.rowCount(), self.columns
        first = self.visualRect(self._pictures.index(0))
        line = max(0, (point.y() - first.top()) // (first.height() + 8))
        column = round((point.x() - first.left()) / (first.width() + 8))
        return min(line * columns + min(max(column, 0), columns), count)

    def _show_gap(self, row: int | None) -> None:
        if row != self._gap_row:
            self._gap_row = row
            self.viewport().update()

    def _note_selection(self) -> None:
        current = self.currentIndex()
        ids = {self._pictures.picture(row).image_id for row in self.selected_rows}
        here = self._pictures.picture(current.row()).image_id if current.isValid() else None
        self._kept = ids, here

    def _restore_selection(self) -> None:
        """What was selected before an order or a board changed, as far as it is still there."""
        ids, here = self._kept
        flags = QItemSelectionModel.SelectionFlag
        for row in range(self._pictures.rowCount()):
            image_id = self._pictures.picture(row).image_id
            if image_id == here:
                self.selectionModel().setCurrentIndex(self._pictures.index(row), flags.NoUpdate)
            if image_id in ids:
                self.selectionModel().select(self._pictures.index(row), flags.Select)

    # --- thumbnails -------------------------------------------------------------------------------

    def _want(self) -> None:
        box = self._painter.picture_box(self.visualRect(self._pictures.index(0)))
        scale = self.devicePixelRatioF()
        paths = [self._pictures.picture(row).path for row in self.visible_rows(ahead=0.5)]
        keys = (self._painter.key(path, box, scale) for path in paths if path is not None)
        self._thumbnails.want(self, keys)

    def _on_loaded(self, path: object) -> None:
        for row in self.visible_rows():
            if self._pictures.picture(row).path == path:
                self.viewport().update(self.visualRect(self._pictures.index(row)))
