"""The dialogs of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from relsim_desktop import file_actions
from relsim_desktop.jobs import Trouble
from relsim_desktop.theme import Theme
from relsim_desktop.views import dialogs
from relsim_desktop.views.help.shortcuts_dialog import all_keys
from relsim_desktop.views.window.actions import WindowActions
from relsim_desktop.workspace import Workspace

if TYPE_CHECKING:
    from relsim_desktop.views.library.failures_dialog import FailuresDialog
    from relsim_desktop.views.models.dialog import ModelsDialog

    pass


class WindowDialogs(QObject):
    """Opens them, and acts on what they ask for."""

    def __init__(
        self, window: QMainWindow, workspace: Workspace, theme: Theme, verbs: WindowActions
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._theme = theme
        self._verbs = verbs
        self._failures: FailuresDialog | None = None
        self._models: ModelsDialog | None = None

    def show_failures(self) -> FailuresDialog:
        """Open the list of files that could not be read."""
        from relsim_desktop.views.library.failures_dialog import FailuresDialog

        if self._failures is None:
            failures = self._workspace.collection.failures
            self._failures = FailuresDialog(self._theme, failures, self._window)
            self._failures.retry_asked.connect(self._workspace.retry)
            self._failures.reveal_asked.connect(file_actions.reveal)
        self._failures.show()
        self._failures.raise_()
        return self._failures

    def show_models(self) -> ModelsDialog:
        """Open the list of models."""
        from relsim_desktop.views.models.dialog import ModelsDialog

        workspace = self._workspace
        if self._models is None:
            self._models = ModelsDialog(
                self._theme, workspace.models, workspace.choice, self._window
            )
            self._models.remove_asked.connect(workspace.remove_model)
        workspace.models.reload()  # another program may have changed what there is
        self._models.show()
        self._models.raise_()
        self._models.activateWindow()
        return self._models

    def show_shortcuts(self) -> None:
        """Open the list of keys."""
        from relsim_desktop.views.help.shortcuts_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._theme, all_keys(self._verbs), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_about(self) -> None:
        """Say what this is."""
        dialogs.AboutDialog(self._theme, self._window).open()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong."""
        dialogs.show_trouble(trouble, self._window)
