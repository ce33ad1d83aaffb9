"""Trains the cases of `test_processes`, in one process or in those that torchrun started."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from small_training import SILENT, small_config, state_of
from torch import Tensor, nn

from trainer.contrastive.pairs import Pairs
from trainer.contrastive.relsim import ContrastiveTask, build_encoder, train_relsim
from trainer.data.records import Record
from trainer.runs import Run
from trainer.training import loop
from trainer.training.loop import fit
from trainer.training.world import World

EVERYTHING_ON: dict[str, Any] = {
    "query": {"query": "trained"},
    "loss": {"learned": True, "symmetric": True},
}
SHARDED = {"sharding": "full"}
PIECES = {"piece": 1}

CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "all": EVERYTHING_ON,
    "bfloat16": {"base": {"precision": "bfloat16"}, "loop": {"precision": "bfloat16"}},
    "weights": {"base": {"trains": "everything"}},
}
"""What is computed; each is one result, however many processes there are."""

WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "plain-copies": ("plain", {}),
    "all-copies-pieces": ("all", {"loss": EVERYTHING_ON["loss"] | PIECES}),
    "all-sharded": ("all", {"loop": SHARDED}),
    "all-sharded-pieces": (
        "all",
        {"loop": SHARDED | {"checkpointing": True}, "loss": EVERYTHING_ON["loss"] | PIECES},
    ),
    "bfloat16-sharded": (
        "bfloat16",
        {"loop": CASES["bfloat16"]["loop"] | SHARDED | {"checkpointing": True}},
    ),
    "weights-sharded": ("weights", {"loop": SHARDED}),
}
"""How several processes compute it: the case, and what differs."""

BROKEN = "all-sharded-pieces"
"""Goes on once more from its first step."""


class Recording(ContrastiveTask):
    """Keeps the gradients of the first step, whole."""

    gradients: dict[str, Tensor]

    def backward(self, step: int, module: nn.Module, world: World) -> Mapping[str, float]:
        figures = super().backward(step, module, world)
        if step == 0:
            self.gradients = {
                name.removeprefix("module."): _whole(parameter.grad).clone()
                for name, parameter in module.named_parameters()
                if parameter.grad is not None
            }
        return figures


def _whole(tensor: Any) -> Tensor:
    whole: Tensor = tensor.full_tensor() if hasattr(tensor, "full_tensor") else tensor
    return whole


def pairs(data: Path) -> Pairs:
    """Pictures of a folder, with vectors by lot as their captions'."""
    records = tuple(Record(path.stem, path, path.stem) for path in sorted(data.glob("*.png")))
    vectors = np.random.default_rng(1).normal(size=(len(records), 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = tuple(record.key for record in records)
    return Pairs(records, texts, vectors, np.arange(len(records)))


def train(data: Path, folder: Path, parts: dict[str, Any], world: World) -> None:
    """Two steps; writes ``gradients.pt`` of the first."""
    config = small_config(data, **parts)
    run = Run.claim(folder, config, writes=world.is_main)
    world.wait()
    encoder, layers = build_encoder(config, folder, ["rows of {Object}"], world)
    shown = pairs(data)
    with Recording(config, encoder, shown, shown, steps=2, layers=layers, world=world) as task:
        fit(task, config.loop, 2, run=run, world=world, reporter=SILENT)
    if world.is_main and hasattr(task, "gradients"):
        torch.save(task.gradients, folder / "gradients.pt")


def repeat_last_step(data: Path, folder: Path, parts: dict[str, Any], world: World) -> None:
    """As if the run had been killed after its first step."""
    if world.is_main:
        torch.save(state_of(folder).trained, folder / "unbroken.pt")
        (folder / "checkpoints" / "step-00000002.safetensors").unlink()
    world.wait()
    train(data, folder, parts, world)


def main() -> None:
    loop.draw_curves = lambda *_: None  # takes longer than the steps
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    torch.set_num_threads(1)
    with World.start("cpu") as world:
        for way, (case, parts) in WAYS.items():
            train(data, out / way, CASES[case] | parts, world)
        case, parts = WAYS[BROKEN]
        repeat_last_step(data, out / BROKEN, CASES[case] | parts, world)
        # Processes join once: a second meeting at the same place could read the first one's notes.
        World.start = lambda _: nullcontext(world)  # type: ignore[assignment, misc, return-value]
        train_relsim(small_config(data / "captions.jsonl"), out / "whole", SILENT, "cpu")


if __name__ == "__main__":
    main()
