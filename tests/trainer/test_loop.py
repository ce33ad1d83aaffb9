"""A run that was killed goes on to the same end; what is wrong with it is said in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import loop_worker
import pytest
from PIL import Image
from small_training import (
    SILENT,
    WITH_CHANCE,
    assert_same,
    metrics_of,
    small_config,
    state_of,
    write_pictures,
)

from engine.errors import KnownError
from trainer.contrastive.relsim import ContrastiveTask, train_relsim


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictures(tmp_path_factory.mktemp("loop") / "data")


@pytest.fixture(scope="module")
def whole(data: Path) -> Path:
    """A run that nothing happened to."""
    folder = data.parent.parent / "whole"
    train(data, folder)
    return folder


def train(data: Path, folder: Path) -> None:
    train_relsim(small_config(data, **WITH_CHANCE), folder, SILENT, "cpu")


def stop(data: Path, folder: Path, step: int, name: str) -> int:
    """Run until a signal at a step; returns the exit status."""
    script = Path(loop_worker.__file__)
    done = subprocess.run(
        [sys.executable, script, data, folder, str(step), name],
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(script.parent)},
        capture_output=True,
        check=False,
    )
    return done.returncode


def test_a_killed_run_ends_as_an_unbroken_one(data: Path, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert stop(data, folder, 3, "SIGKILL") == -signal.SIGKILL
    assert state_of(folder).step == 2
    assert metrics_of(folder)[-1]["step"] == 3  # it is repeated
    train(data, folder)
    assert metrics_of(folder) == metrics_of(whole)
    assert_same(state_of(whole).trained, state_of(folder).trained)
    assert_same(state_of(whole).moments, state_of(folder).moments)
    starts = json.loads((folder / "run.json").read_text())["starts"]
    assert len(starts) == 2


@pytest.mark.parametrize("step", [3, 4])  # between measurements, and just before one
def test_an_interrupted_run_loses_no_step(
    data: Path, whole: Path, tmp_path: Path, step: int
) -> None:
    folder = tmp_path / "run"
    assert stop(data, folder, step, "SIGINT") != 0
    assert state_of(folder).step == step
    train(data, folder)
    assert metrics_of(folder) == metrics_of(whole)
    assert_same(state_of(whole).trained, state_of(folder).trained)


def test_a_run_says_where_it_came_from_and_what_it_measured(whole: Path) -> None:
    [start] = json.loads((whole / "run.json").read_text())["starts"]
    assert start["commit"] is None or len(start["commit"].rstrip("+")) == 40
    assert {"torch", "transformers", "peft"} <= start["packages"].keys()
    assert start["pictures"] == {"train": 9, "held_out": 3}
    assert [line["step"] for line in metrics_of(whole)] == [0, 1, 2, 2, 3, 4, 4, 5, 5]
    with Image.open(whole / "curves.png") as curves:
        curves.load()
        assert min(curves.size) > 300


def test_a_finished_run_is_not_repeated(data: Path, whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "run")
    figures = train_relsim(small_config(data, **WITH_CHANCE), folder, SILENT, "cpu")
    assert metrics_of(folder) == metrics_of(whole)
    assert figures["held_out/caption_mrr"] == metrics_of(whole)[-1]["held_out/caption_mrr"]


def test_a_damaged_checkpoint_is_named_with_what_to_do(
    data: Path, whole: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(whole, tmp_path / "run")
    newest = folder / "checkpoints" / "step-00000005.safetensors"
    newest.write_bytes(newest.read_bytes()[:1000])
    with pytest.raises(KnownError, match=r"step-00000005.*damaged.*Remove it"):
        train(data, folder)
    newest.unlink()
    train(data, folder)
    assert_same(state_of(whole).trained, state_of(folder).trained)


def test_other_settings_need_another_folder(data: Path, whole: Path) -> None:
    config = small_config(data, **WITH_CHANCE | {"loss": {"temperature": 0.1}})
    with pytest.raises(KnownError, match="other settings"):
        train_relsim(config, whole, SILENT, "cpu")


def test_what_is_interrupted_before_the_first_step_ends_as_what_was_not(
    data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "run"
    with monkeypatch.context() as patch:
        patch.setattr(ContrastiveTask, "evaluate", interrupted)
        with pytest.raises(KeyboardInterrupt):
            train(data, folder)
    train(data, folder)
    assert metrics_of(folder) == metrics_of(whole)
    assert_same(state_of(whole).trained, state_of(folder).trained)
