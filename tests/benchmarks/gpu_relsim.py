"""All that is to be known of the 7B model on a graphics device, by one command.

    python tests/benchmarks/gpu_relsim.py                               # 7B shape on CUDA
    python tests/benchmarks/gpu_relsim.py --shape tiny --device cpu     # does the script work?

Steps, each in a process of its own: `relsim_speed.py`; memory and drift of each precision; a batch
that does not fit (halved, then on the processor); an idle model (its memory comes back). Writes a
JSON document named after shape and device; fails where something is not as it should be.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import torch  # noqa: TID253 - it is what is measured
from own_relsim import load
from photo_like import picture
from PIL import Image
from random_relsim import SHAPES, write
from relsim_speed import HERE, ROOT, device_title, write_document
from relsim_worker import memory

from engine.library.allocator import return_large_blocks
from engine.model_thread import ModelThread
from engine.models.device import PRECISIONS, Precision
from engine.models.relsim_vl import RelsimEmbedder
from engine.types import UInt8

LEAST_COSINE = {"float32": 0.99, "bfloat16": 0.999, "int8": 0.99, "int4": 0.9}
"""To bfloat16. Random weights of the tiny shape drift more than trained ones do."""

IDLE_S = 1.0
SMALL = {"tiny": ["--rounds=2", "--photo-rounds=1", "--photos=4", "--megapixels=1"]}


class Bench:
    """What the steps share."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.shape: str = arguments.shape
        self.device: str = arguments.device
        self.golden: Path = arguments.golden
        self.folder: Path = arguments.scratch / arguments.shape
        self.has_weights = arguments.shape != "7b"
        write(SHAPES[self.shape], self.golden, self.folder, weights=self.has_weights)

    def load(self, precision: Precision) -> RelsimEmbedder:
        return load(self.folder, self.shape, self.device, precision, has_weights=self.has_weights)

    def golden_pictures(self) -> list[Image.Image]:
        return [Image.open(path).convert("RGB") for path in sorted(self.golden.glob("images/*"))]

    def held(self) -> int:
        """Bytes that the device, or this process in main memory, holds now."""
        gc.collect()
        if self.device == "cuda":
            free, total = torch.cuda.mem_get_info()
            return int(total - free)
        return int(psutil.Process().memory_info().rss)


def drift(bench: Bench) -> dict[str, Any]:
    """Memory and speed of each precision, and how far its vectors are from bfloat16's."""
    found: dict[str, Any] = {}
    reference: np.ndarray | None = None
    order: list[Precision] = ["bfloat16", *(p for p in PRECISIONS if p != "bfloat16")]
    for precision in order:
        if precision == "float32" and bench.shape == "7b":
            continue  # 33 GB, to learn what the tiny shape says as well
        if bench.device == "cuda":
            torch.cuda.reset_peak_memory_stats()
        before = bench.held()
        began = time.perf_counter()
        embedder = bench.load(precision)
        loaded_s = time.perf_counter() - began
        prepared = [embedder.prepare(picture) for picture in bench.golden_pictures()]
        vectors = embedder.embed(prepared).relational
        if bench.device == "cuda":
            torch.cuda.empty_cache()
        weights = bench.held() - before
        full = [prepared[0]] * embedder.batch_size
        if bench.device == "cuda":
            embedder.embed(full)  # kernels are chosen
        began = time.perf_counter()
        embedder.embed(full)
        seconds = time.perf_counter() - began
        reference = vectors if reference is None else reference
        cosines = (vectors * reference).sum(axis=1)
        scores = np.abs(vectors @ vectors.T - reference @ reference.T)
        found[precision] = {
            "load_s": loaded_s,
            "held_bytes": weights,
            "images_per_s": len(full) / seconds,
            "min_cosine": float(cosines.min()),
            "mean_cosine": float(cosines.mean()),
            "largest_change_of_a_score": float(scores.max()),
            **memory(bench.device),
        }
        embedder.close()
        del embedder
        assert cosines.min() >= LEAST_COSINE[precision], (precision, cosines)
    return found


def exhausted(bench: Bench) -> dict[str, Any]:
    """What does not fit is halved; what does not fit at all goes to the processor."""
    return_large_blocks()  # or main memory is taken from what was given back before
    embedder = bench.load("bfloat16")
    found: dict[str, Any] = {"batch_size": embedder.batch_size}
    prepared = [
        embedder.prepare(picture(seed, 448, 448)) for seed in range(embedder.batch_size // 2)
    ]
    wanted = embedder.embed(prepared).relational
    room = _need(bench, embedder, prepared)
    for _ in range(40):
        room = room * 4 // 5
        with limited(bench.device, room):
            vectors = embedder.embed(prepared).relational
        if embedder.batch_size < found["batch_size"]:
            break
    found |= {"room_bytes": room, "batch_size_halved": embedder.batch_size}
    found["min_cosine_halved"] = float((vectors * wanted).sum(axis=1).min())
    assert embedder.batch_size < found["batch_size"], "the limit was never felt"
    assert found["min_cosine_halved"] >= LEAST_COSINE["bfloat16"], found
    if bench.device == "cuda":
        began = time.perf_counter()
        with limited("cuda", 1 << 20):
            vectors = embedder.embed(prepared[:2]).relational
        found["seconds_to_the_processor"] = time.perf_counter() - began
        found["min_cosine_processor"] = float((vectors * wanted[:2]).sum(axis=1).min())
        found["device_bytes_left"] = torch.cuda.memory_allocated()
        assert found["device_bytes_left"] < 64 << 20, found
        assert found["min_cosine_processor"] >= LEAST_COSINE["bfloat16"], found
    embedder.close()
    return found


def _need(bench: Bench, embedder: RelsimEmbedder, prepared: Sequence[UInt8]) -> int:
    """Bytes that a batch needs beside the weights, or more."""
    if bench.device == "cpu":
        return 1 << 30
    torch.cuda.empty_cache()
    before = torch.cuda.memory_reserved()
    embedder.embed(prepared)
    return torch.cuda.memory_reserved() - before


@contextmanager
def limited(device: str, room: int) -> Iterator[None]:
    """Let this process take so many bytes more of the device's memory, and not one beyond."""
    gc.collect()
    if device == "cuda":
        torch.cuda.empty_cache()
        total = torch.cuda.mem_get_info()[1]
        torch.cuda.set_per_process_memory_fraction((torch.cuda.memory_reserved() + room) / total)
        try:
            yield
        finally:
            torch.cuda.set_per_process_memory_fraction(1.0)
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def idle(bench: Bench) -> dict[str, Any]:
    """A model that nobody uses gives its memory back, and comes again when it is used."""
    models = ModelThread(lambda: bench.load("bfloat16"), idle_s=IDLE_S)
    pixels = picture(0, 448, 448)

    def embed(embedder: RelsimEmbedder) -> np.ndarray:
        return embedder.embed([embedder.prepare(pixels)]).relational

    first = models.run(embed)
    models.unload()
    before = bench.held()  # with what the libraries keep after their first use
    models.run(embed)
    loaded = bench.held()
    deadline = time.monotonic() + 60
    while models.is_loaded and time.monotonic() < deadline:
        time.sleep(0.1)
    after = bench.held()
    found = {
        "before_bytes": before,
        "loaded_bytes": loaded,
        "after_bytes": after,
        "given_back": (loaded - after) / (loaded - before),
    }
    assert not models.is_loaded, "it is still there after a minute"
    if bench.device == "cuda":
        found["torch_holds"] = torch.cuda.memory_reserved()
        assert found["given_back"] > 0.95, found
    again = models.run(embed)
    models.close()
    found["min_cosine_loaded_again"] = float((first * again).sum(axis=1).min())
    assert found["min_cosine_loaded_again"] > LEAST_COSINE["bfloat16"], found
    return found


STEPS: dict[str, Callable[[Bench], dict[str, Any]]] = {
    "drift": drift,
    "exhausted": exhausted,
    "idle": idle,
}


def main() -> None:
    """Run one step, or all of them one after another."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shape", choices=SHAPES, default="7b")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--released-env", type=Path, help="see relsim_speed.py")
    parser.add_argument("--golden", type=Path, default=ROOT.parent / "shared" / "golden")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir(), "relsim-speed"))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks")
    parser.add_argument("--step", choices=STEPS, help="only this one; prints its JSON")
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](Bench(arguments))))
        return
    document: dict[str, Any] = {"shape": arguments.shape, "device": device_title(arguments.device)}
    common = [
        f"--{name}={getattr(arguments, name)}" for name in ("shape", "device", "golden", "scratch")
    ]
    speed = [*common, f"--out={arguments.out}", *SMALL.get(arguments.shape, ())]
    if arguments.released_env:
        speed.append(f"--released-env={arguments.released_env}")
    subprocess.run([sys.executable, HERE / "relsim_speed.py", *speed], check=True)
    failed = []
    for step in STEPS:
        command = [sys.executable, __file__, *common, f"--step={step}"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        document[step] = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None
        failed += [step] if done.returncode else []
        print(json.dumps({step: document[step]}, indent=1), flush=True)
    write_document(document, arguments.out, "relsim-device", [arguments.shape])
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
