"""The context menus of pictures, wherever a window shows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QImage

from relsim_desktop import file_actions
from relsim_desktop.operations.pictures import load_picture
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.caption_menu import CaptionMenu
from relsim_desktop.views.judging.judging import Judging
from relsim_desktop.views.picture_menu import PictureMenu
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from engine.types import BoardPicture, FileEntry, Neighbor

_COPIED_EDGE = 4096  # pixels; a larger picture is copied reduced


class ContextMenus(QObject):
    """Belongs to a window."""

    def __init__(self, host: Host, judging: Judging, features: Sequence[Feature]) -> None:
        super().__init__(host.window)
        self._host = host
        self._judging = judging
        self._features = features
        host.parts.collection.menu_asked.connect(self.show_for_files)
        host.parts.analogies.menu_asked.connect(self.show_for_neighbor)
        judging.menu_asked.connect(self.show_for_board)

    def show_for_files(self, entries: Sequence[FileEntry], point: QPoint) -> None:
        """Of files in the collection, at a global position."""
        self.menu([question_of(entry) for entry in entries]).popup(point)

    def show_for_neighbor(self, neighbor: Neighbor, point: QPoint) -> None:
        """Of a hit, at a global position."""
        question = Question(path=neighbor.path, image_id=neighbor.image_id)
        self.menu([question], neighbor).popup(point)

    def show_for_board(self, pictures: Sequence[BoardPicture], point: QPoint) -> None:
        """Of pictures on the open board, at a global position."""
        menu = self.menu([Question(path=p.path, image_id=p.image_id) for p in pictures if p.path])
        self._judging.add_removal(menu)
        menu.popup(point)

    def menu(self, questions: Sequence[Question], neighbor: Neighbor | None = None) -> PictureMenu:
        """The menu of pictures; who calls pops it up.

        Args:
            questions: The pictures, each a file.
            neighbor: The hit, where it is one that can be judged.
        """
        host, workspace = self._host, self._host.workspace
        menu = PictureMenu(questions, host.window)
        menu.add_analogies(host.ask)
        menu.add_pair(host.compare)
        asked = workspace.inquiry.question
        if len(questions) == 1 and asked is not None and not asked.is_text:
            menu.add_compare(
                tr("Compare with query"), asked, lambda other: host.compare(asked, other)
            )
        if questions:
            for feature in self._features:
                feature.extend_menu(menu, questions, neighbor)
        if neighbor is not None:
            self._judging.add_verdicts(menu, neighbor)
        self._judging.add_boards(menu, questions)
        if len(questions) == 1:
            descriptions = CaptionMenu(
                host.theme, workspace.thumbnails, workspace.captions, menu, over=host.window
            )
            descriptions.look_up(questions[0])
            menu.addMenu(descriptions)
        menu.add_files(self._copy_picture)
        return menu

    def _copy_picture(self, path: Path) -> None:
        engine = self._host.workspace.engine
        if engine is None:
            return

        def copy(image: QImage) -> None:
            file_actions.copy_picture(path, image)
            self._host.parts.strip.say(tr("Copied {name}").format(name=path.name))

        job = load_picture(self._host.workspace.jobs, engine, path, _COPIED_EDGE)
        job.succeeded.connect(copy)
        job.failed.connect(self._host.dialogs.show_trouble)


def question_of(entry: FileEntry) -> Question:
    """A file of the collection, as it is asked about."""
    return Question(path=entry.path, image_id=entry.image_id)
