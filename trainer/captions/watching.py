"""Runs a job and reports its progress; Ctrl-C asks it to cancel, so that its work is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.commands.waiting import wait_for
from engine.jobs import Cancelled, JobControl, Progress
from trainer.progress import Reporter

T = TypeVar("T")


def watch(work: Callable[[JobControl], T], reporter: Reporter) -> T:
    """Run `work` in another thread.

    Args:
        work: What it raises is raised here.
        reporter: Told of the job's progress.

    Raises:
        KeyboardInterrupt: After Ctrl-C, once the job has ended.
    """
    told = ("", -1)

    def tell(progress: Progress) -> None:
        nonlocal told
        if progress.total is not None and told != (progress.phase, progress.done):
            told = progress.phase, progress.done
            reporter.step(progress.phase, progress.done, progress.total)

    try:
        return wait_for(work, tell)
    except Cancelled:  # nothing else here cancels
        raise KeyboardInterrupt from None
