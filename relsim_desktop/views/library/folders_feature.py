"""The folders in the window: their page, watching them, and undoing what was done to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from relsim_desktop import file_actions, options
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.folders import Folders
from relsim_desktop.presenters.watching import Watching
from relsim_desktop.translation import tr
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.store.folders import FolderState
    from relsim_desktop.views.library.folders_page import FoldersPage

_WATCH_MS = 2000  # how often the page asks whether watching goes on as it did


class FoldersFeature(PageFeature):
    """Its presenters work from the start: folders are watched whether the page is shown or not."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("&Folders"), menu="library/folders", key="Ctrl+Shift+L")
        workspace = host.workspace
        self.watching = Watching(workspace.jobs, workspace.indexing)
        self.folders = Folders(workspace.jobs, workspace.indexing, self.watching, workspace.undo)
        self._watch_timer = QTimer(self)
        self._watch_timer.setInterval(_WATCH_MS)
        self._watch_timer.timeout.connect(self._show)
        self._follow_setting(options.WATCH.key)
        host.settings.changed.connect(self._follow_setting)
        workspace.opened.connect(self._on_opened)
        workspace.indexing.scanned.connect(self.folders.reload)
        workspace.indexing.idle.connect(self._on_indexed)
        self.folders.library_changed.connect(self._on_library_changed)
        self.folders.changed.connect(self._show)
        self.folders.said.connect(host.parts.strip.say)
        self.folders.failed.connect(self._on_failed)

    @property
    def page(self) -> FoldersPage:
        """The page; it is built now if it was not."""
        from relsim_desktop.views.library.folders_page import FoldersPage

        page = self.shown_page
        assert isinstance(page, FoldersPage)
        return page

    def build_page(self) -> QWidget:
        """Make the page."""
        from relsim_desktop.views.library.folders_page import FoldersPage

        page = FoldersPage(self.host.theme)
        folders = self.folders
        page.add_asked.connect(self.add)
        page.rescan_all_asked.connect(self._rescan_all)
        page.rescan_asked.connect(folders.rescan)
        page.reveal_asked.connect(lambda state: file_actions.reveal(state.folder.path))
        page.remove_asked.connect(folders.remove)
        page.relocate_asked.connect(self.relocate)
        page.dismiss_asked.connect(folders.dismiss_vanished)
        page.watch_toggled.connect(folders.set_watched)
        page.rules.drafted.connect(folders.draft)
        page.rules.save_asked.connect(folders.set_rules)
        folders.checked.connect(page.rules.show_check)
        return page

    def entered(self) -> None:
        """Read the folders anew, and take the keyboard."""
        self._show()
        self.folders.fresh_preview()
        self.folders.reload()
        self.folders.draft(self.page.rules.text.toPlainText())
        self._watch_timer.start()
        self.page.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut_down(self) -> None:
        """Stop watching while the library is still open."""
        self._watch_timer.stop()
        self.watching.close()

    def add(self) -> QFileDialog:
        """Let a person choose a folder for the library."""
        dialog = self._choose(tr("Add a folder to the library"))
        dialog.fileSelected.connect(
            lambda chosen: self.host.workspace.indexing.add([Path(chosen).absolute()])
        )
        dialog.open()
        return dialog

    def relocate(self, state: FolderState) -> QFileDialog:
        """Let a person say where a folder is now."""
        text = tr("Where is {folder} now?").replace("{folder}", str(state.folder.path))
        dialog = self._choose(text)
        dialog.fileSelected.connect(
            lambda chosen: self.folders.relocate(state, Path(chosen).absolute())
        )
        dialog.open()
        return dialog

    def _choose(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.host.window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog

    def _rescan_all(self) -> None:
        if self.host.workspace.engine is not None:
            self.host.workspace.look_through()

    def _show(self) -> None:
        if self.is_shown:
            self.page.show_folders(self.folders.states, self.watching.states)
            self.page.rules.show_saved(self.folders.rules)
        else:
            self._watch_timer.stop()

    def _follow_setting(self, key: str) -> None:
        if key == options.WATCH.key:
            self.watching.is_wanted = bool(self.host.settings.value(options.WATCH))

    def _on_opened(self, engine: Engine) -> None:
        self.folders.attach(engine)

    def _on_indexed(self) -> None:
        self.folders.fresh_preview()
        self.folders.reload()
        if self.is_shown:
            self.folders.draft(self.page.rules.text.toPlainText())

    def _on_library_changed(self) -> None:
        workspace = self.host.workspace
        workspace.collection.reload()
        workspace.boards.reload()
        workspace.inquiry.refresh()
        workspace.choice.count()

    def _on_failed(self, trouble: Trouble) -> None:
        self.host.parts.strip.say(trouble.text)
        self.host.dialogs.show_trouble(trouble)
