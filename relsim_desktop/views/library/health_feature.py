"""The library's health in the window, and measuring older pictures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from relsim_desktop import file_actions, health_phrases
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.health import LibraryHealth, Measuring
from relsim_desktop.translation import tr
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from pathlib import Path

    from engine.library.watching import WatchState
    from engine.service import Engine
    from relsim_desktop.views.library.health_page import HealthPage

_LOOK_MS = 2000  # how often the numbers are read again while they change


class HealthFeature(PageFeature):
    """Looks when the page is shown, and follows what is indexed meanwhile."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("&Health"), menu="library/folders", key="Ctrl+H")
        workspace = host.workspace
        self.health = LibraryHealth(workspace.jobs)
        self.measuring = Measuring(workspace.jobs, workspace.indexing)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._follow)
        workspace.opened.connect(self._on_opened)
        workspace.collection.loaded.connect(self._look)
        self.measuring.measured.connect(self._look)
        self.health.changed.connect(self._show)
        self.health.freed.connect(lambda size: host.parts.strip.say(health_phrases.freed(size)))
        self.health.failed.connect(self._on_failed)

    @property
    def page(self) -> HealthPage:
        """The page; it is built now if it was not."""
        from relsim_desktop.views.library.health_page import HealthPage

        page = self.shown_page
        assert isinstance(page, HealthPage)
        return page

    def build_page(self) -> QWidget:
        """Make the page."""
        from relsim_desktop.views.library.health_page import HealthPage

        workspace = self.host.workspace
        page = HealthPage(self.host.theme, workspace.collection.failures)
        page.look_button.clicked.connect(self.health.look)
        page.copy_button.clicked.connect(self.copy_report)
        page.recall_button.clicked.connect(self.health.measure_recall)
        page.check_button.clicked.connect(self.health.check_database)
        page.clear_button.clicked.connect(self.health.clear_thumbnails)
        page.backups_button.clicked.connect(self.ask_about_backups)
        page.failures.retry_asked.connect(workspace.retry)
        page.failures.reveal_asked.connect(file_actions.reveal)
        return page

    def entered(self) -> None:
        """Look, and take the keyboard."""
        self._show()
        self.health.look()
        self._timer.start()
        self.page.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut_down(self) -> None:
        """Look no more."""
        self._timer.stop()

    def copy_report(self) -> None:
        """Put everything that is known on the clipboard, as text."""
        report = self.health.report
        if report is None:
            return
        from engine.library.health_text import health_text

        text = health_text(
            report,
            problems=self.health.problems,
            recall=self.health.recall,
            watched=self._watched(),
        )
        QGuiApplication.clipboard().setText(text)
        self.host.parts.strip.say(tr("The report is on the clipboard"))

    def ask_about_backups(self) -> Confirmation:
        """Ask before old copies are deleted: nothing brings them back."""
        box = Confirmation(
            tr("Delete the old copies?"),
            tr(
                "They were made before the library was brought to a newer format, and are only"
                " needed to go back to an older version of Relsim Desktop."
            ),
            tr("Delete"),
            self.host.window,
        )
        box.ask(self.health.delete_backups, is_harmless=False)
        return box

    def _watched(self) -> dict[Path, WatchState]:
        from relsim_desktop.views.library.folders_feature import FoldersFeature

        found = self.host.window.findChildren(FoldersFeature)
        return found[0].watching.states if found else {}

    def _follow(self) -> None:
        if not self.is_shown:
            self._timer.stop()
        elif self.host.workspace.indexing.is_running or self.measuring.progress.total:
            self.health.look()
        else:
            self._show()  # how folders are watched changes by itself

    def _look(self) -> None:
        if self.is_shown:
            self.health.look()

    def _show(self) -> None:
        if self.is_shown:
            self.page.show_health(self.health, self._watched())

    def _on_opened(self, engine: Engine) -> None:
        self.health.attach(engine)
        self.measuring.attach(engine)

    def _on_failed(self, trouble: Trouble) -> None:
        self.host.parts.strip.say(trouble.text)
        if trouble.details is not None:
            self.host.dialogs.show_trouble(trouble)
