"""The page of all verdicts, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from relsim_desktop.presenters.verdict_list import VerdictList
from relsim_desktop.translation import tr
from relsim_desktop.views.judging.judging import Judging
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    pass


class VerdictsFeature(PageFeature):
    """Adds the page to the Analogies menu."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("All &verdicts"), menu="view/pages")
        self.verdicts = VerdictList(host.workspace.jobs, host.workspace.verdicts)
        host.workspace.opened.connect(self.verdicts.attach)

    def build_page(self) -> QWidget:
        """The page, with what it asks for."""
        from relsim_desktop.views.judging.page import VerdictsPage

        page = VerdictsPage(self.host.theme, self.host.workspace.thumbnails, self.verdicts)
        page.compare_asked.connect(self.host.compare)
        judging = self.host.window.findChild(Judging)
        assert judging is not None, "the window builds it before its features"
        page.export_asked.connect(judging.export)
        return page

    def entered(self) -> None:
        """Read them anew: pictures may have come or gone."""
        from relsim_desktop.views.judging.page import VerdictsPage

        self.verdicts.load()
        page = self.shown_page
        assert isinstance(page, VerdictsPage), "it is what was built"
        page.take_focus()
