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

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl, Progress

SAMPLING_MS = 100


class Lane(Enum):
    """Which threads a job runs on; the value is their name and how many there are."""

    INDEX = ("index", 1)
    QUERY = ("query", 2)
    PICTURE = ("picture", 2)
    MODEL = ("model", 1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a job failed.

    Attributes:
        text: One sentence for people.
        details: A traceback to copy into a report when it is a defect of ours, else None.
    """

    text: str
    details: str | None = None


class Task:
    """The worker's end of a job, handed to the function that does the work."""

    def __init__(self, control: JobControl, post: Callable[[object], None]) -> None:
        self.control = control
        self.post = post
        """Send a value to `Job.posted`; any thread."""


class Job(QObject):
    """One piece of work. It ends exactly once: succeeded, failed or cancelled; then `finished`.

    A cancelled job never succeeds: its result is dropped even if the work was done by then.
    """

    posted = Signal(object)
    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    # Emitted in the worker thread; everything above is emitted in the GUI thread.
    _sent = Signal(object)
    _outcome = Signal(object)

    def __init__(self, work: Callable[[Task], object], *, sampled: bool) -> None:
        super().__init__()
        self._work = work
        self._control = JobControl()
        self._running = True
        self._shown: Progress | None = None
        self._sent.connect(self._on_sent, Qt.ConnectionType.QueuedConnection)
        self._outcome.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._timer: QTimer | None = None
        if sampled:
            self._timer = QTimer(self)
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

    def _run(self) -> None:
        """Worker thread: do the work and send the outcome across."""
        self._outcome.emit(self._attempt())

    def _attempt(self) -> object:
        if self._control.cancelled:
            return Cancelled()
        try:
            return _Result(self._work(Task(self._control, self._sent.emit)))
        except Cancelled as end:
            return end
        except KnownError as error:
            return Trouble(str(error))
        except Exception as error:  # noqa: BLE001 - a defect is shown, never swallowed
            return Trouble(f"Unexpected error: {error!r}", traceback.format_exc())

    def _on_sent(self, value: object) -> None:
        if self._running and not self._control.cancelled:
            self.posted.emit(value)

    def _settle(self, outcome: object) -> None:
        if not self._running:
            return
        self._running = False
        if self._timer is not None:
            self._timer.stop()
        if self._control.cancelled or isinstance(outcome, Cancelled):
            self.cancelled.emit()
        elif isinstance(outcome, _Result):
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
class _Result:
    value: object


class JobRunner(QObject):
    """Runs jobs on a few named threads. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[Lane, ThreadPoolExecutor] = {}
        self._jobs: set[Job] = set()
        self._is_closed = False

    @property
    def running(self) -> int:
        """How many jobs have not ended yet."""
        return len(self._jobs)

    def start(self, work: Callable[[Task], object], *, lane: Lane, sampled: bool = False) -> Job:
        """Run `work` behind the window; jobs of one lane start in the order of the calls.

        Args:
            work: Called in a worker thread. It may block, and should call
                `JobControl.checkpoint` between units of work.
            lane: Threads to run on.
            sampled: Emit `Job.progressed` ten times a second while the progress changes.
        """
        job = Job(work, sampled=sampled)
        if self._is_closed:
            job.cancel()
            job._outcome.emit(Cancelled())
            return job
        self._jobs.add(job)
        job.finished.connect(lambda: self._jobs.discard(job))
        self._pool(lane).submit(job._run)
        return job

    def close(self) -> None:
        """Cancel everything and wait for the threads; every job has ended when this returns."""
        self._is_closed = True
        for job in self._jobs:
            job.cancel()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        for job in list(self._jobs):
            job._settle(Cancelled())
        self._pools.clear()

    def _pool(self, lane: Lane) -> ThreadPoolExecutor:
        if lane not in self._pools:
            name, threads = lane.value
            self._pools[lane] = ThreadPoolExecutor(threads, thread_name_prefix=f"relsim-{name}")
        return self._pools[lane]
