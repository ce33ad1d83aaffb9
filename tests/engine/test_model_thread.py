from __future__ import annotations

import threading
from collections.abc import Iterator
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
def models(loader: Loader) -> Iterator[ModelThread]:
    with closing(ModelThread(loader)) as models:
        yield models


def test_the_model_is_loaded_once_and_late_in_its_own_thread(
    models: ModelThread, loader: Loader
) -> None:
    assert loader.threads == []
    names = {models.run(lambda _: threading.current_thread().name) for _ in range(5)}
    assert set(loader.threads) == names
    assert len(loader.threads) == 1
    assert threading.current_thread().name not in names


def test_calls_run_one_after_another_in_order(models: ModelThread) -> None:
    order: list[int] = []
    futures = [models.submit(lambda _, number=number: order.append(number)) for number in range(50)]
    for future in futures:
        future.result()
    assert order == list(range(50))


def test_an_error_reaches_the_caller_and_nobody_else(models: ModelThread) -> None:
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
