"""Who answers: a new name, or somebody who began before; and what there is to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from engine.study.values import LONGEST_NAME, person_key, person_name
from relsim_desktop import study_phrases
from relsim_desktop.operations.study import StudyOverview
from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.asking.chips import chip
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import label

_WIDEST = 560
_MOST = 12

_HOW = QT_TRANSLATE_NOOP(
    "",
    "You see a picture and, below it, two others. Say which of the two is closer to it in its"
    " logic: what happens, how things relate, what they do, whatever they look like. If neither is"
    " closer, say so. There is no right answer, and you do not learn which method found which.",
)
_STOPPING = QT_TRANSLATE_NOOP(
    "", "Every answer is kept at once. You may stop at any time and go on later under your name."
)


class WhoPanel(QWidget):
    """Asks for a name."""

    started = Signal(str)
    """The name of who answers from now on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._study: StudyOverview | None = None
        self.title = label(theme, scale=1.3, bold=True)
        self.length = label(theme, muted=True)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(tr("Your name, or a made-up one"))
        self.name.setAccessibleName(tr("Who answers"))
        self.start_button = push_button(tr("Begin"), primary=True)
        self.known = QWidget()
        self.people: list[QToolButton] = []
        self._chips = FlowLayout(self.known)
        self._known_line = label(theme, tr("Or go on as"), scale=0.95, muted=True)
        self._lay_out()
        self.name.textChanged.connect(self._on_edited)
        self.name.returnPressed.connect(self._start)
        self.start_button.clicked.connect(self._start)
        self._on_edited()

    def show_study(self, study: StudyOverview, name: str) -> None:
        """Ask for a study.

        Args:
            study: What is to be answered.
            name: Who answered last; stands there to be taken or replaced.
        """
        self._study = study
        self.title.setText(study.title)
        self.length.setText(study_phrases.length(study))
        self.name.setText(name)
        self.name.selectAll()
        self.show_people(study)

    def show_people(self, study: StudyOverview) -> None:
        """Show who has begun."""
        self._study = study
        self._chips.take_all()
        self.people = []
        people = sorted(study.answered, key=str.casefold)[:_MOST]
        for person in people:
            button = chip(self._theme, study_phrases.person(study, person))
            button.setCheckable(False)
            button.clicked.connect(lambda _=False, person=person: self.started.emit(person))
            self._chips.addWidget(button)
            self.people.append(button)
        for part in (self.known, self._known_line):
            part.setVisible(bool(people))
        self._on_edited()

    def take_focus(self) -> None:
        """Let the keyboard write."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self) -> None:
        name = self._clean
        if name:
            self.started.emit(name)

    @property
    def _clean(self) -> str:
        return person_name(self.name.text())

    def _on_edited(self) -> None:
        known = self._study.answered if self._study is not None else {}
        is_known = person_key(self._clean) in map(person_key, known)
        self.start_button.setEnabled(bool(self._clean))
        self.start_button.setText(tr("Go on") if is_known else tr("Begin"))

    def _lay_out(self) -> None:
        theme = self._theme
        how, stopping = label(theme, tr(_HOW)), label(theme, tr(_STOPPING), muted=True)
        for line in (self.title, how, stopping):
            line.setWordWrap(True)
        write = QHBoxLayout()
        write.setSpacing(8)
        write.addWidget(self.name, 1)
        write.addWidget(self.start_button)
        card = QFrame()
        card.setObjectName("modelCard")
        card.setMaximumWidth(_WIDEST)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(28, 24, 28, 24)
        inside.setSpacing(12)
        inside.addWidget(self.title)
        inside.addWidget(self.length)
        inside.addWidget(how)
        inside.addWidget(stopping)
        inside.addSpacing(4)
        inside.addLayout(write)
        inside.addWidget(self._known_line)
        inside.addWidget(self.known)
        layout = QVBoxLayout(self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 100)
        row.addStretch(1)
        layout.addStretch(2)
        layout.addLayout(row)
        layout.addStretch(3)
