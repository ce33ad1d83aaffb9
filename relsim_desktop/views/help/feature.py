"""F1: the help, at the chapter of what is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog

from relsim_desktop.help_texts import KEYS, Chapter, name_keys, read_chapters
from relsim_desktop.translation import tr
from relsim_desktop.views.help.shortcuts_dialog import all_keys
from relsim_desktop.views.tour.feature import TourFeature
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from relsim_desktop.views.help.window import HelpWindow


_CHAPTERS: Final = {
    "openingPage": "start",
    "emptyPage": "start",
    "comparePage": "comparing",
    "matrixPage": "comparing",
    "boardsPage": "boards",
    "verifyPage": "boards",
    "spacePage": "understanding",
    "mapPage": "understanding",
    "chainPage": "finding",
    "analogyPage": "analogies",
    "studyPage": "studies",
    "healthPage": "library",
    "foldersPage": "library",
    "preferencesPage": "keyboard",
}
"""Which chapter is about which page, by the page's object name."""


class HelpFeature(Feature):
    """The texts are read when they are first wanted."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._window: HelpWindow | None = None
        self._chapters: list[Chapter] = []
        self.action = self.add_action("help/help", tr("&Help"), self.open, key="F1")
        host.verbs.shortcuts.setShortcut(QKeySequence("Ctrl+?"))

    def open(self) -> HelpWindow:
        """Show the chapter of what is shown."""
        return self.show_chapter(self.chapter_of_now())

    def show_chapter(self, name: str) -> HelpWindow:
        """Show one chapter."""
        from relsim_desktop.views.help.window import HelpWindow

        if self._window is None:
            self._window = HelpWindow(self.host.theme, self._filled(), self.host.window)
            self._window.tour_asked.connect(self._take_tour)
        self._window.show_chapter(name)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        return self._window

    def chapters(self) -> list[tuple[str, str]]:
        """Name and title of every chapter."""
        return [(chapter.name, chapter.title) for chapter in self._read()]

    def chapter_of_now(self) -> str:
        """The chapter about the dialog or page that is shown."""
        from relsim_desktop.views.models.dialog import ModelsDialog

        dialog = QApplication.activeWindow()
        if isinstance(dialog, ModelsDialog):
            return "models"
        if isinstance(dialog, QDialog) and dialog is not self._window:
            return "library"
        page = self.host.parts.pages.currentWidget()
        return _CHAPTERS.get(page.objectName() if page is not None else "", "finding")

    def shut_down(self) -> None:
        """Close with the window."""
        if self._window is not None:
            self._window.close()

    def _read(self) -> list[Chapter]:
        if not self._chapters:
            self._chapters = read_chapters()
        return self._chapters

    def _filled(self) -> list[Chapter]:
        """The chapters with the keys as they are."""
        lines = ["| " + tr("Key") + " | " + tr("What it does") + " |", "| --- | --- |"]
        for group in all_keys(self.host.verbs):
            lines += [f"| {key.replace('|', '&#124;')} | {text} |" for text, key in group.keys]
        table = "\n".join(lines)
        return [
            replace(chapter, text=name_keys(chapter.text).replace(KEYS, table))
            for chapter in self._read()
        ]

    def _take_tour(self) -> None:
        tour = self.host.window.findChild(TourFeature)
        assert tour is not None, "built together"
        self.host.window.activateWindow()
        tour.start()
