from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from tiny_embedder import TinyEmbedder

from engine.errors import ModelError
from engine.model_thread import ModelThread


class Loader:
    """Loads the tiny embedder, after failing as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.threads: list[str] = []
        self._failures = failures

    def __call__(self) -> TinyEmbedder:
        self.threads.append(threading.current_thread().name)
        if len(self.threads) <= self._failures:
            raise ModelError("damaged")
        return TinyEmbedder()


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def models(loader: Loader) -> Iterator[ModelThread[TinyEmbedder]]:
    with closing(ModelThread(loader)) as models:
        yield models


def test_the_model_is_loaded_once_and_late_in_its_own_thread(
    models: ModelThread[TinyEmbedder], loader: Loader
) -> None:
    assert loader.threads == []
    names = {models.run(lambda _: threading.current_thread().name) for _ in range(5)}
    assert set(loader.threads) == names
    assert len(loader.threads) == 1
    assert threading.current_thread().name not in names


def test_calls_run_one_after_another_in_order(models: ModelThread[TinyEmbedder]) -> None:
    order: list[int] = []
    futures = [models.submit(lambda _, number=number: order.append(number)) for number in range(50)]
    for future in futures:
        future.result()
    assert order == list(range(50))


def test_an_error_reaches_the_caller_and_nobody_else(models: ModelThread[TinyEmbedder]) -> None:
    with pytest.raises(ZeroDivisionError):
        models.run(lambda _: 1 / 0)
    assert models.run(lambda embedder: embedder.batch_size) == TinyEmbedder.batch_size


def test_loading_is_tried_again_after_it_failed() -> None:
    with closing(ModelThread(Loader(failures=1))) as models:
        with pytest.raises(ModelError, match="damaged"):
            models.run(lambda embedder: embedder)
        assert models.run(lambda embedder: embedder.batch_size) == TinyEmbedder.batch_size


def test_closing_waits_for_the_running_call_and_drops_the_rest(loader: Loader) -> None:
    models = ModelThread(loader)
    begun, go_on = threading.Event(), threading.Event()

    def long(_: object) -> str:
        begun.set()
        go_on.wait(30)
        return "done"

    running, waiting = models.submit(long), models.submit(lambda _: "never")
    assert begun.wait(30)
    closing_thread = threading.Thread(target=models.close)
    closing_thread.start()
    while not waiting.cancelled():
        pass
    go_on.set()
    closing_thread.join(30)
    assert running.result() == "done"
    with pytest.raises(RuntimeError):
        models.submit(lambda _: "too late")


class Watched(TinyEmbedder):
    """Refers to itself in a circle, as models do, and says in which thread it was closed."""

    def __init__(self, log: list[str]) -> None:
        super().__init__()
        self.itself = self
        self._log_of_threads = log

    def close(self) -> None:
        super().close()
        self._log_of_threads.append(threading.current_thread().name)


class WatchedLoader:
    """Loads watched models; `gone` is set once the last one is out of memory."""

    def __init__(self, make: Callable[[list[str]], TinyEmbedder] = Watched) -> None:
        self.loaded = 0
        self.closed_in: list[str] = []
        self.gone = threading.Event()
        self._make = make

    def __call__(self) -> TinyEmbedder:
        self.loaded += 1
        self.gone.clear()
        model = self._make(self.closed_in)
        weakref.finalize(model, self.gone.set)
        return model


def test_an_idle_model_leaves_memory_and_is_loaded_anew_when_needed() -> None:
    loader = WatchedLoader()
    with closing(ModelThread(loader, idle_s=0.05)) as models:
        assert not models.is_loaded
        for loads in (1, 2, 3):
            name = models.run(lambda _: threading.current_thread().name)
            assert loader.gone.wait(30)
            assert not models.is_loaded
            assert loader.loaded == loads
            assert loader.closed_in == [name] * loads


def test_a_model_in_use_is_not_idle() -> None:
    loader = WatchedLoader()
    with closing(ModelThread(loader, idle_s=0.05)) as models:
        calls = [models.submit(lambda _: threading.Event().wait(0.1)) for _ in range(4)]
        for call in calls:
            call.result()
        assert loader.loaded == 1


def test_a_held_model_stays_and_goes_afterwards() -> None:
    loader = WatchedLoader()
    with closing(ModelThread(loader, idle_s=0.05)) as models:
        with models.hold(), models.hold() as model:
            assert not loader.gone.wait(0.3)
            assert not model.closed
            assert models.is_loaded
        del model
        assert loader.gone.wait(30)
        assert loader.loaded == 1


def test_without_a_limit_a_model_stays_until_the_thread_is_closed() -> None:
    loader = WatchedLoader()
    models = ModelThread(loader)
    name = models.run(lambda _: threading.current_thread().name)
    assert models.is_loaded
    models.close()
    models.close()
    assert loader.gone.is_set()
    assert loader.closed_in == [name]
    assert not models.is_loaded


def test_a_thread_that_never_loaded_closes_nothing() -> None:
    loader = WatchedLoader()
    ModelThread(loader, idle_s=0.05).close()
    assert (loader.loaded, loader.closed_in) == (0, [])


def test_an_error_that_is_kept_does_not_keep_the_model() -> None:
    loader = WatchedLoader()

    def fail(model: TinyEmbedder) -> None:
        try:
            model.embed([])
        except ValueError as error:
            raise RuntimeError(model.batch_size) from error

    with closing(ModelThread(loader, idle_s=0.05)) as models:
        future = models.submit(fail)
        kept = future.exception(30)
        assert isinstance(kept, RuntimeError)
        assert loader.gone.wait(30)


def test_a_model_that_cannot_be_closed_goes_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Stuck(Watched):
        def close(self) -> None:
            super().close()
            raise OSError("the device is lost")

    loader = WatchedLoader(Stuck)
    with closing(ModelThread(loader, idle_s=0.05)) as models, caplog.at_level(logging.WARNING):
        models.run(lambda _: None)
        assert loader.gone.wait(30)
        assert models.run(lambda model: model.batch_size) == TinyEmbedder.batch_size
        assert loader.loaded == 2
    assert "the device is lost" in caplog.text


def test_loading_that_fails_after_a_rest_reaches_the_caller_and_is_tried_again() -> None:
    loader = WatchedLoader()
    broken = threading.Event()

    def load() -> TinyEmbedder:
        if broken.is_set():
            raise ModelError("damaged")
        return loader()

    with closing(ModelThread(load, idle_s=0.05)) as models:
        models.run(lambda _: None)
        assert loader.gone.wait(30)
        broken.set()
        with pytest.raises(ModelError, match="damaged"):
            models.run(lambda _: None)
        broken.clear()
        assert models.run(lambda model: model.batch_size) == TinyEmbedder.batch_size


def test_a_hold_ends_well_when_the_thread_was_closed_meanwhile() -> None:
    models = ModelThread(WatchedLoader())
    with models.hold() as model:
        models.close()
        assert model.closed
    with pytest.raises(RuntimeError, match="closed"), models.hold():
        pass
