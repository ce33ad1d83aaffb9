"""Verbs that make new pictures of an idea, rank them, and keep them; and the keys of servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.analogies import query_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from PIL.Image import Image

    from engine.generation.generators import Generated, Generator, GeneratorChoice
    from engine.generation.keeping import Kept
    from engine.generation.ranking import Candidate
    from engine.model_thread import ModelThread
    from engine.service import Engine
    from engine.types import Description

_IDLE_S: Final = 600.0
"""A generator that nobody uses for so long gives its memory back."""


_GIVEN_EDGE: Final = 1024
"""Pixels of the shorter side of a reference that a generator is given."""

_IDEAS: Final = 4
"""How many other ideas of a picture are offered."""


@dataclass(frozen=True, slots=True)
class Idea:
    """An anonymous caption, and a few words for it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Ideas:
    """What a picture may be an example of.

    Attributes:
        description: What is said of it.
        others: What else it may show, the likeliest first.
    """

    description: Description
    others: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made.

    Attributes:
        choice: By which generator.
        prompt: What it shall show.
        count: How many pictures.
        seed: Of the first one; the same seed makes the same pictures, where a generator knows any.
        shows_reference: Give the generator the reference picture, too, if it can take one.
    """

    choice: GeneratorChoice
    prompt: str
    count: int
    seed: int
    shows_reference: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A picture that a generator made, and the same for the screen."""

    generated: Generated
    image: QImage


class Studio:
    """The generator that was used last. Any thread.

    It stays loaded, because loading takes long, and goes when another one is wanted, after ten idle
    minutes, or with the window.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._choice: GeneratorChoice | None = None
        self._thread: ModelThread[Generator] | None = None
        self._is_lent = False
        self._is_closed = False

    @contextmanager
    def generator(self, choice: GeneratorChoice) -> Iterator[Generator]:
        """The generator of a choice, for one job at a time; loaded if it is not there.

        Raises:
            KnownError: If it cannot be loaded.
        """
        thread = self._lend(choice)
        try:
            with thread.hold() as generator:
                yield generator
        finally:
            with self._lock:
                self._is_lent = False
                is_over = self._is_closed
            if is_over:
                thread.close()

    def close(self) -> None:
        """Let the generator go, at once or when the job that has it ends."""
        with self._lock:
            self._is_closed = True
            thread = None if self._is_lent else self._thread
        if thread is not None:
            thread.close()

    def _lend(self, choice: GeneratorChoice) -> ModelThread[Generator]:
        from engine.generation.generators import load_generator
        from engine.model_thread import ModelThread

        with self._lock:
            self._is_lent = True
            old, is_other = self._thread, choice != self._choice
            if old is None or is_other:
                self._thread = ModelThread(lambda: load_generator(choice), idle_s=_IDLE_S)
                self._choice = choice
            lent = self._thread
        if old is not None and is_other:
            old.close()
        assert lent is not None
        return lent


def find_ideas(jobs: JobRunner, engine: Engine, question: Question) -> Job:
    """Find what a picture is an example of; succeeds with its `Ideas`."""

    def work(task: Task) -> Ideas:
        from relsim_desktop.operations.analogies import finder_of

        query = query_of(question)
        description = engine.describe(query)
        task.control.checkpoint()
        found = finder_of(engine).relations(query, _IDEAS)
        others = [Idea(one.name, one.text) for one in found if one.text != description.text]
        return Ideas(description, tuple(others))

    return jobs.start(work, lane=Lane.QUERY)


def check(jobs: JobRunner, choice: GeneratorChoice) -> Job:
    """Look whether a generator can run; succeeds with why not, or None. Loads and asks nothing."""

    def work(task: Task) -> str | None:
        from engine.generation.generators import problem

        return problem(choice)

    return jobs.start(work, lane=Lane.QUERY)


def make(jobs: JobRunner, studio: Studio, wish: Wish, reference: Question | None) -> Job:
    """Make pictures; posts each as `Made` when it is there, and succeeds with None.

    Reports progress. Cancelling keeps what was posted.
    """

    def work(task: Task) -> None:
        from engine.generation.generators import GenerationRequest

        with studio.generator(wish.choice) as generator:
            task.control.checkpoint()
            is_given = wish.shows_reference and generator.edits and reference is not None
            request = GenerationRequest(
                prompt=wish.prompt,
                count=wish.count,
                seed=wish.seed,
                reference=_pixels(reference) if is_given and reference is not None else None,
            )
            for generated in generator.generate(request, task.control):
                task.post(Made(generated, _for_screen(generated.image)))

    return jobs.start(work, lane=Lane.WORK, sampled=True)


def rank(jobs: JobRunner, engine: Engine, reference: Question, made: Sequence[Generated]) -> Job:
    """Order pictures by how well they keep the idea and leave the look; a list of `Candidate`."""

    def work(task: Task) -> list[Candidate]:
        from engine.generation.ranking import rank as ranked

        return ranked(engine, query_of(reference), made, task.control)

    return jobs.start(work, lane=Lane.WORK)


def keep(
    jobs: JobRunner,
    engine: Engine,
    candidates: Sequence[Candidate],
    *,
    prompt: str,
    reference: Question,
    board: str | int,
) -> Job:
    """Put pictures into the library and on a board; succeeds with `Kept`.

    Args:
        jobs: Runs the job.
        engine: The library.
        candidates: The pictures.
        prompt: What they were made from.
        reference: The picture whose idea they share.
        board: Its id, or the name of a new one.
    """

    def work(task: Task) -> Kept:
        from engine.generation.keeping import keep as kept

        return kept(
            engine,
            candidates,
            prompt=prompt,
            reference=query_of(reference),
            board=board,
            control=task.control,
        )

    # Behind what is being indexed: a library is written to by one run at a time.
    return jobs.start(work, lane=Lane.INDEX, sampled=True)


def key_names(jobs: JobRunner) -> Job:
    """Read which keys there are; succeeds with their names. The keyring may ask for a password."""

    def work(task: Task) -> list[str]:
        from engine.endpoints.keys import KeyRing

        return KeyRing().names()

    return jobs.start(work, lane=Lane.LINK)


def save_key(jobs: JobRunner, name: str, value: str) -> Job:
    """Put a key into the keyring of the system; succeeds with the names of all keys."""

    def work(task: Task) -> list[str]:
        from engine.endpoints.keys import KeyRing

        ring = KeyRing()
        ring.set(name, value)
        return ring.names()

    return jobs.start(work, lane=Lane.LINK)


def remove_key(jobs: JobRunner, name: str) -> Job:
    """Take a key out of the keyring; succeeds with the names of the others."""

    def work(task: Task) -> list[str]:
        from engine.endpoints.keys import KeyRing

        ring = KeyRing()
        ring.remove(name)
        return ring.names()

    return jobs.start(work, lane=Lane.LINK)


def _pixels(question: Question) -> Image:
    """The reference as a generator takes it."""
    from PIL.Image import Image

    from engine.imaging import decode

    if question.path is not None:
        return decode(question.path, min_side=_GIVEN_EDGE)
    query = query_of(question)
    assert isinstance(query, Image), "a picture of the window has a file or pixels"
    return query


def _for_screen(image: Image) -> QImage:
    rgb = image.convert("RGB")
    width, height = rgb.size
    return QImage(rgb.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
