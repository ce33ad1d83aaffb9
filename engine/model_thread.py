"""The one serial thread that owns a model."""

from __future__ import annotations

import gc
import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Generic, Protocol, TypeVar

_log = logging.getLogger(__name__)


class Model(Protocol):
    """What a model thread can own."""

    def close(self) -> None:
        """Let go of memory; called in the model thread. The model is not used afterwards."""
        ...


T = TypeVar("T")
M = TypeVar("M", bound=Model)
M_co = TypeVar("M_co", bound=Model, covariant=True)


P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)


class Runs(Protocol[P_co]):
    """Runs calls to a model, or to a part of one, in the thread that owns it."""

    def submit(self, call: Callable[[P_co], T]) -> Future[T]:
        """See `ModelThread.submit`."""
        ...

    def run(self, call: Callable[[P_co], T]) -> T:
        """See `ModelThread.run`."""
        ...

    def hold(self) -> AbstractContextManager[P_co]:
        """See `ModelThread.hold`."""
        ...


class ModelThread(Generic[M_co]):
    """Loads a model when it is first needed, and runs all calls to it one after another.

    Calls run in the order of submission. Whoever has much to do submits one batch ahead, so that
    a short question of somebody else waits for a batch or two, not for all of them.

    A model that nobody has used or held for `idle_s` is closed and dropped in the thread, and
    loaded anew by the next call. So keep no reference to it beyond a call or a `hold`.

    Args:
        load: Makes the model; called in the thread, again after it has failed.
        idle_s: Seconds; None to keep the model until `close`.
    """

    def __init__(self, load: Callable[[], M_co], *, idle_s: float | None = None) -> None:
        self._load = load
        self._idle_s = idle_s
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        self._lock = threading.Lock()
        self._closed = False
        self._waiting: set[Future[Any]] = set()  # calls that have not ended
        # What follows is the model thread's own.
        self._model: M_co | None = None
        self._holders = 0
        self._used = 0.0
        self._alarm: threading.Timer | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether the model is in memory now."""
        return self._model is not None

    def submit(self, call: Callable[[M_co], T]) -> Future[T]:
        """Queue a call; its future fails with what loading or the call raises.

        Raises:
            RuntimeError: If the thread was closed.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the model thread is closed")
            future = self._executor.submit(self._run, call)
            self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        return future

    def run(self, call: Callable[[M_co], T]) -> T:
        """Queue a call and wait for its result. Never from the model thread itself."""
        return self.submit(call).result()

    @contextmanager
    def hold(self) -> Iterator[M_co]:
        """The model, for what any thread may call of it; it stays loaded until the block ends.

        Raises:
            RuntimeError: If the thread was closed.
        """
        model = self.run(self._take)
        try:
            yield model
        finally:
            del model
            with suppress(RuntimeError):  # closed meanwhile
                self._executor.submit(self._give_back)

    def part(self, choose: Callable[[M_co], P]) -> Runs[P]:
        """A part of the model, for whoever needs to know no more of it.

        Args:
            choose: Called in the thread, or while the model is held.
        """
        return _Part(self, choose)

    def unload(self) -> None:
        """Close the model after the calls before this one; the next call loads it anew."""
        with suppress(RuntimeError):  # closed, and so is the model
            self._executor.submit(self._unload).result()

    def close(self) -> None:
        """Drop what has not begun, wait for the call that has, and close the model."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for future in tuple(self._waiting):
                    future.cancel()
                self._executor.submit(self._unload)
        self._executor.shutdown(wait=True)
        if self._alarm is not None:
            self._alarm.cancel()

    def _run(self, call: Callable[[M_co], T]) -> T:
        try:
            if self._model is None:
                self._model = self._load()
            return call(self._model)
        except BaseException as error:
            _clear_frames(error)
            raise
        finally:
            self._rest()

    def _take(self, model: M_co) -> M_co:  # type: ignore[misc]  # it is the thread's own model
        self._holders += 1
        return model

    def _give_back(self) -> None:
        self._holders -= 1
        self._rest()

    def _rest(self) -> None:
        """The model has just been used: look again when it may have been idle for long enough."""
        self._used = time.monotonic()
        if self._idle_s is not None and not self._holders and self._alarm is None:
            self._set_alarm(self._idle_s)

    def _set_alarm(self, seconds: float) -> None:
        self._alarm = threading.Timer(seconds, self._ring)
        self._alarm.daemon = True
        self._alarm.start()

    def _ring(self) -> None:
        with suppress(RuntimeError):  # closed meanwhile
            self._executor.submit(self._unload_if_idle)

    def _unload_if_idle(self) -> None:
        self._alarm = None
        if self._idle_s is None or self._holders or self._waiting:
            return  # the next rest sets the alarm anew
        left = self._used + self._idle_s - time.monotonic()
        if left > 0:
            self._set_alarm(left)
        else:
            self._unload()

    def _unload(self) -> None:
        model, self._model = self._model, None
        if model is None:
            return
        try:
            model.close()
        except Exception as error:  # noqa: BLE001 - nobody waits for it, and it goes all the same
            _log.warning("the model did not close: %s", str(error))  # a record may be kept
        del model
        gc.collect()  # what refers to itself in a circle holds memory too


class _Part(Generic[M, P]):
    """See `ModelThread.part`."""

    def __init__(self, thread: ModelThread[M], choose: Callable[[M], P]) -> None:
        self._thread = thread
        self._choose = choose

    def submit(self, call: Callable[[P], T]) -> Future[T]:
        return self._thread.submit(lambda model: call(self._choose(model)))

    def run(self, call: Callable[[P], T]) -> T:
        return self.submit(call).result()

    @contextmanager
    def hold(self) -> Iterator[P]:
        with self._thread.hold() as model:
            yield self._choose(model)


def _clear_frames(error: BaseException | None) -> None:
    """Empty the frames of an error: whoever keeps it, to show it, must not keep the model."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
