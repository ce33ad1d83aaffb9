"""The shipped miniature, shortened: it learns to filter, and scans with what it learned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer.cli import main

SHORTER = (
    'scenes.relations=["spotlit", "barred"]',
    "scenes.pictures=1200",
    "scenes.held_out=80",
    "scenes.workers=1",
    "base.tiny.width=64",
    "base.tiny.vision_width=64",
    "base.tiny.vision_layers=2",
    "loop.batch_size=24",
    "loop.steps=180",
    "loop.learning_rate=3e-3",
    "loop.threads=1",
    "loop.warmup_steps=10",
    "loop.evaluate_every=0",
    "loop.save_every=180",
)


@pytest.mark.slow
def test_a_tiny_model_learns_to_filter_scenes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, made = tmp_path / "run", tmp_path / "filter"
    changes = [word for change in SHORTER for word in ("--set", change)]
    words = ["filter", "train", "--config", "filter-tiny", "--run", str(run), *changes]
    assert main([*words, "--out", str(made), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    # Of subjects that it never saw; by chance both are one half.
    assert figures["auc"] > 0.8
    assert figures["accuracy"] > 0.7

    held = run / "scenes" / "held-out"
    words = ["filter", "scan", str(held), "--filter", str(made), "--out", str(tmp_path / "scan")]
    assert main([*words, "--threads", "1", "--json"]) == 0
    scan = json.loads(capsys.readouterr().out)
    assert scan["found"] == 80
    # The threshold is one picture's own score, which other batches may round to its other side.
    assert abs(scan["kept"] - 80 * figures["kept"]) <= 1
