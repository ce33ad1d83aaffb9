"""The context menu of a picture, in the collection and among the neighbors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from relsim_desktop import file_actions
from relsim_desktop.question import Question
from relsim_desktop.translation import tr


class PictureMenu(QMenu):
    """What can be done with one picture, or with several."""

    def __init__(self, questions: Sequence[Question], parent: QWidget) -> None:
        """Build the menu.

        Args:
            questions: The pictures, each a file.
            parent: Owns the menu, which deletes itself on closing.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._questions = list(questions)
        self._paths: list[Path] = [question.path for question in questions if question.path]

    def add_analogies(self, ask: Callable[[Question], None]) -> None:
        """Offer to find the analogies of a single picture."""
        if len(self._questions) == 1:
            self.addAction(tr("Find analogies"), lambda: ask(self._questions[0]))

    def add_compare(self, text: str, a: Question, compare: Callable[[Question], None]) -> None:
        """Offer to compare with another picture, unless it is the same one."""
        if not self._questions[0].is_same_as(a):
            self.addAction(text, lambda: compare(self._questions[0]))

    def add_pair(self, compare: Callable[[Question, Question], None]) -> None:
        """Offer to compare the two that are selected."""
        if len(self._questions) == 2:
            self.addAction(tr("Compare these two"), lambda: compare(*self._questions))

    def add_files(self, copy_picture: Callable[[Path], None]) -> None:
        """Offer what the desktop environment can do with the files, if there are any."""
        if not self._paths:
            return
        self.addSeparator()
        if len(self._paths) == 1:
            path = self._paths[0]
            self.addAction(tr("Open file"), lambda: file_actions.open_file(path))
            self.addAction(tr("Show in file manager"), lambda: file_actions.reveal(path))
            self.addSeparator()
            self.addAction(tr("Copy picture"), lambda: copy_picture(path))
        text = tr("Copy path") if len(self._paths) == 1 else tr("Copy paths")
        self.addAction(text, lambda: file_actions.copy_paths(self._paths))
