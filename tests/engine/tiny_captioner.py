"""A captioner that is quick enough to caption a library in a test, and notes what it was given.

It names the brightest of 16 fields and whether it was sampled: deterministic, and pictures that
differ mostly get captions that differ.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from engine.jobs import JobControl
from engine.types import Description, UInt8


class TinyCaptioner:
    """Calls `before` at the beginning of every batch, in the model thread."""

    id = "tiny-captioner"
    batch_size = 4
    min_side = 4

    def __init__(
        self, *, key: str = "tiny-captioner/1", before: Callable[[], object] = lambda: None
    ) -> None:
        self.key = key
        self.batches: list[int] = []
        self.threads: set[str] = set()
        self._before = before

    def prepare(self, image: Image.Image) -> UInt8:
        return np.asarray(image.resize((4, 4), Image.Resampling.BOX), dtype=np.uint8)

    def caption(
        self,
        prepared: Sequence[UInt8],
        *,
        seed: int | None = None,
        control: JobControl | None = None,
    ) -> list[Description]:
        self._before()
        self.batches.append(len(prepared))
        self.threads.add(threading.current_thread().name)
        return [self.describe(pixels, seed) for pixels in prepared]

    def describe(self, pixels: UInt8, seed: int | None = None) -> Description:
        """What it says of one prepared picture."""
        field = int(pixels.sum(axis=2).argmax())
        way = "" if seed is None else f", way {seed}"
        return Description(
            f"{{Field}} {field} outshines {{Others}}{way}", 0.5, "captioner", self.key
        )

    def close(self) -> None:
        """Nothing to let go of."""
