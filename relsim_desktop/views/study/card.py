"""One study as a card: what it compares, how far it is, what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from relsim_desktop import study_phrases
from relsim_desktop.operations.study import StudyOverview
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import ElidedLabel, label

_ICON = 28


class StudyCard(QFrame):
    """Shows a `StudyOverview`."""

    answer_asked = Signal()
    results_asked = Signal()
    page_asked = Signal()
    import_asked = Signal()
    reveal_asked = Signal()
    remove_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("modelCard")  # looks like the other cards of the program
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._is_sound = True
        self._icon = QLabel()
        self.title = label(theme, scale=1.15, bold=True)
        self.compared = label(theme, scale=0.95, muted=True)
        self.progress = label(theme)
        self.trouble = label(theme, scale=0.95)
        self.trouble.setProperty("danger", True)
        self.place = ElidedLabel(theme, scale=0.95, muted=True)
        for line in (self.title, self.compared, self.progress, self.trouble):
            line.setWordWrap(True)
        self.answer_button = push_button(tr("Answer…"))
        self.results_button = push_button(tr("Results"))
        self.more_button = icon_button(theme, "more", tr("More"))
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        self.answer_button.clicked.connect(self.answer_asked)
        self.results_button.clicked.connect(self.results_asked)
        theme.changed.connect(self._draw_icon)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (self.answer_button, self.results_button, self.more_button)

    def show_study(self, study: StudyOverview, *, is_own: bool) -> None:
        """Show how a study is now.

        Args:
            study: What is known of it.
            is_own: Whether it lies in the library's own folder.
        """
        self._is_sound = not study.trouble
        self.title.setText(study.title)
        self.compared.setText(study_phrases.compared(study))
        self.progress.setText(study_phrases.progress(study))
        self.trouble.setText(study.trouble)
        self.place.full_text = str(study.path)
        self.trouble.setVisible(not self._is_sound)
        self.place.setVisible(not is_own and self._is_sound)
        for part in (self.compared, self.progress, self.answer_button, self.results_button):
            part.setVisible(self._is_sound)
        self.results_button.setEnabled(any(study.answered.values()))
        for button, text in (
            (self.answer_button, tr("Answer {study}")),
            (self.results_button, tr("Results of {study}")),
            (self.more_button, tr("More about {study}")),
        ):
            button.setAccessibleName(text.replace("{study}", study.title))
        self._fill_menu(is_own=is_own)
        self._draw_icon()

    def _fill_menu(self, *, is_own: bool) -> None:
        menu = QMenu(self)
        if self._is_sound:
            menu.addAction(tr("Save as a web page…"), self.page_asked.emit)
            menu.addAction(tr("Take in answers…"), self.import_asked.emit)
            menu.addSeparator()
        menu.addAction(tr("Show in file manager"), self.reveal_asked.emit)
        remove = tr("Move to trash…") if is_own else tr("Remove from the list")
        menu.addAction(remove, self.remove_asked.emit)
        before = self.more_button.menu()
        self.more_button.setMenu(menu)
        if before is not None:
            before.deleteLater()

    def _draw_icon(self) -> None:
        colors = self._theme.colors
        icon, color = ("study", colors.accent) if self._is_sound else ("warning", colors.danger)
        self._icon.setPixmap(self._theme.drawing(icon, color, _ICON, self.devicePixelRatioF()))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        for line in (self.title, self.compared, self.progress, self.trouble, self.place):
            words.addWidget(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 12, 16)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        for button in (self.results_button, self.answer_button, self.more_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
