"""The window's menus: every verb has its place, its key, and its name."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from relsim_desktop.settings import THEMES


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

    def shortcut_keys(self) -> list[tuple[str, QKeySequence]]:
        """Every action that has a key."""
        actions = (getattr(self, name) for name in self.__slots__ if name != "themes")
        return [
            (action.text().replace("&", "").rstrip("…"), action.shortcut())
            for action in actions
            if not action.shortcut().isEmpty()
        ]


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
    _fill(
        bar.addMenu("&File"),
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
    _fill(bar.addMenu("&Edit"), actions.undo, actions.redo)
    _fill(
        bar.addMenu("&Library"),
        actions.folders,
        actions.failures,
        actions.rescan,
        None,
        actions.describe,
        actions.models,
    )
    _fill(
        bar.addMenu("&Analogies"),
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
    view = bar.addMenu("&View")
    theme = view.addMenu("&Theme")
    group = QActionGroup(window)
    for name in THEMES:
        choice = QAction(name.capitalize(), window, checkable=True)
        group.addAction(choice)
        theme.addAction(choice)
        actions.themes[name] = choice
    view.addSeparator()
    _fill(view, actions.larger, actions.smaller, actions.names)
    _fill(bar.addMenu("&Help"), actions.shortcuts, actions.about)


def _fill(menu: QMenu, *actions: QAction | None) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
