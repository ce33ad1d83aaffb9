"""What keys do on the free canvas of a board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from relsim_desktop.views.boards.canvas_item import CanvasItem

if TYPE_CHECKING:
    from relsim_desktop.views.boards.canvas import BoardCanvas

_STEP, _LONG_STEP = 4.0, 40.0  # units of a nudge

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

PLAIN_KEYS: Final = (*_ARROWS, Qt.Key.Key_F, Qt.Key.Key_0, Qt.Key.Key_Plus, Qt.Key.Key_Minus)
"""Keys that act here without a modifier, whatever shortcuts a window has."""


def press_key(canvas: BoardCanvas, event: QKeyEvent) -> bool:
    """Let a key act; whether it means anything here."""
    keys, key = Qt.Key, event.key()
    is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _ARROWS:
        _on_arrow(canvas, _ARROWS[keys(key)], event.modifiers())
    elif key == keys.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
        canvas.select(canvas.items_by_id)
    elif key in (keys.Key_Return, keys.Key_Enter) and canvas.selected:
        canvas.picked.emit(canvas.selected[0])
    elif key == keys.Key_Menu and canvas.selected:
        canvas.menu_asked.emit(canvas.viewport().mapToGlobal(canvas.viewport().rect().center()))
    elif key == keys.Key_Space:
        canvas.pointer.holds_space = True
        canvas.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
    elif key == keys.Key_Plus:
        canvas.zoom_by(1.25)
    else:
        return is_plain and _on_plain(canvas, key)
    return True


def _on_plain(canvas: BoardCanvas, key: int) -> bool:
    match key:
        case Qt.Key.Key_PageUp:
            canvas.bring_to_front()
        case Qt.Key.Key_PageDown:
            canvas.send_to_back()
        case Qt.Key.Key_F:
            canvas.fit()
        case Qt.Key.Key_0:
            canvas.zoom_by(1 / canvas.zoom)
        case Qt.Key.Key_Minus:
            canvas.zoom_by(0.8)
        case _:
            return False
    return True


def _on_arrow(canvas: BoardCanvas, way: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
    chosen = canvas.chosen()
    if not chosen or modifiers & Qt.KeyboardModifier.ControlModifier:
        _select_next(canvas, chosen[0] if chosen else None, way)
        return
    step = _LONG_STEP if modifiers & Qt.KeyboardModifier.ShiftModifier else _STEP
    canvas.nudge(way[0] * step, way[1] * step)


def _select_next(canvas: BoardCanvas, current: CanvasItem | None, way: tuple[int, int]) -> None:
    """Select the nearest picture in a direction, or the first one."""
    items = canvas.items_by_id
    if current is None:
        canvas.select(list(items)[:1])
        return
    here = current.box

    def cost(item: CanvasItem) -> float:
        dx = item.box.x + item.box.width / 2 - here.x - here.width / 2
        dy = item.box.y + item.box.height / 2 - here.y - here.height / 2
        along, aside = (dx * way[0], dy) if way[0] else (dy * way[1], dx)
        return along + 2 * abs(aside) if along > 1 else float("inf")

    best = min(items.values(), key=cost)
    if cost(best) < float("inf"):
        canvas.select([best.picture.image_id])
        best.ensureVisible(best.boundingRect())
