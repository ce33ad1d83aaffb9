"""The analogies of a picture or a sentence: the query on top, its neighbors as cards below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import model_phrases
from relsim_desktop.itemmodels.neighbors import NeighborsModel
from relsim_desktop.jobs import Job, Trouble
from relsim_desktop.operations.captions import Portrait
from relsim_desktop.operations.finding import WayOut
from relsim_desktop.presenters.captions import Captions
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.presenters.inquiry import Inquiry
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.answer_message import AnswerMessage
from relsim_desktop.views.asking.answer_states import AnswerStates
from relsim_desktop.views.asking.neighbors_view import NeighborsView
from relsim_desktop.views.asking.query_card import QueryCard
from relsim_desktop.views.asking.terms_row import TermsRow
from relsim_desktop.views.labels import label
from relsim_desktop.views.tile_painting import NeighborCardPainter

if TYPE_CHECKING:
    from engine.types import Neighbor

_PATIENCE_MS = 150  # before the old query's neighbors give way to a note that the new ones come


class AnalogyPanel(QWidget):
    """Shows an `Inquiry` and lets a person steer it."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a `Neighbor`, at a global position."""

    trouble = Signal(object)
    """A `Trouble` that is a defect of ours; the text of others is shown in place."""

    def __init__(
        self,
        theme: Theme,
        thumbnails: ThumbnailLoader,
        inquiry: Inquiry,
        captions: Captions,
        choice: ModelChoice,
    ) -> None:
        super().__init__()
        self.setObjectName("analogies")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inquiry = inquiry
        self._captions = captions
        self._choice = choice
        self._thumbnails = thumbnails
        self.model = NeighborsModel()
        self._painter = NeighborCardPainter(theme, thumbnails, self.model)
        self.view = NeighborsView(self._painter, self.model)
        self.card = QueryCard(theme, thumbnails, captions)
        self.surprise = QSlider(Qt.Orientation.Horizontal)
        self.collapse = QAction(tr("&Collapse near-identical"), self)
        self.relations = self.card.relations
        self.terms = TermsRow(theme)
        self.message = AnswerMessage(theme)
        self.states = AnswerStates(self.message, inquiry)
        self._results = QStackedWidget()
        self._controls = QWidget()
        self._slide = QWidget()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._lay_out(theme)
        self._wire(theme)
        self._on_asked(None)

    @property
    def is_showing_neighbors(self) -> bool:
        """Whether the cards are shown, not a message."""
        return self._results.currentWidget() is self.view

    def _lay_out(self, theme: Theme) -> None:
        self.surprise.setRange(0, 100)
        self.surprise.setPageStep(20)
        self.surprise.setAccessibleName(tr("Surprise"))
        self.surprise.setToolTip(
            tr("Surprise: from the most related pictures to related ones that look nothing alike")
        )
        self.surprise.setValue(round(self._inquiry.ranking.surprise * 100))
        self.collapse.setCheckable(True)
        self.collapse.setToolTip(tr("Show pictures that look the same only once"))
        self.collapse.setChecked(self._inquiry.ranking.collapse)
        self.terms.menu.addAction(self.collapse)
        slide = QHBoxLayout(self._slide)
        slide.setContentsMargins(0, 0, 0, 0)
        slide.setSpacing(8)
        slide.addWidget(label(theme, tr("Most related"), scale=0.9, muted=True))
        slide.addWidget(self.surprise, 1)
        slide.addWidget(label(theme, tr("Looks nothing alike"), scale=0.9, muted=True))
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(16, 2, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._slide, 1)
        row.addStretch()
        row.addSpacing(8)
        row.addWidget(self.terms.filter_button)
        row.addWidget(self.terms.more_button)
        self._results.addWidget(self.message)
        self._results.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.card)
        layout.addWidget(self._controls)
        layout.addWidget(self.terms)
        layout.addWidget(self._results, 1)

    def _wire(self, theme: Theme) -> None:
        theme.changed.connect(self.view.viewport().update)
        self._thumbnails.loaded.connect(self._on_loaded)
        self.view.rows_shown.connect(self._want)
        self.view.activated.connect(self._on_activated)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.surprise.valueChanged.connect(lambda value: self._inquiry.set_surprise(value / 100))
        self.collapse.toggled.connect(self._inquiry.set_collapse)
        self.card.back_asked.connect(self._inquiry.back)
        self.card.forward_asked.connect(self._inquiry.forward)
        self.card.changed.connect(self._inquiry.change)
        self.relations.chosen.connect(self._on_relation)
        self.terms.changed.connect(self._inquiry.change)
        self.states.said.connect(lambda: self._results.setCurrentWidget(self.message))
        self.view.unfold_asked.connect(self.toggle_copies)
        self._inquiry.aside.related.connect(self._on_related)
        self._inquiry.aside.unfolded.connect(self.model.unfold)
        self._inquiry.aside.opened.connect(self._on_ways_out)
        self._inquiry.fetching.connect(self._on_fetching)
        self._inquiry.asked.connect(self._on_asked)
        self._inquiry.described.connect(self._on_described)
        self._inquiry.answered.connect(self._on_answered)
        self._inquiry.refining.connect(self._on_refining)
        self._inquiry.refined.connect(self._on_refined)
        self._inquiry.unrefined.connect(self._on_unrefined)
        self._inquiry.failed.connect(self._on_failed)
        self._captions.changed.connect(self._on_caption_changed)
        self._captions.writing.connect(self._on_writing)
        self._inquiry.history_changed.connect(self._on_history)
        self._patience.timeout.connect(self._on_waiting)

    def _on_asked(self, question: Question | None) -> None:
        self.card.show_question(question)
        self.relations.show_question(question, self._inquiry.aside.relations)
        self.terms.show_question(question)
        self._order_tabs()
        self._controls.setVisible(question is not None)
        self._slide.setVisible(question is not None and not question.is_text)
        self._slide.setEnabled(question is not None and question.order == "nearest")
        if question is None:
            self.states.say_nothing_asked()
        else:
            self._patience.start()

    def _on_related(self) -> None:
        self.relations.show_question(self._inquiry.question, self._inquiry.aside.relations)
        self._order_tabs()

    def _on_relation(self, text: str) -> None:
        if self._inquiry.question is not None:
            self._inquiry.change(replace(self._inquiry.question, relation=text))

    def add(self, what: Question, weight: float = 1.0) -> None:
        """Add something to the question of now, or push away from it."""
        self._inquiry.add(what, weight)

    def toggle_copies(self, row: int) -> None:
        """Show what was collapsed into the hit of a row, or collapse it again."""
        image_id = self.model.neighbor(row).image_id
        if self.model.is_unfolded(row):
            self.model.fold(image_id)
        else:
            self._inquiry.unfold(image_id)

    def _on_fetching(self, job: Job) -> None:
        self._patience.stop()
        self.model.replace([])
        self.states.say_fetching(job)

    def _on_waiting(self) -> None:
        self.model.replace([])
        self.states.say_waiting()

    def _on_described(self, portrait: Portrait) -> None:
        self.card.show_portrait(portrait)

    def _on_answered(self, neighbors: Sequence[Neighbor]) -> None:
        self._patience.stop()
        is_refresh = self.is_showing_neighbors and self._is_overlapping(neighbors)
        self._show(neighbors, keeps_place=is_refresh)

    def _on_refining(self) -> None:
        self.card.tell(model_phrases.looking(self._choice.model))

    def _on_refined(self, neighbors: Sequence[Neighbor]) -> None:
        self._patience.stop()
        self._show(neighbors, keeps_place=True)

    def _on_unrefined(self, trouble: Trouble) -> None:
        self.card.tell(model_phrases.unlooked(self._choice.model, trouble.text))
        if trouble.details is not None:
            self.trouble.emit(trouble)

    def _show(self, neighbors: Sequence[Neighbor], *, keeps_place: bool) -> None:
        offset = self.view.verticalOffset()
        current = self.view.currentIndex()
        marked = self.model.neighbor(current.row()).image_id if current.isValid() else None
        question = self._inquiry.question
        is_blended = question is not None and (question.is_composed or bool(question.relation))
        self.model.replace(neighbors, is_blended=is_blended)
        self.view.verticalScrollBar().setValue(offset if keeps_place else 0)
        row = self.model.row_of(marked) if keeps_place and marked is not None else None
        if row is not None:
            self.view.selectionModel().setCurrentIndex(
                self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.card.tell(self._choice.coverage_text if self.model.is_mixed else "")
        found = self._inquiry.found
        if found is not None:
            self.terms.show_found(found)
        if neighbors:
            self._results.setCurrentWidget(self.view)
        else:
            self.states.say_empty()

    def _on_ways_out(self, ways: Sequence[WayOut]) -> None:
        if self.model.rowCount() == 0:
            self.states.say_empty(ways)

    def _on_caption_changed(self, portrait: Portrait) -> None:
        if portrait.image_id is None:
            return
        self.model.describe(portrait.image_id, portrait.description)
        if portrait.image_id == self.card.image_id:
            self.card.show_portrait(portrait)

    def _on_writing(self, image_id: int, is_writing: bool) -> None:
        if image_id == self.card.image_id:
            self.card.show_writing(is_writing)

    def _on_failed(self, trouble: Trouble) -> None:
        self._patience.stop()
        self.model.replace([])
        if trouble.details is not None:
            self.trouble.emit(trouble)
        self.states.say_failed(trouble)

    def _on_history(self) -> None:
        self.card.enable_history(
            back=self._inquiry.can_go_back, forward=self._inquiry.can_go_forward
        )

    def _is_overlapping(self, neighbors: Sequence[Neighbor]) -> bool:
        shown = {self.model.neighbor(row).image_id for row in range(self.model.rowCount())}
        return any(neighbor.image_id in shown for neighbor in neighbors[:8])

    def _order_tabs(self) -> None:
        """The chips come and go; the Tab key meets them from top to bottom."""
        chain: list[QWidget] = [
            self.card.more_button,
            *(button for card in self.card.parts.cards for button in card.buttons),
            *self.relations.tab_order,
            self.surprise,
            self.terms.filter_button,
            self.terms.more_button,
            *self.terms.chips,
            self.view,
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _want(self) -> None:
        box = self._painter.picture_box(self.view.visualRect(self.model.index(0)))
        scale = self.view.devicePixelRatioF()
        rows = self.view.visible_rows(ahead=0.5)
        keys = (self._painter.key(self.model.path(row), box, scale) for row in rows)
        self._thumbnails.want(self, keys)

    def _on_loaded(self, path: object) -> None:
        for row in self.view.visible_rows():
            if self.model.path(row) == path:
                self.view.viewport().update(self.view.visualRect(self.model.index(row)))

    def _on_activated(self, index: QModelIndex) -> None:
        neighbor = self.model.neighbor(index.row())
        self._inquiry.ask(Question(path=neighbor.path, image_id=neighbor.image_id))

    def _on_menu(self, point: QPoint) -> None:
        index = self.view.indexAt(point)
        if index.isValid():
            at = self.view.viewport().mapToGlobal(point)
            self.menu_asked.emit(self.model.neighbor(index.row()), at)
