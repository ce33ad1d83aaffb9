"""The engine's side of `relsim_speed.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import transformers  # noqa: TID253 - it loads what is measured
from PIL import Image
from random_relsim import SHAPES, draw_instead_of_loading
from relsim_worker import Task, serve

from engine.library.pipeline import IndexingPipeline
from engine.model_thread import ModelThread
from engine.models.device import Placement, Precision, devices
from engine.models.large_spec import RelsimSpec
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder
from engine.store import Store


def load(
    folder: Path, shape: str, device: str, precision: Precision, *, has_weights: bool
) -> RelsimEmbedder:
    """The engine's embedder on a checkpoint that `random_relsim.write` has made."""
    if not has_weights:
        draw_instead_of_loading(transformers.Qwen2_5_VLModel, SHAPES[shape], folder / "base")
    place = next(found for found in devices() if found.name == device)
    placement = Placement(place, precision, "the benchmark says so")
    quantisation = precision if precision in ("int8", "int4") else None
    base = QwenBase.load(folder / "base", placement, writes=False)
    spec = RelsimSpec(
        f"random-{shape}", folder / "relsim", folder / "base", "square448", quantisation, "0" * 64
    )
    return RelsimEmbedder.load(spec, base)


class Own:
    """See `relsim_worker.Side`."""

    def __init__(self, task: Task) -> None:
        precision: Precision = "bfloat16" if task.dtype == "bfloat16" else "float32"
        self._models = ModelThread(
            lambda: load(
                Path(task.folder),
                task.shape,
                task.device,
                precision,
                has_weights=task.has_weights,
            )
        )
        self._fingerprint = self._models.run(lambda embedder: embedder.fingerprint)

    def embed(self, pictures: list[Image.Image]) -> np.ndarray:
        def run(embedder: RelsimEmbedder) -> np.ndarray:
            return embedder.embed([embedder.prepare(picture) for picture in pictures]).relational

        return self._models.run(run)

    def embed_files(self, paths: list[Path]) -> np.ndarray:
        """The pass of the large model in ``relsim index``, into a library that is new each time."""
        with tempfile.TemporaryDirectory() as scratch:
            store = Store.open(Path(scratch))
            pipeline = IndexingPipeline(
                store, self._models, relational=self._fingerprint, attribute=None
            )
            report = pipeline.run(paths)
            assert report.indexed == len(paths), report
            ids = [store.image_at(path) for path in paths]
            vectors = store.vectors(self._fingerprint, [number for number in ids if number])
            store.close()
        return vectors


if __name__ == "__main__":
    serve(Own)
