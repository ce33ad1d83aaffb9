"""Many pictures scored with one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import comparing
from relsim_desktop.operations.comparing import MOST, Matrix
from relsim_desktop.presenters.undo import Undo
from relsim_desktop.question import Question
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.jobs import Progress
    from engine.service import Engine


class Measure(Enum):
    """What the cells show; the value is what is remembered."""

    RELATION = "relation"
    PERCENTILE = "percentile"
    LOOK = "look"
    BOTH = "both"


class Order(Enum):
    """How the pictures are ordered; the value is what is remembered."""

    SIMILAR = "similar"
    ADDED = "added"
    NAME = "name"


class ScoreMatrixState(QObject):
    """Holds the pictures, and their scores as soon as there are two.

    Attributes:
        questions: The pictures, in the order in which they came.
        matrix: Their scores; of fewer pictures where some could not be read. None until then.
        trouble: Why there are no scores; empty if nothing is wrong.
    """

    changed = Signal()
    """Other pictures, scores, or another order."""

    progressed = Signal()

    said = Signal(str)
    """Something for the status strip."""

    failed = Signal(object)
    """A `Trouble` that is a defect of ours."""

    def __init__(self, jobs: JobRunner, undo: Undo) -> None:
        super().__init__()
        self._undo = undo
        self.questions: list[Question] = []
        self.matrix: Matrix | None = None
        self.trouble = ""
        self._jobs = jobs
        self._engine: Engine | None = None
        self._order = Order.SIMILAR
        self._job: Job | None = None
        self._is_stale = False  # the scores are of other pictures, or of another model

    def attach(self, engine: Engine) -> None:
        """Score what is there."""
        self._engine = engine
        self._score()

    @property
    def order(self) -> Order:
        """How the rows are ordered."""
        return self._order

    @order.setter
    def order(self, order: Order) -> None:
        if order is not self._order:
            self._order = order
            self.changed.emit()

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the scores, in the order in which they are shown."""
        if self.matrix is None:
            return ()
        if self._order is Order.SIMILAR:
            return self.matrix.similar
        rows = range(len(self.matrix.questions))
        if self._order is Order.ADDED:
            return tuple(rows)
        titles = [question.title.casefold() for question in self.matrix.questions]
        return tuple(sorted(rows, key=lambda row: titles[row]))

    @property
    def is_running(self) -> bool:
        """Whether pictures are being scored."""
        return self._job is not None

    @property
    def progress(self) -> Progress | None:
        """How far it has come."""
        return None if self._job is None else self._job.progress

    def show(self, questions: Iterable[Question]) -> None:
        """Score these, and no others."""
        self.questions = []
        self.matrix = None
        self.add(questions)

    def add(self, questions: Iterable[Question]) -> None:
        """Score these too; what is there already stays once."""
        left_out = 0
        for question in questions:
            one = question.bare
            if one.is_text or any(one.is_same_as(known) for known in self.questions):
                continue
            if len(self.questions) >= MOST:
                left_out += 1
            else:
                self.questions.append(one)
        if left_out:
            said = tr("A matrix has {most} pictures at most: %n left out", "", left_out)
            self.said.emit(said.replace("{most}", str(MOST)))
        self._score()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Score files too, and the pictures in folders."""
        job = comparing.gather(self._jobs, paths)
        job.succeeded.connect(self._on_gathered)
        job.failed.connect(self._on_failed)

    def remove(self, question: Question) -> None:
        """Take a picture out; it can be undone."""
        places = [at for at, one in enumerate(self.questions) if one.is_same_as(question)]
        if places:
            at, removed = places[0], self.questions.pop(places[0])
            self._undo.push(
                tr("taking {name} out of the matrix").replace("{name}", removed.title),
                undo=lambda: self._put_back(at, removed),
                redo=lambda: self._take_out(removed),
            )
            self._score()

    def refresh(self) -> None:
        """Score anew, because another model ranks or files have changed."""
        self._score()

    def cancel(self) -> None:
        """Stop scoring; what the small model has said stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._drop_stale()
            if self.matrix is None:
                self.trouble = tr("Stopped. “Score again” goes on.")
            self.changed.emit()

    def _put_back(self, at: int, question: Question) -> None:
        if not any(question.is_same_as(one) for one in self.questions):
            self.questions.insert(at, question)
            self._score()

    def _take_out(self, question: Question) -> None:
        self.questions = [one for one in self.questions if not one.is_same_as(question)]
        self._score()

    def _score(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.trouble = ""
        self._is_stale = True
        if len(self.questions) < 2:
            self.matrix = None
        elif self._engine is not None and not self._jobs.is_closed:
            job = self._job = comparing.score_matrix(self._jobs, self._engine, self.questions)
            job.posted.connect(self._on_scored)
            job.progressed.connect(lambda _: self.progressed.emit())
            job.succeeded.connect(self._on_scored)
            job.failed.connect(self._on_failed)
        self.changed.emit()

    def _on_scored(self, matrix: Matrix) -> None:
        self.matrix, self._is_stale = matrix, False
        if matrix.is_final:
            self._job = None
            failures = matrix.scores.failures
            if failures:
                said = tr("%n picture(s) could not be read: {name}", "", len(failures))
                self.said.emit(said.replace("{name}", failures[0].path.name))
        self.changed.emit()

    def _drop_stale(self) -> None:
        if self._is_stale:
            self.matrix = None

    def _on_failed(self, trouble: Trouble) -> None:
        self._job = None
        self._drop_stale()
        self.trouble = trouble.text
        if self.matrix is not None:  # of the small model, which is shown instead of a message
            self.said.emit(trouble.text)
        if trouble.details is not None:
            self.failed.emit(trouble)
        self.changed.emit()

    def _on_gathered(self, paths: Sequence[Path]) -> None:
        if not paths:
            self.said.emit(tr("There are no pictures among these files"))
        self.add(Question(path=path) for path in paths)
