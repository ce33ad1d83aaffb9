"""A page that is one column in the middle, however wide the window is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget


def fill_narrow(page: QWidget, column: QVBoxLayout, widest: int) -> None:
    """Put a column into a page; it scrolls where the page is not high enough.

    Args:
        page: Has no layout yet.
        column: What it shows.
        widest: Width of the column in pixels at most.
    """
    narrow = QWidget()
    narrow.setMaximumWidth(widest)
    narrow.setLayout(column)
    middle = QWidget()
    row = QHBoxLayout(middle)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(narrow, 100)
    row.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(middle)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(area)
