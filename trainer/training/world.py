"""The processes that train together: one, or those that torchrun or accelerate launch started."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from typing import Any, Literal, TypeVar

import numpy as np
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
import torch.distributed as dist  # noqa: TID253
from numpy.typing import NDArray
from torch import Tensor, nn  # noqa: TID253
from torch.distributed.checkpoint.state_dict import (  # noqa: TID253
    StateDictOptions,
    get_model_state_dict,
    get_optimizer_state_dict,
    set_model_state_dict,
    set_optimizer_state_dict,
)

from engine.errors import KnownError

T = TypeVar("T")

Sharding = Literal["none", "full"]
_WHOLE = StateDictOptions(full_state_dict=True, cpu_offload=True, ignore_frozen_params=True)
_OWN = StateDictOptions(ignore_frozen_params=True)


class World:
    """Who trains, and where.

    Attributes:
        rank: Of this process, from 0.
        size: Processes.
        device: Of this process.
    """

    def __init__(self, rank: int, size: int, device: torch.device) -> None:
        self.rank, self.size, self.device = rank, size, device

    @classmethod
    @contextmanager
    def start(cls, device: str | None = None) -> Iterator[World]:
        """Join the processes that the environment tells of; leave them at the end.

        Args:
            device: As torch calls it; by default CUDA where there is some.

        Raises:
            KnownError: If there are fewer devices than processes.
        """
        size, rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
        local = int(os.environ.get("LOCAL_RANK", "0"))
        kind = device or ("cuda" if torch.cuda.is_available() else "cpu")
        if kind == "cuda":
            if local >= torch.cuda.device_count():
                raise KnownError(
                    f"There are more processes than the {torch.cuda.device_count()} devices of this"
                    " machine: start as many as there are devices"
                )
            torch.cuda.set_device(local)
        place = torch.device(kind, local) if kind == "cuda" else torch.device(kind)
        if size > 1:
            # The main process may look at a hundred thousand pictures while others wait.
            patience = timedelta(hours=6)
            dist.init_process_group("nccl" if kind == "cuda" else "gloo", timeout=patience)
        try:
            yield cls(rank, size, place)
        finally:
            if size > 1:
                dist.destroy_process_group()

    @property
    def is_main(self) -> bool:
        """Whether this process writes files and speaks."""
        return self.rank == 0

    def share(self, rows: NDArray[Any]) -> NDArray[Any]:
        """This process's part of a batch, whose length is a multiple of `size`."""
        part = len(rows) // self.size
        return rows[self.rank * part : (self.rank + 1) * part]

    def wrap(self, module: nn.Module, sharding: Sharding, layers: Collection[type]) -> nn.Module:
        """Let the processes average their gradients.

        Args:
            module: On `device`.
            sharding: ``full`` keeps a part of each weight in each process (FSDP), ``none`` all of
                them in all (DDP).
            layers: Classes whose weights are gathered and let go together, where they are sharded.

        Returns:
            What forward is to be called on.
        """
        if self.size == 1:
            return module
        if sharding == "none":
            devices = [self.device] if self.device.type == "cuda" else None
            return nn.parallel.DistributedDataParallel(module, devices)
        from torch.distributed.device_mesh import init_device_mesh
        from torch.distributed.fsdp import fully_shard

        mesh = init_device_mesh(self.device.type, (self.size,))
        for part in list(module.modules()):
            if isinstance(part, tuple(layers)):
                fully_shard(part, mesh=mesh)
        sharded: Any = fully_shard(module, mesh=mesh)
        return sharded  # type: ignore[no-any-return]

    @contextmanager
    def synchronised(self, module: nn.Module, *, on: bool) -> Iterator[None]:
        """Average gradients with other processes after this backward pass, or add them up here.

        Args:
            module: From `wrap`.
            on: True for the last backward pass of a step.
        """
        if self.size == 1 or on:
            yield
        elif isinstance(module, nn.parallel.DistributedDataParallel):
            with module.no_sync():
                yield
        else:
            sharded: Any = module
            sharded.set_requires_gradient_sync(False)
            yield
            sharded.set_requires_gradient_sync(True)

    def autocast(self, precision: Literal["float32", "bfloat16"]) -> AbstractContextManager[object]:
        """Compute products in these numbers."""
        if precision == "float32":
            return nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16)

    def gather_all(self, rows: NDArray[Any], embed: Callable[[NDArray[Any]], Tensor]) -> Tensor:
        """Share out rows, embed each process's part, and put all together in their order.

        Args:
            rows: ``[n]``, in every process the same.
            embed: Makes ``[m, d]`` of a part; called in every process with as many rows.

        Returns:
            ``[n, d]``, in every process.
        """
        # Forward passes must be as many everywhere: the first rows come once more.
        padded = np.resize(rows, len(rows) + -len(rows) % self.size)
        return self.gather(embed(self.share(padded)))[: len(rows)]

    def gather(self, rows: Tensor) -> Tensor:
        """Rows of all processes in order of rank, without gradient; each has as many."""
        if self.size == 1:
            return rows.detach()
        parts = [torch.empty_like(rows) for _ in range(self.size)]
        dist.all_gather(parts, rows.detach().contiguous())
        return torch.cat(parts)

    def clip(self, parameters: list[nn.Parameter], largest: float) -> float:
        """Reduce gradients to this norm; returns the norm that they had."""
        norm: Any = nn.utils.clip_grad_norm_(parameters, largest)
        return float(norm.full_tensor() if hasattr(norm, "full_tensor") else norm)

    def from_main(self, make: Callable[[], T]) -> T:
        """What the main process makes, in every process: it alone writes files meanwhile.

        Args:
            make: Called in the main process; its result must be picklable.

        Raises:
            KnownError: Where `make` did, in every process.
        """
        if self.size == 1:
            return make()
        made: list[Any] = [None, None]
        if self.is_main:
            try:
                made[0] = make()
            except KnownError as error:
                made[1] = error
        dist.broadcast_object_list(made, src=0)
        if made[1] is not None:
            raise made[1]
        result: T = made[0]
        return result

    def wait(self) -> None:
        """Until all processes are here."""
        if self.size > 1:
            dist.barrier()

    def state_of(self, module: nn.Module) -> dict[str, Tensor]:
        """Trained tensors by name, whole, on the processor; all processes must ask.

        Returns:
            Nothing but in the main process.
        """
        state: Any = get_model_state_dict(module, options=_WHOLE)
        return state  # type: ignore[no-any-return]

    def optimizer_state(
        self, module: nn.Module, optimizer: torch.optim.Optimizer
    ) -> dict[str, Tensor]:
        """The optimizer's tensors as ``parameter/what``, whole; all processes must ask.

        Returns:
            Nothing but in the main process.
        """
        moments: Any = get_optimizer_state_dict(module, optimizer, options=_WHOLE).get("state", {})
        return {f"{p}/{what}": t for p, each in moments.items() for what, t in each.items()}

    def restore(
        self,
        module: nn.Module,
        optimizer: torch.optim.Optimizer,
        trained: Mapping[str, Tensor],
        moments: Mapping[str, Tensor],
    ) -> None:
        """Take back what `state_of` and `optimizer_state` gave."""
        loose = StateDictOptions(full_state_dict=True, cpu_offload=True, strict=False)
        set_model_state_dict(module, dict(trained), options=loose)
        whole: Any = get_optimizer_state_dict(module, optimizer, options=_OWN)
        whole["state"] = {}
        for name, tensor in moments.items():
            parameter, what = name.rsplit("/", 1)
            whole["state"].setdefault(parameter, {})[what] = tensor
        set_optimizer_state_dict(module, optimizer, whole, options=_WHOLE)
