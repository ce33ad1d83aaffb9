"""The command palette: a line to type in, and what fits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from relsim_desktop.itemmodels.palette import PaletteModel, spoken
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.labels import label
from relsim_desktop.views.palette.painting import CommandPainter

_WIDTH = 640
_HEIGHT = 460
_TOP = 100  # below the window's upper edge, and what is always there
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class PaletteBox(QFrame):
    """Lies over the window until a command was chosen, Escape was pressed, or focus has left.

    Attributes:
        model: What is offered; filled by its owner.
    """

    chosen = Signal(object)
    """A `Command`; the palette is hidden, and the keyboard is where it was before."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Command palette"))
        self._before: QWidget | None = None
        self.model = PaletteModel()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("What would you like to do?"))
        self.line.setAccessibleName(tr("Command palette"))
        self.line.setClearButtonEnabled(True)
        self.view = QListView()
        self.view.setModel(self.model)
        self._painter = CommandPainter(theme, self.model)
        self.view.setItemDelegate(self._painter)
        self.view.setAccessibleName(tr("Commands"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays in the line
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.nothing = label(theme, tr("Nothing like that"), muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, 1)
        self.hide()
        window.installEventFilter(self)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._on_typed)
        self.view.clicked.connect(lambda index: self._choose(index.row()))
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.model.modelReset.connect(self._on_reset)
        theme.changed.connect(self.view.viewport().update)

    def open(self) -> None:
        """Show it, empty, with the keyboard in its line."""
        self._before = QApplication.focusWidget()
        self.line.clear()
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Hide it, and put the keyboard back."""
        if self.isHidden():
            return
        had_focus = self.line.hasFocus()
        self.hide()
        if had_focus and self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line that belong to the list; a window that is resized."""
        if watched is self.parent():
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            # A menu of the line takes the keyboard for a moment only.
            if QApplication.activePopupWidget() is None:
                self.dismiss()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:  # a page behind would hear it too
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.view.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return False
        return True

    def _move(self, steps: int) -> None:
        last = self.model.rowCount() - 1
        if last < 0:
            return
        row = self.view.currentIndex().row() + steps
        if abs(steps) == 1:  # round and round, one by one
            row = row % (last + 1)
        self.view.setCurrentIndex(self.model.index(min(max(row, 0), last)))

    def _choose(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            command = self.model.command(row)
            if not command.refusal:
                self.dismiss()
                self.chosen.emit(command)

    def _on_typed(self, text: str) -> None:
        self.model.look_for(text)

    def _on_reset(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.nothing.setVisible(is_empty)
        self.view.setVisible(not is_empty)
        if not is_empty:
            self.view.setCurrentIndex(self.model.index(0))
            self.view.scrollToTop()
        self._on_current()
        self._place()

    def _on_current(self) -> None:
        """Tell screen readers what return would do; the keyboard never leaves the line."""
        index = self.view.currentIndex()
        said = spoken(self.model.command(index.row())) if index.isValid() else self.nothing.text()
        self.line.setAccessibleDescription(said)

    def _place(self) -> None:
        window = self.parentWidget()
        assert window is not None
        width = min(_WIDTH, window.width() - 32)
        rows = self.model.rowCount() * max(self.view.sizeHintForRow(0), 0)
        wanted = rows + self.line.sizeHint().height() + 32 if rows else 96
        height = min(wanted, _HEIGHT, window.height() - _TOP - 32)
        self.setGeometry((window.width() - width) // 2, _TOP, width, height)
