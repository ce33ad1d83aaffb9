"""Where everything is in the window, and which page is shown."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.settings import Settings
from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.asking.analogy_panel import AnalogyPanel
from relsim_desktop.views.buttons import icon_button, text_button
from relsim_desktop.views.compare.page import ComparePage
from relsim_desktop.views.labels import MessagePage
from relsim_desktop.views.models.chooser import ModelChooser
from relsim_desktop.views.window.actions import WindowActions, plain_text
from relsim_desktop.views.window.collection_panel import CollectionPanel
from relsim_desktop.views.window.empty_page import EmptyPage
from relsim_desktop.views.window.status_strip import StatusStrip
from relsim_desktop.workspace import Workspace

_PLACEHOLDER = QT_TRANSLATE_NOOP("", "Describe a relation, e.g. {Subject} growing step by step")


class WindowLayout:
    """The parts of a window. Pages: opening, empty, browser, comparison, broken."""

    def __init__(
        self,
        window: QMainWindow,
        workspace: Workspace,
        theme: Theme,
        settings: Settings,
        verbs: WindowActions,
    ) -> None:
        self._theme = theme
        self._verbs = verbs
        thumbnails = workspace.thumbnails
        self.search = QLineEdit()
        self.open_button = text_button(
            theme, "open", tr("Open folder"), tooltip=tr("Open folder (Ctrl+O)")
        )
        self.browse_button = text_button(
            theme, "picture", tr("Browse"), tooltip=tr("Collection and analogies (Ctrl+1)")
        )
        self.compare_button = text_button(
            theme,
            "compare",
            tr("Compare"),
            tooltip=tr("Compare two pictures side by side (Ctrl+D)"),
        )
        self.boards_button = text_button(
            theme, "board", tr("Boards"), tooltip=tr("Your collections of analogies (Ctrl+B)")
        )
        self.collection = CollectionPanel(
            theme, thumbnails, workspace.collection.files, size=settings.thumbnail_size
        )
        self.analogies = AnalogyPanel(
            theme, thumbnails, workspace.inquiry, workspace.captions, workspace.choice
        )
        self.comparison = ComparePage(
            theme,
            thumbnails,
            workspace.comparison,
            workspace.choice,
            workspace.compared_verdict,
        )
        self.empty = EmptyPage(theme)
        self.broken = MessagePage(theme)
        self.strip = StatusStrip(theme, ModelChooser(workspace.models, workspace.choice))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.pages = QStackedWidget()
        self._is_broken = False
        self._navigation = QHBoxLayout()
        self._panes = QHBoxLayout()
        self.opening = QWidget()
        self.opening.setObjectName("openingPage")
        self.center = QWidget()
        self._fill(window)

    @property
    def is_comparing(self) -> bool:
        """Whether the comparison is shown."""
        return self.pages.currentWidget() is self.comparison

    @property
    def is_browsing(self) -> bool:
        """Whether collection and analogies are shown."""
        return self.pages.currentWidget() is self.splitter

    def show_browser(self) -> None:
        """Show collection and analogies."""
        self.pages.setCurrentWidget(self.broken if self._is_broken else self.splitter)
        self._verbs.compare.setChecked(False)

    def leave_page(self, workspace: Workspace) -> None:
        """Go back from a page to what lies behind it: collection and analogies, or the invitation.

        Args:
            workspace: Knows whether there is something to browse, or a question.
        """
        self.show_browser()
        nothing = not workspace.collection.files.rowCount() and workspace.inquiry.question is None
        if nothing and not workspace.indexing.is_running:
            self.show_empty()

    def show_comparison(self) -> None:
        """Show the two pictures."""
        self.pages.setCurrentWidget(self.comparison)
        self._verbs.compare.setChecked(True)

    def show_empty(self) -> None:
        """Show the invitation, unless a person is comparing or verifying."""
        if not self._is_broken and self.pages.currentWidget() in (self.opening, self.splitter):
            self.pages.setCurrentWidget(self.empty)
            self.empty.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_empty(self) -> None:
        """Show the browser, now that there is something to browse."""
        if self.pages.currentWidget() in (self.opening, self.empty):
            self.pages.setCurrentWidget(self.splitter)

    def show_broken(self, text: str) -> None:
        """Say that there is no library to show, from now on."""
        self._is_broken = True
        self.broken.say("warning", tr("This library cannot be opened"), text)
        self.pages.setCurrentWidget(self.broken)

    def add_navigation(self, action: QAction, icon: str, tooltip: str) -> None:
        """Put a button that shows a page into the toolbar, before those for comparing and boards.

        Args:
            action: Checkable; the button follows it, and it follows the button.
            icon: Its name.
            tooltip: What the page is, with its key.
        """
        button = text_button(self._theme, icon, plain_text(action), tooltip=tooltip)
        self._follow(button, action)
        self._navigation.addWidget(button)

    def add_pane_button(self, action: QAction, icon: str, tooltip: str) -> None:
        """Put a button that shows or hides a part of the browser to the end of the toolbar.

        Args:
            action: As in `add_navigation`.
            icon: Its name.
            tooltip: What the part is, with its key.
        """
        button = icon_button(self._theme, icon, plain_text(action), tooltip=tooltip)
        self._follow(button, action)
        self._panes.addWidget(button)

    def focus_search(self) -> None:
        """Let a person type a relation."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _fill(self, window: QMainWindow) -> None:
        self.splitter.addWidget(self.collection)
        self.splitter.addWidget(self.analogies)
        self.splitter.setSizes([560, 760])
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 4)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.collection.setMinimumWidth(260)
        self.analogies.setMinimumWidth(480)
        for page in (self.opening, self.empty, self.splitter, self.comparison, self.broken):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self.center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._toolbar())
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.strip)
        window.setCentralWidget(self.center)
        self._order_tabs()
        self.pages.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pages.setFocus()  # no button looks chosen before somebody uses the keyboard

    def _order_tabs(self) -> None:
        chain = (
            self.open_button,
            self.search,
            self.compare_button,
            self.boards_button,
            self.empty.open_button,
            self.empty.sample_button,
            self.collection.size_slider,
            self.collection.view,
            self.analogies.card.back_button,
            self.analogies.card.forward_button,
            self.analogies.card.edit_button,
            self.analogies.card.more_button,
            self.analogies.view,
            *(button for slot in self.comparison.slots for button in slot.buttons),
            self.comparison.swap_button,
            *self.comparison.judging.buttons.values(),
            self.strip.pause_button,
            self.strip.cancel_button,
            self.strip.transfer_button,
            self.strip.failures_button,
            self.strip.refusal_button,
            self.strip.chooser,
        )
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _toolbar(self) -> QWidget:
        self.search.setPlaceholderText(tr(_PLACEHOLDER))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # what is dropped on it belongs to the window
        self.search.setAccessibleName(tr("Describe a relation"))
        self.search.setToolTip(tr("Find pictures by a relation in words (Ctrl+F)"))
        self.search.setMaximumWidth(720)
        leading = self.search.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._theme.bind_icon(leading, "search")
        self.open_button.clicked.connect(self._verbs.open_folder.trigger)
        self.browse_button.setCheckable(True)
        self.browse_button.clicked.connect(self._verbs.browse.trigger)
        self.pages.currentChanged.connect(self._on_page)
        self._follow(self.compare_button, self._verbs.compare)
        self._follow(self.boards_button, self._verbs.boards)
        bar = QWidget()
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(self.search, 6)
        row.addStretch(1)
        row.addWidget(self.browse_button)
        row.addLayout(self._navigation)
        row.addWidget(self.compare_button)
        row.addWidget(self.boards_button)
        row.addLayout(self._panes)
        return bar

    def _on_page(self) -> None:
        is_home = self.pages.currentWidget() in (self.opening, self.empty, self.splitter)
        self.browse_button.setChecked(is_home)

    @staticmethod
    def _follow(button: QToolButton, action: QAction) -> None:
        """Let a button and a checkable action be one."""
        button.setCheckable(True)
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.setChecked)
        action.toggled.connect(button.setChecked)
        action.enabledChanged.connect(button.setEnabled)
