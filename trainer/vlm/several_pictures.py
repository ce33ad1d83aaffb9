"""A Qwen2.5-VL that sees several pictures at once and answers one question about them in words.

The model is used as it is, without training; `trainer.captions.group_captions` asks it what a group
shares, `trainer.judge.local_vlm` how far two pictures share a logic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.errors import ModelError
from engine.jobs import Cancelled, JobControl
from engine.models.chosen import find_base
from engine.models.device import PRECISIONS, devices, is_out_of_memory, place, release
from engine.models.large import memory_needed
from engine.models.manager import ModelManager
from engine.models.preparation import PixelRules, prepare
from engine.models.qwen import QwenBase
from engine.types import UInt8

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PIL.Image import Image
    from torch import Tensor
    from transformers import PreTrainedTokenizerBase

_TEMPERATURE = 0.7  # of sampling, like the next as the released captioner is sampled
_TOP_P = 0.9


def find_here(name: str) -> Path:
    """The folder of a base that is on this machine.

    Args:
        name: A folder, an id of the catalogue, or a hub id.

    Raises:
        ModelError: If it is not here.
    """
    folder = find_base(name, ModelManager())
    if folder is None:
        raise ModelError(
            f"The model {name!r} is not here: name a folder that holds a Qwen2.5-VL, or get it"
            " with 'relsim models download qwen2.5-vl-7b'"
        )
    return folder


def load_where_it_fits(folder: Path) -> QwenBase:
    """Load a base with its LM head to the device, and in the numbers, that have room for it.

    Raises:
        ModelError: If it is no Qwen2.5-VL, damaged, or too large.
    """
    where = place(memory_needed(folder, writes=True), devices(), PRECISIONS)
    return QwenBase.load(folder, where, writes=True)


class SeveralPictures:
    """Asks one question about several pictures. Belongs to one thread.

    Args:
        base: In memory, with its LM head.
        tokenizer: Of the base, with its chat template.
        prompt: The question.
        max_pixels: Area to which each picture is reduced.
        max_tokens: Of an answer.

    Raises:
        ModelError: If the model takes no pictures that small, or not several.
    """

    def __init__(
        self,
        base: QwenBase,
        tokenizer: PreTrainedTokenizerBase,
        prompt: str,
        *,
        max_pixels: int,
        max_tokens: int,
    ) -> None:
        self._base = base
        self._tokenizer = tokenizer
        self._prompt = prompt
        self._max_tokens = max_tokens
        self._rules = _bounded(base.rules, max_pixels)
        self._picture = int(base.model.config.image_token_id)
        self._chat(2)  # a template that cannot show pictures is refused before work begins

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return 2 * int(self._rules.max_pixels**0.5)

    def prepare(self, image: Image) -> UInt8:
        """Bring an upright RGB picture to a size that the model takes. Thread-safe.

        Returns:
            uint8 ``[h, w, 3]`` of at most `max_pixels`; its shape is kept.

        Raises:
            DecodeError: If the picture is too long and thin.
        """
        return prepare(image, "native", self._rules)

    def generate(
        self,
        groups: Sequence[Sequence[UInt8]],
        *,
        seed: int | None = None,
        control: JobControl | None = None,
    ) -> Tensor:
        """The answers as tokens int64 ``[b, n]`` without the prompt, in one batch.

        Args:
            groups: The prepared pictures of each question.
            seed: None for the likeliest answers, else they are sampled from this seed.
            control: Looked at before each word.

        Raises:
            Cancelled: If the control says so.
        """
        import torch
        from transformers import LogitsProcessorList

        options: dict[str, Any] = {"do_sample": False, "temperature": None, "top_p": None}
        if seed is not None:
            torch.manual_seed(seed)
            options = {"do_sample": True, "temperature": _TEMPERATURE, "top_p": _TOP_P}
        with torch.inference_mode():
            inputs = self._inputs(groups)
            tokens: Tensor = self._base.model.generate(
                **inputs,
                **options,
                top_k=None,
                max_new_tokens=self._max_tokens,
                pad_token_id=self._tokenizer.pad_token_id,
                logits_processor=LogitsProcessorList([_Stop(control or JobControl())]),
            )
        return tokens[:, inputs["input_ids"].shape[1] :]

    def answers(
        self,
        groups: Sequence[Sequence[UInt8]],
        *,
        seed: int | None = None,
        control: JobControl | None = None,
    ) -> list[str] | None:
        """The answers as they were written; see `generate`.

        Returns:
            One for each group, or None where memory ran out; what it held is free then.
        """
        try:
            tokens = self.generate(groups, seed=seed, control=control)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        else:
            return list(self._tokenizer.batch_decode(tokens, skip_special_tokens=True))
        release(self._base.device)
        return None

    def close(self) -> None:
        """Let go of the model."""
        self._base.close()

    def _inputs(self, groups: Sequence[Sequence[UInt8]]) -> dict[str, Tensor]:
        """What `generate` of transformers takes, rows filled up on the left."""
        import torch

        pictures = [pixels for group in groups for pixels in group]
        # One at a time: the tower's memory is that of the largest picture, not of all.
        seen = [self._base.vision([pixels])[0] for pixels in pictures]
        counts = iter([len(tokens) for tokens in seen])
        rows = [self._filled(len(group), counts) for group in groups]
        length = max(map(len, rows))
        device = seen[0].device
        ids = torch.full((len(rows), length), int(self._tokenizer.pad_token_id), device=device)
        mask = torch.zeros_like(ids)
        for at, row in enumerate(rows):
            ids[at, length - len(row) :] = torch.tensor(row, device=device)
            mask[at, length - len(row) :] = 1
        shown = ids == self._picture
        embeddings = self._base.embeddings[ids]
        embeddings[shown] = torch.cat(seen).to(embeddings.dtype)
        patch = self._rules.patch
        grid = [[1, pixels.shape[0] // patch, pixels.shape[1] // patch] for pixels in pictures]
        return {
            "input_ids": ids,
            "inputs_embeds": embeddings,
            "attention_mask": mask,
            # Without these transformers takes pictures for text and is silently wrong.
            "mm_token_type_ids": shown.int(),
            "image_grid_thw": torch.tensor(grid, device=device),
        }

    def _filled(self, pictures: int, counts: Iterable[int]) -> list[int]:
        """The prompt of a group, with as many tokens for each picture as it has."""
        row: list[int] = []
        following = iter(counts)
        for token in self._chat(pictures):
            row += [token] * (next(following) if token == self._picture else 1)
        return row

    def _chat(self, pictures: int) -> list[int]:
        """The tokens of a turn with so many pictures, one token for each."""
        from jinja2 import TemplateError

        content: Any = [{"type": "image"}] * pictures + [{"type": "text", "text": self._prompt}]
        turn: Any = [{"role": "user", "content": content}]
        name = self._tokenizer.name_or_path
        try:
            said = self._tokenizer.apply_chat_template(
                turn, tokenize=False, add_generation_prompt=True
            )
        except (ValueError, TemplateError) as error:
            raise ModelError(f"{name} is incomplete: it has no usable chat template") from error
        tokens: list[int] = self._tokenizer(said)["input_ids"]
        if tokens.count(self._picture) != pictures:
            raise ModelError(f"The chat template of {name} has no place for several pictures")
        return tokens


class _Stop:
    """Ends what is to be cancelled; asked before each token."""

    def __init__(self, control: JobControl) -> None:
        self._control = control

    def __call__(self, tokens: Tensor, scores: Tensor) -> Tensor:
        if self._control.cancelled:
            raise Cancelled
        return scores


def _bounded(rules: PixelRules, max_pixels: int) -> PixelRules:
    """Rules that reduce a picture to so many pixels.

    Raises:
        ModelError: If the model takes no pictures that small.
    """
    if max_pixels < rules.min_pixels:
        raise ModelError(
            f"The model takes no pictures of fewer than {rules.min_pixels} pixels: set --max-pixels"
            " to that or more"
        )
    return replace(rules, max_pixels=min(max_pixels, rules.max_pixels))
