"""The Qwen2.5-VL that a recipe starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from engine.errors import ModelError
from engine.models.checkpoint import QUERY_TOKEN
from engine.models.chosen import find_base
from engine.models.device import Device, Placement
from engine.models.large import memory_needed
from engine.models.manager import ModelManager
from engine.models.qwen import QwenBase, load_tokenizer
from trainer.vlm.tiny import TinyShape, make_tiny

if TYPE_CHECKING:
    from torch import Tensor

TINY = "tiny"
"""Names a base that is made on the spot instead of one that is there."""


@dataclass(frozen=True, slots=True)
class BaseSettings:
    """Which base, and what of it is trained.

    Attributes:
        name: A folder, a hub id or an id of the catalogue that is on this machine, or ``tiny``.
        trains: ``lora`` trains LoRA beside frozen weights, as the paper does; ``everything`` trains
            all weights as well, which a base made on the spot needs, because it knows nothing.
        precision: The numbers that frozen weights are kept in.
        tiny: Dimensions of a base that is made on the spot.
    """

    name: str
    trains: Literal["lora", "everything"] = "lora"
    precision: Literal["float32", "bfloat16"] = "bfloat16"
    tiny: TinyShape = field(default_factory=TinyShape)

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        if self.trains == "everything" and self.precision != "float32":
            yield "precision must be float32 where trains is everything: small steps round to none"


def find_folder(settings: BaseSettings, work: Path, texts: Iterable[str]) -> Path:
    """Where the base lies; a tiny one is made there first, if it is not there.

    Args:
        settings: Which base.
        work: Of the run: a tiny base is made in its folder ``base``.
        texts: What a tiny base's vocabulary is learned from.

    Raises:
        ModelError: If it is not on this machine, or is no Qwen2.5-VL.
    """
    if settings.name == TINY:
        folder = work / "base"
        # The configuration of a model that was written to its end is not enough to know that.
        if not (folder / _COMPLETE).is_file():
            make_tiny(folder, texts, shape=settings.tiny)
            (folder / _COMPLETE).touch()
        return folder
    found = find_base(settings.name, ModelManager())
    if found is None:
        raise ModelError(
            f"The base model {settings.name!r} is not here: name a folder that holds a Qwen2.5-VL,"
            " or get it with 'relsim models download qwen2.5-vl-7b'"
        )
    return found


_COMPLETE = ".complete"
_TABLE = ".embed_tokens.weight"


def check_memory(folder: Path, settings: BaseSettings, device: str, *, writes: bool) -> None:
    """Refuse a base whose weights alone exceed what is free, before it is loaded.

    Args:
        folder: Of the base.
        settings: What is trained.
        device: As torch calls it.
        writes: Whether the LM head is loaded.

    Raises:
        ModelError: If they do not fit, with what to do.
    """
    needed = memory_needed(folder, writes=writes)[settings.precision]
    if settings.trains == "everything":
        needed *= 4  # gradients and two moments of AdamW
    free = _free(device)
    if needed > free:
        raise ModelError(
            f"Training {settings.name} takes {needed / 1e9:.1f} GB for weights alone, and {device}"
            f" has {free / 1e9:.1f} GB free. Use a smaller base, set base.precision to bfloat16,"
            " or close other programs: every device holds the base once, before it is shared out"
        )


def load_base(
    folder: Path, settings: BaseSettings, *, writes: bool, device: str = "cpu"
) -> QwenBase:
    """Load a base to be trained; which of its parameters are, is up to `add_lora`.

    Args:
        folder: From `find_folder`.
        settings: What is trained.
        writes: Whether its LM head is needed.
        device: As torch calls it; ``cuda`` is the current one.

    Raises:
        ModelError: If it is no Qwen2.5-VL, damaged, incomplete, or too large for the device.
    """
    check_memory(folder, settings, device, writes=writes)
    where = Device(device, device, 1 << 62, 1 << 62)
    if settings.trains == "everything":
        where = Device("cpu", "cpu", 1 << 62, 1 << 62)  # as it is: nothing is aligned for speed
    base = QwenBase.load(folder, Placement(where, settings.precision, "training"), writes=writes)
    if where.name != device:
        base.model.to(device)
        base.device = device
    return base


def training_tokenizer(folder: Path, base: QwenBase) -> Any:
    """The tokenizer of a base, which knows the query token afterwards.

    The base's padded vocabulary has a row for it (method.md, "Traps"), so nothing is resized.

    Raises:
        ModelError: If the base has no row for another token.
    """
    tokenizer = load_tokenizer(folder)
    tokenizer.add_special_tokens({"additional_special_tokens": [QUERY_TOKEN]})
    token: Any = tokenizer.convert_tokens_to_ids(QUERY_TOKEN)
    if token >= len(base.embeddings):
        raise ModelError(
            f"The vocabulary of {folder} is full: it has no row for {QUERY_TOKEN}. Use a base whose"
            " table of embeddings is longer than its vocabulary, as those of Qwen2.5-VL are"
        )
    return tokenizer


def stored_embeddings(folder: Path) -> Tensor:
    """The table of input embeddings as it lies on disk; in memory it may be in several processes.

    Args:
        folder: Of a base that was loaded before.

    Returns:
        ``[vocabulary, width]``.

    Raises:
        ModelError: If the file is no longer there.
    """
    from safetensors import safe_open

    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, framework="pt") as file:
            for name in file.keys():  # noqa: SIM118
                if name.endswith(_TABLE):
                    table: Tensor = file.get_tensor(name)
                    return table
    raise ModelError(f"The weights of {folder} are no longer there")


def _free(device: str) -> int:
    """Bytes that are free on a device."""
    import psutil
    import torch

    if device.startswith("cuda"):
        return int(torch.cuda.mem_get_info()[0])
    return int(psutil.virtual_memory().available)
