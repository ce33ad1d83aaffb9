"""The anonymous captioner: Qwen2.5-VL with a LoRA that writes what a picture's logic is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PIL import Image

from engine.jobs import JobControl
from engine.models import checkpoint, preparation
from engine.models.anonymity import is_anonymous
from engine.models.qwen import QwenBase, load_tokenizer
from engine.models.writer import Writer
from engine.types import Description, UInt8
from resources import ROOT

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from engine.models.large_spec import CaptionerSpec

PROMPT = ROOT / "prompts" / "anonymous-caption.txt"
"""What the released captioner was trained to answer; other words make it another model."""

MAX_TOKENS = 128


class AnonymousCaptioner(Writer):
    """See `engine.types.Captioner`.

    Args:
        spec: What it is.
        base: In memory, with its LM head.
        lora: The checkpoint's, made for that base.
        tokenizer: Of the checkpoint.
    """

    def __init__(
        self,
        spec: CaptionerSpec,
        base: QwenBase,
        lora: checkpoint.Lora,
        tokenizer: PreTrainedTokenizerBase,
    ) -> None:
        prompt = PROMPT.read_text(encoding="utf-8")
        super().__init__(spec.key, base, lora, tokenizer, prompt, max_tokens=MAX_TOKENS)
        self.id = spec.id

    @classmethod
    def load(cls, spec: CaptionerSpec, base: QwenBase) -> AnonymousCaptioner:
        """Read a captioner checkpoint onto a base that was loaded with its LM head.

        Raises:
            ModelError: If the checkpoint is damaged, incomplete, or of another base.
        """
        lora = checkpoint.read_lora(spec.folder, base.core)
        return cls(spec, base, lora, load_tokenizer(spec.folder))

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return preparation.min_side("squash448")

    def prepare(self, image: Image.Image) -> UInt8:
        """Squash an upright RGB picture to the square that the captioner knows. Thread-safe.

        Returns:
            uint8 ``[448, 448, 3]``.
        """
        return preparation.prepare(image, "squash448", self._base.rules)

    def caption(
        self,
        prepared: Sequence[UInt8],
        *,
        seed: int | None = None,
        control: JobControl | None = None,
    ) -> list[Description]:
        """Describe pictures; called in the model thread only.

        A caption that names a thing it should hide is sampled once more; it stays if the second
        try is no better. Where memory runs out, batches are halved, and the last resort is the
        processor.

        Args:
            prepared: Results of `prepare`.
            seed: None for greedy captions, else they are sampled from this seed.
            control: Looked at before each word.

        Returns:
            A description each; its confidence is the geometric mean of the probabilities that the
            model gave to the caption's tokens, in 0..1.

        Raises:
            Cancelled: If the control says so.
            MemoryExhaustedError: If a single picture does not fit into main memory.
        """
        out = self.write(prepared, seed, control)
        again = [row for row, written in enumerate(out) if not is_anonymous(written.text or "")]
        if again:
            retry = 1 if seed is None else seed + 1
            second = self.write([prepared[row] for row in again], retry, control)
            for row, written in zip(again, second, strict=True):
                if is_anonymous(written.text or ""):
                    out[row] = written
        return out
