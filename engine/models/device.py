"""Where a large model runs, in which numbers, and what to do when memory runs out."""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from engine.errors import ModelError

if TYPE_CHECKING:
    import torch

Precision = Literal["float32", "bfloat16", "int8", "int4"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

Quantisation = Literal["int8", "int4"]
"""Weights in fewer bits than they were trained in; other weights, as far as vectors go."""

FULL: tuple[Precision, ...] = ("float32", "bfloat16")
"""The weights as they were trained, whatever the rounding of sums."""

_HEADROOM = 1.1
"""Free memory that a choice asks for, in sizes of the weights: batches need some too."""


class MemoryExhaustedError(ModelError):
    """Not even one picture at a time fits, on any device."""


@dataclass(frozen=True, slots=True)
class Device:
    """A place to compute.

    Attributes:
        name: As torch calls it: ``cuda``, ``mps`` or ``cpu``.
        title: As people call it, for example ``NVIDIA H100``.
        free: Bytes free now.
        total: Bytes it has.
    """

    name: str
    title: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Placement:
    """A device and the numbers to use there, with the reason for people."""

    device: Device
    precision: Precision
    reason: str

    @property
    def quantisation(self) -> Quantisation | None:
        """How the weights are to be made smaller, if at all."""
        return self.precision if self.precision in ("int8", "int4") else None


def devices() -> list[Device]:
    """What this machine has, best first. Imports torch.

    ``RELSIM_DEVICE`` (``cuda``, ``mps`` or ``cpu``) leaves only that one.
    """
    import torch

    found = []
    if torch.cuda.is_available():
        free, total = torch.cuda.mem_get_info()
        found.append(Device("cuda", torch.cuda.get_device_name(), free, total))
    if torch.backends.mps.is_available():
        total = torch.mps.recommended_max_memory()
        free = total - torch.mps.driver_allocated_memory()
        found.append(Device("mps", "Apple GPU", free, total))
    free, total = _main_memory()
    found.append(Device("cpu", "processor", free, total))
    only = os.environ.get("RELSIM_DEVICE")
    chosen = [device for device in found if only in (None, "", device.name)]
    if not chosen:
        have = ", ".join(device.name for device in found)
        raise ModelError(
            f"RELSIM_DEVICE is {only!r}; this machine has: {have}. Choose one of these; in the "
            "window, under Settings, Device of large models"
        )
    return chosen


def place(
    memory: Mapping[Precision, int], found: Sequence[Device], allowed: Collection[Precision]
) -> Placement:
    """Choose a device and numbers so that the weights fit into what is free now.

    A graphics device with bfloat16 is best, then one with quantised weights; the processor comes
    last, with float32 where half of its free memory holds that, because it is exact there.

    Args:
        memory: Bytes of the weights in each precision.
        found: From `devices`.
        allowed: Choose among these only.

    Raises:
        ModelError: If the weights fit nowhere.
    """
    for device in found:
        for choice in _preferred(device, memory):
            if choice in allowed and memory[choice] * _HEADROOM < device.free:
                room = f"takes {memory[choice] / 1e9:.1f} of {device.free / 1e9:.1f} GB free"
                return Placement(device, choice, f"{device.title}, {choice}: {room}")
    least = min(memory[choice] for choice in allowed) * _HEADROOM
    best = max(device.free for device in found)
    raise ModelError(
        f"The model needs {least / 1e9:.1f} GB of free memory; this machine has {best / 1e9:.1f} GB"
        " free. Close other programs, or use relsim-mini"
    )


def _preferred(device: Device, memory: Mapping[Precision, int]) -> tuple[Precision, ...]:
    if device.name != "cpu":
        return ("bfloat16", "float32", "int8", "int4")
    if memory["float32"] * 2 < device.free:
        return ("float32", "bfloat16", "int8", "int4")
    return ("bfloat16", "float32", "int8", "int4")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that a device's memory is used up."""
    import torch

    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    # The processor's allocator and Apple's raise plain errors.
    text = str(error).lower()
    hints = ("out of memory", "can't allocate memory", "not enough memory")
    return isinstance(error, RuntimeError) and any(hint in text for hint in hints)


def release(device: str) -> None:
    """Give memory that nothing uses any more back to the system."""
    import torch

    gc.collect()
    if device == "cuda":
        torch.cuda.empty_cache()
    elif device == "mps":
        torch.mps.empty_cache()


def torch_dtype(precision: Precision) -> torch.dtype:
    """The numbers to compute in; quantised weights are computed with in bfloat16."""
    import torch

    return torch.float32 if precision == "float32" else torch.bfloat16


def _main_memory() -> tuple[int, int]:
    import psutil

    memory = psutil.virtual_memory()
    return int(memory.available), int(memory.total)
