"""How many floating-point operations one picture costs; a multiplication and an addition are two.

Counted is what matrix products and attention do, as torch's own counter counts them: attention over
whole squares, although causal attention needs a half (0.3 % of a picture of 448 pixels at 7B).

A linear layer from k to n costs 2 k n for each row, attention among n rows of width w costs
4 n² w. With P patches, T = P / 4 tokens, B tokens before the picture and A behind it:

- patches: P rows of the kernel; a block of the tower: P rows of qkv, proj, gate, up and down, and
  attention among P patches or within each window; merger: T rows;
- language model, each layer: B + T + A rows of q, k, v, o, gate, up and down, attention among them;
- LM head: B + T + A rows; projection: one row.

The released code computes all of that, LoRA beside it, and the tokens behind the query token. Ours
computes the prompt before the picture once for all pictures, nothing behind the query token, of the
last layer what that token needs, no LM head, and a patch's two equal frames as one.
"""

from __future__ import annotations

from dataclasses import dataclass

from random_relsim import EMBEDDING, RANK, TOKENS, Shape

BEFORE = 15  # tokens of the chat template before the picture
AFTER = 2  # tokens behind it up to the query token
REST = 5  # tokens behind the query token


@dataclass(frozen=True, slots=True)
class Picture:
    """Size of a picture in patches."""

    rows: int
    columns: int

    @classmethod
    def of(cls, width: int, height: int, shape: Shape, max_pixels: int = 12_845_056) -> Picture:
        """What the model makes of a picture of this size in pixels, unprepared."""
        step = shape.patch * shape.merge
        wide, high = round(width / step) * step, round(height / step) * step
        if wide * high > max_pixels:
            scale = (width * height / max_pixels) ** 0.5
            wide, high = (int(side / scale / step) * step for side in (width, height))
        return cls(high // shape.patch, wide // shape.patch)

    @property
    def patches(self) -> int:
        return self.rows * self.columns


def released_flops(shape: Shape, picture: Picture) -> int:
    """Of the released code, for one picture."""
    tokens = picture.patches // shape.merge**2
    sequence = BEFORE + tokens + AFTER + REST
    lora = RANK * (2 * shape.hidden + _query_width(shape) + _key_value_width(shape))
    layer = 2 * sequence * (_attention_weights(shape) + _mlp_weights(shape) + lora)
    layer += 4 * sequence**2 * _query_width(shape)
    head = 2 * sequence * shape.hidden * TOKENS
    return _vision(shape, picture, frames=2) + shape.layers * layer + head + _projection(shape)


def own_flops(shape: Shape, picture: Picture) -> int:
    """Of the engine, for one picture of a batch whose prompt is known already."""
    tokens = picture.patches // shape.merge**2 + AFTER
    sequence = BEFORE + tokens
    query = _query_width(shape)
    layer = 2 * tokens * (_attention_weights(shape) + _mlp_weights(shape))
    layer += 4 * sequence**2 * query
    out = query * shape.hidden
    last = 2 * tokens * (_attention_weights(shape) - out) + 4 * sequence * query
    last += 2 * (out + _mlp_weights(shape))
    vision = _vision(shape, picture, frames=1)
    return vision + (shape.layers - 1) * layer + last + _projection(shape)


def _vision(shape: Shape, picture: Picture, frames: int) -> int:
    patches, width = picture.patches, shape.vision_hidden
    merged = width * shape.merge**2
    block = 2 * patches * width * (4 * width + 3 * shape.vision_intermediate)
    whole = 4 * patches**2 * width
    windows = 4 * _sum_of_squares(picture, shape) * width
    full = len(shape.full_attention)
    total = 2 * patches * 3 * frames * shape.patch**2 * width
    total += shape.vision_depth * block + full * whole + (shape.vision_depth - full) * windows
    return total + 2 * (patches // shape.merge**2) * merged * (merged + shape.hidden)


def _sum_of_squares(picture: Picture, shape: Shape) -> int:
    """Of the patches of each window; those at the edges are smaller."""
    side = shape.window // shape.patch
    total = 1
    for length in (picture.rows, picture.columns):
        total *= (length // side) * side**2 + (length % side) ** 2
    return total


def _query_width(shape: Shape) -> int:
    return shape.heads * shape.head


def _key_value_width(shape: Shape) -> int:
    return shape.key_value_heads * shape.head


def _attention_weights(shape: Shape) -> int:
    return shape.hidden * (2 * _query_width(shape) + 2 * _key_value_width(shape))


def _mlp_weights(shape: Shape) -> int:
    return 3 * shape.hidden * shape.intermediate


def _projection(shape: Shape) -> int:
    return 2 * shape.hidden * EMBEDDING
