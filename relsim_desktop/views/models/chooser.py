"""The button that says which model ranks, and lets a person choose another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from relsim_desktop import model_phrases
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.presenters.models import Models
from relsim_desktop.translation import tr


class ModelChooser(QToolButton):
    """Lists the models that can rank. The first in the menu is the one of the program."""

    more_asked = Signal()

    def __init__(self, models: Models, choice: ModelChoice) -> None:
        super().__init__()
        self._models = models
        self._choice = choice
        self.setObjectName("modelChooser")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choices = QMenu(self)
        self.setMenu(self.choices)
        models.listed.connect(self._fill)
        choice.changing.connect(self._fill)
        choice.changed.connect(self._fill)
        choice.covered.connect(self._name)
        choice.own_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.choices.clear()
        group = QActionGroup(self.choices)
        ids = [status.card.id for status in self._models.ranking]
        for model_id in (*ids, *(own.id for own in self._choice.own)):
            action = QAction(model_phrases.name(model_id), group, checkable=True)
            action.setChecked(model_id == self._choice.wanted)
            action.triggered.connect(lambda _=False, one=model_id: self._choice.choose(one))
            self.choices.addAction(action)
        self.choices.addSeparator()
        self.choices.addAction(tr("Get more…"), self.more_asked.emit)
        self._name()

    def _name(self) -> None:
        model = model_phrases.name(self._choice.wanted)
        coverage = self._choice.coverage
        share = model_phrases.share(coverage) if coverage is not None else ""
        if self._choice.is_changing:
            share = "coming"
        self.setText(
            tr("Model: {model} ({share})  ▾").format(model=model, share=share)
            if share
            else tr("Model: {model}  ▾").format(model=model)
        )
        said = self._choice.coverage_text
        self.setAccessibleName(tr("Model that ranks: {model}").format(model=model))
        self.setAccessibleDescription(said)
        self.setToolTip(said or tr("The model that ranks pictures; choose another"))
