"""Our contrastive step against a straight one: same weights, same batch, taking turns.

    python tests/benchmarks/contrastive_step.py --shape cut6                  # processor
    python tests/benchmarks/contrastive_step.py --shape 7b --device cuda --batch 64 --piece 8

Rates are of rounds in which every way takes its turn; each peak of memory is that of a new process
that loads the model and takes two steps. Writes JSON and Markdown, named after the device.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, Self

import numpy as np
from contrastive_step_worker import StepTask
from photo_like import picture
from random_relsim import SHAPES, write
from relsim_speed import HERE, ROOT, device_title, write_document

AGREE = {"float32": 1e-3, "bfloat16": 0.05}
"""Largest difference of losses at the first step, and, as a share, of gradient norms."""


class Stepper:
    """A worker of `contrastive_step_worker`. A context manager.

    Args:
        task: What it is told.
    """

    def __init__(self, task: StepTask) -> None:
        command = [
            sys.executable,
            str(HERE / "contrastive_step_worker.py"),
            json.dumps(asdict(task)),
        ]
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.loaded = self._read()["loaded"]

    def step(self, piece: int, *, checkpointing: bool) -> dict[str, Any]:
        """Take one."""
        assert self._process.stdin is not None
        request = {"piece": piece, "checkpointing": checkpointing}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"A side ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        """Does nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._process.communicate()


def ways(piece: int) -> dict[str, tuple[str, int, bool]]:
    """What is measured: side, pictures at once (0 for all), checkpointing."""
    return {
        "straight": ("straight", 0, False),
        "straight, checkpointing": ("straight", 0, True),
        "own": ("own", 0, False),
        "own, checkpointing": ("own", 0, True),
        f"own, pieces of {piece}": ("own", piece, False),
        f"own, pieces of {piece}, checkpointing": ("own", piece, True),
    }


def measure(
    shape: str,
    device: str,
    dtype: Any,
    *,
    batch: int,
    chosen: dict[str, tuple[str, int, bool]],
    rounds: int,
    scratch: Path,
) -> dict[str, Any]:
    """Take turns, then look at each way's memory by itself; returns the document."""
    has_weights, folder = shape != "7b", scratch / shape
    write(SHAPES[shape], ROOT.parent / "shared" / "golden", folder, weights=has_weights)
    adapter = folder / "relsim" / "adapter_config.json"
    settings = json.loads(adapter.read_text(encoding="utf-8")) | {"lora_dropout": 0.0}
    adapter.write_text(json.dumps(settings), encoding="utf-8")
    stored = scratch / f"batch-{batch}.npy"
    np.save(stored, np.stack([picture(20_000 + n, 448, 448) for n in range(batch)]))
    tasks = {
        side: StepTask(side, shape, str(folder), has_weights, str(stored), device, dtype)
        for side in ("straight", "own")
    }
    seconds: dict[str, list[float]] = {name: [] for name in chosen}
    with Stepper(tasks["straight"]) as straight, Stepper(tasks["own"]) as own:
        steppers = {"straight": straight, "own": own}
        for number in range(-1, rounds):
            for name, (side, at_once, checkpointing) in chosen.items():
                answer = steppers[side].step(at_once, checkpointing=checkpointing)
                if number >= 0:
                    seconds[name].append(answer["seconds"])
    found = {}
    for name, (side, at_once, checkpointing) in chosen.items():
        with Stepper(tasks[side]) as alone:
            loaded = alone.loaded
            first = alone.step(at_once, checkpointing=checkpointing)
            answer = alone.step(at_once, checkpointing=checkpointing)
        rates = [batch / each for each in seconds[name]]
        found[name] = {
            "images_per_s": median(rates),
            "images_per_s_range": [min(rates), max(rates)],
            **{key: value for key, value in answer.items() if key.startswith("peak")},
            "loaded": loaded,
            "first": {key: first[key] for key in ("loss", "gradient_norm")},
        }
    return {
        "shape": shape,
        "dtype": dtype,
        "device": device_title(device),
        "batch": batch,
        "rounds": rounds,
        "versions": {name: version(name) for name in ("torch", "transformers", "peft")},
        "ways": found,
    }


def disagreement(document: dict[str, Any]) -> float:
    """How far the first steps of all ways are apart: losses, and gradient norms as a share."""
    firsts = [way["first"] for way in document["ways"].values()]
    losses, norms = ([first[key] for first in firsts] for key in ("loss", "gradient_norm"))
    apart: float = max(max(losses) - min(losses), max(norms) / min(norms) - 1)
    return apart


def table(document: dict[str, Any]) -> str:
    """The document as Markdown."""
    lines = [
        f"{document['shape']}, {document['dtype']}, {document['device']}: batch of"
        f" {document['batch']} pictures of 448 pixels, rounds: {document['rounds']}.",
        "",
        "| | images/s (range) | against straight | peak memory | above the loaded model |",
        "|---|---|---|---|---|",
    ]
    first = document["ways"]["straight"]["images_per_s"]
    for name, row in document["ways"].items():
        low, high = row["images_per_s_range"]
        key = "peak_device" if "peak_device" in row else "peak_rss"
        lines.append(
            f"| {name} | {row['images_per_s']:.3g} ({low:.3g}-{high:.3g})"
            f" | {row['images_per_s'] / first:.2f} | {row[key] / 1e9:.2f} GB"
            f" | {(row[key] - row['loaded'][key]) / 1e9:.2f} GB |"
        )
    firsts = [way["first"] for way in document["ways"].values()]
    for key in ("loss", "gradient_norm"):
        low, high = (end(first[key] for first in firsts) for end in (min, max))
        lines += ["", f"First step of all ways: {key.replace('_', ' ')} {low:.5f} to {high:.5f}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, write both files, and fail if the two sides do not compute the same loss."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shape", choices=SHAPES, default="cut6")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cpu")
    parser.add_argument("--dtype", choices=("bfloat16", "float32"), default="bfloat16")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--piece", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks")
    parser.add_argument(
        "--scratch", type=Path, default=Path(tempfile.gettempdir(), "contrastive-step")
    )
    arguments = parser.parse_args()
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    document = measure(
        arguments.shape,
        arguments.device,
        arguments.dtype,
        batch=arguments.batch,
        chosen=ways(arguments.piece),
        rounds=arguments.rounds,
        scratch=arguments.scratch,
    )
    kind = [arguments.shape, arguments.dtype]
    path = write_document(document, arguments.out, "contrastive-step", kind)
    path.with_suffix(".md").write_text(table(document), encoding="utf-8")
    print(table(document))
    apart = disagreement(document)
    if not apart <= AGREE[arguments.dtype]:
        raise SystemExit(f"The ways compute different steps: {apart:.2g}. The rates mean nothing")


if __name__ == "__main__":
    main()
