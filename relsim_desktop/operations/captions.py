"""Verbs on captions: read, edit, pin, write again, fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Description


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture with what is said of it; `image_id` is None for one outside the library."""

    image_id: int | None
    description: Description


def look_up(jobs: JobRunner, engine: Engine, question: Question) -> Job:
    """Read what is said of a picture; succeeds with a `Portrait`, or None if it is not indexed."""

    def work(task: Task) -> Portrait | None:
        image_id = image_of(engine, question)
        return None if image_id is None else Portrait(image_id, engine.describe(image_id))

    return jobs.start(work, lane=Lane.QUERY)


def edit(jobs: JobRunner, engine: Engine, image_id: int, text: str) -> Job:
    """Store a person's caption; succeeds with the `Portrait`."""
    return jobs.start(
        lambda task: Portrait(image_id, engine.descriptions.set(image_id, text)), lane=Lane.QUERY
    )


def forget_edit(jobs: JobRunner, engine: Engine, image_id: int) -> Job:
    """Let the automatic caption show again; succeeds with the `Portrait`."""

    def work(task: Task) -> Portrait:
        engine.descriptions.remove(image_id)
        return Portrait(image_id, engine.describe(image_id))

    return jobs.start(work, lane=Lane.QUERY)


def pin(jobs: JobRunner, engine: Engine, image_id: int, pinned: bool) -> Job:
    """Keep a written caption from being written again, or not; succeeds with the `Portrait`."""
    return jobs.start(
        lambda task: Portrait(image_id, engine.descriptions.pin(image_id, pinned)), lane=Lane.QUERY
    )


def write_again(jobs: JobRunner, engine: Engine, image_id: int, seed: int) -> Job:
    """Let the captioner write another caption; succeeds with the `Portrait`."""

    def work(task: Task) -> Portrait:
        engine.descriptions.fill([image_id], seed=seed, control=task.control)
        return Portrait(image_id, engine.describe(image_id))

    return jobs.start(work, lane=Lane.LARGE)


def find_graphics(jobs: JobRunner) -> Job:
    """Look whether a captioner would run on a graphics card; succeeds with a bool."""

    def work(task: Task) -> bool:
        from engine.models.device import devices

        return any(device.name != "cpu" for device in devices())

    return jobs.start(work, lane=Lane.LARGE)


def fill_in(jobs: JobRunner, engine: Engine) -> Job:
    """Describe all pictures that the captioner has not described; succeeds with a `CaptionReport`.

    Reports progress. Cancelling keeps what is written. It shares its thread with indexing.
    """
    return jobs.start(
        lambda task: engine.descriptions.fill(control=task.control), lane=Lane.INDEX, sampled=True
    )


def image_of(engine: Engine, question: Question) -> int | None:
    """The library's image that a question is about, if it is one."""
    if question.image_id is not None:
        return question.image_id
    return engine.store.image_at(question.path) if question.path is not None else None
