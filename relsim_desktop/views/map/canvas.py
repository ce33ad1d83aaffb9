"""The map itself: bubbles that can be zoomed into until their pictures show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from relsim_desktop import map_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.map.painting import MapPainter

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from engine.mapping.values import MapGroup
    from relsim_desktop.operations.maps import MapState

ZOOM_STEP: Final = 1.25

_MARGIN = 24  # around the whole map, in device-independent pixels
_MOST = 160.0  # pixels that a picture's width has at the nearest
_NAME = 60  # how far a name may reach beyond its bubble
_WHEEL = 120.0
_KEYS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class MapCanvas(QWidget):
    """Shows a `MapState`. Arrows go from bubble to bubble, plus and minus zoom, 0 shows all."""

    selected = Signal(int)
    """The number of a group that was clicked, or reached by keys."""

    opened = Signal(int)
    """The number of a group that was double-clicked, or Return pressed on it."""

    picked = Signal(int)
    """The image of a picture that was double-clicked."""

    menu_asked = Signal(int, QPointF)
    """Context menu of an image, at a global position."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._painter = MapPainter(theme, thumbnails)
        self._state: MapState | None = None
        self._current: int | None = None
        self._hovered: int | None = None
        self._scale = 0.0  # pixels of a unit of the map; 0 until the map was fitted
        self._middle = QPointF()  # the point of the map that is in the middle of the view
        self._is_fitted = True
        self._grabbed: QPointF | None = None
        self._has_moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Map of the library"))
        self.setAccessibleDescription(
            tr("Groups of pictures as bubbles; the list beside it holds the same groups")
        )
        theme.changed.connect(self._painter.forget)
        theme.changed.connect(self.update)
        thumbnails.loaded.connect(self._on_loaded)

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Pixels that a picture's width on the map has now."""
        return self._scale

    @property
    def current(self) -> int | None:
        """The number of the group that is chosen."""
        return self._current

    def replace(self, state: MapState | None) -> None:
        """Show another map, all of it."""
        self._state = state
        self._current = None
        self._hovered = None
        self._painter.forget()
        self.fit()

    def choose(self, number: int | None) -> None:
        """Mark a group, and move it into view."""
        if number == self._current:
            return
        self._current = number
        group = self._group(number)
        if group is not None:
            circle = self._circle(group)
            if not QRectF(self.rect()).contains(circle):
                self._middle = QPointF(*group.centre)
                self._is_fitted = False
        self.update()

    def show_group(self, number: int) -> None:
        """Zoom to a group until its bubble fills the view."""
        group = self._group(number)
        if group is not None:
            self._current = number
            self._middle = QPointF(*group.centre)
            least = min(self.width(), self.height()) - 2 * _MARGIN
            self._set_scale(max(least, 1) / (2 * group.radius))
            self._is_fitted = False
            self.update()

    def fit(self) -> None:
        """Show the whole map."""
        self._is_fitted = True
        if self._state is None or not self._state.made.groups:
            return
        groups = self._state.made.groups
        left = min(group.centre[0] - group.radius for group in groups)
        right = max(group.centre[0] + group.radius for group in groups)
        top = min(group.centre[1] - group.radius for group in groups)
        bottom = max(group.centre[1] + group.radius for group in groups)
        self._middle = QPointF((left + right) / 2, (top + bottom) / 2)
        free_x, free_y = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        self._scale = min(free_x / (right - left), free_y / (bottom - top), _MOST)
        self._scale = max(self._scale, 0.05)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor; what is at a point of the view, or in its middle, stays there."""
        point = at if at is not None else QPointF(self.rect().center())
        fixed = self._to_map(point)
        self._set_scale(self._scale * factor)
        self._middle += fixed - self._to_map(point)
        self._is_fitted = False
        self.update()

    def group_at(self, point: QPointF) -> MapGroup | None:
        """The group whose bubble is at a point of the view."""
        if self._state is None:
            return None
        place = self._to_map(point)
        for group in self._state.made.groups:
            x, y = place.x() - group.centre[0], place.y() - group.centre[1]
            if x * x + y * y <= group.radius * group.radius:
                return group
        return None

    def image_at(self, point: QPointF) -> int | None:
        """The image whose picture shows at a point of the view."""
        group = self.group_at(point)
        if group is None or not self._painter.shows_members(self._scale):
            return None
        place = self._to_map(point) - QPointF(*group.centre)
        away = ((group.places - (place.x(), place.y())) ** 2).sum(axis=1)
        nearest = int(away.argmin())
        return int(group.members[nearest]) if away[nearest] <= 0.36 else None

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bubbles that are in view, and say which thumbnails they need."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.fillRect(self.rect(), self._theme.colors.canvas)
        is_part = event.rect() != self.rect()
        self._painter.begin(self._scale, self.devicePixelRatioF(), goes_on=is_part)
        if self._state is not None:
            view, part = QRectF(self.rect()), QRectF(event.rect())
            for group in self._state.made.groups:
                circle = self._circle(group)
                if circle.adjusted(-_NAME, -_NAME, _NAME, _NAME).intersects(part):
                    self._painter.draw(
                        painter,
                        self._state,
                        group,
                        circle,
                        view,
                        is_current=group.number == self._current,
                        is_hovered=group.number == self._hovered,
                    )
            self._painter.finish(painter, view)
        if self.hasFocus() and self._current is None:
            painter.setPen(self._theme.colors.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()
        self._thumbnails.want(self, self._painter.wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on showing all of it, until somebody has looked closer."""
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()

    def hideEvent(self, event: QEvent) -> None:
        """Nothing is wanted any more."""
        self._thumbnails.want(self, [])

    def _on_loaded(self, path: Path) -> None:
        place = self._painter.place_of(path)
        if place is not None:
            self.update(place.toAlignedRect().adjusted(-2, -2, 2, 2) & self.rect())

    # --- moving about -----------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the pointer is; with Shift, or sideways on a touchpad, move."""
        pixels = event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not pixels.isNull():
            self._move_by(QPointF(pixels))
        else:
            turned = event.angleDelta().y() / _WHEEL
            self.zoom(ZOOM_STEP**turned, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the map."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self._has_moved = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map, or mark what the pointer is on."""
        if self._grabbed is not None:
            step = event.position() - self._grabbed
            if self._has_moved or step.manhattanLength() >= QApplication.startDragDistance():
                self._has_moved = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._move_by(step)
                self._grabbed = event.position()
            return
        group = self.group_at(event.position())
        hovered = None if group is None else group.number
        self._hover(hovered)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that did not move the map chooses a group."""
        was_click = self._grabbed is not None and not self._has_moved
        self._grabbed = None
        self.unsetCursor()
        if was_click and event.button() == Qt.MouseButton.LeftButton:
            group = self.group_at(event.position())
            if group is not None:
                self._select(group.number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask about a picture, or open a group."""
        image = self.image_at(event.position())
        group = self.group_at(event.position())
        if image is not None:
            self.picked.emit(image)
        elif group is not None:
            self.opened.emit(group.number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the picture under the pointer."""
        image = self.image_at(QPointF(event.pos()))
        if image is not None:
            self.menu_asked.emit(image, QPointF(event.globalPos()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on nothing any more."""
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, go to the next bubble in a direction, open it."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in _KEYS:
            self._go(_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what a bubble is where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == event.Type.ToolTip:
            group = self.group_at(QPointF(event.pos()))
            text = "" if group is None else self._tip(group)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _tip(self, group: MapGroup) -> str:
        name = map_phrases.plain(map_phrases.group_name(group))
        return f"{name}\n{map_phrases.pictures(len(group))}\n{map_phrases.sureness(group.name)}"

    def _go(self, direction: QPointF) -> None:
        """Choose the nearest bubble in about a direction; the largest if none is chosen."""
        if self._state is None or not self._state.made.groups:
            return
        here = self._group(self._current)
        if here is None:
            self._select(0)
            return
        best, least = None, float("inf")
        for group in self._state.made.groups:
            step = QPointF(*group.centre) - QPointF(*here.centre)
            along = QPointF.dotProduct(step, direction)
            across = abs(step.x() * direction.y() - step.y() * direction.x())
            if along > 0 and across <= 1.2 * along and along + 2 * across < least:
                best, least = group.number, along + 2 * across
        if best is not None:
            self._select(best)

    def _hover(self, number: int | None) -> None:
        """Mark the bubble under the pointer; nothing else is painted anew."""
        if number == self._hovered:
            return
        before, self._hovered = self._hovered, number
        for changed in (self._group(before), self._group(number)):
            if changed is not None:
                room = self._circle(changed).adjusted(-_NAME, -_NAME, _NAME, _NAME)
                self.update(room.toAlignedRect() & self.rect())

    def _select(self, number: int) -> None:
        self.choose(number)
        self.selected.emit(number)

    def _group(self, number: int | None) -> MapGroup | None:
        if self._state is None or number is None or not 0 <= number < len(self._state.made.groups):
            return None
        return self._state.made.groups[number]

    def _move_by(self, pixels: QPointF) -> None:
        self._middle -= pixels / max(self._scale, 1e-6)
        self._is_fitted = False
        self.update()

    def _set_scale(self, scale: float) -> None:
        self._scale = min(max(scale, 0.05), _MOST)

    def _circle(self, group: MapGroup) -> QRectF:
        """A bubble's place in the view."""
        middle = self._to_view(QPointF(*group.centre))
        radius = group.radius * self._scale
        return QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)

    def _to_view(self, place: QPointF) -> QPointF:
        return (place - self._middle) * self._scale + QPointF(self.width(), self.height()) / 2

    def _to_map(self, point: QPointF) -> QPointF:
        return (point - QPointF(self.width(), self.height()) / 2) / max(
            self._scale, 1e-6
        ) + self._middle
