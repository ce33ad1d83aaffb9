"""Which files could not be read, and why, as a dialog; the page of the health shows the same."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from relsim_desktop.itemmodels.failures import FailuresModel
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.library.failures_table import FailuresTable


class FailuresDialog(QDialog):
    """A `FailuresTable` and a button to close it."""

    def __init__(self, theme: Theme, model: FailuresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Files that could not be read"))
        self.resize(820, 480)
        self.content = FailuresTable(theme, model)
        self.table = self.content.table
        self.title = self.content.title
        self.retry_button = self.content.retry_button
        self.copy = self.content.copy
        self.retry_asked = self.content.retry_asked
        self.reveal_asked = self.content.reveal_asked
        self.close_button = push_button(tr("Close"), primary=True)
        self.close_button.clicked.connect(self.accept)
        self.content.buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.addWidget(self.content)
