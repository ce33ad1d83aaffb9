"""Understanding matches: the inspector beside the neighbors, and the similarity space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from relsim_desktop.operations.explaining import explainer_of
from relsim_desktop.presenters.explanations import Explanations
from relsim_desktop.presenters.spaces import Spaces
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.why.panel import MIN_WIDTH
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.service import Engine
    from relsim_desktop.views.space.page import SpacePage
    from relsim_desktop.views.why.panel import WhyPanel

OPEN: Final = "why/open"
"""Key of the setting whether the inspector is shown."""

_WIDTH = 360  # of the inspector when it is opened for the first time


class WhyFeature(PageFeature):
    """The verbs, the third pane of the browser, and the page."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("&Similarity space"), menu="view/pages", key="Ctrl+Shift+S")
        workspace = host.workspace
        self.explanations = Explanations(workspace.jobs)
        self.spaces = Spaces(workspace.jobs)
        self._inquiry = workspace.inquiry
        self._view = host.parts.analogies.view
        self._model = host.parts.analogies.model
        self._panel: WhyPanel | None = None
        self._is_answered = False
        self.inspect_action = self.add_action(
            "view/panes", tr("&Why this match"), key="Ctrl+I", checkable=True
        )
        host.parts.add_pane_button(
            self.inspect_action, "why", tr("Why the chosen neighbor matches (Ctrl+I)")
        )
        self._wire()
        self.inspect_action.setChecked(host.settings.read_bool(OPEN, default=False))

    @property
    def panel(self) -> WhyPanel:
        """The inspector; it is built now if it was not."""
        if self._panel is None:
            self._panel = self._built_panel()
        return self._panel

    @property
    def page(self) -> SpacePage:
        """The similarity space; it is built now if it was not."""
        from relsim_desktop.views.space.page import SpacePage

        page = self.shown_page
        assert isinstance(page, SpacePage), "it was built here"
        return page

    def build_page(self) -> QWidget:
        """Make the similarity space."""
        from relsim_desktop.views.space.page import SpacePage

        page = SpacePage(self.host, self.spaces)
        page.back_asked.connect(self.leave)
        return page

    def entered(self) -> None:
        """Place the pictures around the query."""
        self.spaces.show(self._query())
        self.page.take_focus()

    def _built_panel(self) -> WhyPanel:
        from relsim_desktop.views.why.panel import WhyPanel

        host = self.host
        panel = WhyPanel(
            host.theme, host.workspace.thumbnails, self.explanations, host.workspace.choice
        )
        panel.close_asked.connect(lambda: self.inspect_action.setChecked(False))
        panel.asked.connect(host.ask)
        panel.space_asked.connect(self.enter)
        panel.trouble.connect(host.dialogs.show_trouble)
        splitter = host.parts.splitter
        splitter.addWidget(panel)
        splitter.setStretchFactor(splitter.count() - 1, 2)
        collection, analogies, *_ = splitter.sizes()
        if analogies > _WIDTH:
            splitter.setSizes([collection, max(analogies - _WIDTH, MIN_WIDTH), _WIDTH])
        QWidget.setTabOrder(self._view, panel.close_button)
        QWidget.setTabOrder(panel.close_button, panel.space_button)
        QWidget.setTabOrder(panel.space_button, panel.look_alikes.view)
        return panel

    def _wire(self) -> None:
        workspace = self.host.workspace
        workspace.opened.connect(self._on_opened)
        self.inspect_action.toggled.connect(self._on_inspect)
        self.host.parts.pages.currentChanged.connect(self._want)
        self._view.selectionModel().currentChanged.connect(self._follow)
        self._model.modelReset.connect(self._follow)
        self._inquiry.asked.connect(self._on_asked)
        for answered in (self._inquiry.answered, self._inquiry.refined, self._inquiry.failed):
            answered.connect(self._on_answered)
        for changed in (
            workspace.indexing.idle,
            workspace.collection.grew,
            workspace.choice.changed,
            workspace.captions.changed,
            workspace.describing.succeeded,
        ):
            changed.connect(self._refresh)

    def _query(self) -> Question | None:
        """The picture that is asked about; of several the leading one."""
        question = self._inquiry.question
        if question is None or question.is_text or question.bare.link:
            return None
        return question.bare

    def _follow(self) -> None:
        """Explain the neighbor that is chosen, or the first one."""
        index, other = self._view.currentIndex(), None
        if self._is_answered and self._model.rowCount():
            neighbor = self._model.neighbor(index.row() if index.isValid() else 0)
            other = Question(path=neighbor.path, image_id=neighbor.image_id)
        self.explanations.show(self._query(), other)

    def _want(self) -> None:
        self.explanations.is_wanted = (
            self.inspect_action.isChecked() and self.host.parts.is_browsing
        )
        self.spaces.is_wanted = self.is_shown

    def _on_opened(self, engine: Engine) -> None:
        explainer = explainer_of(engine)
        self.explanations.attach(engine, explainer)
        self.spaces.attach(engine, explainer)

    def _on_inspect(self, is_on: bool) -> None:
        if is_on or self._panel is not None:
            self.panel.setVisible(is_on)
        self.host.settings.write(OPEN, is_on)
        if is_on and self.host.parts.pages.currentWidget() is not self.host.parts.splitter:
            self.host.parts.show_browser()
        self._want()

    def _on_asked(self) -> None:
        self._is_answered = False
        self._follow()
        if self.is_shown:
            self.spaces.show(self._query())

    def _on_answered(self) -> None:
        self._is_answered = True
        self._follow()

    def _refresh(self) -> None:
        self.explanations.refresh()
        self.spaces.refresh()
