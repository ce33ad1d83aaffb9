"""The state of a run on disk: complete or not there, and only tensors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import KnownError
from trainer.files import write_tensors

if TYPE_CHECKING:
    from torch import Tensor

_FORMAT, _VERSION = "relsim-training-state", 1
_KEPT = 2
"""Checkpoints that stay: if the newest one's disk block is bad, one is left."""


class State(NamedTuple):
    """What a run needs to go on.

    Attributes:
        step: Steps that were done.
        trained: Trained tensors by name.
        moments: The optimizer's tensors, as `World.optimizer_state` names them.
    """

    step: int
    trained: Mapping[str, Tensor]
    moments: Mapping[str, Tensor]


def save_state(folder: Path, state: State) -> None:
    """Write a checkpoint; older ones but the last are removed after it is on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {f"trained/{name}": _own(value) for name, value in state.trained.items()}
    tensors |= {f"moments/{name}": _own(value) for name, value in state.moments.items()}
    about = {"format": _FORMAT, "version": str(_VERSION), "step": str(state.step)}
    write_tensors(folder / f"step-{state.step:08d}.safetensors", tensors, about)
    for old in _checkpoints(folder)[:-_KEPT]:
        old.unlink()


def newest_state(folder: Path) -> State | None:
    """The newest checkpoint, or None if there is none.

    Raises:
        KnownError: If it is damaged, or of a newer version of the program.
    """
    from safetensors import SafetensorError, safe_open

    found = _checkpoints(folder)
    if not found:
        return None
    path = found[-1]
    try:
        with safe_open(path, "pt") as file:
            about = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise KnownError(
            f"The checkpoint {path} is damaged: {error}. Remove it to go on from the one before"
        ) from error
    if about.get("format") != _FORMAT or int(about.get("version", 0)) > _VERSION:
        raise KnownError(f"{path} was written by a newer version of relsim-train: update it")
    parts: dict[str, dict[str, Tensor]] = {"trained": {}, "moments": {}}
    for name, tensor in tensors.items():
        part, _, rest = name.partition("/")
        parts[part][rest] = tensor
    return State(int(about["step"]), parts["trained"], parts["moments"])


def _checkpoints(folder: Path) -> list[Path]:
    return sorted(folder.glob("step-*.safetensors"))


def _own(tensor: Tensor) -> Tensor:
    """With memory of its own: tied weights come twice, and safetensors refuses to guess."""
    return tensor.detach().cpu().clone().contiguous()
