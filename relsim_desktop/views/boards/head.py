"""What stands above the pictures of a board: its name, how they lie, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from relsim_desktop import judging_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, text_button
from relsim_desktop.views.labels import label
from relsim_desktop.views.slot_text import CaptionLabel

if TYPE_CHECKING:
    from engine.types import Board


class BoardHead(QWidget):
    """One line of a name and buttons."""

    layout_asked = Signal(str)
    """``grid`` or ``canvas``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = CaptionLabel(theme, scale=1.2, max_lines=1)
        self.count = label(theme, muted=True)
        self.grid_button = icon_button(theme, "grid", tr("Grid: pictures in their order"))
        self.canvas_button = icon_button(theme, "canvas", tr("Canvas: pictures lie freely"))
        for button in (self.grid_button, self.canvas_button):
            button.setCheckable(True)
        self.tidy_button = icon_button(
            theme, "tidy", tr("Tidy up"), tooltip=tr("Tidy up: put the pictures into rows")
        )
        self.fit_button = icon_button(theme, "fit", tr("Show everything"), tooltip=tr("Fit (F)"))
        self.notes_button = text_button(
            theme, "note", tr("Notes"), tooltip=tr("Notes, captions and sources")
        )
        self.notes_button.setCheckable(True)
        self.take_button = text_button(
            theme, "export", tr("Export"), tooltip=tr("Export this board (Ctrl+E)")
        )
        self.rename_button = icon_button(
            theme, "edit", tr("Rename"), tooltip=tr("Rename this board (F2)")
        )
        self.duplicate_button = icon_button(
            theme, "copy", tr("Duplicate"), tooltip=tr("Duplicate this board")
        )
        self.delete_button = icon_button(
            theme, "clear", tr("Delete"), tooltip=tr("Delete this board")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(4)
        row.addWidget(self.name, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.count)
        row.addSpacing(12)
        for part in self.tab_order:
            row.addWidget(part)
            if part in (self.fit_button, self.take_button):
                row.addSpacing(8)
        self.grid_button.clicked.connect(lambda: self.layout_asked.emit("grid"))
        self.canvas_button.clicked.connect(lambda: self.layout_asked.emit("canvas"))
        self.show_layout("grid")

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.grid_button,
            self.canvas_button,
            self.tidy_button,
            self.fit_button,
            self.notes_button,
            self.take_button,
            self.rename_button,
            self.duplicate_button,
            self.delete_button,
        )

    def show_layout(self, layout: str) -> None:
        """Mark how pictures lie."""
        self.grid_button.setChecked(layout == "grid")
        self.canvas_button.setChecked(layout == "canvas")
        for button in (self.tidy_button, self.fit_button):
            button.setVisible(layout == "canvas")

    def show_board(self, board: Board, away: int) -> None:
        """Show what a board is called.

        Args:
            board: The board.
            away: How many of its pictures are not there now.
        """
        self.name.text = board.name
        self.count.setText(judging_phrases.board_count(board, away))
