"""One end of a chain: a picture that is dropped, pasted or chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from relsim_desktop import incoming
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.picture_box import PictureBox

_EDGE = 84
_ICON = 36


class ChainEnd(QWidget):
    """Takes what is dropped on it; the buttons ask for the rest."""

    placed = Signal(object)
    """A `Question` was dropped here."""

    here_asked = Signal()
    """Take the picture that is asked about or selected now."""

    pick_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._is_dragged = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._box = PictureBox(theme, thumbnails, least=QSize(_EDGE, _EDGE))
        self._box.setFixedSize(_EDGE, _EDGE)
        self.name = ElidedLabel(theme, muted=True)
        self.here_button = icon_button(
            theme, "analogy", tr("Take the current picture"),
            tooltip=tr("Take the picture that is selected or asked about"),
        )  # fmt: skip
        self.pick_button = icon_button(theme, "open", tr("Choose a picture"))
        self.paste_button = icon_button(theme, "paste", tr("Paste a picture"))
        self.clear_button = icon_button(theme, "clear", tr("Take the picture away"))
        for button in self.buttons:
            button.setAccessibleName(f"{title}: {button.accessibleName()}")
        self.here_button.clicked.connect(self.here_asked)
        self.pick_button.clicked.connect(self.pick_asked)
        self.paste_button.clicked.connect(self.paste_asked)
        self.clear_button.clicked.connect(self.clear_asked)
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(theme, title, bold=True))
        words.addWidget(self.name)
        words.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._box)
        layout.addLayout(words, 1)
        self.setMinimumWidth(_EDGE + 190)
        self.show_question(None)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return self.here_button, self.pick_button, self.paste_button, self.clear_button

    def show_question(self, question: Question | None, *, is_coming: bool = False) -> None:
        """Show a picture, or the invitation, or that a picture is on its way."""
        self._box.show_question(question)
        empty = tr("Fetching the picture…") if is_coming else tr("Drop a picture here")
        self.name.full_text = question.title if question is not None else empty
        self.clear_button.setEnabled(question is not None or is_coming)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a single picture."""
        question = incoming.read(event.mimeData()).question
        if question is not None:
            self._show_drag(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        """It went elsewhere."""
        self._show_drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it, once whoever dragged it is free again."""
        self._show_drag(False)
        question = incoming.read(event.mimeData()).question
        if question is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.placed.emit(question))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card, dashed while it is empty, lit while something is dragged over it."""
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_empty = self._box.question is None
        style = Qt.PenStyle.DashLine if is_empty else Qt.PenStyle.SolidLine
        edge = (
            colors.accent if self._is_dragged else colors.attribute if is_empty else colors.border
        )
        painter.setPen(QPen(edge, 2 if self._is_dragged else 1, style))
        painter.setBrush(colors.accent_tint if self._is_dragged else colors.card)
        inside = self.rect().toRectF().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, 12, 12)
        if is_empty:
            icon = self._theme.drawing("picture", colors.track, _ICON, self.devicePixelRatioF())
            spot = QRect(0, 0, _ICON, _ICON)
            spot.moveCenter(self._box.geometry().center())
            painter.drawPixmap(spot, icon)
        painter.end()

    def _show_drag(self, is_dragged: bool) -> None:
        self._is_dragged = is_dragged
        self.update()
