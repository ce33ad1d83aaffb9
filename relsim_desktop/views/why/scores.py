"""One similarity of a pair: its bar, its number, and where it stands in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import phrases, why_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.views.labels import label
from relsim_desktop.views.tile_painting import draw_bar

if TYPE_CHECKING:
    from engine.understanding.explainer import Standing


class WhyScore(QWidget):
    """Shows a `Standing`."""

    def __init__(self, theme: Theme, name: str, *, is_logic: bool) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._is_logic = is_logic
        self._value = 0.0
        self.number = label(theme, bold=True)
        self.rank = label(theme)
        self.words = label(theme, scale=0.9, muted=True)
        for line in (self.rank, self.words):
            line.setWordWrap(True)
        self._bar = _Bar(theme, is_logic=is_logic)
        head = QHBoxLayout()
        head.setSpacing(8)
        title = label(theme, name, muted=True)
        title.setMinimumWidth(64)
        head.addWidget(title)
        head.addWidget(self._bar, 1)
        head.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.rank)
        column.addWidget(self.words)

    def show_standing(self, standing: Standing) -> None:
        """Show another score."""
        rank = why_phrases.logic_rank if self._is_logic else why_phrases.look_rank
        self.number.setText(phrases.score(standing.similarity))
        self.rank.setText(rank(standing))
        self.words.setText(f"{why_phrases.percentile(standing)}\n{why_phrases.rank_back(standing)}")
        self._bar.value = standing.similarity
        self._bar.update()
        self.setAccessibleName(f"{self._name} {self.number.text()}. {self.rank.text()}")


class _Bar(QWidget):
    def __init__(self, theme: Theme, *, is_logic: bool) -> None:
        super().__init__()
        self._theme = theme
        self._is_logic = is_logic
        self.value = 0.0
        self.setFixedHeight(QFontMetrics(theme.font()).height())
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(0, self.height() / 2 - 3, self.width(), 6)
        color = colors.accent if self._is_logic else colors.attribute
        draw_bar(painter, groove, self.value, color, colors.track)
        painter.end()
