"""Where a person says in their own words what a picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import CaptionLabel

if TYPE_CHECKING:
    from engine.types import Description

_PICTURE = 128


class CaptionDialog(QDialog):
    """One line to write in, and how it will read. Return saves, Escape cancels."""

    saved = Signal(str)
    automatic_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        thumbnails: ThumbnailLoader,
        question: Question,
        description: Description,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Edit description"))
        self.setMinimumWidth(640)
        self.picture = PictureBox(theme, thumbnails, least=QSize(_PICTURE, _PICTURE), framed=True)
        self.picture.setFixedSize(_PICTURE, _PICTURE)
        self.picture.show_question(question)
        self.name = ElidedLabel(theme, scale=0.9, muted=True)
        self.name.full_text = question.title
        self.source = label(theme, scale=0.9, muted=True)
        self.preview = CaptionLabel(theme, scale=1.15, max_lines=3)
        self.line = QLineEdit(description.text or "")
        self.line.setAccessibleName(tr("Description"))
        self.line.setPlaceholderText(tr("{Subject} growing step by step"))
        self.automatic_button = push_button(tr("Use automatic description"))
        self.automatic_button.setVisible(description.source == "person")
        self.cancel_button = push_button(tr("Cancel"))
        self.save_button = push_button(tr("Save"), primary=True)
        self.save_button.setDefault(True)
        self._before = description
        self._lay_out(theme)
        self.line.textChanged.connect(self._on_edited)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)
        self.automatic_button.clicked.connect(self._on_automatic)
        self._on_edited()
        self.line.selectAll()

    def _on_edited(self) -> None:
        text = self.line.text().strip()
        is_new = text != (self._before.text or "")
        self.preview.text = text
        self.source.setText(
            tr(phrases.IN_YOUR_WORDS) if is_new else phrases.provenance(self._before)
        )
        self.save_button.setEnabled(bool(text) and is_new)

    def _on_save(self) -> None:
        self.saved.emit(self.line.text().strip())
        self.accept()

    def _on_automatic(self) -> None:
        self.automatic_asked.emit()
        self.accept()

    def _lay_out(self, theme: Theme) -> None:
        hint = label(
            theme,
            tr(
                "Say what is going on without naming the things. Words in braces stand for "
                "what differs from picture to picture."
            ),
            scale=0.9,
            muted=True,
        )
        hint.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.name)
        words.addWidget(self.preview)
        words.addWidget(self.source)
        words.addStretch()
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.automatic_button)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.line)
        layout.addWidget(hint)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.line.setFocus()
