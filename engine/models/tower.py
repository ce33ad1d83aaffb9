"""CLIP and DINOv2 as the hub has them: the towers of vision that baselines are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from engine.errors import ModelError
from engine.models.device import is_out_of_memory, torch_dtype

Recipe = Literal["clip", "dino"]

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
    # The mask token is for DINOv2's own training alone. Processes would wait for its gradient.
    options = {"use_mask_token": False} if recipe == "dino" else {}
    return load_part(folder, recipe, KINDS[recipe].model, precision, options)


def load_part(
    folder: Path,
    recipe: Recipe,
    model: str,
    precision: Literal["float32", "bfloat16"] = "float32",
    options: Mapping[str, Any] | None = None,
) -> Any:
    """Load a part of a CLIP or DINOv2 on the processor, all of it frozen.

    Args:
        folder: In transformers' layout, as the hub has it.
        recipe: Which kind is wanted.
        model: Class in transformers of the part.
        precision: Of its weights.
        options: Of transformers' ``from_pretrained`` beyond the usual ones.

    Returns:
        That class's model, in eval mode.

    Raises:
        ModelError: If it is of another kind, damaged or incomplete.
    """
    import transformers
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    kind = KINDS[recipe]
    found = attempt(folder, lambda: transformers.PretrainedConfig.get_config_dict(folder)[0])
    if found.get("model_type") not in kind.types:
        raise ModelError(f"{folder} holds a {found.get('model_type')}, not a {kind.title}")
    usual: dict[str, Any] = {
        "dtype": torch_dtype(precision),
        "attn_implementation": "sdpa",
        "local_files_only": True,
        "use_safetensors": True,
        "output_loading_info": True,
        "ignore_mismatched_sizes": True,  # they are in the report, with their names
    }
    part, report = attempt(
        folder,
        lambda: getattr(transformers, model).from_pretrained(folder, **usual, **(options or {})),
    )
    missing = sorted(report["missing_keys"]) + sorted(map(str, report["mismatched_keys"]))
    if missing:
        raise ModelError(
            f"{folder} is incomplete: {len(missing)} tensors are missing, for example {missing[0]}."
            " Download the model again"
        )
    part.requires_grad_(False).eval()
    return part


def attempt(folder: Path, load: Callable[[], T]) -> T:
    """What transformers loads from a folder, or why it cannot, in a sentence.

    Raises:
        ModelError: If it cannot for another reason than memory.
    """
    from safetensors import SafetensorError

    try:
        return load()
    except ImportError as error:
        # transformers imports what is installed beside it; one that is broken breaks its models.
        cause: BaseException = error
        while cause.__cause__ is not None:
            cause = cause.__cause__
        raise ModelError(
            f"The model in {folder} cannot be loaded, because a Python package here is broken:"
            f" {one_line(cause)}. Install that package again, or remove it"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, SafetensorError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise
        raise ModelError(f"The model in {folder} cannot be loaded: {one_line(error)}") from error


def one_line(error: BaseException) -> str:
    """What an error of somebody else's code says, short enough for a sentence."""
    return " ".join(str(error).split())[:200] or type(error).__name__
