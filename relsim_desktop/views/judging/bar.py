"""The three buttons that judge two pictures that lie side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from relsim_desktop import judging_phrases
from relsim_desktop.judging_phrases import VERDICTS
from relsim_desktop.presenters.verdicts import ComparedVerdict
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import text_button

if TYPE_CHECKING:
    from engine.types import PairVerdict


class VerdictBar(QWidget):
    """Shows a `ComparedVerdict`; nothing where there is no pair to judge."""

    def __init__(self, theme: Theme, compared: ComparedVerdict) -> None:
        super().__init__()
        self._compared = compared
        self.buttons: dict[PairVerdict, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addStretch()
        for verdict, text in VERDICTS.items():
            tooltip = judging_phrases.verdict_with_key(verdict)
            button = text_button(theme, verdict, tr(text), tooltip=tooltip)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, verdict=verdict: compared.toggle(verdict))
            self.buttons[verdict] = button
            row.addWidget(button)
        row.addStretch()
        compared.changed.connect(self._on_changed)
        self._on_changed()

    def listen(self, page: QWidget) -> None:
        """Let the keys 1, 2 and 3 judge while a page is shown, wherever the keyboard is."""
        for number, verdict in enumerate(VERDICTS, start=1):
            key = QShortcut(str(number), page)
            key.setAutoRepeat(False)
            key.activated.connect(lambda verdict=verdict: self._compared.toggle(verdict))

    def _on_changed(self) -> None:
        pair = self._compared.pair
        self.setVisible(pair is not None)
        for verdict, button in self.buttons.items():
            button.setChecked(pair is not None and pair.verdict == verdict)
