"""What a person says of pairs: the query with each neighbor, and the two that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop import judging_phrases
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import judgements
from relsim_desktop.operations.captions import Portrait
from relsim_desktop.operations.judgements import JudgedPair
from relsim_desktop.presenters.comparison import Comparison
from relsim_desktop.presenters.inquiry import Inquiry
from relsim_desktop.presenters.undo import Undo
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import PairVerdict


class Verdicts(QObject):
    """Changes one verdict at a time; it shows at once, and is stored a moment later."""

    judged = Signal(object)
    """The `JudgedPair` of which a person says something else now."""

    failed = Signal(object)
    """The `Trouble` with storing one; what was shown is no longer true."""

    unread = Signal(object)
    """The `Trouble` with reading some; they are not shown."""

    def __init__(self, jobs: JobRunner, undo: Undo) -> None:
        super().__init__()
        self._jobs = jobs
        self._undo = undo
        self._engine: Engine | None = None

    def attach(self, engine: Engine) -> None:
        """Take the verdicts of a library."""
        self._engine = engine

    def judge(self, pair: JudgedPair) -> None:
        """Store what a person says of a pair; it can be undone."""
        job = self._store(pair)
        if job is not None:
            job.succeeded.connect(lambda before: self._remember(pair, before))

    def _store(self, pair: JudgedPair) -> Job | None:
        if self._engine is None:
            return None
        job = judgements.judge(self._jobs, self._engine, pair)
        job.failed.connect(self._on_failed)
        self.judged.emit(pair)  # whoever reads anew because of it reads after it was stored
        return job

    def _remember(self, pair: JudgedPair, before: PairVerdict | None) -> None:
        self._undo.push(
            judging_phrases.verdict_step(pair.verdict),
            lambda: self._store(JudgedPair(pair.a, pair.b, before)),
            lambda: self._store(pair),
        )

    def _on_failed(self, trouble: Trouble) -> None:
        self._undo.forget()
        self.failed.emit(trouble)


class QueryVerdicts(QObject):
    """The verdicts on the query and its neighbors."""

    changed = Signal()
    """See `known`."""

    refused = Signal(str)
    """Why something cannot be judged."""

    def __init__(self, jobs: JobRunner, verdicts: Verdicts, inquiry: Inquiry) -> None:
        super().__init__()
        self._jobs = jobs
        self._verdicts = verdicts
        self._engine: Engine | None = None
        self._query: int | None = None
        self._known: dict[int, PairVerdict] = {}
        self._job: Job | None = None
        self._portrayed: int | None = None
        self._is_answered = False
        inquiry.asked.connect(lambda _: self._on_asked())
        inquiry.described.connect(self._on_described)
        inquiry.answered.connect(lambda _: self._on_answered())
        verdicts.judged.connect(self._on_judged)
        verdicts.failed.connect(lambda _: self._follow(self._query))

    def attach(self, engine: Engine) -> None:
        """Read the verdicts of a library."""
        self._engine = engine

    @property
    def can_judge(self) -> bool:
        """Whether the query is a picture of the library."""
        return self._query is not None

    @property
    def known(self) -> dict[int, PairVerdict]:
        """What was said of the query with other images, by these; not to be changed."""
        return self._known

    def toggle(self, image_id: int, verdict: PairVerdict) -> None:
        """Judge the query with a neighbor; the same once more takes it back."""
        if self._query is None:
            self.refused.emit(tr(judging_phrases.NO_PAIR))
        elif image_id != self._query:
            said = None if self._known.get(image_id) == verdict else verdict
            self._verdicts.judge(JudgedPair(self._query, image_id, said))

    def _follow(self, query: int | None) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if query != self._query:
            self._query, self._known = query, {}
            self.changed.emit()
        if query is not None and self._engine is not None:
            self._job = judgements.verdicts_of(self._jobs, self._engine, query)
            self._job.succeeded.connect(self._on_read)
            self._job.failed.connect(self._verdicts.unread)

    def _on_asked(self) -> None:
        self._portrayed, self._is_answered = None, False
        self._follow(None)

    def _on_described(self, portrait: Portrait) -> None:
        # Until the answer is there, the cards are still those of the question before.
        self._portrayed = portrait.image_id
        if self._is_answered:
            self._follow(self._portrayed)

    def _on_answered(self) -> None:
        self._is_answered = True
        self._follow(self._portrayed)

    def _on_read(self, known: dict[int, PairVerdict]) -> None:
        self._known = known
        self.changed.emit()

    def _on_judged(self, pair: JudgedPair) -> None:
        if self._query not in (pair.a, pair.b):
            return
        other = pair.b if pair.a == self._query else pair.a
        self._known = {key: said for key, said in self._known.items() if key != other}
        if pair.verdict is not None:
            self._known[other] = pair.verdict
        self.changed.emit()
        if self._job is not None and self._job.is_running:
            self._follow(self._query)  # what is being read does not know of it yet


class ComparedVerdict(QObject):
    """The verdict on the two that are compared."""

    changed = Signal()
    """See `pair`."""

    def __init__(self, jobs: JobRunner, verdicts: Verdicts, comparison: Comparison) -> None:
        super().__init__()
        self._jobs = jobs
        self._verdicts = verdicts
        self._comparison = comparison
        self._engine: Engine | None = None
        self._pair: JudgedPair | None = None
        self._job: Job | None = None
        comparison.changed.connect(self._read)
        verdicts.judged.connect(self._on_judged)
        verdicts.failed.connect(lambda _: self._read())

    def attach(self, engine: Engine) -> None:
        """Read the verdicts of a library."""
        self._engine = engine
        self._read()

    @property
    def pair(self) -> JudgedPair | None:
        """The two, unless one is missing or lies outside the library, or both are one."""
        return self._pair

    def toggle(self, verdict: PairVerdict) -> None:
        """Judge the two; the same once more takes it back."""
        if self._pair is not None:
            said = None if self._pair.verdict == verdict else verdict
            self._verdicts.judge(JudgedPair(self._pair.a, self._pair.b, said))

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._show(None)
        a, b = self._comparison.sides
        if self._engine is not None and a is not None and b is not None:
            self._job = judgements.judged_pair(self._jobs, self._engine, a, b)
            self._job.succeeded.connect(self._show)
            self._job.failed.connect(self._verdicts.unread)

    def _on_judged(self, pair: JudgedPair) -> None:
        ours = self._pair
        if ours is not None and {ours.a, ours.b} == {pair.a, pair.b}:
            self._show(pair)

    def _show(self, pair: JudgedPair | None) -> None:
        self._pair = pair
        self.changed.emit()
