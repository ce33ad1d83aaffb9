"""Gradients of a contrastive loss over one large batch, in pieces and in several processes.

GradCache (Gao et al., 2021, arXiv 2101.06983): the vectors of all pictures are computed without
gradients, piece by piece; the loss gives the gradient of each vector; then each piece is computed
again and takes its part. Memory is that of one piece, the loss that of the whole batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Literal

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from torch import Tensor, nn  # noqa: TID253

from engine.types import UInt8
from trainer.training.world import World

Loss = Callable[[Tensor, Tensor], Tensor]
"""Of the vectors ``[b, d]`` of the whole batch and the scale of cosines ``[1]``."""


_LARGEST = math.log(100.0)
"""Of the logarithm of a learned scale."""


class ScaledEncoder(nn.Module):
    """An encoder of pictures and the scale of its cosines, 1 / temperature.

    Args:
        encoder: Pictures -> ``[b, d]``, rows of norm 1.
        temperature: At the beginning.
        learned: Whether it is trained; it stays at 0.01 or more then.
    """

    def __init__(self, encoder: nn.Module, temperature: float, *, learned: bool) -> None:
        super().__init__()
        self.encoder = encoder
        device = next(encoder.parameters()).device
        log_scale = torch.tensor([1.0 / temperature], device=device).log()
        self.log_scale = nn.Parameter(log_scale, requires_grad=learned)

    def forward(self, pictures: list[UInt8]) -> tuple[Tensor, Tensor]:
        """Vectors float32 ``[b, d]``, and the scale ``[1]``."""
        log_scale: Tensor = self.log_scale
        if log_scale.requires_grad:  # bounded, with a gradient that leads back from the bound
            log_scale = log_scale + (log_scale.clamp(max=_LARGEST) - log_scale).detach()
        return self.encoder(pictures), log_scale.exp()


def add_gradients(
    module: nn.Module,
    pictures: Sequence[UInt8],
    loss_of: Loss,
    world: World,
    *,
    piece: int,
    precision: Literal["float32", "bfloat16"],
    seed: int,
) -> tuple[float, float, Tensor]:
    """Add the gradients of the loss over the batch of all processes.

    Args:
        module: A `ScaledEncoder`, wrapped by `world`.
        pictures: This process's part of the batch; every process has as many.
        loss_of: The loss of the whole batch.
        world: Who trains.
        piece: Pictures that are computed at once; 0 for all.
        precision: The numbers that products are computed in.
        seed: Of dropout in this step.

    Returns:
        The loss, the scale, and the vectors of the whole batch ``[b, d]``.
    """
    pieces = _cut(list(pictures), piece)
    kept: list[tuple[Tensor, Tensor]] = []
    if len(pieces) == 1:
        kept = [_forward(module, pieces[0], world, precision, (seed, 0))]
        vectors, scale = kept[0]
    else:
        with torch.no_grad():
            made = [
                _forward(module, part, world, precision, (seed, number))
                for number, part in enumerate(pieces)
            ]
        vectors, scale = torch.cat([rows for rows, _ in made]), made[0][1]

    own, own_scale = vectors.detach().requires_grad_(), scale.detach().requires_grad_()
    whole = _in_place(own, world)
    loss = loss_of(whole, own_scale)
    # Processes average what they add, and each adds the gradient of its own vectors alone.
    gradient, of_scale = torch.autograd.grad(loss, (own, own_scale))
    gradient = gradient * world.size

    start = 0
    for number, part in enumerate(pieces):
        is_last = number == len(pieces) - 1
        with world.synchronised(module, on=is_last):
            if kept:
                rows, its_scale = kept[number]
            else:
                rows, its_scale = _forward(module, part, world, precision, (seed, number))
            wanted = [(rows, gradient[start : start + len(part)])]
            if is_last and its_scale.requires_grad:
                wanted.append((its_scale, of_scale))
            tensors, gradients = zip(*wanted, strict=True)
            torch.autograd.backward(tensors, gradients)
        start += len(part)
    return float(loss.detach()), float(scale.detach()), whole.detach()


def _cut(pictures: list[UInt8], piece: int) -> list[list[UInt8]]:
    size = piece or len(pictures)
    return [pictures[start : start + size] for start in range(0, len(pictures), size)]


def _forward(
    module: nn.Module,
    pictures: list[UInt8],
    world: World,
    precision: Literal["float32", "bfloat16"],
    chance: tuple[int, int],
) -> tuple[Tensor, Tensor]:
    # The second pass over a piece must drop what the first one dropped.
    torch.manual_seed(hash((*chance, world.rank)) % (1 << 63))
    with world.autocast(precision):
        made: Any = module(pictures)
    vectors, scale = made
    return vectors, scale


def _in_place(own: Tensor, world: World) -> Tensor:
    """The vectors of all processes, of which only this one's own carry a gradient."""
    if world.size == 1:
        return own
    parts = list(torch.split(world.gather(own), len(own)))
    parts[world.rank] = own
    return torch.cat(parts)
