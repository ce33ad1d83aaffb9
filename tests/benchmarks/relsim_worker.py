"""One side of `relsim_speed.py`, in a process of its own: answers lines of JSON with lines of JSON.

Runs in the project's environment and in the released package's, so it imports neither.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch  # noqa: TID253 - it is what is measured
from PIL import Image

MATRIX = {"cuda": 8192, "cpu": 2048}


@dataclass(frozen=True, slots=True)
class Task:
    """What both sides are told.

    Attributes:
        shape: Name of the shape.
        folder: With ``base`` and ``relsim``, as `random_relsim.write` makes them.
        has_weights: Whether the base's weights are in files there; otherwise they are drawn.
        pictures: ``.npy`` file with uint8 ``[n, 448, 448, 3]``.
        golden: Folder of the golden values.
        device: ``cuda`` or ``cpu``.
        dtype: ``bfloat16`` or ``float32``.
    """

    shape: str
    folder: str
    has_weights: bool
    pictures: str
    golden: str
    device: str
    dtype: str

    @property
    def base(self) -> Path:
        return Path(self.folder, "base")

    @property
    def relsim(self) -> Path:
        return Path(self.folder, "relsim")


class Side(Protocol):
    """One of the two programs that are compared."""

    def embed(self, pictures: list[Image.Image]) -> np.ndarray:
        """Vectors float32 ``[n, 384]`` of pictures of 448 pixels."""
        ...

    def embed_files(self, paths: list[Path]) -> np.ndarray:
        """The same of picture files, each read from disk, in the program's own default way."""
        ...


def serve(load: Callable[[Task], Side]) -> None:
    """Load a side as the first argument says, then answer until the input ends."""
    task = Task(**json.loads(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what the libraries print is no answer
    began = time.perf_counter()
    side = load(task)
    ready = {"load_s": time.perf_counter() - began, "versions": _versions()}
    answers.write(json.dumps(ready | memory(task.device)) + "\n")
    for request in _requests():
        answers.write(json.dumps(_answer(side, task, request)) + "\n")


def _requests() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


def _answer(side: Side, task: Task, request: dict[str, Any]) -> dict[str, Any]:
    if request["do"] == "matrix":
        return {"flops_per_s": matrix_rate(task.device, task.dtype)}
    if task.device == "cuda":
        torch.cuda.reset_peak_memory_stats()
    if request["do"] == "files":
        paths = [Path(path) for path in request["paths"]]
        for path in paths:
            path.read_bytes()  # both sides find the files in memory
        began = time.perf_counter()
        vectors = side.embed_files(paths)
    else:
        stored = np.load(task.pictures, mmap_mode="r")
        pictures = [Image.fromarray(stored[number].copy()) for number in request["numbers"]]
        began = time.perf_counter()
        vectors = side.embed(pictures)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "vectors": vectors.tolist()} | memory(task.device)


def memory(device: str) -> dict[str, int]:
    """Peaks in bytes: resident memory of the process, and what torch held on the device."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    found = {"peak_rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}
    if device == "cuda":
        found["peak_device"] = torch.cuda.max_memory_allocated()
        found["peak_device_reserved"] = torch.cuda.max_memory_reserved()
    return found


def matrix_rate(device: str, dtype: str) -> float:
    """Floating-point operations a second of a large matrix product; the best of a few."""
    size = MATRIX[device]
    a, b = (torch.randn(size, size, device=device).to(getattr(torch, dtype)) for _ in "ab")
    best = 0.0
    for _ in range(6):
        began = _now(device)
        for _ in range(4):
            a @ b
        best = max(best, 4 * 2 * size**3 / (_now(device) - began))
    return best


def _now(device: str) -> float:
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in ("torch", "transformers", "peft", "relsim", "relsim-desktop"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
