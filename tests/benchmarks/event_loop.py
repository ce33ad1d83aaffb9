"""Watches the GUI thread: how long it works without coming back to its event loop, and on what."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QAbstractEventDispatcher

SAMPLING_S = 0.004


@dataclass(slots=True)
class Stall:
    """A stretch in which the GUI thread did not wait.

    Attributes:
        wall_ms: How long it lasted.
        cpu_ms: How long the thread was on a processor meanwhile; the rest it waited for one, for
            Python's lock, or for a disk.
        doing: The innermost functions of ours, as most samples of the stack show them.
    """

    wall_ms: float
    cpu_ms: float
    doing: str = ""


class Watchdog:
    """A context manager around a running application; GUI thread only.

    Several events that are handled one after another without a wait in between count as one
    stretch, so that what is reported is the longest that a person's click may have to wait.
    """

    def __init__(self) -> None:
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None, "there is an application"
        self._dispatcher = dispatcher
        self._awake: tuple[float, float] | None = None
        self._stalls: list[Stall] = []
        self._samples: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._dispatcher.awake.connect(self._on_awake)
        self._dispatcher.aboutToBlock.connect(self._on_block)
        # The handler runs in this thread, between two steps of Python's, so its stack stands still.
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, SAMPLING_S, SAMPLING_S)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)
        self._dispatcher.awake.disconnect(self._on_awake)
        self._dispatcher.aboutToBlock.disconnect(self._on_block)

    @contextmanager
    def flow(self) -> Iterator[list[Stall]]:
        """Collects the stretches of what is done inside, which has to let the event loop run."""
        self._stalls = []
        yield self._stalls
        self._on_block()

    def _on_awake(self) -> None:
        if self._awake is None:
            self._samples = {}
            self._awake = (time.perf_counter(), time.thread_time())

    def _on_block(self) -> None:
        if self._awake is None:
            return
        wall, cpu = self._awake
        self._awake = None
        samples = self._samples
        doing = max(samples, key=samples.__getitem__) if samples else ""
        taken = (time.perf_counter() - wall) * 1000
        self._stalls.append(Stall(taken, (time.thread_time() - cpu) * 1000, doing))

    def _sample(self, _: int, frame: FrameType | None) -> None:
        if self._awake is not None:
            doing = _ours(frame)
            self._samples[doing] = self._samples.get(doing, 0) + 1


def _ours(frame: FrameType | None) -> str:
    """The innermost two functions of the program on a stack."""
    stack: list[str] = []
    while frame is not None and len(stack) < 2:
        code = frame.f_code
        if "relsim_desktop" in code.co_filename or "/engine/" in code.co_filename:
            stack.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(stack)


def worst(stalls: list[Stall]) -> dict[str, object]:
    """The figures of a flow: its longest stretches by clock and by processor, and what they did."""
    if not stalls:
        return {"stretches": 0}
    longest = max(stalls, key=lambda stall: stall.wall_ms)
    busiest = max(stalls, key=lambda stall: stall.cpu_ms)
    return {
        "stretches": len(stalls),
        "over_16_ms": sum(stall.wall_ms > 16 for stall in stalls),
        "over_16_ms_of_processor": sum(stall.cpu_ms > 16 for stall in stalls),
        "worst_wall_ms": round(longest.wall_ms, 1),
        "worst_wall": longest.doing,
        "worst_cpu_ms": round(busiest.cpu_ms, 1),
        "worst_cpu": busiest.doing,
    }
