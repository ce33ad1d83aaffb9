"""Where a person names a board."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

_HINT = QT_TRANSLATE_NOOP(
    "",
    "A name that is a relation with its slots in braces, such as {Subject} growing step by step, "
    "becomes the caption when the board is exported as a group.",
)


class BoardDialog(QDialog):
    """One line to write in. Return saves, Escape cancels."""

    named = Signal(str)

    def __init__(
        self, theme: Theme, title: str, verb: str, taken: Iterable[str], parent: QWidget | None
    ) -> None:
        """Build it.

        Args:
            theme: Dresses it.
            title: For example ``New board``.
            verb: What the button says.
            taken: Names of the other boards.
            parent: The window below it.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self._taken = {name.casefold() for name in taken}
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Name of the board"))
        self.line.setPlaceholderText(tr("Name of the board"))
        self.hint = label(theme, _HINT, scale=0.9, muted=True)
        self.hint.setWordWrap(True)
        self.cancel_button = push_button(tr("Cancel"))
        self.save_button = push_button(verb, primary=True)
        self.save_button.setDefault(True)
        self.line.textChanged.connect(self._on_edited)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(theme, title, scale=1.15, bold=True))
        layout.addWidget(self.line)
        layout.addWidget(self.hint)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self._on_edited()

    def show_name(self, name: str) -> None:
        """Begin with a name, selected so that typing replaces it."""
        self.line.setText(name)
        self.line.selectAll()

    @property
    def _name(self) -> str:
        return " ".join(self.line.text().split())

    def _on_edited(self) -> None:
        is_taken = self._name.casefold() in self._taken
        self.hint.setText(tr("There is a board of that name already.") if is_taken else tr(_HINT))
        self.save_button.setEnabled(bool(self._name) and not is_taken)

    def _on_save(self) -> None:
        self.accept()
        self.named.emit(self._name)
