"""A training that is killed goes on and ends with the same head; so do the features before it."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.types import Float32, UInt8
from trainer.arrangement import TOKENS
from trainer.contrastive.config import TrainingConfig
from trainer.contrastive.drawing import Plan
from trainer.contrastive.features import FeatureCache, fill_cache
from trainer.contrastive.training import Trainer, Vocabulary
from trainer.head import TOKEN_CHANNELS, RelationalHead
from trainer.progress import Reporter

TRAINING = TrainingConfig(epochs=3, batch_size=16, learning_rate=3e-3, threads=1)
SILENT = Reporter(stream=io.StringIO())


def material() -> tuple[np.ndarray, np.ndarray]:
    """Features in which the relation is easy to see: float16 ``[60, 49, 832]`` and its index."""
    generator = np.random.default_rng(0)
    relations = np.arange(60) % 3
    tokens = generator.normal(size=(60, TOKENS, TOKEN_CHANNELS)) * 0.3
    tokens[np.arange(60), :, relations] += 3
    return tokens.astype(np.float16), relations


def vocabulary() -> Vocabulary:
    vectors = np.eye(384, dtype=np.float32)[:7]
    captions = {"a": ["a1", "a2"], "b": ["b1", "b2", "b3"], "c": ["c1", "c2"]}
    return Vocabulary.build(captions, vectors)


def train(folder: Path, reporter: Reporter = SILENT) -> RelationalHead:
    tokens, relations = material()
    torch.manual_seed(5)
    head = RelationalHead(width=16, layers=1, heads=2, dropout=0.1, noise=0.1, reads="maps")
    Trainer(head, TRAINING, vocabulary(), 5, folder).fit(tokens, relations, reporter)
    return head


def kill(target: Callable[..., None], *arguments: object) -> None:
    """Run `target` in a process of its own, which kills itself."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def losses(folder: Path) -> list[float]:
    lines = (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [1, 2, 3]
    return [json.loads(line)["loss"] for line in lines]


def test_the_vocabulary_knows_whose_wording_a_caption_is() -> None:
    built = vocabulary()
    assert built.relations == ("a", "b", "c")
    assert built.relation_of.tolist() == [0, 0, 1, 1, 1, 2, 2]


def test_training_learns_and_repeats_itself(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        train(tmp_path / name)
    first = losses(tmp_path / "one")
    assert first[-1] < first[0] - 0.3
    assert first == losses(tmp_path / "two")


class Deadly(Reporter):
    """Kills its own process, as the system would, when a given step is reported."""

    def __init__(self, last: int) -> None:
        super().__init__(stream=io.StringIO())
        self._last = last

    def step(self, phase: str, done: int, total: int, **figures: float) -> None:
        if done == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def train_until_killed(folder: Path, step: int) -> None:
    train(folder, Deadly(step))


@pytest.mark.parametrize("step", [2, 5])  # in the middle of the first and of the second epoch
def test_a_killed_training_ends_as_an_unbroken_one(tmp_path: Path, step: int) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    expected = train(whole)
    kill(train_until_killed, killed, step)
    resumed = train(killed)
    for name, value in expected.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name
    assert losses(whole) == losses(killed)


def test_a_finished_training_is_not_repeated(tmp_path: Path) -> None:
    train(tmp_path)
    before = (tmp_path / "checkpoint.safetensors").stat().st_mtime_ns
    train(tmp_path)
    assert (tmp_path / "checkpoint.safetensors").stat().st_mtime_ns == before
    losses(tmp_path)


def brightness(pixels: Sequence[UInt8]) -> Float32:
    """Stands where the backbone stands: any function of the pixels shows what was drawn."""
    tokens = np.zeros((len(pixels), TOKENS, TOKEN_CHANNELS), np.float32)
    tokens[:, 0, 0] = [picture.mean() for picture in pixels]
    return tokens


def plan(scenes: int) -> Plan:
    return Plan("train", scenes, unrelated_every=5, held_out=False, seed=2, size=64)


def test_a_plan_gives_each_number_its_own_scene(tmp_path: Path) -> None:
    small, large = FeatureCache(tmp_path / "a", 10, 4), FeatureCache(tmp_path / "b", 15, 15)
    fill_cache(small, plan(10), brightness, 1, SILENT)
    fill_cache(large, plan(15), brightness, 1, SILENT)
    assert small.relations == large.relations[:10]
    assert small.relations[4] == small.relations[9] == "none"
    assert np.array_equal(small.tokens, large.tokens[:10])


def fill_until_killed(folder: Path) -> None:
    seen = []

    def deadly(pixels: Sequence[UInt8]) -> Float32:
        seen.append(len(pixels))
        if len(seen) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return brightness(pixels)

    fill_cache(FeatureCache(folder, 10, 4), plan(10), deadly, 1, SILENT)


def test_killed_features_go_on_by_chunk(tmp_path: Path) -> None:
    kill(fill_until_killed, tmp_path / "killed")
    killed = FeatureCache(tmp_path / "killed", 10, 4)
    assert [list(chunk) for chunk in killed.missing] == [[8, 9]]
    fill_cache(killed, plan(10), brightness, 1, SILENT)
    whole = FeatureCache(tmp_path / "whole", 10, 4)
    fill_cache(whole, plan(10), brightness, 1, SILENT)
    assert np.array_equal(killed.tokens, whole.tokens)
    assert killed.relations == whole.relations
