"""The part of a picture's menu that puts it on a board."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from relsim_desktop import judging_phrases
from relsim_desktop.presenters.boards import Boards
from relsim_desktop.translation import tr


class BoardMenu(QMenu):
    """Lists the boards; those that hold the pictures already are ticked and cannot be chosen."""

    new_asked = Signal()

    def __init__(self, boards: Boards, image_ids: Sequence[int], parent: QWidget) -> None:
        """Build it.

        Args:
            boards: What there is.
            image_ids: The pictures; none if they are not in the library.
            parent: Owns the menu.
        """
        super().__init__(tr("Add to board"), parent)
        self.setEnabled(bool(image_ids))
        for board in boards.boards.boards:
            name = judging_phrases.board_name(board.name).replace("&", "&&")
            is_last = boards.last is not None and boards.last.board_id == board.board_id
            action = self.addAction(f"{name}\tB" if is_last else name)
            action.triggered.connect(
                lambda _=False, board_id=board.board_id: boards.add(board_id, image_ids)
            )
            if set(image_ids) <= set(board.images):
                action.setCheckable(True)
                action.setChecked(True)
                action.setEnabled(False)
        if not self.isEmpty():
            self.addSeparator()
        self.addAction(tr("New board…"), self.new_asked.emit)
