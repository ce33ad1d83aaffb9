"""What scores that a person asks for have in common: rows, a button, progress and a way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.presenters.asked_scores import AskedScores, Score
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.labels import ElidedLabel, label

if TYPE_CHECKING:
    from engine.jobs import Progress


class AskedScoresPanel(QWidget, Generic[Score]):
    """A heading, the scores that are there, and the button that asks for them.

    Args:
        theme: Draws the icons.
        scores: What is shown.
        title: The heading.
        verb: On the button.
        note: Stands below the scores.
    """

    def __init__(
        self, theme: Theme, scores: AskedScores[Score], title: str, verb: str, note: str
    ) -> None:
        super().__init__()
        self._theme = theme
        self._asked = scores
        self._shown: list[Score] = []
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
        self.ask_button.clicked.connect(self.ask)
        self.cancel_button.clicked.connect(scores.cancel)
        scores.changed.connect(self.refresh)

    def large(self) -> Sequence[tuple[str, int]]:
        """Name and bytes of memory (0: not known) of each large model that would be loaded."""
        raise NotImplementedError

    def add(self, place: int, score: Score) -> None:
        """Show a score by `add_score` or `add_trouble`."""
        raise NotImplementedError

    def ask(self) -> Confirmation | None:
        """Ask for scores; where a large model has to be loaded, a person is told what it costs."""
        large = self.large()
        if not large:
            self._asked.ask()
            return None
        lines = [tr("Each of these is loaded in turn, looks at the two, and is let go of:"), ""]
        for name, size in large:
            memory = phrases.size(size) if size else tr("an unknown amount")
            line = tr("•  {model}: at least {memory} of memory")
            lines.append(line.replace("{memory}", memory).replace("{model}", name))
        lines += [
            "",
            tr("With a graphics card that takes seconds to a minute, without one minutes."),
        ]
        title = f"{self.ask_button.text()}?"
        question = Confirmation(title, "\n".join(lines), tr("Score"), self.window())
        question.ask(self._asked.ask, is_harmless=True)
        return question

    def refresh(self) -> None:
        """Show what there is now."""
        asked = self._asked
        if asked.scores != self._shown:
            self._shown = list(asked.scores)
            self._clear()
            for place, score in enumerate(self._shown):
                self.add(place, score)
        self.rows.setVisible(bool(self._shown))
        self.note.setVisible(len(self._shown) > 1)
        self.running.setVisible(asked.is_running)
        self.ask_button.setVisible(not asked.is_running)
        self.ask_button.setEnabled(asked.can_ask)
        self._show_progress(asked.progress, is_stopping=asked.is_stopping)

    def _clear(self) -> None:
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

    def _show_progress(self, progress: Progress | None, *, is_stopping: bool) -> None:
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
