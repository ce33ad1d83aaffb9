"""The top of the page: what makes the pictures, how many, and the button that begins."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QSpinBox, QVBoxLayout, QWidget

from relsim_desktop import analogy_phrases
from relsim_desktop.presenters.analogy import Composition
from relsim_desktop.presenters.analogy_making import COUNTS, NEW_SEED, Making
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.analogy.generator import GeneratorChooser
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import label

_STEPS: Final = 1000
_FIELD_HEIGHT: Final = 32
_MOST_SEED: Final = 2**31 - 1


class MakerBar(QWidget):
    """Follows a `Making`, and whether the `Composition` is whole."""

    make_asked = Signal()

    def __init__(self, theme: Theme, composition: Composition, making: Making) -> None:
        super().__init__()
        self.setObjectName("analogyMaker")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._composition = composition
        self._making = making
        self.generator = GeneratorChooser(theme)
        self.along = QCheckBox(tr("Give it the reference along"))
        self.count = QSpinBox()
        self.seed = QSpinBox()
        self.make_button = push_button(tr("Make pictures"), primary=True)
        self.stop_button = push_button(tr("Stop"))
        self.bar = QProgressBar()
        self.doing = label(theme, scale=0.9, muted=True)
        self._line = QWidget()
        self._running = QWidget()
        self._lay_out(theme)
        composition.referred.connect(self._enable)
        composition.filled.connect(self._enable)
        making.chosen.connect(self._on_chosen)
        making.changed.connect(self._on_making)
        making.progressed.connect(self._on_progress)
        self.generator.chosen.connect(making.choose)
        self.make_button.clicked.connect(self.make_asked)
        self.stop_button.clicked.connect(making.stop)
        self.count.valueChanged.connect(lambda value: setattr(making, "count", value))
        self.seed.valueChanged.connect(lambda value: setattr(making, "seed", value))
        self.along.toggled.connect(lambda is_on: setattr(making, "shows_reference", is_on))
        self._on_chosen()
        self._on_making()

    @property
    def tab_order(self) -> list[QWidget]:
        """What the keyboard can reach, in order."""
        numbers = [self.along, self.count, self.seed, self.make_button, self.stop_button]
        return [*self.generator.tab_order, *numbers]

    @property
    def can_make(self) -> bool:
        """Whether everything is there."""
        making, composition = self._making, self._composition
        is_ready = making.choice is not None and making.problem is None and not making.is_making
        return is_ready and composition.is_complete and composition.reference is not None

    def take_focus(self) -> None:
        """Let the keyboard begin, or choose by what."""
        target = self.make_button if self.can_make else self.generator.kind
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self) -> None:
        self.generator.show_problem(self._making.problem)
        self._line.setVisible(self._making.choice is not None)
        self._enable()

    def _on_making(self) -> None:
        making = self._making
        had_focus = self.make_button.hasFocus() or self.stop_button.hasFocus()
        self.stop_button.setVisible(making.is_making)
        self.stop_button.setEnabled(not making.is_stopping)
        self.make_button.setVisible(not making.is_making)
        is_busy = making.is_making or making.is_ranking or making.is_keeping
        self._running.setVisible(is_busy)
        self.generator.show_note(not is_busy)  # progress stands in its place
        self._on_progress()
        self._enable()
        if had_focus:  # the two stand in each other's place
            shown = self.stop_button if making.is_making else self.make_button
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_progress(self) -> None:
        self.doing.setText(analogy_phrases.running(self._making))
        self.bar.setAccessibleDescription(self.doing.text())
        share = analogy_phrases.share(self._making.progress) if self._making.is_making else None
        self.bar.setRange(0, 0 if share is None else _STEPS)
        if share is not None:
            self.bar.setValue(round(share * _STEPS))

    def _enable(self) -> None:
        self.make_button.setEnabled(self.can_make)

    def _lay_out(self, theme: Theme) -> None:
        self.along.setToolTip(
            tr("Generators that can edit pictures start from it; the others make a picture anew")
        )
        self.count.setRange(*COUNTS)
        self.count.setAccessibleName(tr("How many pictures"))
        self.seed.setRange(NEW_SEED, _MOST_SEED)
        self.seed.setSpecialValueText(tr("New each time"))
        self.seed.setAccessibleName(tr("Seed"))
        self.seed.setToolTip(
            tr("The same seed and prompt make the same pictures, where a generator takes a seed")
        )
        self.count.setValue(self._making.count)
        self.seed.setValue(self._making.seed)
        self.along.setChecked(self._making.shows_reference)
        for spin in (self.count, self.seed):
            spin.setMinimumHeight(_FIELD_HEIGHT)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        pairs = FlowLayout(gap=8)
        for text, spin in ((tr("Pictures"), self.count), (tr("Seed"), self.seed)):
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 8, 0)
            row.setSpacing(8)
            row.addWidget(label(theme, text, muted=True))
            row.addWidget(spin)
            pairs.addWidget(pair)
        self.along.setMinimumHeight(_FIELD_HEIGHT)
        pairs.addWidget(self.along)
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addLayout(pairs, 1)
        line.addWidget(self.make_button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignTop)
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.setSpacing(12)
        running.addWidget(self.doing)
        running.addWidget(self.bar, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.generator)
        layout.addWidget(self._running)
        layout.addWidget(self._line)
