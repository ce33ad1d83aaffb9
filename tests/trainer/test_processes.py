"""Several processes compute what one computes from the same batch, however they share the work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import processes_worker
import pytest
import torch
from processes_worker import BROKEN, CASES, WAYS, train
from small_training import assert_same, metrics_of, state_of, write_pictures
from torch import Tensor

from trainer.training import loop
from trainer.training.world import World

GRADIENTS = "gradients.pt"
ROUNDING = {"bfloat16": 0.02}
"""Gradients in float32 differ by the order of sums; products in bfloat16 by a row's company."""

EARLY = {"bfloat16": 2e-3, "weights": 2e-3}
"""The first steps of AdamW are as long for a gradient that is nothing but rounding."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``one/case`` of this process, and ``two/way`` of two processes that torchrun started."""
    folder = tmp_path_factory.mktemp("processes")
    data = write_pictures(folder / "data").parent
    with World.start("cpu") as world, pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "draw_curves", lambda *_: None)
        for case, parts in CASES.items():
            train(data, folder / "one" / case, parts, world)
    script = Path(processes_worker.__file__)
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    done = subprocess.run(
        [*launcher, script, data, folder / "two"],
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(script.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr + done.stdout == ""  # no warning, and nothing left open
    return folder


def furthest(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> float:
    """Largest difference of a tensor, as a share of its largest number."""
    assert one.keys() == other.keys()
    return max(
        float((value - other[name]).abs().max()) / max(float(value.abs().max()), 1e-6)
        for name, value in one.items()
    )


@pytest.mark.parametrize("way", WAYS)
def test_gradients_and_figures_are_those_of_one_process(runs: Path, way: str) -> None:
    case, _ = WAYS[way]
    one, two = runs / "one" / case, runs / "two" / way
    gradients = [torch.load(folder / GRADIENTS, weights_only=True) for folder in (one, two)]
    assert furthest(*gradients) <= ROUNDING.get(case, 3e-6)
    trained = [state_of(folder).trained for folder in (one, two)]
    assert trained[0].keys() == trained[1].keys()
    for name, value in trained[0].items():
        bound = EARLY.get(case, 1e-6)
        torch.testing.assert_close(trained[1][name], value, atol=bound, rtol=0)
    rounding = ROUNDING.get(case, 1e-5)
    for mine, theirs in zip(metrics_of(one), metrics_of(two), strict=True):
        assert mine.keys() == theirs.keys()
        if "held_out/caption_mrr" not in mine:
            assert theirs == pytest.approx(mine, rel=rounding)


def test_processes_go_on_to_the_same_end(runs: Path) -> None:
    folder = runs / "two" / BROKEN
    unbroken = torch.load(folder / "unbroken.pt", weights_only=True)
    assert_same(unbroken, state_of(folder).trained)
    assert [line["step"] for line in metrics_of(folder)] == [0, 1, 2, 2]


def test_low_rank_weights_stay_float32_where_the_base_is_bfloat16(runs: Path) -> None:
    trained = state_of(runs / "two" / "bfloat16-sharded").trained
    assert {value.dtype for value in trained.values()} == {torch.float32}


def test_a_whole_run_of_several_processes_leaves_one_of_everything(runs: Path) -> None:
    folder = runs / "two" / "whole"
    assert [line["step"] for line in metrics_of(folder)] == [0, 1, 2, 2]
    assert len(list((folder / "tensorboard").iterdir())) == 1
    assert (folder / "model" / "adapter_model.safetensors").is_file()
    assert not list(folder.rglob("*.partial"))
