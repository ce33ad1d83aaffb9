"""The pictures of a board as a grid."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from relsim_desktop import judging_phrases
from relsim_desktop.itemmodels.boards import BoardPicturesModel
from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailLoader
from relsim_desktop.views.tile_painting import INSET, TilePainter
from relsim_desktop.views.tile_view import TileView

_TILE = 184
_TILE_CORNER = 10
_ICON = 32


class BoardTilePainter(TilePainter):
    """A picture of a board with its name; one that is not there now is pale."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, model: BoardPicturesModel
    ) -> None:
        super().__init__(theme, thumbnails)
        self._model = model

    def picture_box(self, tile: QRect) -> QRect:
        """Where a tile's picture is."""
        return tile.adjusted(INSET, INSET, -INSET, -INSET - self.name_height())

    def tile_height(self, width: int) -> int:
        """A square picture, and a line for the name."""
        return width + self.name_height()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one tile."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        picture = self._model.picture(index.row())
        colors = self._theme.colors
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint if is_selected else colors.hover)
            painter.drawRoundedRect(option.rect, _TILE_CORNER, _TILE_CORNER)
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
        self.draw_name(painter, judging_phrases.picture_name(picture), option.rect)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self.draw_focus(painter, QRectF(option.rect), _TILE_CORNER)


class BoardView(TileView):
    """The grid itself; it loads the thumbnails of what is visible."""

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
        self.setAccessibleName("Pictures of the board")
        self.setModel(model)
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
