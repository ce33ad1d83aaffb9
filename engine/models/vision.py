"""The vision tower of Qwen2.5-VL over a batch of pictures of any sizes, in few large operations.

It computes what transformers' own forward does, with its modules and weights. The difference is in
the order of work: pixels go to the device as bytes and become patches there, already in the order
of attention windows, and all windows of one size are attended to in one call, where the original
calls once a window (16 windows a picture of 448 pixels, in 28 of 32 layers).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.models.preparation import PixelRules
from engine.types import UInt8

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class _Grid:
    """What depends on the size of a picture alone; patches are counted in raster order of merges.

    Attributes:
        order: int64 ``[p]``, patches in the order of windows.
        restore: int64 ``[t]``, where in window order each token of the raster is.
        cos: float32 ``[p, d]``, rotation of each patch, in window order.
        sin: float32 ``[p, d]``.
        windows: Patches of each window.
    """

    order: Tensor
    restore: Tensor
    cos: Tensor
    sin: Tensor
    windows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Segments:
    """Stretches of equal length that attend within themselves.

    Attributes:
        length: Patches of each.
        rows: int64 ``[n * length]``, or None where they are all patches in order.
    """

    length: int
    rows: Tensor | None


class VisionTower:
    """Turns prepared pictures into the tokens that the language model sees.

    Args:
        tower: transformers' ``Qwen2_5_VisionTransformerPretrainedModel``, in eval mode.
        rules: Of the checkpoint.
    """

    def __init__(self, tower: nn.Module, rules: PixelRules) -> None:
        self._tower: Any = tower
        self._rules = rules
        self._grids: dict[tuple[int, int], _Grid] = {}
        self._patch_weight: Tensor | None = None
        self._block: Callable[..., Tensor] = _block

    def compile(self) -> None:
        """Let torch.compile fuse what lies between the matrix products; costs a minute once."""
        import torch

        self._block = torch.compile(_block, dynamic=True)

    def forget_weights(self) -> None:
        """Call after the tower's weights have changed."""
        self._patch_weight = None

    def __call__(self, pictures: Sequence[UInt8]) -> list[Tensor]:
        """Encode pictures.

        Args:
            pictures: Each uint8 ``[h, w, 3]``, as `preparation.prepare` returns it.

        Returns:
            For each the tokens in raster order, ``[t, width of the language model]``.
        """
        import torch

        grids = [self._grid(picture) for picture in pictures]
        whole = _segments([(len(grid.order),) for grid in grids], self._device)
        windows = _segments([grid.windows for grid in grids], self._device)
        hidden = self._embed(pictures, grids)
        cos = torch.cat([grid.cos for grid in grids])
        sin = torch.cat([grid.sin for grid in grids])
        for number, block in enumerate(self._tower.blocks):
            everywhere = number in self._tower.fullatt_block_indexes
            hidden = self._block(block, hidden, whole if everywhere else windows, cos, sin)
        tokens = self._tower.merger(hidden)
        counts = [len(grid.restore) for grid in grids]
        return [part[grid.restore] for part, grid in zip(tokens.split(counts), grids, strict=True)]

    @property
    def _device(self) -> torch.device:
        device: torch.device = self._tower.patch_embed.proj.weight.device
        return device

    def _embed(self, pictures: Sequence[UInt8], grids: Sequence[_Grid]) -> Tensor:
        """Patch embeddings ``[patches, width]`` of all pictures, in window order."""
        import torch
        from torch.nn.functional import linear

        if len({picture.shape for picture in pictures}) == 1:
            pixels = _to_device(np.stack(pictures), self._device)
            patches = self._patches(pixels)[:, grids[0].order].flatten(0, 1)
        else:
            each = (self._patches(_to_device(picture[None], self._device)) for picture in pictures)
            patches = torch.cat([p[0, g.order] for p, g in zip(each, grids, strict=True)])
        proj = self._tower.patch_embed.proj
        weight = self._patch_weight
        if weight is None or weight.device != patches.device:
            # All frames of a picture are equal, so their kernels act as one: half the work.
            weight = proj.weight.float().sum(dim=2).flatten(1).to(proj.weight.dtype)
            self._patch_weight = weight
        return linear(patches.to(weight.dtype), weight)

    def _patches(self, pixels: Tensor) -> Tensor:
        """Normalised patches float32 ``[n, p, 3 * patch * patch]`` of uint8 ``[n, h, w, 3]``."""
        rules = self._rules
        n, height, width, _ = pixels.shape
        mean = pixels.new_tensor(rules.mean, dtype=_float32())
        std = pixels.new_tensor(rules.std, dtype=_float32())
        values = (pixels.float() / 255.0 - mean) / std
        rows, columns = height // rules.step, width // rules.step
        cut = values.view(n, rows, rules.merge, rules.patch, columns, rules.merge, rules.patch, 3)
        # picture, block row, block column, row and column in the block, channel, patch pixels
        return cut.permute(0, 1, 4, 2, 5, 7, 3, 6).reshape(n, -1, 3 * rules.patch**2)

    def _grid(self, picture: UInt8) -> _Grid:
        size = (picture.shape[0] // self._rules.patch, picture.shape[1] // self._rules.patch)
        grid = self._grids.get(size)
        if grid is None or grid.order.device != self._device:
            if len(self._grids) > 64:  # a folder of native sizes has thousands
                self._grids.clear()
            grid = self._grids[size] = self._make_grid(*size)
        return grid

    def _make_grid(self, rows: int, columns: int) -> _Grid:
        import torch
        from transformers.vision_utils import get_vision_position_ids, get_vision_window_index

        tower, merge = self._tower, self._rules.merge
        thw = torch.tensor([[1, rows, columns]])
        window_index, ends = get_vision_window_index(
            thw, merge, tower.window_size, tower.patch_size
        )
        order = (window_index[:, None] * merge**2 + torch.arange(merge**2)).flatten()
        positions = get_vision_position_ids(thw, merge)[order].to(self._device)
        cos, sin = tower.rotary_pos_emb(positions.float(), positions)
        return _Grid(
            order.to(self._device),
            window_index.argsort().to(self._device),
            cos.float(),
            sin.float(),
            tuple(ends.diff().tolist()),
        )


def align_widths(tower: nn.Module, multiple: int = 64) -> None:
    """Give the inner layers of a tower widths that a graphics device multiplies fast.

    Qwen2.5-VL's are 3,420 wide, so that rows in bfloat16 begin at addresses which the fast kernels
    do not take. Zeros are added: the activation of nothing is nothing, so the result is the same.

    Args:
        tower: As `VisionTower` takes it; changed in place.
        multiple: Of which the widths become multiples.
    """
    from torch.nn import Parameter
    from torch.nn.functional import pad

    blocks: Any = tower.blocks
    for mlp in (block.mlp for block in blocks):
        lacking = -mlp.gate_proj.out_features % multiple
        for wide in (mlp.gate_proj, mlp.up_proj):
            wide.weight = Parameter(pad(wide.weight, (0, 0, 0, lacking)), requires_grad=False)
            wide.bias = Parameter(pad(wide.bias, (0, lacking)), requires_grad=False)
            wide.out_features += lacking
        down = mlp.down_proj
        down.weight = Parameter(pad(down.weight, (0, lacking)), requires_grad=False)
        down.in_features += lacking


def _float32() -> torch.dtype:
    import torch

    return torch.float32


def _to_device(pixels: UInt8, device: torch.device) -> Tensor:
    """Pixels on the device, without waiting for the copy where the device works by itself."""
    import torch

    host = torch.from_numpy(pixels if pixels.flags.writeable else pixels.copy())
    if device.type == "cuda":
        return host.pin_memory().to(device, non_blocking=True)
    return host.to(device)


def _segments(lengths: Sequence[tuple[int, ...]], device: torch.device) -> tuple[_Segments, ...]:
    """Stretches that follow one another, sorted by length."""
    import torch

    flat = [length for picture in lengths for length in picture]
    kinds = sorted(set(flat))
    if len(kinds) == 1:
        return (_Segments(kinds[0], None),)
    starts = np.concatenate([[0], np.cumsum(flat)[:-1]])
    sizes = np.array(flat)
    return tuple(
        _Segments(
            kind,
            torch.from_numpy((starts[sizes == kind][:, None] + np.arange(kind)).ravel()).to(device),
        )
        for kind in kinds
    )


def _block(
    block: Any, hidden: Tensor, segments: Sequence[_Segments], cos: Tensor, sin: Tensor
) -> Tensor:
    """One layer of the tower on ``[patches, width]``."""
    hidden = hidden + _attend(block.attn, block.norm1(hidden), segments, cos, sin)
    return hidden + block.mlp(block.norm2(hidden))  # type: ignore[no-any-return]


def _attend(
    attention: Any, hidden: Tensor, segments: Sequence[_Segments], cos: Tensor, sin: Tensor
) -> Tensor:
    from torch.nn.functional import scaled_dot_product_attention
    from transformers.models.qwen2_5_vl.modeling_qwen2_5_vl import apply_rotary_pos_emb_vision

    patches = hidden.shape[0]
    qkv = attention.qkv(hidden).view(patches, 3, attention.num_heads, -1)
    query, key = apply_rotary_pos_emb_vision(qkv[:, 0], qkv[:, 1], cos, sin)
    value = qkv[:, 2]
    out = None if segments[0].rows is None else value.new_empty(value.shape)
    for segment in segments:
        parts = (query, key, value)
        if segment.rows is not None:
            parts = tuple(part[segment.rows] for part in parts)  # type: ignore[assignment]
        q, k, v = (part.unflatten(0, (-1, segment.length)).transpose(1, 2) for part in parts)
        seen = scaled_dot_product_attention(q, k, v, scale=attention.scaling)
        seen = seen.transpose(1, 2).flatten(0, 1)
        if out is None:
            return attention.proj(seen.flatten(1))  # type: ignore[no-any-return]
        out[segment.rows] = seen
    assert out is not None
    return attention.proj(out.flatten(1))  # type: ignore[no-any-return]
