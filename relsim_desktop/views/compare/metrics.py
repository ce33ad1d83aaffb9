"""What the metrics of the paper say of the two, which way each goes, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from relsim_desktop import phrases
from relsim_desktop.presenters.metric_scores import MetricScores
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.compare.asked import AskedScoresPanel

if TYPE_CHECKING:
    from engine.comparing.metric_scores import MetricScore

_LARGE = 4_000_000_000
"""Bytes of memory from which on a person is told before a metric is loaded."""


class MetricScoresPanel(AskedScoresPanel["MetricScore"]):
    """Shows `MetricScores`."""

    def __init__(self, theme: Theme, scores: MetricScores) -> None:
        super().__init__(
            theme,
            scores,
            tr("By metric"),
            tr("Score with metrics"),
            tr("Numbers of different metrics cannot be compared, and some go the other way."),
        )
        self._scores = scores
        self.missing_button = push_button(tr("What is not ready…"), link=True)
        self.parts.addWidget(self.missing_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.missing_button.clicked.connect(self.show_missing)
        self.refresh()

    def large(self) -> list[tuple[str, int]]:
        """Those of the metrics."""
        ready = self._scores.ready
        return [(one.spec.title, one.memory) for one in ready if one.memory >= _LARGE]

    def show_missing(self) -> QMessageBox:
        """Say of each metric that is not ready what it lacks."""
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Metrics that are not ready"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Metrics that are not ready"))
        box.setInformativeText(
            "\n\n".join(
                f"{state.spec.title}: {state.in_window}"
                for state in self._scores.states
                if not state.is_ready
            )
        )
        box.open()
        return box

    def refresh(self) -> None:
        """Show what there is now."""
        super().refresh()
        scores = self._scores
        ready = ", ".join(state.spec.title for state in scores.ready)
        self.ask_button.setToolTip(
            tr("These score the two, one after another: {metrics}").replace("{metrics}", ready)
            if ready
            else tr("No metric is ready: their models or packages are not installed")
        )
        self.missing_button.setVisible(len(scores.ready) < len(scores.states))

    def add(self, place: int, score: MetricScore) -> None:
        """Show a score, and which way it goes."""
        if score.value is None:
            self.add_trouble(place, score.title, score.trouble or "")
            return
        number = phrases.score(score.value)
        direction = tr("low is close") if score.closer == "low" else tr("high is close")
        spoken = (
            tr("{number} by {metric}, {direction}")
            .replace("{number}", number)
            .replace("{metric}", score.title)
            .replace("{direction}", direction)
        )
        is_relational = score.measures == "relational"
        parts = [direction, tr("sees relations") if is_relational else tr("sees looks")]
        if score.seconds >= 1:
            parts.append(tr("{seconds} s").replace("{seconds}", f"{score.seconds:.0f}"))
        self.add_score(place, score.title, number, spoken, " · ".join(parts))
