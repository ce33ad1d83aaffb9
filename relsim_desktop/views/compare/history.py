"""The list of what was compared before: each pair with its pictures, its score, and when it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from relsim_desktop import phrases
from relsim_desktop.itemmodels.comparisons import ComparisonsModel
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailKey, ThumbnailLoader
from relsim_desktop.translation import tr

_EDGE = 44
_HEIGHT = 60
_MARGIN = 16

_Index = QModelIndex | QPersistentModelIndex


class HistoryList(QListView):
    """Shows a `ComparisonsModel`."""

    picked = Signal(object)
    """A `Remembered` is to be compared again."""

    remove_asked = Signal(object)
    """Ids of comparisons to be taken out."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: ComparisonsModel) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._comparisons = model
        self._line = _PairLine(theme, thumbnails, model)
        self.setModel(model)
        self.setItemDelegate(self._line)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Compared before"))
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._pick)
        self.customContextMenuRequested.connect(self._on_menu)
        self.verticalScrollBar().valueChanged.connect(self._want)
        model.modelReset.connect(self._want)
        thumbnails.loaded.connect(self._on_thumbnail)
        theme.changed.connect(self.viewport().update)

    def remove_selected(self) -> None:
        """Take the selected comparisons out."""
        rows = [index.row() for index in self.selectedIndexes()]
        ids = [self._comparisons.remembered(row).past.comparison_id for row in rows]
        if ids:
            self.remove_asked.emit(ids)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_selected()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other rows show."""
        super().resizeEvent(event)
        self._want()

    def menu(self) -> QMenu:
        """What can be done with the selected ones."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Compare again"), lambda: self._pick(self.currentIndex()))
        menu.addAction(tr("Remove from the history") + "\t" + tr("Del"), self.remove_selected)
        return menu

    def _on_menu(self, point: QPoint) -> None:
        if self.selectedIndexes():
            self.menu().popup(self.viewport().mapToGlobal(point))

    def _on_clicked(self, index: QModelIndex) -> None:
        if len(self.selectedIndexes()) == 1:
            self._pick(index)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self._comparisons.remembered(index.row()))

    def _on_thumbnail(self) -> None:
        self.viewport().update()

    def _want(self) -> None:
        rows = self._comparisons.rowCount()
        if not rows:
            self._thumbnails.want(self, [])
            return
        first = max(self.verticalScrollBar().value() // _HEIGHT, 0)
        last = min(first + self.viewport().height() // _HEIGHT + 2, rows)
        self._thumbnails.want(self, self._line.keys(range(first, last), self.devicePixelRatioF()))


class _PairLine(QStyledItemDelegate):
    """Two small pictures, what they scored, and when."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: ComparisonsModel) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._model = model

    def keys(self, rows: range, scale: float) -> list[ThumbnailKey]:
        """The thumbnails of some rows."""
        pairs = [self._model.remembered(row) for row in rows]
        there = [
            path
            for one in pairs
            for path, is_there in ((one.past.a, one.has_a), (one.past.b, one.has_b))
            if is_there
        ]
        return [_key(path, scale) for path in there]

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As wide as the list."""
        return QSize(120, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a pair."""
        one, colors = self._model.remembered(index.row()), self._theme.colors
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = rect.adjusted(8, 1, -8, -1)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if is_selected or is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint if is_selected else colors.hover)
            painter.drawRoundedRect(row, 8, 8)
        top = rect.center().y() - _EDGE // 2
        left = rect.left() + _MARGIN
        for path, is_there in ((one.past.a, one.has_a), (one.past.b, one.has_b)):
            self._paint_picture(painter, QRect(left, top, _EDGE, _EDGE), path, is_there)
            left += _EDGE + 4
        words = QRect(left + 6, top, rect.right() - left - 6 - _MARGIN, _EDGE)
        when = _when(one.past.time)
        painter.setFont(self._theme.font(1.0, bold=True))
        painter.setPen(colors.text)
        bottom = Qt.AlignmentFlag.AlignBottom
        upper = words.adjusted(0, 0, 0, -words.height() // 2)
        lower = words.adjusted(0, words.height() // 2, 0, 0)
        painter.drawText(
            upper, Qt.AlignmentFlag.AlignLeft | bottom, phrases.score(one.past.relational)
        )
        painter.setFont(self._theme.font(0.9))
        painter.setPen(colors.muted)
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | bottom, when)
        is_whole = one.has_a and one.has_b
        said = one.past.model if is_whole else tr("A file is missing")
        if not is_whole:
            painter.setPen(colors.danger)
        said = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, said)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, path: Path, is_there: bool) -> None:
        scale = painter.device().devicePixelRatioF()
        pixmap = self._thumbnails.pixmap(_key(path, scale)) if is_there else None
        if pixmap is not None:
            size = pixmap.size() / scale
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(box.center())
            painter.drawPixmap(target, pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors.hover)
        painter.drawRoundedRect(box, CORNER, CORNER)
        icon = "picture" if is_there else "offline"
        drawing = self._theme.drawing(icon, self._theme.colors.attribute, 18, scale)
        painter.drawPixmap(box.center() - QPoint(9, 9), drawing)


def _key(path: Path, scale: float) -> ThumbnailKey:
    return ThumbnailKey(path, round(_EDGE * scale), round(CORNER * scale))


def _when(time: float) -> str:
    """Today the time, else the day."""
    then, now = QDateTime.fromSecsSinceEpoch(int(time)), QDateTime.currentDateTime()
    if then.date() == now.date():
        return QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
    is_recent = then.date().year() == now.date().year()
    form = tr("d MMM", "a day of this year, in Qt's letters") if is_recent else "MMM yyyy"
    return QLocale().toString(then, form)
