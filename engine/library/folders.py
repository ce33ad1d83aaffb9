"""The folders of an open library: removing them so that it can be undone, and moving them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.library.roots import is_there
from engine.store.folders import FolderState

if TYPE_CHECKING:
    from engine.service import Engine


class LibraryFolders:
    """What may be done with the folders of a library. Blocking; any thread.

    Args:
        engine: The open library; what it answers follows every change.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._store = engine.store

    def states(self) -> list[FolderState]:
        """The folders with their numbers, by path."""
        return self._store.folder_states()

    def remove(self, folder_id: int) -> None:
        """Take a folder out of the library. Its files are not touched, and `restore` undoes it."""
        self._store.hide_folder(folder_id)
        self._refresh()

    def restore(self, folder_id: int) -> bool:
        """Bring a removed folder back, without embedding anything.

        Returns:
            False if it has been forgotten meanwhile: it has to be added anew.
        """
        restored = self._store.restore_folder(folder_id)
        self._refresh()
        return restored

    def forget_removed(self) -> None:
        """Forget for good what was removed; nobody can undo it any more."""
        self._store.forget_removed()

    def relocate(self, folder_id: int, place: Path) -> None:
        """A folder lies elsewhere now; nothing is read or embedded for that.

        Raises:
            LibraryError: If the place is no folder, belongs to the library, or holds none of the
                folder's files.
        """
        self._store.relocate_folder(folder_id, place)
        self._refresh()

    def look(self) -> list[Path]:
        """Note which folders are there now.

        Returns:
            Those that have come back, and may have changed meanwhile.
        """
        come: list[Path] = []
        changed = False
        for folder in self._store.folders():
            there = is_there(folder.path)
            if self._store.set_online(folder.folder_id, there):
                changed = True
                come += [folder.path] if there else []
        if changed:
            self._refresh()
        return come

    def set_watched(self, folder_id: int, watched: bool) -> None:
        """Let changes in a folder be noticed, or not."""
        self._store.set_watched(folder_id, watched)

    def dismiss_vanished(self, folder_id: int) -> None:
        """A person knows that files of this folder are gone."""
        self._store.dismiss_vanished(folder_id)

    def watched(self) -> Sequence[Path]:
        """The folders whose changes are to be noticed, there or not."""
        return [state.folder.path for state in self.states() if state.watched]

    def _refresh(self) -> None:
        with self._engine.lend() as models:
            for searcher in models.searchers:
                searcher.refresh()
