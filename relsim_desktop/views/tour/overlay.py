"""What the tour lays over a window: a shade with a hole that clicks go through, and a card."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

_FOLLOW_MS: Final = 120  # widgets move while a window lays itself out
_HOLE: Final = 6  # around the widget
_GAP: Final = 14  # between the widget and the card
_SHADE: Final = 110


class Spotlight(QWidget):
    """Shades all but one widget. The mouse does not notice it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._hole = QRect()
        self.hide()

    def light(self, hole: QRect) -> None:
        """Leave a part of the window in the light; a null rectangle shades nothing."""
        if hole != self._hole:
            self._hole = hole
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shade and a ring."""
        if self._hole.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hole = QRectF(self._hole).adjusted(-_HOLE, -_HOLE, _HOLE, _HOLE)
        path = QPainterPath()
        path.addRect(QRectF(self.rect()))
        path.addRoundedRect(hole, 10, 10)
        painter.fillPath(path, QColor(0, 0, 0, _SHADE))
        painter.setPen(QPen(self._theme.colors.accent, 2))
        painter.drawRoundedRect(hole, 10, 10)
        painter.end()


class TourCard(QFrame):
    """Says what to do now."""

    back_asked = Signal()
    next_asked = Signal()
    end_asked = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tourCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label(theme, scale=1.1, bold=True)
        self.text = label(theme)
        self.text.setWordWrap(True)
        self.place = label(theme, scale=0.9, muted=True)
        self.end_button = push_button(tr("Leave the tour"), link=True)
        self.back_button = push_button(tr("Back"))
        self.next_button = push_button(tr("Next"), primary=True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.end_button)
        foot.addStretch()
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        for part in (self.place, self.title, self.text):
            layout.addWidget(part)
        layout.addSpacing(4)
        layout.addLayout(foot)
        self.setFixedWidth(400)
        self.end_button.clicked.connect(self.end_asked)
        self.back_button.clicked.connect(self.back_asked)
        self.next_button.clicked.connect(self.next_asked)
        self.hide()

    def say(self, place: str, title: str, text: str, *, is_first: bool, is_last: bool) -> None:
        """Show a step.

        Args:
            place: Which of how many.
            title: What it is about.
            text: What to do.
            is_first: Whether there is nothing before it.
            is_last: Whether there is nothing after it.
        """
        self.place.setText(place)
        self.title.setText(title)
        self.text.setText(text)
        self.back_button.setVisible(not is_first)
        self.next_button.setText(tr("Done") if is_last else tr("Next"))
        self.end_button.setVisible(not is_last)
        self.setAccessibleName(f"{place}. {title}")
        self.setAccessibleDescription(text)
        self.next_button.setAccessibleDescription(f"{place}. {title}. {text}")
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))


class TourOverlay(QObject):
    """Keeps the spotlight on a widget, and the card beside it, wherever the widget goes."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self.light = Spotlight(theme, window)
        self.card = TourCard(theme, window)
        self._following = QTimer(self, interval=_FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        window.installEventFilter(self)

    def show(self, target: QWidget | None) -> None:
        """Light up a widget, or none."""
        self._target = target
        self.light.show()
        self.card.show()
        self._follow()
        self.light.raise_()
        self.card.raise_()
        self._following.start()

    def hide(self) -> None:
        """Take it all away."""
        self._following.stop()
        self.light.hide()
        self.card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size at once."""
        if event.type() == QEvent.Type.Resize and self._following.isActive():
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.light.setGeometry(self._window.rect())
        hole = self._hole()
        self.light.light(hole)
        self.card.move(_beside(hole, self.card.rect(), self._window.rect()))

    def _hole(self) -> QRect:
        target = self._target
        if target is None or not target.isVisible():
            return QRect()
        return QRect(target.mapTo(self._window, QPoint()), target.size())


def _beside(hole: QRect, card: QRect, window: QRect) -> QPoint:
    """Where the card stands: below, above or beside the hole, else in a corner of the window."""
    free = window.adjusted(16, 16, -16, -60)
    corner = QPoint(free.right() - card.width(), free.bottom() - card.height())
    if hole.isNull():
        return corner
    left = min(max(hole.center().x() - card.width() // 2, free.left()), corner.x())
    top = min(max(hole.center().y() - card.height() // 2, free.top()), corner.y())
    for place in (
        QPoint(left, hole.bottom() + _GAP),
        QPoint(left, hole.top() - _GAP - card.height()),
        QPoint(hole.right() + _GAP, top),
        QPoint(hole.left() - _GAP - card.width(), top),
    ):
        if free.contains(QRect(place, card.size())):
            return place
    return corner
