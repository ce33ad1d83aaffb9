"""A checkpoint of ours on the golden base, as the recipe exports it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import torch
from golden_files import golden

from trainer.contrastive.relsim import build_encoder
from trainer.contrastive.relsim_config import PairSettings, RelsimConfig
from trainer.training.loop import LoopSettings
from trainer.training.world import World
from trainer.vlm.base import BaseSettings
from trainer.vlm.query_model import QueryModel, QuerySettings


def export(folder: Path, query: Literal["frozen", "trained"]) -> QueryModel:
    """Write a checkpoint whose every trained tensor was moved by lot; returns its model."""
    config = RelsimConfig(
        id="exported",
        recipe="relsim",
        data=PairSettings(train="golden"),
        base=BaseSettings(str(golden("relsim-tiny", "base")), precision="float32"),
        loop=LoopSettings(batch_size=2, steps=1, precision="float32"),
        query=QuerySettings(query=query),
    )
    with World.start("cpu") as world:
        model, _ = build_encoder(config, folder, [], world)
    assert isinstance(model, QueryModel)
    generator = torch.Generator().manual_seed(0)
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    with torch.no_grad():
        for parameter in trained.values():
            parameter.add_(torch.randn(parameter.shape, generator=generator), alpha=0.05)
    state = {name: parameter.detach() for name, parameter in trained.items()}
    model.export(folder, state, config.base)
    return model.eval()
