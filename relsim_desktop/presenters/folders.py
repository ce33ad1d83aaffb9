"""The folders of the library: their numbers, and adding, removing and moving them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from relsim_desktop import folder_phrases
from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import folders
from relsim_desktop.operations.folders import FoldersState, RulesCheck
from relsim_desktop.presenters.indexing import Indexing
from relsim_desktop.presenters.undo import Undo
from relsim_desktop.presenters.watching import Watching

if TYPE_CHECKING:
    from engine.library.exclusions import ExclusionPreview
    from engine.service import Engine
    from engine.store.folders import FolderState

_TYPING_MS = 300  # a preview follows when nothing was typed for so long


class Folders(QObject):
    """Knows the folders, without widgets."""

    changed = Signal()
    """See `states`, `rules`."""

    library_changed = Signal()
    """A folder left, came back or moved: what shows pictures reads them anew."""

    checked = Signal(object)
    """The `RulesCheck` of the text that was typed last."""

    said = Signal(str)
    """What was done, in one line."""

    failed = Signal(object)
    """The `Trouble` with a change."""

    def __init__(self, jobs: JobRunner, indexing: Indexing, watching: Watching, undo: Undo) -> None:
        super().__init__()
        self._jobs = jobs
        self._indexing = indexing
        self._watching = watching
        self._undo = undo
        self._engine: Engine | None = None
        self._states: list[FolderState] = []
        self._rules = ""
        self._draft = ""
        self._checking: Job | None = None
        self._preview: list[ExclusionPreview] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._check)
        watching.moved.connect(self._on_library_changed)

    def attach(self, engine: Engine) -> None:
        """Take the folders of a library."""
        self._engine = engine
        self._watching.attach(engine)
        self.reload()

    @property
    def states(self) -> list[FolderState]:
        """The folders, by path."""
        return self._states

    @property
    def rules(self) -> str:
        """The library's text of rules, as it holds."""
        return self._rules

    def reload(self) -> None:
        """Read folders and rules again."""
        if self._engine is not None and not self._jobs.is_closed:
            job = folders.read_folders(self._jobs, self._engine)
            job.succeeded.connect(self._on_read)
            job.failed.connect(self.failed)

    # --- folders ----------------------------------------------------------------------------------

    def rescan(self, state: FolderState) -> None:
        """Look for changes in one folder."""
        self._indexing.add([state.folder.path])

    def remove(self, state: FolderState) -> None:
        """Take a folder out of the library; it can be undone."""
        if self._engine is None:
            return
        self._indexing.drop(state.folder.path)
        job = folders.remove(self._jobs, self._engine, state.folder.folder_id)
        job.succeeded.connect(lambda _: self._on_removed(state))
        job.failed.connect(self.failed)

    def relocate(self, state: FolderState, place: Path) -> None:
        """A folder lies elsewhere now; its pictures are known already."""
        old = state.folder.path
        self._indexing.drop(old)
        self._move(state.folder.folder_id, place, lambda: self._on_relocated(state, old, place))

    def set_watched(self, state: FolderState, watched: bool) -> None:
        """Let changes in a folder be noticed, or not."""
        if self._engine is not None:
            job = folders.set_watched(self._jobs, self._engine, state.folder.folder_id, watched)
            job.succeeded.connect(lambda _: self.reload())
            job.failed.connect(self.failed)

    def dismiss_vanished(self, state: FolderState) -> None:
        """A person knows that files of this folder are gone."""
        if self._engine is not None:
            job = folders.dismiss_vanished(self._jobs, self._engine, state.folder.folder_id)
            job.succeeded.connect(lambda _: self.reload())
            job.failed.connect(self.failed)

    def _on_removed(self, state: FolderState) -> None:
        self.said.emit(folder_phrases.removed(state))
        self._undo.push(
            folder_phrases.removal(state), lambda: self._restore(state), lambda: self._again(state)
        )
        self._on_library_changed()

    def _again(self, state: FolderState) -> None:
        if self._engine is not None:
            self._indexing.drop(state.folder.path)
            job = folders.remove(self._jobs, self._engine, state.folder.folder_id)
            job.succeeded.connect(lambda _: self._on_library_changed())
            job.failed.connect(self.failed)

    def _restore(self, state: FolderState) -> None:
        if self._engine is not None:
            job = folders.restore(self._jobs, self._engine, state.folder.folder_id)
            job.succeeded.connect(lambda was_there: self._on_restored(state, was_there))
            job.failed.connect(self.failed)

    def _on_restored(self, state: FolderState, was_there: object) -> None:
        self._on_library_changed()
        if state.folder.path.exists():
            self._indexing.add([state.folder.path])  # it may have changed; or was forgotten
        elif not was_there:
            self.said.emit(folder_phrases.forgotten(state))

    def _move(self, folder_id: int, place: Path, done: Callable[[], None] | None = None) -> None:
        if self._engine is not None:
            job = folders.relocate(self._jobs, self._engine, folder_id, place)
            job.succeeded.connect(lambda _: self._on_moved(place, done))
            job.failed.connect(self.failed)

    def _on_moved(self, place: Path, done: Callable[[], None] | None) -> None:
        self._on_library_changed()
        self._indexing.add([place])
        if done is not None:
            done()

    def _on_relocated(self, state: FolderState, old: Path, new: Path) -> None:
        self.said.emit(folder_phrases.relocated(new))
        folder_id = state.folder.folder_id
        if old.is_dir():  # else there is nothing to go back to
            self._undo.push(
                folder_phrases.relocation(state),
                lambda: self._move(folder_id, old),
                lambda: self._move(folder_id, new),
            )

    # --- rules ------------------------------------------------------------------------------------

    def draft(self, text: str) -> None:
        """A person types rules; `checked` says what they would do."""
        self._draft = text
        self._typing.start()

    def fresh_preview(self) -> None:
        """The folders may have changed: count anew what rules would hide."""
        self._preview.clear()

    def set_rules(self, text: str) -> None:
        """Let rules hold from now on; it can be undone."""
        self._apply_rules(text, is_new=True)

    def _apply_rules(self, text: str, *, is_new: bool) -> None:
        if self._engine is not None:
            job = folders.set_rules(self._jobs, self._engine, text)
            job.succeeded.connect(lambda before: self._on_rules(str(before), text, is_new=is_new))
            job.failed.connect(self.failed)

    def _on_rules(self, before: str, text: str, *, is_new: bool) -> None:
        if is_new and before != text:
            self._undo.push(
                folder_phrases.change_of_rules(),
                lambda: self._apply_rules(before, is_new=False),
                lambda: self._apply_rules(text, is_new=False),
            )
        self.reload()
        self._indexing.add([state.folder.path for state in self._states if state.folder.online])

    def _check(self) -> None:
        if self._engine is None:
            return
        if self._checking is not None and self._checking.is_running:
            self._checking.cancel()
        job = self._checking = folders.preview_rules(
            self._jobs, self._engine, self._draft, self._preview
        )
        job.succeeded.connect(self._on_checked)
        job.failed.connect(self.failed)

    def _on_checked(self, check: RulesCheck) -> None:
        self.checked.emit(check)

    # --- reading ----------------------------------------------------------------------------------

    def _on_library_changed(self) -> None:
        self.library_changed.emit()
        self.reload()

    def _on_read(self, state: FoldersState) -> None:
        self._states = state.folders
        self._rules = state.rules
        self._watching.watch([one.folder.path for one in state.folders if one.watched])
        self.changed.emit()
