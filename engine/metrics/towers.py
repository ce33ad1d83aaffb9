"""CLIP-I, DINO and their tuned versions: pictures compared by a tower of vision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from PIL.Image import Image

from engine.errors import ModelError
from engine.jobs import JobControl
from engine.metrics.interface import MetricSpec
from engine.metrics.sources import CLIP, DINO, Sources
from engine.metrics.vectors import VectorMetric
from engine.models.crop import CropRules
from engine.models.device import Precision, devices, place, release
from engine.models.identity import weights_identity
from engine.models.large import memory_needed
from engine.models.qwen import load_tokenizer
from engine.models.tower import KINDS, Recipe, load_part, load_tower
from engine.models.tuned_vision import TunedVision, base_folder, read_spec
from engine.types import Float32

BATCH_SIZE = 16


def chosen_device(folder: Path) -> str:
    """Where a model runs in float32, as torch calls it.

    Raises:
        ModelError: If it is too large for this machine, or its weights cannot be read.
    """
    exact: tuple[Precision, ...] = ("float32",)
    return place(memory_needed(folder, writes=True), devices(), exact).device.name


class Tower:
    """CLIP or DINOv2 with the pixels that it takes.

    Args:
        folder: In transformers' layout, as the hub has it.
        recipe: Which kind.

    Raises:
        ModelError: If it is of another kind, damaged, or too large.
    """

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        self.device = chosen_device(folder)
        self._rules = CropRules.load(folder)
        is_clip = recipe == "clip"
        model = (
            load_part(folder, recipe, "CLIPModel")
            if is_clip
            else load_tower(folder, recipe, "float32")
        )
        self._model: Any = model.to(self.device)
        self._tokenizer: Any = load_tokenizer(folder) if is_clip else None

    def embed(self, images: Sequence[Image]) -> Float32:
        """Vectors of upright RGB pictures, float32 ``[n, d]`` of any norm.

        They are CLIP's image embeddings, or DINOv2's CLS tokens.
        """
        import torch

        model = self._model
        with torch.inference_mode():
            cut = [self._rules.cut(image) for image in images]
            pixels = self._rules.normalised(cut, torch.device(self.device))
            if self._tokenizer is None:
                vectors = model(pixel_values=pixels).pooler_output
            else:
                vectors = model.visual_projection(model.vision_model(pixels).pooler_output)
        return np.asarray(vectors.cpu().numpy(), np.float32)

    def read(self, texts: Sequence[str]) -> Float32:
        """CLIP's text embeddings, float32 ``[n, d]``; what is beyond its 77 tokens is ignored."""
        import torch

        model = self._model
        with torch.inference_mode():
            tokens = self._tokenizer(
                list(texts),
                padding=True,
                truncation=True,
                max_length=int(model.config.text_config.max_position_embeddings),
                return_tensors="pt",
            ).to(self.device)
            vectors = model.text_projection(model.text_model(**tokens).pooler_output)
        return np.asarray(vectors.cpu().numpy(), np.float32)

    def close(self) -> None:
        """Let go of the weights."""
        self._model = None
        release(self.device)


class TowerMetric(VectorMetric):
    """CLIP-I, by CLIP's image embedding, or DINO, by DINOv2's CLS token.

    These are the paper's baselines as its released evaluation computes them (method.md,
    "Evaluation").
    """

    def __init__(self, spec: MetricSpec, fingerprint: str, tower: Tower) -> None:
        super().__init__(spec, fingerprint, BATCH_SIZE)
        self._tower = tower

    @staticmethod
    def find(sources: Sources) -> Path:
        """The folder of the tower.

        Raises:
            ModelError: If it is not here, or not whole.
        """
        return sources.whole(CLIP if sources.spec.id == "clip-i" else DINO, sources.folder)

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it.

        Raises:
            ModelError: If it is not here, damaged, or too large.
        """
        folder = cls.find(sources)
        tower = Tower(folder, "clip" if sources.spec.id == "clip-i" else "dino")
        return cls(sources.spec, f"{sources.spec.id}/{weights_identity(folder)[:16]}", tower)

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        return self._tower.embed(images)

    def close(self) -> None:
        """Let go of the weights."""
        self._tower.close()


class TunedMetric(VectorMetric):
    """A CLIP or DINOv2 that was trained on anonymous captions; see `TunedVision`."""

    def __init__(self, spec: MetricSpec, fingerprint: str, model: TunedVision) -> None:
        super().__init__(spec, fingerprint, BATCH_SIZE)
        self._model: TunedVision | None = model

    @staticmethod
    def find(sources: Sources) -> tuple[Path, Path]:
        """The checkpoint and its base.

        Raises:
            ModelError: If either is not here, or the checkpoint is of another kind.
        """
        folder = sources.given("the checkpoint")
        recipe: Recipe = read_spec(folder)["recipe"]
        wanted: Recipe = "clip" if sources.spec.id == "clip-tuned" else "dino"
        if sources.spec.id in ("clip-tuned", "dino-tuned") and recipe != wanted:
            raise ModelError(
                f"{folder} is a tuned {KINDS[recipe].title}, not a tuned {KINDS[wanted].title}"
            )
        return folder, base_folder(folder, sources.base, sources.manager)

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it.

        Raises:
            ModelError: If it is not here, damaged, or too large.
        """
        folder, base = cls.find(sources)
        model = TunedVision.load(folder, base, chosen_device(base))
        weights = weights_identity(base, folder)
        return cls(sources.spec, f"{sources.spec.id}/{weights[:16]}", model)

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        assert self._model is not None, "it is not closed"
        return self._model.embed([self._model.prepare(image) for image in images])

    def close(self) -> None:
        """Let go of the weights."""
        device = "cpu" if self._model is None else self._model.device
        self._model = None
        release(device)
