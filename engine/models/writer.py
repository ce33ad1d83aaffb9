"""A Qwen2.5-VL that answers one question about each picture of a batch in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.jobs import Cancelled, JobControl
from engine.models.device import MemoryExhaustedError, is_out_of_memory, release
from engine.models.qwen import QwenBase, prompt_tokens
from engine.types import Description, UInt8

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedTokenizerBase

    from engine.models.checkpoint import Lora

_TEMPERATURE = 0.7  # of sampling, as in the released code, like the next
_TOP_P = 0.9
_AT_ONCE = {"cuda": 16, "mps": 4, "cpu": 4}


class Writer:
    """Writes a sentence or two about pictures; belongs to one thread.

    Args:
        key: Says who wrote, in `Description.model`.
        base: In memory, with its LM head.
        lora: Of a checkpoint made for that base; None for the base as it is.
        tokenizer: Of the checkpoint.
        prompt: What is asked about each picture.
        max_tokens: Where an answer is cut off.
    """

    def __init__(
        self,
        key: str,
        base: QwenBase,
        lora: Lora | None,
        tokenizer: PreTrainedTokenizerBase,
        prompt: str,
        *,
        max_tokens: int,
    ) -> None:
        self.key = key
        self._base = base
        self._lora = lora
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._limit = _AT_ONCE[base.device]
        self._before, self._after = prompt_tokens(tokenizer, base, prompt, answers=True)

    @property
    def batch_size(self) -> int:
        """How many pictures one call should describe for the best rate."""
        return self._limit

    def generate(
        self,
        prepared: Sequence[UInt8],
        *,
        seed: int | None = None,
        max_tokens: int | None = None,
        control: JobControl | None = None,
    ) -> tuple[Tensor, Tensor]:
        """The answers as tokens, in one batch.

        Args:
            prepared: Pictures as the base's rules of pixels make them.
            seed: None for greedy answers, else they are sampled from this seed.
            max_tokens: Where an answer is cut off; None for the writer's own limit.
            control: Looked at before each word.

        Returns:
            Token ids int64 ``[b, n]`` without the prompt, and the confidence float32 ``[b]``.
        """
        import torch

        if self._lora is not None:
            self._base.merge(self._lora, keeps=True)
        with torch.inference_mode():
            inputs = self._inputs(self._base.vision(prepared), prepared)
            ends = self._base.model.generation_config.eos_token_id
            watcher = _Watcher(ends, self._tokenizer, control or JobControl())
            options: dict[str, Any] = {"do_sample": False, "temperature": None, "top_p": None}
            if seed is not None:
                torch.manual_seed(seed)
                options = {"do_sample": True, "temperature": _TEMPERATURE, "top_p": _TOP_P}
            tokens = self._base.model.generate(
                **inputs,
                **options,
                top_k=None,
                max_new_tokens=max_tokens or self._max_tokens,
                pad_token_id=self._tokenizer.pad_token_id,
                logits_processor=[watcher],
            )
            start = inputs["input_ids"].shape[1]
            return tokens[:, start:], watcher.confidence(tokens)

    def write(
        self, prepared: Sequence[UInt8], seed: int | None, control: JobControl | None
    ) -> list[Description]:
        """The answers; batches are halved where memory runs out, then the processor goes on."""
        out: list[Description] = []
        while len(out) < len(prepared):
            part = prepared[len(out) : len(out) + self._limit]
            written = self._attempt(part, seed, control)
            if written is None:
                self._make_room(len(part))
            else:
                out += written
        return out

    def _attempt(
        self, pictures: Sequence[UInt8], seed: int | None, control: JobControl | None
    ) -> list[Description] | None:
        """Descriptions of one batch, or None where memory ran out; what it held is free then."""
        try:
            tokens, confidence = self.generate(pictures, seed=seed, control=control)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            return None
        texts = self._tokenizer.batch_decode(tokens, skip_special_tokens=True)
        return [
            Description(" ".join(text.split()) or None, sure, "captioner", model=self.key)
            for text, sure in zip(texts, confidence.tolist(), strict=True)
        ]

    def _make_room(self, tried: int) -> None:
        release(self._base.device)
        if tried > 1:
            self._limit = (tried + 1) // 2
        elif self._base.device == "cpu":
            raise MemoryExhaustedError("There is not enough memory to describe a picture")
        else:
            self._base.move_to_processor()
            self._limit = _AT_ONCE["cpu"]

    def _inputs(self, seen: Sequence[Tensor], prepared: Sequence[UInt8]) -> dict[str, Tensor]:
        """What `generate` of transformers takes, rows filled up on the left."""
        import torch

        picture = self._base.model.config.image_token_id
        length = max(map(len, seen)) + len(self._before) + len(self._after)
        device = seen[0].device
        ids = torch.full((len(seen), length), int(self._tokenizer.pad_token_id), device=device)
        mask = torch.zeros_like(ids)
        for row, tokens in enumerate(seen):
            words = [*self._before, *[picture] * len(tokens), *self._after]
            ids[row, length - len(words) :] = torch.tensor(words, device=device)
            mask[row, length - len(words) :] = 1
        embeddings = self._base.embeddings[ids]
        embeddings[ids == picture] = torch.cat(list(seen)).to(embeddings.dtype)
        patch = self._base.rules.patch
        grid = [[1, pixels.shape[0] // patch, pixels.shape[1] // patch] for pixels in prepared]
        return {
            "input_ids": ids,
            "inputs_embeds": embeddings,
            "attention_mask": mask,
            # Without these transformers takes pictures for text and is silently wrong.
            "mm_token_type_ids": (ids == picture).int(),
            "image_grid_thw": torch.tensor(grid, device=device),
        }


class _Watcher:
    """Notes how probable each token was that the model chose, and ends what is to be cancelled.

    It is called before each token with all tokens so far, so that it can look up the one before.
    """

    def __init__(
        self, ends: int | list[int] | None, tokenizer: PreTrainedTokenizerBase, control: JobControl
    ) -> None:
        known = ends if isinstance(ends, list) else [ends]
        self._ends = {*known, tokenizer.eos_token_id, tokenizer.pad_token_id} - {None}
        self._control = control
        self._scores: Tensor | None = None
        self._total: Tensor | None = None
        self._count: Tensor | None = None

    def __call__(self, tokens: Tensor, scores: Tensor) -> Tensor:
        if self._control.cancelled:
            raise Cancelled
        self._note(tokens)
        self._scores = scores.float().log_softmax(dim=-1)
        return scores

    def confidence(self, tokens: Tensor) -> Tensor:
        """The geometric mean of each row of the finished tokens, float32 ``[b]`` in 0..1."""
        self._note(tokens)
        assert self._total is not None, "something was generated"
        assert self._count is not None
        return (self._total / self._count.clamp(min=1)).exp().clamp(0, 1).cpu()

    def _note(self, tokens: Tensor) -> None:
        import torch

        if self._scores is None:
            self._total = torch.zeros(len(tokens), device=tokens.device)
            self._count = torch.zeros_like(self._total)
            return
        last = tokens[:, -1]
        chosen = self._scores.gather(1, last[:, None])[:, 0]
        is_word = ~torch.isin(last, torch.tensor(sorted(self._ends), device=last.device))
        assert self._total is not None
        assert self._count is not None
        self._total += torch.where(is_word, chosen, 0.0)
        self._count += is_word
