"""Runs a job while a terminal waits; Ctrl-C asks it to cancel, so that what is done is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from engine.jobs import JobControl, Progress

_EVERY_S = 0.2

T = TypeVar("T")


def wait_for(work: Callable[[JobControl], T], tell: Callable[[Progress], None]) -> T:
    """Run `work` in another thread until it ends, however often Ctrl-C is pressed.

    Args:
        work: The job; what it raises is raised here.
        tell: Told of the progress, some times a second.

    Raises:
        Cancelled: After Ctrl-C, once the job has ended.
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
    while not ended.is_set():
        try:
            ended.wait(_EVERY_S)
            tell(control.progress)
        except KeyboardInterrupt:
            control.cancel()
    if failure:
        raise failure[0]
    return outcome[0]
