"""CLIP-T and Qwen-T: what a plain Qwen2.5-VL says of a picture, compared as text.

The paper has the plain model caption each picture in at most 30 abstract words (method.md,
"Evaluation"). Its released code asks for relations and structure rather than attributes or
content; ours asks for the same in words of its own, ``resources/prompts/plain-caption.txt``, which
are a part of the metric's fingerprint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from PIL.Image import Image

from engine.jobs import JobControl
from engine.metrics.interface import MetricSpec
from engine.metrics.sources import CLIP, QWEN, Sources
from engine.metrics.towers import Tower
from engine.metrics.vectors import VectorMetric
from engine.models import preparation
from engine.models.device import PRECISIONS
from engine.models.identity import weights_identity
from engine.models.large import load_base
from engine.models.qwen import QwenBase, load_tokenizer
from engine.models.text import TextEncoder
from engine.models.writer import Writer
from engine.types import Float32
from resources import ROOT

PROMPT = ROOT / "prompts" / "plain-caption.txt"

_WORDS = 30
_TOKENS = 64
_PIXELS = 448 * 448
"""A larger picture is reduced to this area: 256 tokens, as many as relsim sees."""


class PlainCaptioner:
    """A Qwen2.5-VL without a checkpoint, which captions greedily.

    Args:
        folder: Of the model.

    Raises:
        ModelError: If it is damaged, incomplete, or too large for this machine.
    """

    def __init__(self, folder: Path) -> None:
        prompt = PROMPT.read_text(encoding="utf-8")
        self._base: QwenBase = load_base(folder, PRECISIONS, writes=True)
        try:
            tokenizer = load_tokenizer(folder)
            self._writer = Writer("", self._base, None, tokenizer, prompt, max_tokens=_TOKENS)
        except BaseException:
            self._base.close()
            raise
        rules = self._base.rules
        self._rules = replace(rules, max_pixels=min(rules.max_pixels, _PIXELS))
        weights = weights_identity(folder)[:16]
        asked = hashlib.sha256(prompt.encode()).hexdigest()[:8]
        numbers = self._base.placement.quantisation or "full"
        self.fingerprint = f"{weights}/{numbers}/{asked}"

    @property
    def batch_size(self) -> int:
        """How many pictures one call should caption."""
        return self._writer.batch_size

    def captions(self, images: Sequence[Image], control: JobControl) -> list[str]:
        """Captions of at most 30 words; one may be empty, which is a caption like others.

        Raises:
            Cancelled: If the control says so, within one word.
            DecodeError: If the model cannot take a picture of this shape.
        """
        prepared = [preparation.prepare(image, "native", self._rules) for image in images]
        written = self._writer.write(prepared, None, control)
        return [" ".join((said.text or "").split()[:_WORDS]) for said in written]

    def close(self) -> None:
        """Let go of the weights."""
        self._base.close()


class QwenTextMetric(VectorMetric):
    """Qwen-T: the captions of both pictures, by the frozen MiniLM of relsim's targets."""

    def __init__(self, spec: MetricSpec, captioner: PlainCaptioner) -> None:
        super().__init__(spec, f"{spec.id}/{captioner.fingerprint}", captioner.batch_size)
        self._captioner = captioner
        self._encoder = TextEncoder()

    @staticmethod
    def find(sources: Sources) -> Path:
        """The folder of the Qwen2.5-VL.

        Raises:
            ModelError: If it is not here, or not whole.
        """
        return sources.whole(QWEN, sources.folder or sources.base)

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it.

        Raises:
            ModelError: If it is not here, damaged, or too large.
        """
        return cls(sources.spec, PlainCaptioner(cls.find(sources)))

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        return self._encoder.encode(self._captioner.captions(images, control))

    def close(self) -> None:
        """Let go of the weights."""
        self._captioner.close()


class ClipTextMetric(VectorMetric):
    """CLIP-T: the caption of the picture asked about, against pictures, both by CLIP."""

    def __init__(self, spec: MetricSpec, folder: Path, captioner: PlainCaptioner) -> None:
        weights = weights_identity(folder)[:16]
        super().__init__(spec, f"{spec.id}/{weights}/{captioner.fingerprint}", captioner.batch_size)
        self._captioner = captioner
        self._tower = Tower(folder, "clip")

    @staticmethod
    def find(sources: Sources) -> tuple[Path, Path]:
        """The folders of CLIP and of the Qwen2.5-VL.

        Raises:
            ModelError: If one is not here, or not whole.
        """
        return sources.whole(CLIP, sources.folder), sources.whole(QWEN, sources.base)

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it.

        Raises:
            ModelError: If it is not here, damaged, or too large.
        """
        clip, qwen = cls.find(sources)
        captioner = PlainCaptioner(qwen)
        try:
            return cls(sources.spec, clip, captioner)
        except BaseException:
            captioner.close()
            raise

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        return self._tower.embed(images)

    def query_vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.query_vectors`."""
        return self._tower.read(self._captioner.captions(images, control))

    def close(self) -> None:
        """Let go of the weights."""
        self._tower.close()
        self._captioner.close()
