"""Over the answers: the terms under which they were found, each with a way to take it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from relsim_desktop import filter_phrases
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.chips import removable_chip
from relsim_desktop.views.buttons import icon_button, text_button
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.finding.finder import Found


_CHIP_HEIGHT = 28


class TermsRow(QWidget):
    """What is set, and how many pictures pass.

    The button of the filters and the menu of the rest stand elsewhere, where there is room.
    """

    changed = Signal(object)
    """The `Question` under other terms."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.filter_button = text_button(
            theme, "filter", tr("Filters"), tooltip=tr("Narrow the answers down (Ctrl+Shift+F)")
        )
        self.menu = QMenu(self)
        self.more_button = icon_button(theme, "more", tr("More on the order of the answers"))
        self.more_button.setMenu(self.menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.count = label(theme, scale=0.9, muted=True)
        self.count.setMinimumHeight(_CHIP_HEIGHT)
        self.chips: list[QToolButton] = []
        self._flow = FlowLayout(gap=6)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 6)
        row.setSpacing(8)
        row.addLayout(self._flow, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_question(self, question: Question | None) -> None:
        """Show under which terms something is asked; how many pass is known later."""
        self._flow.take_all()
        self.chips = []
        conditions = filter_phrases.conditions(question.filters) if question is not None else []
        self.filter_button.setText(
            tr("Filters · {count}").format(count=len(conditions)) if conditions else tr("Filters")
        )
        self.filter_button.setAccessibleName(
            tr("Filters, %n set", "", len(conditions)) if conditions else tr("Filters")
        )
        self.count.clear()
        if question is None:
            self.hide()
            return
        for condition in conditions:
            filters = condition.without if condition.without.is_active else None
            self._add(condition.text, replace(question, filters=filters))
        if question.order == "farthest":
            self._add(tr("Least related first"), replace(question, order="nearest"))
        self.setVisible(bool(self.chips))

    def show_found(self, found: Found) -> None:
        """Say how many pictures pass, if that is not all of them."""
        is_all = found.passing == found.of
        self.count.setText("" if is_all else filter_phrases.passing(found.passing, found.of))

    def _add(self, text: str, without: Question) -> None:
        made = removable_chip(self._theme, text, name=tr("Remove “{text}”").format(text=text))
        made.clicked.connect(lambda: self.changed.emit(without))
        self._flow.addWidget(made)
        self.chips.append(made)
