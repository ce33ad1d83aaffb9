"""One contrastive step against the released code's values, through the recipe's own code path."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from golden_files import golden
from PIL import Image

from engine.models.text import TextEncoder
from trainer.contrastive.pairs import Pairs
from trainer.contrastive.relsim import ContrastiveTask, build_encoder
from trainer.contrastive.relsim_config import LossSettings, PairSettings, RelsimConfig
from trainer.data.records import Record
from trainer.training.loop import LoopSettings
from trainer.training.world import World
from trainer.vlm.base import BaseSettings
from trainer.vlm.lora import LoraSettings
from trainer.vlm.query_model import QueryLayer

STEP = json.loads(golden("training_step.json").read_text())


def pairs() -> Pairs:
    images = golden("images")
    records = tuple(
        Record(name, next(images.glob(f"{name}.*")), caption)
        for name, caption in zip(STEP["order"], STEP["captions"], strict=True)
    )
    return Pairs(
        records,
        tuple(STEP["captions"]),
        TextEncoder().encode(STEP["captions"]),
        np.arange(len(records)),
    )


def task(world: World, folder: Path, **loss: object) -> ContrastiveTask:
    """The recipe's task as the golden step was made: dropout off, released loss, float32."""
    settings: dict[str, object] = {"same": 2.0, **loss}
    config = RelsimConfig(
        id="golden",
        recipe="relsim",
        data=PairSettings(train="golden"),
        base=BaseSettings(str(golden("relsim-tiny", "base")), precision="float32"),
        loop=LoopSettings(batch_size=7, steps=1, precision="float32", workers=1),
        lora=LoraSettings(dropout=0.0),
        loss=LossSettings(**settings),  # type: ignore[arg-type]
        start=golden("relsim-tiny", "relsim"),
    )
    encoder, layers = build_encoder(config, folder, [], world)
    assert layers == (QueryLayer,)
    return ContrastiveTask(config, encoder, pairs(), pairs(), steps=1, layers=layers, world=world)


def gradients(made: ContrastiveTask, world: World) -> dict[str, torch.Tensor]:
    made.backward(0, made.module, world)
    found = {n: p.grad for n, p in made.module.named_parameters() if p.requires_grad}
    return {n.removeprefix("encoder."): g for n, g in found.items() if g is not None}


def released_name(name: str) -> str:
    if name.startswith("projection."):
        return name
    return "base_model.base_model.model.model." + name.removeprefix("core.").replace(".layer.", ".")


@pytest.mark.parametrize("checkpointing", [False, True])
def test_the_loss_and_every_gradient_norm(tmp_path: Path, checkpointing: bool) -> None:
    with World.start("cpu") as world, task(world, tmp_path) as made:
        made._encoder._checkpointing = checkpointing  # type: ignore[attr-defined]
        figures = made.backward(0, made.module, world)
        assert figures["loss"] == pytest.approx(STEP["loss"], abs=1e-5)
        assert figures["temperature"] == pytest.approx(STEP["temperature"], abs=1e-7)
        norms = {
            released_name(name.removeprefix("encoder.")): float(parameter.grad.norm())
            for name, parameter in made.module.named_parameters()
            if parameter.grad is not None
        }
    assert norms.keys() == STEP["grad_norms"].keys()
    for name, norm in STEP["grad_norms"].items():
        assert norms[name] == pytest.approx(norm, rel=1e-3), name


def test_the_embeddings_of_the_step(tmp_path: Path) -> None:
    with World.start("cpu") as world, task(world, tmp_path) as made:
        encoder = made._encoder
        pictures = [
            encoder.prepare(Image.open(record.source).convert("RGB"))  # type: ignore[arg-type]
            for record in pairs().records
        ]
        made.module.eval()
        with torch.no_grad():
            vectors, _ = made.module(pictures)
    np.testing.assert_allclose(vectors.numpy(), STEP["embeddings"], atol=1e-5)


@pytest.mark.parametrize("settings", [{}, {"symmetric": True, "learned": True}])
@pytest.mark.parametrize("piece", [1, 3, 7])
def test_gradients_in_pieces_are_those_of_the_whole(
    tmp_path: Path, piece: int, settings: dict[str, object]
) -> None:
    with World.start("cpu") as world:
        with task(world, tmp_path, **settings) as made:
            whole = gradients(made, world)
        with task(world, tmp_path, piece=piece, **settings) as made:
            pieces = gradients(made, world)
    assert whole.keys() == pieces.keys()
    for name, gradient in whole.items():
        apart, largest = (float(t.abs().max()) for t in (pieces[name] - gradient, gradient))
        assert apart <= 1e-5 * largest, name  # sums of float32 in another order
