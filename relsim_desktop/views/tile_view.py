"""A grid of equal tiles: its geometry is arithmetic, so 100,000 rows cost as much as 10."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from relsim_desktop.itemmodels.pictures import PictureListModel
from relsim_desktop.views.dragging import PaintsPictures, drag_data

Index = QModelIndex | QPersistentModelIndex

PREFETCH: Final = 0.5
"""Share of the visible height, below it, whose rows are announced too."""

_NO_INDEX = QModelIndex()


class TileView(QAbstractItemView):
    """Shows a list model as tiles that fill the width.

    Args:
        tile: Least size of a tile; tiles are widened so that a row fills the view.
        gap: Distance between tiles and to the edge.
    """

    rows_shown = Signal()
    """What is visible changed; see `visible_rows`."""

    def __init__(self, tile: QSize, *, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile = tile
        self._gap = gap
        self._hovered = QPersistentModelIndex()
        self._laid_out: tuple[int, QSize] | None = None
        self._shown: tuple[int, int, int, int] = (0, 0, 0, 0)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.entered.connect(self._on_entered)
        self.viewportEntered.connect(lambda: self._on_entered(_NO_INDEX))

    # --- geometry ---------------------------------------------------------------------------------

    @property
    def columns(self) -> int:
        """Tiles in a row."""
        return self._grid()[0]

    @property
    def tile_size(self) -> QSize:
        """A tile's size now."""
        return self._grid()[1]

    def _grid(self) -> tuple[int, QSize]:
        """Columns and tile size; worked out once a layout, because painting asks for every tile."""
        if self._laid_out is None:
            gap, width = self._gap, self.viewport().width()
            columns = max(1, (width - gap) // (self._tile.width() + gap))
            tile = max(16, (width - gap * (columns + 1)) // columns)
            self._laid_out = columns, QSize(tile, self.tile_height(tile))
        return self._laid_out

    def tile_height(self, width: int) -> int:
        """Height of a tile that is `width` wide; subclasses may let it depend on the width."""
        return self._tile.height()

    def set_tile(self, tile: QSize) -> None:
        """Change the least size; what is in the middle of the view stays there."""
        rows = self.visible_rows()
        self._tile = tile
        self._follow()
        if rows and self.verticalOffset():
            middle = self.model().index(rows[len(rows) // 2], 0)
            self.scrollTo(middle, QAbstractItemView.ScrollHint.PositionAtCenter)

    def visible_rows(self, *, ahead: float = 0.0) -> range:
        """Rows that are on screen.

        Args:
            ahead: Share of the visible height to add below.
        """
        return self._rows_between(0, int(self.viewport().height() * (1 + ahead)))

    def _rows_between(self, top: int, bottom: int) -> range:
        """Rows of the lines that touch a strip of the viewport."""
        count, step, offset = self._count(), self._step(), self.verticalOffset()
        first = max(0, (offset + top - self._gap) // step)
        last = (offset + bottom) // step
        return range(min(first * self.columns, count), min((last + 1) * self.columns, count))

    def visualRect(self, index: Index) -> QRect:
        """Where a row is in the viewport."""
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self.columns)
        size = self.tile_size
        left = self._gap + column * (size.width() + self._gap)
        top = self._gap + line * self._step() - self.verticalOffset()
        return QRect(QPoint(left, top), size)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        size = self.tile_size
        line, y = divmod(point.y() + self.verticalOffset() - self._gap, self._step())
        column, x = divmod(point.x() - self._gap, size.width() + self._gap)
        is_inside = 0 <= column < self.columns and x < size.width() and y < size.height()
        row = line * self.columns + column
        if not is_inside or line < 0 or row >= self._count():
            return QModelIndex()
        return self.model().index(row, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until a row is visible."""
        rect = self.visualRect(index).adjusted(0, -self._gap, 0, self._gap)
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif hint == hints.PositionAtTop or rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif hint == hints.PositionAtBottom or rect.bottom() > height:
            bar.setValue(bar.value() + rect.bottom() - height)

    def horizontalOffset(self) -> int:
        """Always 0: the tiles fit the width."""
        return 0

    def verticalOffset(self) -> int:
        """Pixels scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """No row is ever hidden."""
        return False

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the rows."""
        self._laid_out = None
        lines = -(-self._count() // self.columns)
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._gap + lines * self._step() - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(24, self._step() // 4))
        super().updateGeometries()

    # --- moving and selecting ---------------------------------------------------------------------

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads."""
        count = self._count()
        if count == 0:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self.model().index(0, 0)
        row, columns = current.row(), self.columns
        page = max(1, self.viewport().height() // self._step()) * columns
        moves = QAbstractItemView.CursorAction
        steps = {
            moves.MoveLeft: -1,
            moves.MovePrevious: -1,
            moves.MoveRight: 1,
            moves.MoveNext: 1,
            moves.MoveUp: -columns if row >= columns else 0,
            moves.MoveDown: columns if row + columns < count else 0,
            moves.MovePageUp: -page,
            moves.MovePageDown: page,
            moves.MoveHome: -count,
            moves.MoveEnd: count,
        }
        return self.model().index(min(max(row + steps[action], 0), count - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the tiles that touch a rectangle of the viewport."""
        rect = rect.normalized()
        step, width = self._step(), self.tile_size.width() + self._gap
        top = (rect.top() + self.verticalOffset() - self._gap) // step
        bottom = (rect.bottom() + self.verticalOffset() - self._gap) // step
        left = max(0, (rect.left() - self._gap) // width)
        right = min(self.columns - 1, (rect.right() - self._gap) // width)
        selection = QItemSelection()
        for line in range(max(0, top), bottom + 1):
            first = line * self.columns + left
            last = min(line * self.columns + right, self._count() - 1)
            if first <= last:
                selection.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where selected rows are; rows off screen are left out."""
        region = QRegion()
        for row in self.visible_rows():
            index = self.model().index(row, 0)
            if selection.contains(index):
                region += self.visualRect(index)
        return region

    # --- dragging ---------------------------------------------------------------------------------

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected pictures out; other programs may copy the files, never move them."""
        model, delegate = self.model(), self.itemDelegate()
        if not isinstance(model, PictureListModel) or not isinstance(delegate, PaintsPictures):
            return
        can_drag = Qt.ItemFlag.ItemIsDragEnabled
        chosen = sorted(i for i in self.selectedIndexes() if model.flags(i) & can_drag)
        if not chosen:
            return
        shown = self.currentIndex() if self.currentIndex() in chosen else chosen[0]
        pixmap = self._thumbnail(delegate, shown, model.path(shown.row()))
        drag_data(self, model.mimeData(chosen), pixmap)

    def _thumbnail(self, delegate: PaintsPictures, index: QModelIndex, path: Path) -> QPixmap:
        """The picture of a row alone, as it is painted."""
        box = delegate.picture_box(self.visualRect(index))
        scale = self.devicePixelRatioF()
        pixmap = QPixmap(box.size() * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.translate(-box.topLeft())
        delegate.draw_picture(painter, path, box)
        painter.end()
        return pixmap

    # --- events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles that are visible."""
        if not self._count():
            return
        model = self.model()
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~QStyle.StateFlag.State_HasFocus
        selected = self.selectionModel()
        current = self.currentIndex()
        for row in self._rows_between(event.rect().top(), event.rect().bottom()):
            index = model.index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain
            if selected.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if self._hovered == index:
                option.state |= QStyle.StateFlag.State_MouseOver
            if index == current and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, index)
        painter.end()
        self._announce()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first visible row visible when the columns change."""
        rows = self.visible_rows()
        self._laid_out = None
        super().resizeEvent(event)
        self.updateGeometries()
        if rows and event.oldSize().width() != event.size().width():
            first = self.model().index(rows.start, 0)
            if self.verticalOffset() and not self.viewport().rect().intersects(
                self.visualRect(first)
            ):
                self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let a person who arrives by keyboard see where they are."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted already; only the strip that appears is painted."""
        self._hovered = QPersistentModelIndex()
        self.viewport().scroll(0, dy)

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Follow the model."""
        super().rowsInserted(parent, start, end)
        self._follow()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Follow the model, once the rows are gone."""
        super().rowsAboutToBeRemoved(parent, start, end)
        self.scheduleDelayedItemsLayout()

    def reset(self) -> None:
        """Follow the model."""
        super().reset()
        self._follow()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show another model."""
        super().setModel(model)
        self._follow()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """Repaint if a changed row is visible."""
        rows = self.visible_rows()
        if top_left.row() < rows.stop and bottom_right.row() >= rows.start:
            self.viewport().update()

    def doItemsLayout(self) -> None:
        """There is nothing to lay out; only the scroll bar depends on the rows."""
        super().doItemsLayout()
        self._follow()

    def leaveEvent(self, event: QEvent) -> None:
        """No tile is under the pointer any more."""
        super().leaveEvent(event)
        self._on_entered(_NO_INDEX)

    def _follow(self) -> None:
        self._shown = (0, 0, 0, 0)
        self.updateGeometries()
        self.viewport().update()

    def _count(self) -> int:
        model = self.model()
        return 0 if model is None else model.rowCount()

    def _step(self) -> int:
        return self.tile_size.height() + self._gap

    def _announce(self) -> None:
        rows = self.visible_rows(ahead=PREFETCH)
        shown = (rows.start, rows.stop, self._count(), self.tile_size.width())
        if shown != self._shown:
            self._shown = shown
            self.rows_shown.emit()

    def _on_entered(self, index: QModelIndex) -> None:
        before = self._hovered
        self._hovered = QPersistentModelIndex(index)
        for changed in (before, self._hovered):
            if changed.isValid():
                self.viewport().update(self.visualRect(changed))
