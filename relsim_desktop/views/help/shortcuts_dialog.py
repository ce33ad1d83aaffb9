"""Every key of the program in one list that can be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.search_field import SearchField
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.highlight import contains, words_of
from relsim_desktop.views.labels import label
from relsim_desktop.views.window.actions import WindowActions, plain_text


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together.

    Attributes:
        title: Of the menu, or of the place where they work.
        keys: What each does, and the key as people read it.
    """

    title: str
    keys: tuple[tuple[str, str], ...]


def all_keys(verbs: WindowActions) -> list[KeyGroup]:
    """The keys of every menu, and those that work in one place only."""
    groups = []
    for menu in verbs.menus.values():
        keys = [(plain_text(action), _shown(action)) for action in _actions(menu)]
        keys = [(text, key) for text, key in keys if key]
        if keys:
            groups.append(KeyGroup(menu.title().replace("&", ""), tuple(keys)))
    groups.append(
        KeyGroup(
            tr("Everywhere"),
            (
                (tr("Leave a page, close a box"), tr("Escape")),
                (tr("Command palette, too"), "Ctrl+Shift+P"),
                (tr("Next and previous control"), tr("Tab, Shift+Tab")),
            ),
        )
    )
    groups.append(
        KeyGroup(
            tr("Pictures"),
            (
                (tr("Move among pictures"), tr("Arrow keys")),
                (tr("Find the analogies of a neighbor"), tr("Return")),
                (tr("Select several pictures"), tr("Ctrl+Click, Shift+Arrow keys")),
                (tr("Judge a neighbor: good analogy, only looks alike, no analogy"), "1, 2, 3"),
                (tr("Put a picture on the board that was used last"), "B"),
                (tr("Take a picture off a board"), tr("Delete")),
            ),
        )
    )
    groups.append(
        KeyGroup(
            tr("User study"),
            (
                (tr("A is closer, B is closer, neither is"), "1, 2, 3"),
                (tr("Take the last answer back, ask this one later"), "Z, L"),
            ),
        )
    )
    return groups


class ShortcutsDialog(QDialog):
    """All keys, by menu."""

    def __init__(self, theme: Theme, groups: Sequence[KeyGroup], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(620, min(760, self.screen().availableSize().height() - 80))
        self._theme = theme
        self._rows: list[tuple[QLabel, list[tuple[str, QLabel, QLabel]]]] = []
        self.search = SearchField(theme, tr("Search the shortcuts"))
        self.close_button = push_button(tr("Close"), primary=True)
        self.close_button.clicked.connect(self.accept)
        grid = QGridLayout()
        grid.setContentsMargins(4, 0, 12, 12)
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for group in groups:
            self._add(group, grid)
        grid.setRowStretch(grid.rowCount(), 1)
        inside = QWidget()
        inside.setObjectName("shortcutList")
        inside.setLayout(grid)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Keyboard shortcuts"))
        head = QHBoxLayout()
        head.addWidget(label(theme, tr("Keyboard shortcuts"), scale=1.3, bold=True))
        head.addStretch()
        head.addWidget(self.search)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self.search.textChanged.connect(self.look_for)
        self.search.setFocus()

    def look_for(self, query: str) -> None:
        """Show only the keys that a person looks for."""
        words = words_of(query)
        for title, rows in self._rows:
            found = False
            for text, what, key in rows:
                is_found = contains(text, words)
                what.setVisible(is_found)
                key.setVisible(is_found)
                found = found or is_found
            title.setVisible(found)

    def _add(self, group: KeyGroup, grid: QGridLayout) -> None:
        title = label(self._theme, group.title, bold=True)
        title.setContentsMargins(0, 12, 0, 0)
        grid.addWidget(title, grid.rowCount(), 0, 1, 2)
        rows = []
        for text, key in group.keys:
            row = grid.rowCount()
            what, how = label(self._theme, text), label(self._theme, key, muted=True)
            what.setWordWrap(True)
            grid.addWidget(what, row, 0)
            grid.addWidget(how, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            rows.append((f"{group.title} {text} {key}", what, how))
        self._rows.append((title, rows))


def _actions(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for action in menu.actions():
        inner = action.menu()
        found += _actions(inner) if isinstance(inner, QMenu) else [action]
    return found


def _shown(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
