"""The similarity space to look at: zoom, move, select with rectangle or lasso, walk with keys.

Painted here and not with a plotting library: pictures where there is room, the lasso and the walk
by keys would be ours in any case, axes are little beside them, and importing pyqtgraph holds the
GUI thread ten times as long as anything may.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from relsim_desktop.itemmodels.space import said
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.space.axes import Axes
from relsim_desktop.views.space.painting import DOT, Placed, SpacePainter, place, plot_of

if TYPE_CHECKING:
    from engine.understanding.similarity_space import Space

ZOOM_STEP: Final = 1.25

_WHEEL = 120.0  # angle units of one notch
_NEAR = DOT + 5  # pixels from a dot that still hit it
_STEPS: Final = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Tool(Enum):
    """What a drag with the mouse does."""

    MOVE = "move"
    RECTANGLE = "rectangle"
    LASSO = "lasso"


class SpaceCanvas(QWidget):
    """Shows a `Space`; rows are its rows."""

    selection_changed = Signal()
    current_changed = Signal()

    asked = Signal(int)
    """A row that was double-clicked, or Return pressed on it."""

    menu_asked = Signal(int, QPointF)
    """Context menu of a row, at a global position."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._painter = SpacePainter(theme, thumbnails)
        self._space: Space | None = None
        self._values: tuple[list[float], list[float]] = ([], [])
        self._as_percent = False
        self._placed: Placed | None = None  # None until the next paint places anew
        self._selected: frozenset[int] = frozenset()
        self._current: int | None = None
        self._pressed: QPointF | None = None
        self._trail: list[QPointF] = []  # of the drag that selects
        self._has_moved = False
        self._dragging = Tool.MOVE
        self.axes = Axes()
        self.tool = Tool.MOVE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(tr("Similarity space"))
        theme.changed.connect(self.update)
        thumbnails.loaded.connect(lambda _: self.update())

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def selected(self) -> frozenset[int]:
        """The rows that are selected."""
        return self._selected

    @property
    def current(self) -> int | None:
        """The row that the keyboard is at."""
        return self._current

    @property
    def placed(self) -> Placed:
        """Where everything is now."""
        if self._placed is None:
            self.axes.plot = plot_of(self.size())
            first = [self._current] if self._current is not None else []
            self._placed = place(self.axes, *self._values, first)
        return self._placed

    def replace(self, space: Space | None) -> None:
        """Show another space, all of it; what is selected stays, as far as it is there."""
        ids = self._ids(self._selected)
        self._space = space
        chosen = [] if space is None else [
            row for row, image_id in enumerate(space.ids.tolist()) if image_id in ids
        ]  # fmt: skip
        self._current = None
        self._take_values()
        self.select(chosen)

    def show_percent(self, as_percent: bool) -> None:
        """Let the axes say percentiles, or cosines."""
        self._as_percent = as_percent
        self._take_values()

    def select(self, rows: Iterable[int]) -> None:
        """Select exactly these rows."""
        chosen = frozenset(rows)
        if chosen != self._selected:
            self._selected = chosen
            self.selection_changed.emit()
        self.update()

    def go_to(self, row: int | None) -> None:
        """Let the keyboard be at a row, and bring it into view."""
        if row == self._current:
            return
        self._current = row
        if row is not None:
            self.axes.bring_in(self._values[0][row], self._values[1][row])
            assert self._space is not None, "it has rows"
            self.setAccessibleDescription(said(self._space, row))
        self._place_anew()
        self.current_changed.emit()

    def reset_view(self) -> None:
        """Show all."""
        self.axes.reset()
        self._place_anew()

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Go nearer or back, about a point of the widget or the middle."""
        self.axes.zoom_by(factor, about if about is not None else self.axes.plot.center())
        self._place_anew()

    def picture(self, scale: float) -> QImage:
        """What is shown now, as a picture of so many pixels a device-independent pixel."""
        image = QImage(self.size() * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(self._theme.colors.canvas)
        painter = QPainter(image)
        self._paint(painter)
        painter.end()
        return image

    def row_at(self, point: QPointF) -> int | None:
        """The picture or dot at a point of the widget."""
        placed = self.placed
        hits = [row for row, box in placed.pictures.items() if box.contains(point)]
        if hits:
            return self._current if self._current in hits else hits[-1]
        near = [(math.dist(placed.points[row].toTuple(), point.toTuple()), row)
                for row in placed.dots]  # fmt: skip
        distance, row = min(near, default=(math.inf, None))
        return row if distance <= _NEAR else None

    # --- events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint everything, and ask for the thumbnails that are visible."""
        painter = QPainter(self)
        self._paint(painter)
        painter.end()
        space = self._space
        if space is not None:
            scale = self.devicePixelRatioF()
            placed, key = self.placed, self._painter.key
            rows = placed.pictures
            self._thumbnails.want(self, [key(space.paths[r], placed.edge, scale) for r in rows])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the new room."""
        self._place_anew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: load nothing."""
        self._thumbnails.want(self, [])
        super().hideEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / _WHEEL), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag, with Shift of a rectangle; the right button asks for a menu."""
        row = self.row_at(event.position())
        if event.button() == Qt.MouseButton.RightButton and row is not None:
            self.go_to(row)
            self.menu_asked.emit(row, event.globalPosition())
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._trail = [event.position()]
            self._has_moved = False
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._dragging = Tool.RECTANGLE if shift and self.tool is Tool.MOVE else self.tool

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is shown, or draw the rectangle or the lasso."""
        if self._pressed is None:
            hit = self.row_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if hit else self._cursor())
            return
        point = event.position()
        if not self._has_moved:
            way = (point - self._pressed).manhattanLength()
            self._has_moved = way >= QApplication.startDragDistance()
        if self._has_moved and self._dragging is Tool.MOVE:
            self.axes.move_by(point - self._trail[-1])
            self._trail = [point]
            self._place_anew()
        elif self._has_moved:
            self._trail.append(point)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, adds = None, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self._has_moved:
            self._on_clicked(self.row_at(event.position()), adds=adds)
        elif self._dragging is not Tool.MOVE:
            area = self._area()
            inside = [row for row, point in enumerate(self.placed.points) if area.contains(point)]
            self.select([*self._selected, *inside] if adds else inside)
        self._trail = []
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask about a picture."""
        row = self.row_at(event.position())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom, select and ask."""
        key, keys = event.key(), Qt.Key
        if key in _STEPS:
            self.go_to(self._next(_STEPS[keys(key)]))
        elif key in (keys.Key_Plus, keys.Key_Equal):
            self.zoom_by(ZOOM_STEP)
        elif key == keys.Key_Minus:
            self.zoom_by(1 / ZOOM_STEP)
        elif key == keys.Key_0:
            self.reset_view()
        elif key == keys.Key_Space and self._current is not None:
            self.select(self._selected ^ {self._current})
        elif key in (keys.Key_Return, keys.Key_Enter) and self._current is not None:
            self.asked.emit(self._current)
        elif key == keys.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.select(range(len(self._values[0])))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what the picture under the pointer is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self.row_at(QPointF(event.pos()))
            if row is not None and self._space is not None:
                QToolTip.showText(event.globalPos(), said(self._space, row), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # --- inside -----------------------------------------------------------------------------------

    def _take_values(self) -> None:
        space = self._space
        if space is None:
            self._values = ([], [])
        elif self._as_percent:
            percent = space.attribute_percentile, space.relational_percentile
            self._values = percent[0].tolist(), percent[1].tolist()
        else:
            self._values = space.attribute.tolist(), space.relational.tolist()
        self.axes.cover(*self._values)
        self._place_anew()

    def _ids(self, rows: Collection[int]) -> set[int]:
        return set() if self._space is None else {int(self._space.ids[row]) for row in rows}

    def _place_anew(self) -> None:
        self._placed = None
        self.update()

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        size: QSize = self.size()
        placed = self.placed
        self._painter.draw_axes(painter, self.axes, size, as_percent=self._as_percent)
        if self._space is not None:
            self._painter.draw_points(
                painter,
                placed,
                self._space.paths,
                self._selected,
                self._current,
                has_focus=self.hasFocus(),
            )
        self._painter.draw_corners(painter, self.axes.plot, size)
        if self._pressed is not None and len(self._trail) > 1:
            colors = self._theme.colors
            painter.setPen(QPen(colors.accent, 1.5))
            tint = colors.accent.toRgb()
            tint.setAlphaF(0.12)
            painter.setBrush(tint)
            painter.drawPath(self._area())

    def _cursor(self) -> Qt.CursorShape:
        shapes = Qt.CursorShape
        return shapes.ArrowCursor if self.tool is Tool.MOVE else shapes.CrossCursor

    def _area(self) -> QPainterPath:
        """What the drag encloses."""
        area = QPainterPath()
        if self._dragging is Tool.RECTANGLE:
            area.addRect(QRectF(self._trail[0], self._trail[-1]).normalized())
        else:
            area.addPolygon(QPolygonF(self._trail))
            area.closeSubpath()
        return area

    def _on_clicked(self, row: int | None, *, adds: bool) -> None:
        if row is None:
            if not adds:
                self.select(())
        else:
            self.go_to(row)
            self.select(self._selected ^ {row} if adds else (row,))

    def _next(self, way: QPointF) -> int | None:
        """The nearest row in a direction: at most 45 degrees off, else at most 90."""
        points = self.placed.points
        if not points:
            return None
        if self._current is None:
            return 0
        here = points[self._current]
        best: tuple[float, int] = (math.inf, self._current)
        for row, point in enumerate(points):
            step = point - here
            along = QPointF.dotProduct(step, way)
            aside = abs(step.x() * way.y() - step.y() * way.x())
            if row != self._current and along > 0 and aside <= along:
                best = min(best, (along + 2 * aside, row))
        return best[1]
