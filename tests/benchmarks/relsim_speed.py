"""The released relsim package against the engine: same random weights, same pictures, one run.

    python tests/benchmarks/relsim_speed.py --shape cut6                    # processor, float32
    python tests/benchmarks/relsim_speed.py --shape 7b --device cuda        # bfloat16

Two comparisons, each in rounds in which both sides take turns, so that a slow moment of the machine
hits both: the same 448 x 448 pictures (their embeddings must agree), and 12-megapixel JPEG files in
each program's own default way (released: native resolution, one at a time; ours: the large
model's pass of ``relsim index``, square448). Writes a JSON document and a table, named after shape,
dtype and device. The released package needs an environment of its own, which is made where none is
given.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any, Self

import numpy as np
import torch  # noqa: TID253 - it knows the device
from photo_like import picture, write_photos
from random_relsim import SHAPES, Shape, write
from relsim_flops import Picture, own_flops, released_flops
from relsim_worker import Task

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PINS = (
    ["torch==2.13.0"],
    [
        *("transformers==4.57.3", "peft==0.18.0", "qwen_vl_utils==0.0.14", "accelerate"),
        *("sentence-transformers==5.1.2", "pillow"),
    ],
    ["--no-deps", "torchvision==0.28.0", "relsim==0.1.0"],
)
"""What the golden values were made with: shared/golden/released/README.md."""

SIDES = ("released", "own")
AGREE = {"float32": 0.9999, "bfloat16": 0.99}
"""Least cosine between the embeddings of both; bfloat16 rounds differently in another order."""


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def released_environment(folder: Path) -> Path:
    """The released package's environment; made on the first call. Returns its python."""
    python = python_of(folder)
    done = folder / "complete"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        for packages in PINS:
            install = [python, "-m", "pip", "install", "--quiet", *packages]
            subprocess.run(install, check=True, stdout=sys.stderr)
        done.touch()
    return python


class Worker:
    """One side, in its own process; see `relsim_worker.serve`."""

    def __init__(self, python: Path | str, script: str, task: Task) -> None:
        command = [str(python), str(HERE / script), json.dumps(asdict(task))]
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.name = script
        self.ready = self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def ask(self, do: str, **details: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **details}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def take_turns(
    workers: dict[str, Worker],
    rounds: int,
    requests: dict[str, dict[str, Any]],
    *,
    warm_up: bool,
) -> dict[str, list[dict[str, Any]]]:
    """Let both sides answer once a round, either of them first in turn."""
    answers: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    for number in range(-1 if warm_up else 0, rounds):
        for side in SIDES if number % 2 else reversed(SIDES):
            answer = workers[side].ask(**requests[side])
            if number >= 0:
                answers[side].append(answer)
                print(f"round {number + 1}, {side}: {answer['seconds']:.2f} s", file=sys.stderr)
    return answers


def summary(
    answers: dict[str, list[dict[str, Any]]],
    counts: dict[str, int],
    flops: dict[str, int],
    matrix: float,
) -> dict[str, Any]:
    """Rates of both, their ratio in each round, memory and share of the device's matrix rate."""
    found: dict[str, Any] = {}
    rates = {side: [counts[side] / answer["seconds"] for answer in answers[side]] for side in SIDES}
    for side in SIDES:
        middle = median(rates[side])
        peaks = {key: value for key, value in answers[side][-1].items() if key.startswith("peak")}
        found[side] = {
            "images_per_s": middle,
            "images_per_s_range": [min(rates[side]), max(rates[side])],
            "flops_an_image": flops[side],
            "flops_per_s": middle * flops[side],
            "share_of_matrix_rate": middle * flops[side] / matrix,
            **peaks,
        }
    ratios = [own / released for own, released in zip(rates["own"], rates["released"], strict=True)]
    return found | {"ratio": median(ratios), "ratio_range": [min(ratios), max(ratios)]}


def agreement(answers: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """How far the embeddings of both sides are apart, over all rounds."""
    pairs = [
        (np.array(own["vectors"]), np.array(released["vectors"]))
        for own, released in zip(answers["own"], answers["released"], strict=True)
    ]
    own, released = (np.concatenate(side) for side in zip(*pairs, strict=True))
    between = released @ released.T
    return {
        "max_difference": float(np.abs(own - released).max()),
        "min_cosine": float((own * released).sum(axis=1).min()),
        "largest_cosine_of_different_pictures": float(
            between[between < 1 - 1e-6].max() if (between < 1 - 1e-6).any() else np.nan
        ),
    }


def device_title(device: str) -> str:
    """What people call the device."""
    if device == "cuda":
        return torch.cuda.get_device_name()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line.split(":")[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} cores"


def measure(arguments: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Make the checkpoint and the pictures, run both, and return the document."""
    shape = SHAPES[arguments.shape]
    has_weights = arguments.shape != "7b"
    folder = scratch / arguments.shape
    write(shape, arguments.golden, folder, weights=has_weights)
    count = arguments.pictures
    stored = scratch / f"pictures-{count}.npy"
    if not stored.exists():
        np.save(stored, np.stack([picture(10_000 + n, 448, 448) for n in range(count)]))
    edges = round((arguments.megapixels * 1e6 / 12) ** 0.5)
    size = (4 * edges, 3 * edges)
    photos = [str(p) for p in write_photos(scratch / "photos", arguments.photos, *size)]

    given: Path | None = arguments.released_env
    python = python_of(given) if given else released_environment(scratch / "released")
    load = os.getloadavg()[0]
    task = Task(
        arguments.shape,
        str(folder),
        has_weights,
        str(stored),
        str(arguments.golden),
        arguments.device,
        arguments.dtype,
    )
    with (
        Worker(python, "released_relsim.py", task) as released,
        Worker(sys.executable, "own_relsim.py", task) as own,
    ):
        workers = {"released": released, "own": own}
        rates = [own.ask("matrix")["flops_per_s"]]
        ask = {"do": "pictures", "numbers": list(range(count))}
        equal = take_turns(workers, arguments.rounds, dict.fromkeys(SIDES, ask), warm_up=True)
        rates.append(own.ask("matrix")["flops_per_s"])
        few = photos[: arguments.released_photos]
        default = arguments.photo_rounds and take_turns(
            workers,
            arguments.photo_rounds,
            {"released": {"do": "files", "paths": few}, "own": {"do": "files", "paths": photos}},
            warm_up=arguments.device == "cuda",  # a photo takes the released code minutes elsewhere
        )
        rates.append(own.ask("matrix")["flops_per_s"])
    matrix = max(rates)
    small = _flops(shape, released=(448, 448))
    document = {
        "shape": arguments.shape,
        "dtype": arguments.dtype,
        "device": device_title(arguments.device),
        "matrix_flops_per_s": matrix,
        "matrix_rates": rates,
        "load_before": load,
        "rounds": arguments.rounds,
        "versions": {side: workers[side].ready["versions"] for side in SIDES},
        "load_s": {side: workers[side].ready["load_s"] for side in SIDES},
        "equal_preparation": summary(equal, dict.fromkeys(SIDES, count), small, matrix)
        | agreement(equal)
        | {"pictures": count},
    }
    if default:
        counts = {"released": len(few), "own": len(photos)}
        flops = _flops(shape, released=size)
        document["default_against_default"] = summary(default, counts, flops, matrix) | {
            "photos": counts,
            "size": size,
        }
    return document


def _flops(shape: Shape, released: tuple[int, int]) -> dict[str, int]:
    return {
        "released": released_flops(shape, Picture.of(*released, shape)),
        "own": own_flops(shape, Picture.of(448, 448, shape)),
    }


def table(document: dict[str, Any]) -> str:
    """The document as Markdown."""
    lines = [
        f"{document['shape']}, {document['dtype']}, {document['device']}; matrix products run at"
        f" {document['matrix_flops_per_s'] / 1e12:.2f} TFLOP/s there.",
        "",
        "| | images/s (range) | ratio (range) | TFLOP an image | share of the matrix rate"
        " | peak memory |",
        "|---|---|---|---|---|---|",
    ]
    titles = {
        "equal_preparation": "448 x 448",
        "default_against_default": "{} x {} JPEG files, each by its own default",
    }
    for key, title in titles.items():
        part = document.get(key)
        if part is None:
            continue
        for side in SIDES:
            row = part[side]
            low, high = row["images_per_s_range"]
            ratio = ""
            if side == "own":
                ratio = "{:.2f} ({:.2f}-{:.2f})".format(part["ratio"], *part["ratio_range"])
            peak = row.get("peak_device", row["peak_rss"]) / 1e9
            where = "device" if "peak_device" in row else "resident"
            lines.append(
                f"| {title.format(*part.get('size', ()))}, {side} | {row['images_per_s']:.3g}"
                f" ({low:.3g}-{high:.3g}) | {ratio} | {row['flops_an_image'] / 1e12:.3g}"
                f" | {row['share_of_matrix_rate']:.0%} | {peak:.2f} GB {where} |"
            )
    equal = document["equal_preparation"]
    lines += [
        "",
        f"Embeddings of the {equal['pictures']} pictures of 448 pixels: largest difference"
        f" {equal['max_difference']:.1e}, least cosine {equal['min_cosine']:.6f} between the two"
        f" programs (at most {equal['largest_cosine_of_different_pictures']:.3f} between different"
        " pictures).",
    ]
    return "\n".join(lines) + "\n"


def write_document(document: dict[str, Any], folder: Path, what: str, kind: list[str]) -> Path:
    """Write JSON to a file that is named after what was measured, and on which device."""
    words = re.findall(r"[a-z0-9.]+", document["device"].lower())
    path = folder / ("-".join([what, *kind, *words]) + ".json")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n")
    return path


def main() -> None:
    """Measure, write both files, and fail if the two programs disagree."""
    summary_line, *_ = (__doc__ or "").splitlines()
    parser = argparse.ArgumentParser(description=summary_line)
    parser.add_argument("--shape", choices=SHAPES, default="cut6")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cpu")
    parser.add_argument("--dtype", choices=("bfloat16", "float32"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pictures", type=int, help="of 448 pixels, each round")
    parser.add_argument("--photo-rounds", type=int, default=3, help="0 leaves the photos out")
    parser.add_argument("--photos", type=int, help="files for ours, each round")
    parser.add_argument("--released-photos", type=int, help="of them, for the released package")
    parser.add_argument("--megapixels", type=float, default=12.0)
    parser.add_argument("--released-env", type=Path, help="made in the scratch folder if not given")
    parser.add_argument("--golden", type=Path, default=ROOT.parent / "shared" / "golden")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir(), "relsim-speed"))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks")
    arguments = parser.parse_args()
    on_gpu = arguments.device == "cuda"
    arguments.dtype = arguments.dtype or ("bfloat16" if on_gpu else "float32")
    arguments.pictures = arguments.pictures or (80 if on_gpu else 8)
    arguments.photos = arguments.photos or (80 if on_gpu else 8)
    arguments.released_photos = arguments.released_photos or (4 if on_gpu else 1)
    arguments.scratch.mkdir(parents=True, exist_ok=True)

    document = measure(arguments, arguments.scratch)
    kind = [arguments.shape, arguments.dtype]
    path = write_document(document, arguments.out, "relsim-speed", kind)
    path.with_suffix(".md").write_text(table(document))
    print(table(document))
    least = document["equal_preparation"]["min_cosine"]
    if not least >= AGREE[arguments.dtype]:
        raise SystemExit(f"The two programs disagree: least cosine {least}. The rates mean nothing")


if __name__ == "__main__":
    main()
