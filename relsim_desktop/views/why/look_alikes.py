"""The pictures that look like the query, as small tiles; a click asks about one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.itemmodels.neighbors import NeighborsModel
from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.labels import label
from relsim_desktop.views.tile_painting import TilePainter
from relsim_desktop.views.tile_view import TileView

if TYPE_CHECKING:
    from engine.types import Neighbor

_TILE: Final = 68
_GAP: Final = 6
_ROWS: Final = 1.4  # that are shown without scrolling: the part of a row says that there are more
_INSET: Final = 3


class LookAlikes(QWidget):
    """A title and the tiles, or a line that says why there are none."""

    asked = Signal(object)
    """A `Question` about one of them."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self.model = NeighborsModel()
        self._painter = _LookAlikePainter(theme, thumbnails, self.model)
        self.view = TileView(QSize(_TILE, _TILE), gap=_GAP)
        self.view.setItemDelegate(self._painter)
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setAccessibleName(tr("Look-alikes of the query"))
        self.view.setFixedHeight(round(_ROWS * (_TILE + _GAP)) + _GAP)
        self.title = label(theme, tr("Look-alikes of the query"), bold=True)
        self.quiet = label(theme, scale=0.9, muted=True)
        self.quiet.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(6)
        for part in (self.title, self.quiet):
            part.setContentsMargins(16, 0, 16, 0)
            column.addWidget(part)
        column.addWidget(self.view)
        self.view.rows_shown.connect(self._want)
        self.view.clicked.connect(self._on_picked)
        self.view.activated.connect(self._on_picked)
        thumbnails.loaded.connect(lambda _: self.view.viewport().update())
        theme.changed.connect(self.view.viewport().update)
        self.say(tr("Ask about a picture to see what looks like it."))

    def say(self, text: str) -> None:
        """Show a line in place of tiles."""
        self.model.replace([])
        self.quiet.setText(text)
        self.view.hide()
        self._thumbnails.want(self, [])

    def show_neighbors(self, neighbors: Sequence[Neighbor]) -> None:
        """Show other tiles."""
        if not neighbors:
            self.say(tr("No other picture is indexed yet."))
            return
        self.quiet.setText(tr("Nearest in look, whatever their logic. A click asks about one."))
        self.model.replace(neighbors)
        self.view.verticalScrollBar().setValue(0)
        self.view.show()
        self._want()

    def chosen_pictures(self) -> list[Question]:
        """What the verbs of pictures act on while the keyboard is here."""
        index = self.view.currentIndex()
        return [self._question(index)] if index.isValid() else []

    def _question(self, index: QModelIndex) -> Question:
        neighbor = self.model.neighbor(index.row())
        return Question(path=neighbor.path, image_id=neighbor.image_id)

    def _on_picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.asked.emit(self._question(index))

    def _want(self) -> None:
        scale = self.view.devicePixelRatioF()
        box = self._painter.picture_box(QRect(0, 0, *self.view.tile_size.toTuple()))
        rows = self.view.visible_rows(ahead=0.5) if self.view.isVisible() else range(0)
        keys = (self._painter.key(self.model.path(row), box, scale) for row in rows)
        self._thumbnails.want(self, keys)


class _LookAlikePainter(TilePainter):
    """A picture, with a ring where it is hovered or the keyboard is."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: NeighborsModel) -> None:
        super().__init__(theme, thumbnails)
        self._model = model

    def picture_box(self, tile: QRect) -> QRect:
        """Where a tile's picture is."""
        return tile.adjusted(_INSET, _INSET, -_INSET, -_INSET)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one tile."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colors.hover)
            painter.drawRoundedRect(option.rect, 8, 8)
        self.draw_picture(painter, self._model.path(index.row()), self.picture_box(option.rect))
        if option.state & QStyle.StateFlag.State_HasFocus:
            self.draw_focus(painter, QRectF(option.rect), 8)
