"""The relsim embedder: Qwen2.5-VL, LoRA, a query token behind the picture, a projection."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from engine.errors import ModelError
from engine.models import checkpoint, preparation
from engine.models.device import MemoryExhaustedError, is_out_of_memory, release
from engine.models.language import Prompt, QueryReader
from engine.models.qwen import QwenBase, load_tokenizer, query_tokens
from engine.types import UInt8, Vectors

if TYPE_CHECKING:
    from torch import Tensor

    from engine.models.large_spec import RelsimSpec
    from engine.types import Fingerprint

_TOKENS_AT_ONCE = {"cuda": 10_240, "mps": 2_048, "cpu": 1_024}
"""Picture tokens of one forward pass; a picture of 448 pixels is 256 of them. With twice as many a
processor takes a fifth longer for each in bfloat16: what lies between products leaves its cache."""

_LEAST_FILL = 0.9
"""Share of a batch's tokens that are pictures, at least; the rest fills up shorter rows."""


class RelsimEmbedder:
    """Image -> relational vector. See `engine.types.Embedder`; looks come from the small model.

    Args:
        spec: What it is.
        base: In memory.
        lora: The checkpoint's, made for that base.
        projection: The checkpoint's.
        prompt: What stands around every picture.
        rules: Of pixels, as the checkpoint was trained with them.
        shares: Whether other checkpoints take turns on the base.
    """

    attribute_fingerprint: Fingerprint | None = None

    def __init__(
        self,
        spec: RelsimSpec,
        base: QwenBase,
        lora: checkpoint.Lora,
        projection: checkpoint.Projection,
        prompt: Prompt,
        *,
        rules: preparation.PixelRules,
        shares: bool = False,
    ) -> None:
        self.spec = spec
        self.fingerprint = spec.fingerprint
        self._base = base
        self._lora = lora
        self._projection = projection
        self._rules = rules
        self._shares = shares
        self._reader = QueryReader(base.language_model, prompt)
        # Of each device, because the captioner may take the base to another one.
        self._limits = dict(_TOKENS_AT_ONCE)

    @classmethod
    def load(cls, spec: RelsimSpec, base: QwenBase, *, shares: bool = False) -> RelsimEmbedder:
        """Read a relsim checkpoint onto a base.

        Args:
            spec: Names the checkpoint and the preparation.
            base: The model that it was trained on.
            shares: See the class.

        Raises:
            ModelError: If the checkpoint is damaged, incomplete, or of another base.
        """
        lora = checkpoint.read_lora(spec.folder, base.core)
        projection = checkpoint.read_projection(spec.folder, base.embeddings.shape[1])
        before, after = _prompt_tokens(spec, projection.query_token_id, base)
        rows = checkpoint.read_embeddings(spec.folder, [*before, *after], base.embeddings)
        prompt = Prompt(rows[: len(before)], rows[len(before) :])
        rules = preparation.PixelRules.of_checkpoint(spec.folder, base.rules)
        return cls(spec, base, lora, projection, prompt, rules=rules, shares=shares)

    @property
    def batch_size(self) -> int:
        """How many pictures one call should embed for the best rate."""
        if self.spec.preparation == "native":
            return 8  # each may take 38 MB, and some batches are in flight
        # Two passes: while the device computes the second, nobody waits for the first.
        return max(1, 2 * self._limits[self._base.device] // 256)

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return preparation.min_side(self.spec.preparation)

    def compile(self) -> None:
        """Let torch.compile fuse small operations; the first batches then take minutes."""
        self._base.vision.compile()
        self._reader.compile()

    def prepare(self, image: Image.Image) -> UInt8:
        """See `preparation.prepare`. Thread-safe.

        Returns:
            uint8 ``[h, w, 3]``.
        """
        return preparation.prepare(image, self.spec.preparation, self._rules)

    def embed(self, prepared: Sequence[UInt8]) -> Vectors:
        """Embed results of `prepare`; called in the model thread only.

        Where the device's memory does not suffice, batches are halved, and the last resort is the
        processor; either lasts, so that one large picture does not cost every batch an attempt.

        Raises:
            MemoryExhaustedError: If a single picture does not fit into main memory.
        """
        self._merge()
        tokens = [self._rules.tokens(picture) for picture in prepared]
        waiting = deque(batches(tokens, self._limits[self._base.device]))
        done: list[tuple[list[int], Tensor]] = []
        while waiting:
            rows = waiting.popleft()
            vectors = self._attempt([prepared[row] for row in rows])
            if vectors is not None:
                done.append((rows, vectors))
            else:
                waiting.extendleft(reversed(self._make_room(rows, tokens)))
        out = np.empty((len(prepared), len(self._projection.bias)), np.float32)
        for rows, vectors in done:
            out[rows] = vectors.cpu().numpy()
        return Vectors(out, None)

    def close(self) -> None:
        """Let go of the model's memory."""
        self._reader.forget_prefix()
        self._base.close()

    def _merge(self) -> None:
        if self._base.merge(self._lora, keeps=self._shares):
            self._reader.forget_prefix()

    def _attempt(self, pictures: Sequence[UInt8]) -> Tensor | None:
        """The vectors of one pass, or None where memory ran out; what it held is free then."""
        import torch

        try:
            with torch.inference_mode():
                return self._forward(pictures)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            return None

    def _forward(self, pictures: Sequence[UInt8]) -> Tensor:
        """Vectors float32 ``[b, 384]`` of norm 1, on the device."""
        from torch.nn.functional import linear, normalize

        step = self._rules.step
        sizes = [(picture.shape[0] // step, picture.shape[1] // step) for picture in pictures]
        states = self._reader(self._base.vision(pictures), sizes).float()
        weight, bias = (part.to(states.device) for part in self._projection[:2])
        return normalize(linear(states, weight, bias), dim=-1)

    def _make_room(self, rows: list[int], tokens: Sequence[int]) -> list[list[int]]:
        """After a pass that did not fit: what to try instead."""
        release(self._base.device)
        half = (len(rows) + 1) // 2
        if half < len(rows):
            self._limits[self._base.device] = half * max(tokens[row] for row in rows)
            return [rows[:half], rows[half:]]
        if self._base.device == "cpu":
            raise MemoryExhaustedError(
                "There is not enough memory for this picture at its full size. Use the preparation"
                " square448, or close other programs"
            )
        self._base.move_to_processor()
        self._reader.forget_prefix()
        return [rows]


def batches(tokens: Sequence[int], limit: int) -> list[list[int]]:
    """Share out pictures so that each batch holds pictures of about the same number of tokens.

    Args:
        tokens: Of each picture.
        limit: Tokens of a batch at most, filled up ones included; a larger picture goes alone.

    Returns:
        The positions in `tokens`, each once; longest pictures first.
    """
    out: list[list[int]] = []
    longest = 0
    for row in sorted(range(len(tokens)), key=lambda row: -tokens[row]):
        fits = out and (len(out[-1]) + 1) * longest <= limit
        if not fits or tokens[row] < _LEAST_FILL * longest:
            out.append([])
            longest = tokens[row]
        out[-1].append(row)
    return out


def _prompt_tokens(
    spec: RelsimSpec, query_token_id: int, base: QwenBase
) -> tuple[list[int], list[int]]:
    """The tokens before the picture, and those after it up to the query token."""
    tokenizer = load_tokenizer(spec.folder)
    known = tokenizer.convert_tokens_to_ids(checkpoint.QUERY_TOKEN)
    if known != query_token_id:
        raise ModelError(
            f"{spec.folder} contradicts itself: {checkpoint.QUERY_TOKEN} is token {known} of its"
            f" vocabulary, its projection was trained on token {query_token_id}"
        )
    return query_tokens(tokenizer, base)
