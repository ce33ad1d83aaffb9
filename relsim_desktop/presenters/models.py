"""The models of this computer: what is there, what is on its way, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import models
from relsim_desktop.operations.models import Inventory

if TYPE_CHECKING:
    from engine.models.manager import ModelStatus
    from engine.service import Engine

Doing = Literal["nothing", "waiting", "downloading", "importing", "removing"]


@dataclass(frozen=True, slots=True)
class ModelState:
    """One model as it is shown.

    Attributes:
        status: Where it stands.
        doing: What goes on with it.
        progress: Of that.
        error: Why the latest attempt failed, and what to do; empty after a success.
        comes_with: Title of the model whose download brings this one along, if one goes on.
    """

    status: ModelStatus
    doing: Doing = "nothing"
    progress: Progress = field(default_factory=Progress)
    error: str = ""
    comes_with: str = ""


class Models(QObject):
    """Lists models and changes what is there, one after the other."""

    listed = Signal()
    """Which models there are was read anew."""

    changed = Signal(str)
    """What goes on with the model of this id changed."""

    progressed = Signal(str)
    """The download or import of the model of this id got on."""

    installed = Signal(str)
    """The model of this id is there now, and `states` says so."""

    removed = Signal(str)
    """The model of this id is gone now, and `states` says so."""

    failed = Signal(object)
    """A `Trouble` that is a defect of ours; the text of others is in `ModelState.error`."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._inventory: Inventory | None = None
        self._states: dict[str, ModelState] = {}
        self._running: dict[str, Job] = {}
        self._news: list[tuple[str, Doing]] = []

    def attach(self, engine: Engine) -> None:
        """Look what is there."""
        self._engine = engine
        self.reload()

    @property
    def inventory(self) -> Inventory | None:
        """As it was read last; None before the first time."""
        return self._inventory

    @property
    def states(self) -> tuple[ModelState, ...]:
        """All models in the order of the catalogue; empty before they were listed."""
        return tuple(self.state(model_id) for model_id in self._states)

    def state(self, model_id: str) -> ModelState:
        """One of `states`."""
        state = self._states[model_id]
        if state.status.state == "installed" or state.doing != "nothing":
            return state
        for other in self._states.values():
            if other.doing == "downloading" and model_id in other.status.card.requires:
                return replace(state, comes_with=other.status.card.title)
        return state

    @property
    def transfer(self) -> ModelState | None:
        """The download or import that goes on, if one does."""
        moving = (s for s in self._states.values() if s.doing in ("downloading", "importing"))
        return next(moving, None)

    def needed_for(self, model_id: str) -> list[ModelStatus]:
        """What a download of a model fetches: what it requires and is not there, then itself."""
        statuses = {state.status.card.id: state.status for state in self._states.values()}
        chain = (*statuses[model_id].card.requires, model_id)
        return [statuses[one] for one in chain if statuses[one].state != "installed"]

    def can_rank(self, model_id: str) -> bool:
        """Whether a model is there and makes relational vectors."""
        state = self._states.get(model_id)
        return state is not None and is_ready(state.status)

    @property
    def ranking(self) -> list[ModelStatus]:
        """The models that can rank now, the bundled one first."""
        return [state.status for state in self._states.values() if is_ready(state.status)]

    def reload(self) -> None:
        """Look again."""
        if self._engine is not None:
            job = models.list_models(self._jobs, self._engine)
            job.succeeded.connect(self._on_listed)
            job.failed.connect(self.failed)

    def download(self, model_id: str) -> None:
        """Fetch a model and what it requires, from where an earlier attempt ended."""
        if self._may_start(model_id):
            assert self._engine is not None
            job = models.download(self._jobs, self._engine, model_id)
            self._watch(job, model_id, "downloading")

    def import_folder(self, model_id: str, source: Path) -> None:
        """Copy a model from a folder."""
        if self._may_start(model_id):
            assert self._engine is not None
            job = models.import_folder(self._jobs, self._engine, model_id, source)
            self._watch(job, model_id, "importing")

    def remove(self, model_id: str) -> None:
        """Delete a model, or what came of it so far."""
        if self._may_start(model_id):
            assert self._engine is not None
            job = models.remove(self._jobs, self._engine, model_id)
            self._watch(job, model_id, "removing")

    def cancel(self, model_id: str) -> None:
        """Stop what goes on with a model; what was downloaded stays."""
        if model_id in self._running:
            self._running[model_id].cancel()

    def _may_start(self, model_id: str) -> bool:
        return self._engine is not None and model_id not in self._running

    def _watch(self, job: Job, model_id: str, doing: Doing) -> None:
        self._running[model_id] = job
        self._change(model_id, doing="waiting", progress=Progress(), error="")
        job.posted.connect(lambda _: self._change(model_id, doing=doing))
        job.progressed.connect(lambda progress: self._on_progress(model_id, progress))
        job.failed.connect(lambda trouble: self._on_failed(model_id, trouble))
        job.succeeded.connect(lambda _: self._on_succeeded(model_id, doing))
        job.finished.connect(lambda: self._on_finished(model_id))

    def _change(self, model_id: str, **changes: object) -> None:
        self._states[model_id] = replace(self._states[model_id], **changes)  # type: ignore[arg-type]
        for one in (model_id, *self._states[model_id].status.card.requires):
            self.changed.emit(one)

    def _on_listed(self, inventory: Inventory) -> None:
        self._inventory = inventory
        before = self._states
        self._states = {}
        for status in inventory.statuses:
            known = before.get(status.card.id)
            state = ModelState(status) if known is None else replace(known, status=status)
            self._states[status.card.id] = state
        self.listed.emit()
        news, self._news = self._news, []
        for model_id, doing in news:
            (self.removed if doing == "removing" else self.installed).emit(model_id)

    def _on_progress(self, model_id: str, progress: Progress) -> None:
        self._states[model_id] = replace(self._states[model_id], progress=progress)
        self.progressed.emit(model_id)

    def _on_failed(self, model_id: str, trouble: Trouble) -> None:
        self._change(model_id, error=trouble.text)
        if trouble.details is not None:
            self.failed.emit(trouble)

    def _on_succeeded(self, model_id: str, doing: Doing) -> None:
        self._news.append((model_id, doing))

    def _on_finished(self, model_id: str) -> None:
        self._running.pop(model_id, None)
        self._change(model_id, doing="nothing", progress=Progress())
        self.reload()


def is_ready(status: ModelStatus) -> bool:
    """Whether a model makes relational vectors and has all that it requires."""
    is_there = status.state in ("bundled", "installed") and not status.missing
    return is_there and status.card.kind in ("bundled", "relational")
