"""A line to search in what a page shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from relsim_desktop.theme import Theme


class SearchField(QLineEdit):
    """Escape clears it first; only then Escape means what it means around it.

    Args:
        theme: Draws the icon.
        name: What it searches; shown while it is empty, and said by a screen reader.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        leading = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        theme.bind_icon(leading, "search")

    def event(self, event: QEvent) -> bool:
        """Keep Escape from shortcuts while there is something to clear."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
