"""All that one can do with a group, each with its key, and a line that says what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.labels import label
from relsim_desktop.views.verify.keys import KeyButton

_HINT = QT_TRANSLATE_NOOP("", "Keys 1 to 9, or Tab, choose a picture. Space is Next as well.")
_WRITING_HINT = QT_TRANSLATE_NOOP(
    "",
    "Words in braces stand for what differs from picture to picture; { puts what is selected in "
    "braces.",
)


class VerifyBar(QWidget):
    """Two sets of buttons: for deciding, and while a caption is being written."""

    asked = Signal(str)
    """Name of the verb: a key of `buttons`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        keys = QKeySequence.SequenceFormat.NativeText
        self.buttons = {
            "accept": KeyButton(theme, tr("Accept"), "A", primary=True),
            "edit": KeyButton(theme, tr("Edit"), "E"),
            "reject": KeyButton(theme, tr("Reject"), "R"),
            "previous": KeyButton(theme, tr("Previous"), "P"),
            "next": KeyButton(theme, tr("Next"), "N"),
            "unseen": KeyButton(theme, tr("Next undecided"), "U"),
            "take out": KeyButton(theme, tr("Take out picture"), tr("Del")),
            "undo": KeyButton(theme, tr("Undo"), QKeySequence("Ctrl+Z").toString(keys)),
            "redo": KeyButton(theme, tr("Redo"), QKeySequence("Ctrl+Shift+Z").toString(keys)),
            "write": KeyButton(theme, tr("Save and accept"), tr("Enter"), primary=True),
            "give up": KeyButton(theme, tr("Give up"), tr("Esc")),
        }
        self.line = label(theme)
        self.line.setWordWrap(True)
        self._said = self._concern = self._hint = ""
        self._clusters = [
            self._cluster("accept", "edit", "reject"),
            self._cluster("previous", "next", "unseen"),
            self._cluster("take out", "undo", "redo"),
        ]
        self._is_wide: bool | None = None
        self._deciding = QWidget()
        self._grid = QGridLayout(self._deciding)
        self._writing = self._cluster("write", "give up")
        self._sets = QStackedWidget()
        self._lay_out()
        for verb, button in self.buttons.items():
            button.clicked.connect(lambda _=False, verb=verb: self.asked.emit(verb))
        self.show_deciding()

    def say(self, text: str) -> None:
        """Show what came of something, until something else happens."""
        self._said = text
        self._refresh()

    def show_concern(self, text: str) -> None:
        """Show what is wrong with the caption, when there is nothing else to say."""
        self._concern, self._said = text, ""
        self._refresh()

    def _refresh(self) -> None:
        self.line.setText(self._said or self._concern or self._hint)
        self.line.setProperty("muted", not (self._said or self._concern))
        is_concern = self._said.startswith(self._concern) if self._said else True
        self.line.setProperty("danger", bool(self._concern) and is_concern)
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def show_deciding(self, *, has_group: bool = True) -> None:
        """Show what one can do with a group, or where there is none, how to get to one."""
        self._hint = tr(_HINT) if has_group else ""
        self._sets.setCurrentWidget(self._deciding)
        self._refresh()

    def show_writing(self) -> None:
        """Show how a caption is finished."""
        self._hint = tr(_WRITING_HINT)
        self._sets.setCurrentWidget(self._writing)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one row where there is room, else two."""
        self._spread()

    def _cluster(self, *verbs: str) -> QWidget:
        cluster = QWidget()
        row = QHBoxLayout(cluster)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for verb in verbs:
            row.addWidget(self.buttons[verb])
        row.addStretch()
        return cluster

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._sets.addWidget(self._deciding)
        self._sets.addWidget(self._writing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self._sets)
        self._spread()

    def _spread(self) -> None:
        gaps = 2 * self._grid.horizontalSpacing()
        needed = sum(cluster.sizeHint().width() for cluster in self._clusters) + gaps
        is_wide = self.width() >= needed
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        deciding, moving, changing = self._clusters
        self._grid.addWidget(deciding, 0, 0)
        self._grid.addWidget(moving, 0, 1)
        if is_wide:
            self._grid.addWidget(changing, 0, 2)
        else:
            self._grid.addWidget(changing, 1, 0, 1, 2)
        self._grid.setColumnStretch(1, 1)
