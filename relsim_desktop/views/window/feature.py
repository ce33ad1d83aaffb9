"""What a window consists of beyond its frame: features, each with its verbs and perhaps a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from relsim_desktop.question import Question
from relsim_desktop.settings import Settings
from relsim_desktop.theme import Theme
from relsim_desktop.views.judging.judging import Judging
from relsim_desktop.views.window.actions import WindowActions
from relsim_desktop.views.window.dialogs import WindowDialogs
from relsim_desktop.views.window.layout import WindowLayout
from relsim_desktop.workspace import Workspace

if TYPE_CHECKING:
    from engine.types import Neighbor


@dataclass(frozen=True, slots=True)
class Host:
    """What a feature may use of its window.

    Attributes:
        window: Parent of dialogs.
        workspace: The library and the presenters.
        theme: Colours, icons, fonts.
        settings: What is remembered.
        verbs: The actions and menus.
        parts: Where everything is.
        dialogs: Those that the window has already, and `WindowDialogs.show_trouble`.
        ask: Finds the analogies of something, and shows them.
        compare: Shows two pictures side by side.
        judging: Collects on boards and judges.
        menu: The context menu of pictures; who calls it pops it up.
    """

    window: QMainWindow
    workspace: Workspace
    theme: Theme
    settings: Settings
    verbs: WindowActions
    parts: WindowLayout
    dialogs: WindowDialogs
    ask: Callable[[Question], None]
    compare: Callable[[Question, Question], None]
    judging: Judging
    menu: Callable[[Sequence[Question]], QMenu]


class Feature(QObject):
    """A part of a window that the rest does not know. It adds its verbs when it is built.

    Building one must be cheap, because the first frame waits for it: no numpy, no plots, no page.
    The library comes later, with `Workspace.opened`.
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self.host = host

    def add_action(
        self,
        menu: str,
        text: str,
        act: Callable[[], object] | None = None,
        *,
        key: str | QKeySequence.StandardKey = "",
        checkable: bool = False,
    ) -> QAction:
        """A verb with a place in the menus; the list of keys and the palette know it too.

        Args:
            menu: A menu and a section of it, such as ``view/pages``; see `window_actions`.
            text: With a mnemonic.
            act: What it does; None to connect its signals otherwise.
            key: Its shortcut.
            checkable: Whether it is on or off.
        """
        action = QAction(text, self.host.window)
        action.setShortcut(QKeySequence(key))
        action.setCheckable(checkable)
        if act is not None:
            action.triggered.connect(lambda _=False: act())
        self.host.verbs.add(menu, action)
        return action

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Add to the context menu of pictures, if this feature can do something with them.

        Args:
            menu: Deletes itself on closing.
            questions: The pictures, each a file; one or more.
            neighbor: The hit, where the menu is that of one.
        """

    def shut_down(self) -> None:
        """The window closes; the library is still open, and closes next."""


class PageFeature(Feature):
    """A feature with a page of its own, which an action shows and leaves. Escape leaves it too."""

    def __init__(
        self,
        host: Host,
        text: str,
        *,
        menu: str = "view/pages",
        key: str = "",
        icon: str = "",
        tooltip: str = "",
    ) -> None:
        """Add the action, and a button for it to the toolbar.

        Args:
            host: The window.
            text: The action's, with a mnemonic.
            menu: As in `add_action`.
            key: Its shortcut.
            icon: Of the button; empty for no button.
            tooltip: Of the button.
        """
        super().__init__(host)
        self._page: QWidget | None = None
        self.show_action = self.add_action(menu, text, key=key, checkable=True)
        self.show_action.setObjectName(type(self).__name__)
        self.show_action.setEnabled(False)
        self.show_action.toggled.connect(self._on_toggled)
        host.workspace.opened.connect(lambda _: self.show_action.setEnabled(True))
        host.parts.pages.currentChanged.connect(self._on_page)
        if icon:
            host.parts.add_navigation(self.show_action, icon, tooltip)

    @property
    def is_shown(self) -> bool:
        """Whether the window shows the page."""
        return self._page is not None and self.host.parts.pages.currentWidget() is self._page

    @property
    def shown_page(self) -> QWidget:
        """The page; it is built now if it was not."""
        if self._page is None:
            page = self._page = self.build_page()
            self.host.parts.pages.addWidget(page)
            leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
            leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            leave.activated.connect(self.leave)
        return self._page

    def build_page(self) -> QWidget:
        """Make the page, the first time that it is wanted."""
        raise NotImplementedError

    def entered(self) -> None:
        """The page has just been shown: bring it up to date, and take the keyboard."""

    def enter(self) -> None:
        """Show the page."""
        page = self.shown_page
        if not self.is_shown:
            self.host.verbs.compare.setChecked(False)
            self.host.parts.pages.setCurrentWidget(page)
            self.entered()

    def leave(self) -> None:
        """Go back to what lies behind the page."""
        if self.is_shown:
            self.host.parts.leave_page(self.host.workspace)

    def _on_toggled(self, is_on: bool) -> None:
        if is_on:
            self.enter()
        else:
            self.leave()

    def _on_page(self) -> None:
        self.show_action.setChecked(self.is_shown)
