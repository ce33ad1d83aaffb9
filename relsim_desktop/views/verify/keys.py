"""Buttons that show the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.labels import label


class KeyButton(QPushButton):
    """A verb and its key.

    Args:
        theme: For the fonts.
        verb: What it does.
        key: As it is written on the keyboard.
        primary: Whether it is what one mostly does on the page.
    """

    def __init__(self, theme: Theme, verb: str, key: str, *, primary: bool = False) -> None:
        super().__init__()
        self.setProperty("primary", primary)
        self.setProperty("keyed", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(verb)
        self.setAccessibleDescription(tr("Key: {key}").format(key=key))
        self.cap = QLabel(key)
        self.cap.setObjectName("keycap")
        self.cap.setFont(theme.font(0.85, bold=True))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.cap)
        row.addWidget(label(theme, verb))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Room for the key and the verb."""
        return self._row.sizeHint().expandedTo(QSize(0, 36))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`: a key that is cut off is none."""
        return self.sizeHint()
