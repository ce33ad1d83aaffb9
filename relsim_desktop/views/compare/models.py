"""What every installed model says of the two: a row for each, and the button that asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.presenters.model_scores import ModelScores
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.labels import ElidedLabel, label

if TYPE_CHECKING:
    from engine.comparing.scoring import ModelScore


class ModelScoresPanel(QWidget):
    """Shows `ModelScores`."""

    def __init__(self, theme: Theme, scores: ModelScores) -> None:
        super().__init__()
        self._theme = theme
        self._scores = scores
        self._shown: list[ModelScore] = []
        self.ask_button = push_button(tr("Score with all models"))
        self.cancel_button = icon_button(theme, "cancel", tr("Stop scoring"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.doing = ElidedLabel(theme, scale=0.9, muted=True)
        self.note = label(
            theme,
            tr("Numbers of different models cannot be compared. The percentile places each."),
            scale=0.9,
            muted=True,
        )
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._running = QWidget()
        self._lay_out()
        self.ask_button.clicked.connect(self.ask)
        self.cancel_button.clicked.connect(scores.cancel)
        scores.changed.connect(self._on_changed)
        self._on_changed()

    def ask(self) -> Confirmation | None:
        """Ask the models; where a large one has to be loaded, a person is told what that costs."""
        large = [one for one in self._scores.models if one.is_large]
        if not large:
            self._scores.ask()
            return None
        lines = [tr("Each of these is loaded in turn, looks at the two, and is let go of:"), ""]
        for one in large:
            memory = phrases.size(one.memory) if one.memory else tr("an unknown amount")
            line = tr("•  {model}: at least {memory} of memory")
            lines.append(line.replace("{model}", one.model).replace("{memory}", memory))
        lines += [
            "",
            tr("With a graphics card that takes seconds to a minute, without one minutes."),
        ]
        question = Confirmation(
            tr("Score with all models?"), "\n".join(lines), tr("Score"), self.window()
        )
        question.ask(self._scores.ask, is_harmless=True)
        return question

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        bars = QVBoxLayout()
        bars.setSpacing(2)
        bars.addWidget(self.doing)
        bars.addWidget(self.progress)
        running.addLayout(bars, 1)
        running.addWidget(self.cancel_button)
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(label(self._theme, tr("By model"), scale=1.15, bold=True))
        layout.addWidget(self._rows)
        layout.addWidget(self._running)
        layout.addWidget(self.ask_button)
        layout.addWidget(self.note)

    def _on_changed(self) -> None:
        scores = self._scores
        if scores.scores != self._shown:
            self._shown = list(scores.scores)
            self._fill()
        self._rows.setVisible(bool(self._shown))
        self.note.setVisible(len(self._shown) > 1)
        self._running.setVisible(scores.is_running)
        self.ask_button.setVisible(not scores.is_running)
        others = len(scores.models) > 1
        self.ask_button.setEnabled(scores.can_ask and others)
        self.ask_button.setToolTip(
            tr("Every installed model scores the two, one after another")
            if others
            else tr("Only the small model is installed; “Models” in the menu “Library” gets others")
        )
        progress = scores.progress
        if progress is not None:
            self.progress.setRange(0, progress.total or 0)
            self.progress.setValue(progress.done)
            doing = tr("Asking {model}…").replace("{model}", progress.phase)
            self.doing.full_text = doing if progress.phase else tr("Waiting for its turn…")

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, score in enumerate(self._shown):
            self._add(2 * row, score)

    def _add(self, row: int, score: ModelScore) -> None:
        name = ElidedLabel(self._theme)
        name.full_text = score.model
        self._grid.addWidget(name, row, 0)
        if score.relational is None:
            why = label(self._theme, score.trouble or "", scale=0.9)
            why.setProperty("danger", True)
            why.setWordWrap(True)
            self._grid.addWidget(why, row + 1, 0, 1, 2)
            return
        number = label(self._theme, phrases.score(score.relational), bold=True)
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        number.setAccessibleName(
            tr("Relation {relation} by {model}")
            .replace("{relation}", number.text())
            .replace("{model}", score.model)
        )
        self._grid.addWidget(number, row, 1)
        place = label(self._theme, _place(score), scale=0.9, muted=True)
        place.setWordWrap(True)
        self._grid.addWidget(place, row + 1, 0, 1, 2)


def _place(score: ModelScore) -> str:
    """Where a score stands, the look if the model gives one, and what it took."""
    if score.percentile is None:
        parts = [tr("has seen too few pictures here to place it")]
    else:
        place = phrases.percentile(score.percentile)
        parts = [tr("closer than {percent} of pairs").replace("{percent}", place)]
    if score.attribute is not None:
        parts.append(tr("look {look}").replace("{look}", phrases.score(score.attribute)))
    if score.seconds >= 1:
        parts.append(tr("{seconds} s").replace("{seconds}", f"{score.seconds:.0f}"))
    return " · ".join(parts)
