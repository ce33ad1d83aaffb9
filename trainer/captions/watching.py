"""Runs a job and reports its progress; Ctrl-C asks it to cancel, so that its work is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from engine.jobs import Cancelled, JobControl
from trainer.progress import Reporter

_EVERY_S = 0.2

T = TypeVar("T")


def watch(work: Callable[[JobControl], T], reporter: Reporter) -> T:
    """Run `work` in another thread.

    Args:
        work: What it raises is raised here.
        reporter: Told of the job's progress.

    Raises:
        KeyboardInterrupt: After Ctrl-C, once the job has ended.
    """
    control = JobControl()
    outcome: list[T] = []
    failure: list[BaseException] = []
    # Waited for instead of the thread: in Python 3.11 a thread whose join is interrupted by Ctrl-C
    # counts as ended, although it runs on.
    ended = threading.Event()

    def run() -> None:
        try:
            outcome.append(work(control))
        except BaseException as error:  # noqa: BLE001 - handed to the main thread, which raises it
            failure.append(error)
        finally:
            ended.set()

    threading.Thread(target=run, name="job").start()
    interrupted, told = False, ("", -1)
    while not ended.is_set():
        try:
            ended.wait(_EVERY_S)
            progress = control.progress
            if progress.total is not None and told != (progress.phase, progress.done):
                told = progress.phase, progress.done
                reporter.step(progress.phase, progress.done, progress.total)
        except KeyboardInterrupt:
            interrupted = True
            control.cancel()
    if failure and interrupted and isinstance(failure[0], Cancelled):
        raise KeyboardInterrupt
    if failure:
        raise failure[0]
    return outcome[0]
