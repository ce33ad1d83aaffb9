"""The paper's tuned baselines: CLIP or DINOv2 with LoRA and a projection (method.md, "Evaluation").

CLIP gives the state of its class token after the last norm, not its image embedding: that is a
linear map of this state onto fewer dimensions, and the trained projection could only lose by it.
DINOv2 gives its CLS token, as the released evaluation takes it. Both are transformers'
``pooler_output``.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from PIL import Image
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn  # noqa: TID253
from torch.nn.functional import normalize  # noqa: TID253
from torch.utils.checkpoint import checkpoint  # noqa: TID253
from transformers.models.clip.modeling_clip import CLIPEncoderLayer  # noqa: TID253
from transformers.models.dinov2.modeling_dinov2 import Dinov2Layer  # noqa: TID253

from engine.errors import ModelError
from engine.models.checkpoint import ADAPTER_CONFIG, ADAPTER_WEIGHTS
from engine.models.crop import RULES_NAME, CropRules
from engine.models.text import DIMENSION
from engine.models.tower import KINDS, Recipe, load_tower
from engine.models.tuned_vision import (
    FORMAT,
    PREFIX,
    PROJECTION_NAME,
    SPEC_NAME,
    VERSION,
    read_spec,
)
from engine.types import UInt8
from trainer.config import ConfigError
from trainer.contrastive.relsim_config import RelsimConfig
from trainer.contrastive.vision_tower import find_tower
from trainer.files import write_atomically, write_tensors
from trainer.training.world import World
from trainer.vlm.base import TINY, BaseSettings
from trainer.vlm.lora import LoraSettings, base_tensors

_ADAPTER = "default"
_OWN_BASE = "base"


def load_vision_model(config: RelsimConfig, folder: Path, world: World) -> VisionModel:
    """The baseline that a configuration names, on the world's device.

    Args:
        config: Its recipe is ``clip`` or ``dino``.
        folder: Of the run.
        world: Who trains.

    Raises:
        ModelError: If its base is not there, is something else, or is damaged.
        ConfigError: If a target of LoRA matches no layer.
    """
    recipe = config.recipe
    assert recipe != "relsim", "relsim has a model of its own"
    where = world.from_main(lambda: find_tower(recipe, config.base, folder))
    model = VisionModel(
        where,
        recipe,
        config.base,
        config.lora,
        seed=config.loop.seed,
        checkpointing=config.loop.checkpointing,
    )
    return model.to(world.device)


class VisionModel(nn.Module):
    """Image -> relational vector, by a tower of vision. An `Encoder` of the recipe.

    Args:
        folder: Of the tower.
        recipe: Which kind of tower.
        settings: What is trained, in which numbers.
        lora: Settings of LoRA; the paper's targets have the same names in both towers.
        seed: Decides the first weights of LoRA and projection.
        checkpointing: Compute each layer anew for the backward pass.

    Raises:
        ModelError: If the folder holds something else, or is damaged.
        ConfigError: If a target of LoRA matches no layer.
    """

    layers: ClassVar[tuple[type, ...]] = (CLIPEncoderLayer, Dinov2Layer)

    def __init__(
        self,
        folder: Path,
        recipe: Recipe,
        settings: BaseSettings,
        lora: LoraSettings,
        *,
        seed: int,
        checkpointing: bool,
    ) -> None:
        super().__init__()
        self.rules = CropRules.load(folder)
        self.tower: Any = load_tower(folder, recipe, settings.precision)
        self._folder, self._recipe, self._lora = folder, recipe, lora
        self._everything = settings.trains == "everything"
        with torch.random.fork_rng([]):
            torch.manual_seed(seed)
            self._add_lora()
            self.projection = nn.Linear(self.tower.config.hidden_size, DIMENSION)
        if checkpointing:
            self._checkpoint_layers()

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoder should keep before `prepare`."""
        return self.rules.min_side

    def prepare(self, image: Image.Image) -> UInt8:
        """An upright RGB picture as the model takes it, uint8 ``[h, w, 3]``. Thread-safe."""
        return self.rules.cut(image)

    def forward(self, pictures: list[UInt8]) -> Tensor:
        """Vectors of pictures.

        Args:
            pictures: Results of `prepare`.

        Returns:
            float32 ``[b, 384]``, rows of norm 1.
        """
        pixels = self.rules.normalised(pictures, self.projection.weight.device)
        state = self.tower(pixel_values=pixels.to(self.tower.dtype)).pooler_output.float()
        with torch.autocast(state.device.type, enabled=False):
            return normalize(self.projection(state), dim=-1)

    def export(self, folder: Path, state: Mapping[str, Tensor], settings: BaseSettings) -> None:
        """Write a checkpoint that `load`, and for the adapter PEFT, can read.

        Args:
            folder: Made if it is not there.
            state: Trained tensors by their names in this module.
            settings: Of the base.
        """
        folder.mkdir(parents=True, exist_ok=True)
        tower = {
            name.removeprefix("tower."): tensor
            for name, tensor in state.items()
            if name.startswith("tower.")
        }
        if self._everything:
            self._write_base(folder / _OWN_BASE, tower)
        marker = f".{_ADAPTER}.weight"
        adapter = {
            PREFIX + name.replace(marker, ".weight"): _plain(tensor)
            for name, tensor in tower.items()
            if ".lora_" in name
        }
        projection = {name: _plain(state[f"projection.{name}"]) for name in ("weight", "bias")}
        name = self._base_name(folder, settings)
        _peft_config(self._lora, name).save_pretrained(folder)
        write_tensors(folder / ADAPTER_WEIGHTS, adapter, {"format": "pt"})
        write_tensors(folder / PROJECTION_NAME, projection, {"format": "pt"})
        shutil.copyfile(self._folder / RULES_NAME, folder / RULES_NAME)
        spec = {
            "format": FORMAT,
            "version": VERSION,
            "recipe": self._recipe,
            "base": name,
            "precision": settings.precision,
        }
        write_atomically(folder / SPEC_NAME, json.dumps(spec, indent=1).encode())

    @classmethod
    def load(cls, folder: Path, base: str | None = None) -> Self:
        """Read what `export` wrote; in eval mode, on the processor.

        Args:
            folder: Of the checkpoint.
            base: Where its base is, if not where it was in training.

        Raises:
            ModelError: If it is damaged, of a newer version, or its base is not here.
        """
        spec = read_spec(folder)
        settings = BaseSettings(name=base or spec["base"], precision=spec["precision"])
        within = folder / settings.name
        where = within if within.is_dir() else find_tower(spec["recipe"], settings, folder)
        lora = _read_lora_settings(folder)
        model = cls(where, spec["recipe"], settings, lora, seed=0, checkpointing=False)
        model.rules = CropRules.load(folder)
        model._read(folder)
        return model.eval()

    def _checkpoint_layers(self) -> None:
        # transformers' own switch goes by another name in every few versions.
        for part in self.tower.modules():
            if isinstance(part, self.layers):
                layer: Any = part
                layer.forward = partial(checkpoint, layer.forward, use_reentrant=False)

    def _add_lora(self) -> None:
        from peft import inject_adapter_in_model

        linear = [n for n, part in self.tower.named_modules() if isinstance(part, nn.Linear)]
        endings = sorted({name.rpartition(".")[2] for name in linear})
        for target in self._lora.targets:
            if not any(name == target or name.endswith(f".{target}") for name in linear):
                raise ConfigError(
                    f"lora.targets names {target!r}, and {KINDS[self._recipe].title} has no such"
                    f" layer: choose among {', '.join(endings)}"
                )
        inject_adapter_in_model(_peft_config(self._lora, ""), self.tower, _ADAPTER)
        for name, parameter in self.tower.named_parameters():
            is_lora = ".lora_" in name
            if is_lora:
                parameter.data = parameter.data.float()  # small steps would round in bfloat16
            parameter.requires_grad_(is_lora or self._everything)

    def _write_base(self, folder: Path, trained: Mapping[str, Tensor]) -> None:
        folder.mkdir(exist_ok=True)
        self.tower.config.save_pretrained(folder)
        write_tensors(folder / "model.safetensors", base_tensors(trained), {"format": "pt"})
        shutil.copyfile(self._folder / RULES_NAME, folder / RULES_NAME)

    def _base_name(self, folder: Path, settings: BaseSettings) -> str:
        if self._everything:
            return _OWN_BASE
        if settings.name == TINY:
            return Path(os.path.relpath(self._folder, folder)).as_posix()
        return settings.name

    def _read(self, folder: Path) -> None:
        """Take over LoRA and projection; every tensor must be there, and no other."""
        own = {name: p for name, p in self.named_parameters() if ".lora_" in name}
        wanted = {
            PREFIX + name.removeprefix("tower.").replace(f".{_ADAPTER}.", "."): parameter
            for name, parameter in own.items()
        }
        for file, parameters in (
            (ADAPTER_WEIGHTS, wanted),
            (PROJECTION_NAME, dict(self.projection.named_parameters())),
        ):
            try:
                found = load_file(folder / file)
            except (OSError, SafetensorError) as error:
                raise ModelError(f"{folder / file} is damaged: {error}") from error
            shapes = {name: tensor.shape for name, tensor in found.items()}
            if shapes != {name: parameter.shape for name, parameter in parameters.items()}:
                raise ModelError(f"{folder / file} does not fit its base {self._folder}")
            with torch.no_grad():
                for name, parameter in parameters.items():
                    parameter.copy_(found[name])


def _peft_config(settings: LoraSettings, base_name: str) -> Any:
    from peft import LoraConfig

    return LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules=list(settings.targets),
        bias="none",
        base_model_name_or_path=base_name,
        inference_mode=True,
    )


def _read_lora_settings(folder: Path) -> LoraSettings:
    from peft import LoraConfig

    try:
        found: Any = LoraConfig.from_pretrained(str(folder), local_files_only=True)
        targets = tuple(sorted(found.target_modules))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{folder / ADAPTER_CONFIG} is damaged: {error}") from error
    return LoraSettings(found.r, found.lora_alpha, found.lora_dropout, targets)


def _plain(tensor: Tensor) -> Tensor:
    return tensor.detach().float().cpu().contiguous()
