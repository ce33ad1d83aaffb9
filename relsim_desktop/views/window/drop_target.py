"""Takes drags anywhere on the window, says what would happen, and lets it happen after the drop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from relsim_desktop import incoming
from relsim_desktop.incoming import Incoming
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.window.drop_overlay import DropOverlay, DropZone
from relsim_desktop.views.window.layout import WindowLayout


class DropTarget(QObject):
    """Listens to a window's drag events.

    A drop is only read in its event; the source of the drag waits for it, and on some platforms
    the whole program that it came from stands still until then.
    """

    add_asked = Signal(object)
    """Paths for the library."""

    query_asked = Signal(object)
    """A `Question`."""

    groups_asked = Signal(object)
    """The path of a file of groups."""

    side_asked = Signal(int, object)
    """A side of the comparison, and a `Question` for it."""

    def __init__(self, window: QMainWindow, theme: Theme, parts: WindowLayout) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._dragged = Incoming()
        self.overlay = DropOverlay(theme, parts.center)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the window's drag events."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            return self._on_move(event)
        if event.type() == QEvent.Type.DragLeave:
            self.overlay.clear()
            return True
        if event.type() == QEvent.Type.Drop:
            return self._on_drop(event)
        return super().eventFilter(watched, event)

    def zones(self, what: Incoming, *, is_own: bool = False) -> list[DropZone]:
        """Where something may be dropped now.

        Args:
            what: What is dragged.
            is_own: Whether it comes from this window, so that it is in the library already.
        """
        if what.groups is not None and not is_own:
            page = self._rect(self._parts.pages)
            return [DropZone(page, "verified", tr("Verify these groups"), self._take_groups)]
        question = what.question
        if self._parts.is_comparing and question is not None:
            return [
                DropZone(
                    self._rect(slot),
                    "picture",
                    tr("Compare as {name}").format(name=name),
                    self._take_side(side),
                )
                for side, (slot, name) in enumerate(
                    zip(self._parts.comparison.slots, "AB", strict=True)
                )
            ]
        page = self._rect(self._parts.pages)
        add = DropZone(page, "drop", tr("Add to the library"), self._take_paths)
        ask = DropZone(page, "analogy", tr("Find its analogies"), self._take_question)
        if question is None and not what.several:
            return [] if is_own else [add]
        if question is None:
            ask = DropZone(page, "analogy", tr("Find what they share"), self._take_several)
        if self._parts.is_browsing:
            left = self._rect(self._parts.collection)
            asking = self._asking(ask, question)
        else:
            half = page.width() // 2
            left = page.adjusted(0, 0, -half, 0)
            asking = [_at(ask, page.adjusted(half, 0, 0, 0))]
        if is_own:
            return asking if self._parts.is_browsing else []
        if what.paths:
            return [_at(add, left), *asking]
        # Without a file it cannot be added to the library; it is asked about wherever it falls.
        return [ask] if len(asking) == 1 else [_at(asking[-1], left), *asking]

    def _asking(self, ask: DropZone, question: Question | None) -> list[DropZone]:
        """Over the answers something is asked anew; over the question it is added to it."""
        whole = self._rect(self._parts.analogies)
        card = self._rect(self._parts.analogies.card)
        if not self._parts.analogies.card.isVisible() or question is None:
            return [_at(ask, whole)]
        added = DropZone(
            QRect(whole.topLeft(), whole.topRight()).united(card),
            "add",
            tr("Add to the question"),
            self._take_added,
        )
        rest = QRect(whole)
        rest.setTop(card.bottom() + 1)
        return [added, DropZone(rest, ask.icon, tr("Find its analogies instead"), ask.take)]

    def _on_move(self, event: QEvent) -> bool:
        assert isinstance(event, QDropEvent)
        if event.type() == QEvent.Type.DragEnter:  # read once: a browser's may be long
            self._dragged = incoming.read(event.mimeData())
        if self._dragged.is_empty:
            return False
        zones = self.zones(self._dragged, is_own=event.source() is not None)
        self.overlay.offer(zones, self._point(event))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self.overlay.hot is not None or event.type() == QEvent.Type.DragEnter)
        return True

    def _on_drop(self, event: QEvent) -> bool:
        assert isinstance(event, QDropEvent)
        what = incoming.read(event.mimeData())
        point = self._point(event)
        zones = self.zones(what, is_own=event.source() is not None)
        hit = next((zone for zone in zones if zone.rect.contains(point)), None)
        self.overlay.clear()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(hit is not None)
        if hit is not None:
            QTimer.singleShot(0, self, lambda: hit.take(what))
        return True

    def _take_paths(self, what: Incoming) -> None:
        self.add_asked.emit(what.paths)

    def _take_question(self, what: Incoming) -> None:
        if len(what.paths) == 1 and what.paths[0].is_dir():  # a folder whose name has a dot
            self.add_asked.emit(what.paths)
        else:
            self.query_asked.emit(what.question)

    def _take_several(self, what: Incoming) -> None:
        first, *others = what.several
        question = first
        for other in others:
            question = question.adding(other)
        self.query_asked.emit(question)

    def _take_added(self, what: Incoming) -> None:
        if what.question is not None:
            self._parts.analogies.add(what.question)

    def _take_groups(self, what: Incoming) -> None:
        self.groups_asked.emit(what.groups)

    def _take_side(self, side: int) -> Callable[[Incoming], None]:
        return lambda what: self.side_asked.emit(side, what.question)

    def _point(self, event: QDropEvent) -> QPoint:
        return self._parts.center.mapFrom(self._window, event.position().toPoint())

    def _rect(self, part: QWidget) -> QRect:
        return QRect(part.mapTo(self._parts.center, QPoint()), part.size())


def _at(zone: DropZone, rect: QRect) -> DropZone:
    return DropZone(rect, zone.icon, zone.title, zone.take)
