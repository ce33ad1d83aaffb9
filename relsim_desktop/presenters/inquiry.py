"""The question of now, its answer, and the way back to earlier questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import analogies
from relsim_desktop.operations.analogies import Answer, Ranking
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine

SETTLE_MS: Final = 80
"""How long the surprise slider must rest before neighbors are ordered anew."""

_MAX_HISTORY: Final = 200


class Inquiry(QObject):
    """Asks the engine one question at a time; a newer question drops the older one's answer."""

    asked = Signal(object)
    """Another `Question` is being asked, or None after `clear`."""

    described = Signal(object)
    """The `Portrait` of the question's picture."""

    answered = Signal(object)
    """``list[Neighbor]``, best first."""

    refining = Signal()
    """The model that ranks is looking; meanwhile what was answered is the small model's."""

    refined = Signal(object)
    """``list[Neighbor]``: the same answer, ranked by that model."""

    unrefined = Signal(object)
    """The `Trouble` with that model; what was answered stays."""

    failed = Signal(object)
    """The `Trouble` with the question."""

    history_changed = Signal()

    def __init__(self, jobs: JobRunner, ranking: Ranking) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._ranking = ranking
        self._history: list[Question] = []
        self._position = -1
        self._job: Job | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self.refresh)

    def attach(self, engine: Engine) -> None:
        """Answer what was asked so far."""
        self._engine = engine
        self.refresh()

    @property
    def question(self) -> Question | None:
        """The question of now."""
        return self._history[self._position] if self._position >= 0 else None

    @property
    def ranking(self) -> Ranking:
        """How neighbors are ordered."""
        return self._ranking

    def set_surprise(self, surprise: float) -> None:
        """Order by another surprise, once this one stays for a moment."""
        self._ranking = replace(self._ranking, surprise=surprise)
        self._settling.start()

    def set_collapse(self, collapse: bool) -> None:
        """Show near-identical pictures once, or all."""
        self._ranking = replace(self._ranking, collapse=collapse)
        self._settling.start()

    def ask(self, question: Question) -> None:
        """Ask; the question becomes the newest of the history."""
        if question.is_same_as(self.question):
            self.refresh()
            return
        del self._history[self._position + 1 :]
        self._history = [*self._history, question][-_MAX_HISTORY:]
        self._go(len(self._history) - 1)

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier question."""
        return self._position > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later question."""
        return self._position + 1 < len(self._history)

    def back(self) -> None:
        """Ask the earlier question again."""
        if self.can_go_back:
            self._go(self._position - 1)

    def forward(self) -> None:
        """Ask the later question again."""
        if self.can_go_forward:
            self._go(self._position + 1)

    def refresh(self) -> None:
        """Ask the question of now again, for example because the library grew."""
        self._settling.stop()
        if self._engine is None or self.question is None:
            return
        if self._job is not None:
            self._job.cancel()
        # A cancelled job has no answer, so what arrives is always the answer to the latest one.
        self._job = analogies.answer(self._jobs, self._engine, self.question, self._ranking)
        self._job.posted.connect(self.described)
        self._job.succeeded.connect(self._on_answered)
        self._job.failed.connect(self.failed)

    def _on_answered(self, answer: Answer) -> None:
        assert self._engine is not None
        assert self.question is not None
        self.answered.emit(answer.neighbors)
        if not answer.is_final:
            self._job = analogies.refine(self._jobs, self._engine, self.question, self._ranking)
            self._job.succeeded.connect(self.refined)
            self._job.failed.connect(self.unrefined)
            self.refining.emit()

    def _go(self, position: int) -> None:
        self._position = position
        self.asked.emit(self.question)
        self.history_changed.emit()
        self.refresh()
