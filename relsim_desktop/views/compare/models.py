"""What every installed model says of the two: a row for each, and the button that asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.presenters.model_scores import ModelScores
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.compare.asked import AskedScoresPanel

if TYPE_CHECKING:
    from engine.comparing.scoring import ModelScore


class ModelScoresPanel(AskedScoresPanel["ModelScore"]):
    """Shows `ModelScores`."""

    def __init__(self, theme: Theme, scores: ModelScores) -> None:
        super().__init__(
            theme,
            scores,
            tr("By model"),
            tr("Score with all models"),
            tr("Numbers of different models cannot be compared. The percentile places each."),
        )
        self._scores = scores
        self.refresh()

    def large(self) -> list[tuple[str, int]]:
        """Those that are installed."""
        return [(one.model, one.memory) for one in self._scores.models if one.is_large]

    def refresh(self) -> None:
        """Show what there is now."""
        super().refresh()
        others = len(self._scores.models) > 1
        self.ask_button.setEnabled(self._scores.can_ask and others)
        self.ask_button.setToolTip(
            tr("Every installed model scores the two, one after another")
            if others
            else tr("Only the small model is installed; “Models” in the menu “Library” gets others")
        )

    def add(self, place: int, score: ModelScore) -> None:
        """Show a score, and where it stands."""
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
