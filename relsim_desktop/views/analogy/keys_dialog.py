"""Where a person puts the key of a server into the keyring of the computer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import generation
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import label


class KeysDialog(QDialog):
    """Names of keys, and a new one. A key itself is never shown, and leaves the field at once."""

    changed = Signal(object, str)
    """The names of all keys now, and the one that was saved; empty if none was."""

    def __init__(self, theme: Theme, jobs: JobRunner, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        self.setMinimumWidth(460)
        self._jobs = jobs
        self._job: Job | None = None
        self._saving = ""  # name of the key that is being saved
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Keys in the keyring"))
        self.list.setFixedHeight(116)
        self.nothing = label(theme, scale=0.95, muted=True)
        self.nothing.setWordWrap(True)
        self.remove_button = push_button(tr("Remove"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("A name, such as openai"))
        self.name.setAccessibleName(tr("Name of the key"))
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(tr("The key"))
        self.secret.setAccessibleName(tr("The key"))
        self.trouble = label(theme, scale=0.95)
        self.trouble.setProperty("danger", True)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.save_button = push_button(tr("Save key"), primary=True)
        self.close_button = push_button(tr("Close"))
        self.save_button.setDefault(True)
        self._lay_out(theme)
        self.save_button.clicked.connect(self._save)
        self.remove_button.clicked.connect(self._remove)
        self.close_button.clicked.connect(self.accept)
        self.name.textChanged.connect(self._on_edited)
        self.secret.textChanged.connect(self._on_edited)
        self.list.currentRowChanged.connect(lambda _: self._on_edited())
        self._show([])
        self._watch(generation.key_names(jobs), "")
        self.name.setFocus()

    @property
    def is_busy(self) -> bool:
        """Whether the keyring is asked."""
        return self._job is not None

    def _save(self) -> None:
        name = self.name.text().strip()
        job = generation.save_key(self._jobs, name, self.secret.text())
        self.secret.clear()
        self._watch(job, name.lower())

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._watch(generation.remove_key(self._jobs, item.text()), "")

    def _watch(self, job: Job, saving: str) -> None:
        # Methods and no lambdas: the keyring may answer when the dialog is gone.
        self._job, self._saving = job, saving
        self.trouble.hide()
        job.succeeded.connect(self._on_names)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._on_edited()

    def _on_names(self, names: Sequence[str]) -> None:
        self._show(names)
        saved = self._saving if self._saving in names else ""
        if saved:
            self.name.clear()
        self.changed.emit(names, saved)

    def _on_failed(self, trouble: Trouble) -> None:
        self.trouble.setText(trouble.text)
        self.trouble.show()
        self.nothing.hide()
        self._fit()

    def _on_finished(self) -> None:
        self._job = None
        self._on_edited()

    def _show(self, names: Sequence[str]) -> None:
        self.list.clear()
        self.list.addItems(list(names))
        self.list.setVisible(bool(names))
        self.remove_button.setVisible(bool(names))
        self.nothing.setVisible(not names)
        self.nothing.setText(tr("There is no key yet."))
        self._on_edited()
        self._fit()

    def _fit(self) -> None:
        """Texts that wrap need more height, which a dialog does not take by itself."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        width = max(self.width(), self.minimumWidth())
        self.resize(width, layout.totalHeightForWidth(width))

    def _on_edited(self) -> None:
        is_free = not self.is_busy
        is_whole = bool(self.name.text().strip() and self.secret.text().strip())
        self.save_button.setEnabled(is_free and is_whole)
        self.remove_button.setEnabled(is_free and self.list.currentItem() is not None)

    def _lay_out(self, theme: Theme) -> None:
        said = tr(
            "A key is kept in the keyring of this computer, never in a file of this program. "
            "Servers are chosen with its name."
        )
        hint = label(theme, said, scale=0.95, muted=True)
        hint.setWordWrap(True)
        known = QHBoxLayout()
        known.setSpacing(8)
        known.addWidget(self.list, 1)
        known.addWidget(self.nothing, 1)
        known.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(theme, tr("Keys"), scale=1.15, bold=True))
        layout.addWidget(hint)
        layout.addLayout(known)
        layout.addWidget(self.name)
        layout.addWidget(self.secret)
        layout.addWidget(self.trouble)
        layout.addSpacing(4)
        layout.addLayout(buttons)
