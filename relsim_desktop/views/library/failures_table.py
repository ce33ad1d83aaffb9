"""A table of the files that could not be read, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.itemmodels.failures import FailuresModel
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.types import Failure


class FailuresTable(QWidget):
    """Sortable; buttons act on the selected rows, or on all."""

    retry_asked = Signal(object)
    """Paths to try again, or None for all."""

    reveal_asked = Signal(object)
    """A path to show in the file manager."""

    def __init__(self, theme: Theme, model: FailuresModel) -> None:
        super().__init__()
        self._model = model
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self.title = label(theme, scale=1.15, bold=True)
        self.table = QTableView()
        self.retry_button = push_button(tr("Try again"))
        self.reveal_button = push_button(tr("Show in file manager"))
        self.copy_button = push_button(tr("Copy list"))
        self.buttons = QHBoxLayout()
        self._set_up_table()
        self._lay_out(theme)
        self._wire()
        self._on_changed()

    @property
    def selected(self) -> list[Failure]:
        """The failures of the selected rows."""
        rows = self.table.selectionModel().selectedRows()
        return [self._model.failure(self._sorted.mapToSource(row).row()) for row in rows]

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (self.table, self.retry_button, self.reveal_button, self.copy_button)

    def copy(self) -> None:
        """Copy the selected rows, or all, as lines of path and reason."""
        failures: Sequence[Failure] = self.selected or self._model.failures
        lines = [f"{failure.path}\t{failure.reason}" for failure in failures]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _set_up_table(self) -> None:
        self.table.setModel(self._sorted)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(tr("Files that could not be read"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, 220)
        header.resizeSection(1, 300)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self, theme: Theme) -> None:
        hint = label(
            theme,
            tr("They are shown, but never found, and not tried again until they change."),
            muted=True,
        )
        self.buttons.setSpacing(8)
        for button in (self.retry_button, self.reveal_button, self.copy_button):
            self.buttons.addWidget(button)
        self.buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(hint)
        layout.addWidget(self.table, 1)
        layout.addLayout(self.buttons)

    def _wire(self) -> None:
        self.retry_button.clicked.connect(self._on_retry)
        self.reveal_button.clicked.connect(self._on_reveal)
        self.copy_button.clicked.connect(self.copy)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self._model.modelReset.connect(self._on_changed)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        keys = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.copy)

    def _on_changed(self) -> None:
        number = self._model.rowCount()
        self.title.setText(tr("%n file(s) could not be read", "", number))
        for button in (self.retry_button, self.copy_button):
            button.setEnabled(number > 0)
        self._on_selected()

    def _on_selected(self) -> None:
        selected = self.selected
        self.retry_button.setText(tr("Try again") if selected else tr("Try all again"))
        self.reveal_button.setEnabled(len(selected) == 1)

    def _on_retry(self) -> None:
        selected = self.selected
        self.retry_asked.emit([failure.path for failure in selected] if selected else None)

    def _on_reveal(self) -> None:
        for failure in self.selected[:1]:
            self.reveal_asked.emit(failure.path)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.reveal_asked.emit(self._model.failure(self._sorted.mapToSource(index).row()).path)
