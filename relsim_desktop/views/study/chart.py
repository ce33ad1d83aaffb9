"""How often each method was chosen, as stacked bars like the paper's figure 8."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.study.results import BaselineResult
from relsim_desktop import study_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.matrix.painting import contrast

_BAR = 30
_PAPER = 8
_ROW_GAP = 26
_LEGEND = 34
_CORNER = 6
_GAP = 12
_SHARE_OF_NAMES = 0.34
_SHARE_OF_LEGEND = 0.45


class ShareChart(QWidget):
    """A bar for each baseline: the tested method, neither, the baseline; the paper's below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tested = ""
        self._rows: Sequence[BaselineResult] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_results(self, tested: str, rows: Sequence[BaselineResult]) -> None:
        """Show what came out.

        Args:
            tested: Title of the method under test.
            rows: One for each baseline.
        """
        self._tested = tested
        self._rows = [row for row in rows if row.answers]
        self.setAccessibleName(tr("Chart: how often each method was chosen"))
        self.setAccessibleDescription(
            ". ".join(study_phrases.spoken_shares(tested, row) for row in self._rows)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all bars."""
        heights = [self._height(row) for row in self._rows]
        return QSize(480, round(_LEGEND + sum(heights) - _ROW_GAP) + 4)

    def minimumSizeHint(self) -> QSize:
        """The same, narrower."""
        return QSize(280, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the legend, then bar by bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_legend(painter)
        names = min(self.width() * _SHARE_OF_NAMES, self._widest_name() + _GAP)
        top = float(_LEGEND)
        for row in self._rows:
            place = QRectF(names, top, self.width() - names, _BAR)
            self._paint_row(painter, row, place)
            top += self._height(row)
        painter.end()

    # --- inside -----------------------------------------------------------------------------------

    @property
    def _colors(self) -> tuple[QColor, QColor, QColor]:
        colors = self._theme.colors
        return colors.accent, colors.track, colors.attribute

    @staticmethod
    def _height(row: BaselineResult) -> float:
        paper = _PAPER + 16 if row.paper is not None else 0
        return _BAR + paper + _ROW_GAP

    def _widest_name(self) -> float:
        metrics = QFontMetricsF(self._theme.font())
        return max(
            (metrics.horizontalAdvance(row.baseline.title) for row in self._rows), default=0.0
        )

    def _paint_legend(self, painter: QPainter) -> None:
        colors, left = self._theme.colors, 0.0
        font = self._theme.font(0.92)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        tested = metrics.elidedText(
            self._tested, Qt.TextElideMode.ElideRight, self.width() * _SHARE_OF_LEGEND
        )
        texts = (tested, tr("neither"), tr("the other method"))
        for color, text in zip(self._colors, texts, strict=True):
            swatch = QRectF(left, 4, 12, 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRoundedRect(swatch, 3, 3)
            painter.setPen(colors.text)
            painter.drawText(QPointF(left + 18, 4 + metrics.ascent() - 1), text)
            left += 18 + metrics.horizontalAdvance(text) + 24

    def _paint_row(self, painter: QPainter, row: BaselineResult, place: QRectF) -> None:
        colors = self._theme.colors
        font = self._theme.font()
        painter.setFont(font)
        painter.setPen(colors.text)
        name = QFontMetricsF(font).elidedText(
            row.baseline.title, Qt.TextElideMode.ElideRight, place.left() - _GAP
        )
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(0, place.top(), place.left(), place.height()), middle, name)
        counts = (row.wins, row.ties, row.losses)
        self._paint_bar(painter, [n / row.answers for n in counts], place, has_texts=True)
        if row.paper is not None:
            below = QRectF(place.left(), place.bottom() + 6, place.width(), _PAPER)
            painter.setOpacity(0.55)
            paper = [percent / 100 for percent in row.paper]
            self._paint_bar(painter, paper, below, has_texts=False)
            painter.setOpacity(1.0)
            painter.setFont(self._theme.font(0.85))
            painter.setPen(colors.muted)
            under = QRectF(below.left(), below.bottom() + 1, below.width(), 18)
            painter.drawText(under, middle, study_phrases.paper(row.paper))

    def _paint_bar(
        self, painter: QPainter, shares: Sequence[float], place: QRectF, *, has_texts: bool
    ) -> None:
        corner = min(_CORNER, place.height() / 2)
        edge = QPainterPath()
        edge.addRoundedRect(place, corner, corner)
        painter.save()
        painter.setClipPath(edge)
        painter.setFont(self._theme.font(0.92, bold=True))
        left = place.left()
        for share, color in zip(shares, self._colors, strict=True):
            part = QRectF(left, place.top(), share * place.width(), place.height())
            painter.fillRect(part, color)
            text = study_phrases.share(share)
            width = QFontMetricsF(painter.font()).horizontalAdvance(text)
            if has_texts and width + 8 <= part.width():
                painter.setPen(self._ink(color))
                painter.drawText(part, Qt.AlignmentFlag.AlignCenter, text)
            left = part.right()
        painter.restore()

    def _ink(self, ground: QColor) -> QColor:
        """What can be read best on a colour."""
        colors = self._theme.colors
        return max((colors.text, colors.on_accent), key=lambda ink: contrast(ink, ground))
