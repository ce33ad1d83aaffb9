"""Buttons that look and speak alike."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from relsim_desktop.theme import ICON_EDGE, Theme


def icon_button(theme: Theme, icon: str, name: str, *, tooltip: str = "") -> QToolButton:
    """A flat button with an icon only.

    Args:
        theme: Draws the icon.
        icon: Its name.
        name: What a screen reader says.
        tooltip: Shown on hovering; `name` if empty.
    """
    button = QToolButton()
    button.setIconSize(QSize(ICON_EDGE, ICON_EDGE))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(name)
    button.setToolTip(tooltip or name)
    theme.bind_icon(button, icon)
    return button


def text_button(theme: Theme, icon: str, text: str, *, tooltip: str = "") -> QToolButton:
    """A flat button with an icon and a text."""
    button = icon_button(theme, icon, text, tooltip=tooltip)
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def push_button(text: str, *, primary: bool = False, link: bool = False) -> QPushButton:
    """A button with a text: the primary one of a page, a quiet link, or a plain one."""
    button = QPushButton(text)
    button.setProperty("primary", primary)
    button.setProperty("link", link)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
