"""The captioner's recipe from drawn scenes to a checkpoint that the engine loads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from large_models import load_base
from PIL import Image

from engine.errors import KnownError, ModelError
from engine.models.captioner import AnonymousCaptioner
from engine.models.large_spec import CaptionerSpec
from engine.models.preparation import prepare
from engine.models.qwen import load_tokenizer
from trainer.captions.finetune import CaptionerConfig, Sayings, train_captioner
from trainer.config import ConfigError, load_config
from trainer.data.records import Record
from trainer.progress import Reporter
from trainer.scenes import RELATIONS
from trainer.vlm.answering import AnsweringModel, write_greedily

SMALL = (
    "base.tiny.width=64",
    "base.tiny.layers=2",
    "base.tiny.vision_width=48",
    "base.tiny.vision_layers=2",
    "data.scenes.train=64",
    "data.scenes.test=12",
    "data.scenes.workers=1",
    'data.scenes.relations=["grid", "isolated"]',
    "data.workers=1",
    "loop.batch_size=8",
    "loop.warmup_steps=2",
    "loop.threads=1",
    "written=4",
)
"""A run of seconds."""


def config_of(*changes: str) -> CaptionerConfig:
    return load_config(CaptionerConfig, "captioner-tiny", [*SMALL, *changes])


def train(folder: Path, *changes: str) -> dict[str, float]:
    return train_captioner(config_of(*changes), folder, Reporter.silent(), device="cpu")


def losses(folder: Path) -> list[float]:
    lines = map(json.loads, (folder / "metrics.jsonl").read_text().splitlines())
    return [line["loss"] for line in lines if "loss" in line]


def a_picture(folder: Path) -> Image.Image:
    with Image.open(folder / "scenes" / "test" / "000000.png") as image:
        return image.convert("RGB")


def test_the_engine_writes_what_the_model_in_training_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[AnsweringModel, list[tuple[int, ...]]]] = []

    def spying(forward: Any, model: AnsweringModel, pictures: Any, *rest: Any, **more: Any) -> Any:
        written = write_greedily(forward, model, pictures, *rest, **more)
        kept.append((model, written))
        return written

    monkeypatch.setattr("trainer.captions.finetune.write_greedily", spying)
    figures = train(tmp_path, "loop.steps=30", "loop.save_every=30", "loop.evaluate_every=0")
    assert figures["held_out/perplexity"] < 100
    model, written = kept[-1]
    folder = tmp_path / "model"
    base = load_base(folder / "base", writes=True)
    spec = CaptionerSpec("tiny", folder, folder / "base", "0" * 64)
    captioner = AnonymousCaptioner.load(spec, base)
    shown = []
    for number in range(4):
        with Image.open(tmp_path / "scenes" / "test" / f"{number:06d}.png") as image:
            shown.append(captioner.prepare(image.convert("RGB")))
    limit = max(map(len, written)) + 1
    tokens, _ = captioner.generate(shown, max_tokens=limit)
    unsaid = {model.prompt.end, load_tokenizer(folder).pad_token_id}
    theirs = [tuple(token for token in row if token not in unsaid) for row in tokens.tolist()]
    assert theirs == written


def test_a_run_that_was_cut_off_ends_as_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ("loop.steps=6", "loop.save_every=2", "lora.dropout=0.3")
    train(tmp_path / "whole", *settings)
    from trainer.vlm.finetuning import Learner

    backward = Learner.backward

    class Killed(BaseException):
        pass

    def killing(self: Learner, step: int, *rest: Any) -> Mapping[str, float]:
        if step == 3:
            raise Killed
        return backward(self, step, *rest)

    monkeypatch.setattr(Learner, "backward", killing)
    with pytest.raises(Killed):
        train(tmp_path / "cut", *settings)
    monkeypatch.undo()
    train(tmp_path / "cut", *settings)
    assert losses(tmp_path / "cut") == losses(tmp_path / "whole")
    assert len(losses(tmp_path / "cut")) == 6


def test_pieces_have_the_gradients_of_their_batch(tmp_path: Path) -> None:
    train(tmp_path / "whole", "loop.steps=3", "lora.dropout=0")
    train(tmp_path / "pieces", "loop.steps=3", "lora.dropout=0", "answers.piece=3")
    np.testing.assert_allclose(losses(tmp_path / "pieces"), losses(tmp_path / "whole"), rtol=1e-4)


def test_only_lora_is_trained_on_a_base_that_knows_something(tmp_path: Path) -> None:
    train(tmp_path / "first", "loop.steps=2")
    base = tmp_path / "first" / "model" / "base"
    settings = (
        f"base.name={base}",
        "base.trains=lora",
        "base.precision=bfloat16",
        "loop.precision=bfloat16",
        "loop.checkpointing=true",
        "loop.steps=2",
    )
    train(tmp_path / "second", *settings)
    made = tmp_path / "second" / "model"
    assert not (made / "base").exists()
    assert json.loads((made / "adapter_config.json").read_text())["base_model_name_or_path"] == str(
        base
    )
    loaded = load_base(base, writes=True)
    captioner = AnonymousCaptioner.load(CaptionerSpec("tiny", made, base, "0" * 64), loaded)
    picture = captioner.prepare(a_picture(tmp_path / "first"))
    assert captioner.generate([picture], max_tokens=2)[0].shape == (1, 2)


def test_sayings_are_judged_by_the_nearest_caption() -> None:
    records = [
        Record(str(number), Path("a.png"), caption=RELATIONS[name].captions[0], relation=name)
        for number, name in enumerate(["grid", "ring", "grid", "isolated"])
    ]
    sayings = Sayings.of(records, config_of("loop.steps=1"))
    said = [RELATIONS[name].captions[1] for name in ("grid", "ring", "ring", "isolated")]
    figures = sayings.figures(said)
    assert figures["named_right"] == 0.75
    assert figures["chance_named_right"] == 0.5
    assert figures["anonymous"] == 1.0
    unknown = [Record("a", Path("a.png"), caption="A {Subject} and its {Double}")]
    assert Sayings.of(unknown, config_of("loop.steps=1")).own == ("A {Subject} and its {Double}",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("data.train=/nowhere/at/all", "There is no /nowhere/at/all"),
        ("base.name=/nowhere/base", "is not here"),
        ("loop.batch_size=100", "fewer than one batch of 100"),
        ('data.scenes.relations=["gird"]', "gird"),
    ],
)
def test_mistakes_are_told_before_the_first_step(tmp_path: Path, change: str, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        train(tmp_path, "loop.steps=1", change)
    assert not (tmp_path / "metrics.jsonl").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("answers.preparation=native", "answers.preparation must be one of square448, squash448"),
        ("loop.stesp=3", "unknown key loop.stesp"),
        ("lora.rank=0", "lora.rank must be at least 1"),
    ],
)
def test_mistakes_of_a_configuration_are_told(change: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        config_of("loop.steps=1", change)


def test_empty_captions_are_told(tmp_path: Path) -> None:
    Image.new("RGB", (32, 32)).save(tmp_path / "a.png")
    lines = [json.dumps({"file": "a.png", "caption": " "})]
    (tmp_path / "list.jsonl").write_text("\n".join(lines))
    with pytest.raises(KnownError, match="1 empty-caption"):
        train(tmp_path / "run", "loop.steps=1", f"data.train={tmp_path / 'list.jsonl'}")


def test_a_base_without_a_conversation_is_told(tmp_path: Path) -> None:
    train(tmp_path / "first", "loop.steps=1")
    base = tmp_path / "first" / "model" / "base"
    (base / "chat_template.jinja").unlink()
    with pytest.raises(ModelError, match="no usable chat template"):
        train(tmp_path / "second", f"base.name={base}", "loop.steps=1")


def test_too_little_memory_is_told_with_what_to_lower(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forward(*_: Any) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(AnsweringModel, "forward", forward)
    with pytest.raises(KnownError, match=r"set answers\.piece to 4, loop\.checkpointing to true"):
        train(tmp_path, "loop.steps=1")
    assert not (tmp_path / "metrics.jsonl").exists()


def test_what_is_prepared_is_what_the_engine_prepares(tmp_path: Path) -> None:
    from trainer.vlm.finetuning import Pictures

    noise = np.random.default_rng(0).integers(0, 256, (90, 200, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    rules = load_base().rules
    pictures = Pictures([Record("a", tmp_path / "a.png")], "squash448", rules)
    expected = prepare(Image.fromarray(noise), "squash448", rules)
    assert np.array_equal(pictures(0), expected)
    assert pictures(0) is pictures(0)
    (tmp_path / "a.png").unlink()
    with pytest.raises(KnownError, match="could be read at the start"):
        Pictures([Record("a", tmp_path / "a.png")], "squash448", rules)(0)
