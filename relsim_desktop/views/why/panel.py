"""The inspector: why the current neighbor matches the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import model_phrases, why_phrases
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.presenters.explanations import Explanations
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import ElidedLabel, MessagePage, label
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import CaptionLabel
from relsim_desktop.views.why.captions import CaptionPair
from relsim_desktop.views.why.look_alikes import LookAlikes
from relsim_desktop.views.why.scores import WhyScore
from relsim_desktop.views.why.slots import SlotList

if TYPE_CHECKING:
    from engine.types import Neighbor
    from engine.understanding.explainer import Explanation

MIN_WIDTH: Final = 320

_PICTURE = QSize(110, 108)
_PATIENCE_MS = 200  # before the old explanation gives way to a note that the new one comes


class WhyPanel(QWidget):
    """Shows `Explanations`."""

    close_asked = Signal()

    space_asked = Signal()
    """The similarity space of the query is wanted."""

    asked = Signal(object)
    """A `Question` about a look-alike."""

    trouble = Signal(object)
    """A `Trouble` that is a defect of ours; the text of others is shown in place."""

    def __init__(
        self,
        theme: Theme,
        thumbnails: ThumbnailLoader,
        explanations: Explanations,
        choice: ModelChoice,
    ) -> None:
        super().__init__()
        self.setObjectName("whyPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(MIN_WIDTH)
        self._explanations = explanations
        self._choice = choice
        self.query = PictureBox(theme, thumbnails, least=_PICTURE)
        self.match = PictureBox(theme, thumbnails, least=_PICTURE)
        self.names = (
            ElidedLabel(theme, scale=0.85, muted=True),
            ElidedLabel(theme, scale=0.85, muted=True),
        )
        self.headline = CaptionLabel(theme, scale=1.15, max_lines=4)
        self.sure = label(theme, scale=0.9, muted=True)
        self.captions = CaptionPair(theme)
        self.aligned = label(theme, scale=0.9, muted=True)
        self.slots = SlotList(theme)
        self.logic = WhyScore(theme, tr("Relation"), is_logic=True)
        self.look = WhyScore(theme, tr("Look"), is_logic=False)
        self.models = label(theme, scale=0.9, muted=True)
        self.space_button = push_button(tr("Similarity space of the query…"), link=True)
        self.message = MessagePage(theme)
        self.look_alikes = LookAlikes(theme, thumbnails)
        self.close_button = icon_button(
            theme, "clear", tr("Close “Why this match”"), tooltip=tr("Close (Ctrl+I)")
        )
        self.details = QScrollArea()
        self._body = QStackedWidget()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._lay_out(theme)
        self._wire()
        self._on_asked()

    @property
    def is_explaining(self) -> bool:
        """Whether an explanation is shown, not a message."""
        return self._body.currentWidget() is self.details

    def chosen_pictures(self) -> list[Question]:
        """The neighbor that is explained."""
        return [] if self._explanations.pair is None else [self._explanations.pair[1]]

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 4)
        head.addWidget(label(theme, tr("Why this match"), scale=1.1, bold=True), 1)
        head.addWidget(self.close_button)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        for picture, name in zip((self.query, self.match), self.names, strict=True):
            side = QVBoxLayout()
            side.setSpacing(4)
            picture.setFixedHeight(_PICTURE.height())
            side.addWidget(picture)
            name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            side.addWidget(name)
            pair.addLayout(side, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addLayout(pair)
        for title, parts in (
            (tr("Shared relation"), (self.headline, self.sure)),
            (tr("Captions"), (self.captions, self.aligned)),
            (tr("How close"), (self.logic, self.look, self.models, self.space_button)),
            (tr("What the slots may be"), (self.slots,)),
        ):
            column.addWidget(_rule())
            column.addWidget(label(theme, title, bold=True))
            for part in parts:
                column.addWidget(part)
        column.addStretch(1)
        for line in (self.sure, self.aligned, self.models):
            line.setWordWrap(True)
        self.details.setWidget(content)
        self.details.setWidgetResizable(True)
        self.details.setFrameShape(QFrame.Shape.NoFrame)
        self.details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.details.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._body.addWidget(self.message)
        self._body.addWidget(self.details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)
        layout.addWidget(_rule())
        layout.addWidget(self.look_alikes)

    def _wire(self) -> None:
        explanations = self._explanations
        self.close_button.clicked.connect(self.close_asked)
        self.space_button.clicked.connect(self.space_asked)
        self.look_alikes.asked.connect(self.asked)
        self._patience.timeout.connect(self._on_waiting)
        explanations.asked.connect(self._on_asked)
        explanations.explained.connect(self._on_explained)
        explanations.refining.connect(
            lambda: self.models.setText(model_phrases.looking(self._choice.model))
        )
        explanations.unrefined.connect(self._on_unrefined)
        explanations.failed.connect(self._on_failed)
        explanations.look_alikes.connect(self._on_look_alikes)
        explanations.look_alikes_failed.connect(self._on_look_alikes_failed)

    def _on_asked(self) -> None:
        if self._explanations.pair is not None:
            self._patience.start()
            return
        self._patience.stop()
        if self._explanations.query is None:
            self._say(
                "analogy",
                tr("Ask about a picture"),
                tr("Then this says why its neighbors match. A sentence has neither look nor rank."),
            )
            self.look_alikes.say(tr("Ask about a picture to see what looks like it."))
        else:
            self._say("analogy", tr("No match to explain yet"))

    def _on_waiting(self) -> None:
        self._show_pictures()
        self._say("analogy", tr("Comparing the two…"))

    def _show_pictures(self) -> None:
        pair = self._explanations.pair
        if pair is not None:
            for box, name, question in zip((self.query, self.match), self.names, pair, strict=True):
                if box.question != question:
                    box.show_question(question)
                    name.full_text = question.title

    def _on_explained(self, explanation: Explanation) -> None:
        self._patience.stop()
        self._show_pictures()
        shared = explanation.shared
        self.headline.text = shared.text if shared is not None else tr("No relation in common")
        self.sure.setText(why_phrases.shared(explanation))
        self.captions.show_explanation(explanation)
        note = why_phrases.unaligned(explanation) or why_phrases.alignment(explanation)
        self.aligned.setText(note)
        self.slots.show_alignment(explanation.alignment)
        self.logic.show_standing(explanation.logic)
        self.look.show_standing(explanation.look)
        self.models.setText(why_phrases.models(explanation))
        self._body.setCurrentWidget(self.details)

    def _on_unrefined(self, trouble: Trouble) -> None:
        self.models.setText(model_phrases.unlooked(self._choice.model, trouble.text))
        self._report(trouble)

    def _on_failed(self, trouble: Trouble) -> None:
        self._patience.stop()
        self._say("warning", tr("These two cannot be compared"), trouble.text)
        self._report(trouble)

    def _on_look_alikes(self, neighbors: Sequence[Neighbor]) -> None:
        self.look_alikes.show_neighbors(neighbors)

    def _on_look_alikes_failed(self, trouble: Trouble) -> None:
        self.look_alikes.say(trouble.text)
        self._report(trouble)

    def _report(self, trouble: Trouble) -> None:
        if trouble.details is not None:
            self.trouble.emit(trouble)

    def _say(self, icon: str, title: str, hint: str = "") -> None:
        self.message.say(icon, title, hint)
        self._body.setCurrentWidget(self.message)


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
