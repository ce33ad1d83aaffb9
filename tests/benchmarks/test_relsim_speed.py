"""The benchmark of the large model, at the tiny shape and without the released package."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import gpu_relsim
import numpy as np
import pytest
from golden_files import GOLDEN, golden
from photo_like import picture, write_photos
from random_relsim import SHAPES, write
from relsim_speed import Worker, agreement, summary, table, take_turns, write_document
from relsim_worker import Task


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scratch")
    write(SHAPES["tiny"], golden(), folder / "tiny")
    return folder


@pytest.mark.parametrize("has_weights", [True, False], ids=["from files", "drawn"])
def test_a_worker_answers(scratch: Path, tmp_path: Path, *, has_weights: bool) -> None:
    pictures = tmp_path / "pictures.npy"
    np.save(pictures, np.stack([picture(seed, 448, 448) for seed in range(2)]))
    photos = write_photos(tmp_path / "photos", 2, 600, 450)
    task = Task(
        "tiny", str(scratch / "tiny"), has_weights, str(pictures), str(GOLDEN), "cpu", "float32"
    )
    with Worker(sys.executable, "own_relsim.py", task) as worker:
        assert "torch" in worker.ready["versions"]
        assert worker.ready["peak_rss"] > 0
        both = worker.ask("pictures", numbers=[0, 1])
        first, again = (worker.ask("pictures", numbers=[0]) for _ in range(2))
        files = worker.ask("files", paths=[str(path) for path in photos])
    assert both["seconds"] > 0
    np.testing.assert_allclose(np.linalg.norm(both["vectors"], axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(both["vectors"][0], first["vectors"][0], atol=1e-5)
    assert first["vectors"] == again["vectors"]
    assert np.shape(files["vectors"]) == (2, 384)


class _Answering:
    """Answers a fixed number of seconds; the conductor asks no more of a worker."""

    def __init__(self, seconds: list[float], asked: list[str], name: str) -> None:
        self._seconds = iter(seconds)
        self._asked = asked
        self._name = name

    def ask(self, **_: Any) -> dict[str, Any]:
        self._asked.append(self._name)
        vector = [0.6, 0.8] if self._name == "own" else [0.8, 0.6]
        return {"seconds": next(self._seconds), "vectors": [vector], "peak_rss": 2e9}


@pytest.fixture
def answers() -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    asked: list[str] = []
    workers: Any = {
        "released": _Answering([99, 4, 8], asked, "released"),
        "own": _Answering([99, 1, 4], asked, "own"),
    }
    return take_turns(workers, 2, {"released": {}, "own": {}}, warm_up=True), asked


def test_both_take_turns_and_the_first_round_is_not_counted(
    answers: tuple[dict[str, list[dict[str, Any]]], list[str]],
) -> None:
    found, asked = answers
    assert [answer["seconds"] for answer in found["own"]] == [1, 4]
    assert sorted(asked[:2]) == sorted(asked[2:4]) == ["own", "released"]
    assert asked[2:4] == asked[5:3:-1]


def test_ratios_are_those_of_each_round(
    answers: tuple[dict[str, list[dict[str, Any]]], list[str]], tmp_path: Path
) -> None:
    found, _ = answers
    counts = {"released": 8, "own": 8}
    result = summary(found, counts, {"released": 100, "own": 50}, matrix=1000.0)
    assert result["released"]["images_per_s"] == pytest.approx(1.5)
    assert result["own"]["images_per_s_range"] == [2, 8]
    assert result["own"]["share_of_matrix_rate"] == pytest.approx(5 * 50 / 1000)
    assert (result["ratio"], result["ratio_range"]) == (3, [2, 4])
    apart = agreement(found)
    assert apart["max_difference"] == pytest.approx(0.2)
    assert apart["min_cosine"] == pytest.approx(0.96)
    document = {
        "shape": "tiny",
        "dtype": "float32",
        "device": "A processor (R), 2 cores",
        "matrix_flops_per_s": 1e12,
        "equal_preparation": result | apart | {"pictures": 8},
    }
    path = write_document(document, tmp_path, "relsim-speed", ["tiny", "float32"])
    assert path.name == "relsim-speed-tiny-float32-a-processor-r-2-cores.json"
    assert "| 448 x 448, own | 5 (2-8) | 3.00 (2.00-4.00) |" in table(document)


@pytest.mark.parametrize("step", [pytest.param("drift", marks=pytest.mark.slow), "idle"])
def test_steps_for_a_graphics_device_run_on_the_processor(step: str, scratch: Path) -> None:
    arguments = argparse.Namespace(shape="tiny", device="cpu", golden=GOLDEN, scratch=scratch)
    found = gpu_relsim.STEPS[step](gpu_relsim.Bench(arguments))
    if step == "drift":
        assert found["bfloat16"]["min_cosine"] > 0.9999
        assert found["int4"]["min_cosine"] < found["int8"]["min_cosine"] < 1
    else:
        assert found["min_cosine_loaded_again"] == pytest.approx(1, abs=1e-5)
