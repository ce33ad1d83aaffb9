"""What can be done with what is said of a picture."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from relsim_desktop.operations.captions import Portrait
from relsim_desktop.presenters.captions import Captions
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.caption_dialog import CaptionDialog


class CaptionMenu(QMenu):
    """Edit, undo the edit, pin, write again. What cannot be done is greyed out and says why."""

    def __init__(
        self,
        theme: Theme,
        thumbnails: ThumbnailLoader,
        captions: Captions,
        parent: QWidget,
        *,
        over: QWidget,
    ) -> None:
        """Build it.

        Args:
            theme: For the editor.
            thumbnails: For the editor.
            captions: What is acted on.
            parent: Owns the menu.
            over: The editor opens over its window.
        """
        super().__init__(tr("Description"), parent)
        self._over = over
        self._theme = theme
        self._thumbnails = thumbnails
        self._captions = captions
        self._question: Question | None = None
        self._portrait: Portrait | None = None
        self.edit = QAction(tr("Edit description…"), self)
        self.automatic = QAction(tr("Use automatic description"), self)
        self.pin = QAction(tr("Pin"), self)
        self.again = QAction(tr("Write again"), self)
        self.edit.triggered.connect(self.open_editor)
        self.automatic.triggered.connect(lambda: captions.use_automatic(self._image_id))
        self.pin.triggered.connect(lambda: captions.pin(self._image_id, not self._is_pinned))
        self.again.triggered.connect(lambda: captions.write_again(self._image_id))
        self.addActions([self.edit, self.automatic])
        self.addSeparator()
        self.addActions([self.pin, self.again])
        self.aboutToShow.connect(self._show)
        self._show()

    def show_portrait(self, question: Question | None, portrait: Portrait | None) -> None:
        """Act on another picture.

        Args:
            question: The picture.
            portrait: What is said of it; None while that is not known.
        """
        self._question = question
        self._portrait = portrait
        self._show()

    def look_up(self, question: Question) -> None:
        """Act on a picture of which it is not known yet what is said."""
        self.show_portrait(question, None)
        job = self._captions.look_up(question)
        if job is not None:
            job.succeeded.connect(self._on_looked_up)

    def open_editor(self) -> CaptionDialog | None:
        """Let a person write; None where there is nothing to write on."""
        if self._question is None or self._portrait is None or self._portrait.image_id is None:
            return None
        image_id = self._image_id
        over = self._over.window()
        dialog = CaptionDialog(
            self._theme, self._thumbnails, self._question, self._portrait.description, over
        )
        dialog.saved.connect(lambda text: self._captions.edit(image_id, text))
        dialog.automatic_asked.connect(lambda: self._captions.use_automatic(image_id))
        dialog.open()
        return dialog

    def _on_looked_up(self, portrait: Portrait | None) -> None:
        self.show_portrait(self._question, portrait)

    @property
    def _image_id(self) -> int:
        assert self._portrait is not None
        assert self._portrait.image_id is not None
        return self._portrait.image_id

    @property
    def _is_pinned(self) -> bool:
        return self._portrait is not None and self._portrait.description.pinned

    def _show(self) -> None:
        portrait = self._portrait
        is_there = portrait is not None and portrait.image_id is not None
        source = portrait.description.source if portrait is not None and is_there else ""
        self.edit.setEnabled(is_there)
        self.automatic.setEnabled(source == "person")
        self.pin.setText(tr("Unpin") if self._is_pinned else tr("Pin"))
        self.pin.setEnabled(source == "captioner")
        why = self._why_not_again(source) if is_there else ""
        self.again.setText(tr("Write again ({why})").format(why=why) if why else tr("Write again"))
        self.again.setEnabled(is_there and not why)

    def _why_not_again(self, source: str) -> str:
        if not self._captions.can_write:
            return tr("needs a captioner")
        if source == "person":
            return tr("these are your words")
        return tr("it is pinned") if self._is_pinned else ""
