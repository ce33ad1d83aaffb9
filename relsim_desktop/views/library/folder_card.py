"""One folder of the library as a card: where it is, how it stands, what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from relsim_desktop import folder_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import ElidedLabel, label

if TYPE_CHECKING:
    from engine.library.watching import WatchState
    from engine.store.folders import FolderState

_ICON = 28


class FolderCard(QFrame):
    """Shows a `FolderState`."""

    rescan_asked = Signal()
    reveal_asked = Signal()
    remove_asked = Signal()
    relocate_asked = Signal()
    dismiss_asked = Signal()
    watch_toggled = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("modelCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._is_online = True
        self._icon = QLabel()
        self.title = label(theme, scale=1.15, bold=True)
        self.path = ElidedLabel(theme, scale=0.95, muted=True)
        self.numbers = label(theme)
        self.standing = label(theme, scale=0.95, muted=True)
        self.loss = label(theme, scale=0.95)
        self.loss.setProperty("danger", True)
        for line in (self.numbers, self.standing, self.loss):
            line.setWordWrap(True)
        self.watch = QCheckBox(tr("Watch"))
        self.watch.setToolTip(tr("Notice changes in this folder while the window is open"))
        self.rescan_button = push_button(tr("Look for changes"))
        self.reveal_button = push_button(tr("Show in file manager"))
        self.relocate_button = push_button(tr("It has moved…"))
        self.dismiss_button = push_button(tr("They are meant to be gone"))
        self.remove_button = push_button(tr("Remove"))
        self._lay_out()
        for button, signal in (
            (self.rescan_button, self.rescan_asked),
            (self.reveal_button, self.reveal_asked),
            (self.relocate_button, self.relocate_asked),
            (self.dismiss_button, self.dismiss_asked),
            (self.remove_button, self.remove_asked),
        ):
            button.clicked.connect(signal)
        self.watch.clicked.connect(self.watch_toggled)
        theme.changed.connect(self._draw_icon)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.watch,
            self.rescan_button,
            self.reveal_button,
            self.relocate_button,
            self.dismiss_button,
            self.remove_button,
        )

    def show_state(self, state: FolderState, watch: WatchState | None) -> None:
        """Show how the folder is now."""
        name = folder_phrases.name(state.folder.path)
        self._is_online = state.folder.online
        self.title.setText(name)
        self.path.full_text = str(state.folder.path)
        self.numbers.setText(folder_phrases.numbers(state))
        self.standing.setText(folder_phrases.standing(state, watch))
        self.loss.setText(folder_phrases.vanished(state) if state.vanished else "")
        self.loss.setVisible(state.vanished > 0)
        self.watch.setChecked(state.watched)
        self.rescan_button.setVisible(self._is_online)
        self.reveal_button.setVisible(self._is_online)
        self.relocate_button.setVisible(not self._is_online)
        self.dismiss_button.setVisible(state.vanished > 0)
        for control in self.controls:
            text = control.text() if hasattr(control, "text") else ""
            control.setAccessibleName(f"{text}: {name}")
        self._draw_icon()

    def _draw_icon(self) -> None:
        colors = self._theme.colors
        icon, color = (
            ("folders", colors.accent) if self._is_online else ("offline", colors.attribute)
        )
        self._icon.setPixmap(self._theme.drawing(icon, color, _ICON, self.devicePixelRatioF()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.path)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(self.watch, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(_ICON + 12, 0, 0, 0)
        buttons.setSpacing(8)
        for button in (
            self.rescan_button,
            self.reveal_button,
            self.relocate_button,
            self.dismiss_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        facts = QVBoxLayout()
        facts.setContentsMargins(_ICON + 12, 0, 0, 0)  # below the name
        facts.setSpacing(4)
        for line in (self.numbers, self.standing, self.loss):
            facts.addWidget(line)
        layout.addLayout(facts)
        layout.addSpacing(4)
        layout.addLayout(buttons)
