"""Judging and collecting in the window: marks, keys, menus, the page of the boards, and undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox, QWidget

from relsim_desktop import judging_phrases
from relsim_desktop.jobs import Trouble
from relsim_desktop.judging_phrases import VERDICTS
from relsim_desktop.presenters.wording import Wording
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.boards.menu import BoardMenu
from relsim_desktop.views.window.actions import WindowActions
from relsim_desktop.views.window.layout import WindowLayout
from relsim_desktop.workspace import Workspace

if TYPE_CHECKING:
    from engine.judging.judged_groups import GroupsReport
    from engine.types import Board, BoardPicture, Neighbor, PairVerdict
    from relsim_desktop.views.boards.dialog import BoardDialog
    from relsim_desktop.views.boards.page import BoardsPage

_PATTERNS = QT_TRANSLATE_NOOP("", "Groups (*.jsonl)")


class Judging(QObject):
    """Belongs to a window. The page of the boards is built when it is first wanted."""

    trouble = Signal(object)
    """A `Trouble` with an export, or that is a defect of ours; others are in the status strip."""

    asked = Signal(object)
    """A `Question` about a picture of a board."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a list of `BoardPicture`, at a global position."""

    built = Signal(object)
    """The `BoardsPage`, which is made when it is first wanted."""

    verify_asked = Signal(object)
    """The path of groups that were just exported."""

    def __init__(
        self,
        window: QMainWindow,
        workspace: Workspace,
        theme: Theme,
        verbs: WindowActions,
        parts: WindowLayout,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._boards = workspace.boards
        self._theme = theme
        self._verbs = verbs
        self._parts = parts
        self._page: BoardsPage | None = None
        self._wire_verdicts()
        self._wire_boards()
        self._wire_undo()

    @property
    def page(self) -> BoardsPage:
        """The page of the boards; it is built now if it was not."""
        from relsim_desktop.views.boards.page import BoardsPage

        if self._page is None:
            wording = Wording(self._workspace.jobs, lambda: self._workspace.engine)
            wording.failed.connect(self._on_failed)
            page = BoardsPage(self._theme, self._workspace.thumbnails, self._boards, wording)
            page.new_asked.connect(self.new_board)
            page.rename_asked.connect(self.rename_board)
            page.export_asked.connect(self.export)
            page.menu_asked.connect(self.menu_asked)
            page.picked.connect(self._on_picked)
            _key("Delete", page.view, page.remove_selected)
            _key("Delete", page.canvas, page.remove_selected)
            _key("F2", page, page.rename, anywhere=True)
            _key("Escape", page, lambda: self._verbs.boards.setChecked(False), anywhere=True)
            self._parts.pages.addWidget(page)
            for before, after in pairwise((self._parts.boards_button, *page.tab_order)):
                QWidget.setTabOrder(before, after)
            self._page = page
            self.built.emit(page)
        return self._page

    @property
    def is_showing_boards(self) -> bool:
        """Whether the window shows the page of the boards."""
        return self._page is not None and self._parts.pages.currentWidget() is self._page

    # --- verdicts ---------------------------------------------------------------------------------

    def add_verdicts(self, menu: QMenu, neighbor: Neighbor) -> None:
        """Offer to judge the query with a neighbor."""
        verdicts = self._workspace.query_verdicts
        if not verdicts.can_judge:
            return
        menu.addSeparator()
        for number, (verdict, text) in enumerate(VERDICTS.items(), start=1):
            action = menu.addAction(f"{tr(text)}\t{number}")
            action.setCheckable(True)
            action.setChecked(verdicts.known.get(neighbor.image_id) == verdict)
            action.triggered.connect(
                lambda _=False, verdict=verdict: verdicts.toggle(neighbor.image_id, verdict)
            )
        menu.addSeparator()

    def _wire_verdicts(self) -> None:
        panel, verdicts = self._parts.analogies, self._workspace.query_verdicts
        verdicts.changed.connect(
            lambda: panel.model.judge(verdicts.known, can_judge=verdicts.can_judge)
        )
        verdicts.refused.connect(self._parts.strip.say)
        panel.view.judge_asked.connect(self._judge_row)
        for number, verdict in enumerate(VERDICTS, start=1):
            _key(str(number), panel.view, partial(self._judge_current, verdict))
        self._workspace.verdicts.failed.connect(self._on_failed)
        self._workspace.verdicts.unread.connect(self._on_failed)

    def _judge_row(self, row: int, verdict: PairVerdict) -> None:
        neighbor = self._parts.analogies.model.neighbor(row)
        self._workspace.query_verdicts.toggle(neighbor.image_id, verdict)

    def _judge_current(self, verdict: PairVerdict) -> None:
        index = self._parts.analogies.view.currentIndex()
        if index.isValid():
            self._judge_row(index.row(), verdict)
        else:
            self._parts.strip.say(tr(judging_phrases.NOTHING_CHOSEN))

    # --- boards -----------------------------------------------------------------------------------

    def add_boards(self, menu: QMenu, questions: Sequence[Question]) -> None:
        """Offer to put pictures on a board."""
        image_ids = [q.image_id for q in questions if q.image_id is not None]
        boards = BoardMenu(self._boards, image_ids, menu)
        boards.new_asked.connect(lambda: self.new_board(image_ids))
        menu.addMenu(boards)

    def add_removal(self, menu: QMenu) -> None:
        """Offer to take the selected pictures off the open board."""
        menu.addSeparator()
        menu.addAction(tr("Remove from board\tDel"), self.page.remove_selected)

    def new_board(self, image_ids: Sequence[int] = ()) -> BoardDialog:
        """Let a person name a new board for some pictures."""
        dialog = self._dialog(tr("New board"), tr("Create"), None)
        dialog.named.connect(lambda name: self._boards.create(name, image_ids))
        dialog.open()
        return dialog

    def rename_board(self, board: Board) -> BoardDialog:
        """Let a person give a board another name."""
        dialog = self._dialog(tr("Rename board"), tr("Rename"), board)
        dialog.show_name(board.name)
        dialog.named.connect(lambda name: self._boards.rename(board.board_id, name))
        dialog.open()
        return dialog

    def add_to_last(self, image_ids: Sequence[int | None]) -> None:
        """Put pictures on the board that was used last; if there is none, let one be named.

        Args:
            image_ids: Of what is selected; None for pictures that are not indexed.
        """
        known = [image_id for image_id in image_ids if image_id is not None]
        last = self._boards.last
        if not known:
            self._parts.strip.say(
                tr(judging_phrases.NOT_INDEXED if image_ids else judging_phrases.NOTHING_CHOSEN)
            )
        elif last is None:
            self.new_board(known)
        else:
            self._boards.add(last.board_id, known)

    def export(self) -> QFileDialog:
        """Let a person choose the file that boards and good analogies are written to."""
        dialog = QFileDialog(self._window, tr("Export as groups"), "", tr(_PATTERNS))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("jsonl")
        dialog.selectFile("groups.jsonl")
        dialog.fileSelected.connect(lambda file: self._boards.export(Path(file)))
        dialog.open()
        return dialog

    def _dialog(self, title: str, verb: str, board: Board | None) -> BoardDialog:
        from relsim_desktop.views.boards.dialog import BoardDialog

        taken = [other.name for other in self._boards.boards.boards if other != board]
        dialog = BoardDialog(self._theme, title, verb, taken, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _wire_boards(self) -> None:
        parts, boards = self._parts, self._boards
        _key("B", parts.collection.view, self._add_files)
        _key("B", parts.analogies.view, self._add_neighbor)
        self._verbs.boards.toggled.connect(self._on_toggled)
        self._verbs.export_groups.triggered.connect(self.export)
        parts.pages.currentChanged.connect(self._on_page)
        self._allow_boards(False)
        self._workspace.opened.connect(lambda _: self._allow_boards(True))
        boards.said.connect(parts.strip.say)
        boards.exported.connect(self._on_exported)
        boards.not_exported.connect(self.trouble)
        boards.failed.connect(self._on_failed)

    def _allow_boards(self, is_allowed: bool) -> None:
        for action in (self._verbs.boards, self._verbs.export_groups):
            action.setEnabled(is_allowed)
        self._parts.boards_button.setEnabled(is_allowed)

    def _on_page(self) -> None:
        self._verbs.boards.setChecked(self.is_showing_boards)
        self._verbs.edit.setEnabled(not self.is_showing_boards)  # F2 renames a board there

    def _add_files(self) -> None:
        self.add_to_last([entry.image_id for entry in self._parts.collection.selected])

    def _add_neighbor(self) -> None:
        panel = self._parts.analogies
        index = panel.view.currentIndex()
        self.add_to_last([panel.model.neighbor(index.row()).image_id] if index.isValid() else [])

    def _on_toggled(self, is_on: bool) -> None:
        if is_on and not self.is_showing_boards:
            page = self.page
            self._verbs.compare.setChecked(False)
            self._parts.pages.setCurrentWidget(page)
            page.take_focus()
        elif not is_on and self.is_showing_boards:
            self._parts.leave_page(self._workspace)

    def _on_picked(self, picture: BoardPicture) -> None:
        if picture.path is not None:
            self.asked.emit(Question(path=picture.path, image_id=picture.image_id))

    def _on_exported(self, report: GroupsReport, out: Path) -> None:
        title, text = judging_phrases.exported(report, out)
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(tr("Export as groups"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText(text)
        verify = box.addButton(tr("Verify them"), QMessageBox.ButtonRole.ActionRole)
        close = box.addButton(tr("Close"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        verify.clicked.connect(lambda: self.verify_asked.emit(out))
        box.open()

    def _on_failed(self, trouble: Trouble) -> None:
        self._parts.strip.say(trouble.text)
        if trouble.details is not None:
            self.trouble.emit(trouble)

    # --- undo -------------------------------------------------------------------------------------

    def _wire_undo(self) -> None:
        stack = self._workspace.undo.stack
        self._verbs.undo.triggered.connect(stack.undo)
        self._verbs.redo.triggered.connect(stack.redo)
        stack.indexChanged.connect(self._on_undo)
        self._parts.pages.currentChanged.connect(self._on_undo)
        self._on_undo()

    def _on_undo(self) -> None:
        """Say what would be undone. Where groups are verified the keys undo decisions."""
        from relsim_desktop.views.verify.page import VerifyPage

        stack = self._workspace.undo.stack
        is_here = not isinstance(self._parts.pages.currentWidget(), VerifyPage)
        undo, redo = (tr("&Undo"), tr("&Undo {step}")), (tr("&Redo"), tr("&Redo {step}"))
        for action, (plain, full), can, text in (
            (self._verbs.undo, undo, stack.canUndo(), stack.undoText()),
            (self._verbs.redo, redo, stack.canRedo(), stack.redoText()),
        ):
            action.setText(full.replace("{step}", text) if can else plain)
            action.setEnabled(can and is_here)


def _key(key: str, widget: QWidget, act: Callable[[], object], *, anywhere: bool = False) -> None:
    """Let a key act while the keyboard is on a widget, or, while the widget is shown, anywhere."""
    shortcut = QShortcut(key, widget)
    shortcut.setAutoRepeat(False)
    if not anywhere:
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(act)
