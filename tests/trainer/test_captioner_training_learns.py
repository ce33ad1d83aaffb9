"""The shipped miniature, shortened: it learns to caption, and captions a collection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer.cli import main
from trainer.scenes import RELATIONS

SHORTER = (
    'data.scenes.relations=["spotlit", "barred"]',
    "data.scenes.train=900",
    "data.scenes.test=36",
    "data.scenes.workers=1",
    "data.workers=1",
    "base.tiny.width=64",
    "base.tiny.vision_width=64",
    "base.tiny.vision_layers=2",
    "loop.batch_size=16",
    "loop.steps=200",
    "loop.warmup_steps=10",
    "loop.learning_rate=3e-3",
    "loop.threads=1",
    "loop.evaluate_every=0",
    "loop.save_every=200",
    "written=36",
)


@pytest.mark.slow
def test_a_tiny_model_learns_to_caption_scenes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, out = tmp_path / "run", tmp_path / "captions.jsonl"
    changes = [word for change in SHORTER for word in ("--set", change)]
    words = ["captions", "train", "--config", "captioner-tiny", "--run", str(run), *changes]
    assert main([*words, "--device", "cpu", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    untrained = json.loads((run / "metrics.jsonl").read_text().splitlines()[0])
    # Subjects that it never saw: the relation of most pictures is named, by chance one half.
    assert figures["held_out/named_right"] > 0.7
    assert figures["held_out/chance_named_right"] == pytest.approx(1 / 2)
    assert figures["held_out/perplexity"] < 3 < untrained["held_out/perplexity"]

    words = ["captions", "fill", str(run / "scenes" / "test"), "--out", str(out)]
    assert main([*words, "--captioner", str(run / "model"), "--json"]) == 0
    filled = json.loads(capsys.readouterr().out)
    assert filled["found"] == filled["written"] == 36
    truth = map(json.loads, (run / "scenes" / "test" / "scenes.jsonl").read_text().splitlines())
    shown = {line["file"]: line["relation"] for line in truth}
    _, *lines = map(json.loads, out.read_text().splitlines())
    said = [line["caption"] in RELATIONS[shown[line["key"]]].captions for line in lines]
    assert sum(said) > 22
