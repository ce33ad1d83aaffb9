"""On which board pictures are kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from relsim_desktop import judging_phrases
from relsim_desktop.presenters.boards import Boards
from relsim_desktop.translation import tr


class KeepMenu(QMenu):
    """Lists the boards, the one that was used last on top, and a new one."""

    chosen = Signal(int)
    """Id of a board."""

    new_asked = Signal()

    def __init__(self, boards: Boards, parent: QWidget) -> None:
        super().__init__(tr("Keep on board"), parent)
        last = boards.last
        ordered = sorted(
            boards.boards.boards,
            key=lambda board: last is None or board.board_id != last.board_id,
        )
        for board in ordered:
            name = judging_phrases.board_name(board.name).replace("&", "&&")
            action = self.addAction(name)
            action.triggered.connect(
                lambda _=False, board_id=board.board_id: self.chosen.emit(board_id)
            )
        if ordered:
            self.addSeparator()
        self.addAction(tr("New board…"), self.new_asked.emit)
