"""How fast each runtime runs the bundled model's backbone, and how long each takes to start.

    python tests/benchmarks/runtime.py [--batches 8]

Images a second in batches of 32 on all cores; start-up as seconds and memory of fresh processes
that load the whole model, or the text encoder, and answer once.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch  # noqa: TID253 - it is what is measured

from trainer.backbone import pretrained_backbone
from trainer.contrastive.features import Extractor

BATCH = 32

STARTS = {
    "bundled model": """
from PIL import Image
from engine.models.registry import load_embedder
embedder = load_embedder()
embedder.embed([embedder.prepare(Image.new("RGB", (300, 200)))])
""",
    "text encoder": """
from engine.models.text import TextEncoder
TextEncoder().encode(["{Objects} in a ring"])
""",
    "import torch": "import torch",
}
REPORT = """
seconds = time.perf_counter() - began
import json, psutil
print(json.dumps([seconds, psutil.Process().memory_info().rss / 1e6]))
"""


def rate(run: Callable[[], object], batches: int) -> float:
    """Images a second, after one batch to warm up."""
    run()
    began = time.perf_counter()
    for _ in range(batches):
        run()
    return round(batches * BATCH / (time.perf_counter() - began), 1)


def start(code: str) -> dict[str, float]:
    """Seconds and resident megabytes of a fresh process."""
    program = f"import time\nbegan = time.perf_counter()\n{code}\n{REPORT}"
    printed = subprocess.run(
        [sys.executable, "-c", program], check=True, text=True, stdout=subprocess.PIPE
    ).stdout
    seconds, megabytes = json.loads(printed.splitlines()[-1])
    return {"seconds": round(seconds, 2), "megabytes": round(megabytes)}


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batches", type=int, default=8)
    batches = parser.parse_args().batches
    pixels = np.random.default_rng(0).integers(0, 256, (BATCH, 224, 224, 3), dtype=np.uint8)
    tensor = torch.from_numpy(pixels)
    backbone = pretrained_backbone().eval().fold()

    def autocast() -> object:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return backbone(tensor)

    with torch.inference_mode(), tempfile.TemporaryDirectory() as folder:
        rates = {
            "torch float32": rate(lambda: backbone(tensor), batches),
            "torch bfloat16 autocast": rate(autocast, batches),
        }
        graph = Extractor(backbone, Path(folder, "backbone.onnx"), torch.get_num_threads())
        rates["onnxruntime float32"] = rate(lambda: graph(list(pixels)), batches)
    starts = {name: start(code) for name, code in STARTS.items()}
    print(json.dumps({"images_per_second": rates, "start": starts}, indent=1))


if __name__ == "__main__":
    main()
