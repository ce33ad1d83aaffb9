"""The idea of the reference: found, chosen among others, or written."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.presenters.analogy import Composition
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.analogy.fitting import fit_height
from relsim_desktop.views.asking.chips import chip
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import label
from relsim_desktop.views.verify.caption import CaptionEditor

_LEAST_LINES, _MOST_LINES = 2, 5


class IdeaCard(QWidget):
    """Follows a `Composition`."""

    reordered = Signal()
    """There are other controls now."""

    def __init__(self, theme: Theme, composition: Composition) -> None:
        super().__init__()
        self._theme = theme
        self._composition = composition
        self.editor = CaptionEditor(theme)
        self.editor.setObjectName("noteEdit")
        self.editor.setFont(theme.font(1.08))
        self.editor.setAccessibleName(tr("The idea"))
        self.reset_button = icon_button(
            theme, "undo", tr("Take the idea of the picture again"),
            tooltip=tr("Take the idea of the picture again"),
        )  # fmt: skip
        self.note = label(theme, scale=0.9, muted=True)
        self.note.setWordWrap(True)
        self.chips: list[QToolButton] = []
        self._flow = FlowLayout(gap=6)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(theme, tr("The idea"), bold=True))
        head.addStretch()
        head.addWidget(self.reset_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.editor)
        layout.addLayout(self._flow)
        layout.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.editor.textChanged.connect(self._on_edited)
        self.editor.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.reset_button.clicked.connect(composition.reset)
        composition.rewritten.connect(self._show)
        composition.referred.connect(self._show)
        self._show()

    @property
    def tab_order(self) -> list[QWidget]:
        """What the keyboard can reach, in order."""
        return [self.reset_button, self.editor, *self.chips]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower is taller."""
        super().resizeEvent(event)
        self._fit()

    def _on_edited(self) -> None:
        self._composition.write(self.editor.toPlainText())

    def _show(self) -> None:
        composition = self._composition
        if " ".join(self.editor.toPlainText().split()) != composition.caption:
            with QSignalBlocker(self.editor):
                self.editor.setPlainText(composition.caption)
        automatic = composition.automatic
        self.reset_button.setEnabled(bool(automatic) and composition.caption != automatic)
        self._show_others()
        self.note.setText(self._said())
        self.note.setVisible(bool(self.note.text()))
        self.note.setProperty("danger", composition.trouble is not None)
        self.note.style().polish(self.note)
        self._fit()

    def _said(self) -> str:
        composition = self._composition
        if composition.trouble is not None:
            return composition.trouble.text
        if composition.is_looking:
            return tr("Looking for the idea…")
        if composition.caption and not composition.slots:
            return tr("Put what may differ in braces, such as {Subject}, to fill it anew")
        if not composition.caption and composition.reference is not None:
            return tr("This picture has no clear idea: write one, with {Slots} for what may differ")
        return ""

    def _show_others(self) -> None:
        others = self._composition.others
        if [one.property("idea") for one in self.chips] != [idea.text for idea in others]:
            self._flow.take_all()
            self.chips = []
            for idea in others:
                plain = "".join(piece for piece, _ in phrases.pieces(idea.text))
                made = chip(self._theme, idea.name, name=plain, tooltip=idea.text)
                made.setProperty("idea", idea.text)
                made.clicked.connect(lambda _=False, text=idea.text: self._composition.write(text))
                self._flow.addWidget(made)
                self.chips.append(made)
            self.reordered.emit()
        for one in self.chips:
            one.setChecked(one.property("idea") == self._composition.caption)

    def _fit(self) -> None:
        fit_height(self.editor, _LEAST_LINES, _MOST_LINES)
