"""Asks before something is done that costs something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from relsim_desktop.translation import tr


class Confirmation(QMessageBox):
    """Asks without holding up the window.

    Attributes:
        yes: The button that says yes.
        no: The button that cancels.
    """

    def __init__(self, title: str, text: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(title)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(title)
        self.setInformativeText(text)
        self.yes = self.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        self.no = self.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)

    def ask(self, then: Callable[[], None], *, is_harmless: bool) -> None:
        """Show the question.

        Args:
            then: What is to be done after a yes.
            is_harmless: Let the return key say yes.
        """
        self.setDefaultButton(self.yes if is_harmless else self.no)
        self.setEscapeButton(self.no)
        self.yes.clicked.connect(then)
        self.open()
