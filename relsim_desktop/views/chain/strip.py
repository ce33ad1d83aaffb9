"""The chain of the walk so far: small pictures along the foot of the browser."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from relsim_desktop.itemmodels.walk import WalkModel
from relsim_desktop.presenters.inquiry import Inquiry
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailKey, ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.labels import label
from relsim_desktop.views.tile_painting import TilePainter

EDGE: Final = 44
"""Side of a station's picture in device-independent pixels."""

_CELL = QSize(EDGE + 26, EDGE + 12)  # a picture, and the sign that leads to it
_SIGN = 14


class ChainStrip(QWidget):
    """Shows where an `Inquiry` has been; a click goes back there."""

    board_asked = Signal()
    """Put the walk on a board."""

    chain_asked = Signal()
    """Find a chain from the start of the walk to where it is now."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, inquiry: Inquiry) -> None:
        super().__init__()
        self.setObjectName("chainStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inquiry = inquiry
        self._is_following = False
        self.model = WalkModel()
        self.view = _Stations(theme, thumbnails, self.model)
        self.board_button = icon_button(theme, "board", tr("Put your walk on a board"))
        self.chain_button = icon_button(theme, "chain", tr("Find a chain from start to here"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(label(theme, tr("Your walk"), scale=0.9, muted=True))
        row.addWidget(self.view, 1)
        row.addWidget(self.chain_button)
        row.addWidget(self.board_button)
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)
        self.board_button.clicked.connect(self.board_asked)
        self.chain_button.clicked.connect(self.chain_asked)
        inquiry.history_changed.connect(self.follow)
        self.follow()

    @property
    def is_worth_showing(self) -> bool:
        """Whether the walk has got anywhere."""
        return self.model.rowCount() > 1

    def follow(self) -> None:
        """Show the walk as it is now."""
        self.model.replace(self._inquiry.history)
        at = self._inquiry.position
        if at >= 0:
            index = self.model.index(self.model.row_at(at))
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.row() != self.model.row_at(self._inquiry.position):
            self._inquiry.go(self.model.position(index.row()))


class _Stations(QListView):
    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: WalkModel) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._model = model
        self._station = _Station(theme, thumbnails, model)
        self.setModel(model)
        self.setItemDelegate(self._station)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFixedHeight(_CELL.height())
        self.setAccessibleName(tr("Your walk"))
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("background: transparent")
        thumbnails.loaded.connect(lambda _: self.viewport().update())
        theme.changed.connect(self.viewport().update)
        model.rowsInserted.connect(self._want)
        model.modelReset.connect(self._want)
        self.horizontalScrollBar().valueChanged.connect(self._want)

    def resizeEvent(self, event: object) -> None:
        """Other stations may be visible now."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._want()

    def _want(self) -> None:
        first = self.horizontalScrollBar().value() // _CELL.width()
        last = min(first + self.width() // _CELL.width() + 2, self._model.rowCount())
        box, scale = QSize(EDGE, EDGE), self.devicePixelRatioF()
        keys: list[ThumbnailKey] = []
        for row in range(first, last):
            path = self._model.question(row).path
            if path is not None:
                keys.append(self._station.key(path, box, scale))
        self._thumbnails.want(self, keys)


class _Station(TilePainter):
    """A picture, or what stands for a sentence, with the sign that leads to it."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: WalkModel) -> None:
        super().__init__(theme, thumbnails)
        self._model = model
        self._pasted: dict[int, QPixmap] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One size for all."""
        return _CELL

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one station."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        colors = self._theme.colors
        cell: QRect = option.rect
        if index.row():
            sign = QRect(cell.left() + 2, cell.center().y() - _SIGN // 2, _SIGN, _SIGN)
            self.draw_icon(painter, "next", colors.attribute, sign)
        box = QRect(cell.left() + 20, cell.top() + 6, EDGE, EDGE)
        is_here = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_here or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colors.accent, 2) if is_here else Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint if is_here else colors.hover)
            painter.drawRoundedRect(QRectF(box).adjusted(-3, -3, 3, 3), 8, 8)
        question = self._model.question(index.row())
        if question.path is not None:
            self.draw_picture(painter, question.path, box)
        elif question.pasted is not None:
            pixmap = self._shrunk(index.row())
            size = pixmap.deviceIndependentSize().toSize()
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(box.center())
            painter.drawPixmap(target, pixmap)
        else:
            icon = "search" if question.is_text else "picture"
            self.draw_icon(painter, icon, colors.muted, box.adjusted(11, 11, -11, -11))

    def _shrunk(self, row: int) -> QPixmap:
        image = self._model.question(row).pasted
        assert image is not None
        key = image.cacheKey()
        if key not in self._pasted:
            if len(self._pasted) > 64:
                self._pasted.clear()
            small = image.scaled(
                2 * EDGE,
                2 * EDGE,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            pixmap = QPixmap.fromImage(small)
            pixmap.setDevicePixelRatio(2.0)
            self._pasted[key] = pixmap
        return self._pasted[key]
