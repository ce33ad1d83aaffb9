"""The line at the bottom: what goes on, how far it is, and what came of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from engine.jobs import Progress
from relsim_desktop import phrases
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import label
from relsim_desktop.views.models.chooser import ModelChooser

_STEPS = 1000
_SAID_MS: Final = 8000  # how long a message stays before the line says again how the library is


class StatusStrip(QWidget):
    """Progress with pause and cancel, or the last summary, and a way to the failures."""

    pause_asked = Signal()
    resume_asked = Signal()
    cancel_asked = Signal()
    failures_asked = Signal()
    models_asked = Signal()

    def __init__(self, theme: Theme, chooser: ModelChooser) -> None:
        super().__init__()
        self.setObjectName("statusStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._is_paused = False
        self._kept = ""
        self._settling = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._settling.timeout.connect(lambda: self.keep(self._kept))
        self.text = label(theme, scale=0.95)
        self.detail = label(theme, scale=0.95, muted=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setFixedWidth(240)
        self.pause_button = icon_button(theme, "pause", tr("Pause"))
        self.cancel_button = icon_button(theme, "cancel", tr("Cancel"))
        self.failures_button = push_button("", link=True)
        self.failures_button.setToolTip(tr("Show which files could not be read, and why"))
        self.refusal_button = push_button("", link=True)
        self.show_refusal("", "")
        self.refusal_button.clicked.connect(self.models_asked)
        self.model_text = label(theme, scale=0.95, muted=True)
        self.pause_button.clicked.connect(self._on_pause)
        self.cancel_button.clicked.connect(self.cancel_asked)
        self.transfer_button = push_button("", link=True)
        self.transfer_button.setToolTip(tr("Show the models of this computer"))
        self.show_transfer("", Progress())
        self.transfer_button.clicked.connect(self.models_asked)
        self.chooser = chooser
        chooser.more_asked.connect(self.models_asked)
        self.failures_button.clicked.connect(self.failures_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(12)
        for part in (self.text, self.bar, self.detail):
            layout.addWidget(part)
        layout.addWidget(self.pause_button)
        layout.addWidget(self.cancel_button)
        layout.addStretch()
        layout.addWidget(self.transfer_button)
        layout.addWidget(self.failures_button)
        layout.addWidget(self.refusal_button)
        layout.addWidget(self.model_text)
        layout.addWidget(chooser)
        self.setFixedHeight(44)
        self.show_failures(0)
        self.keep("")

    def keep(self, text: str) -> None:
        """Say how the library is, until that changes; messages go back to it."""
        self._kept = text
        self.say(text)
        self._settling.stop()

    def say(self, text: str) -> None:
        """Show a message for a while instead of progress."""
        self._settling.start()
        self.text.setText(text)
        self.detail.clear()
        for part in (self.bar, self.detail, self.pause_button, self.cancel_button):
            part.hide()

    def show_progress(self, progress: Progress, waiting: int = 0) -> None:
        """Show how far a run is.

        Args:
            progress: A snapshot.
            waiting: Folders and files that come after it.
        """
        self._settling.stop()
        self.text.setText(phrases.phase(progress) or tr("Starting"))
        detail = phrases.progress(progress)
        if waiting:
            detail += " · " + tr("%n more folder(s) waiting", "", waiting)
        self.detail.setText(detail)
        if progress.total:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(progress.done * _STEPS // progress.total)
        else:
            self.bar.setRange(0, 0)
        for part in (self.bar, self.detail, self.pause_button, self.cancel_button):
            part.show()
        self._set_paused(progress.paused)

    def show_failures(self, number: int) -> None:
        """Offer the failures, if there are any."""
        self.failures_button.setText(tr("%n failed", "", number))
        self.failures_button.setVisible(number > 0)

    def show_transfer(self, title: str, progress: Progress) -> None:
        """Show how far a download is; nothing without a title."""
        share = f" {progress.done * 100 // progress.total} %" if progress.total else ""
        self.transfer_button.setText(f"↓ {title}{share}")
        self.transfer_button.setAccessibleName(
            tr("Download of {title}{share}").format(title=title, share=share)
        )
        self.transfer_button.setVisible(bool(title))

    def show_refusal(self, model: str, why: str) -> None:
        """Say calmly that a model is not used; nothing without a model."""
        self.refusal_button.setText(tr("{model} is not used").format(model=model))
        self.refusal_button.setToolTip(why)
        self.refusal_button.setAccessibleDescription(why)
        self.refusal_button.setVisible(bool(model))

    def show_model(self, text: str) -> None:
        """Say how the model is; empty when there is nothing to say."""
        self.model_text.setText(text)

    def _on_pause(self) -> None:
        if self._is_paused:
            self.resume_asked.emit()
        else:
            self.pause_asked.emit()
        self._set_paused(not self._is_paused)

    def _set_paused(self, is_paused: bool) -> None:
        if is_paused == self._is_paused:
            return
        self._is_paused = is_paused
        name = tr("Resume") if is_paused else tr("Pause")
        self._theme.bind_icon(self.pause_button, "resume" if is_paused else "pause")
        self.pause_button.setAccessibleName(name)
        self.pause_button.setToolTip(name)
