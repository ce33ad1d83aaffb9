"""The page of the user studies: the list, answering one, and what came out of one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.study import Studies
from relsim_desktop.presenters.study_answering import Answering
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import text_button
from relsim_desktop.views.study.end import EndPanel
from relsim_desktop.views.study.home import StudyHome
from relsim_desktop.views.study.results import ResultsPanel
from relsim_desktop.views.study.trial import TrialPanel
from relsim_desktop.views.study.who import WhoPanel


class StudyPage(QWidget):
    """Shows `Studies`, and an `Answering` of one of them. Escape goes back to the list.

    Attributes:
        studies: Those of the library.
        answering: What is asked, and of whom.
        last_person: Who answered last; proposed to whom comes next.
    """

    name_taken = Signal(str)
    """Who answers, to be remembered."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, studies: Studies, answering: Answering
    ) -> None:
        super().__init__()
        self.setObjectName("studyPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studies = studies
        self.answering = answering
        self._path: Path | None = None  # of the study that is answered or looked at
        self._awaited: Path | None = None  # gets the keyboard once it is in the list
        self.last_person = ""
        self.back_button = text_button(theme, "back", tr("All studies"))
        self.home = StudyHome(theme)
        self.who = WhoPanel(theme)
        self.trial = TrialPanel(theme, thumbnails, answering)
        self.end = EndPanel(theme)
        self.results = ResultsPanel(theme, studies)
        self._stack = QStackedWidget()
        self._lay_out()
        self._wire()

    @property
    def shown(self) -> QWidget | None:
        """The panel that is seen."""
        return self._stack.currentWidget()

    @property
    def path(self) -> Path | None:
        """The study that is answered or looked at; None in the list."""
        return self._path

    # --- going ------------------------------------------------------------------------------------

    def show_home(self) -> None:
        """Go back to the list; who was answering can go on later."""
        before, self._path = self._path, None
        self.answering.leave()
        self._show(self.home)
        self.home.focus_card(before)
        self.studies.reload()

    def show_who(self, path: Path) -> None:
        """Ask who answers a study."""
        overview = self.studies.overview(path)
        if overview is None:
            return
        self._path = path
        self.who.show_study(overview, self.last_person)
        self._show(self.who)
        self.who.take_focus()

    def show_results(self, path: Path) -> None:
        """Show what came out of a study."""
        self.answering.leave()
        self._path = path
        self.results.show_waiting(path)
        self._show(self.results)
        self.studies.evaluate(path)
        self.results.take_focus()

    def focus_when_listed(self, path: Path) -> None:
        """Let the keyboard act on a study that is not in the list yet."""
        self._awaited = path

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order; the cards keep their own."""
        panels = (self.trial, self.end, self.results)
        controls = (control for panel in panels for control in panel.controls)
        return (self.back_button, *controls)

    def take_focus(self) -> None:
        """Let the keyboard act on what is seen."""
        if self.shown is self.home:
            self.home.focus_card(None)
        for panel in (self.who, self.trial, self.end, self.results):
            if self.shown is panel:
                panel.take_focus()

    # --- keys and time ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the window from leaving the page where Escape goes back to the list."""
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape and self.shown is not self.home:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.shown is not self.home:
            self.show_home()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The question is seen."""
        super().showEvent(event)
        self.answering.look(is_looking=self.shown is self.trial)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is seen: time does not count."""
        super().hideEvent(event)
        self.answering.look(is_looking=False)

    # --- what happens -----------------------------------------------------------------------------

    def _show(self, panel: QWidget) -> None:
        self._stack.setCurrentWidget(panel)
        self.back_button.setVisible(panel in (self.who, self.end, self.results))
        self.answering.look(is_looking=panel is self.trial and self.isVisible())

    def _on_started(self, person: str) -> None:
        if self._path is not None:
            self.last_person = person
            self.name_taken.emit(person)
            self.answering.sit_down(self._path, person)

    def _on_answering(self) -> None:
        answering = self.answering
        if answering.sitting is None or answering.sitting.path != self._path:
            return
        before = self.shown
        if answering.current is not None:
            self.trial.show_trial()
            if before is not self.trial:
                self._show(self.trial)
                self.trial.take_focus()
        else:
            self.end.show_end(answering)
            self._show(self.end)
            self.end.take_focus()

    def _on_refused(self, trouble: Trouble) -> None:
        if self.shown in (self.who, self.trial):
            self.show_home()

    def _on_not_evaluated(self, trouble: Trouble) -> None:
        """The list says what is wrong with the study, or has it no more."""
        if self.shown is self.results:
            self.show_home()

    def _on_listed(self) -> None:
        others = set(self.studies.others)
        self.home.show_studies(self.studies.overviews or [], others)
        if self._awaited is not None and self.studies.overview(self._awaited) is not None:
            if self.shown is self.home:
                self.home.focus_card(self._awaited)
            self._awaited = None
        overview = self.studies.overview(self._path) if self._path is not None else None
        if self.shown is self.who and overview is not None:
            self.who.show_people(overview)

    def _on_running(self) -> None:
        self.home.show_running(tr("Writing the study…") if self.studies.is_running else "")

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.back_button.setToolTip(tr("Back to the list of studies (Escape)"))
        for panel in (self.home, self.who, self.trial, self.end, self.results):
            self._stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._stack, 1)
        self.back_button.hide()

    def _wire(self) -> None:
        studies, answering = self.studies, self.answering
        studies.listed.connect(self._on_listed)
        studies.running_changed.connect(self._on_running)
        studies.evaluating_failed.connect(self._on_not_evaluated)
        studies.progressed.connect(lambda now: self.home.show_progress(now.done, now.total))
        answering.changed.connect(self._on_answering)
        answering.refused.connect(self._on_refused)
        self.back_button.clicked.connect(self.show_home)
        self.home.answer_asked.connect(self.show_who)
        self.home.results_asked.connect(self.show_results)
        self.home.cancel_asked.connect(studies.cancel)
        self.who.started.connect(self._on_started)
        self.trial.pause_asked.connect(self.show_home)
        self.end.back_asked.connect(answering.take_back)
        self.end.other_asked.connect(self._on_other)
        self.end.results_asked.connect(self._on_results)
        self.results.answer_asked.connect(self.show_who)

    def _on_other(self) -> None:
        if self._path is not None:
            self.last_person = ""
            self.show_who(self._path)
            self.studies.reload()

    def _on_results(self) -> None:
        if self._path is not None:
            self.show_results(self._path)
