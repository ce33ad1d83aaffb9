"""The VLM filter's recipe from labels to a folder that scores pictures, and its scorer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from PIL import Image

from engine.errors import KnownError, ModelError
from trainer.config import ConfigError, load_config
from trainer.filter.scorer import FILTER_FILE, ScorerSpec, read_filter_file
from trainer.filter.vlm import VlmScorer
from trainer.filter.vlm_command import train as train_command
from trainer.filter.vlm_training import (
    FilterTask,
    VlmFilterConfig,
    balanced_order,
    train_vlm_filter,
)
from trainer.progress import Reporter
from trainer.vlm.answering import AnsweringModel

SMALL = (
    "base.tiny.width=64",
    "base.tiny.layers=2",
    "base.tiny.vision_width=48",
    "base.tiny.vision_layers=2",
    "scenes.pictures=64",
    "scenes.held_out=24",
    "scenes.workers=1",
    "loop.batch_size=8",
    "loop.warmup_steps=2",
    "loop.threads=1",
    "loop.workers=1",
    "verifiers=1",
)
"""A run of seconds."""


def config_of(*changes: str) -> VlmFilterConfig:
    return load_config(VlmFilterConfig, "filter-tiny", [*SMALL, *changes])


def train(folder: Path, *changes: str) -> dict[str, Any]:
    return train_vlm_filter(config_of(*changes), folder, Reporter.silent(), device="cpu")


def labelled(folder: Path, labels: list[str | None]) -> Path:
    """Pictures of noise with these labels."""
    r = np.random.default_rng(0)
    lines = []
    for number, label in enumerate(labels):
        noise = r.integers(0, 256, (40, 40, 3), np.uint8)
        Image.fromarray(noise).save(folder / f"{number}.png")
        lines.append(json.dumps({"file": f"{number}.png", "label": label}))
    (folder / "labels.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a few steps, with the filter in its folder ``model``."""
    folder = tmp_path_factory.mktemp("filter")
    out = folder / "out"
    changes = [*SMALL, "loop.steps=4", "loop.save_every=2"]
    train_command("filter-tiny", changes, out, folder / "run", Reporter.silent())
    return folder


def test_a_filter_scores_as_it_did_in_training(made: Path) -> None:
    spec = ScorerSpec.read(made / "out")
    assert spec.kind == "vlm"
    assert spec.keep_rate == 0.3
    scorer = spec.load(device="cpu")
    content = read_filter_file(made / "out")
    held = made / "run" / "scenes" / "held-out"
    truth = [json.loads(line) for line in (held / "scenes.jsonl").read_text().splitlines()]
    prepared = []
    for line in truth:
        with Image.open(held / line["file"]) as image:
            prepared.append(scorer.prepare(image.convert("RGB")))
    scores = scorer.score(prepared)
    assert scores.shape == (24,)
    assert scores.dtype == np.float32
    assert spec.threshold == content["figures"]["threshold"]
    assert (scores >= spec.threshold - 1e-6).mean() == pytest.approx(content["figures"]["kept"])
    right = [(score >= 0.5) == line["label"] for score, line in zip(scores, truth, strict=True)]
    assert np.mean(right) == pytest.approx(content["figures"]["accuracy"], abs=0.05)
    assert_allclose(scorer.score(prepared[:1]), scores[:1], atol=1e-6)
    assert scorer.score([]).shape == (0,)


def test_the_same_filter_has_the_same_key_wherever_it_lies(made: Path) -> None:
    assert ScorerSpec.read(made / "out").key == ScorerSpec.read(made / "run" / "model").key
    assert VlmScorer.load(made / "out").key == ScorerSpec.read(made / "out").key


def test_a_finished_run_is_told_again_without_a_step(made: Path) -> None:
    before = (made / "run" / "metrics.jsonl").read_text()
    figures = train(made / "run", "loop.steps=4", "loop.save_every=2")
    assert (made / "run" / "metrics.jsonl").read_text() == before
    assert figures["pictures"] == 24
    assert 0 <= figures["auc"] <= 1


def test_scores_do_not_change_where_memory_is_short(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer = VlmScorer.load(made / "out", device="cpu")
    pictures = [
        scorer.prepare(Image.new("RGB", (50, 60), colour)) for colour in ("red", "blue", "white")
    ]
    whole = scorer.score(pictures)
    forward = AnsweringModel.forward

    def short(self: AnsweringModel, batch: Any) -> torch.Tensor:
        if len(batch.pictures) > 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return forward(self, batch)

    monkeypatch.setattr(AnsweringModel, "forward", short)
    assert_allclose(scorer.score(pictures), whole, atol=1e-6)
    assert scorer.batch_size == 1

    def never(*_: Any) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(AnsweringModel, "forward", never)
    with pytest.raises(ModelError, match="too little free memory to score one picture"):
        scorer.score(pictures)


def test_a_filter_with_other_weights_is_refused(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made / "out", tmp_path / "changed")
    weights = folder / "adapter_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match="other weights than it was saved with"):
        VlmScorer.load(folder)


def test_a_folder_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(KnownError, match="holds something else"):
        train_command("filter-tiny", [], tmp_path, tmp_path / "run", Reporter.silent())


def test_batches_hold_their_share_of_both_kinds() -> None:
    labels = np.arange(100) % 10 == 0
    config = config_of("loop.steps=1", "positive_share=0.25")
    order = balanced_order(labels, config)
    batches = [order(step) for step in range(90)]
    assert all(len(set(batch.tolist())) == 8 for batch in batches)
    assert all(labels[batch].sum() == 2 for batch in batches)
    assert all(labels[half].any() for batch in batches for half in (batch[:4], batch[4:]))
    assert len(np.unique(np.concatenate(batches[:5])[labels[np.concatenate(batches[:5])]])) == 10
    assert set(np.concatenate(batches).tolist()) == set(range(100))
    assert [b.tolist() for b in batches[:3]] == [order(step).tolist() for step in range(3)]


def test_two_people_are_compared(tmp_path: Path) -> None:
    source = labelled(tmp_path, ["yes", "no"] * 20)
    (tmp_path / "labels.jsonl").rename(tmp_path / "own.json")
    rows = ["key,label,annotator"]
    for number in range(40):
        rows.append(f"{number}.png,{'no' if number % 2 else 'yes'},ann")
        said = number % 2 == 0 if number % 5 else number % 2 == 1
        rows.append(f"{number}.png,{'yes' if said else 'no'},bob")
    (tmp_path / "labels.csv").write_text("\n".join(rows))
    figures = train(
        tmp_path / "run",
        "loop.steps=1",
        f"source={source}",
        f"labels={tmp_path / 'labels.csv'}",
        "held_out=0.4",
    )
    assert figures["annotators"]["pictures"] == 40
    assert figures["annotators"]["agreement"] == 0.8
    assert figures["filter_and_second"]["pictures"] > 0
    filed = read_filter_file(tmp_path / "run" / "model")
    assert filed["figures"]["filter_and_first"] == figures["filter_and_first"]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (["yes"] * 12, "labelled 'yes'"),
        ([None] * 12, "has a label"),
        (["yes"] * 8 + ["no"] * 20, r"label more, or lower loop\.batch_size"),
    ],
)
def test_labels_that_teach_nothing_are_told(
    tmp_path: Path, labels: list[str | None], words: str
) -> None:
    source = labelled(tmp_path, labels)
    with pytest.raises(KnownError, match=words):
        train(
            tmp_path / "run",
            f"source={source}",
            "held_out=0.3",
            "loop.steps=1",
            "loop.batch_size=16",
        )
    assert not (tmp_path / "run" / "metrics.jsonl").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("keep_rate=0", "keep_rate must lie between 0 and 1"),
        ("images=somewhere", "labels and images need a source"),
        ("loop.batch_size=1", "loop.batch_size must be at least 2"),
        ('scenes.relations=["gird"]', "there is no gird"),
        ("threshold=0.5", "unknown key threshold"),
    ],
)
def test_mistakes_of_a_configuration_are_told(change: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        config_of("loop.steps=1", change)


def test_a_filter_that_learned_nothing_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forward(self: AnsweringModel, batch: Any) -> torch.Tensor:
        weight = self.model.lm_head.weight
        return torch.zeros(len(batch.rows), len(weight)) + 0 * weight.sum()

    monkeypatch.setattr(AnsweringModel, "forward", forward)
    with pytest.raises(KnownError, match="it has learned nothing"):
        train(tmp_path, "loop.steps=1")
    assert not (tmp_path / "model" / FILTER_FILE).exists()


def test_a_filter_that_has_forgotten_everything_is_not_told_what_it_once_knew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = iter([np.linspace(0, 1, 24, dtype=np.float32), np.full(24, 0.5, np.float32)])
    monkeypatch.setattr(FilterTask, "_scores", lambda *_: next(measured))
    with pytest.raises(KnownError, match="it has learned nothing"):
        train(tmp_path, "loop.steps=1")
    assert not (tmp_path / "model" / FILTER_FILE).exists()
