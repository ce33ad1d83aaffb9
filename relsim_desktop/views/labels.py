"""Texts: titles, muted lines, and a page that says one thing calmly."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme


def label(
    theme: Theme, text: str = "", *, scale: float = 1.0, bold: bool = False, muted: bool = False
) -> QLabel:
    """A line of plain text."""
    line = QLabel(text)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setFont(theme.font(scale, bold=bold))
    line.setProperty("muted", muted)
    return line


class ElidedLabel(QLabel):
    """A line that ends in an ellipsis where it does not fit."""

    def __init__(self, theme: Theme, *, scale: float = 1.0, muted: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(scale))
        self.setProperty("muted", muted)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._text = ""

    @property
    def full_text(self) -> str:
        """The text before it was shortened."""
        return self._text

    @full_text.setter
    def full_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: object) -> None:
        """Shorten for the new width."""
        self._elide()

    def _elide(self) -> None:
        mode = Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(self._text, mode, self.width())
        self.setText(shown)
        self.setToolTip(self._text if shown != self._text else "")


class MessagePage(QWidget):
    """An icon, a sentence, and a hint, in the middle of a page."""

    _ICON = 48

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = "analogy"
        self._icon = QLabel()
        self._title = label(theme, scale=1.1, bold=True)
        self._hint = label(theme, muted=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 64)
        layout.setSpacing(8)
        layout.addStretch(2)
        for part in (self._icon, self._title, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        for part in (self._title, self._hint):
            part.setWordWrap(True)
        layout.addStretch(3)
        theme.changed.connect(self._draw_icon)

    @property
    def title(self) -> str:
        """The sentence."""
        return self._title.text()

    def say(self, icon: str, title: str, hint: str = "") -> None:
        """Show another message."""
        self._icon_name = icon
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._draw_icon()

    def _draw_icon(self) -> None:
        color, scale = self._theme.colors.attribute, self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.drawing(self._icon_name, color, self._ICON, scale))
