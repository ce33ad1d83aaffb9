"""The window's menus: every verb has its place, its key, and its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from relsim_desktop.settings import THEMES
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr

_MENUS: Final = {
    "file": QT_TRANSLATE_NOOP("", "&File"),
    "edit": QT_TRANSLATE_NOOP("", "&Edit"),
    "library": QT_TRANSLATE_NOOP("", "&Library"),
    "analogies": QT_TRANSLATE_NOOP("", "&Analogies"),
    "view": QT_TRANSLATE_NOOP("", "&View"),
    "help": QT_TRANSLATE_NOOP("", "&Help"),
}

_SECTIONS: Final = {
    "file": ("open", "query", "take", "quit"),
    "edit": ("undo", "copy", "settings"),
    "library": ("folders", "models"),
    "analogies": ("history", "ask", "judge"),
    "view": ("pages", "panes", "look"),
    "help": ("help", "about"),
}
"""Parts of each menu, with a line between two."""

_THEME_NAMES: Final = {
    "system": QT_TRANSLATE_NOOP("", "System"),
    "light": QT_TRANSLATE_NOOP("", "Light"),
    "dark": QT_TRANSLATE_NOOP("", "Dark"),
}


@dataclass(slots=True)
class WindowActions:
    """The actions of a window; who builds it connects them."""

    open_folder: QAction
    open_pictures: QAction
    open_sample: QAction
    verify: QAction
    paste: QAction
    quit: QAction
    undo: QAction
    redo: QAction
    back: QAction
    forward: QAction
    search: QAction
    browse: QAction
    compare: QAction
    swap: QAction
    boards: QAction
    export_groups: QAction
    rescan: QAction
    models: QAction
    describe: QAction
    edit: QAction
    larger: QAction
    smaller: QAction
    names: QAction
    shortcuts: QAction
    about: QAction
    themes: dict[str, QAction] = field(default_factory=dict)
    menus: dict[str, QMenu] = field(default_factory=dict)
    added: list[QAction] = field(default_factory=list)
    _ends: dict[str, QAction] = field(default_factory=dict)

    def add(self, place: str, action: QAction) -> None:
        """Take up the verb of a feature.

        Args:
            place: A menu and a section of it, such as ``view/pages``.
            action: Stands at the end of that section.
        """
        self.place(place, action)
        self.added.append(action)

    def of_page(self, feature: str) -> QAction:
        """The verb that shows the page of a feature, by the name of its class."""
        return next(action for action in self.added if action.objectName() == feature)

    def place(self, place: str, action: QAction) -> None:
        """Put an action at the end of a section."""
        menu = self.menus[place.split("/", maxsplit=1)[0]]
        end = self._ends.get(place)
        if end is None:
            menu.addAction(action)
        else:
            menu.insertAction(end, action)

    def add_menus(self, window: QMainWindow) -> None:
        """Make the menu bar; its sections are empty, and an empty one has no line."""
        for name, title in _MENUS.items():
            menu = self.menus[name] = window.menuBar().addMenu(tr(title))
            for section in _SECTIONS[name][:-1]:
                self._ends[f"{name}/{section}"] = menu.addSeparator()

    def all(self) -> list[QAction]:
        """Every verb of the window."""
        own = [getattr(self, name) for name in self.__slots__]
        return [action for action in own if isinstance(action, QAction)] + self.added

    def shortcut_keys(self) -> list[tuple[str, QKeySequence]]:
        """Every action that has a key."""
        return [
            (plain_text(action), action.shortcut())
            for action in self.all()
            if not action.shortcut().isEmpty()
        ]


def plain_text(action: QAction) -> str:
    """What an action is called, without its mnemonic."""
    return action.text().replace("&", "").rstrip("… ")


def build_actions(window: QMainWindow) -> WindowActions:
    """Create the actions and fill the menu bar."""

    def action(text: str, key: str | QKeySequence.StandardKey = "") -> QAction:
        made = QAction(text, window)
        made.setShortcut(QKeySequence(key))
        return made

    keys = QKeySequence.StandardKey
    actions = WindowActions(
        open_folder=action(tr("&Open folder…"), keys.Open),
        open_pictures=action(tr("Open &pictures…"), "Ctrl+Shift+O"),
        open_sample=action(tr("Open &sample collection")),
        verify=action(tr("&Verify groups…"), "Ctrl+G"),
        paste=action(tr("Query from &clipboard"), keys.Paste),
        quit=action(tr("&Quit"), "Ctrl+Q"),
        undo=action(tr("&Undo"), keys.Undo),
        redo=action(tr("&Redo"), keys.Redo),
        back=action(tr("&Back"), "Alt+Left"),
        forward=action(tr("&Forward"), "Alt+Right"),
        search=action(tr("&Describe a relation…"), keys.Find),
        browse=action(tr("B&rowse"), "Ctrl+1"),
        compare=action(tr("&Compare two pictures"), "Ctrl+D"),
        swap=action(tr("&Swap A and B"), "Ctrl+T"),
        boards=action(tr("B&oards"), "Ctrl+B"),
        export_groups=action(tr("E&xport as groups…")),
        rescan=action(tr("Look for &changes"), keys.Refresh),
        models=action(tr("&Models…"), "Ctrl+M"),
        describe=action(tr("&Describe pictures")),
        edit=action(tr("&Edit description…"), "F2"),
        larger=action(tr("&Larger thumbnails"), keys.ZoomIn),
        smaller=action(tr("S&maller thumbnails"), keys.ZoomOut),
        names=action(tr("Show file &names")),
        shortcuts=action(tr("&Keyboard shortcuts"), keys.HelpContents),
        about=action(tr("&About Relsim Desktop")),
    )
    actions.compare.setCheckable(True)
    actions.boards.setCheckable(True)
    actions.names.setCheckable(True)
    actions.describe.setCheckable(True)
    _fill_menu_bar(window, actions)
    return actions


def _fill_menu_bar(window: QMainWindow, actions: WindowActions) -> None:
    actions.add_menus(window)
    for place, placed in {
        "file/open": (actions.open_folder, actions.open_pictures, actions.open_sample),
        "file/query": (actions.paste,),
        "file/take": (actions.export_groups, actions.verify),
        "file/quit": (actions.quit,),
        "edit/undo": (actions.undo, actions.redo),
        "library/folders": (actions.rescan,),
        "library/models": (actions.models, actions.describe),
        "analogies/history": (actions.back, actions.forward),
        "analogies/ask": (actions.search,),
        "analogies/judge": (actions.edit, actions.swap),
        "view/pages": (actions.browse, actions.compare, actions.boards),
        "view/look": (actions.larger, actions.smaller, actions.names),
        "help/help": (actions.shortcuts,),
        "help/about": (actions.about,),
    }.items():
        for action in placed:
            actions.place(place, action)
    theme = actions.menus["view"].addMenu(tr("&Theme"))
    group = QActionGroup(window)
    for name in THEMES:
        choice = QAction(tr(_THEME_NAMES[name]), window, checkable=True)
        group.addAction(choice)
        theme.addAction(choice)
        actions.themes[name] = choice
