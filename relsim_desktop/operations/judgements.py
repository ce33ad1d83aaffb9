"""Verbs on verdicts; changes run one after another, in the order of the calls."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop.jobs import Job, JobRunner, Lane, Task
from relsim_desktop.operations.captions import image_of
from relsim_desktop.question import Question

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import PairVerdict


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two images of the library with their verdict, which may be none yet."""

    a: int
    b: int
    verdict: PairVerdict | None


def all_verdicts(jobs: JobRunner, engine: Engine) -> Job:
    """Read all verdicts with their pictures; succeeds with a list of the engine's `JudgedPair`."""
    return jobs.start(lambda task: engine.judgements.judged(), lane=Lane.JUDGE)


def verdicts_of(jobs: JobRunner, engine: Engine, image_id: int) -> Job:
    """Read the verdicts on all pairs with an image; succeeds with ``{other: verdict}``."""
    return jobs.start(lambda task: engine.judgements.verdicts_of(image_id), lane=Lane.JUDGE)


def judged_pair(jobs: JobRunner, engine: Engine, a: Question, b: Question) -> Job:
    """Read the verdict on two pictures; succeeds with a `JudgedPair`, or None if they are none.

    They are a pair if both are in the library and they differ.
    """

    def work(task: Task) -> JudgedPair | None:
        first, second = image_of(engine, a), image_of(engine, b)
        if first is None or second is None or first == second:
            return None
        return JudgedPair(first, second, engine.judgements.verdict(first, second))

    return jobs.start(work, lane=Lane.JUDGE)


def judge(jobs: JobRunner, engine: Engine, pair: JudgedPair) -> Job:
    """Judge a pair, or take that back; succeeds with the verdict that it had before."""
    return jobs.start(
        lambda task: engine.judgements.set_verdict(pair.a, pair.b, pair.verdict), lane=Lane.JUDGE
    )


def export_groups(jobs: JobRunner, engine: Engine, out: Path) -> Job:
    """Write boards and good analogies as groups; succeeds with the `GroupsReport`."""
    return jobs.start(lambda task: engine.judgements.export_groups(out), lane=Lane.WORK)
