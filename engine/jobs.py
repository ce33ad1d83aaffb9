"""Control and progress of one long job: written by the worker, sampled by whoever watches.

A job ends exactly once: it returns (succeeded), raises `Cancelled`, or raises another error.
Progress is a value that the watcher samples when it likes; nothing is pushed per image.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from typing import Literal


class Cancelled(Exception):  # noqa: N818 - an outcome, not an error
    """Raised inside a job at its next checkpoint after `JobControl.cancel`."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A snapshot of a job.

    Attributes:
        phase: What is going on now, as a short present participle ("Scanning", "Indexing").
        done: Files or bytes finished so far, failures included.
        total: Files or bytes there are, or None while that is unknown.
        failed: Files among `done` that could not be read.
        rate: Files or bytes a second over the last few seconds; 0.0 until it is known.
        remaining: Seconds left at that rate, or None while that is unknown.
        paused: Whether the job waits for `JobControl.resume`.
        unit: What `done`, `total` and `rate` count.
    """

    phase: str = ""
    done: int = 0
    total: int | None = None
    failed: int = 0
    rate: float = 0.0
    remaining: float | None = None
    paused: bool = False
    unit: Literal["files", "bytes"] = "files"


class JobControl:
    """Lets a watcher pause, resume and cancel a job, and sample its progress. Thread-safe."""

    _WINDOW_S = 8.0  # the rate is that of the last seconds, so that it follows large files

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._cancelled = threading.Event()
        self._progress = Progress()
        self._history: deque[tuple[float, int]] = deque()
        self._lock = threading.Lock()

    def pause(self) -> None:
        """Hold the job at its next checkpoint; one that was cancelled goes on to its end."""
        with self._lock:
            if not self._cancelled.is_set():
                self._running.clear()

    def resume(self) -> None:
        """Let a paused job go on."""
        with self._lock:
            self._history.clear()  # time spent paused is not part of the rate
        self._running.set()

    def cancel(self) -> None:
        """End the job at its next checkpoint, also when it is paused."""
        with self._lock:
            self._cancelled.set()
            self._running.set()

    @property
    def paused(self) -> bool:
        """Whether the job was told to pause."""
        return not self._running.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether the job was told to cancel."""
        return self._cancelled.is_set()

    def checkpoint(self) -> None:
        """Called by the job between units of work: waits while paused.

        Raises:
            Cancelled: If the job was told to cancel.
        """
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def report(
        self,
        phase: str,
        done: int,
        total: int | None,
        failed: int = 0,
        *,
        unit: Literal["files", "bytes"] = "files",
    ) -> None:
        """Called by the job: replace the snapshot that watchers see.

        Args:
            phase: See `Progress.phase`.
            done: Files or bytes finished so far in this phase.
            total: Files or bytes there are, or None.
            failed: Files that could not be read.
            unit: What is counted.
        """
        now = time.monotonic()
        with self._lock:
            if phase != self._progress.phase:
                self._history.clear()
            self._history.append((now, done))
            while len(self._history) > 2 and now - self._history[0][0] > self._WINDOW_S:
                self._history.popleft()
            began, first = self._history[0]
            before = self._progress.rate if unit == self._progress.unit else 0.0
            rate = max(0.0, (done - first) / (now - began)) if now - began > 0.2 else before
            remaining = (total - done) / rate if total is not None and rate > 0 else None
            self._progress = Progress(phase, done, total, failed, rate, remaining, unit=unit)

    @property
    def progress(self) -> Progress:
        """The latest snapshot."""
        with self._lock:
            return replace(self._progress, paused=self.paused)
