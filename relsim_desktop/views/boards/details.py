"""What is said on a board: its note, and of the picture that is selected caption, source, note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import file_actions, judging_phrases, phrases
from relsim_desktop.presenters.boards import Boards
from relsim_desktop.presenters.wording import Wording
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.boards.note_edit import NoteEdit
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.slot_text import CaptionLabel

if TYPE_CHECKING:
    from engine.types import Board, BoardPicture, Description

_WIDTH = 280


class BoardDetails(QWidget):
    """Stands beside the pictures of a board when a person wants it to."""

    def __init__(self, theme: Theme, boards: Boards, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("boardDetails")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._boards = boards
        self._wording = wording
        self._board: Board | None = None
        self._picture: BoardPicture | None = None
        self.board_note = NoteEdit(
            tr("Note on the board"), tr("What this board is about, for whom, what is missing…")
        )
        self.note = NoteEdit(tr("Note on the picture"), tr("Why it is here, what to take from it…"))
        self.name = ElidedLabel(theme, scale=1.05)
        self.caption = CaptionLabel(theme, max_lines=5)
        self.source = ElidedLabel(theme, scale=0.9, muted=True)
        self.reveal_button = push_button(tr("Show in file manager"), link=True)
        self.hint = label(theme, tr("Select a picture to note something on it."), muted=True)
        self.hint.setWordWrap(True)
        self._of_picture = QWidget()
        self._lay_out(theme)
        self.board_note.written.connect(self._on_board_note)
        self.note.written.connect(self._on_note)
        self.reveal_button.clicked.connect(self._on_reveal)
        wording.found.connect(self._on_found)
        self.show_pictures([])

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (self.board_note, self.note, self.reveal_button)

    def show_board(self, board: Board | None) -> None:
        """Show the note of a board."""
        note = "" if board is None else board.note
        before = self._board
        if before is not None and (board is None or board.board_id != before.board_id):
            self.show_pictures([])  # what was typed of a picture is kept on the board it is on
        if before is not None and board is not None and before.board_id == board.board_id:
            self.board_note.show_note(note)
        else:
            self.board_note.show_other(note)
        self._board = board
        self.setEnabled(board is not None)

    def show_pictures(self, pictures: list[BoardPicture]) -> None:
        """Show what is said of the selected picture, if it is one."""
        picture = pictures[0] if len(pictures) == 1 else None
        before = self._picture
        if picture is not None and before is not None and before.image_id == picture.image_id:
            self.note.show_note(picture.note)
        else:
            self.note.show_other("" if picture is None else picture.note)  # of the one before
        self._picture = picture
        if picture is not None and (before is None or before.path != picture.path):
            self._show_words(picture)
        self._of_picture.setVisible(picture is not None)
        self.hint.setVisible(picture is None)

    def _show_words(self, picture: BoardPicture) -> None:
        self.name.full_text = judging_phrases.picture_name(picture)
        self.source.full_text = judging_phrases.picture_in_full(picture).partition("\n")[0]
        self.reveal_button.setEnabled(picture.path is not None and picture.is_online)
        self.caption.text = ""
        if self.isVisible():
            self._wording.look_up(picture.image_id)

    def showEvent(self, event: object) -> None:
        """Look up what nobody wanted to see before."""
        if self._picture is not None:
            self._wording.look_up(self._picture.image_id)

    def _on_found(self, image_id: int, description: Description) -> None:
        if self._picture is not None and self._picture.image_id == image_id:
            self.caption.text = description.text or tr(phrases.NO_RELATION)

    def _on_board_note(self, text: str) -> None:
        if self._board is not None:
            self._boards.note(self._board.board_id, text)

    def _on_note(self, text: str) -> None:
        if self._board is not None and self._picture is not None:
            self._boards.note_picture(self._board.board_id, self._picture.image_id, text)

    def _on_reveal(self) -> None:
        if self._picture is not None and self._picture.path is not None:
            file_actions.reveal(self._picture.path)

    def _lay_out(self, theme: Theme) -> None:
        self.board_note.setMaximumHeight(140)
        words = QVBoxLayout(self._of_picture)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        words.addWidget(self.name)
        words.addWidget(self.caption)
        words.addWidget(self.source)
        reveal = QHBoxLayout()
        reveal.addWidget(self.reveal_button)
        reveal.addStretch()
        words.addLayout(reveal)
        words.addWidget(label(theme, tr("Note"), scale=0.9, muted=True))
        self.note.setMaximumHeight(180)
        words.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label(theme, tr("Note on the board"), bold=True))
        layout.addWidget(self.board_note)
        layout.addSpacing(16)
        layout.addWidget(label(theme, tr("Selected picture"), bold=True))
        layout.addWidget(self.hint)
        layout.addWidget(self._of_picture)
        layout.addStretch(1)
