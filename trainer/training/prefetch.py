"""Reads the batches of the next steps while the model computes this one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, Self, TypeVar

Key = TypeVar("Key")
Item = TypeVar("Item")


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
