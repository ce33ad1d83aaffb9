"""Watches the GUI thread: how long it works without coming back to its event loop, and on what."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
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
        doing: The innermost function of ours in the sample that was taken most often.
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
        self._gui = threading.get_ident()
        self._done = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._dispatcher.awake.connect(self._on_awake)
        self._dispatcher.aboutToBlock.connect(self._on_block)
        self._sampler.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._sampler.join()
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

    def _sample(self) -> None:
        while not self._done.wait(SAMPLING_S):
            awake = self._awake
            if awake is None or time.perf_counter() - awake[0] < 2 * SAMPLING_S:
                continue
            frame = sys._current_frames().get(self._gui)
            doing = _ours(frame) if frame is not None else ""
            self._samples[doing] = self._samples.get(doing, 0) + 1


def _ours(frame: object) -> str:
    """The innermost two functions of the program on a stack."""
    stack = [
        entry
        for entry in traceback.extract_stack(frame)  # type: ignore[arg-type]
        if "relsim_desktop" in entry.filename or "/engine/" in entry.filename
    ]
    return " < ".join(f"{e.filename.rsplit('/', 1)[-1]}:{e.lineno} {e.name}" for e in stack[:-3:-1])


def worst(stalls: list[Stall]) -> dict[str, object]:
    """The figures of a flow: its longest stretches by clock and by processor, and what they did."""
    if not stalls:
        return {"stretches": 0}
    longest = max(stalls, key=lambda stall: stall.wall_ms)
    busiest = max(stalls, key=lambda stall: stall.cpu_ms)
    return {
        "stretches": len(stalls),
        "over_16_ms": sum(stall.wall_ms > 16 for stall in stalls),
        "worst_wall_ms": round(longest.wall_ms, 1),
        "worst_wall": longest.doing,
        "worst_cpu_ms": round(busiest.cpu_ms, 1),
        "worst_cpu": busiest.doing,
    }
