"""The VLM filter: a Qwen2.5-VL that answers Yes or No; its score is the probability of Yes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL.Image import Image

from engine.errors import ModelError
from engine.models import checkpoint, preparation
from engine.models.chosen import base_for
from engine.models.device import (
    FULL,
    MemoryExhaustedError,
    devices,
    is_out_of_memory,
    place,
    release,
)
from engine.models.identity import weights_identity
from engine.models.large import memory_needed
from engine.models.manager import ModelManager
from engine.models.preparation import PREPARATIONS, Preparation
from engine.models.qwen import QwenBase, load_tokenizer
from engine.types import Float32, UInt8
from resources import ROOT
from trainer.filter.scorer import read_filter_file, write_filter_file

if TYPE_CHECKING:
    from torch import Tensor

    from trainer.vlm.answering import AnsweringModel

PROMPT = ROOT / "prompts" / "relational-filter.txt"
_AT_ONCE = {"cuda": 16, "mps": 4, "cpu": 4}


@dataclass(frozen=True, slots=True)
class YesNo:
    """What a filter was trained to answer; other words make it another filter.

    Attributes:
        question: About a picture.
        yes: The token that begins the answer Yes.
        no: The token that begins the answer No.
        preparation: Of pictures.
    """

    question: str
    yes: int
    no: int
    preparation: Preparation

    def probability(self, logits: Tensor) -> Tensor:
        """Of Yes among the two, float32 ``[n]`` of logits of the next token ``[n, vocabulary]``."""
        return logits[:, [self.yes, self.no]].softmax(dim=-1)[:, 0]


def save_filter(
    folder: Path,
    asked: YesNo,
    *,
    keep_rate: float,
    threshold: float,
    details: Mapping[str, Any],
) -> None:
    """Make a folder that holds an exported checkpoint a filter.

    Args:
        folder: Holds the adapter, and the base if that was trained.
        asked: What it answers.
        keep_rate: See `trainer.filter.scorer.ScorerSpec`.
        threshold: See `trainer.filter.scorer.ScorerSpec`.
        details: What else is worth keeping, the held-out figures under ``figures``.
    """
    key = _key(folder, base_for(folder, None, ModelManager()), asked)
    write_filter_file(
        folder,
        "vlm",
        key,
        keep_rate=keep_rate,
        threshold=threshold,
        details={"asked": asdict(asked), **details},
    )


class VlmScorer:
    """A VLM filter in memory; see `trainer.filter.scorer.Scorer`.

    Args:
        model: With LoRA merged into its weights, in eval mode.
        base: Whose weights the model's are.
        asked: What it answers.
        key: See `trainer.filter.scorer.Scorer`.
    """

    def __init__(self, model: AnsweringModel, base: QwenBase, asked: YesNo, key: str) -> None:
        self._model, self._base, self._asked, self.key = model, base, asked, key
        self._limit = _AT_ONCE[base.device]

    @classmethod
    def load(cls, folder: Path, *, device: str | None = None) -> VlmScorer:
        """Load a folder that `save_filter` wrote.

        Args:
            folder: The filter's.
            device: As torch names it; None for the best there is.

        Raises:
            ModelError: If it is no VLM filter, is damaged, its base is not here or another than it
                was trained on, or it does not fit the device.
        """
        from trainer.vlm.answering import AnsweringModel, AnswerPrompt

        asked = _read(folder)
        where = base_for(folder, None, ModelManager())
        key = _key(folder, where, asked)
        if key != read_filter_file(folder).get("key"):
            raise ModelError(
                f"{folder} holds other weights than it was saved with, or {where} is another base"
                " than it was trained on: train the filter anew"
            )
        found = [d for d in devices() if device is None or d.name == device.split(":")[0]]
        if not found:
            raise ModelError(f"This machine has no device {device!r} to run the filter on")
        placement = place(memory_needed(where, writes=True), found, FULL)
        base = QwenBase.load(where, placement, writes=True)
        base.merge(checkpoint.read_lora(folder, base.core), keeps=False)
        prompt = AnswerPrompt.of(load_tokenizer(folder), base, asked.question)
        return cls(AnsweringModel(base, prompt).eval(), base, asked, key)

    @property
    def batch_size(self) -> int:
        """How many pictures one call should score for the best rate."""
        return self._limit

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return preparation.min_side(self._asked.preparation)

    def prepare(self, image: Image) -> UInt8:
        """Turn an upright RGB picture into the model's input, uint8 ``[h, w, 3]``. Any thread."""
        return preparation.prepare(image, self._asked.preparation, self._base.rules)

    def score(self, prepared: Sequence[UInt8]) -> Float32:
        """Score one or more pictures; where memory runs out, fewer at once from then on.

        Raises:
            MemoryExhaustedError: If a single picture does not fit.
        """
        done: list[Float32] = []
        while (start := sum(map(len, done))) < len(prepared):
            part = prepared[start : start + self._limit]
            scores = self._attempt(part)
            if scores is not None:
                done.append(scores)
            elif len(part) == 1:
                raise MemoryExhaustedError(
                    f"{self._base.placement.device.title} has too little free memory to score one"
                    " picture: close other programs, or choose another device"
                )
            else:
                release(self._base.device)
                self._limit = (len(part) + 1) // 2
        return np.concatenate(done) if done else np.empty(0, np.float32)

    def _attempt(self, part: Sequence[UInt8]) -> Float32 | None:
        """Scores of a batch, or None where memory ran out."""
        import torch

        from trainer.vlm.answering import Question, asking_batch

        asked = [Question(pixels) for pixels in part]
        try:
            with torch.inference_mode():
                batch = asking_batch(self._model.prompt, self._model.rules, asked)
                logits = self._model(batch.to(self._base.device))
                scores: Float32 = self._asked.probability(logits).cpu().numpy()
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            return None
        return scores


def _read(folder: Path) -> YesNo:
    content = read_filter_file(folder)
    if content.get("kind") != "vlm":
        raise ModelError(f"{folder} holds a {content.get('kind')} filter, not a VLM's")
    try:
        asked = YesNo(**content["asked"])
    except (KeyError, TypeError) as error:
        raise ModelError(f"The filter in {folder} is damaged: {error!r}") from error
    if asked.preparation not in PREPARATIONS:
        raise ModelError(f"The filter in {folder} prepares pictures in a way unknown here")
    return asked


def _key(folder: Path, base: Path, asked: YesNo) -> str:
    words = json.dumps([asked.question, asked.yes, asked.no, asked.preparation])
    weights = weights_identity(base, folder)
    return "vlm/" + hashlib.sha256(f"{weights}\0{words}".encode()).hexdigest()[:32]
