"""The shipped miniature, shortened: it learns, and what it writes the engine loads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer.cli import main

SHORTER = (
    'data.scenes.relations=["ring", "grid", "spotlit", "barred", "isolated", "radiating"]',
    "data.scenes.train=576",
    "data.scenes.test=72",
    "data.scenes.workers=1",
    "loop.batch_size=48",
    "loop.epochs=8",
    "loop.warmup_steps=10",
    "loop.evaluate_every=0",
    "loop.workers=2",
)


def call(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, float]:
    assert main(list(words)) == 0
    found: dict[str, float] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.slow
def test_a_tiny_model_learns_relsim_on_scenes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    changes = [word for change in SHORTER for word in ("--set", change)]
    found = call(capsys, "relsim", "--config", "relsim-tiny", "--run", str(run), *changes)
    untrained = json.loads((run / "metrics.jsonl").read_text().splitlines()[0])
    figures = {name: value for name, value in found.items() if name.startswith("held_out/")}
    # Subjects that it never saw: the relation of every other is named, by chance of one in six.
    named, chance = (figures[f"held_out/{kind}named_relation"] for kind in ("", "chance_"))
    assert named > 0.45 > 2.5 * chance
    assert named > untrained["held_out/named_relation"] + 0.15
    assert figures["held_out/caption_mrr"] > 1.5 * untrained["held_out/caption_mrr"]

    model = run / "model"
    words = ("--model", str(model))  # which brings its base along
    served = call(capsys, "evaluate", "--collection", str(run / "scenes" / "test"), *words)
    for name, value in figures.items():
        assert served[name.removeprefix("held_out/")] == pytest.approx(value, abs=0.02), name
