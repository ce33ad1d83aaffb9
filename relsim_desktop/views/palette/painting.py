"""Paints a command of the palette: letters that were typed stand out, its key is at the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from relsim_desktop.itemmodels.palette import PaletteModel
from relsim_desktop.theme import Theme

_INSET: Final = 12
_GAP: Final = 10
_CORNER: Final = 6


class CommandPainter(QStyledItemDelegate):
    """Draws with the theme's colours."""

    def __init__(self, theme: Theme, model: PaletteModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One line with room around it."""
        return QSize(100, QFontMetrics(self._theme.font()).height() + 16)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        colors, command = self._theme.colors, self._model.command(index.row())
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_tint)
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), _CORNER, _CORNER)
        inner = box.adjusted(_INSET + 4, 0, -_INSET - 4, 0)
        right = inner.right()
        if command.key:
            right -= self._draw_key(painter, command.key, inner) + _GAP
        if command.is_on:
            right -= self._draw_muted(painter, "✓", inner, right) + _GAP
        right -= self._draw_muted(painter, command.refusal or command.kind, inner, right) + _GAP
        title = QRect(inner.left(), inner.top(), max(right - inner.left(), 40), inner.height())
        self._draw_title(painter, index.row(), title, is_muted=bool(command.refusal))
        painter.restore()

    def _draw_key(self, painter: QPainter, key: str, inner: QRect) -> int:
        font = self._theme.font(0.85)
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(key) + 12
        height = metrics.height() + 4
        cap = QRect(inner.right() - width, inner.center().y() - height // 2, width, height)
        painter.setPen(QPen(self._theme.colors.border, 1))
        painter.setBrush(self._theme.colors.window)
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(font)
        painter.setPen(self._theme.colors.muted)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        return width

    def _draw_muted(self, painter: QPainter, text: str, inner: QRect, right: int) -> int:
        font = self._theme.font(0.9)
        metrics = QFontMetrics(font)
        room = (right - inner.left()) // 2
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown)
        painter.setFont(font)
        painter.setPen(self._theme.colors.muted)
        box = QRect(right - width, inner.top(), width + 1, inner.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        return width

    def _draw_title(self, painter: QPainter, row: int, box: QRect, *, is_muted: bool) -> None:
        colors = self._theme.colors
        plain, bold = self._theme.font(), self._theme.font(bold=True)
        text = self._model.command(row).title
        positions = set(self._model.positions(row))
        # Bold letters are a little wider than those that the width is measured with.
        shown = QFontMetrics(bold).elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        if shown != text:
            positions = set()
        left, at = box.left(), 0
        while at < len(shown):
            is_typed = at in positions
            end = at + 1
            while end < len(shown) and (end in positions) == is_typed:
                end += 1
            font = bold if is_typed else plain
            painter.setFont(font)
            painter.setPen(
                colors.muted if is_muted else colors.accent_text if is_typed else colors.text
            )
            run = shown[at:end]
            width = QFontMetrics(font).horizontalAdvance(run)
            painter.drawText(
                QRect(left, box.top(), width + 2, box.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                run,
            )
            left, at = left + width, end
