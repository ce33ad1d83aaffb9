"""Making analogies: by which generator, what came of it in which order, and what is kept."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from relsim_desktop.jobs import Job, JobRunner, Trouble
from relsim_desktop.operations import generation
from relsim_desktop.operations.generation import Made, Studio, Wish
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from engine.generation.generators import GeneratorChoice
    from engine.generation.keeping import Kept
    from engine.generation.ranking import Candidate
    from engine.service import Engine

COUNTS: Final = (1, 12)
"""Fewest and most pictures of a run."""

NEW_SEED: Final = -1
"""The seed that is another one for each run."""

_SEEDS: Final = 2**31 - COUNTS[1]


@dataclass(frozen=True, slots=True)
class Analogy:
    """A picture that was made, as it is shown.

    Attributes:
        made: The picture.
        number: Which of its run it was, from 1; it names the picture whatever its place is.
        candidate: Its scores and its place; None until it is ranked.
        image_id: Of the library, once it is kept.
        path: Its file, once it is kept.
    """

    made: Made
    number: int
    candidate: Candidate | None = None
    image_id: int | None = None
    path: Path | None = None

    @property
    def image(self) -> QImage:
        """The picture."""
        return self.made.image


class Making(QObject):
    """One run at a time. What was made is there until the next run; what is kept stays."""

    changed = Signal()
    """Pictures, what goes on, or the trouble with it; see the properties."""

    progressed = Signal()
    """See `progress`."""

    chosen = Signal()
    """Another generator, or what is wrong with it; see `choice`, `problem`."""

    kept = Signal(object)
    """`Kept`: pictures are in the library and on a board."""

    failed = Signal(object)
    """The `Trouble` with keeping, or a defect of ours."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._engine: Engine | None = None
        self._studio = Studio()
        self._choice: GeneratorChoice | None = None
        self._problem: str | None = None
        self._checking: Job | None = None
        self._wish: Wish | None = None
        self._reference: Question | None = None
        self._idea = ""
        self._analogies: list[Analogy] = []
        self._making: Job | None = None
        self._ranking: Job | None = None
        self._keeping: Job | None = None
        self._trouble: Trouble | None = None  # with making
        self._rank_trouble: Trouble | None = None
        self._is_stopped = False
        self.count = 4
        self.seed = NEW_SEED
        self.shows_reference = False

    def attach(self, engine: Engine) -> None:
        """Rank by a library, and keep in it."""
        self._engine = engine
        self.changed.emit()

    def close(self) -> None:
        """The window closes: let the generator go."""
        for job in (self._making, self._ranking):
            if job is not None:
                job.cancel()
        self._studio.close()

    # --- generator --------------------------------------------------------------------------------

    @property
    def choice(self) -> GeneratorChoice | None:
        """The generator; None for none, where a person only wants the prompt."""
        return self._choice

    @property
    def problem(self) -> str | None:
        """Why the generator cannot run now; None if it can, or if that is not known yet."""
        return self._problem

    def choose(self, choice: GeneratorChoice | None) -> None:
        """Make pictures by this generator from now on; the same one is looked at again."""
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
        if choice != self._choice:
            self._choice, self._problem = choice, None
        if choice is not None:
            job = self._checking = generation.check(self._jobs, choice)
            job.succeeded.connect(lambda problem: self._on_checked(choice, problem))
            job.failed.connect(self.failed)
        self.chosen.emit()

    def _on_checked(self, choice: GeneratorChoice, problem: str | None) -> None:
        if choice == self._choice:
            self._checking = None
            self._problem = problem
            self.chosen.emit()

    # --- a run ------------------------------------------------------------------------------------

    @property
    def analogies(self) -> Sequence[Analogy]:
        """What was made: in the order in which it came, and best first once it is ranked."""
        return self._analogies

    @property
    def wish(self) -> Wish | None:
        """What was asked for last."""
        return self._wish

    @property
    def reference(self) -> Question | None:
        """The picture that the analogies belong to."""
        return self._reference

    @property
    def idea(self) -> str:
        """The anonymous caption that they were made from."""
        return self._idea

    @property
    def is_making(self) -> bool:
        """Whether pictures are on their way."""
        return self._making is not None

    @property
    def is_stopping(self) -> bool:
        """Whether the run is told to end, and has not ended yet."""
        return self.is_making and self._is_stopped

    @property
    def is_ranking(self) -> bool:
        """Whether they are being ordered."""
        return self._ranking is not None

    @property
    def is_ranked(self) -> bool:
        """Whether there are pictures, and all have their places."""
        return bool(self._analogies) and all(one.candidate for one in self._analogies)

    @property
    def is_stopped(self) -> bool:
        """Whether a person ended the run before it was done."""
        return self._is_stopped

    @property
    def is_keeping(self) -> bool:
        """Whether pictures are on their way into the library."""
        return self._keeping is not None

    @property
    def trouble(self) -> Trouble | None:
        """Why the run ended early, or could not be ranked."""
        return self._trouble or self._rank_trouble

    @property
    def progress(self) -> Progress:
        """Of the run that goes on."""
        return self._making.progress if self._making is not None else Progress()

    def make(self, prompt: str, reference: Question | None, idea: str = "") -> None:
        """Make pictures; those of the run before that are not kept are gone.

        Args:
            prompt: What they shall show.
            reference: The picture whose idea they shall share.
            idea: That idea as an anonymous caption.
        """
        if self._choice is None or self._engine is None or self.is_making:
            return
        if self._ranking is not None:
            self._ranking.cancel()
            self._ranking = None
        seed = random.randrange(_SEEDS) if self.seed == NEW_SEED else self.seed
        wish = Wish(self._choice, prompt, self.count, seed, self.shows_reference)
        self._wish, self._reference, self._idea = wish, reference, idea
        self._analogies, self._is_stopped = [], False
        self._trouble = self._rank_trouble = None
        job = self._making = generation.make(self._jobs, self._studio, wish, reference)
        job.posted.connect(self._on_made)
        job.progressed.connect(lambda _: self.progressed.emit())
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self.changed.emit()

    def stop(self) -> None:
        """End the run; what was made until now is kept in sight, and ranked."""
        if self._making is not None:
            self._is_stopped = True
            self._making.cancel()
            self.changed.emit()

    def rank(self) -> None:
        """Order what was made, anew where another model ranks now."""
        if not self._analogies or self._reference is None or self._engine is None or self.is_making:
            return
        if self._ranking is not None:
            self._ranking.cancel()
        self._rank_trouble = None
        made = [one.made.generated for one in self._analogies]
        job = self._ranking = generation.rank(self._jobs, self._engine, self._reference, made)
        job.succeeded.connect(self._on_ranked)
        job.failed.connect(self._on_not_ranked)
        job.finished.connect(self._on_rank_ended)
        self.changed.emit()

    def _on_made(self, made: Made) -> None:
        self._analogies.append(Analogy(made, len(self._analogies) + 1))
        self.changed.emit()

    def _on_failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        if trouble.details is not None:
            self.failed.emit(trouble)

    def _on_not_ranked(self, trouble: Trouble) -> None:
        self._rank_trouble = trouble
        if trouble.details is not None:
            self.failed.emit(trouble)

    def _on_finished(self) -> None:
        self._making = None
        self.rank()
        self.changed.emit()

    def _on_ranked(self, candidates: Sequence[Candidate]) -> None:
        known = {id(one.made.generated): one for one in self._analogies}
        self._analogies = [
            replace(known[id(one.generated)], candidate=one)
            for one in candidates
            if id(one.generated) in known
        ]

    def _on_rank_ended(self) -> None:
        if self._ranking is not None and not self._ranking.is_running:
            self._ranking = None
            self.changed.emit()

    # --- keeping ----------------------------------------------------------------------------------

    def keep(self, numbers: Sequence[int], board: str | int) -> None:
        """Put pictures into the library and on a board.

        Args:
            numbers: Which; see `Analogy.number`.
            board: Its id, or the name of a new one.
        """
        chosen = [one for one in self._analogies if one.number in numbers and one.candidate]
        wish, reference = self._wish, self._reference
        if not chosen or self._engine is None or wish is None or reference is None:
            return
        job = self._keeping = generation.keep(
            self._jobs,
            self._engine,
            [one.candidate for one in chosen if one.candidate is not None],
            prompt=wish.prompt,
            reference=reference,
            board=board,
        )
        job.succeeded.connect(lambda kept: self._on_kept(kept, chosen))
        job.failed.connect(self.failed)
        job.finished.connect(self._on_keep_ended)
        self.changed.emit()

    def _on_kept(self, kept: Kept, chosen: Sequence[Analogy]) -> None:
        files = {
            id(one.made): (image_id, path)
            for one, image_id, path in zip(chosen, kept.image_ids, kept.paths, strict=True)
        }
        self._analogies = [
            replace(one, image_id=files[id(one.made)][0], path=files[id(one.made)][1])
            if id(one.made) in files
            else one
            for one in self._analogies
        ]
        self.kept.emit(kept)

    def _on_keep_ended(self) -> None:
        self._keeping = None
        self.changed.emit()
