"""The language model of Qwen2.5-VL, as far as the state of one query token needs it.

It computes what transformers' own forward does, with its modules and weights, and leaves out what
cannot reach the query token: there is no LM head, no state is kept, nothing comes after the query
token, the prompt before the picture (equal for all pictures) is computed once, and in the last
layer only the query token is computed beyond keys and values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from torch import Tensor, nn

Heads: TypeAlias = "tuple[Tensor, Tensor, Tensor]"
"""Queries, keys and values of a layer, each ``[b, heads, l, d]``, already rotated."""


Rotation: TypeAlias = "tuple[Tensor, Tensor]"
"""Cosines and sines of rotary positions."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Embeddings of the constant tokens around a picture.

    Attributes:
        before: ``[p, width]``.
        after: ``[s, width]``; the last of them is the query token.
    """

    before: Tensor
    after: Tensor


class QueryReader:
    """Reads the last-layer state of the query token behind a picture.

    Args:
        model: transformers' ``Qwen2_5_VLTextModel``, in eval mode.
        prompt: What stands around every picture.
    """

    def __init__(self, model: nn.Module, prompt: Prompt) -> None:
        self._model: Any = model
        self._prompt = prompt
        self._prefix: list[Heads] | None = None
        self._layer: Callable[..., Tensor] = pass_layer

    def compile(self) -> None:
        """See `VisionTower.compile`."""
        import torch

        self._layer = torch.compile(pass_layer, dynamic=True)

    def forget_prefix(self) -> None:
        """Call after weights have changed or moved."""
        self._prefix = None

    def __call__(self, pictures: Sequence[Tensor], sizes: Sequence[tuple[int, int]]) -> Tensor:
        """The state of the query token behind each picture.

        Args:
            pictures: Tokens of each ``[t, width]``, as `VisionTower` returns them.
            sizes: Rows and columns of tokens of each picture.

        Returns:
            ``[b, width]`` after the final norm. Pictures of other lengths in the batch change it
            by rounding only: shorter rows are filled up behind the query token, where causal
            attention does not look.
        """
        hidden, turn, last = arrange(self._model, self._prompt, pictures, sizes)
        prefix = self._read_prefix(self._prompt.before.to(hidden))
        layers = self._model.layers
        for layer, heads in zip(layers[:-1], prefix[:-1], strict=True):
            hidden = self._layer(layer, hidden, turn, heads)
        hidden = pass_last_layer(layers[-1], hidden, turn, prefix[-1], last)
        return self._model.norm(hidden)  # type: ignore[no-any-return]

    def _read_prefix(self, before: Tensor) -> list[Heads]:
        """Heads of the prompt before the picture, of every layer, batch of one."""
        if self._prefix is None or self._prefix[0][0].device != before.device:
            hidden, turn = begin(self._model, before)
            self._prefix = []
            for layer in self._model.layers:
                heads, hidden = pass_prefix(layer, hidden, turn)
                self._prefix.append(heads)
        return self._prefix


def begin(model: Any, before: Tensor) -> tuple[Tensor, Rotation]:
    """The prompt before the picture as a batch of one, and its rotation.

    Args:
        model: transformers' ``Qwen2_5_VLTextModel``.
        before: ``[p, width]``.
    """
    import torch

    positions = torch.arange(len(before), device=before.device).expand(3, 1, -1)
    return before[None], model.rotary_emb(before[None], positions)


def arrange(
    model: Any, prompt: Prompt, pictures: Sequence[Tensor], sizes: Sequence[tuple[int, int]]
) -> tuple[Tensor, Rotation, Tensor]:
    """What follows the prompt before the picture, as one batch.

    Args:
        model: transformers' ``Qwen2_5_VLTextModel``.
        prompt: What stands around every picture.
        pictures: Tokens of each ``[t, width]``.
        sizes: Rows and columns of tokens of each picture.

    Returns:
        Embeddings ``[b, l, width]``, filled up behind the query token; their rotation; where the
        query token of each row is, int64 ``[b]``.
    """
    import torch
    from torch.nn.utils.rnn import pad_sequence

    rows = [torch.cat([tokens, prompt.after.to(tokens)]) for tokens in pictures]
    hidden = pad_sequence(rows, batch_first=True)
    positions = pad_sequence([places(prompt, *size).T for size in sizes], batch_first=True)
    positions = positions.permute(2, 0, 1).to(hidden.device)
    last = torch.tensor([len(row) - 1 for row in rows], device=hidden.device)
    return hidden, model.rotary_emb(hidden, positions), last


def places(prompt: Prompt, rows: int, columns: int) -> Tensor:
    """Rotary positions (time, row, column) ``[3, t + s]`` of a picture and what follows it."""
    import torch

    row, column = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    picture = torch.stack([torch.zeros_like(row), row, column]).flatten(1)
    after = max(rows, columns) + torch.arange(len(prompt.after))
    return len(prompt.before) + torch.cat([picture, after.expand(3, -1)], dim=1)


def pass_prefix(layer: Any, hidden: Tensor, turn: Rotation) -> tuple[Heads, Tensor]:
    """One layer on the prompt before the picture ``[1, p, width]``.

    Returns:
        Its heads, for those that follow, and its states after the layer.
    """
    heads = _heads(layer, layer.input_layernorm(hidden), turn)
    return heads, _finish(layer, hidden, _attend(layer, heads, 0))


def _heads(layer: Any, hidden: Tensor, turn: Rotation) -> Heads:
    """Queries, keys and values of normed states ``[b, l, width]``."""
    from transformers.models.qwen2_5_vl.modeling_qwen2_5_vl import apply_rotary_pos_emb

    attention = layer.self_attn
    query, key, value = (
        projection(hidden).unflatten(-1, (-1, attention.head_dim)).transpose(1, 2)
        for projection in (attention.q_proj, attention.k_proj, attention.v_proj)
    )
    query, key = apply_rotary_pos_emb(query, key, *turn)
    return query, key, value


def _attend(layer: Any, heads: Heads, start: int) -> Tensor:
    """Causal attention of whole sequences; what it is from `start` on, ``[b, l, heads * d]``."""
    from torch.nn.functional import scaled_dot_product_attention

    query, key, value = heads
    attention = layer.self_attn
    grouped = key.shape[1] != query.shape[1]
    seen = scaled_dot_product_attention(
        query, key, value, is_causal=True, scale=attention.scaling, enable_gqa=grouped
    )
    return seen[:, :, start:].transpose(1, 2).flatten(2)


def _finish(layer: Any, hidden: Tensor, seen: Tensor) -> Tensor:
    """What a layer does after attention."""
    hidden = hidden + layer.self_attn.o_proj(seen)
    return hidden + layer.mlp(layer.post_attention_layernorm(hidden))  # type: ignore[no-any-return]


def _behind(prefix: Heads, heads: Heads) -> Heads:
    """Sequences of which only what follows the prefix was computed, completed."""
    import torch

    query, key, value = (
        torch.cat([start.expand(len(rest), -1, -1, -1), rest], dim=2)
        for start, rest in zip(prefix, heads, strict=True)
    )
    return query, key, value


def pass_layer(layer: Any, hidden: Tensor, turn: Rotation, prefix: Heads) -> Tensor:
    """One layer on the states ``[b, l, width]`` that follow the prefix.

    The prefix's queries take part although nobody reads their answer: with them attention is
    square, which the fast kernels want, and they are a few of hundreds.
    """
    heads = _behind(prefix, _heads(layer, layer.input_layernorm(hidden), turn))
    return _finish(layer, hidden, _attend(layer, heads, prefix[0].shape[2]))


def pass_last_layer(
    layer: Any, hidden: Tensor, turn: Rotation, prefix: Heads, last: Tensor
) -> Tensor:
    """The last layer, for the query token at ``last`` int64 ``[b]`` of each row: ``[b, width]``."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    row = torch.arange(len(hidden), device=hidden.device)
    query, key, value = _behind(prefix, _heads(layer, layer.input_layernorm(hidden), turn))
    start = prefix[0].shape[2]
    ends = start + last
    is_seen = torch.arange(key.shape[2], device=hidden.device) <= ends[:, None]
    seen = scaled_dot_product_attention(
        query[row, :, ends][:, :, None],
        key,
        value,
        attn_mask=is_seen[:, None, None],
        scale=layer.self_attn.scaling,
        enable_gqa=key.shape[1] != query.shape[1],
    )
    return _finish(layer, hidden[row, last][:, None], seen.transpose(1, 2).flatten(2))[:, 0]
