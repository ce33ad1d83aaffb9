"""Verbs that explain: why two pictures match, what looks alike, and the space around a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import KnownError
from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.analogies import query_of
from relsim_desktop.question import Question
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from engine.service import Engine
    from engine.types import Neighbor
    from engine.understanding.explainer import Explainer, Explanation
    from engine.understanding.similarity_space import Space

LOOK_ALIKES = 24
"""How many pictures that look alike are shown at most."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What comes at once.

    Attributes:
        explanation: Why the two match.
        is_final: Whether the model that ranks has spoken; else `refine` lets it.
    """

    explanation: Explanation
    is_final: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """As `Explained`, for the space around a picture; `refine_space` lets the model speak."""

    space: Space
    is_final: bool


def explainer_of(engine: Engine) -> Explainer:
    """What explains in a library; the engine has brought in by now what its modules need."""
    from engine.understanding.explainer import Explainer

    return Explainer(engine)


def explain(jobs: JobRunner, engine: Engine, explainer: Explainer, a: Question, b: Question) -> Job:
    """Say why two pictures match, without waiting for a large model; succeeds with an `Explained`.

    Where the captions' alignment needs the text encoder, the job posts the `Explanation` without
    it first.
    """

    def work(task: Task) -> Explained:
        pair = query_of(a), query_of(b)
        is_final = all(engine.is_prompt(query) for query in pair)
        found = explainer.explain(*pair, quick=not is_final, words=False)
        if found.waits_for_words:
            task.post(found)
            task.control.checkpoint()
            found = explainer.align(found)
        return Explained(found, is_final)

    return jobs.start(work, lane=Lane.QUERY)


def refine(jobs: JobRunner, explainer: Explainer, a: Question, b: Question) -> Job:
    """Let the model that ranks speak, which may have to look; succeeds with the `Explanation`."""
    return jobs.start(lambda task: explainer.explain(query_of(a), query_of(b)), lane=Lane.LARGE)


def look_alikes(jobs: JobRunner, engine: Engine, explainer: Explainer, question: Question) -> Job:
    """Find the pictures that look most like one; succeeds with ``list[Neighbor]``."""

    def work(task: Task) -> list[Neighbor]:
        query = query_of(question)
        return explainer.look_alikes(query, LOOK_ALIKES, quick=not engine.is_prompt(query))

    return jobs.start(work, lane=Lane.QUERY)


def space(jobs: JobRunner, engine: Engine, explainer: Explainer, question: Question) -> Job:
    """Place the library around a picture, without a large model; succeeds with `Surroundings`."""

    def work(task: Task) -> Surroundings:
        query = query_of(question)
        is_final = engine.is_prompt(query)
        return Surroundings(explainer.space(query, quick=not is_final), is_final)

    return jobs.start(work, lane=Lane.QUERY)


def refine_space(jobs: JobRunner, explainer: Explainer, question: Question) -> Job:
    """Let the model that ranks place the library; succeeds with the `Space`."""
    return jobs.start(lambda task: explainer.space(query_of(question)), lane=Lane.LARGE)


def export_table(jobs: JobRunner, space: Space, rows: Sequence[int], path: Path) -> Job:
    """Write pictures of a space as CSV; succeeds with the path."""

    def work(task: Task) -> Path:
        from engine.understanding.similarity_space import write_csv

        write_csv(space, rows, path)
        return path

    return jobs.start(work, lane=Lane.PICTURE)


def export_image(jobs: JobRunner, image: QImage, path: Path) -> Job:
    """Write a picture of the space as PNG; succeeds with the path."""

    def work(task: Task) -> Path:
        if not image.save(str(path)):
            said = tr("{file} cannot be written: choose another place")
            raise KnownError(said.replace("{file}", str(path)))
        return path

    return jobs.start(work, lane=Lane.PICTURE)
