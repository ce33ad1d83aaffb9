"""The left of the page: what is wanted. Reference, idea, slots, and the prompt that they make."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from relsim_desktop.presenters.analogy import Composition
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.analogy.idea import IdeaCard
from relsim_desktop.views.analogy.prompt import PromptCard
from relsim_desktop.views.analogy.slots import SlotRows
from relsim_desktop.views.buttons import text_button
from relsim_desktop.views.chain.end import ChainEnd
from relsim_desktop.views.labels import label

_LEAST, _MOST = 300, 420  # width in pixels


class Composer(QWidget):
    """Follows a `Composition`."""

    reordered = Signal()
    """There are other controls now."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, composition: Composition) -> None:
        super().__init__()
        self.setObjectName("analogyComposer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_MOST)
        self._theme = theme
        self._composition = composition
        self.reference = ChainEnd(theme, thumbnails, tr("Reference"))
        self.idea = IdeaCard(theme, composition)
        self.slots = SlotRows(theme, composition)
        self.dice_button = text_button(
            theme, "dice", tr("Surprise me"), tooltip=tr("Fill every slot by chance")
        )
        self.prompt = PromptCard(theme, composition)
        self._slots_part = QWidget()
        self._lay_out()
        composition.referred.connect(self._on_referred)
        composition.rewritten.connect(self._on_rewritten)
        self.reference.placed.connect(composition.place)
        self.reference.clear_asked.connect(lambda: composition.place(None))
        self.dice_button.clicked.connect(composition.surprise)
        for part in (self.idea, self.slots):
            part.reordered.connect(self.reordered)
        self._on_referred()
        self._on_rewritten()

    @property
    def tab_order(self) -> list[QWidget]:
        """What the keyboard can reach, in order."""
        return [
            *self.reference.buttons,
            *self.idea.tab_order,
            self.dice_button,
            *self.slots.tab_order,
            *self.prompt.tab_order,
        ]

    def take_focus(self) -> bool:
        """Let the keyboard act on what is missing; whether something is."""
        composition = self._composition
        if composition.reference is None and not composition.is_coming:
            self.reference.pick_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if not composition.caption and not composition.is_looking:
            self.idea.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.slots.take_focus()

    # --- following --------------------------------------------------------------------------------

    def _on_referred(self) -> None:
        composition = self._composition
        self.reference.show_question(composition.reference, is_coming=composition.is_coming)

    def _on_rewritten(self) -> None:
        self._slots_part.setVisible(bool(self._composition.slots))

    # --- layout -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QWidget()
        whole = QVBoxLayout(column)
        whole.setContentsMargins(16, 14, 12, 16)
        whole.setSpacing(18)
        whole.addWidget(self.reference)
        whole.addWidget(self.idea)
        self._fill_slots()
        whole.addWidget(self._slots_part)
        whole.addWidget(self.prompt)
        whole.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(column)
        area.viewport().setAutoFillBackground(False)
        column.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area)

    def _fill_slots(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self._theme, tr("What it shows instead"), bold=True))
        head.addStretch()
        head.addWidget(self.dice_button)
        layout = QVBoxLayout(self._slots_part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.slots)
