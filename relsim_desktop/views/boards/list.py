"""The boards in a list, each with its cover; pictures can be dropped on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import BoardsFilter, BoardsModel
from relsim_desktop.picture_data import local_paths
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.tile_painting import TilePainter

if TYPE_CHECKING:
    from engine.types import Board

WIDTH: Final = 264
_HEIGHT = 56
_COVER = 40


class BoardList(QListView):
    """Names, covers and counts."""

    dropped = Signal(object, object, object)
    """A `Board`, what was dropped on it as a list of paths, and the widget that it came from."""

    menu_asked = Signal(object, QPoint)
    """Context menu of a `Board`, at a global position."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, boards: BoardsFilter) -> None:
        super().__init__()
        self._line = _BoardLine(theme, thumbnails)
        self._thumbnails = thumbnails
        self._hot = QPersistentModelIndex()
        self.setModel(boards)
        self.setItemDelegate(self._line)
        self.setAccessibleName(tr("Boards"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        thumbnails.loaded.connect(self.viewport().update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and load the covers that are on screen."""
        super().paintEvent(event)
        rows = (self.model().index(row, 0) for row in range(self.model().rowCount()))
        area, scale = self.viewport().rect(), self.devicePixelRatioF()
        covers = [
            index.data(BoardsModel.COVER)
            for index in rows
            if area.intersects(self.visualRect(index))
        ]
        keys = (self._line.key(path, QSize(_COVER, _COVER), scale) for path in covers if path)
        self._thumbnails.want(self, keys)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        event.setAccepted(bool(local_paths(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which board would get them."""
        index = self.indexAt(event.position().toPoint())
        self._show_hot(index)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(index.isValid())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would happen any more."""
        self._show_hot(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on which board."""
        index = self.indexAt(event.position().toPoint())
        self._show_hot(QModelIndex())
        paths = local_paths(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(index.isValid())
        if index.isValid():
            self.dropped.emit(index.data(BoardsModel.BOARD), paths, event.source())

    def _show_hot(self, index: QModelIndex) -> None:
        self._hot = QPersistentModelIndex(index)
        self._line.hot = self._hot
        self.viewport().update()

    def _on_menu(self, point: QPoint) -> None:
        board: Board | None = self.indexAt(point).data(BoardsModel.BOARD)
        if board is not None:
            self.menu_asked.emit(board, self.viewport().mapToGlobal(point))


class _BoardLine(TilePainter):
    """A board in the list: cover, name, and how many pictures it has."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__(theme, thumbnails)
        self.hot = QPersistentModelIndex()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One height for all, so that the list costs what is visible."""
        return QSize(WIDTH, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._theme.colors
        is_open = bool(option.state & QStyle.StateFlag.State_Selected)
        line: QRect = option.rect.adjusted(8, 2, -8, -2)
        if is_open or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint if is_open else colors.hover)
            painter.drawRoundedRect(line, 8, 8)
        has_focus = is_open and option.state & QStyle.StateFlag.State_HasFocus
        if has_focus or self.hot == index:
            painter.setPen(colors.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(line, 8, 8)
        cover = QRect(line.left() + 8, line.top() + (line.height() - _COVER) // 2, _COVER, _COVER)
        path: Path | None = index.data(BoardsModel.COVER)
        if path is not None:
            self.draw_picture(painter, path, cover)
        else:
            spot = cover.adjusted(10, 10, -10, -10)
            self.draw_icon(painter, "board", colors.attribute, spot)
        small = self._theme.font(0.9)
        number = f"{index.data(BoardsModel.COUNT):,}"
        room = QFontMetrics(small).horizontalAdvance(number) + 12
        words = line.adjusted(_COVER + 20, 0, -10, 0)
        painter.setFont(small)
        painter.setPen(colors.muted)
        to_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, to_right, number)
        font = self._theme.font()
        painter.setFont(font)
        painter.setPen(colors.accent_text if is_open else colors.text)
        name = QFontMetrics(font).elidedText(
            judging_phrases.board_name(index.data()),
            Qt.TextElideMode.ElideRight,
            words.width() - room,
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
