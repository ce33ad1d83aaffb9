"""One of the pictures of a question, which says nothing of where it comes from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.views.picture_box import PictureBox

_CORNER = 12
_INSET = 10
_LETTER = 28


class StudyPicture(PictureBox):
    """A picture under a name that gives nothing away.

    Args:
        theme: Dresses it.
        thumbnails: Loads the picture.
        name: What a screen reader says.
        letter: What a choice is called; a click on it chooses it. Empty for what is asked about.
    """

    chosen = Signal()

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, name: str, *, letter: str = ""
    ) -> None:
        super().__init__(theme, thumbnails, least=QSize(96, 72), framed=True)
        self._dress = theme
        self._name = name
        self._letter = letter
        self._is_near = False
        self._is_pressed = False
        if letter:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_file(self, path: Path | None) -> None:
        """Show another picture."""
        self.show_question(Question(path=path) if path is not None else None)
        self.setAccessibleName(self._name)  # not that of the file

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        self._show_near(is_near=bool(self._letter))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._show_near(is_near=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps the beginning of a click."""
        self._is_pressed = bool(self._letter) and event.button() == Qt.MouseButton.LeftButton

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click has answered; what is shown by now is the next question."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose, unless the pointer was moved away."""
        is_click = self._is_pressed and self.rect().contains(event.position().toPoint())
        self._is_pressed = False
        if is_click:
            self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture with its letter, and a line around it under the pointer."""
        super().paintEvent(event)
        if not self._letter or self.question is None:
            return
        colors = self._dress.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = QRectF(_INSET, _INSET, _LETTER, _LETTER)
        painter.setPen(colors.border)
        painter.setBrush(colors.card)
        painter.drawRoundedRect(spot, 6, 6)
        painter.setFont(self._dress.font(1.05, bold=True))
        painter.setPen(colors.accent_text if self._is_near else colors.text)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._letter)
        if self._is_near:
            painter.setPen(QPen(colors.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, _CORNER, _CORNER)
        painter.end()

    def _show_near(self, *, is_near: bool) -> None:
        if is_near != self._is_near:
            self._is_near = is_near
            self.update()
