"""Which model ranks: changing it, falling back, and how far its vectors have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop import model_phrases
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import models
from relsim_desktop.operations.models import OwnModel
from relsim_desktop.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Coverage


@dataclass(frozen=True, slots=True)
class Refusal:
    """A model that was wanted and cannot rank.

    Attributes:
        model: Its id.
        text: Why, and what to do.
        is_news: Whether a person has chosen it just now, and waits for it.
    """

    model: str
    text: str
    is_news: bool


class ModelChoice(QObject):
    """Holds the model that ranks. The one that comes with the program is there in any case.

    Args:
        jobs: Runs the changes.
        wanted: Id of the model that is to rank once the library is open.
    """

    changing = Signal(str)
    """The model of this id is being brought in; what uses the library must end."""

    changed = Signal()
    """Another model ranks, or the same one anew."""

    fell_back = Signal(object)
    """The `Trouble` with a model, in whose place the one of the program ranks; see `refusal`."""

    covered = Signal()
    """Other vectors are there than before."""

    own_changed = Signal()
    """Other models of a person's own are known than before."""

    def __init__(self, jobs: JobRunner, wanted: str = DEFAULT_MODEL) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._wanted = wanted
        self._model = DEFAULT_MODEL
        self._coverage: Coverage | None = None
        self._refused: Refusal | None = None
        self._is_news = False
        self._own: tuple[OwnModel, ...] = ()
        self._job: Job | None = None
        self._counting: Job | None = None

    def attach(self, engine: Engine) -> None:
        """Bring in the model that is wanted, if it is another than that of the program."""
        self._engine = engine
        if self._wanted != DEFAULT_MODEL:
            self._use(self._wanted)

    @property
    def model(self) -> str:
        """Id of the model that ranks."""
        return self._model

    @property
    def wanted(self) -> str:
        """Id of the model that ranks or is being brought in."""
        return self._wanted

    @property
    def is_large(self) -> bool:
        """Whether another model than that of the program ranks."""
        return self._model != DEFAULT_MODEL

    @property
    def is_changing(self) -> bool:
        """Whether a model is being brought in."""
        return self._job is not None

    @property
    def refusal(self) -> Refusal | None:
        """The model that could not be brought in, until another choice."""
        return self._refused

    @property
    def coverage(self) -> Coverage | None:
        """How many pictures the model has embedded, if it is large."""
        return self._coverage

    @property
    def coverage_text(self) -> str:
        """What is to be said of `coverage`; empty when nothing is."""
        if self._coverage is None or not self.is_large:
            return ""
        return model_phrases.coverage(self._coverage, DEFAULT_MODEL)

    @property
    def own(self) -> tuple[OwnModel, ...]:
        """Models in folders of a person's own, in the order in which they were added."""
        return self._own

    @own.setter
    def own(self, models: Sequence[OwnModel]) -> None:
        if tuple(models) != self._own:
            self._own = tuple(models)
            self.own_changed.emit()

    def examine(self, model: OwnModel) -> Job | None:
        """Look whether a folder holds a model that can rank; see `operations.models.examine`."""
        if self._engine is None:
            return None
        return models.examine(self._jobs, self._engine, model)

    def add_own(self, model: OwnModel) -> None:
        """Remember a model; one of the same folder is replaced."""
        self.own = (*(one for one in self._own if one.folder != model.folder), model)

    def remove_own(self, model: OwnModel) -> None:
        """Forget a model; its folder stays. If it ranks, the one of the program does so now."""
        if model.id == self._wanted:
            self.choose(DEFAULT_MODEL)
        self.own = [one for one in self._own if one != model]

    def choose(self, model_id: str) -> None:
        """Let another model rank."""
        refused, self._refused = self._refused, None
        self._is_news = True
        if model_id != self._wanted or self._model != model_id:
            self._use(model_id)
        elif refused is not None:
            self.changed.emit()

    def renew(self) -> None:
        """Bring the model in anew, because there are other models on this computer now."""
        self._use(self._wanted)

    def fall_back(self, trouble: Trouble) -> None:
        """Let the model of the program rank, because the chosen one cannot."""
        self._refused = Refusal(self._wanted, trouble.text, self._is_news)
        self._use(DEFAULT_MODEL)
        self.fell_back.emit(trouble)

    def count(self) -> None:
        """Count anew how many pictures are embedded."""
        if self._engine is None or not self.is_large or self._counting is not None:
            return
        job = self._counting = models.count_coverage(self._jobs, self._engine)
        job.succeeded.connect(self._on_counted)
        job.finished.connect(self._on_counting_finished)

    def _use(self, model_id: str) -> None:
        self._wanted = model_id
        if self._engine is None:
            return
        if self._job is not None:
            self._job.cancel()
        base = next((one.base for one in self._own if one.id == model_id), None)
        job = self._job = models.use(self._jobs, self._engine, model_id, base)
        job.succeeded.connect(self._on_used)
        job.failed.connect(self._on_failed)
        self.changing.emit(model_id)

    def _on_used(self, model_id: str) -> None:
        self._job = None
        self._model = model_id
        self._coverage = None
        self.count()
        self.changed.emit()

    def _on_failed(self, trouble: Trouble) -> None:
        self._job = None
        if self._wanted != DEFAULT_MODEL:
            self.fall_back(trouble)
        else:
            self.changed.emit()
            self.fell_back.emit(trouble)

    def _on_counted(self, coverage: Coverage | None) -> None:
        self._coverage = coverage
        self.covered.emit()

    def _on_counting_finished(self) -> None:
        self._counting = None
