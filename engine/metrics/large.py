"""relsim itself: the published model, or a checkpoint in its layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from PIL.Image import Image

from engine.errors import ModelError
from engine.jobs import JobControl
from engine.metrics.interface import MetricSpec
from engine.metrics.sources import Sources
from engine.metrics.vectors import VectorMetric
from engine.models.checkpoint import is_relsim
from engine.models.chosen import ModelRequest, base_for, choose
from engine.models.large import LargeModel, choose_quantisation
from engine.models.large_spec import RelsimSpec
from engine.types import Float32

PUBLISHED = "relsim-7b"


class RelsimMetric(VectorMetric):
    """A relsim checkpoint on its Qwen2.5-VL, pictures prepared as in its training."""

    def __init__(self, spec: MetricSpec, relsim: RelsimSpec, model: LargeModel) -> None:
        assert model.embedder is not None, "a relsim checkpoint was chosen"
        super().__init__(spec, relsim.fingerprint.key, model.embedder.batch_size)
        self._model = model
        self._embedder = model.embedder

    @staticmethod
    def find(sources: Sources) -> tuple[str | Path, str | Path | None]:
        """Which checkpoint and base to ask for.

        Raises:
            ModelError: If one is not here.
        """
        if sources.folder is None:
            manager = sources.manager
            status = manager.status(PUBLISHED)
            manager.folder(PUBLISHED)
            for missing in () if sources.base else status.missing:
                manager.folder(missing)
            return PUBLISHED, sources.base
        if not is_relsim(sources.folder):
            raise ModelError(f"{sources.folder} is no relsim checkpoint in the released layout")
        return sources.folder, base_for(sources.folder, sources.base, sources.manager)

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it, in numbers that fit this machine.

        Raises:
            ModelError: If it is not here, damaged, or too large.
        """
        name, base = cls.find(sources)
        chosen = choose(
            ModelRequest(model=name, base=base),
            sources.manager,
            lambda spec, writes: choose_quantisation(spec.base, writes=writes),
        )
        assert chosen.relsim is not None, "it is a relsim checkpoint"
        model = LargeModel.load(chosen.relsim, None, chosen.precisions)
        return cls(sources.spec, chosen.relsim, model)

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        prepared = [self._embedder.prepare(image) for image in images]
        return self._embedder.embed(prepared).relational

    def close(self) -> None:
        """Let go of the weights."""
        self._model.close()
