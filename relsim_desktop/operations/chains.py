"""Verbs on chains of analogies: find one, wander, paint one into a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QImage

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.analogies import query_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.mapping.chains import Chain
    from engine.service import Engine
    from relsim_desktop.theme import Colors


@dataclass(frozen=True, slots=True)
class StripPicture:
    """A picture of a chain that is to be painted.

    Attributes:
        name: What it is called.
        path: Its file, or None if it has none.
        pasted: Its pixels, where it has no file.
    """

    name: str
    path: Path | None
    pasted: QImage | None = None


def find_chain(
    jobs: JobRunner,
    engine: Engine,
    ends: tuple[Question, Question],
    steps: int,
    avoid: Collection[int] = (),
) -> Job:
    """Find the best chain between two pictures; succeeds with the `Chain`.

    Args:
        jobs: Runs the job.
        engine: The library.
        ends: Where it starts and ends.
        steps: Links at most.
        avoid: Images that are no stations, for another way.
    """

    def work(task: Task) -> Chain:
        from engine.mapping.chains import Chains  # brings numpy along

        a, b = (query_of(end) for end in ends)
        return Chains(engine).between(a, b, steps, avoid=frozenset(avoid))

    return jobs.start(work, lane=Lane.QUERY)


def wander(jobs: JobRunner, engine: Engine, start: Question, steps: int, *, surprise: float) -> Job:
    """Walk from a picture, another way each time; succeeds with the `Chain`."""

    def work(task: Task) -> Chain:
        from engine.mapping.chains import Chains

        return Chains(engine).walk(query_of(start), steps, surprise=surprise)

    return jobs.start(work, lane=Lane.QUERY)


def export_chain(
    jobs: JobRunner,
    chain: Chain,
    pictures: Sequence[StripPicture],
    out: Path,
    *,
    colors: Colors,
    font: QFont,
) -> Job:
    """Paint a chain into a PNG file; succeeds with the path."""

    def work(task: Task) -> Path:
        from relsim_desktop.chain_picture import write_strip

        write_strip(chain, pictures, out, colors=colors, font=font, control=task.control)
        return out

    return jobs.start(work, lane=Lane.WORK)
