"""Small runs of relsim: pictures and captions made on the spot, a base of some kilobytes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from trainer.contrastive.relsim_config import LossSettings, PairSettings, RelsimConfig
from trainer.progress import Reporter
from trainer.training.checkpoints import State, newest_state
from trainer.training.loop import LoopSettings
from trainer.vlm.base import BaseSettings
from trainer.vlm.lora import LoraSettings
from trainer.vlm.query_model import QuerySettings
from trainer.vlm.tiny import TinyShape

SILENT = Reporter(stream=io.StringIO())
SHAPE = TinyShape(
    width=32, layers=2, heads=2, vision_width=32, vision_layers=2, vision_heads=2, words=400
)
WORDS = ("{Subject} over time", "rows of {Object}", "{Animal} in a circle", "half a {Thing}")

WITH_CHANCE: dict[str, Any] = {
    "lora": {"dropout": 0.2},
    "loop": {"steps": 5, "save_every": 2, "evaluate_every": 2},
    "loss": {"piece": 2},
}
"""Of `small_config`: five steps with dropout, saved after two and four."""


def write_pictures(folder: Path, count: int = 12) -> Path:
    """Pictures of noise, each with a caption of its own, as a list with its files beside it."""
    folder.mkdir(parents=True)
    generator = np.random.default_rng(0)
    rows = []
    for number in range(count):
        pixels = generator.integers(0, 256, (40, 56, 3), dtype=np.uint8)
        Image.fromarray(pixels).resize((160, 120), Image.Resampling.NEAREST).save(
            folder / f"{number:02}.png"
        )
        caption = f"{WORDS[number % len(WORDS)]}, as in number {number}"
        rows.append(json.dumps({"file": f"{number:02}.png", "caption": caption}))
    path = folder / "captions.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def small_config(data: Path, **parts: Mapping[str, Any]) -> RelsimConfig:
    """Two steps of four pictures in float32 without chance; `parts` are changes of each table."""
    loop = LoopSettings(
        batch_size=4,
        steps=2,
        learning_rate=1e-3,
        save_every=1,
        precision="float32",
        workers=1,
        threads=1,
    )
    return RelsimConfig(
        id="small",
        recipe="relsim",
        data=replace(
            PairSettings(train=str(data), test_share=0.25, workers=1), **parts.get("data", {})
        ),
        base=replace(
            BaseSettings("tiny", precision="float32", tiny=SHAPE), **parts.get("base", {})
        ),
        loop=replace(loop, **parts.get("loop", {})),
        lora=replace(LoraSettings(rank=4, alpha=8, dropout=0.0), **parts.get("lora", {})),
        query=replace(QuerySettings(), **parts.get("query", {})),
        loss=replace(LossSettings(), **parts.get("loss", {})),
    )


def state_of(folder: Path) -> State:
    """What a run has written last."""
    state = newest_state(folder / "checkpoints")
    assert state is not None
    return state


def metrics_of(folder: Path) -> list[dict[str, float]]:
    """What a run has measured, without what depends on the clock."""
    lines = (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        {name: value for name, value in json.loads(line).items() if name != "images_per_second"}
        for line in lines
    ]


def assert_same(one: Mapping[str, torch.Tensor], other: Mapping[str, torch.Tensor]) -> None:
    """Bit for bit."""
    assert one.keys() == other.keys()
    for name, value in one.items():
        assert torch.equal(value, other[name]), name
