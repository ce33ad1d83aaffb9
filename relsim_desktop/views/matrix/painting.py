"""The colours and cells of a matrix, on the screen and in an export."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter

from relsim_desktop import phrases
from relsim_desktop.presenters.matrix import Measure
from relsim_desktop.theme import Colors
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from relsim_desktop.operations.comparing import Matrix

_STOPS = 9  # of the legend's gradient, which Qt blends in another space than ours


class Ramp:
    """Colours from low to high in steps that look even: one hue that grows in contrast.

    The way leads straight through a space where distances are those that people see (OKLab), and
    mostly along its lightness, which all people see alike.

    Args:
        colors: Of the theme; low is close to its page.
        strong: The colour of the highest value.
        low: The value of the first colour.
        high: The value of the last.
    """

    def __init__(self, colors: Colors, strong: QColor, low: float, high: float) -> None:
        self.low = low
        self.high = high if high > low else low + 1.0
        self._from = _oklab(colors.hover)
        self._to = _oklab(strong)
        self._inks = (colors.text, colors.card)

    def color(self, value: float) -> QColor:
        """The colour of a value; values outside have the colours of the ends."""
        part = (value - self.low) / (self.high - self.low)
        part = max(0.0, min(part, 1.0))
        return _color(tuple(a + part * (b - a) for a, b in zip(self._from, self._to, strict=True)))

    def ink(self, value: float) -> QColor:
        """The colour of a number on that colour."""
        ground = self.color(value)
        return max(self._inks, key=lambda ink: contrast(ink, ground))

    def paint_legend(self, painter: QPainter, box: QRectF, text: QColor, measure: Measure) -> None:
        """Paint the colours from low to high, with the values at the ends."""
        gradient = QLinearGradient(box.topLeft(), box.topRight())
        for stop in range(_STOPS):
            part = stop / (_STOPS - 1)
            gradient.setColorAt(part, self.color(self.low + part * (self.high - self.low)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        bar = QRectF(box.left(), box.top(), box.width(), 8)
        painter.drawRoundedRect(bar, 4, 4)
        painter.setPen(text)
        below = box.adjusted(0, 10, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        is_placed = measure is Measure.PERCENTILE
        low, high = (
            f"{value:.0f}" if is_placed else phrases.score(value) for value in (self.low, self.high)
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | top, low)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | top, high)


class Cells:
    """What the cells of a matrix show.

    Args:
        matrix: The scores.
        rows: Its rows in the order in which they are shown.
        measure: Which numbers.
        colors: Of the theme.

    Attributes:
        relation: The colours of relational scores or percentiles.
        look: The colours of looks; grey, as looks are everywhere.
    """

    def __init__(
        self, matrix: Matrix, rows: Sequence[int], measure: Measure, colors: Colors
    ) -> None:
        self.rows = tuple(rows)
        self.measure = measure
        self._colors = colors
        scores = matrix.scores
        is_placed = measure is Measure.PERCENTILE
        relation = scores.percentile if is_placed else scores.relational
        self._relations = relation[self.rows, :][:, self.rows].tolist()
        self._looks = scores.attribute[self.rows, :][:, self.rows].tolist()
        low, high = (0.0, 100.0) if is_placed else _range(self._relations)
        self.relation = Ramp(colors, colors.accent_text, low, high)
        self.look = Ramp(colors, colors.muted, *_range(self._looks))

    def is_look(self, row: int, column: int) -> bool:
        """Whether a cell shows how alike two look."""
        is_below = row > column
        return self.measure is Measure.LOOK or (self.measure is Measure.BOTH and is_below)

    def value(self, row: int, column: int) -> float:
        """The number in a cell; NaN on the diagonal.

        Args:
            row: As shown, from the top.
            column: As shown, from the left.
        """
        if row == column:
            return math.nan
        values = self._looks if self.is_look(row, column) else self._relations
        return float(values[row][column])

    def text(self, row: int, column: int) -> str:
        """The number as it is written in a cell."""
        value = self.value(row, column)
        if math.isnan(value):
            return "–"
        is_placed = self.measure is Measure.PERCENTILE
        # A zero has no sign, also where rounding made it one.
        return f"{math.floor(value)}" if is_placed else phrases.score(round(value, 2) + 0.0)

    def paint(
        self,
        painter: QPainter,
        origin: QPointF,
        edge: float,
        font: QFont,
        part: tuple[range, range],
    ) -> None:
        """Paint cells.

        Args:
            painter: Where.
            origin: Top left corner of the first cell.
            edge: Of a cell.
            font: Of the numbers; they are left out where a cell is too small.
            part: The rows and columns that are wanted.
        """
        painter.setFont(font)
        has_room = QFontMetricsF(font).horizontalAdvance("−0.00") <= edge - 4
        for row in part[0]:
            for column in part[1]:
                left, top = origin.x() + column * edge, origin.y() + row * edge
                box = QRectF(left, top, edge - 1, edge - 1)
                value = self.value(row, column)
                if math.isnan(value):
                    painter.fillRect(box, self._colors.canvas)
                    continue
                ramp = self.look if self.is_look(row, column) else self.relation
                painter.fillRect(box, ramp.color(value))
                if has_room:
                    painter.setPen(ramp.ink(value))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text(row, column))

    def paint_legends(self, painter: QPainter, box: QRectF, font: QFont) -> None:
        """Paint what the colours mean: one or two bars side by side, each with its name."""
        ramps = [(self.relation, relation_name(self.measure)), (self.look, tr("Look"))]
        if self.measure is not Measure.BOTH:
            ramps = [ramps[self.measure is Measure.LOOK]]
        painter.setFont(font)
        width = min(180.0, (box.width() - 24) / len(ramps))
        line = QFontMetricsF(font).height()
        for place, (ramp, name) in enumerate(ramps):
            left = box.left() + place * (width + 24)
            painter.setPen(self._colors.muted)
            painter.drawText(QRectF(left, box.top(), width, line), Qt.AlignmentFlag.AlignLeft, name)
            bar = QRectF(left, box.top() + line + 4, width, 8 + line)
            ramp.paint_legend(painter, bar, self._colors.muted, self.measure)


def relation_name(measure: Measure) -> str:
    """What the numbers of a relation are."""
    is_placed = measure is Measure.PERCENTILE
    return tr("Relation, percentile") if is_placed else tr("Relation")


def _range(values: Sequence[Sequence[float]]) -> tuple[float, float]:
    """From the lowest to the highest beside the diagonal, in round numbers."""
    known = [
        value
        for row, line in enumerate(values)
        for column, value in enumerate(line)
        if row != column and not math.isnan(value)
    ] or [0.0]
    return math.floor(min(known) * 20) / 20, math.ceil(max(known) * 20) / 20


def contrast(one: QColor, other: QColor) -> float:
    """How well two colours are told apart, 1 to 21, as the web's guidelines define it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    red, green, blue = map(_linear, (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    value = max(0.0, min(value, 1.0))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _oklab(color: QColor) -> tuple[float, ...]:
    """Lightness and two opponent hues, by the published matrices of OKLab."""
    r, g, b = map(_linear, (color.redF(), color.greenF(), color.blueF()))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _color(lab: tuple[float, ...]) -> QColor:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return QColor.fromRgbF(
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
