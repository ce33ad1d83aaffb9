"""What stands where the cards would be: nothing asked, nothing yet, nothing found, a fetch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import MessagePage

_STEPS = 1000
_BAR_WIDTH = 320


class AnswerMessage(QWidget):
    """A message, perhaps with a progress bar and with ways out."""

    chosen = Signal(int)
    """The number of the way out that was taken."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._page = MessagePage(theme)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR_WIDTH)
        self.buttons: list[QPushButton] = []
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._page, 3)
        layout.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        layout.addLayout(self._ways)
        layout.addStretch(2)
        self.bar.hide()

    @property
    def title(self) -> str:
        """The sentence."""
        return self._page.title

    def say(self, icon: str, title: str, hint: str = "", *, ways: Sequence[str] = ()) -> None:
        """Show another message.

        Args:
            icon: Its name.
            title: What is the matter.
            hint: What can be done about it.
            ways: The texts of buttons that do it.
        """
        self._page.say(icon, title, hint)
        self.bar.hide()
        for old in self.buttons:
            self._ways.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [push_button(text) for text in ways]
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, number=number: self.chosen.emit(number))
            self._ways.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._page.layout().setContentsMargins(32, 32, 32, 8 if ways else 64)  # type: ignore[union-attr]

    def show_share(self, share: float | None) -> None:
        """Show how far something is.

        Args:
            share: In 0..1; None while that is not known.
        """
        self.bar.setRange(0, 0 if share is None else _STEPS)
        if share is not None:
            self.bar.setValue(round(share * _STEPS))
        self.bar.show()
