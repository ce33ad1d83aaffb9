"""Delegates that paint a picture of the collection, and a neighbor as a card."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from relsim_desktop import phrases
from relsim_desktop.itemmodels.files import FilesModel
from relsim_desktop.itemmodels.neighbors import NeighborsModel
from relsim_desktop.itemmodels.pictures import Index
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailKey, ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.judging.marks import FADED, VerdictMarks
from relsim_desktop.views.slot_text import SlotText

if TYPE_CHECKING:
    from pathlib import Path

    from engine.types import Neighbor, PairVerdict

INSET: Final = 8
"""Distance from a tile's edge to what it shows."""

_CARD_CORNER = 12
_PICTURE_RATIO = 0.74  # height of a card's picture in card widths
_BADGE = 20
TILE_CORNER: Final = 10
# Pictures light up as they are indexed, and fade when a person has found no analogy in them.
_OPACITIES = {"offline": 0.3, "pending": 0.55, "no": FADED}


class TilePainter(QStyledItemDelegate):
    """What both delegates share: a thumbnail in a box, or a calm placeholder."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails

    def draw_picture(self, painter: QPainter, path: Path, box: QRect, *, state: str = "") -> None:
        """Paint a file's thumbnail into `box`, or what stands for it."""
        pixmap = self._thumbnails.pixmap(self.key(path, box, painter.device().devicePixelRatioF()))
        if pixmap is not None:
            target = _fit(pixmap, box, painter.device().devicePixelRatioF())
            painter.setOpacity(_OPACITIES.get(state, 1.0))
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
            painter.setOpacity(1.0)
            return
        is_broken = state == "failed" or self._thumbnails.why_unreadable(path) is not None
        colors = self._theme.colors
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.window)
        painter.drawRoundedRect(box, CORNER, CORNER)
        icon = "offline" if state == "offline" else "unreadable" if is_broken else "picture"
        color = colors.track if icon == "picture" else colors.attribute
        edge = min(32, box.height() // 2)
        self.draw_icon(painter, icon, color, _centered(edge, box))

    def draw_icon(self, painter: QPainter, name: str, color: QColor, box: QRect) -> None:
        """Paint an icon."""
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(box, self._theme.drawing(name, color, box.width(), scale))

    def key(self, path: Path, box: QRect | QSize, scale: float) -> ThumbnailKey:
        """The thumbnail that fits a box; its sizes are rounded so that few are needed."""
        edge = max(box.width(), box.height())
        return ThumbnailKey(path, round(edge * scale), round(CORNER * scale))

    def draw_name(self, painter: QPainter, name: str, tile: QRect) -> None:
        """Paint a name on the last line of a tile."""
        font = self._theme.font(0.85)
        line = tile.adjusted(INSET, tile.height() - self.name_height() - 4, -INSET, -4)
        elided = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.setFont(font)
        painter.setPen(self._theme.colors.muted)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)

    def name_height(self) -> int:
        """Height of that line."""
        return QFontMetrics(self._theme.font(0.85)).height() + 4

    def draw_focus(self, painter: QPainter, box: QRectF, corner: float) -> None:
        """Paint the ring that says where the keyboard is."""
        painter.setPen(QPen(self._theme.colors.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), corner, corner)


class NamedTilePainter(TilePainter):
    """A square picture with its file's name below it, if that is wanted."""

    shows_names = True

    def picture_box(self, tile: QRect) -> QRect:
        """Where a tile's picture is."""
        name = self.name_height() if self.shows_names else 0
        return tile.adjusted(INSET, INSET, -INSET, -INSET - name)

    def tile_height(self, width: int) -> int:
        """Tiles are square, plus a line for the name."""
        return width + (self.name_height() if self.shows_names else 0)

    def draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Paint what says that a tile is selected, or under the pointer; comes first."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        colors = self._theme.colors
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint if is_selected else colors.hover)
            painter.drawRoundedRect(option.rect, TILE_CORNER, TILE_CORNER)

    def draw_ring(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Paint what says that the keyboard is on a tile; comes last."""
        if option.state & QStyle.StateFlag.State_HasFocus:
            self.draw_focus(painter, QRectF(option.rect), TILE_CORNER)


class FileTilePainter(NamedTilePainter):
    """A file of the collection: its picture, its state, and its name if asked for."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: FilesModel) -> None:
        super().__init__(theme, thumbnails)
        self._model = model
        self.shows_names = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one tile."""
        self.draw_ground(painter, option)
        entry = self._model.entry(index.row())
        box = self.picture_box(option.rect)
        self.draw_picture(painter, entry.path, box, state=entry.state)
        if entry.state == "failed":
            self._draw_badge(painter, "warning", self._theme.colors.danger, box)
        if self.shows_names:
            self.draw_name(painter, entry.path.name, option.rect)
        self.draw_ring(painter, option)

    def _draw_badge(self, painter: QPainter, name: str, color: QColor, box: QRect) -> None:
        spot = QRect(box.right() - _BADGE - 3, box.bottom() - _BADGE - 3, _BADGE, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors.card)
        painter.drawEllipse(spot)
        self.draw_icon(painter, name, color, spot.adjusted(3, 3, -3, -3))


class NeighborCardPainter(TilePainter):
    """A neighbor: picture, anonymous caption, both scores with bars, and where it stands."""

    _CAPTION_LINES = 3

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, model: NeighborsModel) -> None:
        super().__init__(theme, thumbnails)
        self._model = model
        self._marks = VerdictMarks(theme)
        self.hot: tuple[int, PairVerdict | None] = (-1, None)
        """The row and the button of a verdict that the pointer is on; row -1 for none."""
        self._captions: dict[tuple[str, int], SlotText] = {}

    def picture_box(self, card: QRect) -> QRect:
        """Where a card's picture is."""
        return QRect(
            card.left() + INSET,
            card.top() + INSET,
            card.width() - 2 * INSET,
            round(card.width() * _PICTURE_RATIO),
        )

    def card_height(self, width: int) -> int:
        """A card's height when it is `width` wide."""
        caption = SlotText("", self._theme.font(), 100, 1).height * self._CAPTION_LINES
        scores = 2 * self._line() + QFontMetrics(self._theme.font(0.85)).height()
        return round(INSET + width * _PICTURE_RATIO + 8 + caption + 8 + scores + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        neighbor = self._model.neighbor(index.row())
        colors = self._theme.colors
        card = QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hot = is_selected or bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(colors.accent if is_hot else colors.border, 1))
        painter.setBrush(colors.accent_tint if self._model.is_copy(index.row()) else colors.card)
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _CARD_CORNER, _CARD_CORNER)
        box = self.picture_box(option.rect)
        verdict = self._model.verdict(index.row())
        self.draw_picture(painter, neighbor.path, box, state="no" if verdict == "no" else "")
        if is_hot and self._model.can_judge:
            hot = self.hot[1] if self.hot[0] == index.row() else None
            self._marks.draw_buttons(painter, box, verdict, hot)
        elif verdict is not None:
            self._marks.draw_mark(painter, box, verdict)
        badge = self._badge(index.row())
        if badge:
            self._draw_pill(painter, badge, box, is_loud=True)
        if self._model.is_mixed:
            self._draw_pill(painter, neighbor.model, box, is_loud=False)
        self._draw_words(painter, neighbor, option.rect, box)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self.draw_focus(painter, card, _CARD_CORNER)

    def _draw_words(self, painter: QPainter, neighbor: Neighbor, card: QRect, box: QRect) -> None:
        colors = self._theme.colors
        left, width = card.left() + 12, card.width() - 24
        top = box.bottom() + 8
        if neighbor.description.text is None:
            painter.setFont(self._theme.font())
            painter.setPen(colors.muted)
            line = QRect(left, top, width, self._line())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, tr(phrases.NO_RELATION))
        else:
            laid = self._laid_out(neighbor.description.text, width)
            laid.draw(painter, QPointF(left, top), colors)
        small = QFontMetrics(self._theme.font(0.85)).height()
        top = card.bottom() - 12 - small - 2 * self._line()
        row = QRect(left, top, width, self._line())
        self._draw_score(painter, tr("Relation"), neighbor.relational, colors.accent, row)
        row.translate(0, self._line())
        words = phrases.neighbor(neighbor.percentile, neighbor.description)
        if math.isnan(neighbor.attribute):
            words = phrases.fit(neighbor.percentile)
        else:
            self._draw_score(painter, tr("Look"), neighbor.attribute, colors.attribute, row)
            row.translate(0, self._line())
        painter.setFont(self._theme.font(0.85))
        painter.setPen(colors.muted)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, words)

    def _laid_out(self, caption: str, width: int) -> SlotText:
        if len(self._captions) > 512:
            self._captions.clear()
        if (caption, width) not in self._captions:
            laid = SlotText(caption, self._theme.font(), width, self._CAPTION_LINES)
            self._captions[caption, width] = laid
        return self._captions[caption, width]

    def _draw_score(
        self, painter: QPainter, name: str, cosine: float, color: QColor, row: QRect
    ) -> None:
        font = self._theme.font(0.85)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.colors.muted)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(self._theme.colors.text)
        to_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(row, to_right, phrases.score(cosine))
        names = (tr("Relation"), tr("Look"))
        left = row.left() + max(metrics.horizontalAdvance(one) for one in names) + 10
        right = row.right() - metrics.horizontalAdvance("−0.00") - 8
        draw_bar(
            painter,
            QRectF(left, row.center().y() - 1, max(0, right - left), 4),
            cosine,
            color,
            self._theme.colors.track,
        )

    def _draw_pill(self, painter: QPainter, text: str, box: QRect, *, is_loud: bool) -> None:
        """Paint a few words on the picture: loud ones on its right, quiet ones on its left."""
        colors = self._theme.colors
        font = self._theme.font(0.85, bold=is_loud)
        pill = self._pill(text, box, is_loud=is_loud)
        painter.setPen(Qt.PenStyle.NoPen if is_loud else QPen(colors.border, 1))
        painter.setBrush(colors.accent if is_loud else colors.card)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.setPen(colors.on_accent if is_loud else colors.muted)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def badge_spot(self, row: int, card: QRect) -> QRect:
        """Where the number of a hit's copies is; empty if it has none."""
        badge = self._badge(row)
        pill = self._pill(badge, self.picture_box(card), is_loud=True)
        return pill.toAlignedRect() if badge else QRect()

    def _badge(self, row: int) -> str:
        """The number of a hit's copies, and whether they would be added or folded."""
        copies = self._model.neighbor(row).copies
        sign = "−" if self._model.is_unfolded(row) else "+"
        return f"{sign}{copies}" if copies else ""

    def _pill(self, text: str, box: QRect, *, is_loud: bool) -> QRectF:
        metrics = QFontMetrics(self._theme.font(0.85, bold=is_loud))
        width = metrics.horizontalAdvance(text) + 14
        left = box.right() - width - 6 if is_loud else box.left() + 6
        return QRectF(left, box.top() + 6, width, metrics.height() + 4)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(0.85)).height() + 4


def draw_bar(painter: QPainter, groove: QRectF, value: float, color: QColor, track: QColor) -> None:
    """Paint a score bar.

    Args:
        painter: With antialiasing on.
        groove: Its place.
        value: 0..1 fills it from the left; less and NaN leave it empty.
        color: Of the filled part.
        track: Of the rest.
    """
    radius = groove.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(groove, radius, radius)
    share = 0.0 if math.isnan(value) else min(max(value, 0.0), 1.0)
    if share > 0:
        filled = QRectF(groove)
        filled.setWidth(max(groove.height(), groove.width() * share))
        painter.setBrush(color)
        painter.drawRoundedRect(filled, radius, radius)


def _fit(pixmap: QPixmap, box: QRect, scale: float) -> QRectF:
    """Centre a pixmap in a box; it was loaded for about that size and is never enlarged."""
    width, height = pixmap.width() / scale, pixmap.height() / scale
    shrink = min(1.0, box.width() / width, box.height() / height)
    width, height = width * shrink, height * shrink
    left = box.left() + (box.width() - width) / 2
    top = box.top() + (box.height() - height) / 2
    return QRectF(round(left), round(top), round(width), round(height))


def _centered(edge: int, box: QRect) -> QRect:
    return QRect(
        box.left() + (box.width() - edge) // 2, box.top() + (box.height() - edge) // 2, edge, edge
    )
