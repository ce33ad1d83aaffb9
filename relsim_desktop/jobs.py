"""Work off the GUI thread; the only module of the desktop that touches threads.

A verb in `operations` starts a `Job` and returns it at once. The job's signals arrive in the GUI
thread, never before control is back in the event loop, so connecting after the start is safe.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.errors import KnownError, ModelError
from engine.jobs import Cancelled, JobControl, Progress

SAMPLING_MS = 100


class Lane(Enum):
    """Which threads a job runs on; the value is their name and how many there are."""

    INDEX = ("index", 1)
    QUERY = ("query", 2)
    PICTURE = ("picture", 2)
    MODEL = ("model", 1)
    LARGE = ("large", 1)  # waits for the large model, and must not hold up quick questions
    GROUPS = ("groups", 1)  # a decision is on disk at once, whatever else goes on
    JUDGE = ("judge", 1)  # one change after another, in the order that a person made them
    WORK = (
        "work",
        1,
    )  # what a person waits for with a progress bar, and must not hold up questions
    LINK = ("link", 2)  # a slow server holds up neither questions nor the download of a model
    TRANSFER = ("transfer", 1)  # one download at a time: two would fight for a base they share


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a job failed.

    Attributes:
        text: One sentence for people.
        details: A traceback to copy into a report when it is a defect of ours, else None.
        is_model: Whether a model is missing, damaged, or too large for this computer.
    """

    text: str
    details: str | None = None
    is_model: bool = False


class Task:
    """The worker's end of a job, handed to the function that does the work."""

    def __init__(self, control: JobControl, post: Callable[[object], None]) -> None:
        self.control = control
        self.post = post
        """Send a value to `Job.posted`; any thread."""


class Job(QObject):
    """One piece of work. It ends exactly once: succeeded, failed or cancelled; then `finished`.

    A cancelled job never succeeds: its result is dropped even if the work was done by then. Only
    the GUI thread holds jobs; a slot that refers to its own job would keep both alive for ever.
    """

    posted = Signal(object)
    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, control: JobControl, *, sampled: bool) -> None:
        super().__init__()
        self._control = control
        self._running = True
        self._shown: Progress | None = None
        self._timer = QTimer(self) if sampled else None
        if self._timer is not None:
            self._timer.timeout.connect(self._sample)
            self._timer.start(SAMPLING_MS)

    @property
    def is_running(self) -> bool:
        """Whether the job has not ended yet, as the GUI thread sees it."""
        return self._running

    @property
    def progress(self) -> Progress:
        """The latest snapshot."""
        return self._control.progress

    def cancel(self) -> None:
        """Ask for an end at the next checkpoint; the job then ends as cancelled."""
        self._control.cancel()

    def pause(self) -> None:
        """Hold at the next checkpoint."""
        self._control.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._control.resume()

    def receive(self, value: object) -> None:
        """For the runner: pass on what the work posted."""
        if not self._control.cancelled:
            self.posted.emit(value)

    def settle(self, outcome: object) -> None:
        """For the runner: end with a `Trouble`, a `Cancelled`, or the `Result`."""
        self._running = False
        if self._timer is not None:
            self._timer.stop()
        if self._control.cancelled or isinstance(outcome, Cancelled):
            self.cancelled.emit()
        elif isinstance(outcome, Result):
            self.succeeded.emit(outcome.value)
        else:
            self.failed.emit(outcome)
        self.finished.emit()

    def _sample(self) -> None:
        progress = self._control.progress
        if progress != self._shown:
            self._shown = progress
            self.progressed.emit(progress)


@dataclass(frozen=True, slots=True)
class Result:
    """What the work returned."""

    value: object


class JobRunner(QObject):
    """Runs jobs on a few named threads. GUI thread only.

    The threads know a job only by its number, so that no job is ever freed in one of them.

    Attributes:
        may_fetch: Whether a job may fetch what a person drops or pastes as a link.
    """

    _sent = Signal(int, object)
    _ended = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.may_fetch = True
        self._pools: dict[Lane, ThreadPoolExecutor] = {}
        self._jobs: dict[int, Job] = {}
        self._started = 0
        self._is_closed = False
        self._sent.connect(self._on_sent, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is run any more."""
        return self._is_closed

    @property
    def running(self) -> int:
        """How many jobs have not ended yet."""
        return len(self._jobs)

    def start(self, work: Callable[[Task], object], *, lane: Lane, sampled: bool = False) -> Job:
        """Run `work` behind the window; jobs of one lane start in the order of the calls.

        After `close` nothing is run any more, and the job ends as cancelled.

        Args:
            work: Called in a worker thread. It may block, and should call
                `JobControl.checkpoint` between units of work.
            lane: Threads to run on.
            sampled: Emit `Job.progressed` ten times a second while the progress changes.
        """
        self._started += 1
        number, control = self._started, JobControl()
        job = self._jobs[number] = Job(control, sampled=sampled)
        if self._is_closed:
            self._ended.emit(number, Cancelled())
        else:
            self._pool(lane).submit(self._run, number, work, control)
        return job

    def close(self) -> None:
        """End everything and wait for the threads; every job has ended when this returns.

        What a person changed is still kept; all else is cancelled.
        """
        self._is_closed = True
        for lane in (Lane.JUDGE, Lane.GROUPS):
            if lane in self._pools:
                self._pools.pop(lane).shutdown(wait=True)
        for job in self._jobs.values():
            job.cancel()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        while self._jobs:  # an end may start another job, which ends likewise
            self._on_ended(next(iter(self._jobs)), Cancelled())
        self._pools.clear()

    def _run(self, number: int, work: Callable[[Task], object], control: JobControl) -> None:
        """Worker thread: do the work and send the outcome across."""
        task = Task(control, lambda value: self._sent.emit(number, value))
        self._ended.emit(number, _attempt(work, task))

    def _on_sent(self, number: int, value: object) -> None:
        if number in self._jobs:
            self._jobs[number].receive(value)

    def _on_ended(self, number: int, outcome: object) -> None:
        job = self._jobs.pop(number, None)  # None where `close` has ended it already
        if job is not None:
            job.settle(outcome)

    def _pool(self, lane: Lane) -> ThreadPoolExecutor:
        if lane not in self._pools:
            name, threads = lane.value
            self._pools[lane] = ThreadPoolExecutor(threads, thread_name_prefix=f"relsim-{name}")
        return self._pools[lane]


def _attempt(work: Callable[[Task], object], task: Task) -> object:
    try:
        task.control.checkpoint()
        return Result(work(task))
    except Cancelled as end:
        return end
    except KnownError as error:
        return Trouble(error.in_window, is_model=isinstance(error, ModelError))
    except BaseException as error:  # noqa: BLE001 - a job always ends; a defect is shown
        return Trouble(f"Unexpected error: {error!r}", traceback.format_exc())
