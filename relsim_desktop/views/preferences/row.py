"""One setting, or one note, as a row of the settings page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.options import Note, Option, Value
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.highlight import contains, marked
from relsim_desktop.views.labels import label


class Row(QFrame):
    """A title and a description at the left; what can be done stands at the right."""

    def __init__(self, theme: Theme, section: str, title: str, description: str) -> None:
        super().__init__()
        self.section = section
        self.also: list[str] = []  # what is found too, although it does not stand here
        self._theme = theme
        self._texts = (title, description)
        self._words: list[str] = []
        self.title = label(theme, title)
        self.description = label(theme, description, scale=0.95, muted=True)
        self.description.setWordWrap(True)
        if not description:
            self.description.hide()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.description)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(24)
        layout.addLayout(texts, 1)
        layout.addLayout(self.controls)
        theme.changed.connect(self._show_texts)

    def look_for(self, words: list[str]) -> bool:
        """Mark words, and say whether all of them stand here; without any everything is found."""
        self._words = words
        self._show_texts()
        return contains(" ".join((*self._texts, *self.also)), words)

    def describe(self, description: str) -> None:
        """Say something else."""
        self._texts = (self._texts[0], description)
        self.description.setVisible(bool(description))
        self._show_texts()

    def _show_texts(self) -> None:
        for line, text in zip((self.title, self.description), self._texts, strict=True):
            _show(line, text, self._words, self._theme)


class OptionRow(Row):
    """A setting with its control, and a way back to the default."""

    changed = Signal(object)
    """Another value was chosen here."""

    restore_asked = Signal()

    def __init__(self, theme: Theme, option: Option) -> None:
        when = f" {tr(option.when)}" if option.when else ""
        super().__init__(theme, option.section, tr(option.title), tr(option.description) + when)
        self.option = option
        self.also = [tr(text) for _, text in option.choices]
        self.restore_button = icon_button(
            theme, "undo", tr("Restore the default of {setting}").format(setting=tr(option.title))
        )
        keep = self.restore_button.sizePolicy()
        keep.setRetainSizeWhenHidden(True)  # the controls of all rows stay in line
        self.restore_button.setSizePolicy(keep)
        self.restore_button.clicked.connect(self.restore_asked)
        self.control = self._make_control()
        self.control.setAccessibleName(tr(option.title))
        self.control.setAccessibleDescription(tr(option.description) + when)
        self.controls.addWidget(self.control)
        self.controls.addWidget(self.restore_button)

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard reaches."""
        return (self.control, self.restore_button)

    def show_value(self, value: Value) -> None:
        """Show what is set."""
        self.restore_button.setVisible(value != self.option.default)
        control = self.control
        blocker = QSignalBlocker(control)
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(value))
        elif isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, (QSlider, QSpinBox)):
            control.setValue(int(value))
        blocker.unblock()

    def _make_control(self) -> QWidget:
        option = self.option
        if option.choices:
            return self._make_choice()
        if isinstance(option.default, bool):
            switch = QCheckBox()
            switch.toggled.connect(self.changed.emit)
            return switch
        number = QSpinBox()
        number.setRange(option.least, option.most)
        number.setSuffix(f" {tr(option.unit)}")
        number.setMinimumWidth(110)
        number.setKeyboardTracking(False)
        number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        number.valueChanged.connect(self.changed.emit)
        return number

    def _make_choice(self) -> QComboBox:
        box = QComboBox()
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page
        box.setMinimumWidth(180)
        for value, text in self.option.choices:
            box.addItem(tr(text), value)
        box.activated.connect(lambda _: self.changed.emit(box.currentData()))
        return box


class NoteRow(Row):
    """Something that is said, perhaps with a button."""

    asked = Signal(str)
    """The name of the note whose button was pressed."""

    def __init__(self, theme: Theme, note: Note) -> None:
        said = tr(note.description) if note.description else ""
        super().__init__(theme, note.section, tr(note.title), said)
        self.note = note
        self.button: QPushButton | None = None
        if note.verb:
            self.button = push_button(tr(note.verb))
            self.button.setAccessibleName(f"{tr(note.title)}: {tr(note.verb)}")
            self.button.clicked.connect(partial(self.asked.emit, note.name))
            self.controls.addWidget(self.button)

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard reaches."""
        return () if self.button is None else (self.button,)


def _show(line: QLabel, text: str, words: list[str], theme: Theme) -> None:
    line.setTextFormat(Qt.TextFormat.RichText if words else Qt.TextFormat.PlainText)
    line.setText(marked(text, words, theme.colors) if words else text)
