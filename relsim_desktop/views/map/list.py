"""The groups of the map as a list: searched, sorted, gone through by keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.itemmodels.map_groups import ORDERS, MapGroupsModel
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import number, tr
from relsim_desktop.views.labels import label
from relsim_desktop.views.slot_text import SlotText
from relsim_desktop.views.tile_painting import TilePainter

WIDTH: Final = 304

_HEIGHT = 60
_COVER = 44


class MapList(QWidget):
    """Shows a `MapGroupsModel`."""

    chosen = Signal(int)
    """The number of the group that a person went to."""

    opened = Signal(int)
    """The number of the group that a person opened, by a double click or Return."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: MapGroupsModel) -> None:
        super().__init__()
        self.setObjectName("mapList")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._model = model
        self._is_following = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the groups"))
        self.search.setAccessibleName(tr("Search the groups"))
        self.search.setClearButtonEnabled(True)
        self.order = QComboBox()
        self.order.setAccessibleName(tr("Order of the groups"))
        names = (tr("Largest first"), tr("By name"), tr("Surest names first"))
        for key, name in zip(ORDERS, names, strict=True):
            self.order.addItem(name, key)
        self.view = _List(theme, thumbnails, model)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.addWidget(label(theme, tr("Groups"), scale=1.15, bold=True))
        head.addStretch()
        head.addWidget(self.order)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 8)
        line.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(line)
        layout.addWidget(self.view, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.take_focus)
        self.order.currentIndexChanged.connect(self._on_order)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.activated.connect(lambda index: self.opened.emit(model.number(index.row())))

    def take_focus(self) -> None:
        """Let the keyboard act on the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid() and self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(0))

    @property
    def current(self) -> int | None:
        """The number of the group that the list is at."""
        index = self.view.currentIndex()
        return self._model.number(index.row()) if index.isValid() else None

    def show_order(self, order: str) -> None:
        """List the groups in an order that was remembered."""
        at = self.order.findData(order)
        self.order.setCurrentIndex(max(at, 0))

    def go_to(self, group: int | None) -> None:
        """Follow what was chosen elsewhere."""
        row = None if group is None else self._model.row_of(group)
        self._is_following = True
        self.view.setCurrentIndex(QModelIndex() if row is None else self._model.index(row))
        self._is_following = False

    def _on_search(self, words: str) -> None:
        before = self.current
        self._model.search(words)
        self.go_to(before)

    def _on_order(self) -> None:
        before = self.current
        self._model.sort_by(self.order.currentData())
        self.go_to(before)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_following:
            self.chosen.emit(self._model.number(index.row()))


class _List(QListView):
    """Loads the covers of the lines that are visible."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: MapGroupsModel) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._groups = model
        self._line = _Line(theme, thumbnails, model)
        self.setModel(model)
        self.setItemDelegate(self._line)
        self.setAccessibleName(tr("Groups of the map"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        thumbnails.loaded.connect(lambda _: self.viewport().update())
        theme.changed.connect(self.viewport().update)
        model.modelReset.connect(self._want)
        self.verticalScrollBar().valueChanged.connect(self._want)

    def resizeEvent(self, event: object) -> None:
        """Other lines may be visible now."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._want()

    def _want(self) -> None:
        top = self.verticalScrollBar().value() // _HEIGHT
        rows = range(top, min(top + self.height() // _HEIGHT + 2, self._groups.rowCount()))
        covers = (self._groups.cover(self._groups.number(row)) for row in rows)
        box, scale = QSize(_COVER, _COVER), self.devicePixelRatioF()
        self._thumbnails.want(
            self, [self._line.key(path, box, scale) for path in covers if path is not None]
        )


class _Line(TilePainter):
    """A group in the list: a cover, its name, and how many pictures it has."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: MapGroupsModel) -> None:
        super().__init__(theme, thumbnails)
        self._model = model
        self._laid: dict[tuple[str, int], SlotText] = {}
        model.modelReset.connect(self._laid.clear)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One height for all, so that the list costs what is visible."""
        return QSize(WIDTH - 16, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one line."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        colors = self._theme.colors
        group = self._model.number(index.row())
        is_open = bool(option.state & QStyle.StateFlag.State_Selected)
        line: QRect = option.rect.adjusted(8, 2, -8, -2)
        if is_open or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(colors.accent if is_open else Qt.PenStyle.NoPen)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint if is_open else colors.hover)
            painter.drawRoundedRect(line, 8, 8)
        if is_open and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colors.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(line, 8, 8)
        box = QRect(line.left() + 6, line.top() + 6, _COVER, _COVER)
        cover = self._model.cover(group)
        if cover is not None:
            self.draw_picture(painter, cover, box)
        else:
            self.draw_icon(painter, "map", colors.attribute, box.adjusted(12, 12, -12, -12))
        small = self._theme.font(0.88)
        count = number(self._model.count(group))
        room = QFontMetrics(small).horizontalAdvance(count) + 14
        painter.setFont(small)
        painter.setPen(colors.muted)
        right = line.adjusted(0, 0, -10, 0)
        to_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(right, to_right, count)
        width = line.width() - _COVER - 26 - room
        laid = self._caption(self._model.name(group), width)
        top = line.center().y() - laid.height / 2
        laid.draw(painter, QPointF(box.right() + 10, top), colors)

    def _caption(self, text: str, width: int) -> SlotText:
        if (text, width) not in self._laid:
            self._laid[text, width] = SlotText(text, self._theme.font(0.88), width, 2)
        return self._laid[text, width]
