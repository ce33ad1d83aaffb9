"""What is said when somebody has answered everything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from relsim_desktop import study_phrases
from relsim_desktop.presenters.study_answering import Answering
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import MessagePage


class EndPanel(QWidget):
    """Thanks, and what comes next."""

    back_asked = Signal()
    other_asked = Signal()
    results_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.message = MessagePage(theme)
        self.back_button = push_button(tr("Take the last answer back"))
        self.other_button = push_button(tr("Somebody else answers"), primary=True)
        self.results_button = push_button(tr("Results"))
        for button, signal in (
            (self.back_button, self.back_asked),
            (self.other_button, self.other_asked),
            (self.results_button, self.results_asked),
        ):
            button.clicked.connect(signal)
        inside = self.message.layout()
        assert inside is not None
        inside.setContentsMargins(32, 32, 32, 20)  # the buttons belong to what is said
        still = QSizePolicy.Policy.Fixed
        self.message.setSizePolicy(QSizePolicy.Policy.Preferred, still)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for control in self.controls:
            row.addWidget(control)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self.message)
        layout.addLayout(row)
        layout.addStretch(3)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (self.back_button, self.results_button, self.other_button)

    def show_end(self, answering: Answering) -> None:
        """Thank who has answered."""
        self.message.say("verified", *study_phrases.end(answering))
        self.back_button.setEnabled(answering.done > 0)

    def take_focus(self) -> None:
        """Let the keyboard choose what comes next; who knows the results is not blind."""
        self.other_button.setFocus(Qt.FocusReason.OtherFocusReason)
