"""Where a person writes a note; it is kept when the hand rests, or goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

_RESTS_MS = 900


class NoteEdit(QPlainTextEdit):
    """A few lines of plain text. What was written before a pause is one change."""

    written = Signal(str)
    """Another note than the one that was shown."""

    def __init__(self, name: str, hint: str) -> None:
        """Build it.

        Args:
            name: What a screen reader says.
            hint: Shown while it is empty.
        """
        super().__init__()
        self.setObjectName("noteEdit")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._kept = ""
        self._rests = QTimer(self)
        self._rests.setSingleShot(True)
        self._rests.setInterval(_RESTS_MS)
        self._rests.timeout.connect(self.keep)
        self.textChanged.connect(self._rests.start)

    def show_note(self, text: str) -> None:
        """Show what is stored, unless a person has written on since."""
        if text.strip() == self._kept:
            return
        is_edited = self.toPlainText().strip() != self._kept
        self._kept = text.strip()
        if not is_edited and self.toPlainText().strip() != self._kept:
            self.setPlainText(text)
            self._rests.stop()

    def show_other(self, text: str) -> None:
        """Show the note of something else; what was written is kept first."""
        self.keep()
        self._kept = text.strip()
        self.setPlainText(text)
        self._rests.stop()

    def keep(self) -> None:
        """Tell what was written, if it is something else now."""
        self._rests.stop()
        text = self.toPlainText().strip()
        if text != self._kept:
            self._kept = text
            self.written.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Return keeps the note at once."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep it."""
        self.keep()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep it."""
        self.keep()
        super().hideEvent(event)
