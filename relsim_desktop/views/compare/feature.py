"""What the comparison has beyond its page: scores by models and metrics, history, exports."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.comparison_history import ComparisonHistory
from relsim_desktop.presenters.metric_scores import MetricScores
from relsim_desktop.presenters.model_scores import ModelScores
from relsim_desktop.presenters.pair_view import PairMode
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.compare.score_export import ScoreExport
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from engine.comparing.scoring import ModelScore
    from engine.service import Engine
    from relsim_desktop.operations.comparing import Remembered
    from relsim_desktop.views.compare.side import CompareSide

_SIDE = "compare/side"
_MODE = "compare/mode"


class CompareFeature(Feature):
    """Fills the page up when it is first looked at."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        workspace, comparison = host.workspace, host.workspace.comparison
        self.history = ComparisonHistory(workspace.jobs, comparison, workspace.undo)
        self.scores = ModelScores(workspace.jobs, comparison, self.history)
        self.metrics = MetricScores(workspace.jobs, comparison)
        self.export = ScoreExport(host)
        self.side: CompareSide | None = None
        self.side_button: QToolButton | None = None
        self.export_button: QToolButton | None = None
        mode = host.settings.read_text(_MODE, PairMode.SIDES.value)
        comparison.view.mode = next((m for m in PairMode if m.value == mode), PairMode.SIDES)
        comparison.view.mode_changed.connect(self._on_mode)
        self.history.failed.connect(self._on_failed)
        self.scores.failed.connect(self._on_failed)
        self.metrics.failed.connect(self._on_failed)
        workspace.opened.connect(self._on_opened)
        workspace.models.installed.connect(lambda _: self._look())
        workspace.models.removed.connect(lambda _: self._look())
        workspace.choice.changed.connect(self.scores.look)
        host.parts.comparison.shown.connect(self._on_shown)

    # --- exports ----------------------------------------------------------------------------------

    def export_pair_table(self) -> QFileDialog | None:
        """Save the two with every score that is there."""
        a, b = self.host.workspace.comparison.sides
        score = self.scores.settled
        if a is None or b is None or score is None:
            self._say_nothing()
            return None
        names = [_name(question) for question in (a, b)]
        known = tuple(self.scores.scores)

        def make() -> bytes:
            from engine.comparing.score_tables import pair_table

            return pair_table(names, known or (_as_model_score(score),), score.descriptions)

        return self.export.ask(tr("Save the scores"), f"{_stem(a)} and {_stem(b)}.csv", make)

    def export_pair_picture(self) -> QFileDialog | None:
        """Save the two as one picture, with captions and scores."""
        from relsim_desktop.views.compare.drawing import PairSheet

        comparison = self.host.workspace.comparison
        a, b = comparison.sides
        pictures = [comparison.pictures.levels(side) for side in (0, 1)]
        score = self.scores.settled
        if a is None or b is None or score is None or pictures[0] is None or pictures[1] is None:
            self._say_nothing()
            return None
        theme = self.host.theme
        sheet = PairSheet(
            pictures=(pictures[0], pictures[1]),
            titles=(a.title, b.title),
            score=score,
            by_models=tuple(self.scores.scores),
            colors=theme.colors,
            family=QFontInfo(theme.font()).family(),
        )
        name = f"{_stem(a)} and {_stem(b)}.png"
        return self.export.ask(tr("Save both as a picture"), name, sheet.png)

    def export_history(self) -> QFileDialog:
        """Save all that was compared."""
        rows = [one.past for one in self.history.model.all]

        def make() -> bytes:
            from engine.comparing.score_tables import history_table

            return history_table(rows)

        return self.export.ask(tr("Save the history"), "comparisons.csv", make)

    def export_menu(self) -> QMenu:
        """What can be saved now."""
        menu = QMenu(self.export_button)
        is_scored = self.scores.settled is not None
        for text, act, can in (
            (tr("Both as a picture (PNG)…"), self.export_pair_picture, is_scored),
            (tr("Scores of both as a table (CSV)…"), self.export_pair_table, is_scored),
            (
                tr("History as a table (CSV)…"),
                self.export_history,
                self.history.model.rowCount() > 0,
            ),
        ):
            action = menu.addAction(text)
            action.setEnabled(can)
            action.triggered.connect(lambda _=False, act=act: act())
        return menu

    # --- building ---------------------------------------------------------------------------------

    def _on_opened(self, engine: Engine) -> None:
        self.history.attach(engine)
        self.scores.attach(engine)
        self.metrics.attach(engine)
        if self.side is not None:
            self._refresh()

    def _on_shown(self) -> None:
        if self.side is None:
            self._build()
        self._refresh()

    def _refresh(self) -> None:
        self.history.reload()
        self._look()

    def _look(self) -> None:
        self.scores.look()
        if self.side is not None:
            self.metrics.look()

    def _build(self) -> None:
        from relsim_desktop.views.compare.side import CompareSide

        host, page = self.host, self.host.parts.comparison
        side = self.side = CompareSide(
            host.theme, host.workspace.thumbnails, self.scores, self.metrics, self.history
        )
        page.add_side(side)
        side.list.picked.connect(self._on_picked)
        export = self.export_button = icon_button(host.theme, "save_as", tr("Save"))
        export.setToolTip(tr("Save the two, their scores, or the history"))
        export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(export)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        export.setMenu(menu)
        button = self.side_button = icon_button(
            host.theme, "history", tr("History and scores by model")
        )
        button.setCheckable(True)
        shows = host.settings.read_bool(_SIDE, default=True)
        button.setChecked(shows)
        side.setVisible(shows)
        button.toggled.connect(self._on_side)
        page.add_tool(export)
        page.add_tool(button)
        chain = (page.swap_button, export, button, *side.tab_order)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        menu.addActions(self.export_menu().actions())

    def _on_side(self, is_shown: bool) -> None:
        assert self.side is not None
        self.side.setVisible(is_shown)
        self.host.settings.write(_SIDE, is_shown)

    def _on_mode(self) -> None:
        self.host.settings.write(_MODE, self.host.workspace.comparison.view.mode.value)

    def _on_picked(self, one: Remembered) -> None:
        missing = [
            path.name
            for path, is_there in ((one.past.a, one.has_a), (one.past.b, one.has_b))
            if not is_there
        ]
        if missing:
            said = tr("{name} is not where it was")
            self.host.parts.strip.say(said.replace("{name}", missing[0]))
        else:
            self.host.compare(Question(path=one.past.a), Question(path=one.past.b))

    def _say_nothing(self) -> None:
        self.host.parts.strip.say(tr("There is nothing to save before two pictures are scored"))

    def _on_failed(self, trouble: Trouble) -> None:
        self.host.parts.strip.say(trouble.text)
        if trouble.details is not None:
            self.host.dialogs.show_trouble(trouble)


def _name(question: Question) -> str:
    return str(question.path) if question.path is not None else question.title


def _stem(question: Question) -> str:
    return Path(question.path).stem if question.path is not None else tr("pasted picture")


def _as_model_score(score: object) -> ModelScore:
    from engine.comparing.scoring import ModelScore
    from engine.types import PairScore

    assert isinstance(score, PairScore)
    return ModelScore(score.model, score.relational, score.attribute, score.percentile)
