"""relsim in training: what the engine computes for a picture, with gradients (method.md, "relsim").

The layers are passed as `engine.models.language` passes them, so that what is trained is what is
served: no LM head, nothing after the query token, and in the last layer the query token alone. The
prompt before the picture, equal for all, is one row; LoRA changes it with every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from PIL import Image
from torch import Tensor, nn  # noqa: TID253
from torch.nn.functional import normalize  # noqa: TID253
from torch.utils.checkpoint import checkpoint  # noqa: TID253

from engine.errors import ModelError
from engine.models.checkpoint import (
    PROJECTION,
    Lora,
    Projection,
    read_embeddings,
    read_lora,
    read_projection,
)
from engine.models.language import (
    Heads,
    Prompt,
    Rotation,
    arrange,
    begin,
    pass_last_layer,
    pass_layer,
    pass_prefix,
)
from engine.models.preparation import Preparation, min_side, prepare
from engine.models.qwen import QwenBase, query_tokens
from engine.models.text import DIMENSION
from engine.types import UInt8
from trainer.vlm.base import BaseSettings, stored_embeddings
from trainer.vlm.lora import (
    LoraSettings,
    adapter_tensors,
    add_lora,
    base_tensors,
    write_adapter,
    write_base,
)

_EMBEDDINGS = "language_model.embed_tokens.weight"


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """What stands behind the picture, and how the picture gets there.

    Attributes:
        query: Its token: ``frozen`` leaves its embedding as the base has it, as the released code
            does; ``trained`` learns it, as the paper says. A checkpoint of a learned one carries
            the whole table of embeddings, because the released code looks for it there.
        preparation: A square, because one size makes one batch.
    """

    query: Literal["frozen", "trained"] = "frozen"
    preparation: Literal["square448", "squash448"] = "square448"


class _Start(NamedTuple):
    """What a relsim checkpoint brings along; `query` is the embedding of its query token."""

    lora: Lora
    projection: Projection
    query: Tensor

    @classmethod
    def read(cls, folder: Path, base: QwenBase, settings: LoraSettings, ids: list[int]) -> _Start:
        lora = read_lora(folder, base.core)
        projection = read_projection(folder, base.embeddings.shape[1])
        rank = {len(a) for _, a in lora.factors.values()}
        if rank != {settings.rank} or lora.scale != settings.alpha / settings.rank:
            raise ModelError(
                f"The LoRA of {folder} has rank {rank.pop()}, scale {lora.scale:g}: set lora.rank"
                " and lora.alpha to what it was trained with"
            )
        if projection.query_token_id != ids[-1]:
            raise ModelError(f"{folder} was trained with another query token than this base's")
        return cls(lora, projection, read_embeddings(folder, ids, base.embeddings)[-1])


class QueryLayer(nn.Module):
    """One layer of the language model over the prompt's beginning and over what follows it.

    Args:
        layer: transformers' ``Qwen2_5_VLDecoderLayer``; its parameters are this module's.
    """

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(
        self,
        prefix: tuple[Tensor, Rotation],
        hidden: Tensor,
        turn: Rotation,
        last: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Pass both.

        Args:
            prefix: States ``[1, p, width]`` of the prompt's beginning, and their rotation.
            hidden: States ``[b, l, width]`` of what follows.
            turn: Their rotation.
            last: Where each row's query token is, int64 ``[b]``: only it is computed.

        Returns:
            States of the beginning, and ``[b, l, width]``, or ``[b, width]`` with `last`.
        """
        heads: Heads
        heads, before = pass_prefix(self.layer, *prefix)
        if last is None:
            return before, pass_layer(self.layer, hidden, turn, heads)
        # A copy: FSDP hooks its backward pass to what is returned, and a view could lose the hook.
        return before, pass_last_layer(self.layer, hidden, turn, heads, last).clone()


class QueryModel(nn.Module):
    """Image -> relational vector, to be trained.

    Args:
        base: On its device. LoRA is added to it.
        tokenizer: Of the base; knows the query token.
        lora: Settings of LoRA.
        settings: Of the query token and the preparation.
        seed: Decides the first weights of LoRA and projection.
        everything: Train the base's weights as well.
        checkpointing: Compute each layer anew for the backward pass.
        start: A relsim checkpoint to go on from; None to begin with LoRA that changes nothing.

    Raises:
        ModelError: If `start` is damaged, of another base, or its LoRA has other dimensions.
    """

    _ids: Tensor

    def __init__(
        self,
        base: QwenBase,
        tokenizer: Any,
        lora: LoraSettings,
        settings: QuerySettings,
        *,
        seed: int,
        everything: bool,
        checkpointing: bool,
        start: Path | None = None,
    ) -> None:
        super().__init__()
        before, after = query_tokens(tokenizer, base)
        begun = None if start is None else _Start.read(start, base, lora, [*before, *after])
        add_lora(base.core, lora, seed, everything=everything)
        self.core = base.core
        # In place of the layers, not beside them: where weights are shared out each has one owner.
        language = self.core.language_model
        language.layers = nn.ModuleList(QueryLayer(layer) for layer in language.layers)
        with torch.random.fork_rng([]):
            torch.manual_seed(seed)
            projection = nn.Linear(base.embeddings.shape[1], DIMENSION)
        self.projection = projection.to(base.embeddings.device)
        self._base, self._lora, self._settings = base, lora, settings
        self._tokenizer, self._checkpointing, self._everything = (
            tokenizer,
            checkpointing,
            everything,
        )
        ids = torch.tensor([*before, *after])
        self.register_buffer("_ids", ids.to(base.embeddings.device), persistent=False)
        self._start = len(before)
        self.query: nn.Parameter | None = None
        if settings.query == "trained":
            row = base.embeddings[after[-1]] if begun is None else begun.query
            self.query = nn.Parameter(row.detach().float().clone())
        if begun is not None:
            self._go_on(begun)

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoder should keep before `prepare`."""
        return min_side(self._settings.preparation)

    def prepare(self, image: Image.Image) -> UInt8:
        """An upright RGB picture as the model takes it, uint8 ``[h, w, 3]``. Thread-safe."""
        preparation: Preparation = self._settings.preparation
        return prepare(image, preparation, self._base.rules)

    def forward(self, pictures: list[UInt8]) -> Tensor:
        """Vectors of pictures.

        Args:
            pictures: Results of `prepare`.

        Returns:
            float32 ``[b, 384]``, rows of norm 1.
        """
        step = self._base.rules.step
        sizes = [(picture.shape[0] // step, picture.shape[1] // step) for picture in pictures]
        with torch.set_grad_enabled(torch.is_grad_enabled() and self._everything):
            if self._everything:
                self._base.vision.forget_weights()
            tokens = self._base.vision(pictures)
        language = self.core.language_model
        prompt = self._prompt()
        hidden, turn, last = arrange(language, prompt, tokens, sizes)
        before, turn_before = begin(language, prompt.before.to(hidden))
        for number, layer in enumerate(language.layers, 1):
            is_last = number == len(language.layers)
            inputs = ((before, turn_before), hidden, turn, last if is_last else None)
            if self._checkpointing and torch.is_grad_enabled():
                before, hidden = checkpoint(layer, *inputs, use_reentrant=False)
            else:
                before, hidden = layer(*inputs)
        states = language.norm(hidden).float()
        with torch.autocast(states.device.type, enabled=False):  # as it is served
            return normalize(self.projection(states), dim=-1)

    def _go_on(self, begun: _Start) -> None:
        with torch.no_grad():
            self.projection.weight.copy_(begun.projection.weight)
            self.projection.bias.copy_(begun.projection.bias)
            for name, parameter in self.core.named_parameters():
                module, _, side = name.replace(".layer.", ".").partition(".lora_")
                if side:
                    b, a = begun.lora.factors[module]
                    parameter.copy_(b if side.startswith("B") else a)

    def _prompt(self) -> Prompt:
        rows = self._base.embeddings[self._ids]
        if self.query is not None:
            rows = torch.cat([rows[:-1], self.query.to(rows)[None]])
        return Prompt(rows[: self._start], rows[self._start :])

    def export(self, folder: Path, state: Mapping[str, Tensor], settings: BaseSettings) -> None:
        """Write a checkpoint in the released layout, and the base if it was trained.

        Args:
            folder: Made if it is not there.
            state: Trained tensors by their names in this module.
            settings: Of the base.
        """
        core = {
            name.removeprefix("core.").replace(".layer.", "."): tensor
            for name, tensor in state.items()
            if name.startswith("core.")
        }
        tensors = adapter_tensors(core)
        query_token_id = int(self._ids[-1])
        base = base_tensors(core)
        if self._everything:
            whole = {f"model.{name}": tensor for name, tensor in base.items()}
            write_base(folder / "base", self._base, settings, whole)
        if self.query is not None:
            table = base.get(_EMBEDDINGS)
            if table is None:  # frozen, and perhaps shared out among the processes
                table = stored_embeddings(self._base.folder).to(self._base.embeddings.dtype)
            table = table[: len(self._tokenizer)].clone()
            table[query_token_id] = state["query"].to(table)
            tensors[f"base_model.model.model.{_EMBEDDINGS}"] = table
        write_adapter(
            folder,
            self._lora,
            tensors,
            self._base,
            base_name="base" if self._everything else settings.name,
            tokenizer=self._tokenizer,
        )
        projection = {
            name: state[f"projection.{name}"].float().cpu() for name in ("weight", "bias")
        }
        content = {"projection": projection, "query_token_id": query_token_id}
        torch.save(content, folder / PROJECTION)
