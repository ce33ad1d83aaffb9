"""The page of the folders: each with its state and numbers, and what the library leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import MessagePage, label
from relsim_desktop.views.library.folder_card import FolderCard
from relsim_desktop.views.library.rules_editor import RulesEditor
from relsim_desktop.views.narrow_column import fill_narrow

if TYPE_CHECKING:
    from engine.library.watching import WatchState
    from engine.store.folders import FolderState

_WIDEST = 900


class FoldersPage(QWidget):
    """Cards of folders, one below the other. Signals name the folder by its state."""

    add_asked = Signal()
    rescan_all_asked = Signal()
    rescan_asked = Signal(object)
    reveal_asked = Signal(object)
    remove_asked = Signal(object)
    relocate_asked = Signal(object)
    dismiss_asked = Signal(object)
    watch_toggled = Signal(object, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("foldersPage")
        self._theme = theme
        self.cards: dict[int, FolderCard] = {}
        self._states: dict[int, FolderState] = {}
        self.add_button = push_button(tr("Add folder…"), primary=True)
        self.rescan_button = push_button(tr("Look for changes everywhere"))
        self.rules = RulesEditor(theme)
        self.message = MessagePage(theme)
        self.message.say(
            "folders",
            tr("No folders yet"),
            tr("Add a folder, or drop it anywhere on the window. Your files are never changed."),
        )
        self._list = QVBoxLayout()
        self._lay_out()
        self.add_button.clicked.connect(self.add_asked)
        self.rescan_button.clicked.connect(self.rescan_all_asked)

    def show_folders(
        self, states: Sequence[FolderState], watched: Mapping[Path, WatchState]
    ) -> None:
        """Show the folders as they are now; cards stay, so that the keyboard does not lose one."""
        self._states = {state.folder.folder_id: state for state in states}
        for folder_id in [known for known in self.cards if known not in self._states]:
            card = self.cards.pop(folder_id)
            self._list.removeWidget(card)
            card.deleteLater()
        for position, (folder_id, state) in enumerate(self._states.items()):
            card = self.cards.get(folder_id) or self._new_card(folder_id)
            self._list.removeWidget(card)
            self._list.insertWidget(position, card)
            card.show_state(state, watched.get(state.folder.path))
        self.message.setVisible(not states)
        self.rules.setVisible(bool(states) or self.rules.is_used)
        self.rescan_button.setEnabled(bool(states))
        ordered = [self.cards[folder_id] for folder_id in self._states]
        chain = [
            self.add_button,
            self.rescan_button,
            *(control for card in ordered for control in card.controls),
            *self.rules.controls,
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _new_card(self, folder_id: int) -> FolderCard:
        card = self.cards[folder_id] = FolderCard(self._theme)
        for signal, asked in (
            (card.rescan_asked, self.rescan_asked),
            (card.reveal_asked, self.reveal_asked),
            (card.remove_asked, self.remove_asked),
            (card.relocate_asked, self.relocate_asked),
            (card.dismiss_asked, self.dismiss_asked),
        ):
            signal.connect(lambda asked=asked: asked.emit(self._states[folder_id]))
        card.watch_toggled.connect(
            lambda is_on: self.watch_toggled.emit(self._states[folder_id], is_on)
        )
        return card

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        title = label(self._theme, tr("Folders of this library"), scale=1.3, bold=True)
        head.addWidget(title, 1)
        head.addWidget(self.rescan_button)
        head.addWidget(self.add_button)
        self._list.setSpacing(12)
        column = QVBoxLayout()
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.message)
        column.addLayout(self._list)
        column.addWidget(self.rules)
        column.addStretch()
        fill_narrow(self, column, _WIDEST)
