"""What scores that a person asks for have in common: rows, a button, progress and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import ElidedLabel, label

if TYPE_CHECKING:
    from engine.jobs import Progress


class AskedScores(QWidget):
    """A heading, the scores that are there, and the button that asks for them.

    Args:
        theme: Draws the icons.
        title: The heading.
        verb: On the button.
        note: Stands below the scores.
    """

    def __init__(self, theme: Theme, title: str, verb: str, note: str) -> None:
        super().__init__()
        self._theme = theme
        self.ask_button = push_button(verb)
        self.cancel_button = icon_button(theme, "cancel", tr("Stop scoring"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.doing = ElidedLabel(theme, scale=0.9, muted=True)
        self.note = label(theme, note, scale=0.9, muted=True)
        self.note.setWordWrap(True)
        self.rows = QWidget()
        self._grid = QGridLayout(self.rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.running = QWidget()
        running = QHBoxLayout(self.running)
        running.setContentsMargins(0, 0, 0, 0)
        bars = QVBoxLayout()
        bars.setSpacing(2)
        bars.addWidget(self.doing)
        bars.addWidget(self.progress)
        running.addLayout(bars, 1)
        running.addWidget(self.cancel_button)
        self.parts = QVBoxLayout(self)
        self.parts.setContentsMargins(16, 8, 16, 8)
        self.parts.setSpacing(8)
        self.parts.addWidget(label(theme, title, scale=1.15, bold=True))
        for part in (self.rows, self.running, self.ask_button, self.note):
            self.parts.addWidget(part)

    def clear(self) -> None:
        """Take the scores away."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def add_score(self, place: int, name: str, number: str, spoken: str, about: str) -> None:
        """Show a score.

        Args:
            place: Its place among all, from 0.
            name: Who gave it.
            number: As it is read.
            spoken: The same for a screen reader.
            about: What else is known of it.
        """
        self._add_name(place, name)
        value = label(self._theme, number, bold=True)
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        value.setAccessibleName(spoken)
        self._grid.addWidget(value, 2 * place, 1)
        line = label(self._theme, about, scale=0.9, muted=True)
        line.setWordWrap(True)
        self._grid.addWidget(line, 2 * place + 1, 0, 1, 2)

    def add_trouble(self, place: int, name: str, trouble: str) -> None:
        """Show why there is no score; see `add_score`."""
        self._add_name(place, name)
        why = label(self._theme, trouble, scale=0.9)
        why.setProperty("danger", True)
        why.setWordWrap(True)
        self._grid.addWidget(why, 2 * place + 1, 0, 1, 2)

    def show_progress(self, progress: Progress | None, *, is_stopping: bool) -> None:
        """Show how far it has come; None leaves what is shown.

        Args:
            progress: In models.
            is_stopping: A person has had enough; a model that is being loaded has to come first.
        """
        self.cancel_button.setEnabled(not is_stopping)
        if progress is None:
            return
        self.progress.setRange(0, progress.total or 0)
        self.progress.setValue(progress.done)
        doing = tr("Asking {model}…").replace("{model}", progress.phase)
        self.doing.full_text = (
            tr("Stopping…") if is_stopping
            else doing if progress.phase
            else tr("Waiting for its turn…")
        )  # fmt: skip

    def _add_name(self, place: int, name: str) -> None:
        line = ElidedLabel(self._theme)
        line.full_text = name
        self._grid.addWidget(line, 2 * place, 0)
