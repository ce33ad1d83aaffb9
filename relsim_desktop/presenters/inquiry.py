"""The question of now, its answer, and the way back to earlier questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from relsim_desktop.jobs import Job, JobRunner
from relsim_desktop.operations import analogies, finding, links
from relsim_desktop.operations.analogies import Answer, Ranking
from relsim_desktop.presenters.aside import Aside
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.finding.finder import Finder, Found
    from engine.service import Engine

SETTLE_MS: Final = 80
"""How long the surprise slider must rest before neighbors are ordered anew."""

_MAX_HISTORY: Final = 200


class Inquiry(QObject):
    """Asks the engine one question at a time; a newer question drops the older one's answer."""

    asked = Signal(object)
    """Another `Question` is being asked, or None after `clear`."""

    fetching = Signal(object)
    """The `Job` that fetches a picture of the question from its link."""

    described = Signal(object)
    """The `Portrait` of the question's picture, if it asks about a single one."""

    answered = Signal(object)
    """``list[Neighbor]``, best first; more is in `found`."""

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
        self.aside = Aside(jobs)
        self._jobs = jobs
        self._engine: Engine | None = None
        self._finder: Finder | None = None
        self._ranking = ranking
        self._history: list[Question] = []
        self._position = -1
        self._job: Job | None = None
        self._wandering: Job | None = None
        self._found: Found | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self.refresh)

    def attach(self, engine: Engine) -> None:
        """Answer what was asked so far."""
        self._engine = engine
        self._finder = analogies.finder_of(engine)
        self.aside.attach(self._finder)
        self.refresh()

    # --- what is asked ----------------------------------------------------------------------------

    @property
    def question(self) -> Question | None:
        """The question of now."""
        return self._history[self._position] if self._position >= 0 else None

    @property
    def found(self) -> Found | None:
        """The whole answer to it, once it is there."""
        return self._found

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

    def set_learns(self, learns: bool) -> None:
        """Let what a person said of pairs move their neighbors, or not."""
        self._ranking = replace(self._ranking, learns=learns)
        self._settling.start()

    def ask(self, question: Question) -> None:
        """Ask something else, under the filters and in the order of now.

        The question becomes the newest of the history.
        """
        self.change(question.under_terms_of(self.question))

    def change(self, question: Question) -> None:
        """Ask exactly this: the question of now with other parts, or under other terms."""
        if question.is_same_as(self.question) and question.has_terms_of(self.question):
            if question.has_links:
                self.fetch()
            else:
                self.refresh()
            return
        del self._history[self._position + 1 :]
        self._history = [*self._history, question][-_MAX_HISTORY:]
        self.go(len(self._history) - 1)

    def add(self, what: Question, weight: float = 1.0) -> None:
        """Add something to the question of now; without one, ask about it.

        Args:
            what: A picture or a sentence.
            weight: Negative to push away from it.
        """
        if self.question is not None:
            self.change(self.question.adding(what, weight))
        elif weight > 0:
            self.ask(what)

    # --- the way back -----------------------------------------------------------------------------

    @property
    def history(self) -> tuple[Question, ...]:
        """Everything that was asked, oldest first."""
        return tuple(self._history)

    @property
    def position(self) -> int:
        """Where the question of now is in it; -1 before the first."""
        return self._position

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
            self.go(self._position - 1)

    def forward(self) -> None:
        """Ask the later question again."""
        if self.can_go_forward:
            self.go(self._position + 1)

    def go(self, position: int) -> None:
        """Ask a question of the history again."""
        if self._wandering is not None:
            self._wandering.cancel()  # a person has been faster
        self._position = position
        self._found = None
        self.aside.follow(self._history[position])
        self.asked.emit(self.question)
        self.history_changed.emit()
        self.fetch()
        self.refresh()

    # --- answers ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the question of now again, for example because the library grew."""
        self._settling.stop()
        question = self.question
        if self._engine is None or self._finder is None or question is None or question.has_links:
            return
        if self._job is not None:
            self._job.cancel()
        # A cancelled job has no answer, so what arrives is always the answer to the latest one.
        self._job = analogies.answer(
            self._jobs, self._engine, self._finder, question, self._ranking
        )
        self._job.posted.connect(self.described)
        self._job.succeeded.connect(self._on_answered)
        self._job.failed.connect(self.failed)

    def fetch(self) -> None:
        """Fetch what the question of now links to; only ever because a person asked for that."""
        question = self.question
        if self._job is not None:
            self._job.cancel()
        if question is None or not question.has_links:
            return
        self._job = links.fetch(self._jobs, question)
        self._job.succeeded.connect(self._on_fetched)
        self._job.failed.connect(self.failed)
        self.fetching.emit(self._job)

    def wander(self) -> None:
        """Ask about a picture that is worth starting from; each time another."""
        if self._engine is None or self._finder is None:
            return
        if self._wandering is not None:
            self._wandering.cancel()
        self._wandering = finding.wander(self._jobs, self._engine, self._finder)
        self._wandering.succeeded.connect(self.ask)
        self._wandering.failed.connect(self.aside.failed)

    def unfold(self, image_id: int) -> None:
        """Look at the pictures that were collapsed into a hit; `aside` tells."""
        copies = tuple(self._found.copies.get(image_id, ())) if self._found is not None else ()
        if self.question is not None and copies:
            self.aside.unfold(self.question, self._ranking, image_id, copies)

    def _on_fetched(self, question: Question) -> None:
        """The picture is here: from now on it stands in the history instead of its link."""
        self._history[self._position] = question
        self.aside.follow(question)
        self.asked.emit(question)
        self.refresh()

    def _on_answered(self, answer: Answer) -> None:
        assert self._finder is not None
        question = self.question
        assert question is not None
        self._found = answer.found
        self.answered.emit(answer.found.neighbors)
        if not answer.is_final:
            self._job = analogies.refine(self._jobs, self._finder, question, self._ranking)
            self._job.succeeded.connect(self._on_refined)
            self._job.failed.connect(self.unrefined)
            self.refining.emit()
        self.aside.look_around(question, self._ranking, answer.found)

    def _on_refined(self, found: Found) -> None:
        self._found = found
        self.refined.emit(found.neighbors)
