"""What can be done with the pictures that are selected in a similarity space."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from relsim_desktop.jobs import Job
from relsim_desktop.operations import explaining
from relsim_desktop.translation import tr
from relsim_desktop.views.boards.menu import BoardMenu
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label
from relsim_desktop.views.window.feature import Host

if TYPE_CHECKING:
    from relsim_desktop.views.space.page import SpacePage

PICTURE_SCALE: Final = 2.0
"""Pixels of an exported picture a device-independent pixel."""


class SpaceActions(QWidget):
    """A bar: how many are selected, and the verbs. Exports take all where nothing is selected."""

    def __init__(self, host: Host, page: SpacePage) -> None:
        super().__init__()
        self.setObjectName("spaceActions")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._host = host
        self._page = page
        self.count = label(host.theme, muted=True)
        self.board = push_button(tr("Add to board…"))
        self.compare = push_button(tr("Compare"))
        self.copy = push_button(tr("Copy paths"))
        self.table = push_button(tr("Export CSV…"))
        self.image = push_button(tr("Export PNG…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self.count, 1)
        for button in (self.board, self.compare, self.copy, self.table, self.image):
            row.addWidget(button)
        self.compare.setToolTip(tr("Two selected pictures, or one with the query"))
        self.table.setToolTip(tr("The selected pictures as a table, or all of them"))
        self.image.setToolTip(tr("What is shown, as a picture"))
        self.board.clicked.connect(self._show_boards)
        self.compare.clicked.connect(self._on_compare)
        self.copy.clicked.connect(self._on_copy)
        self.table.clicked.connect(self.export_table)
        self.image.clicked.connect(self.export_image)

    def follow(self) -> None:
        """Say how many are selected, and allow what can be done with them."""
        selected = len(self._page.canvas.selected)
        space = self._page.space
        total = 0 if space is None else len(space)
        if not total:
            self.count.clear()
        elif not selected:
            count = tr("%n picture(s)", "", total)
            hint = tr("Click, or drag with Shift, to select. Double-click asks.")
            self.count.setText(f"{count} · {hint}")
        else:
            self.count.setText(tr("%n picture(s) selected", "", selected))
        self.board.setEnabled(selected > 0)
        self.compare.setEnabled(selected in (1, 2))
        self.copy.setEnabled(selected > 0)
        self.table.setEnabled(total > 0)
        self.image.setEnabled(total > 0)

    def board_menu(self) -> BoardMenu:
        """The boards, to put the selected pictures on one."""
        ids = [q.image_id for q in self._page.chosen_pictures() if q.image_id is not None]
        boards = self._host.workspace.boards
        menu = BoardMenu(boards, ids, self._host.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.new_asked.connect(lambda: boards.create(self._new_name(), ids))
        return menu

    def pop_up_menu(self, row: int, at: QPoint) -> None:
        """The menu of a picture."""
        question = self._page.question(row)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Find analogies"), lambda: self._host.ask(question))
        asked = self._page.query.question
        if asked is not None:
            menu.addAction(tr("Compare with query"), lambda: self._host.compare(asked, question))
        menu.popup(at)

    def export_table(self) -> QFileDialog:
        """Let a person choose the file of the table."""
        return self._dialog(
            tr("Export as CSV"), "space.csv", tr("Tables (*.csv)"), self.write_table
        )

    def export_image(self) -> QFileDialog:
        """Let a person choose the file of the picture."""
        return self._dialog(
            tr("Export as PNG"), "space.png", tr("Pictures (*.png)"), self.write_image
        )

    def write_table(self, path: Path) -> Job | None:
        """Write the selected pictures, or all, to a file."""
        space = self._page.space
        if space is None:
            return None
        rows: Sequence[int] = sorted(self._page.canvas.selected) or range(len(space))
        return self._watched(explaining.export_table(self._host.workspace.jobs, space, rows, path))

    def write_image(self, path: Path) -> Job:
        """Write what is shown to a file."""
        image = self._page.canvas.picture(PICTURE_SCALE)
        return self._watched(explaining.export_image(self._host.workspace.jobs, image, path))

    def _watched(self, job: Job) -> Job:
        said = tr("Wrote {file}")
        job.succeeded.connect(
            lambda path: self._host.parts.strip.say(said.replace("{file}", path.name))
        )
        job.failed.connect(self._host.dialogs.show_trouble)
        return job

    def _dialog(
        self, title: str, name: str, patterns: str, write: Callable[[Path], object]
    ) -> QFileDialog:
        dialog = QFileDialog(self._host.window, title, "", patterns)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda file: write(Path(file)))
        dialog.open()
        return dialog

    def _new_name(self) -> str:
        """A name that no board has yet, after the query."""
        question = self._page.query.question
        name = question.title if question is not None else tr("Similarity space")
        taken = {board.name.casefold() for board in self._host.workspace.boards.boards.boards}
        number, free = 2, name
        while free.casefold() in taken:
            free, number = f"{name} {number}", number + 1
        return free

    def _show_boards(self) -> None:
        self.board_menu().popup(self.board.mapToGlobal(QPoint(0, 0)))

    def _on_compare(self) -> None:
        chosen = self._page.chosen_pictures()
        query = self._page.query.question
        if len(chosen) == 2:
            self._host.compare(*chosen)
        elif len(chosen) == 1 and query is not None:
            self._host.compare(query, chosen[0])

    def _on_copy(self) -> None:
        paths = [str(picture.path) for picture in self._page.chosen_pictures()]
        QGuiApplication.clipboard().setText("\n".join(paths))
        self._host.parts.strip.say(tr("Copied %n path(s)", "", len(paths)))
