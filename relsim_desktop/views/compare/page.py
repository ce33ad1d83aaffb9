"""Two pictures beside or over one another, with what they share in logic and in look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import model_phrases, phrases
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.presenters.comparison import Comparison
from relsim_desktop.presenters.pair_view import PairMode
from relsim_desktop.presenters.verdicts import ComparedVerdict
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import text_button
from relsim_desktop.views.compare.bar import CompareBar
from relsim_desktop.views.compare.canvas import SideCanvas
from relsim_desktop.views.compare.slot import PairSlot, ScoreRow
from relsim_desktop.views.compare.stage import CompareStage
from relsim_desktop.views.judging.bar import VerdictBar
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.types import PairScore
    from relsim_desktop.question import Question

_NAMES = ("A", "B")


class ComparePage(QWidget):
    """Shows a `Comparison`."""

    trouble = Signal(object)
    """A `Trouble` that is a defect of ours; the text of others is shown in place."""

    pick_asked = Signal(int)
    """A file is wanted for side 0 or 1."""

    paste_asked = Signal(int)
    """The clipboard's picture is wanted for side 0 or 1."""

    shown = Signal()
    """The page has just come up."""

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
        self.thumbnails = thumbnails
        self._comparison = comparison
        self._choice = choice
        view, pictures = comparison.view, comparison.pictures
        self.slots = tuple(
            PairSlot(theme, SideCanvas(theme, view, pictures, side), name)
            for side, name in enumerate(_NAMES)
        )
        self.stage = CompareStage(theme, view, pictures)
        self.swap_button = text_button(
            theme, "swap", tr("Swap"), tooltip=tr("Exchange A and B (Ctrl+T)")
        )
        self.bar = CompareBar(theme, view, self.swap_button)
        self.verdict = label(theme, scale=1.4, bold=True)
        self.standing = label(theme, scale=1.05, muted=True)
        self.note = label(theme, scale=0.95, muted=True)
        self.relational = ScoreRow(theme, is_relation=True)
        self.attribute = ScoreRow(theme, is_relation=False)
        self.judging = VerdictBar(theme, compared)
        self.judging.listen(self)
        self._scores = QWidget()
        self._frame = QFrame()
        self._columns = QHBoxLayout(self)
        self._lay_out()
        self._wire(theme)
        self._on_mode()
        self._on_changed()

    def chosen_pictures(self) -> list[Question]:
        """The picture that the keyboard is on, or both."""
        sides = list(self._comparison.sides)
        near = [side for side, slot in enumerate(self.slots) if slot.canvas.hasFocus()]
        return [one for side in near or (0, 1) if (one := sides[side]) is not None]

    def add_side(self, panel: QWidget) -> None:
        """Put a panel beside the two."""
        self._columns.addWidget(panel)

    def add_tool(self, button: QWidget) -> None:
        """Put a button at the end of the tool bar."""
        self.bar.ends.addWidget(button)

    def _lay_out(self) -> None:
        self._frame.setObjectName("slotPicture")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.stage, 1)
        inside.addWidget(self.bar.tools)
        pair = _Halves()
        pair.setSpacing(24)
        for slot in self.slots:
            pair.addWidget(slot, 1)
        scores = QVBoxLayout(self._scores)
        scores.setContentsMargins(0, 4, 0, 0)
        scores.setSpacing(4)
        scores.addWidget(self.relational)
        scores.addWidget(self.attribute)
        self._scores.setMaximumWidth(640)
        layout = QVBoxLayout()
        layout.setContentsMargins(24, 12, 24, 16)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addSpacing(4)
        layout.addWidget(self._frame, 1)
        layout.addLayout(pair, 1)
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
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addLayout(layout, 1)

    def _wire(self, theme: Theme) -> None:
        comparison, view = self._comparison, self._comparison.view
        self.swap_button.clicked.connect(comparison.swap)
        for side, slot in enumerate(self.slots):
            slot.pick_asked.connect(lambda side=side: self.pick_asked.emit(side))
            slot.paste_asked.connect(lambda side=side: self.paste_asked.emit(side))
            slot.clear_asked.connect(lambda side=side: comparison.place(side, None))
        self.bar.stage_asked.connect(self._take_focus)
        comparison.changed.connect(self._on_changed)
        comparison.scored.connect(self._on_scored)
        comparison.refining.connect(self._on_refining)
        comparison.unrefined.connect(self._on_unrefined)
        comparison.failed.connect(self._on_failed)
        theme.changed.connect(self.update)
        view.mode_changed.connect(self._on_mode)
        for key, act in (
            ("V", view.next_mode),
            ("S", lambda: self._toggle(PairMode.SWIPE)),
            ("O", lambda: self._toggle(PairMode.OVERLAY)),
            ("F", lambda: self._toggle(PairMode.BLINK)),
            ("D", self._toggle_difference),
            ("+", lambda: view.step(1)),
            ("-", lambda: view.step(-1)),
            ("0", view.fit),
            ("Z", view.toggle_natural),
        ):
            QShortcut(key, self).activated.connect(act)

    def showEvent(self, event: object) -> None:
        """Tell whoever fills the page up only when it is looked at."""
        self.shown.emit()

    def _toggle(self, mode: PairMode) -> None:
        view = self._comparison.view
        view.mode = PairMode.SIDES if view.mode is mode else mode
        self._take_focus()

    def _toggle_difference(self) -> None:
        view = self._comparison.view
        if view.mode is PairMode.OVERLAY:
            view.is_difference = not view.is_difference
        else:
            view.mode, view.is_difference = PairMode.OVERLAY, True
            self._take_focus()

    def _take_focus(self) -> None:
        """Let the keyboard act on the pictures."""
        canvas = self.stage if self._is_staged else self.slots[0].canvas
        if canvas.isVisible():
            canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_staged(self) -> bool:
        """Whether both pictures lie in one frame; until both are there, each has its own."""
        both = None not in self._comparison.sides
        return both and self._comparison.view.mode is not PairMode.SIDES

    def _on_mode(self) -> None:
        is_staged = self._is_staged
        self._frame.setVisible(is_staged)
        for slot in self.slots:
            slot.show_picture(not is_staged)

    def _on_changed(self) -> None:
        sides = self._comparison.sides
        for side, slot in enumerate(self.slots):
            slot.show_question(sides[side], self._comparison.fetching(side))
        self.stage.name(*(_title(question) for question in sides))
        missing = sides.count(None)
        self._on_mode()
        self.bar.allow(pictures=2 - missing)
        self._scores.setVisible(missing == 0)
        self.relational.clear()
        self.attribute.clear()
        self.note.clear()
        self.swap_button.setEnabled(missing < 2)
        self.verdict.setText(tr("Comparing…") if not missing else tr("How alike are two pictures?"))
        self.standing.setText(
            "" if not missing
            else tr("Drop, paste or choose one more picture.") if missing == 1
            else tr("Drop a picture on each side, or choose them from anywhere.")
        )  # fmt: skip

    def _on_scored(self, score: PairScore) -> None:
        self.verdict.setText(phrases.verdict(score))
        self.standing.setText(phrases.standing_of_pair(score.percentile))
        said = tr("Scored by {model}").replace("{model}", score.model)
        self.note.setText(said if self._choice.is_large else "")
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
        self.verdict.setText(tr("These two cannot be compared"))
        self.standing.setText(trouble.text)
        if trouble.details is not None:
            self.trouble.emit(trouble)


def _title(question: Question | None) -> str:
    return question.title if question is not None else ""


class _Halves(QHBoxLayout):
    """Two of exactly the same width, so that one zoom shows both pictures at the same size."""

    def setGeometry(self, rect: QRect) -> None:
        """Leave a pixel at the end if there is an odd one."""
        spare = (rect.width() - self.spacing()) % 2
        super().setGeometry(rect.adjusted(0, 0, -spare, 0))
