"""Reads LoRA checkpoints in the layout of the released code, and refuses what does not fit.

A checkpoint that loads only in part gives vectors that look right and mean nothing, so every tensor
that the base asks for must be there, of its shape, and every tensor that is there must be known.
Only safetensors and ``weights_only`` are read; nothing in a checkpoint is executed.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.errors import ModelError
from engine.models.text import DIMENSION

if TYPE_CHECKING:
    from torch import Tensor, nn

ADAPTER_CONFIG = "adapter_config.json"
ADAPTER_WEIGHTS = "adapter_model.safetensors"
PROJECTION = "projection_and_config.pt"
QUERY_TOKEN = "<|query|>"  # noqa: S105 - a token of the vocabulary

_PREFIX = "base_model.model.model."
_EMBEDDINGS = _PREFIX + "language_model.embed_tokens.weight"
_HEAD = "base_model.model.lm_head.weight"


@dataclass(frozen=True, slots=True)
class Lora:
    """Low-rank changes of linear layers.

    Attributes:
        name: Of the checkpoint, for errors.
        factors: For each module of the model, by its full name: B ``[out, r]`` and A ``[r, in]``,
            float32; its weight changes by ``scale * B @ A``.
        scale: lora_alpha / r (or / sqrt(r) for rank-stabilised LoRA).
    """

    name: str
    factors: Mapping[str, tuple[Tensor, Tensor]]
    scale: float


class Projection(NamedTuple):
    """The head of relsim: hidden state -> relational vector.

    Attributes:
        weight: float32 ``[384, width]``.
        bias: float32 ``[384]``.
        query_token_id: Of the token whose state is projected.
    """

    weight: Tensor
    bias: Tensor
    query_token_id: int


def is_adapter(folder: Path) -> bool:
    """Whether a folder holds a LoRA checkpoint."""
    return (folder / ADAPTER_CONFIG).is_file()


def is_relsim(folder: Path) -> bool:
    """Whether a folder holds a relsim checkpoint in the released layout."""
    return is_adapter(folder) and (folder / PROJECTION).is_file()


def base_of(folder: Path) -> str:
    """The base model that a checkpoint names: a hub id or a path; empty if it names none.

    Raises:
        ModelError: If the folder holds no readable LoRA checkpoint.
    """
    return str(_config(folder).get("base_model_name_or_path") or "")


def read_lora(folder: Path, model: nn.Module, *, prefix: str = _PREFIX) -> Lora:
    """Read a LoRA checkpoint made for this model.

    Args:
        folder: Holds ``adapter_config.json`` and ``adapter_model.safetensors``.
        model: The base, transformers' ``Qwen2_5_VLModel`` or a tower of vision.
        prefix: Of the tensors' names, before the name of a module of the base.

    Raises:
        ModelError: If it is damaged, incomplete, of another kind of adapter, or of another base.
    """
    from safetensors import SafetensorError, safe_open

    config = _config(folder)
    rank, scale = _rank_and_scale(folder, config)
    targets = _targets(folder, config, model)
    if not targets:
        raise _foreign(folder, "it changes layers that this one does not have")
    factors = {}
    try:
        with safe_open(folder / ADAPTER_WEIGHTS, framework="pt") as file:
            unread = set(file.keys()) - {_EMBEDDINGS, _HEAD}
            for name, module in targets.items():
                keys = [f"{prefix}{name}.lora_{side}.weight" for side in "BA"]
                missing = [key for key in keys if key not in unread]
                if missing:
                    raise _incomplete(folder, missing[0])
                b, a = (file.get_tensor(key).float() for key in keys)
                _check_shapes(f"{folder}: {name}", module, (b, a), rank)
                factors[name] = (b, a)
                unread -= set(keys)
    except FileNotFoundError:
        raise _incomplete(folder, ADAPTER_WEIGHTS) from None
    except (OSError, SafetensorError) as error:
        raise _damaged(folder / ADAPTER_WEIGHTS, error) from error
    if unread:
        example = sorted(unread)[0]
        raise _foreign(
            folder, f"{len(unread)} of its tensors have no place in this one, such as {example}"
        )
    return Lora(folder.name, factors, scale)


def read_projection(folder: Path, width: int) -> Projection:
    """Read the projection head of a relsim checkpoint.

    Args:
        folder: Of the checkpoint.
        width: Of the base's hidden states.

    Raises:
        ModelError: If it is missing, damaged, or does not fit the base.
    """
    import torch

    path = folder / PROJECTION
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
        weight, bias = content["projection"]["weight"], content["projection"]["bias"]
        query_token_id = int(content["query_token_id"])
        weight, bias = weight.float(), bias.float()
    except FileNotFoundError:
        raise _incomplete(folder, PROJECTION) from None
    except pickle.UnpicklingError as error:
        raise ModelError(
            f"{path} holds something else than tensors and numbers and is not loaded, because that"
            " could run code of others"
        ) from error
    except (OSError, RuntimeError, EOFError, KeyError, TypeError, ValueError) as error:
        raise _damaged(path, repr(error)) from error
    except AttributeError as error:
        raise ModelError(f"{path} holds no projection") from error
    if weight.ndim != 2 or weight.shape[1] != width:
        raise _foreign(
            path, f"it projects states of width {weight.shape[-1]}, this base has {width}"
        )
    if tuple(weight.shape) != (DIMENSION, width) or tuple(bias.shape) != (DIMENSION,):
        raise ModelError(f"{path} projects to {len(weight)} dimensions, not to {DIMENSION}")
    if not (weight.isfinite().all() and bias.isfinite().all()) or not weight.any():
        raise _damaged(path, "its numbers make no projection")
    return Projection(weight, bias, query_token_id)


def read_embeddings(folder: Path, token_ids: list[int], base: Tensor) -> Tensor:
    """The input embeddings of a few tokens as a checkpoint was trained with them.

    PEFT writes the whole resized table into a released checkpoint (method.md, "Traps"); all of its
    rows but that of the query token are the base's, which tells whether the base is the right one.

    Args:
        folder: Of the checkpoint.
        token_ids: Which tokens; the query token comes last.
        base: The base's table ``[vocabulary, width]``.

    Returns:
        ``[len(token_ids), width]`` in the dtype and on the device of `base`.

    Raises:
        ModelError: If the checkpoint was made for another base, or nobody knows the query token.
    """
    import torch
    from safetensors import safe_open

    with safe_open(folder / ADAPTER_WEIGHTS, framework="pt") as file:
        if _EMBEDDINGS not in set(file.keys()):
            if token_ids[-1] >= len(base):
                raise ModelError(
                    f"{folder} holds no embedding of {QUERY_TOKEN}, and neither does this base"
                )
            return base[token_ids]
        table = file.get_slice(_EMBEDDINGS)
        if table.get_shape()[1] != base.shape[1] or table.get_shape()[0] <= max(token_ids):
            raise _foreign(folder, "its vocabulary differs")
        rows = torch.cat([table[token : token + 1] for token in token_ids])
    rows = rows.to(base)
    if not torch.equal(rows[:-1], base[token_ids[:-1]]):
        raise _foreign(folder, "its embeddings are not those of this base")
    return rows


def _config(folder: Path) -> dict[str, Any]:
    path = folder / ADAPTER_CONFIG
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{folder} is no LoRA checkpoint: it has no {ADAPTER_CONFIG}") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict) or content.get("peft_type") != "LORA":
        raise ModelError(f"{path} describes another kind of adapter than LoRA")
    return content


_PLAIN: dict[str, tuple[object, ...]] = {
    "use_dora": (False, None),
    "bias": ("none", None),
    "rank_pattern": ({}, None),
    "alpha_pattern": ({}, None),
    "layers_to_transform": (None, []),
    "modules_to_save": (None, []),
    "fan_in_fan_out": (False, None),
    "lora_bias": (False, None),
    "alora_invocation_tokens": (None, []),
    "trainable_token_indices": (None, []),
    "target_parameters": (None, []),
}
"""Settings that would change what the tensors mean, with the values that leave it alone."""


def _rank_and_scale(folder: Path, config: Mapping[str, Any]) -> tuple[int, float]:
    for name, plain in _PLAIN.items():
        if config.get(name) not in plain:
            raise ModelError(f"{folder} uses {name}, which this version cannot load")
    try:
        rank, alpha = int(config["r"]), float(config["lora_alpha"])
    except (KeyError, TypeError, ValueError):
        raise ModelError(f"{folder / ADAPTER_CONFIG} says no rank and alpha") from None
    if rank < 1:
        raise ModelError(f"{folder / ADAPTER_CONFIG} has rank {rank}")
    return rank, alpha / (rank**0.5 if config.get("use_rslora") else rank)


def _targets(folder: Path, config: Mapping[str, Any], model: nn.Module) -> dict[str, nn.Module]:
    """The linear layers that the configuration names, by PEFT's rule for lists of endings.

    Pictures go through the vision tower untouched: what it has under those names is fused there.
    """
    from torch.nn import Linear

    endings = config.get("target_modules")
    if not isinstance(endings, list) or not all(isinstance(ending, str) for ending in endings):
        raise ModelError(f"{folder / ADAPTER_CONFIG} does not list its target_modules by name")
    return {
        name: module
        for name, module in model.named_modules()
        if isinstance(module, Linear)
        and any(name == ending or name.endswith(f".{ending}") for ending in endings)
    }


def _check_shapes(what: str, module: Any, factors: tuple[Tensor, Tensor], rank: int) -> None:
    b, a = factors
    if b.shape[-1] != rank or a.shape[0] != rank:
        raise ModelError(f"{what} has rank {a.shape[0]}, but the configuration says {rank}")
    found = (b.shape[0], a.shape[1])
    wanted = (module.out_features, module.in_features)
    if found != wanted:
        raise _foreign(
            what, f"{found[0]} x {found[1]} there, {wanted[0]} x {wanted[1]} in this one"
        )
    if not (b.isfinite().all() and a.isfinite().all()):
        raise _damaged(what, "it has numbers that are not finite")


def _incomplete(folder: Path, lacking: str) -> ModelError:
    return ModelError(f"{folder} is incomplete: it has no {lacking}. Download or copy it again")


def _damaged(what: Path | str, why: object) -> ModelError:
    return ModelError(f"{what} is damaged: {why}. Download or copy it again")


def _foreign(what: Path | str, why: str) -> ModelError:
    return ModelError(
        f"{what} was made for another base model: {why}. Choose the base that it was trained on"
    )
