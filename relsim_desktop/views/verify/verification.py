"""The way to the page where groups are verified, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.verifying import Verifying
from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.dialogs import show_trouble
from relsim_desktop.views.window.actions import WindowActions
from relsim_desktop.views.window.layout import WindowLayout
from relsim_desktop.workspace import Workspace

if TYPE_CHECKING:
    from relsim_desktop.views.verify.page import VerifyPage


_PATTERNS = QT_TRANSLATE_NOOP("", "Groups (*.jsonl);;All files (*)")


class Verification(QObject):
    """Belongs to a window. The page is built when it is first wanted."""

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
        self._theme = theme
        self._verbs = verbs
        self._parts = parts
        self._page: VerifyPage | None = None
        self._drops_unsaved = False
        self.verifying = Verifying(workspace.jobs)
        verbs.verify.triggered.connect(self.show_or_choose)

    @property
    def page(self) -> VerifyPage:
        """The page; it is built now if it was not."""
        from relsim_desktop.views.verify.page import VerifyPage

        if self._page is None:
            page = VerifyPage(self._theme, self._workspace.thumbnails, self.verifying)
            page.close_asked.connect(self.leave)
            page.choose_asked.connect(self.choose)
            page.solve_asked.connect(self.solve)
            self.verifying.refused.connect(self._on_refused)
            self.verifying.conflicted.connect(self._ask_whose)
            self._parts.pages.addWidget(page)
            self._page = page
        return self._page

    @property
    def is_shown(self) -> bool:
        """Whether the window shows the page."""
        return self._page is not None and self._parts.pages.currentWidget() is self._page

    def open(self, path: Path) -> None:
        """Verify the groups of a file."""
        self._show()
        self.verifying.open(path.absolute())

    def show_or_choose(self) -> None:
        """Go on with the file that is open; else, or if it is shown already, choose one."""
        if self.verifying.path is not None and not self.is_shown:
            self._show()
        else:
            self.choose()

    def choose(self) -> None:
        """Let a person choose a file."""
        before = self.verifying.path
        folder = str(before.parent) if before is not None else ""
        file, _ = QFileDialog.getOpenFileName(
            self._window, tr("Verify groups"), folder, tr(_PATTERNS)
        )
        if file:
            self.open(Path(file))

    def leave(self) -> None:
        """Go back to the library; the file stays open, and so does what can be undone."""
        self._parts.leave_page(self._workspace)

    def solve(self) -> None:
        """Do something about decisions that are not on disk, as the person wishes."""
        if self.verifying.is_conflicting:
            self._ask_whose()
        else:
            self.verifying.save_again()

    def may_close(self) -> bool:
        """Whether everything is on disk; else ask, and close the window after a yes."""
        if self.verifying.finish() or self._drops_unsaved:
            return True
        trouble = self.verifying.trouble
        assert trouble is not None
        box = Confirmation(
            tr("Verify groups"),
            tr("Close without saving the last decisions?"),
            tr("Close"),
            self._window,
        )
        box.setInformativeText(trouble.text)
        box.ask(self._close_nevertheless, is_harmless=False)
        return False

    def _close_nevertheless(self) -> None:
        self._drops_unsaved = True
        QTimer.singleShot(0, self._window.close)

    def _ask_whose(self) -> None:
        path = self.verifying.path
        assert path is not None
        box = Confirmation(
            tr("Verify groups"),
            tr("{name} was changed by another program").format(name=path.name),
            tr("Read it again"),
            self._window,
        )
        box.setInformativeText(
            tr(
                "Reading it again takes what the other program has written, and repeats your "
                "decisions that are not saved yet on groups that it has left alone. Writing "
                "over it keeps everything as you see it here."
            )
        )
        over = box.addButton(tr("Write over it"), QMessageBox.ButtonRole.DestructiveRole)
        over.clicked.connect(self.verifying.write_over)
        box.ask(self.verifying.read_again, is_harmless=True)

    def _show(self) -> None:
        page = self.page
        self._verbs.compare.setChecked(False)
        self._parts.pages.setCurrentWidget(page)
        page.take_focus()

    def _on_refused(self, trouble: Trouble) -> None:
        """What is wrong with a file is on the page, unless that shows another one."""
        if self.verifying.path is not None or trouble.details is not None:
            show_trouble(trouble, self._window)
