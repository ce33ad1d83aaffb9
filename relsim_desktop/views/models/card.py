"""One model as a card: what it is for, what it costs, how it stands, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from relsim_desktop import model_phrases, phrases
from relsim_desktop.presenters.models import ModelState, is_ready
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.models.manager import ModelStatus

_STEPS = 1000


class ModelCardView(QFrame):
    """Shows a `ModelState`."""

    download_asked = Signal()
    import_asked = Signal()
    remove_asked = Signal()
    use_asked = Signal()
    cancel_asked = Signal()
    licence_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("modelCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label(theme, scale=1.15, bold=True)
        self.kind = label(theme, scale=0.9, muted=True)
        self.standing = label(theme, scale=0.95, bold=True)
        self.summary = _wrapped(label(theme))
        self.cost = _wrapped(label(theme, scale=0.95, muted=True))
        self.licence = label(theme, scale=0.95, muted=True)
        self.licence_button = push_button(tr("Read it"), link=True)
        self.note = _wrapped(label(theme, scale=0.95))
        self.error = _wrapped(label(theme, scale=0.95))
        self.error.setProperty("danger", True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.detail = label(theme, scale=0.95, muted=True)
        self.download_button = push_button(tr("Download…"))
        self.import_button = push_button(tr("Import from folder…"))
        self.use_button = push_button(tr("Rank with it"))
        self.remove_button = push_button(tr("Remove…"))
        self.cancel_button = push_button(tr("Cancel"))
        self._lay_out()
        for button, signal in (
            (self.download_button, self.download_asked),
            (self.import_button, self.import_asked),
            (self.use_button, self.use_asked),
            (self.remove_button, self.remove_asked),
            (self.cancel_button, self.cancel_asked),
            (self.licence_button, self.licence_asked),
        ):
            button.clicked.connect(signal)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.licence_button,
            self.remove_button,
            self.use_button,
            self.download_button,
            self.import_button,
            self.cancel_button,
        )

    def show_state(
        self,
        state: ModelState,
        needed: Sequence[ModelStatus],
        *,
        ranks: bool,
        is_coming: bool = False,
        note: str = "",
        error: str = "",
    ) -> None:
        """Show how the model is now.

        Args:
            state: Of the model.
            needed: What a download fetches.
            ranks: Whether this model ranks now.
            is_coming: Whether it is to rank as soon as it is brought in.
            note: What else is to be said of it.
            error: Why it cannot rank, and what to do.
        """
        status, is_busy = state.status, state.doing != "nothing"
        card = status.card
        self.title.setText(card.title)
        self.kind.setText(model_phrases.kind(card))
        standing = model_phrases.state(state, needed)
        if ranks or is_coming:
            standing = tr("Ranks now") if ranks else tr("Is being brought in")
        self.standing.setText(standing)
        self.summary.setText(tr(card.summary))
        self.cost.setText(model_phrases.cost(status, needed))
        self.licence.setText(tr("Licence: {licence}").format(licence=model_phrases.licence(card)))
        for line, text in ((self.error, state.error or error), (self.note, note)):
            line.setText(text)
            line.setVisible(bool(text))
        is_free = not is_busy and not state.comes_with
        lacks = status.state in ("absent", "partial") or bool(status.missing)
        self.download_button.setText(tr("Resume") if status.state == "partial" else tr("Download…"))
        self.download_button.setVisible(is_free and lacks)
        self.import_button.setVisible(is_free and status.state in ("absent", "partial"))
        self.use_button.setVisible(is_free and is_ready(status) and not (ranks or is_coming))
        self.remove_button.setVisible(is_free and status.state in ("installed", "partial"))
        self.remove_button.setText(tr("Discard…") if status.state == "partial" else tr("Remove…"))
        self.cancel_button.setVisible(is_busy and state.doing != "removing")
        self.setAccessibleName(f"{card.title}: {standing}")
        self._name_buttons(card.title)
        self.show_progress(state)

    def show_progress(self, state: ModelState) -> None:
        """Show how far a download or an import is."""
        is_moving = state.doing in ("downloading", "importing")
        for part in (self.bar, self.detail):
            part.setVisible(is_moving)
        if not is_moving:
            return
        progress = state.progress
        if progress.total:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(progress.done * _STEPS // progress.total)
        else:
            self.bar.setRange(0, 0)
        parts = (
            phrases.phase(progress) if progress.phase != "Downloading" else "",
            phrases.progress(progress),
        )
        self.detail.setText(" · ".join(part for part in parts if part) or tr("Starting"))

    def _name_buttons(self, title: str) -> None:
        self.bar.setAccessibleName(tr("Progress of {title}").format(title=title))
        self.licence_button.setAccessibleName(tr("Read the licence of {title}").format(title=title))
        for button in self.buttons[1:]:
            assert isinstance(button, type(self.use_button))
            button.setAccessibleName(f"{button.text().rstrip('…')}: {title}")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch()
        head.addWidget(self.standing)
        licence = QHBoxLayout()
        licence.setSpacing(4)
        licence.addWidget(self.licence)
        licence.addWidget(self.licence_button)
        licence.addStretch()
        licence.addWidget(self.remove_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.use_button, self.download_button, self.import_button):
            buttons.addWidget(button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.summary)
        layout.addWidget(self.cost)
        layout.addLayout(licence)
        layout.addWidget(self.note)
        layout.addWidget(self.error)
        layout.addWidget(self.bar)
        layout.addWidget(self.detail)
        layout.addLayout(buttons)


def _wrapped(line: QLabel) -> QLabel:
    line.setWordWrap(True)
    return line
