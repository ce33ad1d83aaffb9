"""The CLIP or DINOv2 that a tuned baseline starts from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
import transformers  # noqa: TID253
from safetensors import SafetensorError
from transformers.utils import logging  # noqa: TID253

from engine.errors import ModelError
from engine.models.chosen import find_base
from engine.models.device import is_out_of_memory, torch_dtype
from engine.models.manager import ModelManager
from trainer.contrastive.vision_pixels import RULES_NAME
from trainer.files import write_atomically
from trainer.vlm.base import TINY, BaseSettings
from trainer.vlm.tiny import SIDE, TinyShape

Recipe = Literal["clip", "dino"]

_COMPLETE = ".complete"
_PATCH = 14

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tower.

    Attributes:
        title: What people call it.
        types: What its configurations call it; CLIP's text side is not loaded.
        model: Its class in transformers.
        example: A hub id; the one the paper tunes (method.md, "Evaluation").
    """

    title: str
    types: tuple[str, ...]
    model: str
    example: str


KINDS: dict[Recipe, Kind] = {
    "clip": Kind(
        "CLIP", ("clip", "clip_vision_model"), "CLIPVisionModel", "openai/clip-vit-large-patch14"
    ),
    "dino": Kind("DINOv2", ("dinov2",), "Dinov2Model", "facebook/dinov2-large"),
}


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


def load_tower(folder: Path, recipe: Recipe, precision: Literal["float32", "bfloat16"]) -> Any:
    """Load a tower on the processor, all of it frozen.

    Args:
        folder: In transformers' layout, as the hub has it.
        recipe: Which kind is wanted.
        precision: Of its weights.

    Returns:
        transformers' ``CLIPVisionModel`` or ``Dinov2Model``, in eval mode.

    Raises:
        ModelError: If it is of another kind, damaged or incomplete.
    """
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    kind = KINDS[recipe]
    found = _attempt(folder, lambda: transformers.PretrainedConfig.get_config_dict(folder)[0])
    if found.get("model_type") not in kind.types:
        raise ModelError(f"{folder} holds a {found.get('model_type')}, not a {kind.title}")
    options: dict[str, Any] = {
        "dtype": torch_dtype(precision),
        "attn_implementation": "sdpa",
        "local_files_only": True,
        "use_safetensors": True,
        "output_loading_info": True,
        "ignore_mismatched_sizes": True,  # they are in the report, with their names
    }
    if recipe == "dino":
        # For DINOv2's own training alone. Processes would wait for its gradient.
        options["use_mask_token"] = False
    tower, report = _attempt(
        folder, lambda: getattr(transformers, kind.model).from_pretrained(folder, **options)
    )
    missing = sorted(report["missing_keys"]) + sorted(map(str, report["mismatched_keys"]))
    if missing:
        raise ModelError(
            f"{folder} is incomplete: {len(missing)} tensors are missing, for example {missing[0]}."
            " Download the model again"
        )
    tower.requires_grad_(False).eval()
    return tower


def _attempt(folder: Path, load: Callable[[], T]) -> T:
    try:
        return load()
    except (OSError, ValueError, KeyError, TypeError, SafetensorError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"The model in {folder} cannot be loaded: {reason}") from error


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
