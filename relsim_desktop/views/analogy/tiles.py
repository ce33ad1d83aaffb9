"""Made pictures as cards: place, both scores, and what is wrong with one as an analogy."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from relsim_desktop import analogy_phrases, phrases
from relsim_desktop.itemmodels.analogies import AnalogiesModel, Index
from relsim_desktop.operations.pictures import HAIRLINE
from relsim_desktop.presenters.analogy_making import Analogy
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER
from relsim_desktop.translation import number, tr
from relsim_desktop.views.tile_painting import draw_bar
from relsim_desktop.views.tile_view import TileView

_CARD: Final = 208
_INSET: Final = 8
_CORNER: Final = 12
_MARGIN: Final = 12  # left and right of the words
_DIM: Final = 0.55  # of a picture that is no good as an analogy
_LOOK_WARNS: Final = 0.75  # of a bar: from here on two pictures look much alike


class AnalogyPainter(QStyledItemDelegate):
    """Paints one card."""

    def __init__(self, theme: Theme, model: AnalogiesModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._shrunk: dict[tuple[int, int, float], QPixmap] = {}
        model.modelReset.connect(self._shrunk.clear)

    def card_height(self, width: int) -> int:
        """A card's height when it is `width` wide: a square picture and three lines."""
        return width - _INSET + 8 + 3 * self._line() + 12

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        analogy, colors = self._model.analogy(index.row()), self._theme.colors
        card = QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hot = is_selected or bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(colors.accent if is_hot else colors.border, 1))
        painter.setBrush(colors.accent_tint if is_selected else colors.card)
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
        box = self._picture_box(option.rect)
        self._draw_picture(painter, analogy, box)
        self._draw_pills(painter, analogy, box)
        self._draw_words(painter, analogy, option.rect, box)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colors.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), _CORNER, _CORNER)

    def _picture_box(self, card: QRect) -> QRect:
        edge = card.width() - 2 * _INSET
        return QRect(card.left() + _INSET, card.top() + _INSET, edge, edge)

    def _draw_picture(self, painter: QPainter, analogy: Analogy, box: QRect) -> None:
        scale = painter.device().devicePixelRatioF()
        key = (analogy.image.cacheKey(), box.width(), scale)
        if key not in self._shrunk:
            if len(self._shrunk) > 48:
                self._shrunk.clear()
            small = analogy.image.scaled(
                box.size() * scale,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            small.setDevicePixelRatio(scale)
            self._shrunk[key] = QPixmap.fromImage(small)
        pixmap = self._shrunk[key]
        spot = QRectF(0, 0, pixmap.width() / scale, pixmap.height() / scale)
        spot.moveCenter(QRectF(box).center())
        is_dim = analogy.candidate is not None and bool(analogy_phrases.flag(analogy))
        edge = QPainterPath()
        edge.addRoundedRect(spot.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.save()
        painter.setClipPath(edge)
        painter.setOpacity(_DIM if is_dim else 1.0)
        painter.drawPixmap(spot, pixmap, QRectF(pixmap.rect()))
        painter.restore()
        painter.setPen(QPen(HAIRLINE, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(edge)

    def _draw_pills(self, painter: QPainter, analogy: Analogy, box: QRect) -> None:
        colors = self._theme.colors
        flag = analogy_phrases.flag(analogy)
        if analogy.candidate is not None:
            place = number(analogy.candidate.place)
            is_best = analogy.candidate.place == 1 and not flag
            fill, text = (
                (colors.accent, colors.on_accent) if is_best else (colors.card, colors.text)
            )
            self._draw_pill(painter, place, box, fill, text, is_right=False)
        if flag:
            self._draw_pill(painter, flag, box, colors.card, colors.danger, is_right=True)

    def _draw_pill(
        self, painter: QPainter, text: str, box: QRect, fill: QColor, on: QColor, *, is_right: bool
    ) -> None:
        font = self._theme.font(0.85, bold=True)
        metrics = QFontMetrics(font)
        height = metrics.height() + 4
        width = max(height, metrics.horizontalAdvance(text) + 14)
        left = box.right() - width - 5 if is_right else box.left() + 6
        pill = QRectF(left, box.top() + 6, width, height)
        is_plain = fill == self._theme.colors.card
        painter.setPen(QPen(self._theme.colors.border, 1) if is_plain else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(on)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_words(self, painter: QPainter, analogy: Analogy, card: QRect, box: QRect) -> None:
        colors, line = self._theme.colors, self._line()
        row = QRect(card.left() + _MARGIN, box.bottom() + 8, card.width() - 2 * _MARGIN, line)
        candidate = analogy.candidate
        if candidate is not None:
            self._draw_score(painter, tr("Relation"), candidate.relational, colors.accent, row)
            row.translate(0, line)
            is_like = candidate.attribute >= _LOOK_WARNS
            color = colors.danger if is_like else colors.attribute
            self._draw_score(painter, tr("Look"), candidate.attribute, color, row)
            row.translate(0, line)
        painter.setFont(self._theme.font(0.85))
        painter.setPen(colors.muted)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, analogy_phrases.standing(analogy))
        if analogy.path is not None:
            painter.setFont(self._theme.font(0.85, bold=True))
            painter.setPen(colors.accent_text)
            to_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(row, to_right, tr("Kept"))

    def _draw_score(
        self, painter: QPainter, name: str, cosine: float, color: QColor, row: QRect
    ) -> None:
        colors, font = self._theme.colors, self._theme.font(0.85)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(colors.muted)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(colors.text)
        to_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(row, to_right, phrases.score(cosine))
        names = (tr("Relation"), tr("Look"))
        left = row.left() + max(metrics.horizontalAdvance(one) for one in names) + 10
        right = row.right() - metrics.horizontalAdvance("−0.00") - 8
        groove = QRectF(left, row.center().y() - 1, max(0, right - left), 4)
        draw_bar(painter, groove, cosine, color, colors.track)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(0.85)).height() + 4


class AnalogiesView(TileView):
    """The cards. Return and a double click compare with the reference; Ctrl+C copies."""

    copy_asked = Signal()

    def __init__(self, theme: Theme, model: AnalogiesModel) -> None:
        self._painter = AnalogyPainter(theme, model)
        self._cards = model
        super().__init__(QSize(_CARD, _CARD), gap=12)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(False)
        self.setAccessibleName(tr("Pictures that were made"))
        self.setModel(model)
        theme.changed.connect(self.viewport().update)

    def tile_height(self, width: int) -> int:
        """As the delegate needs it."""
        return self._painter.card_height(width)

    @property
    def chosen(self) -> list[Analogy]:
        """The selected pictures, in their order."""
        return [self._cards.analogy(row) for row in sorted(i.row() for i in self.selectedIndexes())]

    def event(self, event: QEvent) -> bool:
        """Ctrl+C belongs to the cards here: they need not be files yet."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)
