"""Decides what the status strip says: of indexing first, else of describing; and of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from relsim_desktop import model_phrases, phrases
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.describing import Describing
from relsim_desktop.presenters.indexing import Indexing
from relsim_desktop.translation import tr
from relsim_desktop.views.window.status_strip import StatusStrip
from relsim_desktop.workspace import Workspace

if TYPE_CHECKING:
    from engine.captioning import CaptionReport
    from engine.types import IndexReport


class StripWiring(QObject):
    """Connects a `StatusStrip` with a `Workspace`."""

    trouble = Signal(object)
    """A `Trouble` that is a defect of ours; the text of others is in the strip."""

    def __init__(self, strip: StatusStrip, workspace: Workspace) -> None:
        super().__init__(strip)
        self._strip = strip
        self._workspace = workspace
        self._wire_runs()
        self._wire_models()

    @property
    def _run(self) -> Indexing | Describing:
        """What the buttons act on."""
        indexing = self._workspace.indexing
        return indexing if indexing.is_running else self._workspace.describing

    def _wire_runs(self) -> None:
        strip, indexing = self._strip, self._workspace.indexing
        describing = self._workspace.describing
        strip.pause_asked.connect(self._pause)
        strip.resume_asked.connect(self._resume)
        strip.cancel_asked.connect(self._cancel)
        indexing.started.connect(self._on_indexing)
        indexing.progressed.connect(self._on_indexing)
        indexing.succeeded.connect(self._on_indexed)
        indexing.cancelled.connect(
            lambda: strip.say(tr("Indexing cancelled; what is done so far stays"))
        )
        indexing.failed.connect(self._on_failed)
        describing.progressed.connect(self._on_describing)
        describing.succeeded.connect(self._on_described)
        describing.stopped.connect(self._on_stopped)
        describing.failed.connect(self._on_failed)
        describing.held_back.connect(
            lambda: strip.keep(
                tr(
                    "Without a graphics card a caption takes a minute or more: pictures are "
                    "described once you choose Library › Describe pictures"
                )
            )
        )
        self._workspace.captions.failed.connect(self._on_failed)

    def _wire_models(self) -> None:
        workspace, strip = self._workspace, self._strip
        workspace.opened.connect(lambda _: strip.show_model(tr("Loading the model…")))
        workspace.model_loaded.connect(lambda: strip.show_model(""))
        workspace.model_failed.connect(self._on_model_failed)
        workspace.choice.changed.connect(self._on_choice)
        workspace.choice.changing.connect(self._on_choice)
        workspace.choice.fell_back.connect(self._on_choice)
        workspace.models.changed.connect(self._on_transfer)
        workspace.models.progressed.connect(self._on_transfer)

    def _pause(self) -> None:
        self._run.pause()

    def _resume(self) -> None:
        self._run.resume()

    def _cancel(self) -> None:
        self._run.cancel()

    def _on_indexing(self) -> None:
        indexing = self._workspace.indexing
        self._strip.show_progress(indexing.progress, indexing.waiting)

    def _on_indexed(self, report: IndexReport) -> None:
        self._strip.keep(phrases.summary(report))

    def _on_describing(self) -> None:
        if not self._workspace.indexing.is_running:
            self._strip.show_progress(self._workspace.describing.progress)

    def _on_described(self, report: CaptionReport) -> None:
        if report.captioned or report.failed:
            self._strip.keep(phrases.described(report))

    def _on_stopped(self) -> None:
        if self._workspace.indexing.is_running:
            return
        by_person = not self._workspace.describing.wanted
        self._strip.say(tr("Describing stopped; what is written so far stays") if by_person else "")

    def _on_failed(self, trouble: Trouble) -> None:
        self._strip.keep(trouble.text)
        if trouble.details is not None:
            self.trouble.emit(trouble)

    def _on_model_failed(self, trouble: Trouble) -> None:
        self._strip.show_model(tr("The model could not be loaded"))
        self.trouble.emit(trouble)

    def _on_choice(self) -> None:
        refusal = self._workspace.choice.refusal
        if refusal is None:
            self._strip.show_refusal("", "")
        else:
            self._strip.show_refusal(model_phrases.name(refusal.model), refusal.text)

    def _on_transfer(self) -> None:
        moving = self._workspace.models.transfer
        if moving is None:
            self._strip.show_transfer("", Progress())
        else:
            self._strip.show_transfer(moving.status.card.title, moving.progress)
