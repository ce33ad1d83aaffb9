"""Small rounded buttons: one that is chosen or not, one that goes away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton

from relsim_desktop.theme import Theme

_ICON = 12
_SWATCH = 26


def chip(theme: Theme, text: str, *, name: str = "", tooltip: str = "") -> QToolButton:
    """A chip that can be chosen.

    Args:
        theme: Dresses it.
        text: A few words.
        name: What a screen reader says; `text` if empty.
        tooltip: What it means in full.
    """
    button = QToolButton()
    button.setProperty("chip", True)
    button.setFont(theme.font(0.9))
    button.setText(text.replace("&", "&&"))
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAccessibleName(name or text)
    button.setToolTip(tooltip)
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return button


def removable_chip(theme: Theme, text: str, *, name: str) -> QToolButton:
    """A chip that says something, and takes it back when it is clicked."""
    button = chip(theme, text, name=name, tooltip=name)
    button.setCheckable(False)
    button.setProperty("removable", True)
    button.setIconSize(QSize(_ICON, _ICON))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the text
    theme.bind_icon(button, "clear")
    return button


class Swatch(QToolButton):
    """A colour that can be chosen."""

    def __init__(self, theme: Theme, color: QColor, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._color = color
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(_SWATCH, _SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a disc, and a ring around the one that is chosen."""
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.3)
        disc = self.rect().adjusted(5, 5, -5, -5)
        painter.setPen(QPen(colors.attribute, 1))
        painter.setBrush(self._color)
        painter.drawEllipse(disc)
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            style = Qt.PenStyle.SolidLine if self.isChecked() else Qt.PenStyle.DotLine
            painter.setPen(QPen(colors.accent, 2, style))
            painter.drawEllipse(self.rect().adjusted(2, 2, -2, -2))
        painter.end()
