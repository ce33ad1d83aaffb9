"""Reads the batches of the next steps while the model computes this one."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, Self, TypeVar

from engine.types import UInt8

Key = TypeVar("Key")
Item = TypeVar("Item")


REMEMBERED = 1 << 30
"""Bytes of prepared pictures that are kept from one epoch to the next."""


class Remembered(Generic[Key]):
    """Loads arrays, and keeps those of the first keys in memory until it is full. Thread-safe.

    Each is asked for once an epoch, so that there is no better choice of which to keep.

    Args:
        load: Makes the array of a key.
        limit: In bytes.
    """

    def __init__(self, load: Callable[[Key], UInt8], limit: int = REMEMBERED) -> None:
        self._load, self._free = load, limit
        self._kept: dict[Key, UInt8] = {}
        self._lock = threading.Lock()

    def __call__(self, key: Key) -> UInt8:
        """The array of a key."""
        array = self._kept.get(key)
        if array is None:
            array = self._load(key)
            with self._lock:
                if key not in self._kept and array.nbytes <= self._free:
                    self._kept[key] = array
                    self._free -= array.nbytes
        return array


class Prefetcher(Generic[Key, Item]):
    """Loads items in threads, so many ahead of the one that is asked for. A context manager.

    Args:
        keys: Of a step, in order.
        load: Makes an item of a key; any thread.
        workers: Threads.
        ahead: Steps that are loaded before they are asked for.
    """

    def __init__(
        self,
        keys: Callable[[int], Iterable[Key]],
        load: Callable[[Key], Item],
        workers: int,
        ahead: int = 2,
    ) -> None:
        self._keys, self._load, self._ahead = keys, load, ahead
        self._pool = ThreadPoolExecutor(workers, "prefetch")
        self._next = -1
        self._waiting: deque[list[Future[Item]]] = deque()

    def __call__(self, step: int, last: int) -> list[Item]:
        """The items of a step.

        Args:
            step: Steps are asked for one after another; another one begins anew.
            last: Nothing is loaded for this step and those after it.

        Raises:
            Exception: What `load` raised.
        """
        if step != self._next:
            self._cancel()
            self._next = step
        self._next += 1
        while len(self._waiting) <= self._ahead and step + len(self._waiting) < last:
            keys = self._keys(step + len(self._waiting))
            self._waiting.append([self._pool.submit(self._load, key) for key in keys])
        return [future.result() for future in self._waiting.popleft()]

    def _cancel(self) -> None:
        for futures in self._waiting:
            for future in futures:
                future.cancel()
        self._waiting.clear()

    def __enter__(self) -> Self:
        """Does nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the threads."""
        self._cancel()
        self._pool.shutdown(cancel_futures=True)
