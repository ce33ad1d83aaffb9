"""Fields for a few lines of text that are as high as what stands in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

_FRAME = 18  # padding and border of both sides


def fit_height(editor: QPlainTextEdit, least: int, most: int) -> None:
    """Make a field as high as its lines.

    Args:
        editor: The field; it scrolls if there are more lines than `most`.
        least: Lines that it has room for in any case.
        most: Lines that it has room for at most.
    """
    count = round(editor.document().size().height())  # a plain text counts in lines
    lines = min(max(count, least), most)
    editor.setFixedHeight(lines * editor.fontMetrics().lineSpacing() + _FRAME)
    policies = Qt.ScrollBarPolicy
    policy = policies.ScrollBarAsNeeded if count > most else policies.ScrollBarAlwaysOff
    editor.setVerticalScrollBarPolicy(policy)
