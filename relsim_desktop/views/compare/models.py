"""What every installed model says of the two: a row for each, and the button that asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.presenters.model_scores import ModelScores
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.compare.asked import AskedScores
from relsim_desktop.views.confirmation import Confirmation

if TYPE_CHECKING:
    from engine.comparing.scoring import ModelScore


class ModelScoresPanel(AskedScores):
    """Shows `ModelScores`."""

    def __init__(self, theme: Theme, scores: ModelScores) -> None:
        super().__init__(
            theme,
            tr("By model"),
            tr("Score with all models"),
            tr("Numbers of different models cannot be compared. The percentile places each."),
        )
        self._scores = scores
        self._shown: list[ModelScore] = []
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

    def _on_changed(self) -> None:
        scores = self._scores
        if scores.scores != self._shown:
            self._shown = list(scores.scores)
            self.clear()
            for place, score in enumerate(self._shown):
                self._add(place, score)
        self.rows.setVisible(bool(self._shown))
        self.note.setVisible(len(self._shown) > 1)
        self.running.setVisible(scores.is_running)
        self.ask_button.setVisible(not scores.is_running)
        others = len(scores.models) > 1
        self.ask_button.setEnabled(scores.can_ask and others)
        self.ask_button.setToolTip(
            tr("Every installed model scores the two, one after another")
            if others
            else tr("Only the small model is installed; “Models” in the menu “Library” gets others")
        )
        self.show_progress(scores.progress, is_stopping=scores.is_stopping)

    def _add(self, place: int, score: ModelScore) -> None:
        if score.relational is None:
            self.add_trouble(place, score.model, score.trouble or "")
            return
        number = phrases.score(score.relational)
        spoken = (
            tr("Relation {relation} by {model}")
            .replace("{relation}", number)
            .replace("{model}", score.model)
        )
        self.add_score(place, score.model, number, spoken, _place(score))


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
