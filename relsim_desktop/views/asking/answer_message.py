"""What stands where the cards would be: nothing asked, nothing yet, nothing found, a fetch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

_ICON = 48
_STEPS = 1000
_BAR_WIDTH = 320


class AnswerMessage(QWidget):
    """An icon, a sentence and a hint, perhaps with a progress bar and with ways out."""

    chosen = Signal(int)
    """The number of the way out that was taken."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = "analogy"
        self._icon = QLabel()
        self._title = label(theme, scale=1.1, bold=True)
        self._hint = label(theme, muted=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR_WIDTH)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        self.buttons: list[QPushButton] = []
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 48)
        layout.setSpacing(8)
        layout.addStretch(2)
        for part in (self._icon, self._title, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        for part in (self._title, self._hint):
            part.setWordWrap(True)
        layout.addSpacing(8)
        layout.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._ways)
        layout.addStretch(3)
        theme.changed.connect(self._draw_icon)

    @property
    def title(self) -> str:
        """The sentence."""
        return self._title.text()

    @property
    def hint(self) -> str:
        """What stands below it."""
        return self._hint.text()

    def say(self, icon: str, title: str, hint: str = "", *, ways: Sequence[str] = ()) -> None:
        """Show another message.

        Args:
            icon: Its name.
            title: What is the matter.
            hint: What can be done about it.
            ways: The texts of buttons that do it.
        """
        self._icon_name = icon
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.bar.hide()
        for old in self.buttons:
            self._ways.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [push_button(text) for text in ways]
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, number=number: self.chosen.emit(number))
            self._ways.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._draw_icon()

    def show_share(self, share: float | None) -> None:
        """Show how far something is.

        Args:
            share: In 0..1; None while that is not known.
        """
        self.bar.setRange(0, 0 if share is None else _STEPS)
        if share is not None:
            self.bar.setValue(round(share * _STEPS))
        self.bar.show()

    def _draw_icon(self) -> None:
        color, scale = self._theme.colors.attribute, self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.drawing(self._icon_name, color, _ICON, scale))
