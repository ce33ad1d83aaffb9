"""The head of the analogies: the picture that is asked about, and what is said of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.operations.captions import Portrait
from relsim_desktop.presenters.captions import Captions
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.asking.question_parts import PartCards
from relsim_desktop.views.asking.relation_row import RelationRow
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.caption_menu import CaptionMenu
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import CaptionLabel

_PICTURE = 168
_LIKELY = QT_TRANSLATE_NOOP("", "How likely it is that this sentence names the picture’s relation")


class QueryCard(QWidget):
    """Picture, anonymous caption and its origin, file name, and the way back and forward."""

    back_asked = Signal()
    forward_asked = Signal()

    changed = Signal(object)
    """The `Question` with other parts."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, captions: Captions) -> None:
        super().__init__()
        self._question: Question | None = None
        self._portrait: Portrait | None = None
        self.picture = PictureBox(theme, thumbnails, least=QSize(_PICTURE, _PICTURE), framed=True)
        self.picture.setFixedSize(_PICTURE, _PICTURE)
        self.name = ElidedLabel(theme, scale=0.9, muted=True)
        self.relations = RelationRow(theme)
        self.parts = PartCards(theme, thumbnails)
        self.parts.changed.connect(self.changed)
        self.caption = CaptionLabel(theme, scale=1.25, max_lines=3)
        self.quiet = label(theme, scale=1.15, muted=True)
        self.quiet.setWordWrap(True)
        self.source = label(theme, scale=0.9, muted=True)
        self.note = ElidedLabel(theme, scale=0.9, muted=True)
        self._origin = QWidget()
        self.edit_button = icon_button(
            theme, "edit", tr("Edit description"), tooltip=tr("Edit description (F2)")
        )
        self.more_button = icon_button(theme, "more", tr("More on this description"))
        self.menu = CaptionMenu(theme, thumbnails, captions, self, over=self)
        for button in (self.edit_button, self.more_button):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # else the words jump while something is written
            button.setSizePolicy(policy)
        self.edit_button.clicked.connect(self.menu.open_editor)
        self.more_button.setMenu(self.menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.back_button = icon_button(theme, "back", tr("Back"), tooltip=tr("Back (Alt+Left)"))
        self.forward_button = icon_button(
            theme, "forward", tr("Forward"), tooltip=tr("Forward (Alt+Right)")
        )
        self.back_button.clicked.connect(self.back_asked)
        self.forward_button.clicked.connect(self.forward_asked)
        self._lay_out()
        self.enable_history(back=False, forward=False)

    @property
    def image_id(self) -> int | None:
        """The library's image that is described, once that is known."""
        return self._portrait.image_id if self._portrait is not None else None

    def show_question(self, question: Question | None) -> None:
        """Show what is asked; its description comes later."""
        self._question = question
        self._portrait = None
        self.setVisible(question is not None)
        self.menu.show_portrait(question, None)
        self._allow_editing(False)
        self.tell("")
        self._origin.setVisible(question is not None and not question.is_composed)
        self.parts.show_question(question)
        if question is None:
            return
        is_words = question.is_text and not question.is_composed
        self.picture.setVisible(not question.is_text and not question.is_composed)
        self.picture.show_question(question)
        self.name.full_text = (
            tr("Relation in words")
            if is_words
            else tr("Asked together")
            if question.is_composed
            else question.title
        )
        self.caption.text = question.text
        self.caption.setVisible(is_words)
        self.source.clear()
        self.quiet.hide()

    def show_portrait(self, portrait: Portrait) -> None:
        """Say what the picture is about."""
        self._portrait = portrait
        description = portrait.description
        has_text = description.text is not None
        self.caption.text = description.text or ""
        self.caption.setVisible(has_text)
        self.source.setText(
            phrases.provenance(description) if has_text else tr(phrases.NO_RELATION_OF_QUERY)
        )
        is_guess = has_text and description.source == "bank"
        self.source.setToolTip(tr(_LIKELY) if is_guess else "")
        self._say("" if has_text else tr(phrases.NO_RELATION))
        self.menu.show_portrait(self._question, portrait)
        self._allow_editing(portrait.image_id is not None)

    def tell(self, text: str) -> None:
        """Say something of the answer; nothing takes no room."""
        self.note.full_text = text
        self.note.setVisible(bool(text))

    def show_trouble(self, text: str) -> None:
        """Say why there is no description."""
        self.caption.hide()
        self.source.clear()
        self._say(text)

    def show_writing(self, is_writing: bool) -> None:
        """Say that the captioner is at it, or no more."""
        if is_writing:
            self.source.setText(tr("Writing…"))
        elif self._portrait is not None:
            self.source.setText(phrases.provenance(self._portrait.description))
        self._allow_editing(not is_writing)

    def _allow_editing(self, is_allowed: bool) -> None:
        for button in (self.edit_button, self.more_button):
            button.setVisible(is_allowed)

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
        line = QHBoxLayout(self._origin)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.source)
        line.addWidget(self.edit_button)
        line.addWidget(self.more_button)
        line.addStretch()
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addLayout(head)
        words.addWidget(self.parts)
        words.addWidget(self.caption)
        words.addWidget(self.quiet)
        words.addWidget(self._origin)
        words.addWidget(self.relations)
        words.addStretch()
        words.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 8)
        row.setSpacing(16)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
