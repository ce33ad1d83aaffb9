"""The head of the analogies: the picture that is asked about, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import CaptionLabel

if TYPE_CHECKING:
    from engine.types import Description

_PICTURE = 168


class QueryCard(QWidget):
    """Picture, anonymous caption with its confidence, file name, and the way back and forward."""

    back_asked = Signal()
    forward_asked = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self.picture = PictureBox(theme, thumbnails, least=QSize(_PICTURE, _PICTURE), framed=True)
        self.picture.setFixedSize(_PICTURE, _PICTURE)
        self.name = ElidedLabel(theme, scale=0.9, muted=True)
        self.caption = CaptionLabel(theme, scale=1.25, max_lines=3)
        self.quiet = label(theme, scale=1.15, muted=True)
        self.quiet.setWordWrap(True)
        self.confidence = label(theme, scale=0.9, muted=True)
        self.confidence.setToolTip(
            "How likely it is that this sentence names the picture’s relation"
        )
        self.back_button = icon_button(theme, "back", "Back", tooltip="Back (Alt+Left)")
        self.forward_button = icon_button(
            theme, "forward", "Forward", tooltip="Forward (Alt+Right)"
        )
        self.back_button.clicked.connect(self.back_asked)
        self.forward_button.clicked.connect(self.forward_asked)
        self._lay_out()
        self.enable_history(back=False, forward=False)

    def show_question(self, question: Question | None) -> None:
        """Show what is asked; its description comes later."""
        self.setVisible(question is not None)
        if question is None:
            return
        self.picture.setVisible(not question.is_text)
        self.picture.show_question(question)
        self.name.full_text = "Relation in words" if question.is_text else question.title
        self.caption.text = question.text
        self.caption.setVisible(question.is_text)
        self.confidence.clear()
        self.quiet.hide()

    def show_description(self, description: Description) -> None:
        """Say what the picture is about."""
        has_text = description.text is not None
        self.caption.text = description.text or ""
        self.caption.setVisible(has_text)
        self.confidence.setText(
            phrases.confidence(description) if has_text else phrases.NO_RELATION_OF_QUERY
        )
        self._say("" if has_text else phrases.NO_RELATION)

    def show_trouble(self, text: str) -> None:
        """Say why there is no description."""
        self.caption.hide()
        self.confidence.clear()
        self._say(text)

    def enable_history(self, *, back: bool, forward: bool) -> None:
        """Allow the way back and forward."""
        self.back_button.setEnabled(back)
        self.forward_button.setEnabled(forward)

    def _say(self, text: str) -> None:
        self.quiet.setText(text)
        self.quiet.setVisible(bool(text))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.name, 1)
        head.addWidget(self.back_button)
        head.addWidget(self.forward_button)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addLayout(head)
        words.addWidget(self.caption)
        words.addWidget(self.quiet)
        words.addWidget(self.confidence)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 8)
        row.setSpacing(16)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
