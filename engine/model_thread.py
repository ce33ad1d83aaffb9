"""The one serial thread that owns the model."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from engine.types import Embedder

T = TypeVar("T")


class ModelThread:
    """Loads an embedder when it is first needed, and runs all calls to it one after another.

    Calls run in the order of submission. Whoever has much to do submits one batch ahead, so that
    a short question of somebody else waits for a batch or two, not for all of them.

    Args:
        load: Makes the embedder; called in the thread, again after it has failed.
    """

    def __init__(self, load: Callable[[], Embedder]) -> None:
        self._load = load
        self._embedder: Embedder | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")

    def submit(self, call: Callable[[Embedder], T]) -> Future[T]:
        """Queue a call; its future fails with what loading or the call raises.

        Raises:
            RuntimeError: If the thread was closed.
        """
        return self._executor.submit(self._run, call)

    def run(self, call: Callable[[Embedder], T]) -> T:
        """Queue a call and wait for its result. Never from the model thread itself."""
        return self.submit(call).result()

    def close(self) -> None:
        """Drop what has not begun, wait for the call that has, and let go of the model."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._embedder = None

    def _run(self, call: Callable[[Embedder], T]) -> T:
        if self._embedder is None:
            self._embedder = self._load()
        return call(self._embedder)
