"""The released package's side of `relsim_speed.py`; runs in an environment of its own.

The package is used as it is, through its own ``relsim()``. Replaced from outside are the base
model's hub id by a folder, the width 3,584 by the shape's, and bfloat16 by the dtype asked for.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch  # noqa: TID253 - it is what is measured
from PIL import Image
from random_relsim import SHAPES, draw_instead_of_loading
from relsim_worker import Task, serve


class Released:
    """See `relsim_worker.Side`: one picture at a time, as its interface has it."""

    def __init__(self, task: Task) -> None:
        if torch.version.cuda is None:
            sys.path.insert(0, str(Path(task.golden, "released")))
            __import__("torchvision_cpu")
        import relsim.relsim_score as package

        shape = SHAPES[task.shape]
        dtype = getattr(torch, task.dtype)
        kind = package.Qwen2_5_VLForConditionalGeneration
        if not task.has_weights:
            draw_instead_of_loading(kind, shape, task.base)
        load = kind.from_pretrained

        class Base:
            """Stands where the package looks for the base model."""

            @staticmethod
            def from_pretrained(_: str, *, device_map: str, **__: Any) -> Any:
                return load(str(task.base), dtype=dtype, device_map=device_map)

        query = package.QwenWithQueryToken
        package.Qwen2_5_VLForConditionalGeneration = Base
        package.QwenWithQueryToken = lambda base, processor, hidden_size: query(
            base, processor, hidden_size=shape.hidden
        )
        self._model, self._preprocess = package.relsim(checkpoint_dir=str(task.relsim))

    def embed(self, pictures: list[Image.Image]) -> np.ndarray:
        return np.concatenate([self._embed(picture) for picture in pictures])

    def embed_files(self, paths: list[Path]) -> np.ndarray:
        return np.concatenate([self._embed(Image.open(path)) for path in paths])

    def _embed(self, picture: Image.Image) -> np.ndarray:
        vector: np.ndarray = self._model.embed(self._preprocess(picture)).cpu().numpy()
        return vector


if __name__ == "__main__":
    serve(Released)
