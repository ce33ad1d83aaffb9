"""Saving what was scored: a dialog for the place, the writing, and what a person may want next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from relsim_desktop import file_actions
from relsim_desktop.operations import comparing
from relsim_desktop.translation import tr
from relsim_desktop.views.window.feature import Host

_FOLDER = "compare/export_folder"


class ScoreExport(QObject):
    """Belongs to a window."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host

    def ask(self, title: str, name: str, make: Callable[[], bytes]) -> QFileDialog:
        """Let a person choose a file, then write it.

        Args:
            title: Of the dialog.
            name: Proposed; its suffix is that of the kind.
            make: Makes the content, in a worker thread.
        """
        suffix = Path(name).suffix.lstrip(".")
        folder = self._host.settings.read_text(_FOLDER, str(Path.home()))
        pattern = tr("Tables (*.csv)") if suffix == "csv" else tr("Pictures (*.png)")
        dialog = QFileDialog(self._host.window, title, folder, pattern)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda file: self.write(Path(file), make))
        dialog.open()
        return dialog

    def write(self, path: Path, make: Callable[[], bytes]) -> None:
        """Write a file, and say so."""
        self._host.settings.write(_FOLDER, str(path.parent))
        job = comparing.write(self._host.workspace.jobs, make, path)
        job.succeeded.connect(self._on_written)
        job.failed.connect(self._host.dialogs.show_trouble)

    def _on_written(self, path: Path) -> None:
        box = QMessageBox(self._host.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(tr("Saved"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Saved {name}").replace("{name}", path.name))
        box.setInformativeText(tr("It is in {folder}").replace("{folder}", str(path.parent)))
        show = box.addButton(tr("Show in file manager"), QMessageBox.ButtonRole.ActionRole)
        close = box.addButton(tr("Close"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        show.clicked.connect(lambda: file_actions.reveal(path))
        box.open()
