"""The large model in memory: one Qwen2.5-VL, and on it the relsim embedder and the captioner."""

from __future__ import annotations

import logging
import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Self

from engine.errors import ModelError
from engine.models.captioner import AnonymousCaptioner
from engine.models.device import (
    PRECISIONS,
    Precision,
    Quantisation,
    devices,
    is_out_of_memory,
    place,
    release,
)
from engine.models.large_spec import CaptionerSpec, RelsimSpec
from engine.models.quantised import bits_of
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder

_log = logging.getLogger(__name__)


class LargeModel:
    """Belongs to one thread, the one that loaded it.

    Attributes:
        embedder: None if no relsim checkpoint was asked for.
        captioner: None if no captioner was asked for.
        placement: Where it is, in which numbers, and why.
    """

    def __init__(
        self,
        base: QwenBase,
        embedder: RelsimEmbedder | None,
        captioner: AnonymousCaptioner | None,
    ) -> None:
        self._base = base
        self.embedder = embedder
        self.captioner = captioner
        self.placement = base.placement

    @classmethod
    def load(
        cls,
        relsim: RelsimSpec | None,
        captioner: CaptionerSpec | None,
        allowed: Collection[Precision],
        *,
        compiles: bool = False,
    ) -> Self:
        """Load what is asked for onto one base.

        Args:
            relsim: The embedder.
            captioner: The captioner, on the same base.
            allowed: The numbers that may be computed in.
            compiles: Let torch.compile fuse small operations of the embedder.

        Raises:
            ModelError: If a checkpoint is damaged, incomplete, or of another base, or if it is too
                large for this machine.
        """
        folders = {spec.base for spec in (relsim, captioner) if spec is not None}
        if len(folders) != 1:
            raise ModelError(f"{relsim} and {captioner} do not share a base model")
        base = load_base(folders.pop(), allowed, writes=captioner is not None)
        try:
            shares = captioner is not None
            embedder = RelsimEmbedder.load(relsim, base, shares=shares) if relsim else None
            writer = AnonymousCaptioner.load(captioner, base) if captioner else None
        except BaseException:
            base.close()
            raise
        if compiles and embedder is not None:
            embedder.compile()
        return cls(base, embedder, writer)

    def close(self) -> None:
        """Let go of the memory, on the device too."""
        self.embedder = self.captioner = None
        self._base.close()


def choose_quantisation(base: Path, *, writes: bool) -> Quantisation | None:
    """The least quantisation with which a base fits this machine now; imports torch.

    Args:
        base: Its folder.
        writes: Whether it is to write text.

    Raises:
        ModelError: If it fits with none, or has no weights.
    """
    precision = place(memory_needed(base, writes=writes), devices(), PRECISIONS).precision
    return precision if precision in ("int8", "int4") else None


def memory_needed(base: Path, *, writes: bool) -> dict[Precision, int]:
    """Bytes of a base's weights in each precision, from the headers of its files.

    Args:
        base: Its folder.
        writes: Whether it is to write text; else its LM head is not loaded.

    Raises:
        ModelError: If they are missing or damaged.
    """
    counts = {4: 0, 8: 0, 16: 0}
    for name, shape in _tensors(base).items():
        if writes or name != "lm_head.weight":
            counts[bits_of(name.removesuffix(".weight"), len(shape))] += math.prod(shape)
    whole = sum(counts.values())
    return {
        "float32": 4 * whole,
        "bfloat16": 2 * whole,
        "int8": 2 * counts[16] + counts[8] + counts[4],
        # Four bits, and sixteen for each 64 weights.
        "int4": 2 * counts[16] + counts[8] + counts[4] * 17 // 32,
    }


def load_base(folder: Path, allowed: Collection[Precision], *, writes: bool) -> QwenBase:
    """Load a base where it fits, in numbers that fit.

    Args:
        folder: A Qwen2.5-VL of any size in transformers' layout.
        allowed: The numbers that may be computed in.
        writes: Whether it is to write text; else its LM head is not loaded.

    Raises:
        ModelError: If it is damaged, incomplete, or too large for this machine.
    """
    memory = memory_needed(folder, writes=writes)
    placement = place(memory, devices(), allowed)
    _log.info("%s", placement.reason)
    try:
        return QwenBase.load(folder, placement, writes=writes)
    except (RuntimeError, MemoryError) as error:
        if placement.device.name == "cpu" or not is_out_of_memory(error):
            raise
    # Somebody else took the device's memory between the look at it and now.
    _log.warning("%s has no memory left: going on with the processor", placement.device.title)
    release(placement.device.name)
    processor = [device for device in devices() if device.name == "cpu"]
    if not processor:
        raise ModelError(
            f"{placement.device.title} has too little free memory for the model, and RELSIM_DEVICE"
            " allows no other. Close other programs, or allow all devices; in the window, under"
            " Settings, Device of large models"
        )
    return QwenBase.load(folder, place(memory, processor, allowed), writes=writes)


def _tensors(folder: Path) -> Mapping[str, list[int]]:
    """Names and shapes of all tensors in the safetensors files of a folder."""
    from safetensors import SafetensorError, safe_open

    found: dict[str, list[int]] = {}
    for path in sorted(folder.glob("*.safetensors")):
        try:
            with safe_open(path, framework="numpy") as file:
                found |= {name: file.get_slice(name).get_shape() for name in file.keys()}  # noqa: SIM118
        except (OSError, SafetensorError) as error:
            raise ModelError(f"{path} is damaged: {error}") from error
    if not found:
        raise ModelError(f"{folder} holds no model: there are no safetensors files in it")
    return found
