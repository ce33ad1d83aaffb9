"""Judged pairs as tiles: two pictures side by side, and what was said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.itemmodels.verdicts import VerdictsModel
from relsim_desktop.judging_phrases import VERDICTS
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.tile_painting import INSET, TilePainter
from relsim_desktop.views.tile_view import TileView

if TYPE_CHECKING:
    from engine.types import BoardPicture

_TILE = QSize(300, 190)
_CARD_CORNER = 12
_ICON = 18


class PairPainter(TilePainter):
    """Paints a judged pair."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: VerdictsModel) -> None:
        super().__init__(theme, thumbnails)
        self._model = model

    def boxes(self, tile: QRect) -> tuple[QRect, QRect]:
        """Where the two pictures of a tile are."""
        width = (tile.width() - 3 * INSET) // 2
        height = tile.height() - 3 * INSET - self._line()
        left = QRect(tile.left() + INSET, tile.top() + INSET, width, height)
        return left, left.translated(width + INSET, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one tile."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        pair, colors, card = self._model.pair(index.row()), self._theme.colors, QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hot = is_selected or bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(colors.accent if is_hot else colors.border, 1))
        painter.setBrush(colors.accent_tint if is_selected else colors.card)
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _CARD_CORNER, _CARD_CORNER)
        for picture, box in zip((pair.a, pair.b), self.boxes(option.rect), strict=True):
            self._draw(painter, picture, box)
        is_good = pair.verdict == "good"
        color = colors.accent_text if is_good else colors.muted
        line = option.rect.adjusted(
            INSET + 4, option.rect.height() - self._line() - INSET, -INSET, -INSET
        )
        spot = QRect(line.left(), line.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        self.draw_icon(painter, pair.verdict, color, spot)
        painter.setFont(self._theme.font(bold=is_good))
        painter.setPen(color)
        words = line.adjusted(_ICON + 8, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tr(VERDICTS[pair.verdict]))
        if option.state & QStyle.StateFlag.State_HasFocus:
            self.draw_focus(painter, card, _CARD_CORNER)

    def _draw(self, painter: QPainter, picture: BoardPicture, box: QRect) -> None:
        if picture.path is not None:
            state = "" if picture.is_online else "offline"
            self.draw_picture(painter, picture.path, box, state=state)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors.window)
        painter.drawRoundedRect(box, CORNER, CORNER)
        spot = QRect(0, 0, 32, 32)
        spot.moveCenter(box.center())
        self.draw_icon(painter, "offline", self._theme.colors.attribute, spot)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font()).height() + 4


class VerdictsView(TileView):
    """The tiles; it loads the thumbnails of what is visible."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: VerdictsModel) -> None:
        self._pairs = model
        self._painter = PairPainter(theme, thumbnails, model)
        self._thumbnails = thumbnails
        super().__init__(_TILE, gap=12)
        self.setItemDelegate(self._painter)
        self.setDragEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Judged pairs"))
        self.setModel(model)
        theme.changed.connect(self.viewport().update)
        thumbnails.loaded.connect(self.viewport().update)
        self.rows_shown.connect(self._want)

    @property
    def selected_rows(self) -> list[int]:
        """The selected rows, in their order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def _want(self) -> None:
        left, _ = self._painter.boxes(self.visualRect(self._pairs.index(0)))
        scale = self.devicePixelRatioF()
        pairs = [self._pairs.pair(row) for row in self.visible_rows(ahead=0.5)]
        paths = [p.path for pair in pairs for p in (pair.a, pair.b) if p.path is not None]
        self._thumbnails.want(self, [self._painter.key(path, left, scale) for path in paths])
