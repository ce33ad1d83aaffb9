"""The window's menus: every verb has its place, its key, and its name."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from relsim_desktop.settings import THEMES

_MENUS = {
    "file": "&File",
    "edit": "&Edit",
    "library": "&Library",
    "analogies": "&Analogies",
    "view": "&View",
    "help": "&Help",
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
    compare: QAction
    swap: QAction
    boards: QAction
    export_groups: QAction
    folders: QAction
    failures: QAction
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

    def add(self, menu: str, action: QAction) -> None:
        """Take up the verb of a feature.

        Args:
            menu: ``file``, ``edit``, ``library``, ``analogies``, ``view`` or ``help``.
            action: Stands at the end of that menu.
        """
        self.menus[menu].addAction(action)
        self.added.append(action)

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
    return action.text().replace("&", "").rstrip("…")


def build_actions(window: QMainWindow) -> WindowActions:
    """Create the actions and fill the menu bar."""

    def action(text: str, key: str | QKeySequence.StandardKey = "") -> QAction:
        made = QAction(text, window)
        made.setShortcut(QKeySequence(key))
        return made

    keys = QKeySequence.StandardKey
    actions = WindowActions(
        open_folder=action("&Open folder…", keys.Open),
        open_pictures=action("Open &pictures…", "Ctrl+Shift+O"),
        open_sample=action("Open &sample collection"),
        verify=action("&Verify groups…", "Ctrl+G"),
        paste=action("Query from &clipboard", keys.Paste),
        quit=action("&Quit", "Ctrl+Q"),
        undo=action("&Undo", keys.Undo),
        redo=action("&Redo", keys.Redo),
        back=action("&Back", "Alt+Left"),
        forward=action("&Forward", "Alt+Right"),
        search=action("&Describe a relation…", keys.Find),
        compare=action("&Compare two pictures", "Ctrl+D"),
        swap=action("&Swap A and B", "Ctrl+T"),
        boards=action("B&oards", "Ctrl+B"),
        export_groups=action("E&xport as groups…"),
        folders=action("&Folders of this library…"),
        failures=action("Files that could not be &read…"),
        rescan=action("Look for &changes", keys.Refresh),
        models=action("&Models…", "Ctrl+M"),
        describe=action("&Describe pictures"),
        edit=action("&Edit description…", "F2"),
        larger=action("&Larger thumbnails", keys.ZoomIn),
        smaller=action("S&maller thumbnails", keys.ZoomOut),
        names=action("Show file &names"),
        shortcuts=action("&Keyboard shortcuts", keys.HelpContents),
        about=action("&About Relsim Desktop"),
    )
    actions.compare.setCheckable(True)
    actions.boards.setCheckable(True)
    actions.names.setCheckable(True)
    actions.describe.setCheckable(True)
    _fill_menu_bar(window, actions)
    return actions


def _fill_menu_bar(window: QMainWindow, actions: WindowActions) -> None:
    bar = window.menuBar()
    menus = actions.menus
    for name, title in _MENUS.items():
        menus[name] = bar.addMenu(title)
    _fill(
        menus["file"],
        actions.open_folder,
        actions.open_pictures,
        actions.open_sample,
        None,
        actions.export_groups,
        actions.verify,
        None,
        actions.paste,
        None,
        actions.quit,
    )
    _fill(menus["edit"], actions.undo, actions.redo)
    _fill(
        menus["library"],
        actions.folders,
        actions.failures,
        actions.rescan,
        None,
        actions.describe,
        actions.models,
    )
    _fill(
        menus["analogies"],
        actions.back,
        actions.forward,
        None,
        actions.search,
        actions.edit,
        None,
        actions.compare,
        actions.swap,
        None,
        actions.boards,
    )
    view = menus["view"]
    theme = view.addMenu("&Theme")
    group = QActionGroup(window)
    for name in THEMES:
        choice = QAction(name.capitalize(), window, checkable=True)
        group.addAction(choice)
        theme.addAction(choice)
        actions.themes[name] = choice
    view.addSeparator()
    _fill(view, actions.larger, actions.smaller, actions.names)
    _fill(menus["help"], actions.shortcuts, actions.about)


def _fill(menu: QMenu, *actions: QAction | None) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
