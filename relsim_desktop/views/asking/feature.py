"""Asking more than one thing, narrowing the answers down, and wandering: verbs, keys and menus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from relsim_desktop.jobs import Trouble
from relsim_desktop.question import Order, Question
from relsim_desktop.translation import tr
from relsim_desktop.views.window.copying_feature import HasChosen
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from engine.finding.columns import Facets
    from engine.finding.filters import Filters
    from engine.finding.finder import Found
    from engine.types import Neighbor
    from relsim_desktop.views.asking.filter_panel import FilterPanel

LEARNS: Final = "analogies/learns"
"""Key of the setting whether verdicts move neighbors."""


class AskingFeature(Feature):
    """What a person can do with a question besides asking it."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._inquiry = host.workspace.inquiry
        self._panel = host.parts.analogies
        self._filters: FilterPanel | None = None
        add, ask = self.add_action, "analogies/ask"
        self.add_to = add(
            "analogies/ask", tr("&Add to the question"), self._add, key="Ctrl+Shift+A"
        )
        self.filter = add(ask, tr("&Filters…"), self.open_filters, key="Ctrl+Shift+F")
        self.farthest = add(
            "analogies/ask", tr("&Least related first"), key="Ctrl+L", checkable=True
        )
        self.wander = add(ask, tr("Surprise &me"), self._inquiry.wander, key="Ctrl+R")
        self.learns = add("analogies/judge", tr("Learn from your &verdicts"), checkable=True)
        self.learns.setToolTip(
            tr("What you called no analogy sinks, and what is near your good ones rises")
        )
        self.learns.setChecked(host.settings.read_bool(LEARNS, default=True))
        self._panel.terms.menu.addActions([self.farthest, self.learns])
        self._panel.terms.menu.addSeparator()
        self._panel.terms.menu.addAction(self.wander)
        self._placeholder = host.parts.search.placeholderText()
        self._add_text = self._prepare_search(host.parts.search)
        self._wire()

    @property
    def panel(self) -> FilterPanel:
        """The filters; they are built now if they were not."""
        from relsim_desktop.views.asking.filter_panel import FilterPanel

        if self._filters is None:
            self._filters = FilterPanel(self.host.theme, self.host.window)
            self._filters.changed.connect(self._on_filters)
            self._inquiry.aside.faceted.connect(self._on_facets)
        return self._filters

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Add pictures to the question, push away from them, or ask what they share."""
        asked = self._inquiry.question
        if len(questions) > 1:
            menu.addAction(tr("Find what these share"), lambda: self._share(questions))
        if asked is not None and not all(one.is_same_as(asked) for one in questions):
            menu.addAction(tr("Add to the question"), lambda: self._extend(questions, 1.0))
            away = tr("Push away from this") if len(questions) == 1 else tr("Push away from these")
            menu.addAction(away, lambda: self._extend(questions, -1.0))
        if neighbor is not None and neighbor.copies:
            row = self._panel.model.row_of(neighbor.image_id)
            if row is not None:
                text = (
                    tr("Collapse what is like it")
                    if self._panel.model.is_unfolded(row)
                    else tr("Show the %n picture(s) like it", "", neighbor.copies)
                )
                menu.addAction(text, lambda: self._panel.toggle_copies(row))
        menu.addSeparator()

    def open_filters(self) -> None:
        """Show what the answers can be narrowed down to."""
        if self._inquiry.question is None:
            self.host.parts.strip.say(tr("Pick a picture first; then narrow its analogies down"))
            return
        self.host.parts.show_browser()
        self.panel.show_filters(self._inquiry.question.filters)
        self._inquiry.aside.count_facets()
        self.panel.open_under(self._panel.terms.filter_button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter in the search field adds the sentence instead of asking it anew."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._add_sentence()
                return True
        return super().eventFilter(watched, event)

    # --- what is asked ----------------------------------------------------------------------------

    def _share(self, questions: Sequence[Question]) -> None:
        first, *others = questions
        for other in others:
            first = first.adding(other)
        self.host.ask(first)

    def _extend(self, questions: Sequence[Question], weight: float) -> None:
        asked = self._inquiry.question
        if asked is None:
            return
        for one in questions:
            asked = asked.adding(one, weight)
        self.host.parts.show_browser()
        self._inquiry.change(asked)

    def _add(self) -> None:
        """Add what is selected where the keyboard is, or else in the collection."""
        questions = self._selected()
        if not questions:
            self.host.parts.strip.say(tr("Select a picture to add it to the question"))
        elif self._inquiry.question is None:
            self._share(questions)
        else:
            self._extend(questions, 1.0)

    def _selected(self) -> list[Question]:
        widget = QApplication.focusWidget()
        while widget is not None:
            if isinstance(widget, HasChosen):
                return list(widget.chosen_pictures())
            widget = widget.parentWidget()
        view = self._panel.view
        index = view.currentIndex()
        if view.hasFocus() and index.isValid():
            neighbor = self._panel.model.neighbor(index.row())
            return [Question(path=neighbor.path, image_id=neighbor.image_id)]
        return [
            Question(path=entry.path, image_id=entry.image_id)
            for entry in self.host.parts.collection.selected
        ]

    def _add_sentence(self) -> None:
        text = self.host.parts.search.text().strip()
        if text:
            self.host.parts.show_browser()
            self._inquiry.add(Question(text=text))

    def _prepare_search(self, search: QLineEdit) -> QAction:
        """Give the search field a second way to be used."""
        action = QAction(tr("Add to the question (Ctrl+Enter)"), search)
        self.host.theme.bind_icon(action, "add")
        action.triggered.connect(self._add_sentence)
        search.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        search.installEventFilter(self)
        search.textChanged.connect(self._on_search)
        return action

    # --- terms ------------------------------------------------------------------------------------

    def _on_filters(self, filters: Filters) -> None:
        question = self._inquiry.question
        if question is not None:
            wanted = filters if filters.is_active else None
            self._inquiry.change(replace(question, filters=wanted))

    def _on_farthest(self, is_on: bool) -> None:
        question = self._inquiry.question
        if question is None:
            self.farthest.setChecked(False)
        else:
            order: Order = "farthest" if is_on else "nearest"
            self._inquiry.change(replace(question, order=order))

    def _on_learns(self, is_on: bool) -> None:
        self.host.settings.write(LEARNS, is_on)
        self._inquiry.set_learns(is_on)

    # --- wiring -----------------------------------------------------------------------------------

    def _wire(self) -> None:
        self.farthest.triggered.connect(self._on_farthest)
        self.learns.toggled.connect(self._on_learns)
        self._panel.terms.filter_button.clicked.connect(self.open_filters)
        self._panel.relations.text_expected.connect(self.host.workspace.expect_text)
        self._inquiry.asked.connect(self._on_asked)
        self._inquiry.answered.connect(self._on_answered)
        self._inquiry.aside.failed.connect(self._on_failed)
        self.host.workspace.opened.connect(lambda _: self.wander.setEnabled(True))
        self.wander.setEnabled(False)
        if not self.learns.isChecked():
            self._inquiry.set_learns(False)
        self._on_asked(None)

    def _on_asked(self, question: Question | None) -> None:
        for action in (self.filter, self.farthest):
            action.setEnabled(question is not None)
        self.farthest.setChecked(question is not None and question.order == "farthest")
        if self._filters is not None and question is not None:
            self._filters.show_filters(question.filters)
        self._on_search()

    def _on_search(self) -> None:
        can_add = self._inquiry.question is not None
        search = self.host.parts.search
        self._add_text.setVisible(can_add and bool(search.text().strip()))
        search.setPlaceholderText(
            tr("Describe a relation; Ctrl+Enter adds it to the question")
            if can_add
            else self._placeholder
        )
        tip = tr("Find pictures by a relation in words (Ctrl+F)")
        more = tr("Enter asks anew; Ctrl+Enter adds the sentence to the question")
        search.setToolTip(f"{tip}\n{more}" if can_add else tip)

    def _on_answered(self) -> None:
        found: Found | None = self._inquiry.found
        if self._filters is not None and found is not None:
            self._filters.show_count(found.passing, found.of)

    def _on_facets(self, facets: Facets) -> None:
        self.panel.show_facets(facets)
        if self._inquiry.question is not None:
            self.panel.show_filters(self._inquiry.question.filters)

    def _on_failed(self, trouble: Trouble) -> None:
        self.host.parts.strip.say(trouble.text)
        if trouble.details is not None:
            self.host.dialogs.show_trouble(trouble)
