"""What came out of a study so far."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import study_phrases
from relsim_desktop.operations.study import ExportKind, StudyResults
from relsim_desktop.presenters.study import Studies
from relsim_desktop.theme import Theme
from relsim_desktop.translation import number, tr
from relsim_desktop.views.buttons import push_button, text_button
from relsim_desktop.views.labels import MessagePage, label
from relsim_desktop.views.narrow_column import fill_narrow
from relsim_desktop.views.study.chart import ShareChart
from relsim_desktop.views.study.tables import SmallTable

_WIDEST = 960


class ResultsPanel(QWidget):
    """Shows the results of `Studies`."""

    answer_asked = Signal(object)
    import_asked = Signal(object)
    page_asked = Signal(object)
    export_asked = Signal(object, str)
    """The study's folder, and an `ExportKind`."""

    def __init__(self, theme: Theme, studies: Studies) -> None:
        super().__init__()
        self._theme = theme
        self._studies = studies
        self._path: Path | None = None
        self.title = label(theme, scale=1.3, bold=True)
        self.said = label(theme, muted=True)
        self.chart = ShareChart(theme)
        self.about_paper = label(theme, scale=0.9, muted=True)
        self.table = SmallTable(
            tr("Shares of answers by method"),
            (
                tr("Against"),
                tr("Chosen"),
                tr("Neither"),
                tr("The other"),
                tr("Answers"),
                tr("Same hit"),
            ),
        )
        self.verdicts = label(theme)
        self.intervals = label(theme, scale=0.9, muted=True)
        self.agreement = label(theme)
        self.people = SmallTable(
            tr("Answers by person"),
            (
                tr("Person"),
                tr("Answered"),
                tr("Tested method"),
                tr("Neither"),
                tr("Another method"),
                tr("Seconds each"),
            ),
        )
        self.message = MessagePage(theme)
        self.answer_button = push_button(tr("Answer…"), primary=True)
        self.import_button = text_button(theme, "add", tr("Take in answers…"))
        self.save_button = text_button(theme, "save_as", tr("Save"))
        self._body = QStackedWidget()
        self._column = QWidget()
        self._lay_out()
        self._wire()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.import_button,
            self.save_button,
            self.answer_button,
            self.table,
            self.people,
        )

    def show_waiting(self, path: Path) -> None:
        """Say that something is being worked out, unless the results are there from before."""
        self._path = path
        shown = self._studies.results
        if shown is None or shown.path != path:
            overview = self._studies.overview(path)
            self.title.setText(overview.title if overview is not None else "")
            self.said.setText("")
            self.message.say("study", tr("Counting…"))
            self._body.setCurrentWidget(self.message)

    def take_focus(self) -> None:
        """Let the keyboard act."""
        self.answer_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what happens -----------------------------------------------------------------------------

    def _on_evaluated(self) -> None:
        shown = self._studies.results
        if shown is None or shown.path != self._path:
            return
        self.title.setText(shown.results.title)
        self.save_button.setEnabled(True)
        if not shown.results.answers:
            self.said.setText("")
            self.message.say(
                "study",
                tr("Nobody has answered yet"),
                tr("Answer it here, or save it as a web page and send that to others."),
            )
            self._body.setCurrentWidget(self.message)
            return
        self._show(shown)
        self._body.setCurrentWidget(self._column)

    def _show(self, shown: StudyResults) -> None:
        results = shown.results
        self.said.setText(study_phrases.answers(shown))
        self.chart.show_results(results.tested.title, results.baselines)
        self.about_paper.setVisible(any(row.paper and row.answers for row in results.baselines))
        self.table.show_rows(
            [
                (
                    row.baseline.title,
                    study_phrases.estimate(row.win),
                    study_phrases.estimate(row.tie),
                    study_phrases.estimate(row.loss),
                    number(row.answers),
                    number(row.identical),
                )
                for row in results.baselines
            ]
        )
        self.verdicts.setText(
            "\n".join(study_phrases.against(results, row) for row in results.baselines)
        )
        self.agreement.setText(study_phrases.agreement(results.agreement))
        self.people.show_rows(
            [
                (
                    one.person,
                    study_phrases.part(one.answers, results.trials),
                    number(one.wins),
                    number(one.ties),
                    number(one.losses),
                    number(one.seconds, 1),
                )
                for one in results.people
            ]
        )

    def _wire(self) -> None:
        self._studies.evaluated.connect(self._on_evaluated)
        self.answer_button.clicked.connect(lambda: self.answer_asked.emit(self._path))
        self.import_button.clicked.connect(lambda: self.import_asked.emit(self._path))

    # --- building ---------------------------------------------------------------------------------

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        kinds: tuple[tuple[str, ExportKind], ...] = (
            (tr("Answers as a table (CSV)…"), "csv"),
            (tr("Answers and results (JSON)…"), "json"),
            (tr("Chart (SVG)…"), "svg"),
        )
        for text, kind in kinds:
            menu.addAction(text).triggered.connect(
                lambda _=False, kind=kind: self.export_asked.emit(self._path, kind)
            )
        menu.addSeparator()
        menu.addAction(tr("Save as a web page…")).triggered.connect(
            lambda: self.page_asked.emit(self._path)
        )
        return menu

    def _lay_out(self) -> None:
        theme = self._theme
        self.save_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.save_button.setToolTip(tr("Save the answers, the chart, or the study"))
        self.save_button.setMenu(self._menu())
        self.about_paper.setText(tr(study_phrases.ABOUT_THE_PAPER))
        self.intervals.setText(tr(study_phrases.ABOUT_INTERVALS))
        wrapped = (self.title, self.about_paper, self.verdicts, self.intervals, self.agreement)
        for line in wrapped:
            line.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.said)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        for button in (self.import_button, self.save_button, self.answer_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        shares = _card(self.chart, self.about_paper)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(shares)
        column.addWidget(self.table)
        column.addWidget(self.verdicts)
        column.addWidget(self.intervals)
        column.addSpacing(8)
        column.addWidget(_heading(theme, tr("Do people agree?")))
        column.addWidget(self.agreement)
        column.addSpacing(8)
        column.addWidget(_heading(theme, tr("Person by person")))
        column.addWidget(self.people)
        column.addStretch()
        self._column.setLayout(column)
        self._body.addWidget(self._column)
        self._body.addWidget(self.message)
        whole = QVBoxLayout()
        whole.setContentsMargins(16, 16, 16, 24)
        whole.setSpacing(16)
        whole.addLayout(head)
        whole.addWidget(self._body, 1)
        fill_narrow(self, whole, _WIDEST)


def _heading(theme: Theme, text: str) -> QLabel:
    return label(theme, text, scale=1.1, bold=True)


def _card(*parts: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("modelCard")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(20, 18, 20, 14)
    inside.setSpacing(8)
    for part in parts:
        inside.addWidget(part)
    return card
