"""LoRA on the language model of Qwen2.5-VL, and checkpoints in the released layout."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.models.checkpoint import ADAPTER_WEIGHTS
from engine.models.qwen import QwenBase
from trainer.files import write_tensors
from trainer.vlm.base import BaseSettings

if TYPE_CHECKING:
    from torch import Tensor, nn

_PREFIX = "base_model.model.model."
_COPIED = ("preprocessor_config.json", "video_preprocessor_config.json", "chat_template.jinja")
_ADAPTER = "default"


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """Low-rank adaptation; the defaults are the paper's (method.md, "relsim").

    Attributes:
        rank: Of the change of each layer.
        alpha: Its scale is alpha / rank.
        dropout: Of its input, in training.
        targets: Endings of the names of the layers that change.
    """

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    targets: tuple[str, ...] = ("q_proj", "v_proj")


def add_lora(core: nn.Module, settings: LoraSettings, seed: int, *, everything: bool) -> None:
    """Add LoRA, in place; it begins as no change.

    Args:
        core: transformers' ``Qwen2_5_VLModel``. Its names stay those of the base.
        settings: Of LoRA.
        seed: Decides its first weights.
        everything: Train the base's weights as well; else they are frozen.
    """
    import torch
    from peft import inject_adapter_in_model

    language: Any = core.language_model
    devices = [language.embed_tokens.weight.device]
    with torch.random.fork_rng([d for d in devices if d.type == "cuda"]):
        torch.manual_seed(seed)
        inject_adapter_in_model(_config(settings, ""), language, _ADAPTER)
    core.requires_grad_(everything)
    for name, parameter in core.named_parameters():
        if ".lora_" in name:
            parameter.data = parameter.data.float()  # small steps would round to none in bfloat16
            parameter.requires_grad_(True)


def adapter_tensors(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """LoRA tensors under the names of the released layout.

    Args:
        state: Parameters of the core by their names in it; others than LoRA's are left out.

    Returns:
        float32, on the processor.
    """
    marker = f".{_ADAPTER}.weight"
    return {
        _PREFIX + name.replace(marker, ".weight"): value.detach().float().cpu().contiguous()
        for name, value in state.items()
        if ".lora_" in name
    }


def base_tensors(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The base's own tensors under their own names.

    Args:
        state: Parameters of a module that LoRA was added to; LoRA's are left out.
    """
    return {
        name.replace(".base_layer.", "."): value.detach().cpu().contiguous()
        for name, value in state.items()
        if ".lora_" not in name
    }


def write_adapter(
    folder: Path,
    settings: LoraSettings,
    tensors: Mapping[str, Tensor],
    base: QwenBase,
    *,
    base_name: str,
    tokenizer: Any,
) -> None:
    """Write a LoRA checkpoint that the released code and the engine load.

    The released code writes the whole table of embeddings and the LM head beside it, 2 GB at 7B,
    because it resized the vocabulary (method.md, "Traps"); here nothing was resized.

    Args:
        folder: Made if it is not there.
        settings: Of LoRA.
        tensors: As `adapter_tensors` names them, and others that belong into the file.
        base: Whose preparation of pixels is written beside it.
        base_name: What people call the base: a hub id, or a folder.
        tokenizer: Is written beside it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _config(settings, base_name).save_pretrained(folder)
    write_tensors(folder / ADAPTER_WEIGHTS, tensors, {"format": "pt"})
    tokenizer.save_pretrained(folder)
    _name_as_released(folder / "tokenizer_config.json")
    for name in _COPIED:
        if (base.folder / name).is_file():
            shutil.copyfile(base.folder / name, folder / name)


def write_base(
    folder: Path, base: QwenBase, settings: BaseSettings, state: Mapping[str, Tensor]
) -> None:
    """Write a base whose own weights were trained, in transformers' layout.

    Args:
        folder: Made if it is not there.
        base: Where it came from.
        settings: Of the base; its weights must have been trained.
        state: Its tensors as `base_tensors` names them, with their names in
            ``Qwen2_5_VLForConditionalGeneration``.
    """
    assert settings.trains == "everything", "frozen weights are where they were"
    folder.mkdir(parents=True, exist_ok=True)
    for path in base.folder.glob("[!.]*"):
        if path.is_file() and not path.name.endswith((".safetensors", ".safetensors.index.json")):
            shutil.copyfile(path, folder / path.name)
    tensors = {_name_on_disk(name): tensor for name, tensor in state.items()}
    write_tensors(folder / "model.safetensors", tensors, {"format": "pt"})


def _name_on_disk(name: str) -> str:
    """What the published checkpoints call a tensor; transformers renames when it loads them."""
    for inside, outside in _ON_DISK.items():
        if name.startswith(inside):
            return outside + name.removeprefix(inside)
    return name


_ON_DISK = {"model.language_model.": "model.", "model.visual.": "visual."}


def _name_as_released(path: Path) -> None:
    """Name the added tokens as transformers 4 does: it cannot read what transformers 5 writes."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content.get("extra_special_tokens"), list):
        content["additional_special_tokens"] = content.pop("extra_special_tokens")
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")


def _config(settings: LoraSettings, base_name: str) -> Any:
    from peft import LoraConfig

    return LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules=list(settings.targets),
        bias="none",
        task_type="CAUSAL_LM",
        base_model_name_or_path=base_name,
        inference_mode=True,
    )
