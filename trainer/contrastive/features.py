"""Backbone features of drawn scenes, on disk, chunk by chunk, so that a killed run goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from numpy.typing import NDArray
from torch import Tensor, nn  # noqa: TID253

from engine.types import Float32, UInt8
from trainer.arrangement import TOKENS
from trainer.backbone import Backbone
from trainer.contrastive.drawing import Drawn, Plan, draw_scenes
from trainer.export import INPUT_SIZE, to_onnx
from trainer.files import write_atomically
from trainer.head import TOKEN_CHANNELS, tokens_of
from trainer.progress import Reporter

BATCH = 32


class _Tokens(nn.Module):
    def __init__(self, backbone: Backbone) -> None:
        super().__init__()
        self.backbone = backbone

    def forward(self, pixels: Tensor) -> Tensor:
        return tokens_of(self.backbone(pixels))


class Extractor:
    """Runs the frozen backbone with ONNX Runtime, four times as fast as eager torch on a CPU.

    Args:
        backbone: With folded batch normalisation.
        cache: Where its graph is kept between runs.
        threads: Processor threads.
    """

    def __init__(self, backbone: Backbone, cache: Path, threads: int) -> None:
        import onnxruntime

        if not cache.is_file():
            example = torch.zeros(2, INPUT_SIZE, INPUT_SIZE, 3, dtype=torch.uint8)
            graph = to_onnx(_Tokens(backbone).eval(), example, ["tokens"])
            write_atomically(cache, graph.SerializeToString())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # threads that spin while they wait would take the cores from the processes that draw
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            cache, options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, pixels: Sequence[UInt8]) -> Float32:
        """Tokens float32 ``[n, 49, 832]`` of pictures uint8 ``[224, 224, 3]``."""
        parts = [
            self._session.run(["tokens"], {"pixels": np.stack(pixels[start : start + BATCH])})[0]
            for start in range(0, len(pixels), BATCH)
        ]
        return np.concatenate(parts)


class FeatureCache:
    """Tokens and relations of the scenes of one plan.

    Args:
        folder: Is created if need be.
        count: Scenes in all.
        chunk: Scenes that are written at once.
    """

    def __init__(self, folder: Path, count: int, chunk: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._chunk = folder, chunk
        self.count = count
        path = folder / "tokens.npy"
        shape = (count, TOKENS, TOKEN_CHANNELS)
        if path.is_file():
            self.tokens: NDArray[np.float16] = np.load(path, mmap_mode="r+")
        else:
            self.tokens = np.lib.format.open_memmap(path, "w+", np.float16, shape)
        assert self.tokens.shape == shape

    @property
    def missing(self) -> list[range]:
        """Chunks that are not there yet, in order."""
        starts = range(0, self.count, self._chunk)
        chunks = [range(start, min(start + self._chunk, self.count)) for start in starts]
        return [chunk for chunk in chunks if not self._label(chunk).is_file()]

    def store(self, chunk: range, tokens: Float32, relations: Sequence[str]) -> None:
        """Write one chunk; it counts as there only after its features are on disk."""
        self.tokens[chunk.start : chunk.stop] = tokens
        assert isinstance(self.tokens, np.memmap)
        self.tokens.flush()
        write_atomically(self._label(chunk), json.dumps(list(relations)).encode())

    @property
    def relations(self) -> list[str]:
        """Names of the relations of all scenes, in order; every chunk must be there."""
        names: list[str] = []
        for start in range(0, self.count, self._chunk):
            names += json.loads(self._label(range(start, self.count)).read_text(encoding="utf-8"))
        return names

    def _label(self, chunk: range) -> Path:
        return self._folder / f"chunk-{chunk.start:07d}.json"


def fill_cache(
    cache: FeatureCache,
    plan: Plan,
    extract: Callable[[Sequence[UInt8]], Float32],
    workers: int,
    reporter: Reporter,
) -> None:
    """Draw and embed what is missing in `cache`."""
    chunks = cache.missing
    done = cache.count - sum(len(chunk) for chunk in chunks)
    phase = f"Drawing {plan.split} scenes"
    reporter.step(phase, done, cache.count)
    if not chunks:
        return
    scenes = draw_scenes(plan, chunks, workers)
    for chunk in chunks:
        tokens, relations = [], []
        for batch in _batches(islice(scenes, len(chunk))):
            tokens.append(extract([scene.pixels for scene in batch]))
            relations += [scene.relation for scene in batch]
            done += len(batch)
            reporter.step(phase, done, cache.count)
        cache.store(chunk, np.concatenate(tokens), relations)


def _batches(scenes: Iterable[Drawn]) -> Iterable[list[Drawn]]:
    remaining = iter(scenes)
    while batch := list(islice(remaining, BATCH)):
        yield batch
