"""What a newcomer sees: one inviting place to drop a folder."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

_ICON = 72


class EmptyPage(QWidget):
    """Shown while the library holds nothing."""

    open_asked = Signal()
    sample_asked = Signal()
    tour_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("emptyPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.open_button = push_button(tr("Open folder…"), primary=True)
        self.sample_button = push_button(tr("Try the sample collection"))
        self.tour_button = push_button(tr("New here? Take the tour"), link=True)
        self.tour_button.clicked.connect(self.tour_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button.clicked.connect(self.sample_asked)
        zone = _Dashed(theme)
        zone.setMaximumSize(680, 480)
        self._fill(zone)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 32, 32, 32)
        row.addStretch(1)
        row.addWidget(zone, 8)
        row.addStretch(1)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()

    def _fill(self, zone: QWidget) -> None:
        title = label(self._theme, tr("Drop a folder of pictures"), scale=1.9, bold=True)
        hint = label(
            self._theme,
            tr(
                "Relsim finds pictures that share a logic although they look nothing alike, "
                "and says in one sentence what they share. Everything stays on this computer; "
                "your files are never changed."
            ),
            scale=1.05,
            muted=True,
        )
        hint.setWordWrap(True)
        hint.setMinimumWidth(460)
        for line in (title, hint):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addStretch()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()
        layout = QVBoxLayout(zone)
        layout.setContentsMargins(40, 40, 40, 40)
        layout.addStretch()
        layout.addWidget(self._icon)
        layout.addSpacing(24)
        layout.addWidget(title)
        layout.addSpacing(12)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(hint, 8)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addSpacing(32)
        layout.addLayout(buttons)
        layout.addSpacing(12)
        layout.addWidget(self.tour_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()

    def _draw_icon(self) -> None:
        scale = self.devicePixelRatioF()
        color = self._theme.colors.accent
        self._icon.setPixmap(self._theme.drawing("analogy", color, _ICON, scale))


class _Dashed(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.attribute, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(colors.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 20, 20)
        painter.end()
