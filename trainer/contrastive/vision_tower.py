"""The CLIP or DINOv2 that a tuned baseline starts from."""

from __future__ import annotations

import json
from pathlib import Path

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
import transformers  # noqa: TID253

from engine.errors import ModelError
from engine.models.chosen import find_base
from engine.models.crop import RULES_NAME
from engine.models.manager import ModelManager
from engine.models.tower import KINDS, Recipe
from trainer.files import write_atomically
from trainer.vlm.base import TINY, BaseSettings
from trainer.vlm.tiny import SIDE, TinyShape

_COMPLETE = ".complete"
_PATCH = 14


def find_tower(recipe: Recipe, settings: BaseSettings, work: Path) -> Path:
    """Where the tower lies; a tiny one is made there first, if it is not there.

    Args:
        recipe: Which kind.
        settings: Which one.
        work: Of the run: a tiny one is made in its folder ``base``.

    Raises:
        ModelError: If it is not on this machine.
    """
    kind = KINDS[recipe]
    if settings.name == TINY:
        folder = work / "base"
        # The configuration of a model that was written to its end is not enough to know that.
        if not (folder / _COMPLETE).is_file():
            _make_tiny(folder, recipe, settings.tiny)
            (folder / _COMPLETE).touch()
        return folder
    found = find_base(settings.name, ModelManager())
    if found is None:
        raise ModelError(
            f"The base model {settings.name!r} is not here: name a folder with a {kind.title} in"
            f" base.name, or get one with 'hf download {kind.example}'"
        )
    return found


def _make_tiny(folder: Path, recipe: Recipe, shape: TinyShape) -> None:
    """Write a tower with random weights, in transformers' layout."""
    kind = KINDS[recipe]
    dimensions = {
        "hidden_size": shape.vision_width,
        "num_hidden_layers": shape.vision_layers,
        "num_attention_heads": shape.vision_heads,
        "image_size": SIDE,
        "patch_size": _PATCH,
    }
    if recipe == "clip":
        dimensions["intermediate_size"] = 4 * shape.vision_width
    config = transformers.AutoConfig.for_model(kind.types[-1], **dimensions)
    with torch.random.fork_rng([]):
        torch.manual_seed(0)
        tower = getattr(transformers, kind.model)(config)
    tower.save_pretrained(folder)
    rules = {
        "size": {"shortest_edge": SIDE},
        "crop_size": {"height": SIDE, "width": SIDE},
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.25, 0.25, 0.25],
    }
    write_atomically(folder / RULES_NAME, json.dumps(rules).encode())
