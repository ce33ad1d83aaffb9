"""The similarity space of the picture that is asked about, while its page is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import explaining
from relsim_desktop.operations.explaining import Surroundings
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.understanding.explainer import Explainer


class Spaces(QObject):
    """Knows the newest space; an older question's is dropped."""

    asked = Signal()
    """Another `question`; what was found no longer holds."""

    found = Signal(object)
    """The `Space`; a better one may follow."""

    refining = Signal()
    """The model that ranks is looking; what was found is the small model's."""

    unrefined = Signal(object)
    """The `Trouble` with that model; what was found stays."""

    failed = Signal(object)
    """The `Trouble` with the question."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._explainer: Explainer | None = None
        self._question: Question | None = None
        self._is_wanted = False
        self._is_stale = True
        self._job: Job | None = None

    def attach(self, engine: Engine, explainer: Explainer) -> None:
        """Place pictures of a library."""
        self._engine, self._explainer = engine, explainer
        self.refresh()

    @property
    def question(self) -> Question | None:
        """The picture in whose space the others are."""
        return self._question

    @property
    def is_wanted(self) -> bool:
        """Whether the page is shown; nothing is computed otherwise."""
        return self._is_wanted

    @is_wanted.setter
    def is_wanted(self, is_wanted: bool) -> None:
        self._is_wanted = is_wanted
        if self._is_stale:
            self._start()

    def show(self, question: Question | None) -> None:
        """Place the pictures around another one; None for none, or a sentence."""
        if question != self._question:
            self._question = question
            self.asked.emit()
            self.refresh()

    def refresh(self) -> None:
        """Place them anew: the library or the model has changed."""
        self._is_stale = True
        self._start()

    def _start(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._engine is None or self._explainer is None or not self._is_wanted:
            return
        self._is_stale = False
        if self._question is not None:
            self._job = explaining.space(self._jobs, self._engine, self._explainer, self._question)
            self._job.succeeded.connect(self._on_found)
            self._job.failed.connect(self.failed)

    def _on_found(self, surroundings: Surroundings) -> None:
        self.found.emit(surroundings.space)
        if not surroundings.is_final and self._explainer is not None and self._question is not None:
            self._job = explaining.refine_space(self._jobs, self._explainer, self._question)
            self._job.succeeded.connect(self.found)
            self._job.failed.connect(self.unrefined)
            self.refining.emit()
