"""The prompt: written by the idea and its slots, and to be reworded by a person."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from relsim_desktop import analogy_phrases
from relsim_desktop.presenters.analogy import Composition
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.analogy.fitting import fit_height
from relsim_desktop.views.buttons import text_button
from relsim_desktop.views.labels import label

_LEAST_LINES, _MOST_LINES = 2, 6


class PromptCard(QWidget):
    """Follows a `Composition`."""

    def __init__(self, theme: Theme, composition: Composition) -> None:
        super().__init__()
        self._composition = composition
        self.editor = QPlainTextEdit()
        self.editor.setObjectName("noteEdit")
        self.editor.setAccessibleName(tr("The prompt"))
        self.editor.setTabChangesFocus(True)
        self.editor.setAcceptDrops(False)  # what is dropped belongs to the window
        self.copy_button = text_button(
            theme, "copy", tr("Copy"), tooltip=tr("Copy the prompt for any image generator")
        )
        self.copy_button.setAccessibleName(tr("Copy the prompt"))
        self.note = label(theme, scale=0.9, muted=True)
        self.note.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(label(theme, tr("The prompt"), bold=True))
        head.addStretch()
        head.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.editor)
        layout.addWidget(self.note)
        self.editor.textChanged.connect(self._on_edited)
        self.editor.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.editor.installEventFilter(self)
        composition.filled.connect(self._show)
        self._show()

    @property
    def tab_order(self) -> list[QWidget]:
        """What the keyboard can reach, in order."""
        return [self.copy_button, self.editor]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower is taller."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that is left empty shows again what the slots write."""
        if event.type() == QEvent.Type.FocusOut:
            self._show()
        return False

    def _on_edited(self) -> None:
        self._composition.reword(self.editor.toPlainText())

    def _show(self) -> None:
        composition = self._composition
        written = " ".join(self.editor.toPlainText().split())
        is_begun_anew = not written and self.editor.hasFocus()
        if written != composition.prompt and not is_begun_anew:
            with QSignalBlocker(self.editor):
                self.editor.setPlainText(composition.prompt)
        self.note.setText(
            tr("In your words, until a slot or the idea changes")
            if composition.is_reworded
            else analogy_phrases.missing(composition.missing)
        )
        self.note.setVisible(bool(self.note.text()))
        self.copy_button.setEnabled(bool(composition.prompt))
        self.setVisible(bool(composition.caption))
        self._fit()

    def _fit(self) -> None:
        fit_height(self.editor, _LEAST_LINES, _MOST_LINES)
