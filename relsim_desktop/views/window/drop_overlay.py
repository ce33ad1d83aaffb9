"""What appears over the window during a drag: where it may go, and what happens there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from relsim_desktop.incoming import Incoming
from relsim_desktop.theme import Theme

_ICON = 40


@dataclass(frozen=True, slots=True)
class DropZone:
    """A place to drop something.

    Attributes:
        rect: In the window's coordinates.
        icon: Name of its icon.
        title: What happens there.
        take: Called with what was dropped, once the drop is over.
    """

    rect: QRect
    icon: str
    title: str
    take: Callable[[Incoming], None]


class DropOverlay(QWidget):
    """Paints the zones; it never takes an event itself."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._zones: Sequence[DropZone] = ()
        self._hot: DropZone | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def hot(self) -> DropZone | None:
        """The zone under the pointer."""
        return self._hot

    def offer(self, zones: Sequence[DropZone], point: QPoint) -> None:
        """Show the zones of a drag that is at `point`."""
        self._zones = zones
        self._hot = next((zone for zone in zones if zone.rect.contains(point)), None)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.update()

    def clear(self) -> None:
        """Hide; the drag is over."""
        self._zones = ()
        self._hot = None
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a veil and the zones."""
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colors.window)
        veil.setAlphaF(0.92)
        painter.fillRect(self.rect(), veil)
        for zone in self._zones:
            is_hot = zone is self._hot
            box = QRectF(zone.rect).adjusted(16, 16, -16, -16)
            painter.setPen(
                QPen(colors.accent if is_hot else colors.attribute, 2, Qt.PenStyle.DashLine)
            )
            painter.setBrush(colors.accent_tint if is_hot else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 16, 16)
            color = colors.accent_text if is_hot else colors.muted
            middle = box.center()
            spot = QRect(0, 0, _ICON, _ICON)
            spot.moveCenter(middle.toPoint() - QPoint(0, 28))
            scale = self.devicePixelRatioF()
            painter.drawPixmap(spot, self._theme.drawing(zone.icon, color, _ICON, scale))
            painter.setPen(color)
            painter.setFont(self._theme.font(1.3, bold=True))
            below = QRectF(box.left(), middle.y(), box.width(), 40)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, zone.title)
        painter.end()
