"""A chain of analogies: its ends, what was found between them, and other ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import chains, links
from relsim_desktop.question import Question
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.mapping.chains import Chain
    from engine.service import Engine

STEPS: Final = (1, 12)
"""Fewest and most links that can be asked for."""


class ChainPresenter(QObject):
    """Looks for chains; a newer search drops the older one's answer."""

    changed = Signal()
    """An end, the chain, or what is going on; see the properties."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._ends: list[Question | None] = [None, None]
        self._steps = 5
        self._surprise = 0.5
        self._chain: Chain | None = None
        self._shown: tuple[Question | None, Question | None] = (None, None)
        self._is_walk = False
        self._avoid: set[int] = set()
        self._trouble: Trouble | None = None
        self._job: Job | None = None
        self._coming: dict[int, Job] = {}  # links on their way, by end

    def attach(self, engine: Engine) -> None:
        """Look in a library."""
        self._engine = engine

    @property
    def ends(self) -> tuple[Question | None, Question | None]:
        """Where it starts and where it ends; None for what is not chosen yet."""
        return self._ends[0], self._ends[1]

    @property
    def steps(self) -> int:
        """Links at most."""
        return self._steps

    @property
    def surprise(self) -> float:
        """How unlike the pictures of a walk look, 0..1."""
        return self._surprise

    @property
    def chain(self) -> Chain | None:
        """What was found."""
        return self._chain

    @property
    def is_walk(self) -> bool:
        """Whether that leads nowhere in particular."""
        return self._is_walk

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing was found."""
        return self._trouble

    @property
    def is_looking(self) -> bool:
        """Whether it is being looked for."""
        return self._job is not None

    @property
    def can_find(self) -> bool:
        """Whether both ends are chosen."""
        return self._engine is not None and None not in self._ends

    @property
    def can_wander(self) -> bool:
        """Whether there is a picture to start from."""
        return self._engine is not None and self._ends[0] is not None

    def question(self, station: int) -> Question | None:
        """A picture of the chain as it is asked about."""
        if self._chain is None:
            return None
        found = self._chain.stations[station]
        if found.path is not None:
            return Question(path=found.path, image_id=found.image_id)
        is_last = station == len(self._chain.stations) - 1 and not self._is_walk
        return self._shown[1] if is_last else self._shown[0] if station == 0 else None

    def place(self, end: int, question: Question | None) -> None:
        """Choose an end, or take it away; sentences have no place in a chain.

        A link is fetched first; the end is empty until the picture is here.
        """
        if question is not None:
            pictures = question.pictures
            question = pictures[0].bare if pictures else None
            if question is None:
                return
        coming = self._coming.pop(end, None)
        if coming is not None:
            coming.cancel()
        self._drop_search()
        self._trouble = None
        if question is not None and question.link:
            self._ends[end] = None
            self._fetch(end, question)
        else:
            self._ends[end] = question
        self._avoid.clear()
        self.changed.emit()

    def is_coming(self, end: int) -> bool:
        """Whether an end is a link whose picture is on its way."""
        return end in self._coming

    def swap(self) -> None:
        """Go the other way; what is still on its way is let go."""
        for job in self._coming.values():
            job.cancel()
        self._coming.clear()
        self._drop_search()
        self._ends.reverse()
        self._avoid.clear()
        self.changed.emit()

    def set_steps(self, steps: int) -> None:
        """Allow so many links."""
        self._steps = min(max(steps, STEPS[0]), STEPS[1])
        self._avoid.clear()

    def set_surprise(self, surprise: float) -> None:
        """Let the pictures of a walk look so unlike, 0..1."""
        self._surprise = surprise

    def _drop_search(self) -> None:
        """What is looked for belongs to other ends."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def find(self) -> None:
        """Look for the best chain between both ends."""
        self._avoid.clear()
        self._find()

    def find_another(self) -> None:
        """Look for the best chain that passes none of the pictures of those before."""
        if self._is_walk:
            self.wander()
            return
        if self._chain is not None and self._shown == self.ends:
            inner = {s.image_id for s in self._chain.stations[1:-1] if s.image_id is not None}
            if not inner:
                self._avoid.clear()
                self._trouble = Trouble(tr("There is no other way of so many steps"))
                self.changed.emit()
                return
            self._avoid |= inner
        self._find()

    def wander(self) -> None:
        """Walk from the start, another way each time."""
        start = self._ends[0]
        if self._engine is not None and start is not None:
            self._is_walk = True
            self._watch(
                chains.wander(self._jobs, self._engine, start, self._steps, surprise=self._surprise)
            )

    def _fetch(self, end: int, link: Question) -> None:
        job = self._coming[end] = links.fetch(self._jobs, link)
        job.succeeded.connect(lambda picture: self.place(end, picture))
        job.failed.connect(lambda trouble: self._on_not_fetched(end, trouble))

    def _on_not_fetched(self, end: int, trouble: Trouble) -> None:
        self._coming.pop(end, None)
        self._trouble = trouble
        self.changed.emit()

    def _find(self) -> None:
        a, b = self._ends
        if self._engine is not None and a is not None and b is not None:
            self._is_walk = False
            self._watch(
                chains.find_chain(self._jobs, self._engine, (a, b), self._steps, self._avoid.copy())
            )

    def _watch(self, job: Job) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = job
        self._trouble = None
        asked = self.ends
        job.succeeded.connect(lambda chain: self._on_found(chain, asked))
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self.changed.emit()

    def _on_found(self, chain: Chain, asked: tuple[Question | None, Question | None]) -> None:
        self._chain = chain
        self._shown = asked

    def _on_failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._avoid.clear()

    def _on_finished(self) -> None:
        # A cancelled search ends before the one that took its place.
        if self._job is not None and not self._job.is_running:
            self._job = None
            self.changed.emit()
