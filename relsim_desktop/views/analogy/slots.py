"""A row for each slot of the idea: what stands in it, and what might."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from relsim_desktop import analogy_phrases
from relsim_desktop.presenters.analogy import Composition
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.chips import chip
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.slot_text import CaptionLabel


class SlotRow(QWidget):
    """Its name, a field, and chips."""

    filled = Signal(str)
    next_asked = Signal()
    """Return was pressed in the field."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._title = title
        self.name = CaptionLabel(theme, max_lines=1)
        self.name.text = f"{{{title}}}"
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("What stands for {slot}").replace("{slot}", title))
        self.field.setPlaceholderText(tr("Anything you can picture"))
        self.field.setClearButtonEnabled(True)
        self.chips: list[QToolButton] = []
        self._flow = FlowLayout(gap=6)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self.next_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.name)
        layout.addWidget(self.field)
        layout.addLayout(self._flow)

    @property
    def tab_order(self) -> list[QWidget]:
        """What the keyboard can reach, in order."""
        return [self.field, *self.chips]

    def show_value(self, value: str) -> None:
        """Show what stands in the slot; the cursor of who types stays where it is."""
        if self.field.text().strip() != value.strip():
            with QSignalBlocker(self.field):
                self.field.setText(value)
        self._mark()

    def show_suggestions(self, values: tuple[str, ...]) -> None:
        """Offer these."""
        if [one.property("value") for one in self.chips] == list(values):
            return
        self._flow.take_all()
        self.chips = []
        for value in values:
            name = tr("{value} for {slot}").replace("{slot}", self._title)
            made = chip(self._theme, value, name=name.replace("{value}", value))
            made.setProperty("value", value)
            made.clicked.connect(
                lambda is_on, value=value: self.field.setText(value if is_on else "")
            )
            self._flow.addWidget(made)
            self.chips.append(made)
        self._mark()

    def _on_text(self, text: str) -> None:
        self.filled.emit(text)
        self._mark()

    def _mark(self) -> None:
        """Light up the chip whose value stands in the slot."""
        text = self.field.text().strip().casefold()
        for one in self.chips:
            one.setChecked(str(one.property("value")).casefold() == text)


class SlotRows(QWidget):
    """Follows a `Composition`."""

    reordered = Signal()
    """There are other controls now."""

    finished = Signal()
    """Return was pressed, and no slot is empty."""

    def __init__(self, theme: Theme, composition: Composition) -> None:
        super().__init__()
        self._theme = theme
        self._composition = composition
        self.rows: list[SlotRow] = []
        self._titles: list[str] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        composition.rewritten.connect(self._rebuild)
        composition.filled.connect(self._show_values)
        self._rebuild()

    @property
    def tab_order(self) -> list[QWidget]:
        """What the keyboard can reach, in order."""
        return [widget for row in self.rows for widget in row.tab_order]

    def take_focus(self) -> bool:
        """Put the keyboard into the first empty field; whether there is one."""
        empty = next((row.field for row in self.rows if not row.field.text().strip()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
        return empty is not None

    def _rebuild(self) -> None:
        slots = self._composition.slots
        titles = [analogy_phrases.slot_title(slots, place) for place in range(len(slots))]
        if titles != self._titles:
            self._titles = titles
            for old in self.rows:
                self._layout.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.rows = [SlotRow(self._theme, title) for title in titles]
            for place, row in enumerate(self.rows):
                row.filled.connect(lambda text, place=place: self._composition.fill(place, text))
                row.next_asked.connect(lambda place=place: self._go_on(place))
                self._layout.addWidget(row)
        for place, row in enumerate(self.rows):
            row.show_suggestions(self._composition.suggestions(place))
        self._show_values()
        self.setVisible(bool(self.rows))
        self.reordered.emit()

    def _show_values(self) -> None:
        for place, row in enumerate(self.rows):
            row.show_value(self._composition.values.get(place, ""))

    def _go_on(self, place: int) -> None:
        if place + 1 < len(self.rows):
            self.rows[place + 1].field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.take_focus():
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return belongs to the fields."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Heights depend on the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
