"""Captions for groups without a language model: the best in the bank for what pictures share.

The mean of a group's relational vectors stands for what its pictures share; what one of them adds
by chance weighs less in it. So a laptop can caption groups, as far as the bank and small model go:
docs/training/groups.md says how far that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from PIL.Image import Image

from engine.describe import Caption, CaptionBank
from engine.jobs import JobControl
from engine.models.registry import find_model, load_embedder
from engine.types import Embedder, Float32, UInt8

_GROUPS = 16


class BankCaptioner:
    """Chooses a caption for all pictures of a group. See `trainer.captions.writing.GroupWriter`.

    Args:
        embedder: The small model.
        bank: With that model's calibration.
    """

    def __init__(self, embedder: Embedder, bank: CaptionBank) -> None:
        self._embedder = embedder
        self._bank = bank

    @classmethod
    def load(cls, model: str | Path | None = None) -> BankCaptioner:
        """Load a small model.

        Args:
            model: Id or folder; None for the bundled model.

        Raises:
            ModelError: If it, or the bank, is missing or damaged.
        """
        spec = find_model(model)
        return cls(load_embedder(spec.folder), CaptionBank.load(spec))

    @property
    def captions(self) -> tuple[Caption, ...]:
        """The bank."""
        return self._bank.captions

    @property
    def key(self) -> str:
        """The bank and the model that chooses from it."""
        return f"bank/{self._embedder.fingerprint.model}"

    @property
    def batch_size(self) -> int:
        """How many groups one call should describe for the best rate."""
        return _GROUPS

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return self._embedder.min_side

    def prepare(self, image: Image) -> UInt8:
        """Turn an upright RGB picture into the model's input. Thread-safe."""
        return self._embedder.prepare(image)

    def write(
        self, groups: Sequence[Sequence[UInt8]], *, control: JobControl | None = None
    ) -> list[str]:
        """A caption a group; empty where no relation is clear.

        Args:
            groups: The prepared pictures of each.
            control: Looked at before each batch of pictures.

        Raises:
            Cancelled: If the control says so.
        """
        if not groups:
            return []
        vectors = self._embed(list(chain.from_iterable(groups)), control or JobControl())
        ends = np.cumsum([len(group) for group in groups])
        descriptions = self._bank.describe(
            np.stack([common(part) for part in np.split(vectors, ends[:-1])])
        )
        return [description.text or "" for description in descriptions]

    def close(self) -> None:
        """Let go of the model."""
        self._embedder.close()

    def _embed(self, pictures: Sequence[UInt8], control: JobControl) -> Float32:
        parts = []
        for start in range(0, len(pictures), self._embedder.batch_size):
            control.checkpoint()
            part = pictures[start : start + self._embedder.batch_size]
            parts.append(self._embedder.embed(part).relational)
        return np.concatenate(parts)


def common(relational: Float32) -> Float32:
    """The direction that vectors have in common, float32 ``[d]``, norm 1.

    Args:
        relational: float32 ``[n, d]``, unit rows of one group, not opposite to one another.
    """
    mean = relational.mean(axis=0)
    unit: Float32 = mean / np.linalg.norm(mean)
    return unit
