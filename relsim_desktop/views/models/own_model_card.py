"""A model of a person's own as a card: where it lies, whether it ranks, and letting go of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import model_phrases
from relsim_desktop.operations.models import OwnModel
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label


class OwnModelCard(QFrame):
    """Shows an `OwnModel`."""

    use_asked = Signal()
    forget_asked = Signal()

    def __init__(self, theme: Theme, model: OwnModel) -> None:
        super().__init__()
        self.setObjectName("modelCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = model
        self.standing = label(theme, scale=0.95, bold=True)
        where = tr("In {folder}").format(folder=model_phrases.place(model.folder))
        if model.base is not None:
            base = model_phrases.place(model.base)
            where = tr("{where}, built on {base}").format(where=where, base=base)
        self.where = label(theme, where, scale=0.95, muted=True)
        self.error = label(theme, scale=0.95)
        self.error.setProperty("danger", True)
        for line in (self.where, self.error):
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.use_button = push_button(tr("Rank with it"))
        self.forget_button = push_button(tr("Take off the list"))
        self.use_button.clicked.connect(self.use_asked)
        self.forget_button.clicked.connect(self.forget_asked)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(theme, model_phrases.name(model.id), scale=1.15, bold=True))
        head.addWidget(label(theme, tr("Your own"), scale=0.9, muted=True))
        head.addStretch()
        head.addWidget(self.standing)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(self.forget_button)
        foot.addWidget(self.use_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.where)
        layout.addWidget(self.error)
        layout.addSpacing(4)
        layout.addLayout(foot)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (self.forget_button, self.use_button)

    def show_choice(self, choice: ModelChoice) -> None:
        """Show whether it ranks."""
        model_id, refusal = self.model.id, choice.refusal
        ranks = choice.model == model_id
        is_coming = choice.is_changing and choice.wanted == model_id
        standing = tr("Ranks now") if ranks else tr("Is being brought in") if is_coming else ""
        self.standing.setText(standing)
        self.use_button.setVisible(not ranks and not is_coming)
        why = refusal.text if refusal is not None and refusal.model == model_id else ""
        self.error.setText(why)
        self.error.setVisible(bool(why))
        self.setAccessibleName(f"{model_phrases.name(model_id)}: {standing}")
