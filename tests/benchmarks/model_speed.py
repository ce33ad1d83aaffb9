"""How fast one small model embeds, against another, in turns on the same pictures.

    git worktree add BEFORE REVISION       # or any two model folders
    python tests/benchmarks/model_speed.py BEFORE/resources/models/relsim-mini AFTER_FOLDER

Prints pictures a second of each, and the median ratio of their times, batch by batch.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from engine.models.mini import BATCH_SIZE, OnnxEmbedder
from engine.models.spec import ModelSpec

_ROUNDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    arguments = parser.parse_args()
    models = [
        OnnxEmbedder.load(ModelSpec.load(folder), threads=2)
        for folder in (arguments.before, arguments.after)
    ]
    r = np.random.default_rng(0)
    side = models[0].spec.input_size
    batch = list(r.integers(0, 256, (BATCH_SIZE, side, side, 3), dtype=np.uint8))
    for model in models:
        model.embed(batch)
    seconds = np.empty((_ROUNDS, 2))
    for row in seconds:
        for column, model in enumerate(models):
            began = time.perf_counter()
            model.embed(batch)
            row[column] = time.perf_counter() - began
    for name, column in zip(("before", "after"), seconds.T, strict=True):
        print(f"{name}: {BATCH_SIZE / np.median(column):.1f} pictures/s (median of {_ROUNDS})")
    print(f"after takes {np.median(seconds[:, 1] / seconds[:, 0]):.3f} times as long")


if __name__ == "__main__":
    main()
