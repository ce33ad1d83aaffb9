"""Everything behind one window: the jobs, the library, and the presenters that share them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import library
from relsim_desktop.operations.analogies import Ranking
from relsim_desktop.presenters.boards import Boards
from relsim_desktop.presenters.captions import Captions
from relsim_desktop.presenters.choice import ModelChoice
from relsim_desktop.presenters.collection import Collection
from relsim_desktop.presenters.comparison import Comparison
from relsim_desktop.presenters.describing import Describing
from relsim_desktop.presenters.indexing import Indexing
from relsim_desktop.presenters.inquiry import Inquiry
from relsim_desktop.presenters.models import Models
from relsim_desktop.presenters.undo import Undo
from relsim_desktop.presenters.verdicts import ComparedVerdict, QueryVerdicts, Verdicts
from relsim_desktop.settings import DEFAULT_MODEL
from relsim_desktop.thumbnails import ThumbnailLoader

if TYPE_CHECKING:
    from engine.service import Engine


class Workspace(QObject):
    """Built at once and empty; the library comes in behind the window."""

    opened = Signal(object)
    """The `Engine` is there."""

    failed = Signal(object)
    """The `Trouble` with opening the library."""

    model_loaded = Signal()
    model_failed = Signal(object)
    """The `Trouble` with loading the model."""

    def __init__(
        self, ranking: Ranking, *, model: str = DEFAULT_MODEL, describes: bool | None = True
    ) -> None:
        """Build it.

        Args:
            ranking: How neighbors are ordered.
            model: Id of the model that is to rank.
            describes: Whether pictures are described behind the index, where a captioner is; None
                where a graphics card decides.
        """
        super().__init__()
        self.jobs = JobRunner(self)
        self.thumbnails = ThumbnailLoader(self.jobs)
        self.inquiry = Inquiry(self.jobs, ranking)
        self.comparison = Comparison(self.jobs)
        self.indexing = Indexing(self.jobs)
        self.collection = Collection(self.jobs, self.indexing)
        self.models = Models(self.jobs)
        self.choice = ModelChoice(self.jobs, model)
        self.captions = Captions(self.jobs)
        self.describing = Describing(self.jobs, self.indexing, describes)
        self.undo = Undo()
        self.verdicts = Verdicts(self.jobs, self.undo)
        self.query_verdicts = QueryVerdicts(self.jobs, self.verdicts, self.inquiry)
        self.compared_verdict = ComparedVerdict(self.jobs, self.verdicts, self.comparison)
        self.boards = Boards(self.jobs, self.undo)
        self._engine: Engine | None = None
        self._expects_text = False
        self.indexing.idle.connect(self.inquiry.refresh)
        self.indexing.idle.connect(self.choice.count)
        self.indexing.idle.connect(self.boards.reload)
        self.collection.grew.connect(self.inquiry.refresh)
        self.collection.loaded.connect(self.choice.count)
        self.choice.changing.connect(self._make_way)
        self.choice.changed.connect(self._on_model_changed)
        self.models.installed.connect(self._on_models_changed)
        self.models.removed.connect(self._on_models_changed)
        self.describing.succeeded.connect(self.inquiry.refresh)
        for failed in (self.indexing.failed, self.inquiry.unrefined, self.comparison.unrefined):
            failed.connect(self._on_large_failed)

    @property
    def engine(self) -> Engine | None:
        """The library with its model, once it is open."""
        return self._engine

    def open(self, directory: Path | None) -> None:
        """Open a library; afterwards what it covers is looked through for changes.

        Args:
            directory: Its folder, or None for the platform's default.
        """
        job = library.open_library(self.jobs, directory)
        job.succeeded.connect(self._on_opened)
        job.failed.connect(self.failed)

    def remove_model(self, model_id: str) -> None:
        """Delete a model; if it ranks, the one of the program does so from now on."""
        if model_id == self.choice.wanted:
            self.choice.choose(DEFAULT_MODEL)
        self.describing.give_way()
        self.models.remove(model_id)

    def retry(self, paths: Sequence[Path] | None) -> None:
        """Try files again that could not be read; None for all of them."""
        if self._engine is None:
            return
        job = library.forget_failures(self.jobs, self._engine, paths)
        failed = [failure.path for failure in self.collection.failures.failures]
        job.succeeded.connect(lambda _: self.thumbnails.forget(paths or failed))
        job.succeeded.connect(self.look_through)

    def look_through(self) -> Job:
        """Index every folder anew; what did not change costs next to nothing."""
        assert self._engine is not None
        job = library.list_folders(self.jobs, self._engine)
        job.succeeded.connect(
            lambda folders: self.indexing.add([folder.path for folder in folders])
        )
        return job

    def close(self) -> None:
        """Cancel what runs, wait for it, and close the library."""
        self.undo.forget()
        self.jobs.close()
        self.thumbnails.clear()
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _on_opened(self, engine: Engine) -> None:
        self._engine = engine
        self._expects_text = False
        self.thumbnails.attach(engine)
        self.collection.attach(engine)
        self.inquiry.attach(engine)
        self.comparison.attach(engine)
        self.captions.attach(engine)
        self.verdicts.attach(engine)
        self.query_verdicts.attach(engine)
        self.compared_verdict.attach(engine)
        self.boards.attach(engine)
        self.describing.attach(engine)
        self.models.attach(engine)
        self.choice.attach(engine)
        self.opened.emit(engine)
        # What was asked for until now and what the library covers become one run.
        self.look_through().finished.connect(lambda: self.indexing.attach(engine))
        warm_up = library.warm_up(self.jobs, engine)
        warm_up.succeeded.connect(lambda _: self.model_loaded.emit())
        warm_up.failed.connect(self._on_model_failed)

    def expect_text(self) -> None:
        """Somebody types a relation: load the text encoder meanwhile, which takes seconds."""
        if self._engine is not None and not self._expects_text:
            self._expects_text = True
            library.warm_up_text(self.jobs, self._engine)

    def _make_way(self) -> None:
        self.indexing.interrupt()
        self.describing.give_way()
        self.captions.stop_writing()

    def _on_model_changed(self) -> None:
        """Another model ranks: embed with it what it has not seen, and answer anew."""
        self.describing.forgive()
        self.look_through()
        self.inquiry.refresh()
        self.comparison.refresh()

    def _on_large_failed(self, trouble: Trouble) -> None:
        if trouble.is_model and self.choice.is_large:
            self.choice.fall_back(trouble)

    def _on_models_changed(self, model_id: str) -> None:
        """The engine looks for a captioner when a model is brought in."""
        if self.models.state(model_id).status.card.kind in ("captioner", "base"):
            self.choice.renew()

    def _on_model_failed(self, trouble: Trouble) -> None:
        self.model_failed.emit(trouble)
