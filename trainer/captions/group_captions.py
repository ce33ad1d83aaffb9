"""A frozen Qwen2.5-VL that sees all images of a group at once and says what they share.

It is the first half of the paper's captioner (section 3.2): a group shows more clearly than one
image which of its relations is meant. The model is used as it is, and the words that ask it are
ours. A person verifies what it writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.errors import ModelError
from engine.jobs import Cancelled, JobControl
from engine.models.anonymity import is_anonymous
from engine.models.chosen import find_base
from engine.models.device import (
    PRECISIONS,
    MemoryExhaustedError,
    devices,
    is_out_of_memory,
    place,
    release,
)
from engine.models.large import memory_needed
from engine.models.manager import ModelManager
from engine.models.preparation import PixelRules, prepare
from engine.models.qwen import QwenBase, load_tokenizer
from engine.types import UInt8
from resources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image
    from torch import Tensor
    from transformers import PreTrainedTokenizerBase

PROMPT = ROOT / "prompts" / "group-caption.txt"

_TEMPERATURE = 0.7  # of sampling, like the next as the released captioner is sampled
_TOP_P = 0.9
_AT_ONCE = {"cuda": 8, "mps": 2, "cpu": 1}
"""Groups of a batch; a processor gains nothing from more."""


@dataclass(frozen=True, slots=True)
class WritingSettings:
    """How captions of groups are written.

    Attributes:
        max_pixels: Area to which each picture is reduced; 448 x 448 pixels become 256 tokens, so
            that ten pictures take some 2,600, and memory is bounded.
        max_tokens: Of a caption.
        seed: None for the likeliest caption, else it is sampled from this seed.
    """

    max_pixels: int = 448 * 448
    max_tokens: int = 96
    seed: int | None = None


class GroupCaptioner:
    """Writes one caption for all pictures of a group. Belongs to one thread.

    Args:
        base: In memory, with its LM head.
        tokenizer: Of the base, with its chat template.
        settings: How to write.
    """

    def __init__(
        self, base: QwenBase, tokenizer: PreTrainedTokenizerBase, settings: WritingSettings
    ) -> None:
        self.settings = settings
        self._base = base
        self._tokenizer = tokenizer
        self._prompt = PROMPT.read_text(encoding="utf-8").strip()
        self._rules = _bounded(base.rules, settings.max_pixels)
        self._limit = 1 if settings.seed is not None else _AT_ONCE[base.device]
        self._picture = int(base.model.config.image_token_id)
        self._chat(2)  # a template that cannot show pictures is refused before work begins

    @classmethod
    def load(cls, name: str, settings: WritingSettings | None = None) -> GroupCaptioner:
        """Load a base that is on this machine, to where it fits.

        Args:
            name: A folder, an id of the catalogue, or a hub id.
            settings: How to write.

        Raises:
            ModelError: If it is not here, is no Qwen2.5-VL, damaged, or too large.
        """
        folder = find_base(name, ModelManager())
        if folder is None:
            raise ModelError(
                f"The model {name!r} is not here: name a folder that holds a Qwen2.5-VL, or get it"
                " with 'relsim models download qwen2.5-vl-7b'"
            )
        where = place(memory_needed(folder, writes=True), devices(), PRECISIONS)
        base = QwenBase.load(folder, where, writes=True)
        return cls(base, load_tokenizer(folder), settings or WritingSettings())

    @property
    def key(self) -> str:
        """Names the model, the words that ask it, and the settings, in one string."""
        asked = hashlib.sha256(f"{self._prompt}\n{self.settings}".encode()).hexdigest()[:8]
        return f"{self._base.folder.name}/{asked}"

    @property
    def batch_size(self) -> int:
        """How many groups one call should describe for the best rate."""
        return self._limit

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return 2 * int(self._rules.max_pixels**0.5)

    def prepare(self, image: Image) -> UInt8:
        """Bring an upright RGB picture to a size that the model takes. Thread-safe.

        Returns:
            uint8 ``[h, w, 3]`` of at most `WritingSettings.max_pixels`; its shape is kept.

        Raises:
            DecodeError: If the picture is too long and thin.
        """
        return prepare(image, "native", self._rules)

    def write(
        self,
        groups: Sequence[Sequence[UInt8]],
        *,
        control: JobControl | None = None,
    ) -> list[str]:
        """Captions of groups, in their order.

        One that names a thing it should hide is sampled once more; it stays if the second try is no
        better. Where memory runs out, fewer groups are taken at once.

        Args:
            groups: The prepared pictures of each.
            control: Looked at before each word.

        Returns:
            One line each; empty where the model wrote nothing.

        Raises:
            Cancelled: If the control says so.
            MemoryExhaustedError: If a single group does not fit into memory.
        """
        captions: list[str] = []
        while len(captions) < len(groups):
            part = groups[len(captions) : len(captions) + self._limit]
            written = self._attempt(part, self.settings.seed, control)
            if written is not None:
                captions += written
            elif len(part) > 1:
                self._limit = (len(part) + 1) // 2
            else:
                raise MemoryExhaustedError(
                    f"A group of {len(part[0])} pictures does not fit into memory: set --max-pixels"
                    f" below {self.settings.max_pixels}, or use a smaller model"
                )
        return [
            caption if is_anonymous(caption) else self._again(pictures, caption, control)
            for pictures, caption in zip(groups, captions, strict=True)
        ]

    def generate(
        self,
        groups: Sequence[Sequence[UInt8]],
        *,
        seed: int | None = None,
        control: JobControl | None = None,
    ) -> Tensor:
        """The captions as tokens int64 ``[b, n]`` without the prompt, in one batch; see `write`."""
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
                max_new_tokens=self.settings.max_tokens,
                pad_token_id=self._tokenizer.pad_token_id,
                logits_processor=LogitsProcessorList([_Stop(control or JobControl())]),
            )
        return tokens[:, inputs["input_ids"].shape[1] :]

    def close(self) -> None:
        """Let go of the model."""
        self._base.close()

    def _again(self, pictures: Sequence[UInt8], first: str, control: JobControl | None) -> str:
        retry = 1 if self.settings.seed is None else self.settings.seed + 1
        second = self._attempt([pictures], retry, control)
        return second[0] if second is not None and is_anonymous(second[0]) else first

    def _attempt(
        self, groups: Sequence[Sequence[UInt8]], seed: int | None, control: JobControl | None
    ) -> list[str] | None:
        """Captions of one batch, or None where memory ran out; what it held is free then."""
        try:
            tokens = self.generate(groups, seed=seed, control=control)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        else:
            texts = self._tokenizer.batch_decode(tokens, skip_special_tokens=True)
            return [" ".join(text.split()).strip("\"'“” ") for text in texts]
        release(self._base.device)
        return None

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
