"""Two pictures side by side, with what they share in logic and in look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from relsim_desktop import model_phrases, phrases
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.presenters.comparison import Comparison
from relsim_desktop.presenters.verdicts import ComparedVerdict
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.views.buttons import icon_button, push_button, text_button
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import CaptionLabel
from relsim_desktop.views.tile_painting import draw_bar
from relsim_desktop.views.verdict_bar import VerdictBar

if TYPE_CHECKING:
    from engine.types import Description, PairScore

_NAMES = ("A", "B")


class ComparePage(QWidget):
    """Shows a `Comparison`."""

    trouble = Signal(object)
    """A `Trouble` that is a defect of ours; the text of others is shown in place."""

    pick_asked = Signal(int)
    """A file is wanted for side 0 or 1."""

    paste_asked = Signal(int)
    """The clipboard's picture is wanted for side 0 or 1."""

    def __init__(
        self,
        theme: Theme,
        thumbnails: ThumbnailLoader,
        comparison: Comparison,
        choice: ModelChoice,
        compared: ComparedVerdict,
    ) -> None:
        super().__init__()
        self.setObjectName("comparePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._comparison = comparison
        self._choice = choice
        self.slots = tuple(PairSlot(theme, thumbnails, name) for name in _NAMES)
        self.swap_button = text_button(theme, "swap", "Swap", tooltip="Exchange A and B (Ctrl+T)")
        self.verdict = label(theme, scale=1.6, bold=True)
        self.standing = label(theme, scale=1.05, muted=True)
        self.note = label(theme, scale=0.95, muted=True)
        self.relational = ScoreRow(theme, "Relation")
        self.attribute = ScoreRow(theme, "Look")
        self._scores = QWidget()
        self.judging = VerdictBar(theme, compared)
        self.judging.listen(self)
        self._lay_out()
        self.swap_button.clicked.connect(comparison.swap)
        for side, slot in enumerate(self.slots):
            slot.pick_asked.connect(lambda side=side: self.pick_asked.emit(side))
            slot.paste_asked.connect(lambda side=side: self.paste_asked.emit(side))
            slot.clear_asked.connect(lambda side=side: comparison.place(side, None))
        comparison.changed.connect(self._on_changed)
        comparison.scored.connect(self._on_scored)
        comparison.refining.connect(self._on_refining)
        comparison.unrefined.connect(self._on_unrefined)
        comparison.failed.connect(self._on_failed)
        theme.changed.connect(self.update)
        self._on_changed()

    def _lay_out(self) -> None:
        pair = QHBoxLayout()
        pair.setSpacing(24)
        for slot in self.slots:
            pair.addWidget(slot, 1)
        scores = QVBoxLayout(self._scores)
        scores.setContentsMargins(0, 8, 0, 0)
        scores.setSpacing(6)
        scores.addWidget(self.relational)
        scores.addWidget(self.attribute)
        self._scores.setMaximumWidth(640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 20, 32, 24)
        layout.setSpacing(6)
        layout.addLayout(pair, 1)
        layout.addWidget(self.swap_button, 0, Qt.AlignmentFlag.AlignHCenter)
        for line in (self.verdict, self.standing, self.note):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setWordWrap(True)
            layout.addWidget(line)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._scores, 4)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.judging)

    def _on_changed(self) -> None:
        for slot, question in zip(self.slots, self._comparison.sides, strict=True):
            slot.show_question(question)
        missing = self._comparison.sides.count(None)
        self._scores.setVisible(missing == 0)
        self.relational.clear()
        self.attribute.clear()
        self.note.clear()
        self.swap_button.setEnabled(missing < 2)
        self.verdict.setText("Comparing…" if not missing else "How alike are two pictures?")
        self.standing.setText(
            "" if not missing
            else "Drop, paste or choose one more picture." if missing == 1
            else "Drop a picture on each side, or choose them from anywhere."
        )  # fmt: skip

    def _on_scored(self, score: PairScore) -> None:
        self.verdict.setText(phrases.verdict(score))
        self.standing.setText(phrases.standing_of_pair(score.percentile))
        self.note.setText(f"Scored by {score.model}" if self._choice.is_large else "")
        self.relational.show_score(score.relational)
        self.attribute.show_score(score.attribute)
        for slot, description in zip(self.slots, score.descriptions, strict=True):
            slot.show_description(description)

    def _on_refining(self) -> None:
        self.note.setText(model_phrases.looking(self._choice.model))

    def _on_unrefined(self, trouble: Trouble) -> None:
        self.note.setText(model_phrases.unlooked(self._choice.model, trouble.text))
        if trouble.details is not None:
            self.trouble.emit(trouble)

    def _on_failed(self, trouble: Trouble) -> None:
        self._scores.hide()
        self.verdict.setText("These two cannot be compared")
        self.standing.setText(trouble.text)
        if trouble.details is not None:
            self.trouble.emit(trouble)


class PairSlot(QWidget):
    """One side: a picture or an invitation, its name, and its anonymous caption."""

    pick_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, side: str) -> None:
        super().__init__()
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.picture = PictureBox(theme, thumbnails, least=QSize(160, 120))
        self.name = ElidedLabel(theme, scale=0.9, muted=True)
        self.caption = CaptionLabel(theme, scale=1.15, max_lines=2)
        self.quiet = label(theme, muted=True)
        self.pick_button = push_button("Choose…")
        self.paste_button = push_button("Paste")
        self.clear_button = icon_button(theme, "clear", f"Take picture {side} away")
        self.pick_button.clicked.connect(self.pick_asked)
        self.paste_button.clicked.connect(self.paste_asked)
        self.clear_button.clicked.connect(self.clear_asked)
        self.pick_button.setAccessibleName(f"Choose picture {side}")
        self.paste_button.setAccessibleName(f"Paste picture {side}")
        self._invitation = QWidget()
        self._hint = label(theme, "Drop a picture here", muted=True)
        self._badge = label(theme, side, scale=2.2, bold=True, muted=True)
        self._lay_out()

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return self.clear_button, self.pick_button, self.paste_button

    def show_question(self, question: Question | None) -> None:
        """Show a picture, or the invitation."""
        is_there = question is not None
        self.picture.show_question(question)
        self.picture.setVisible(is_there)
        self._invitation.setVisible(not is_there)
        self.clear_button.setVisible(is_there)
        self.name.full_text = question.title if question is not None else f"Picture {self._side}"
        self.caption.text = ""
        self.quiet.clear()
        for line in (self.caption, self.quiet):
            line.setVisible(is_there)

    def show_description(self, description: Description) -> None:
        """Say what the picture is about."""
        self.caption.text = description.text or ""
        self.caption.setVisible(description.text is not None)
        sure = phrases.provenance(description)
        self.quiet.setText(sure if description.text is not None else phrases.NO_RELATION)

    def _lay_out(self) -> None:
        inviting = QVBoxLayout(self._invitation)
        inviting.addStretch()
        inviting.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignHCenter)
        inviting.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.pick_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch()
        inviting.addSpacing(8)
        inviting.addLayout(buttons)
        inviting.addStretch()
        frame = QFrame()
        frame.setObjectName("slotPicture")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.addWidget(self.picture)
        inside.addWidget(self._invitation)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.clear_button)
        self.clear_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(frame, 1)
        layout.addWidget(self._words())

    def _words(self) -> QWidget:
        """The caption's place; as high without one, so that both pictures stay level."""
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 2, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(self.caption)
        lines.addWidget(self.quiet)
        lines.addStretch()
        line = self.quiet.fontMetrics().height()
        words.setFixedHeight(2 * self.caption.minimumSizeHint().height() + line + 8)
        return words


class ScoreRow(QWidget):
    """A name, a bar, and a number."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._is_relation = name == "Relation"
        self._name = name
        self._value = 0.0
        self.number = label(theme, bold=True)
        self.number.setMinimumWidth(56)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        caption = label(theme, name, muted=True)
        caption.setFixedWidth(80)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(caption)
        row.addStretch()
        row.addWidget(self.number)
        kind = "relational" if self._is_relation else "attribute"
        self.setToolTip(f"The {kind} similarity of the two, a cosine: at most 1")

    def clear(self) -> None:
        """Show no score."""
        self._value = 0.0
        self.number.clear()
        self.update()

    def show_score(self, cosine: float) -> None:
        """Show a score."""
        self._value = cosine
        self.number.setText(phrases.score(cosine))
        self.setAccessibleName(f"{self._name} {phrases.score(cosine)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar between name and number."""
        colors = self._theme.colors
        color: QColor = colors.accent if self._is_relation else colors.attribute
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(88, self.height() / 2 - 3, self.width() - 88 - 64, 6)
        draw_bar(painter, groove, self._value, color, colors.track)
        painter.end()
