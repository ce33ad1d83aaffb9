"""A frozen Qwen2.5-VL that sees all images of a group at once and says what they share.

It is the first half of the paper's captioner (section 3.2): a group shows more clearly than one
image which of its relations is meant. The model is used as it is, and the words that ask it are
ours. A person verifies what it writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.jobs import JobControl
from engine.models.anonymity import is_anonymous
from engine.models.device import MemoryExhaustedError
from engine.models.qwen import QwenBase, load_tokenizer
from engine.types import UInt8
from resources import ROOT
from trainer.vlm.several_pictures import SeveralPictures, find_here, load_where_it_fits

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

PROMPT = ROOT / "prompts" / "group-caption.txt"

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


class GroupCaptioner(SeveralPictures):
    """Writes one caption for all pictures of a group. Belongs to one thread.

    Args:
        base: In memory, with its LM head.
        tokenizer: Of the base, with its chat template.
        settings: How to write.
    """

    def __init__(
        self, base: QwenBase, tokenizer: PreTrainedTokenizerBase, settings: WritingSettings
    ) -> None:
        prompt = PROMPT.read_text(encoding="utf-8").strip()
        super().__init__(
            base,
            tokenizer,
            prompt,
            max_pixels=settings.max_pixels,
            max_tokens=settings.max_tokens,
        )
        self.settings = settings
        self._limit = 1 if settings.seed is not None else _AT_ONCE[base.device]

    @classmethod
    def load(cls, name: str, settings: WritingSettings | None = None) -> GroupCaptioner:
        """Load a base that is on this machine, to where it fits.

        Args:
            name: A folder, an id of the catalogue, or a hub id.
            settings: How to write.

        Raises:
            ModelError: If it is not here, is no Qwen2.5-VL, damaged, or too large.
        """
        folder = find_here(name)
        base = load_where_it_fits(folder)
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

    def _again(self, pictures: Sequence[UInt8], first: str, control: JobControl | None) -> str:
        retry = 1 if self.settings.seed is None else self.settings.seed + 1
        second = self._attempt([pictures], retry, control)
        return second[0] if second is not None and is_anonymous(second[0]) else first

    def _attempt(
        self, groups: Sequence[Sequence[UInt8]], seed: int | None, control: JobControl | None
    ) -> list[str] | None:
        """Captions of one batch, or None where memory ran out; what it held is free then."""
        texts = self.answers(groups, seed=seed, control=control)
        if texts is None:
            return None
        return [" ".join(text.split()).strip("\"'“” ") for text in texts]
