"""Two processes train a captioner as one does, with whole weights and with shared ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from trainer.captions.finetune import CaptionerConfig, train_captioner
from trainer.config import load_config
from trainer.progress import Reporter
from trainer.training.world import World

SMALL = (
    "base.tiny.width=32",
    "base.tiny.layers=1",
    "base.tiny.heads=2",
    "base.tiny.vision_width=32",
    "base.tiny.vision_layers=1",
    "base.tiny.vision_heads=2",
    "data.scenes.train=16",
    "data.scenes.test=5",
    "data.scenes.workers=1",
    'data.scenes.relations=["grid", "isolated"]',
    "data.workers=1",
    "loop.batch_size=8",
    "loop.steps=3",
    "loop.warmup_steps=1",
    "loop.workers=1",
    "loop.threads=1",
    "lora.dropout=0",
    "written=3",
)
WAYS = {
    "one": (),
    "copies": ("answers.piece=3",),
    "sharded": ("loop.sharding=full", "loop.checkpointing=true"),
}


def run(way: str, folder: Path) -> None:
    config = load_config(CaptionerConfig, "captioner-tiny", [*SMALL, *WAYS[way]])
    train_captioner(config, folder / way, Reporter.silent(), device="cpu")


def metrics(folder: Path) -> list[dict[str, float]]:
    lines = map(json.loads, (folder / "metrics.jsonl").read_text().splitlines())
    return [{k: v for k, v in line.items() if k != "images_per_second"} for line in lines]


def test_two_processes_train_as_one(tmp_path: Path) -> None:
    run("one", tmp_path)
    words = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", __file__]
    done = subprocess.run(
        [sys.executable, *words, str(tmp_path)],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    expected = metrics(tmp_path / "one")
    for way in ("copies", "sharded"):
        found = metrics(tmp_path / way)
        assert len(found) == len(expected)
        for mine, theirs in zip(found, expected, strict=True):
            assert mine == pytest.approx(theirs, rel=1e-3), way
        names = {path.name for path in (tmp_path / way / "model").iterdir()}
        assert {"adapter_config.json", "adapter_model.safetensors", "base"} <= names


def main() -> None:
    """All ways in the processes that torchrun started, which meet only once."""
    with World.start("cpu") as world, pytest.MonkeyPatch.context() as patch:
        patch.setattr(World, "start", lambda _device: nullcontext(world))
        for way in ("copies", "sharded"):
            run(way, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
