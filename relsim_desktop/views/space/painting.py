"""Paints a similarity space: axes, corners by name, dots, and pictures where there is room."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailKey, ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.space.axes import Axes
from relsim_desktop.views.tile_painting import TilePainter

EDGES: Final = ((20, 104), (70, 76))
"""Up to so many points in view, pictures have this edge in device-independent pixels."""

LEAST_EDGE: Final = 56
"""With more points than that."""

DOT: Final = 3.5
"""Radius of a dot."""

_MOST = 220  # pictures at a time; more would be a wall
_INSET = 2  # from a picture's box to its thumbnail
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 32, 16, 52


@dataclass(slots=True)
class Placed:
    """Where things are now.

    Attributes:
        points: Of each row, on the page.
        pictures: Rows whose picture is shown, with its box.
        dots: Rows inside the plot that are dots.
        edge: Of a picture's box.
    """

    points: list[QPointF] = field(default_factory=list)
    pictures: dict[int, QRectF] = field(default_factory=dict)
    dots: list[int] = field(default_factory=list)
    edge: int = LEAST_EDGE


def plot_of(size: QSize) -> QRectF:
    """The plot's rectangle on a page of a size."""
    return QRectF(_LEFT, _TOP, size.width() - _LEFT - _RIGHT, size.height() - _TOP - _BOTTOM)


def place(axes: Axes, xs: Sequence[float], ys: Sequence[float], first: Collection[int]) -> Placed:
    """Give each row its place: pictures where there is room, dots elsewhere.

    Args:
        axes: Where values are.
        xs: A value for each row; the first rows are the most interesting.
        ys: Likewise.
        first: Rows that get room before all others, for example the current one.
    """
    points = axes.place_all(xs, ys)
    plot = axes.plot
    left, top, right, bottom = plot.left(), plot.top(), plot.right(), plot.bottom()
    inside = [
        row
        for row, (x, y) in enumerate(points)
        if left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1
    ]
    edge = next((edge for most, edge in EDGES if len(inside) <= most), LEAST_EDGE)
    half = edge / 2
    placed = Placed([QPointF(x, y) for x, y in points], edge=edge)
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}  # middles of boxes, by place
    preferred = [row for row in first if row in inside]
    for row in [*preferred, *(row for row in inside if row not in preferred)]:
        x, y = points[row]
        x = min(max(x, left + half), right - half)
        y = min(max(y, top + half), bottom - half)
        if len(placed.pictures) < _MOST and _is_free(taken, x, y, edge):
            taken.setdefault((int(x // edge), int(y // edge)), []).append((x, y))
            placed.pictures[row] = QRectF(x - half, y - half, edge, edge)
        else:
            placed.dots.append(row)
    return placed


def _is_free(
    taken: Mapping[tuple[int, int], Sequence[tuple[float, float]]], x: float, y: float, edge: int
) -> bool:
    """Whether a box of an edge overlaps none; only those around can."""
    column, line = int(x // edge), int(y // edge)
    for near in range(9):
        for other_x, other_y in taken.get((column + near % 3 - 1, line + near // 3 - 1), ()):
            if abs(other_x - x) < edge and abs(other_y - y) < edge:
                return False
    return True


class SpacePainter:
    """Paints what `place` placed."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        self._theme = theme
        self._tiles = TilePainter(theme, thumbnails)

    def key(self, path: Path, edge: int, scale: float) -> ThumbnailKey:
        """The thumbnail of a picture whose box has an edge."""
        inside = edge - 2 * _INSET
        return self._tiles.key(path, QSize(inside, inside), scale)

    def draw_axes(self, painter: QPainter, axes: Axes, size: QSize, *, as_percent: bool) -> None:
        """Paint the plot, its lines and numbers, and what the axes mean."""
        colors, plot = self._theme.colors, axes.plot
        painter.setPen(QPen(colors.border, 1))
        painter.setBrush(colors.card)
        painter.drawRoundedRect(plot, 8, 8)
        small = self._theme.font(0.85)
        painter.setFont(small)
        across, up = axes.ticks()
        line = QFontMetricsF(small).height()
        for value in across:
            x = axes.place(value, 0).x()
            painter.setPen(QPen(colors.hover, 1))
            painter.drawLine(QPointF(x, plot.top() + 1), QPointF(x, plot.bottom() - 1))
            painter.setPen(colors.muted)
            box = QRectF(x - 40, plot.bottom() + 4, 80, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _number(value, as_percent))
        for value in up:
            y = axes.place(0, value).y()
            painter.setPen(QPen(colors.hover, 1))
            painter.drawLine(QPointF(plot.left() + 1, y), QPointF(plot.right() - 1, y))
            painter.setPen(colors.muted)
            box = QRectF(20, y - line / 2, plot.left() - 26, line)
            to_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, to_right, _number(value, as_percent))
        self._draw_titles(painter, plot, size)

    def _draw_titles(self, painter: QPainter, plot: QRectF, size: QSize) -> None:
        painter.setFont(self._theme.font(0.95))
        painter.setPen(self._theme.colors.text)
        below = QRectF(plot.left(), size.height() - 26, plot.width(), 22)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, tr("Look: alike to the right →"))
        painter.save()
        painter.translate(2, plot.center().y())
        painter.rotate(-90)
        beside = QRectF(-plot.height() / 2, 0, plot.height(), 20)
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, tr("Relation: closer upwards →"))
        painter.restore()

    def draw_corners(self, painter: QPainter, plot: QRectF, size: QSize) -> None:
        """Name the four corners beside the plot; the upper left one is what one looks for."""
        edges, colors = Qt.AlignmentFlag, self._theme.colors
        above = QRectF(plot.left(), plot.top() - 28, plot.width(), 24)
        below = QRectF(plot.left(), size.height() - 26, plot.width(), 22)
        for text, row, side, is_prize in (
            (tr("↖ Same logic, looks different"), above, edges.AlignLeft, True),
            (tr("Same logic, same look ↗"), above, edges.AlignRight, False),
            (tr("↙ Other logic, looks different"), below, edges.AlignLeft, False),
            (tr("Other logic, same look ↘"), below, edges.AlignRight, False),
        ):
            painter.setFont(self._theme.font(0.95, bold=is_prize))
            painter.setPen(colors.accent_text if is_prize else colors.muted)
            painter.drawText(row, side | edges.AlignVCenter, text)

    def draw_points(
        self,
        painter: QPainter,
        placed: Placed,
        paths: Sequence[Path],
        selected: Collection[int],
        current: int | None,
        *,
        has_focus: bool,
    ) -> None:
        """Paint dots below, pictures above, and the current picture on top."""
        colors = self._theme.colors
        for color, are_selected in ((colors.attribute, False), (colors.accent, True)):
            rows = (row for row in placed.dots if (row in selected) == are_selected)
            dots = QPolygonF([placed.points[row] for row in rows])
            for behind, width in ((colors.card, 2 * DOT + 2), (color, 2 * DOT)):
                painter.setPen(QPen(behind, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPoints(dots)
        last = [current] if current in placed.pictures else []
        for row in [*(row for row in placed.pictures if row != current), *last]:
            assert row is not None, "there is a picture"
            box = placed.pictures[row]
            self._draw_tether(painter, placed.points[row], box)
            inside = placed.edge - 2 * _INSET
            spot = QRect(round(box.left()) + _INSET, round(box.top()) + _INSET, inside, inside)
            self._tiles.draw_picture(painter, paths[row], spot)
            if row in selected or row == current:
                strong = row == current and has_focus
                painter.setPen(QPen(colors.accent, 3 if strong else 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)

    def _draw_tether(self, painter: QPainter, point: QPointF, box: QRectF) -> None:
        """Where a picture was moved to stay inside the plot, mark its true place."""
        if (box.center() - point).manhattanLength() > 1:
            painter.setPen(QPen(self._theme.colors.attribute, 1))
            painter.drawLine(point, box.center())


def _number(value: float, as_percent: bool) -> str:
    return f"{value:g}%" if as_percent else f"{value:g}".replace("-", "−")
