"""The models of this computer, as a list of cards."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import model_phrases, phrases
from relsim_desktop.presenters.models import Models
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.labels import label
from relsim_desktop.views.models.card import ModelCardView
from relsim_desktop.views.models.own_models import OwnModels

if TYPE_CHECKING:
    from relsim_desktop.presenters.choice import ModelChoice
    from relsim_desktop.presenters.models import ModelState


_PLACES = {"bundled": 0, "relational": 1, "captioner": 1, "base": 2, "clip": 3, "dino": 3}
"""Of kinds in the list: first what people choose, then what that needs, then what measures."""


class ModelsDialog(QDialog):
    """Shows `Models`; what goes on goes on when it is closed."""

    remove_asked = Signal(str)
    """The person has confirmed that this model is to go."""

    def __init__(
        self, theme: Theme, models: Models, choice: ModelChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.resize(780, min(900, self.screen().availableSize().height() - 80))
        self._theme = theme
        self._models = models
        self._choice = choice
        self.cards: dict[str, ModelCardView] = {}
        self.own = OwnModels(theme, choice, self)
        self.space = label(theme, scale=0.95, muted=True)
        self.close_button = push_button(tr("Close"), primary=True)
        self._list = QVBoxLayout()
        self._lay_out()
        self.close_button.clicked.connect(self.accept)
        models.listed.connect(self._on_listed)
        models.changed.connect(self._show)
        models.progressed.connect(self._on_progressed)
        choice.changing.connect(self._on_listed)
        choice.changed.connect(self._on_listed)
        choice.fell_back.connect(self._on_listed)
        choice.covered.connect(self._on_listed)
        self.own.listed.connect(self._on_listed)
        self._on_listed()

    def ask_download(self, model_id: str) -> Confirmation:
        """Say what a download fetches, and ask."""
        card, needed = self._models.state(model_id).status.card, self._models.needed_for(model_id)
        inventory = self._models.inventory
        assert inventory is not None
        offer = model_phrases.offer(needed, inventory.host, inventory.free_bytes)
        box = Confirmation(
            tr("Download {title}?").format(title=card.title), offer, tr("Download"), self
        )
        is_bound = any(one.card.non_commercial for one in needed)
        box.ask(lambda: self._models.download(model_id), is_harmless=not is_bound)
        return box

    def _on_download(self, model_id: str) -> None:
        """Somebody who goes on with a download has agreed to it before."""
        if self._models.state(model_id).status.state == "partial":
            self._models.download(model_id)
        else:
            self.ask_download(model_id)

    def ask_import(self, model_id: str) -> None:
        """Let a person choose the folder that a model is copied from."""
        title = self._models.state(model_id).status.card.title
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder that holds {title}").format(title=title)
        )
        if folder:
            self._models.import_folder(model_id, Path(folder))

    def ask_remove(self, model_id: str) -> Confirmation:
        """Ask before a model is deleted."""
        status = self._models.state(model_id).status
        verb = tr("Discard") if status.state == "partial" else tr("Remove")
        text = tr("{size} become free. ").format(size=phrases.size(status.bytes_on_disk))
        text += (
            tr("A later download begins anew.")
            if status.state == "partial"
            else tr("Vectors and captions that it made stay in your libraries.")
        )
        box = Confirmation(f"{verb} {status.card.title}?", text, verb, self)
        box.ask(lambda: self.remove_asked.emit(model_id), is_harmless=False)
        return box

    def _on_listed(self) -> None:
        inventory = self._models.inventory
        if inventory is None:
            return
        for state in sorted(self._models.states, key=lambda one: _PLACES[one.status.card.kind]):
            if state.status.card.id not in self.cards:
                self._add_card(state)
            self._show(state.status.card.id)
        chain = [button for card in self.cards.values() for button in card.buttons]
        chain += [button for card in self.own.cards.values() for button in card.buttons]
        for before, after in pairwise([*chain, self.own.button, self.close_button]):
            QWidget.setTabOrder(before, after)
        free, place = phrases.size(inventory.free_bytes), model_phrases.place(inventory.directory)
        self.space.setText(tr("{free} free in {place}").format(free=free, place=place))

    def _add_card(self, state: ModelState) -> None:
        model_id = state.status.card.id
        card = self.cards[model_id] = ModelCardView(self._theme)
        url = QUrl(state.status.card.licence_url)
        card.download_asked.connect(lambda: self._on_download(model_id))
        card.import_asked.connect(lambda: self.ask_import(model_id))
        card.remove_asked.connect(lambda: self.ask_remove(model_id))
        card.cancel_asked.connect(lambda: self._models.cancel(model_id))
        card.use_asked.connect(lambda: self._choice.choose(model_id))
        card.licence_asked.connect(lambda: QDesktopServices.openUrl(url))
        card.licence_button.setToolTip(url.toString())
        self._list.insertWidget(self._list.count() - 3, card)

    def _show(self, model_id: str) -> None:
        if model_id in self.cards:
            choice, ranks = self._choice, self._choice.model == model_id
            refusal = choice.refusal
            self.cards[model_id].show_state(
                self._models.state(model_id),
                self._models.needed_for(model_id),
                ranks=ranks,
                is_coming=choice.is_changing and choice.wanted == model_id,
                note=choice.coverage_text if ranks else "",
                error=refusal.text if refusal is not None and refusal.model == model_id else "",
            )

    def _on_progressed(self, model_id: str) -> None:
        if model_id in self.cards:
            self.cards[model_id].show_progress(self._models.state(model_id))

    def _lay_out(self) -> None:
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(12)
        self._list.addWidget(self.own.area)
        self._list.addWidget(self.own.note)
        self._list.addStretch()
        inside = QWidget()
        inside.setObjectName("modelList")
        inside.setLayout(self._list)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.addWidget(self.space)
        foot.addStretch()
        foot.addWidget(self.own.button)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(label(self._theme, tr("Models"), scale=1.3, bold=True))
        hint = label(
            self._theme,
            tr("relsim-mini is always there. Larger models see more, and want a graphics card."),
            muted=True,
        )
        layout.addWidget(hint)
        layout.addSpacing(4)
        layout.addWidget(area, 1)
        layout.addSpacing(4)
        layout.addLayout(foot)
