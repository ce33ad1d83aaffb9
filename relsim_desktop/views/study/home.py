"""The studies that there are, as cards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from relsim_desktop.operations.study import StudyOverview
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import MessagePage, label
from relsim_desktop.views.narrow_column import fill_narrow
from relsim_desktop.views.study.card import StudyCard

_WIDEST = 900


class StudyHome(QWidget):
    """Cards of studies, one below the other. Signals name a study by its folder."""

    new_asked = Signal()
    open_asked = Signal()
    answer_asked = Signal(object)
    results_asked = Signal(object)
    page_asked = Signal(object)
    import_asked = Signal(object)
    reveal_asked = Signal(object)
    remove_asked = Signal(object)
    cancel_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards: dict[Path, StudyCard] = {}
        self.new_button = push_button(tr("New study…"), primary=True)
        self.open_button = push_button(tr("Open a folder…"))
        self.message = MessagePage(theme)
        self.message.say("study", tr("Looking for studies…"))
        self.doing = label(theme, muted=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel_button = icon_button(theme, "cancel", tr("Stop"))
        self._running = QWidget()
        self._list = QVBoxLayout()
        self._lay_out()
        self.new_button.clicked.connect(self.new_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.cancel_button.clicked.connect(self.cancel_asked)

    def show_studies(self, studies: Sequence[StudyOverview], others: Collection[Path]) -> None:
        """Show the studies as they are now; cards stay, so that the keyboard does not lose one.

        Args:
            studies: In the order in which they are shown.
            others: Folders of those that lie outside the library's own folder.
        """
        paths = [study.path for study in studies]
        for path in [known for known in self.cards if known not in paths]:
            card = self.cards.pop(path)
            self._list.removeWidget(card)
            card.deleteLater()
        for position, study in enumerate(studies):
            card = self.cards.get(study.path) or self._new_card(study.path)
            self._list.removeWidget(card)
            self._list.insertWidget(position, card)
            card.show_study(study, is_own=study.path not in others)
        self.message.say(
            "study",
            tr("Which method finds what people find closer?"),
            tr(
                "A user study shows a picture and what two methods found for it, without saying"
                " which is which. People choose the closer one, and the results say how often"
                " each method was chosen."
            ),
        )
        self.message.setVisible(not studies)
        chain = [
            self.open_button,
            self.new_button,
            *(control for path in paths for control in self.cards[path].controls),
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def show_running(self, text: str) -> None:
        """Say what is being written; nothing if empty."""
        self.doing.setText(text)
        self.bar.setRange(0, 0)
        self._running.setVisible(bool(text))

    def show_progress(self, done: int, total: int | None) -> None:
        """Say how far it is."""
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)

    def focus_card(self, path: Path | None) -> None:
        """Let the keyboard act on a study, or on what makes one."""
        card = self.cards.get(path) if path is not None else None
        target = self.new_button if card is None else card.answer_button
        if card is not None and not card.answer_button.isVisibleTo(card):
            target = self.new_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_card(self, path: Path) -> StudyCard:
        card = self.cards[path] = StudyCard(self._theme)
        for signal, asked in (
            (card.answer_asked, self.answer_asked),
            (card.results_asked, self.results_asked),
            (card.page_asked, self.page_asked),
            (card.import_asked, self.import_asked),
            (card.reveal_asked, self.reveal_asked),
            (card.remove_asked, self.remove_asked),
        ):
            signal.connect(lambda asked=asked: asked.emit(path))
        return card

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self._theme, tr("User studies"), scale=1.3, bold=True), 1)
        head.addWidget(self.open_button)
        head.addWidget(self.new_button)
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.setSpacing(12)
        running.addWidget(self.doing)
        running.addWidget(self.bar, 1)
        running.addWidget(self.cancel_button)
        self._running.hide()
        self._list.setSpacing(12)
        column = QVBoxLayout()
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._running)
        column.addWidget(self.message)
        column.addLayout(self._list)
        column.addStretch()
        fill_narrow(self, column, _WIDEST)
