"""Why a query and a neighbor match, and what looks like the query, while somebody wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import explaining
from relsim_desktop.operations.explaining import Explained
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.understanding.explainer import Explainer

SETTLE_MS: Final = 60
"""How long the selection must rest before it is explained: a key that is held down passes by."""


class Explanations(QObject):
    """Explains the newest pair; an older one's explanation is dropped."""

    asked = Signal()
    """There is another `pair`, or none; what was explained no longer holds."""

    explained = Signal(object)
    """The `Explanation`, as far as it is known; a better one may follow."""

    refining = Signal()
    """The model that ranks is looking; what was explained is the small model's."""

    unrefined = Signal(object)
    """The `Trouble` with that model; what was explained stays."""

    failed = Signal(object)
    """The `Trouble` with the pair."""

    look_alikes = Signal(object)
    """``list[Neighbor]``: what looks like the query."""

    look_alikes_failed = Signal(object)
    """The `Trouble` with finding them."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._explainer: Explainer | None = None
        self._is_wanted = False
        self._pair: tuple[Question, Question] | None = None
        self._query: Question | None = None
        self._alike_to: Question | None = None  # what the look-alikes that are known belong to
        self._job: Job | None = None
        self._looking: Job | None = None
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._start)

    def attach(self, engine: Engine, explainer: Explainer) -> None:
        """Explain in a library."""
        self._engine, self._explainer = engine, explainer
        self.refresh()

    @property
    def pair(self) -> tuple[Question, Question] | None:
        """The query and the neighbor."""
        return self._pair

    @property
    def query(self) -> Question | None:
        """The picture whose look-alikes are shown; None if no picture is asked about."""
        return self._query

    @property
    def is_wanted(self) -> bool:
        """Whether anybody looks; nothing is computed otherwise."""
        return self._is_wanted

    @is_wanted.setter
    def is_wanted(self, is_wanted: bool) -> None:
        if is_wanted != self._is_wanted:
            self._is_wanted = is_wanted
            self.refresh()

    def show(self, query: Question | None, other: Question | None) -> None:
        """Explain another pair, once the selection rests.

        Args:
            query: The picture that is asked about; None for none, or a sentence.
            other: The neighbor; None for none.
        """
        pair = None if query is None or other is None else (query, other)
        if pair == self._pair and query == self._query:
            return
        if self._job is not None:  # what it says is not of this pair
            self._job.cancel()
        if self._looking is not None and query != self._query:
            self._looking.cancel()
        self._pair, self._query = pair, query
        self.asked.emit()
        self._settling.start()

    def refresh(self) -> None:
        """Explain anew: the library, a caption or the model has changed."""
        self._alike_to = None
        self._settling.start()

    def _start(self) -> None:
        for job in (self._job, self._looking):
            if job is not None:
                job.cancel()
        self._job = self._looking = None
        if self._engine is None or self._explainer is None or not self._is_wanted:
            return
        if self._pair is not None:
            self._job = explaining.explain(self._jobs, self._engine, self._explainer, *self._pair)
            self._job.posted.connect(self.explained)
            self._job.succeeded.connect(self._on_explained)
            self._job.failed.connect(self.failed)
        if self._query is not None and self._query != self._alike_to:
            query = self._query
            self._looking = explaining.look_alikes(self._jobs, self._engine, self._explainer, query)
            self._looking.succeeded.connect(lambda found: self._on_look_alikes(query, found))
            self._looking.failed.connect(self.look_alikes_failed)

    def _on_explained(self, explained: Explained) -> None:
        self.explained.emit(explained.explanation)
        if not explained.is_final and self._explainer is not None and self._pair is not None:
            self._job = explaining.refine(self._jobs, self._explainer, *self._pair)
            self._job.succeeded.connect(self.explained)
            self._job.failed.connect(self.unrefined)
            self.refining.emit()

    def _on_look_alikes(self, query: Question, found: object) -> None:
        self._alike_to = query
        self.look_alikes.emit(found)
