from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden_files import golden

from trainer.cli import main
from trainer.progress import Reporter
from trainer.scenes.drawn import ScenePlan, draw_scenes_into


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scenes") / "test"
    plan = ScenePlan("test", 24, ("ring", "grid", "tower", "spotlit"), side=96)
    draw_scenes_into(folder, plan, 1, Reporter.silent())
    (folder / "000003.png").write_bytes(b"no picture")
    return folder


def evaluate(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, float]:
    assert main(["evaluate", *words]) == 0
    found: dict[str, float] = json.loads(capsys.readouterr().out)
    return found


def test_the_bundled_model_names_the_relations_of_scenes(
    scenes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = evaluate(capsys, "--collection", str(scenes))
    assert found["model"] == "relsim-mini"
    assert found["pictures"] == 23
    assert found["dropped"] == {"unreadable": 1}
    assert found["named_relation"] > 0.8 > 2 * found["chance_named_relation"]
    assert found["relation_p1"] > 0.8


def test_a_relsim_checkpoint_is_measured_as_it_is_served(
    scenes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, base = golden("relsim-tiny", "relsim"), golden("relsim-tiny", "base")
    words = ["--collection", str(scenes), "--model", str(model), "--base", str(base)]
    found = evaluate(capsys, *words, "--limit", "5")
    assert found["model"] == "relsim"
    assert found["pictures"] == 4
    assert found["dropped"] == {"unreadable": 1}


def test_what_is_missing_is_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--collection", str(tmp_path / "nothing")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
