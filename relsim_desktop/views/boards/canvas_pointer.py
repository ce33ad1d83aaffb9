"""What the pointer does on the free canvas of a board: select, move, resize, pan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from relsim_desktop.arranging import NARROWEST, Box, Guide, Snapper, around
from relsim_desktop.views.boards.canvas_item import CanvasItem

if TYPE_CHECKING:
    from relsim_desktop.views.boards.canvas import BoardCanvas

_SNAP = 7  # pixels within which what is moved is aligned
_BEGINS = 4  # pixels before a click becomes a drag


@dataclass(slots=True)
class _Drag:
    """Pictures that are moved or resized."""

    begin: QPointF
    boxes: dict[int, Box]
    held: CanvasItem
    resizes: bool
    snapper: Snapper
    has_moved: bool = False


class CanvasPointer:
    """Belongs to a canvas, which hands it the pointer's events.

    Attributes:
        guides: Lines along which something is aligned now.
        holds_space: Whether the pointer pans, because the space key is held.
    """

    def __init__(self, canvas: BoardCanvas) -> None:
        self._canvas = canvas
        self._drag: _Drag | None = None
        self._pan: QPoint | None = None
        self.guides: list[Guide] = []
        self.holds_space = False

    @property
    def is_dragging(self) -> bool:
        """Whether pictures follow the pointer."""
        return self._drag is not None

    def press(self, event: QMouseEvent) -> bool:
        """Begin something; whether the event meant anything here."""
        canvas = self._canvas
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.MiddleButton or self.holds_space:
            self._pan = point
            canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        item = canvas.item_at(point)
        if item is None:
            return False
        self._choose(item, event.modifiers())
        if event.button() == Qt.MouseButton.LeftButton and item.isSelected():
            self._begin(item, canvas.mapToScene(point))
        elif event.button() == Qt.MouseButton.RightButton:
            canvas.menu_asked.emit(event.globalPosition().toPoint())
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Go on with it; whether there was anything to go on with."""
        point = event.position().toPoint()
        if self._pan is not None:
            self._canvas.pan_by(self._pan - point)
            self._pan = point
        elif self._drag is not None:
            is_out = not self._canvas.viewport().rect().contains(point)
            if is_out and self._drag.has_moved and not self._drag.resizes:
                self._leave(self._drag)
            else:
                self._follow(self._drag, event)
        else:
            self._show_cursor(point)
            return False
        return True

    def release(self) -> bool:
        """End it; whether there was anything to end."""
        canvas, drag = self._canvas, self._drag
        if self._pan is not None:
            self._pan = None
            canvas.viewport().unsetCursor()
            return True
        if drag is None:
            return False
        self._drag, self.guides = None, []
        if drag.has_moved:
            canvas.tell([canvas.items_by_id[i] for i in drag.boxes if i in canvas.items_by_id])
        canvas.viewport().update()
        return True

    def _choose(self, item: CanvasItem, modifiers: Qt.KeyboardModifier) -> None:
        keys = Qt.KeyboardModifier
        if modifiers & (keys.ControlModifier | keys.ShiftModifier):
            item.setSelected(not item.isSelected())
        elif not item.isSelected():
            self._canvas.select([item.picture.image_id])

    def _begin(self, item: CanvasItem, at: QPointF) -> None:
        self._canvas.tell_nudged()
        boxes = {one.picture.image_id: one.box for one in self._canvas.chosen()}
        still = (one.box for one in self._canvas.visible() if not one.isSelected())
        resizes = item.is_on_handle(at, self._canvas.zoom)
        self._drag = _Drag(at, boxes, item, resizes, Snapper(still))

    def _follow(self, drag: _Drag, event: QMouseEvent) -> None:
        canvas = self._canvas
        by = canvas.mapToScene(event.position().toPoint()) - drag.begin
        if not drag.has_moved and by.manhattanLength() * canvas.zoom < _BEGINS:
            return
        drag.has_moved = True
        if drag.resizes:
            self._resize(drag, by)
            return
        whole = around(drag.boxes.values()).moved(by.x(), by.y())
        before = self.guides
        dx, dy, self.guides = 0.0, 0.0, []
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            dx, dy, self.guides = drag.snapper.snap(whole, _SNAP / canvas.zoom)
        self._put({i: box.moved(by.x() + dx, by.y() + dy) for i, box in drag.boxes.items()})
        if self.guides != before:  # else what has moved repaints itself
            canvas.viewport().update()

    def _resize(self, drag: _Drag, by: QPointF) -> None:
        """Let the held picture follow the pointer, and the other selected ones with it."""
        held = drag.boxes[drag.held.picture.image_id]
        grown = max(by.x(), by.y() * held.width / held.height)
        smallest = min(box.width for box in drag.boxes.values())
        factor = max((held.width + grown) / held.width, NARROWEST / smallest)
        corner = around(drag.boxes.values())
        self._put(
            {
                i: Box(
                    corner.x + (box.x - corner.x) * factor,
                    corner.y + (box.y - corner.y) * factor,
                    box.width * factor,
                    box.height * factor,
                )
                for i, box in drag.boxes.items()
            }
        )

    def _leave(self, drag: _Drag) -> None:
        """The hand left the canvas: put everything back, and drag the files instead."""
        self._drag, self.guides = None, []
        self._put(drag.boxes)
        self._canvas.drag_out(drag.held)

    def _put(self, boxes: dict[int, Box]) -> None:
        items = self._canvas.items_by_id
        for image_id, box in boxes.items():
            if image_id in items:
                items[image_id].box = box

    def _show_cursor(self, point: QPoint) -> None:
        canvas, item = self._canvas, self._canvas.item_at(point)
        shape = Qt.CursorShape.ArrowCursor
        if item is not None and item.isSelected():
            on_handle = item.is_on_handle(canvas.mapToScene(point), canvas.zoom)
            shape = Qt.CursorShape.SizeFDiagCursor if on_handle else Qt.CursorShape.SizeAllCursor
        canvas.viewport().setCursor(shape)
