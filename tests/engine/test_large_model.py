"""A large model gives its memory back: when it is closed, idle, or could not be loaded."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from golden_files import golden
from large_models import Shape, captioner_spec, linked, make_base, make_relsim, relsim_spec

from engine.errors import ModelError
from engine.model_set import ModelSet
from engine.models.chosen import ModelRequest, choose
from engine.models.device import FULL
from engine.models.large import LargeModel
from engine.models.manager import ModelManager
from engine.models.qwen import QwenBase
from engine.store import Store
from engine.types import Captioner, Embedder, Float32, UInt8

PICTURE: UInt8 = np.full((84, 112, 3), 77, np.uint8)


def embed(embedder: Embedder) -> Float32:
    return embedder.embed([PICTURE]).relational


class Watch:
    """Knows which of the models that were loaded are still in memory."""

    def __init__(self) -> None:
        self._models: list[weakref.ref[object]] = []
        self._load = QwenBase.load

    def load(self, *arguments: Any, **options: Any) -> QwenBase:
        base = self._load(*arguments, **options)
        self._models += [weakref.ref(base.model), weakref.ref(base.core.visual)]
        return base

    def __len__(self) -> int:
        gc.collect()
        return sum(model() is not None for model in self._models) // 2


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(QwenBase, "load", watch.load)
    return watch


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "waited a minute for nothing"
        time.sleep(0.01)


def test_nothing_keeps_a_model_that_was_closed(in_memory: Watch) -> None:
    large = LargeModel.load(relsim_spec(), captioner_spec(), FULL)
    assert large.embedder is not None
    assert large.captioner is not None
    first = embed(large.embedder)
    large.captioner.generate([PICTURE], max_tokens=2)
    assert np.array_equal(embed(large.embedder), first)
    table = weakref.ref(large._base.embeddings)
    assert len(in_memory) == 1
    large.close()
    assert len(in_memory) == 0
    assert table() is None


MEASURE = """
import gc, json, sys
from pathlib import Path
import numpy as np, psutil
from large_models import relsim_spec
from engine.models.large import LargeModel

def rss():
    return psutil.Process().memory_info().rss

def load_and_close():
    large = LargeModel.load(relsim_spec(*map(Path, sys.argv[1:])), None, ("float32",))
    large.embedder.embed([np.zeros((56, 56, 3), np.uint8)])
    loaded = rss()
    large.close()
    return loaded

load_and_close()  # libraries stay
before = rss()
loaded = load_and_close()
print(json.dumps([before, loaded, rss()]))
"""


def test_memory_falls_by_the_size_of_the_model(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base", Shape(width=512, heads=32, inner=512, layers=2))
    relsim = make_relsim(tmp_path / "relsim", base, resized=False)
    size = 2 * (base / "model.safetensors").stat().st_size  # it is in float32 in memory
    assert size > 300e6
    path = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{MEASURE}", relsim, base],
        check=True,
        capture_output=True,
        text=True,
    )
    before, loaded, after = json.loads(done.stdout)
    assert loaded - before > 0.8 * size
    assert loaded - after > 0.8 * size
    assert after - before < 0.2 * size


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "library")) as opened:
        yield opened


def model_set(store: Store, relsim: Path, captioner: Path | None = None) -> ModelSet:
    request = ModelRequest(
        relsim,
        golden("relsim-tiny", "base"),
        captioner,
        precision="float32",
    )
    chosen = choose(request, ModelManager(), lambda *_: None)
    return ModelSet(chosen, store, store.directory / "cache")


def test_an_idle_model_leaves_memory_and_comes_back(
    store: Store, in_memory: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELSIM_IDLE_S", "0.2")
    with closing(model_set(store, golden("relsim-tiny", "relsim"))) as models:
        first = models.large_embedder.run(embed)
        wait_until(lambda: not models._large.is_loaded)
        assert len(in_memory) == 0
        with models.large_embedder.hold() as embedder:
            assert embedder.batch_size > 0
            time.sleep(0.5)
            assert models._large.is_loaded, "what is held stays"
        wait_until(lambda: not models._large.is_loaded)
        assert np.array_equal(models.large_embedder.run(embed), first)


def test_both_parts_live_on_one_base_and_go_together(store: Store, in_memory: Watch) -> None:
    def batch_size(captioner: Captioner) -> int:
        return captioner.batch_size

    folders = golden("relsim-tiny", "relsim"), golden("relsim-tiny", "captioner")
    with closing(model_set(store, *folders)) as models:
        assert models.captioner.run(batch_size) > 0
        models.large_embedder.run(embed)
        assert len(in_memory) == 1
        models.unload_large()
        assert len(in_memory) == 0
        models.large_embedder.run(embed)
    assert len(in_memory) == 0


def test_a_load_that_failed_leaves_nothing_and_is_tried_again(
    store: Store, tmp_path: Path, in_memory: Watch
) -> None:
    released = golden("relsim-tiny", "relsim")
    name = "projection_and_config.pt"
    folder = linked(released, tmp_path / "relsim", without=(name,))
    (folder / name).write_bytes(b"damaged")
    errors = []
    with closing(model_set(store, folder)) as models:
        for _ in range(2):
            with pytest.raises(ModelError, match="relsim") as caught:
                models.large_embedder.run(embed)
            errors.append(caught.value)  # somebody shows it
            assert not models._large.is_loaded
            assert len(in_memory) == 0
        (folder / name).unlink()
        (folder / name).symlink_to(released / name)
        expected = models.large_embedder.run(embed)
        assert np.linalg.norm(expected) == pytest.approx(1.0, abs=1e-6)


def test_checkpoints_of_two_bases_do_not_meet(tmp_path: Path) -> None:
    other = linked(golden("relsim-tiny", "base"), tmp_path / "base")
    with pytest.raises(ModelError, match="do not share a base model"):
        LargeModel.load(relsim_spec(), captioner_spec(base=other), FULL)
