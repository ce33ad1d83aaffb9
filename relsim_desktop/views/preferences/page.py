"""The settings, by section, with a search."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.options import NOTES, OPTIONS, SECTIONS
from relsim_desktop.settings import Settings
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.search_field import SearchField
from relsim_desktop.views.highlight import words_of
from relsim_desktop.views.labels import MessagePage, label
from relsim_desktop.views.preferences.row import NoteRow, OptionRow

_WIDTH = 820


class PreferencesPage(QWidget):
    """Shows `OPTIONS` and `NOTES`, and follows the settings."""

    changed = Signal(object, object)
    """An `Option` was given another value."""

    restore_asked = Signal(object)
    """An `Option` is to have its default again."""

    note_asked = Signal(str)
    """The button of the note of this name was pressed."""

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("preferencesPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._settings = settings
        self.search = SearchField(theme, tr("Search the settings"))
        self.options = {option.key: OptionRow(theme, option) for option in OPTIONS}
        self.notes = {note.name: NoteRow(theme, note) for note in NOTES}
        self.nothing = MessagePage(theme)
        self._sections: dict[str, tuple[QLabel, QFrame]] = {}
        self.area = QScrollArea()
        self._lay_out()
        self._wire()

    def look_for(self, query: str) -> None:
        """Show only what a person looks for."""
        words = words_of(query)
        for name, (title, card) in self._sections.items():
            in_title = bool(words) and all(word in title.text().casefold() for word in words)
            found = False
            for row in (*self.options.values(), *self.notes.values()):
                if row.section == name:
                    is_found = row.look_for(words) or in_title
                    row.setVisible(is_found)
                    found = found or is_found
            title.setVisible(found)
            card.setVisible(found)
        is_empty = all(card.isHidden() for _, card in self._sections.values())
        self.area.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        if is_empty:
            self.nothing.say("search", tr("No setting like that"), tr("Escape shows all of them."))

    def reveal(self, key: str) -> None:
        """Scroll to a setting or a note, and give it the keyboard."""
        self.search.clear()
        row = self.options.get(key) or self.notes.get(key)
        layout = self.layout()
        if row is not None and layout is not None:
            layout.activate()
            self.area.ensureWidgetVisible(row, 0, 48)
            for widget in row.tab_order[:1]:
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self._theme, tr("Settings"), scale=1.3, bold=True))
        head.addStretch()
        self.search.setMinimumWidth(280)
        head.addWidget(self.search)
        rows = QVBoxLayout()
        rows.setContentsMargins(0, 0, 8, 24)
        rows.setSpacing(8)
        for name, title in SECTIONS.items():
            heading = label(self._theme, tr(title), scale=1.05, bold=True)
            heading.setContentsMargins(0, 12, 0, 0)
            card = self._card(name)
            self._sections[name] = (heading, card)
            rows.addWidget(heading)
            rows.addWidget(card)
        rows.addStretch()
        inside = QWidget()
        inside.setObjectName("preferencesList")
        inside.setLayout(rows)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout()
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addWidget(self.nothing, 1)
        self.nothing.hide()
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addStretch(1)
        layout.addWidget(middle, 8)
        layout.addStretch(1)
        chain: list[QWidget] = [self.search]
        for row in self.ordered_rows():
            chain += row.tab_order
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def ordered_rows(self) -> list[OptionRow | NoteRow]:
        """All rows from top to bottom."""
        rows: list[OptionRow | NoteRow] = []
        for name in SECTIONS:
            rows += [row for row in self.options.values() if row.section == name]
            rows += [row for row in self.notes.values() if row.section == name]
        return rows

    def _card(self, section: str) -> QFrame:
        card = QFrame()
        card.setObjectName("preferencesCard")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(0)
        for row in (*self.options.values(), *self.notes.values()):
            if row.section == section:
                layout.addWidget(row)
        return card

    def _wire(self) -> None:
        self.search.textChanged.connect(self.look_for)
        for row in self.options.values():
            row.show_value(self._settings.value(row.option))
            row.changed.connect(lambda value, row=row: self.changed.emit(row.option, value))
            row.restore_asked.connect(lambda row=row: self.restore_asked.emit(row.option))
        for note in self.notes.values():
            note.asked.connect(self.note_asked)
        self._settings.changed.connect(self._on_setting)

    def _on_setting(self, key: str) -> None:
        row = self.options.get(key)
        if row is not None:
            row.show_value(self._settings.value(row.option))
