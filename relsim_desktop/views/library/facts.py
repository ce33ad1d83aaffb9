"""A card of facts: what, how it is, and perhaps a button that does something about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout

from relsim_desktop.theme import Theme
from relsim_desktop.views.labels import label


class FactsCard(QFrame):
    """Rows of facts below a title; the texts may be changed afterwards."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setObjectName("modelCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._facts: list[tuple[str, str]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, 120)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label(theme, title, scale=1.15, bold=True))
        layout.addLayout(self._grid)

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Replace all rows by facts without buttons; the same ones stay, with what is selected."""
        if facts == self._facts:
            return
        self._facts = facts
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(facts):
            self._add_texts(row, name, value)

    def add(self, name: str, button: QPushButton | None = None) -> _Value:
        """Add a row; what is returned shows its value."""
        row = self._grid.rowCount()
        value = self._add_texts(row, name, "")
        if button is not None:
            button.setAccessibleDescription(name)
            self._grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignTop)
        return value

    def _add_texts(self, row: int, name: str, text: str) -> _Value:
        title = label(self._theme, name, muted=True)
        value = _Value(self._theme, text)
        is_long = "\n" in text
        where = Qt.AlignmentFlag.AlignTop if is_long else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(title, row, 0, where)
        self._grid.addWidget(value.line, row, 1)
        return value


class _Value:
    """The text of a row."""

    def __init__(self, theme: Theme, text: str) -> None:
        self.line = label(theme, text)
        self.line.setWordWrap(True)
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    @property
    def text(self) -> str:
        """What is shown."""
        return self.line.text()

    def show(self, text: str, *, danger: bool = False) -> None:
        """Show another text."""
        self.line.setText(text)
        if self.line.property("danger") != danger:
            self.line.setProperty("danger", danger)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
