"""Linear layers whose weights take half of bfloat16's memory (8 bits) or a quarter (4 bits).

The weights are made whole again for each matrix product, in the numbers of what comes in. That
costs one pass over them, which a batch of hundreds of tokens hides; it runs on every device alike.

bitsandbytes and torchao are not used. bitsandbytes asks a hub for compiled code when it is imported
where the package `kernels` is installed, and this program opens no connection unasked; torchao has
no 4 bits without a further package on CUDA, and none on processors, where these can be tested.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from engine.models.device import Quantisation

if TYPE_CHECKING:
    from torch import Tensor, nn

_BLOCK = 64
"""Weights that share a scale, of 4 bits."""

_LEVELS = (
    -1.0, -0.6961928, -0.52507305, -0.3949175, -0.28444138, -0.18477343, -0.091050036, 0.0,
    0.0795803, 0.1609302, 0.2461123, 0.33791524, 0.44070983, 0.562617, 0.72295684, 1.0,
)  # fmt: skip
"""NF4 (Dettmers et al. 2023): equally frequent for weights with a normal distribution."""

_SHRINKS = (1.0, 0.95, 0.9)
"""Scales tried for a block, of its largest weight; the least squared error wins."""

_ROWS_AT_ONCE = 1024
"""While 4 bits are chosen, copies of this many rows are in memory, not of the whole weight."""


def quantise(linear: nn.Linear, bits: Literal[8, 4]) -> nn.Module:
    """A layer that computes about the same from fewer bits, on the same device.

    Args:
        linear: Is not changed; its bias is shared.
        bits: 8: a scale a row, whose largest weight is 127. 4: NF4, a scale for each 64 weights.
    """
    return _classes()[bits](linear)


def quantise_all(core: nn.Module, precision: Quantisation, device: str) -> None:
    """Quantise a base in place, layer by layer, so that no device need ever hold all of it.

    Args:
        core: transformers' ``Qwen2_5_VLModel``, in main memory; what is not quantised stays there.
        precision: ``int8`` or ``int4``.
        device: Where the quantised layers go.
    """
    from torch.nn import Linear

    for name, module in list(core.named_modules()):
        if not isinstance(module, Linear):
            continue
        bits = bits_of(name, 2)
        if bits != 16:
            parent, _, leaf = name.rpartition(".")
            smaller = quantise(module.to(device), 8 if precision == "int8" else bits)
            core.get_submodule(parent).register_module(leaf, smaller)


def bits_of(name: str, dimensions: int) -> Literal[4, 8, 16]:
    """The fewest bits for a layer's weights that cost vectors little.

    The layers on which checkpoints take turns stay as they are. The vision tower takes 8 bits at
    least: in 4 it alone more than doubled the drift.

    Args:
        name: Of the layer, as the base or one of its files calls it.
        dimensions: Of its weight.
    """
    if dimensions != 2 or name.endswith(("q_proj", "v_proj", "embed_tokens", "lm_head")):
        return 16
    return 8 if "visual." in name else 4


@cache
def _classes() -> dict[int, type[nn.Module]]:
    import torch
    from torch.nn import Module
    from torch.nn.functional import embedding, pad
    from torch.nn.functional import linear as product

    class Linear8(Module):
        codes: Tensor
        scale: Tensor

        def __init__(self, linear: nn.Linear) -> None:
            super().__init__()
            weight = linear.weight.detach()
            scale = weight.abs().amax(1, keepdim=True).float().clamp(min=1e-12) / 127
            self.register_buffer("codes", torch.round(weight / scale).to(torch.int8))
            self.register_buffer("scale", scale.flatten())
            self.bias = linear.bias

        def forward(self, states: Tensor) -> Tensor:
            # Whole numbers up to 127 are exact in bfloat16; the scale may follow the product.
            out = product(states, self.codes.to(states.dtype)) * self.scale.to(states.dtype)
            return out if self.bias is None else out + self.bias

    class Linear4(Module):
        codes: Tensor  # two weights a byte
        scale: Tensor
        pairs: Tensor

        def __init__(self, linear: nn.Linear) -> None:
            super().__init__()
            weight = linear.weight.detach()
            self.in_features = linear.in_features
            levels = torch.tensor(_LEVELS, device=weight.device)
            rows = torch.split(weight, _ROWS_AT_ONCE)
            parts = [_codes(part, levels) for part in rows]
            codes, scales = (torch.cat(part) for part in zip(*parts, strict=True))
            byte = torch.arange(256, device=weight.device)
            pairs = torch.stack([levels[byte & 15], levels[byte >> 4]], dim=1)
            self.register_buffer("codes", codes)
            self.register_buffer("scale", scales.to(torch.bfloat16))
            self.register_buffer("pairs", pairs.to(weight.dtype))
            self.bias = linear.bias

        def forward(self, states: Tensor) -> Tensor:
            blocks = embedding(self.codes.int(), self.pairs).view(*self.scale.shape[:2], _BLOCK)
            weight = (blocks * self.scale.to(blocks.dtype)).flatten(1)[:, : self.in_features]
            return product(states, weight, self.bias)

    def _codes(rows: Tensor, levels: Tensor) -> tuple[Tensor, Tensor]:
        """Bytes uint8 ``[n, k / 2]`` and scales float32 ``[n, blocks, 1]``."""
        blocks = pad(rows.float(), (0, -rows.shape[1] % _BLOCK)).view(len(rows), -1, _BLOCK)
        largest = blocks.abs().amax(2, keepdim=True).clamp(min=1e-12)
        between = (levels[1:] + levels[:-1]) / 2
        least = torch.full_like(largest, torch.inf)
        scale, code = largest, torch.zeros_like(blocks, dtype=torch.uint8)
        for shrink in _SHRINKS:
            tried = (largest * shrink).to(torch.bfloat16).float()
            nearest = torch.bucketize(blocks / tried, between, out_int32=True)
            error = (levels[nearest] * tried - blocks).square().sum(2, keepdim=True)
            better = error < least
            least = torch.where(better, error, least)
            scale = torch.where(better, tried, scale)
            code = torch.where(better, nearest.to(torch.uint8), code)
        code = code.flatten(1)
        return code[:, ::2] | code[:, 1::2] << 4, scale

    return {8: Linear8, 4: Linear4}
