"""One person answers a study: one blind question after another, each answer on disk at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import study as operations
from relsim_desktop.operations.study import Sitting

if TYPE_CHECKING:
    from engine.study.values import Answer, Shown

Side: TypeAlias = Literal["left", "right", "same"]
"""What a person says: which of the two, or that they are equally good."""


class Answering(QObject):
    """Holds the questions that are left and the answers that were given.

    An answer goes to the disk while the next question is shown. If that fails, its question comes
    back, with the reason, so that nothing is lost without a word.
    """

    changed = Signal()
    """Another question, another person, the end, or a trouble."""

    refused = Signal(object)
    """The `Trouble` with a study that was to be opened."""

    kept = Signal()
    """An answer is on disk, or taken back there."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._sitting: Sitting | None = None
        self._left: list[Shown] = []
        self._given: list[Answer] = []
        self._opening: Job | None = None
        self._since = 0.0
        self._spent = 0.0  # on the question of now, before a pause
        self._is_looking = False
        self.trouble: Trouble | None = None
        """Why the last answer is not kept; None while all is well."""

    # --- what there is ----------------------------------------------------------------------------

    @property
    def sitting(self) -> Sitting | None:
        """The study and the person; None before somebody sits down."""
        return self._sitting

    @property
    def is_opening(self) -> bool:
        """Whether a study is being read."""
        return self._opening is not None

    @property
    def current(self) -> Shown | None:
        """What is asked now; None if nothing is left."""
        return self._left[0] if self._left else None

    @property
    def following(self) -> Shown | None:
        """What is asked next, so that its pictures can be loaded."""
        return self._left[1] if len(self._left) > 1 else None

    @property
    def done(self) -> int:
        """How many questions are answered."""
        return len(self._given)

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self._given) + len(self._left)

    # --- doing ------------------------------------------------------------------------------------

    def sit_down(self, path: Path, person: str) -> None:
        """Begin, or go on where the person stopped."""
        self.leave()
        job = self._opening = operations.sit_down(self._jobs, path, person)
        job.succeeded.connect(self._on_opened)
        job.failed.connect(self._on_refused)

    def leave(self) -> None:
        """Nobody answers any more; everything given is kept."""
        if self._opening is not None:
            self._opening.cancel()
        self.look(is_looking=False)
        self._sitting = self._opening = None
        self._left, self._given = [], []
        self.trouble = None

    def look(self, *, is_looking: bool) -> None:
        """Whether the person sees the question; only then time counts."""
        if is_looking and not self._is_looking:
            self._since = time.monotonic()
        elif self._is_looking and not is_looking:
            self._spent += time.monotonic() - self._since
        self._is_looking = is_looking

    def choose(self, side: Side) -> bool:
        """Answer the question of now and go on; whether there was one."""
        sitting, shown = self._sitting, self.current
        if sitting is None or shown is None or self.trouble is not None:
            return False
        answer = _answer(shown, sitting.person, side, self._seconds())
        del self._left[0]
        self._given.append(answer)
        job = operations.record(self._jobs, sitting.folder, answer)
        job.succeeded.connect(lambda _: self.kept.emit())
        job.failed.connect(lambda trouble: self._on_unkept(sitting, answer, trouble))
        self._go_on()
        return True

    def take_back(self) -> bool:
        """Ask the last question again; whether there was an answer to take back."""
        sitting = self._sitting
        if sitting is None or not self._given or self.trouble is not None:
            return False
        answer = self._given.pop()
        self._left.insert(0, sitting.shown[answer.trial])
        job = operations.take_back(self._jobs, sitting.folder, sitting.person)
        job.succeeded.connect(lambda taken: self._on_taken_back(sitting, answer, taken))
        job.failed.connect(lambda trouble: self._on_not_taken_back(sitting, answer, trouble))
        self._go_on()
        return True

    def put_off(self) -> bool:
        """Ask the question of now last; whether there are others."""
        if self.following is None:
            return False
        self._left.append(self._left.pop(0))
        self._go_on()
        return True

    def try_again(self) -> None:
        """Read from disk what is kept, and go on with what is not."""
        if self._sitting is not None:
            self.sit_down(self._sitting.path, self._sitting.person)

    # --- what happens -----------------------------------------------------------------------------

    def _seconds(self) -> float:
        running = time.monotonic() - self._since if self._is_looking else 0.0
        return round(self._spent + running, 3)

    def _go_on(self) -> None:
        self._since, self._spent = time.monotonic(), 0.0
        self.changed.emit()

    def _on_opened(self, sitting: Sitting) -> None:
        self._opening = None
        self._sitting = sitting
        self._left, self._given = list(sitting.left), list(sitting.given)
        self.trouble = None
        self._go_on()

    def _on_refused(self, trouble: Trouble) -> None:
        self._opening = None
        self.refused.emit(trouble)

    def _on_unkept(self, sitting: Sitting, answer: Answer, trouble: Trouble) -> None:
        """The answer is not on disk: its question comes back."""
        if self._sitting is not sitting:
            self.refused.emit(trouble)
            return
        if answer in self._given:
            self._given.remove(answer)
            self._left.insert(0, sitting.shown[answer.trial])
        self.trouble = trouble
        self._go_on()

    def _on_taken_back(self, sitting: Sitting, answer: Answer, taken: Answer | None) -> None:
        """Another window may have answered under this name: then its answer was the newest."""
        self.kept.emit()
        is_other = taken is None or taken.trial != answer.trial
        if is_other and self._sitting is sitting and self.trouble is None:
            self.try_again()

    def _on_not_taken_back(self, sitting: Sitting, answer: Answer, trouble: Trouble) -> None:
        if self._sitting is not sitting:
            return
        shown = sitting.shown[answer.trial]
        if shown in self._left:
            self._left.remove(shown)
            self._given.append(answer)
        self.trouble = trouble
        self._go_on()


def _answer(shown: Shown, person: str, side: Side, seconds: float) -> Answer:
    from engine.study.documents import now
    from engine.study.values import Answer

    return Answer(shown.trial.id, person, shown.choice(side), seconds, now())
