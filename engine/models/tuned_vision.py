"""Tuned CLIP and DINOv2, the paper's strongest baselines, as `relsim-train relsim` writes them.

A checkpoint is a LoRA adapter in PEFT's layout, a projection to the text encoder's 384 dimensions,
the rules of pixels and ``vision_model.json``, which names the base.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from PIL import Image

from engine.errors import ModelError
from engine.models.checkpoint import read_lora
from engine.models.chosen import find_base
from engine.models.crop import CropRules
from engine.models.manager import ModelManager
from engine.models.text import DIMENSION
from engine.models.tower import KINDS, load_tower
from engine.types import Float32, UInt8

if TYPE_CHECKING:
    from torch import Tensor

SPEC_NAME = "vision_model.json"
PROJECTION_NAME = "projection.safetensors"
FORMAT, VERSION = "relsim-vision-model", 1
PREFIX = "base_model.model."
"""Of the names of the adapter's tensors, before the name of a module of the tower."""


def read_spec(folder: Path) -> dict[str, Any]:
    """What a checkpoint says of itself: ``recipe``, ``base`` and ``precision``.

    Raises:
        ModelError: If it is missing, damaged, of something else or of a newer version.
    """
    path = folder / SPEC_NAME
    try:
        spec: Any = json.loads(path.read_text(encoding="utf-8"))
        is_ours, version = spec["format"] == FORMAT, int(spec["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder} holds no tuned CLIP or DINOv2: {path.name}: {error}") from error
    if not is_ours:
        raise ModelError(f"{path} describes something else than a tuned CLIP or DINOv2")
    if version > VERSION:
        raise ModelError(f"{path} was written by a newer version of relsim-train: update it")
    if spec.get("recipe") not in KINDS or spec.get("precision") not in ("float32", "bfloat16"):
        raise ModelError(f"{path} is damaged: it names no recipe and precision that are known")
    if not isinstance(spec.get("base"), str):
        raise ModelError(f"{path} is damaged: it names no base")
    return spec  # type: ignore[no-any-return]


def base_folder(folder: Path, asked: str | Path | None, manager: ModelManager) -> Path:
    """The CLIP or DINOv2 that a checkpoint was trained on.

    Args:
        folder: Of the checkpoint, which may bring its base along.
        asked: An id, a hub id or a folder; None for what the checkpoint names.
        manager: Of the installed models.

    Raises:
        ModelError: If it is not on this machine.
    """
    spec = read_spec(folder)
    named = str(spec["base"])
    if not asked and named and (folder / named / "config.json").is_file():
        return folder / named
    name = str(asked or named)
    found = find_base(name, manager)
    if found is None:
        title = KINDS[spec["recipe"]].title
        raise ModelError(
            f"The {title} that {folder} was trained on is not here: it names {name!r}. Bring it"
            " back there, or say what else its base is"
        )
    return found


class TunedVision:
    """Image -> relational vector, by a tower with its LoRA merged into the weights.

    It computes in float32 what was trained, also where the base's weights were rounded to bfloat16.

    Args:
        rules: Of pixels, as the checkpoint was trained with them.
        tower: transformers' ``CLIPVisionModel`` or ``Dinov2Model``, in float32.
        weight: Of the projection, float32 ``[384, width]``.
        bias: Of the projection, float32 ``[384]``.
        device: Where it computes.
    """

    def __init__(
        self, rules: CropRules, tower: Any, weight: Tensor, bias: Tensor, device: str
    ) -> None:
        self.rules = rules
        self.device = device
        self._tower = tower.to(device)
        self._weight, self._bias = weight.to(device), bias.to(device)

    @classmethod
    def load(cls, folder: Path, base: Path, device: str) -> Self:
        """Read a checkpoint onto its base.

        Args:
            folder: Of the checkpoint.
            base: From `base_folder`.
            device: Where it is to compute, as torch calls it.

        Raises:
            ModelError: If either is damaged, incomplete, or not made for the other.
        """
        import torch

        spec = read_spec(folder)
        tower = load_tower(base, spec["recipe"], spec["precision"]).float()
        lora = read_lora(folder, tower, prefix=PREFIX)
        with torch.no_grad():
            for name, (b, a) in lora.factors.items():
                tower.get_submodule(name).weight += lora.scale * (b @ a)
        weight, bias = _projection(folder, int(tower.config.hidden_size))
        return cls(CropRules.load(folder), tower, weight, bias, device)

    def prepare(self, image: Image.Image) -> UInt8:
        """An upright RGB picture as the model takes it, uint8 ``[h, w, 3]``. Thread-safe."""
        return self.rules.cut(image)

    def embed(self, prepared: Sequence[UInt8]) -> Float32:
        """Vectors of results of `prepare`, float32 ``[n, 384]`` of any norm."""
        import torch

        with torch.inference_mode():
            pixels = self.rules.normalised(prepared, torch.device(self.device))
            state = self._tower(pixel_values=pixels).pooler_output
            vectors = torch.nn.functional.linear(state, self._weight, self._bias)
        return np.asarray(vectors.cpu().numpy(), np.float32)


def _projection(folder: Path, width: int) -> tuple[Tensor, Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    path = folder / PROJECTION_NAME
    try:
        found = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} is damaged: {error}") from error
    shapes = {name: tuple(tensor.shape) for name, tensor in found.items()}
    if shapes != {"weight": (DIMENSION, width), "bias": (DIMENSION,)}:
        raise ModelError(f"{path} does not fit its base")
    return found["weight"].float(), found["bias"].float()
