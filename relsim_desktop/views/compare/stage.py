"""Two pictures over one another: swiped, overlaid, or in turn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from relsim_desktop.presenters.pair_pictures import PairPictures
from relsim_desktop.presenters.pair_view import PairMode, PairView
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.compare.canvas import PairCanvas, paint_focus

_REACH = 12  # pixels around the divider that take hold of it
_STEP = 0.02  # of the width or the opacity, for an arrow key
_FLIP = Qt.Key.Key_Space


class CompareStage(PairCanvas):
    """Paints both pictures in one frame, as the mode says."""

    def __init__(self, theme: Theme, view: PairView, pictures: PairPictures) -> None:
        super().__init__(theme, view, pictures)
        self._names = ("A", "B")
        self._difference: tuple[object, object, QImage] | None = None
        self._holds_divider = False
        self.setMouseTracking(True)
        view.changed.connect(self._describe)
        self._describe()

    def name(self, a: str, b: str) -> None:
        """Say what the two are called."""
        self._names = (f"A  {a}", f"B  {b}")
        self._describe()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        images = [self.picture(side) for side in (0, 1)]
        a, b = images
        if a is None or b is None:
            for side, image in enumerate(images):
                half = self.rect().adjusted(
                    side * self.width() // 2, 0, -(1 - side) * self.width() // 2, 0
                )
                if image is None:
                    self.paint_missing(painter, side, half)
        elif self.view.mode is PairMode.SWIPE:
            self._paint_swipe(painter, a, b)
        elif self.view.mode is PairMode.OVERLAY:
            self._paint_overlay(painter, a, b)
        else:
            painter.drawImage(0, 0, b if self.view.shows_b else a)
            self._tag(painter, self._names[int(self.view.shows_b)], is_right=self.view.shows_b)
        if self.hasFocus():
            paint_focus(painter, self.rect(), self.theme.colors.accent)
        painter.end()

    # --- painting ---------------------------------------------------------------------------------

    def _paint_swipe(self, painter: QPainter, a: QImage, b: QImage) -> None:
        at = self._divider_x()
        for image, left, right in ((a, 0, at), (b, at, self.width())):
            painter.save()
            painter.setClipRect(QRectF(left, 0, right - left, self.height()))
            painter.drawImage(0, 0, image)
            painter.restore()
        self._tag(painter, self._names[0], is_right=False)
        self._tag(painter, self._names[1], is_right=True)
        colors = self.theme.colors
        painter.setPen(QPen(colors.card, 4))
        painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))
        painter.setPen(QPen(colors.accent, 2))
        painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))
        handle = QRectF(0, 0, 28, 28)
        handle.moveCenter(QPointF(at, self.height() / 2))
        painter.setBrush(colors.card)
        painter.drawEllipse(handle)
        for way in (-1, 1):  # arrows that say which way it goes
            tip = handle.center() + QPointF(way * 8, 0)
            painter.drawLine(tip, tip + QPointF(-way * 4, -4))
            painter.drawLine(tip, tip + QPointF(-way * 4, 4))

    def _paint_overlay(self, painter: QPainter, a: QImage, b: QImage) -> None:
        if self.view.is_difference:
            painter.drawImage(0, 0, self._difference_of(a, b))
            return
        painter.drawImage(0, 0, a)
        painter.setOpacity(self.view.opacity)
        painter.drawImage(0, 0, b)
        painter.setOpacity(1.0)
        self._tag(painter, self._names[0], is_right=False)
        self._tag(painter, self._names[1], is_right=True)

    def _difference_of(self, a: QImage, b: QImage) -> QImage:
        """Black where the two are equal; where only one lies, that one."""
        if self._difference is None or self._difference[:2] != (a.cacheKey(), b.cacheKey()):
            out = QImage(a.size(), QImage.Format.Format_RGB32)
            out.setDevicePixelRatio(a.devicePixelRatio())
            out.fill(Qt.GlobalColor.black)
            painter = QPainter(out)
            painter.drawImage(0, 0, a)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
            painter.drawImage(0, 0, b)
            painter.end()
            self._difference = (a.cacheKey(), b.cacheKey(), out)
        return self._difference[2]

    def _tag(self, painter: QPainter, text: str, *, is_right: bool) -> None:
        """Name a picture in its corner."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(
            text, Qt.TextElideMode.ElideMiddle, max(self.width() // 2 - 48, 24)
        )
        tag = QRect(0, 0, metrics.horizontalAdvance(shown) + 16, metrics.height() + 8)
        tag.moveTopLeft(self.rect().topLeft() + QRect(8, 8, 0, 0).topLeft())
        if is_right:
            tag.moveRight(self.width() - 9)
        back = QColor(self.theme.colors.card)
        back.setAlphaF(0.88)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(tag, 6, 6)
        painter.setPen(self.theme.colors.text)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, shown)

    def _divider_x(self) -> float:
        return self.view.divider * self.width()

    def _describe(self) -> None:
        """What a screen reader says."""
        view = self.view
        if view.mode is PairMode.SWIPE:
            said = tr("A to the left of a divider at {0} percent, B to its right")
            said = said.replace("{0}", str(round(100 * view.divider)))
        elif view.mode is PairMode.OVERLAY and view.is_difference:
            said = tr("How A and B differ; black where they are equal")
        elif view.mode is PairMode.OVERLAY:
            said = tr("B over A, {0} percent opaque")
            said = said.replace("{0}", str(round(100 * view.opacity)))
        else:
            said = self._names[int(view.shows_b)]
        self.setAccessibleName(said)

    # --- what a person does -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider, or of the pictures."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._holds_divider = is_left and self._is_at_divider(event.position())
        if not self._holds_divider:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        if self._holds_divider:
            self.view.divider = event.position().x() / max(self.width(), 1)
        elif event.buttons():
            super().mouseMoveEvent(event)
        elif self._is_at_divider(event.position()):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._holds_divider = False
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the divider or the opacity, with Shift the pictures; Space flips."""
        view, key = self.view, event.key()
        step = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}.get(Qt.Key(key), 0.0)
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key == _FLIP and view.mode is PairMode.BLINK:
            if not event.isAutoRepeat():
                view.shows_b = True
        elif step and is_plain and view.mode is PairMode.SWIPE:
            view.divider += step
        elif step and is_plain and view.mode is PairMode.OVERLAY:
            view.opacity += step
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Back to A."""
        if event.key() == _FLIP and not event.isAutoRepeat():
            self.view.shows_b = False
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go elsewhere is let go."""
        self.view.shows_b = False
        super().focusOutEvent(event)

    def _is_at_divider(self, point: QPointF) -> bool:
        is_swiped = self.view.mode is PairMode.SWIPE
        return is_swiped and abs(point.x() - self._divider_x()) <= _REACH
