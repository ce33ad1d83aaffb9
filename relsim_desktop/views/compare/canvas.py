"""Paints one or two pictures fitted into the same frame, and lets a person zoom and pan them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from relsim_desktop.operations.pair_pictures import Levels
from relsim_desktop.presenters.pair_pictures import PairPictures
from relsim_desktop.presenters.pair_view import PairView
from relsim_desktop.theme import Theme

_NOTCH = 120.0  # what a wheel says for one step
_PAN = 0.1  # of the view's size, for an arrow key
_PIXELATED = 3.0  # from this enlargement on, pixels are shown as squares
_ICON = 40

_ARROWS = {
    Qt.Key.Key_Left: QPointF(_PAN, 0),
    Qt.Key.Key_Right: QPointF(-_PAN, 0),
    Qt.Key.Key_Up: QPointF(0, _PAN),
    Qt.Key.Key_Down: QPointF(0, -_PAN),
}


class PairCanvas(QWidget):
    """What all modes share; a subclass says what is painted.

    A picture is painted once for a view and kept, so that a divider or an opacity that moves costs
    no more than a copy.
    """

    def __init__(self, theme: Theme, view: PairView, pictures: PairPictures) -> None:
        super().__init__()
        self.theme = theme
        self.view = view
        self.pictures = pictures
        self._painted: dict[int, tuple[object, QImage]] = {}
        self._grabbed: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.changed.connect(self.update)
        pictures.changed.connect(self._on_pictures)
        theme.changed.connect(self.update)

    @property
    def sides(self) -> tuple[int, ...]:
        """The sides that are painted here."""
        return (0, 1)

    def is_showing(self, side: int) -> bool:
        """Whether a picture is there to be painted."""
        return self.pictures.levels(side) is not None

    def fitted(self, levels: Levels) -> QRectF:
        """Where a picture lies in the frame when all of it shows: centred, as large as goes."""
        keep = Qt.AspectRatioMode.KeepAspectRatio
        scaled = QSizeF(levels.native).scaled(QSizeF(self.size()), keep)
        rect = QRectF(QPointF(0, 0), scaled)
        rect.moveCenter(QRectF(self.rect()).center())
        return rect

    def placed(self, levels: Levels) -> QRectF:
        """Where a picture lies now, in device-independent pixels of this widget."""
        rect, zoom, centre = self.fitted(levels), self.view.zoom, self.view.centre
        width, height = self.width(), self.height()
        left = (rect.x() - centre.x() * width) * zoom + width / 2
        top = (rect.y() - centre.y() * height) * zoom + height / 2
        return QRectF(left, top, rect.width() * zoom, rect.height() * zoom)

    def picture(self, side: int) -> QImage | None:
        """The side's picture as this view shows it, transparent around it; None if not there."""
        levels = self.pictures.levels(side)
        if levels is None:
            return None
        scale, view = self.devicePixelRatioF(), self.view
        state = (levels, self.size(), scale, view.zoom, view.centre.toTuple())
        kept = self._painted.get(side)
        if kept is None or kept[0] != state:
            kept = self._painted[side] = (state, self._paint_picture(levels, scale))
        return kept[1]

    def paint_missing(self, painter: QPainter, side: int, rect: QRect) -> None:
        """Say that a picture is on its way, or why it is not."""
        why = self.pictures.why_unreadable(side)
        icon = "unreadable" if why else "picture"
        color, scale = self.theme.colors.attribute, self.devicePixelRatioF()
        spot = QRect(0, 0, _ICON, _ICON)
        spot.moveCenter(rect.center())
        painter.drawPixmap(spot, self.theme.drawing(icon, color, _ICON, scale))
        if why:
            painter.setPen(self.theme.colors.muted)
            below = rect.adjusted(16, rect.height() // 2 + _ICON, -16, 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(below, flags, why)

    def _paint_picture(self, levels: Levels, scale: float) -> QImage:
        out = QImage(self.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
        out.setDevicePixelRatio(scale)
        out.fill(Qt.GlobalColor.transparent)
        target = self.placed(levels)
        seen = target.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return out
        image = levels.best(target.width() * scale)
        across, down = image.width() / target.width(), image.height() / target.height()
        source = QRectF(
            (seen.x() - target.x()) * across,
            (seen.y() - target.y()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter = QPainter(out)
        is_smooth = target.width() * scale < _PIXELATED * levels.images[0].width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(seen, image, source)
        painter.end()
        return out

    # --- what a person does -----------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        turned = event.angleDelta().y()
        if turned:
            self.view.step(turned / _NOTCH, self._part(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the pictures."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move them along."""
        if self._grabbed is not None:
            moved = event.position() - self._grabbed
            self._grabbed = event.position()
            self.view.pan(QPointF(moved.x() / self.width(), moved.y() / self.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """One to one at this place, or fitted again."""
        if self.view.is_fitted:
            self.view.zoom_to(self.view.natural, self._part(event.position()))
        else:
            self.view.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the pictures."""
        by = _ARROWS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.view.pan(by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another frame."""
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        """The frame of the mode that is on decides what is one to one."""
        self._measure()

    def _part(self, point: QPointF) -> QPointF:
        """A point of this widget in parts of its size."""
        return QPointF(point.x() / max(self.width(), 1), point.y() / max(self.height(), 1))

    def _on_pictures(self) -> None:
        self._painted = {s: kept for s, kept in self._painted.items() if self.is_showing(s)}
        self._measure()
        self.update()

    def _measure(self) -> None:
        """Find the zoom that is one to one, for the picture here that has more pixels."""
        if not self.isVisible():
            return
        both = [self.pictures.levels(side) for side in (0, 1)]
        scale = self.devicePixelRatioF()
        zooms = [
            levels.native.width() / (self.fitted(levels).width() * scale)
            for levels in both
            if levels is not None and self.fitted(levels).width() > 0
        ]
        if zooms:
            self.view.natural = max(zooms)


class SideCanvas(PairCanvas):
    """One of the two, for looking at them side by side."""

    def __init__(self, theme: Theme, view: PairView, pictures: PairPictures, side: int) -> None:
        self._side = side
        super().__init__(theme, view, pictures)

    @property
    def sides(self) -> tuple[int, ...]:
        """Only one."""
        return (self._side,)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture."""
        painter = QPainter(self)
        image = self.picture(self._side)
        if image is None:
            self.paint_missing(painter, self._side, self.rect())
        else:
            painter.drawImage(0, 0, image)
        if self.hasFocus():
            paint_focus(painter, self.rect(), self.theme.colors.accent)
        painter.end()


def paint_focus(painter: QPainter, rect: QRect, color: QColor) -> None:
    """Show where the keyboard is."""
    painter.setPen(color)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
