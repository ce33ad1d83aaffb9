"""Adding models of a person's own to the list of models, and taking them off it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from relsim_desktop.jobs import Trouble
from relsim_desktop.operations.models import OwnModel
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.labels import label
from relsim_desktop.views.models.own_model_card import OwnModelCard


class OwnModels(QObject):
    """The cards of one's own models, and the button that adds one.

    Attributes:
        cards: By folder.
        button: Adds a model.
        note: What is wrong with the folder that was chosen last.
    """

    listed = Signal()
    """There are other cards than before."""

    def __init__(self, theme: Theme, choice: ModelChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choice = choice
        self._window = parent
        self.cards: dict[Path, OwnModelCard] = {}
        self.area = QWidget()
        self.area.setObjectName("modelList")
        self._list = QVBoxLayout(self.area)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.button = push_button(tr("Add a model from a folder…"))
        self.button.clicked.connect(self.ask_folder)
        self.note: QLabel = label(theme, scale=0.95)
        self.note.setProperty("danger", True)
        self.note.setWordWrap(True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.hide()
        for changed in (choice.changing, choice.changed, choice.fell_back):
            changed.connect(self._show)
        choice.own_changed.connect(self._fill)
        self._fill()

    def ask_folder(self) -> None:
        """Let a person choose the folder of a model."""
        folder = QFileDialog.getExistingDirectory(self._window, self.button.text().rstrip("…"))
        if folder:
            self.add(OwnModel(Path(folder)))

    def add(self, model: OwnModel) -> None:
        """Put a model on the list if it can rank; ask for its base where it names none."""
        self.note.hide()
        job = self._choice.examine(model)
        if job is not None:
            job.succeeded.connect(lambda is_whole: self._on_examined(model, is_whole))
            job.failed.connect(self._on_refused)

    def ask_base(self, model: OwnModel) -> Confirmation:
        """Say why a base is needed, and let a person choose its folder."""
        box = Confirmation(
            tr("Which base model?"),
            tr(
                "{model} does not say which Qwen2.5-VL it is built on, or that is not on this "
                "computer. Choose the folder that holds it."
            ).format(model=model.folder.name),
            tr("Choose its folder…"),
            self._window,
        )
        box.ask(lambda: self._choose_base(model), is_harmless=True)
        return box

    def _choose_base(self, model: OwnModel) -> None:
        title = tr("Base model of {model}").format(model=model.folder.name)
        folder = QFileDialog.getExistingDirectory(self._window, title)
        if folder:
            self.add(OwnModel(model.folder, Path(folder)))

    def _on_examined(self, model: OwnModel, is_whole: bool) -> None:
        if is_whole:
            self._choice.add_own(model)
        else:
            self.ask_base(model)

    def _on_refused(self, trouble: Trouble) -> None:
        self.note.setText(trouble.text)
        self.note.show()

    def _fill(self) -> None:
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards = {}
        for model in self._choice.own:
            card = self.cards[model.folder] = OwnModelCard(self._theme, model)
            card.use_asked.connect(lambda model=model: self._choice.choose(model.id))
            card.forget_asked.connect(lambda model=model: self._choice.remove_own(model))
            self._list.addWidget(card)
        self.area.setVisible(bool(self.cards))
        self._show()
        self.listed.emit()

    def _show(self) -> None:
        for card in self.cards.values():
            card.show_choice(self._choice)
