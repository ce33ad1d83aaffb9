"""What was done in the window, so that it can be undone and done again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

_MAX_STEPS = 500


class Undo(QObject):
    """A stack of things that are done already.

    Undoing only starts a job; jobs of one lane keep their order, so that steps that are undone
    quickly one after another never overtake one another.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_MAX_STEPS)

    def push(self, text: str, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        """Remember something that was just done.

        Args:
            text: What it was, as it reads after "Undo".
            undo: Starts taking it back.
            redo: Starts doing it again.
        """
        self.stack.push(_Step(text, undo, redo))

    def forget(self) -> None:
        """Nothing can be undone any more: a step failed, so those below it may not fit."""
        self.stack.clear()


class _Step(QUndoCommand):
    def __init__(self, text: str, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        super().__init__(text)
        self._undo = undo
        self._redo = redo
        self._is_done = True  # Qt calls `redo` when a step is pushed

    def undo(self) -> None:
        self._undo()

    def redo(self) -> None:
        if self._is_done:
            self._is_done = False
        else:
            self._redo()
