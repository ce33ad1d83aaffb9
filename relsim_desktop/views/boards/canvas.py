"""The free canvas of a board: pictures lie where they are put, at any size, one above another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from relsim_desktop.arranging import Box, Shape, around, lay_out, tidy
from relsim_desktop.itemmodels.boards import BoardPicturesModel
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.boards.canvas_item import CanvasItem
from relsim_desktop.views.boards.canvas_keys import PLAIN_KEYS, press_key
from relsim_desktop.views.boards.canvas_pointer import CanvasPointer
from relsim_desktop.views.dragging import drag_files

if TYPE_CHECKING:
    from engine.types import BoardPicture

_FAR = 100_000.0  # units that one can pan in each direction
_LEAST_ZOOM, _MOST_ZOOM = 0.02, 8.0
_NUDGED_MS = 400  # nudges within this time are one change
_WANT_MS = 40
_MARGIN = 32.0


class BoardCanvas(QGraphicsView):
    """Shows the pictures of a board; what is arranged is told when the hand lets go."""

    placed = Signal(object)
    """Where pictures lie now, as ``{image id: Place}``."""

    ordered = Signal(object)
    """The ids of all pictures, the one on top last."""

    picked = Signal(object)
    """A `BoardPicture` was double-clicked, or Return pressed on it."""

    menu_asked = Signal(QPoint)
    """Context menu of what is selected, at a global position."""

    zoomed = Signal(float)

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, model: BoardPicturesModel
    ) -> None:
        self._scene = QGraphicsScene()
        super().__init__(self._scene)
        self._theme = theme
        self._thumbnails = thumbnails
        self._model = model
        self._items: dict[int, CanvasItem] = {}
        self._ratios: dict[int, float] = {}
        self.pointer = CanvasPointer(self)
        self._is_stale = self._wants_fit = True
        self._nudged = QTimer(self, singleShot=True, interval=_NUDGED_MS)
        self._nudged.timeout.connect(self._tell_moved)
        self._moved: set[int] = set()
        self._wanting = QTimer(self, singleShot=True, interval=_WANT_MS)
        self._wanting.timeout.connect(self._want)
        self.setAccessibleName(tr("Canvas of the board"))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setSceneRect(-_FAR, -_FAR, 2 * _FAR, 2 * _FAR)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setAcceptDrops(False)  # the page takes them; a scene would swallow them
        self.viewport().setAcceptDrops(False)
        self.viewport().setMouseTracking(True)
        model.modelReset.connect(self._follow)
        model.dataChanged.connect(self._follow)
        thumbnails.loaded.connect(self._on_loaded)
        theme.changed.connect(self.viewport().update)
        self._sync()

    # --- what is there ----------------------------------------------------------------------------

    @property
    def items_by_id(self) -> Mapping[int, CanvasItem]:
        """What lies on the canvas, by image; the one on top last."""
        return self._items

    @property
    def boxes(self) -> dict[int, Box]:
        """Where every picture lies, by image."""
        return {image_id: item.box for image_id, item in self._items.items()}

    @property
    def selected(self) -> list[BoardPicture]:
        """The selected pictures, in the board's order."""
        return [item.picture for item in self.chosen()]

    @property
    def zoom(self) -> float:
        """Device-independent pixels of a unit."""
        return self.transform().m11()

    @property
    def is_unfitted(self) -> bool:
        """Whether the view is still to be fitted to what came."""
        return self._wants_fit

    def select(self, image_ids: Iterable[int]) -> None:
        """Select these pictures and no others."""
        wanted = set(image_ids)
        for image_id, item in self._items.items():
            item.setSelected(image_id in wanted)

    # --- arranging --------------------------------------------------------------------------------

    def tidy_up(self) -> None:
        """Put what is selected, or else everything, into rows."""
        chosen = self.chosen() or list(self._items.values())
        boxes = tidy([self._shape(item.picture) for item in chosen], self.boxes)
        for item in chosen:
            item.box = boxes[item.picture.image_id]
        self.tell(chosen)
        self.fit()

    def bring_to_front(self) -> None:
        """Let what is selected lie above everything else."""
        self._reorder(on_top=True)

    def send_to_back(self) -> None:
        """Let what is selected lie below everything else."""
        self._reorder(on_top=False)

    def fit(self) -> None:
        """Show everything, or what is selected if that is more than one picture."""
        chosen = self.chosen()
        items = chosen if len(chosen) > 1 else list(self._items.values())
        if items:
            box = around(item.box for item in items)
            area = QRectF(*box).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
            self.fitInView(area, Qt.AspectRatioMode.KeepAspectRatio)
            if self.zoom > 1:
                self.zoom_by(1 / self.zoom)
        self._on_view()

    def zoom_by(self, factor: float) -> None:
        """Enlarge or reduce, within bounds."""
        factor = min(max(self.zoom * factor, _LEAST_ZOOM), _MOST_ZOOM) / self.zoom
        self.scale(factor, factor)
        self._on_view()

    def _reorder(self, *, on_top: bool) -> None:
        chosen = [picture.image_id for picture in self.selected]
        rest = [image_id for image_id in self._items if image_id not in set(chosen)]
        if chosen:
            self.ordered.emit([*rest, *chosen] if on_top else [*chosen, *rest])

    def tell(self, moved: Sequence[CanvasItem]) -> None:
        """Tell where pictures lie; what never had a place stays where it happens to be."""
        from engine.types import Place

        told = {item.picture.image_id: item for item in moved}
        told |= {i: item for i, item in self._items.items() if item.picture.place is None}
        self.placed.emit({i: Place(*item.box[:3]) for i, item in told.items()} if moved else {})

    def chosen(self) -> list[CanvasItem]:
        """The selected items, in the board's order."""
        # A scene that is destroyed tells of each selected picture that goes.
        items = [item for item in self._items.values() if shiboken6.isValid(item)]
        return [item for item in items if item.isSelected()]

    def _shape(self, picture: BoardPicture) -> Shape:
        ratio = self._ratios.get(picture.image_id) or picture.ratio or 1.0
        return Shape(picture.image_id, ratio, bool(picture.note))

    # --- following the model ----------------------------------------------------------------------

    def _follow(self) -> None:
        self._is_stale = True
        if not self.pointer.is_dragging and not self._nudged.isActive():
            self._sync()

    def _sync(self) -> None:
        """Bring the items up to date; what is selected stays so."""
        self._is_stale = False
        pictures = [self._model.picture(row) for row in range(self._model.rowCount())]
        places = {p.image_id: p.place for p in pictures if p.place is not None}
        boxes = lay_out([self._shape(picture) for picture in pictures], places)
        if not set(boxes) & set(self._items):
            self._wants_fit = True
        for image_id in set(self._items) - set(boxes):
            self._scene.removeItem(self._items.pop(image_id))
        items: dict[int, CanvasItem] = {}
        for height, picture in enumerate(pictures):
            image_id = picture.image_id
            item = self._items.get(image_id)
            if item is None:
                item = CanvasItem(self._theme, self._thumbnails, picture, boxes[image_id])
                self._scene.addItem(item)
            item.show_picture(picture)
            item.box = boxes[image_id]
            item.setZValue(height)
            items[image_id] = item
        self._items = items
        self._fit_once()
        self._on_view()

    def _fit_once(self) -> None:
        if self._wants_fit and self._items and self.isVisible():
            self._wants_fit = False
            self.fit()

    def _on_loaded(self, path: object) -> None:
        is_unplaced = False
        for item in self._items.values():
            if item.picture.path != path:
                continue
            key = item.key(self.zoom * self.devicePixelRatioF())
            pixmap = None if key is None else self._thumbnails.pixmap(key)
            if pixmap is not None and item.picture.ratio is None:
                ratio = pixmap.width() / pixmap.height()
                if self._ratios.get(item.picture.image_id) != ratio:
                    self._ratios[item.picture.image_id] = ratio
                    is_unplaced = True
            item.update()
        if is_unplaced:
            self._follow()

    def _want(self) -> None:
        if not self.isVisible():
            self._thumbnails.want(self, ())
            return
        zoom = self.zoom * self.devicePixelRatioF()
        keys = (item.key(zoom) for item in self.visible())
        self._thumbnails.want(self, [key for key in keys if key is not None])

    def _on_view(self) -> None:
        self._wanting.start()
        self.zoomed.emit(self.zoom)

    # --- pointer ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, move, resize or pan."""
        if not self.pointer.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if not self.pointer.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it: one drag is one change."""
        if not self.pointer.release():
            super().mouseReleaseEvent(event)
        elif self._is_stale:
            self._sync()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Pick a picture."""
        item = self.item_at(event.position().toPoint())
        if item is not None:
            self.picked.emit(item.picture)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms around the pointer; two fingers on a touchpad pan."""
        pixels = event.pixelDelta()
        if not pixels.isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pan_by(-pixels)
        else:
            self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
            self.zoom_by(1.0015 ** event.angleDelta().y())
            self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        event.accept()

    def item_at(self, point: QPoint) -> CanvasItem | None:
        """The picture at a point of the viewport."""
        item = self.itemAt(point)
        return item if isinstance(item, CanvasItem) else None

    def visible(self) -> list[CanvasItem]:
        """The pictures on screen."""
        area = self.mapToScene(self.viewport().rect()).boundingRect()
        return [item for item in self._scene.items(area) if isinstance(item, CanvasItem)]

    def pan_by(self, distance: QPoint) -> None:
        """Look at another part of the canvas."""
        for bar, by in (
            (self.horizontalScrollBar(), distance.x()),
            (self.verticalScrollBar(), distance.y()),
        ):
            bar.setValue(bar.value() + by)

    def drag_out(self, held: CanvasItem) -> None:
        """Drag the files of what is selected out of the canvas."""
        key = held.key(self.zoom * self.devicePixelRatioF())
        pixmap = None if key is None else self._thumbnails.pixmap(key)
        paths = [picture.path for picture in self.selected if picture.path is not None]
        drag_files(self, paths, QPixmap() if pixmap is None else pixmap)

    # --- keyboard ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows nudge what is selected, with Ctrl they select the next picture."""
        if press_key(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space pans while it is held."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pointer.holds_space = False
            self.viewport().unsetCursor()
        super().keyReleaseEvent(event)

    def nudge(self, dx: float, dy: float) -> None:
        """Move what is selected a little; nudges in quick succession are one change."""
        for item in self.chosen():
            item.box = item.box.moved(dx, dy)
            self._moved.add(item.picture.image_id)
        self._nudged.start()

    def tell_nudged(self) -> None:
        """Let what was nudged be kept now."""
        if self._nudged.isActive():
            self._nudged.stop()
            self._tell_moved()

    def _tell_moved(self) -> None:
        moved, self._moved = self._moved, set()
        self.tell([self._items[image_id] for image_id in moved if image_id in self._items])

    # --- events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and fit everything in before the first time."""
        super().paintEvent(event)
        if self._wants_fit:
            QTimer.singleShot(0, self, self._fit_once)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the lines along which something is aligned."""
        pen = QPen(self._theme.colors.accent, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for guide in self.pointer.guides:
            painter.drawLine(QPointF(guide.x1, guide.y1), QPointF(guide.x2, guide.y2))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Load what came into sight."""
        super().scrollContentsBy(dx, dy)
        self._wanting.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Load what came into sight."""
        super().resizeEvent(event)
        self._wanting.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was nudged is kept."""
        self.tell_nudged()
        self.pointer.holds_space = False
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was nudged is kept, and nothing more is loaded."""
        self.tell_nudged()
        super().hideEvent(event)
        self._want()

    def event(self, event: QEvent) -> bool:
        """Plain keys that act here are not shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if is_plain and event.key() in PLAIN_KEYS:
                event.accept()
            if event.matches(QKeySequence.StandardKey.Undo) and self._nudged.isActive():
                self.tell_nudged()  # it is undone next; now, what was before it would be
                event.accept()
        return super().event(event)
