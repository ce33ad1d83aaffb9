"""Where a person writes what the library leaves out, and sees at once what that would hide."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from relsim_desktop import folder_phrases
from relsim_desktop.operations.folders import RulesCheck
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

_LINES = 6


class RulesEditor(QFrame):
    """A text in gitignore syntax with a live count; nothing holds before it is saved."""

    drafted = Signal(str)
    """Another text was typed."""

    save_asked = Signal(str)
    """The text is to hold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("modelCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._saved = ""
        self._is_sound = True
        self.text = QPlainTextEdit()
        self.text.setObjectName("noteEdit")
        self.text.setAccessibleName(tr("What is left out"))
        self.text.setPlaceholderText("cache/\n*-draft.*\n!keep/*-draft.png")
        self.text.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.font(0.95).pointSizeF())
        self.text.setFont(font)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + 20)
        self.count = label(theme, scale=0.95)
        self.count.setWordWrap(True)
        self.count.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.save_button = push_button(tr("Leave these out"), primary=True)
        self.revert_button = push_button(tr("Discard changes"))
        self._lay_out(theme)
        self.text.textChanged.connect(self._on_typed)
        self.save_button.clicked.connect(lambda: self.save_asked.emit(self.text.toPlainText()))
        self.revert_button.clicked.connect(lambda: self.text.setPlainText(self._saved))
        self._update()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (self.text, self.revert_button, self.save_button)

    @property
    def is_used(self) -> bool:
        """Whether there are rules, or a person writes some."""
        return bool(self._saved or self.text.toPlainText())

    def show_saved(self, rules: str) -> None:
        """The rules that hold now; what a person is typing is kept."""
        is_drafting = self.text.toPlainText() != self._saved
        self._saved = rules
        if not is_drafting and self.text.toPlainText() != rules:
            self.text.setPlainText(rules)
        self._update()

    def show_check(self, check: RulesCheck) -> None:
        """What the typed rules would do."""
        self._is_sound = not check.errors
        is_blank = not self.text.toPlainText().strip()
        nothing = tr("Nothing is left out")
        self.count.setText(nothing if is_blank else folder_phrases.check_of_rules(check))
        self.count.setProperty("danger", not self._is_sound)
        self.count.style().unpolish(self.count)
        self.count.style().polish(self.count)
        self._update()

    def _on_typed(self) -> None:
        self._is_sound = False  # until it is checked
        self._update()
        self.drafted.emit(self.text.toPlainText())

    def _update(self) -> None:
        is_new = self.text.toPlainText() != self._saved
        self.save_button.setEnabled(is_new and self._is_sound)
        self.revert_button.setEnabled(is_new)

    def _lay_out(self, theme: Theme) -> None:
        hint = label(
            theme,
            tr(
                "One pattern a line, as in a .gitignore file; files named .relsimignore inside"
                " folders count too. What is left out is not deleted, and comes back at once"
                " when the pattern goes."
            ),
            scale=0.95,
            muted=True,
        )
        hint.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.revert_button)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label(theme, tr("Left out"), scale=1.15, bold=True))
        layout.addWidget(hint)
        layout.addWidget(self.text)
        layout.addLayout(foot)
