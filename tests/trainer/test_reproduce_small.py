"""The small scale from the first picture to the figures, with models that learn next to nothing.

Stages run in this process, so that torch is imported once; `test_reproduce_runner` has the others.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.cli import main
from trainer.reproduce.child import perform
from trainer.reproduce.config import SmallConfig, read_config
from trainer.reproduce.lists import read_list, read_truth
from trainer.reproduce.paper import ROWS
from trainer.reproduce.pretrained import features
from trainer.reproduce.runner import Runner
from trainer.reproduce.small import RUNS, small_plan
from trainer.scenes import NONE

TINY = ["base.tiny.width=32", "base.tiny.layers=1", "base.tiny.vision_width=32"]
TINY += ["base.tiny.vision_layers=1", "loop.batch_size=8", "loop.workers=1"]
SHORT = [*TINY, "loop.steps=4", "loop.evaluate_every=4", "loop.save_every=4", "loop.warmup_steps=1"]
WRITES = [*TINY, "loop.steps=50", "loop.evaluate_every=50", "loop.save_every=50", "written=4"]
WRITES += ["loop.warmup_steps=5", "loop.learning_rate=5e-3"]
TOWER = ["base.name=tiny", "base.trains=everything", "base.precision=float32"]
CHANGES = {
    "pictures.relations": ["ring", "grid", "spotlit"],
    "pictures.labelled": 40,
    "pictures.wild": 60,
    "pictures.validation": 12,
    "pictures.subjects": 3,
    "pictures.unrelated": 6,
    "filter.changes": [*SHORT, "held_out=0.3", "verifiers=1"],
    "captioner.changes": [*WRITES, "data.workers=1"],
    "relsim.changes": [*SHORT, "loop.epochs=", "data.workers=1"],
    "tower.changes": [*SHORT, *TOWER, "loop.precision=float32", "loop.epochs=", "data.workers=1"],
    "pretrained.head.width": 32,
    "pretrained.head.layers": 1,
    "pretrained.training.epochs": 1,
    "pretrained.training.batch_size": 8,
    "keep_rate": 0.5,
    "examples": 2,
}
WORDS = [f"{key}={json.dumps(value)}" for key, value in CHANGES.items()]
FEW = {"pictures", "wild", "test", "groups"}


def config() -> SmallConfig:
    found = read_config("reproduce", WORDS)
    assert isinstance(found, SmallConfig)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose stages were all done but the report, which has tests of its own."""
    made = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        patch.setenv("RELSIM_CACHE", str(made / "cache"))
        for stage in small_plan(config(), 1).stages:
            if stage.name != "report":
                assert perform(stage.call()) == 0, stage.name
                assert all((made / name).exists() for name in stage.makes), stage.name
    return made


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_method_is_measured_beside_the_paper(folder: Path) -> None:
    figures = read(folder / "figures.json")
    assert (figures["format"], figures["version"]) == ("relsim-reproduction", 1)
    assert figures["test"] == {
        "pictures": 15,
        "queries": 9,
        "distractors": 6,
        "relations": ["grid", "ring", "spotlit"],
        "subjects": 3,
        "clusters": "relation",
    }
    assert [row["id"] for row in figures["rows"]] == [row.id for row in ROWS]
    papers = {row["id"]: row["paper"]["score"] for row in figures["rows"] if row["paper"]}
    both = {"relsim": 6.77, "pretrained": 6.77}
    assert papers == {**both, "clip": 6.02, "attribute": 5.14, "pixels": 4.56}
    for row in figures["rows"]:
        for name, found in row["figures"].items():
            assert found["low"] <= found["value"] <= found["high"], (row["id"], name)
            assert found["n"] == 9
        assert row["figures"]["score"]["value"] == pytest.approx(
            10 * row["figures"]["relation"]["value"], abs=1e-5
        )
        for field, tested in (("against", "relsim"), ("against_counterpart", "pretrained")):
            if row["id"] == tested:
                assert row[field] is None
                continue
            shares = [row[field][name]["value"] for name in ("wins", "ties", "losses")]
            assert sum(shares) == pytest.approx(1, abs=1e-5)
    # The bundled model knows these relations: whatever else is wrong, the measures are not.
    mini = next(row for row in figures["rows"] if row["id"] == "relsim-mini")
    assert mini["figures"]["relation"]["value"] > 0.85
    assert mini["figures"]["caption_r1"]["value"] > 0.6


def test_rows_say_what_they_start_from(folder: Path) -> None:
    figures = read(folder / "figures.json")
    start = {row["id"]: row["start"] for row in figures["rows"]}
    assert figures["tested"] == "relsim"
    assert figures["counterpart"] == "pretrained"
    assert start["relsim"] == start["true"] == start["untrained"] == "nothing"
    assert start["pretrained"] == start["attribute"] == start["relsim-mini"] == "ImageNet features"
    assert start["maps"] == start["arrangement"] == "ImageNet features"
    assert start["pixels"] == start["hash"] == ""
    own = next(row for row in figures["rows"] if row["id"] == "pretrained")
    assert "caption_r1" in own["figures"], "it answers in the space of captions"


def test_heads_learn_from_the_lists_that_their_namesakes_learn_from(folder: Path) -> None:
    plan = {stage.name: stage for stage in small_plan(config(), 1).stages}
    for name in ("", "conventional", "no-filter", "true"):
        own = plan[f"pretrained-{name}" if name else "pretrained"].settings
        words = plan[name or "relsim"].words
        assert f"data.train={own['pictures']}" in words
        read_field = {"caption": "anonymous"}.get(own["caption"], own["caption"])
        assert f"data.captions={read_field}" in words
    assert sorted(path.name for path in (folder / "features").iterdir() if path.is_dir()) == [
        *("grouped", "kept", "test", "unfiltered")
    ]


def test_the_head_without_text_learns_from_the_captioners_pictures_as_the_others_do(
    folder: Path,
) -> None:
    plan = {stage.name: stage for stage in small_plan(config(), 1).stages}
    own, other = plan["pretrained-groups"].settings, plan["pretrained"].settings
    assert all(own[name] == other[name] for name in ("head", "training", "seed"))
    assert "caption" not in own
    assert plan["grouped"].settings["groups"] == "groups.jsonl"
    assert "data.train=groups.jsonl" in plan["captioner"].words
    lines = read_list(folder / "data" / "grouped.jsonl")
    assert len(lines) == read(folder / "groups.json")["pictures"]
    assert not any({"caption", "relation", "conventional"} & line.keys() for line in lines)
    figures = read(folder / "figures.json")
    row = next(row for row in figures["rows"] if row["id"] == "groups")
    assert (row["kind"], row["start"]) == ("ablation", "ImageNet features")
    assert "caption_r1" not in row["figures"], "it knows no captions to be compared with"


def test_features_go_on_where_they_were_and_say_what_the_bundled_model_sees(
    folder: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    shutil.copytree(folder / "features" / "test", tmp_path / "again")
    monkeypatch.chdir(folder)
    out, backbone = str(tmp_path / "again"), "features/backbone.onnx"
    settings = {"pictures": "test/pictures.jsonl", "backbone": backbone, "out": out}
    chunk = next((tmp_path / "again").glob("chunk-*.json"))
    known = np.load(tmp_path / "again" / "tokens.npy").copy()
    assert np.abs(known).max() > 0
    for lost in (True, False):
        np.load(tmp_path / "again" / "tokens.npy", mmap_mode="r+")[:] = 0
        if lost:
            chunk.unlink()
        features(settings)
        now = np.load(tmp_path / "again" / "tokens.npy")
        assert np.array_equal(now, known) if lost else not now.any()
    assert json.loads(chunk.read_text()) == [
        line["key"] for line in read_list(folder / "test" / "pictures.jsonl")
    ]


def test_filter_groups_and_captions_are_accounted_for(folder: Path) -> None:
    figures = read(folder / "figures.json")
    truth = read_truth(folder / "truth" / "wild.jsonl")
    assert figures["filter"]["pictures"] == len(truth) == 60
    assert figures["filter"]["share_related"] == 0.25
    kept = [line["key"] for line in read_list(folder / "scan" / "kept.jsonl")]
    related = sum(truth[key]["relation"] != NONE for key in kept)
    at = figures["filter"]["at_the_threshold_of_the_scan"]
    assert at["precision"] == pytest.approx(related / len(kept))
    right = related + (45 - (len(kept) - related))
    assert figures["filter"]["agreement"] == pytest.approx(right / 60)
    assert figures["groups"]["pictures"] <= 20
    assert figures["captions"]["kept"]["pictures"] == len(read_list(folder / "data/kept.jsonl"))
    assert figures["captions"]["test"]["related"] == 9


def test_no_stage_is_told_the_truth(folder: Path) -> None:
    for name in ("wild/pictures.jsonl", "test/pictures.jsonl", "scan/kept.jsonl"):
        lines = read_list(folder / name)
        assert lines, name
        assert not any({"relation", "caption", "label", "subject"} & line.keys() for line in lines)
    for name in ("data/kept.jsonl", "data/unfiltered.jsonl"):
        assert not any("relation" in line for line in read_list(folder / name))
    seen = {line["file"] for line in read_list(folder / "wild" / "pictures.jsonl")}
    assert len(seen) == 60
    keys = [line["key"] for line in read_list(folder / "wild" / "pictures.jsonl")]
    truth = read_truth(folder / "truth" / "wild.jsonl")
    first, second = keys[:30], keys[30:]
    assert all(any(truth[key]["relation"] == NONE for key in half) for half in (first, second))


def test_ablations_see_as_many_pictures(folder: Path) -> None:
    kept = len(read_list(folder / "scan" / "kept.jsonl"))
    assert len(read_list(folder / "data" / "unfiltered-pictures.jsonl")) == kept
    assert len(read_list(folder / "data" / "true.jsonl")) == kept


def test_neighbors_can_be_shown(folder: Path) -> None:
    found = read(folder / "neighbors.json")
    assert [method["id"] for method in found["methods"]] == [
        *("relsim", "pretrained", "attribute", "colours")
    ]
    assert len(found["queries"]) == 2
    for query in found["queries"]:
        for shown in (query, *(one for some in query["neighbors"].values() for one in some)):
            assert (folder / shown["picture"]).is_file()
        for some in query["neighbors"].values():
            assert len(some) == 5
            assert query["picture"] not in {one["picture"] for one in some}
            for one in some:
                assert one["same"] == (one["relation"] == query["relation"])


def test_every_run_has_curves(folder: Path) -> None:
    for run in RUNS.values():
        lines = (folder / run / "metrics.jsonl").read_text().splitlines()
        assert any("held_out/" in line for line in lines), run


def test_the_same_seed_draws_the_same(folder: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for stage in small_plan(config(), 1).stages:
        if stage.name in ("test", "pictures", "groups"):
            assert perform(stage.call()) == 0
    for name in ("truth/test.jsonl", "labelled/scenes.jsonl", "groups.jsonl"):
        other = (tmp_path / name).read_text()
        assert (folder / name).read_text() == other.replace(str(tmp_path), str(folder))
    a, b = (path / "test" / "00003.png" for path in (folder, tmp_path))
    assert np.array_equal(np.fromfile(a, np.uint8), np.fromfile(b, np.uint8))


def test_the_command_does_stages_and_goes_on(tmp_path: Path, capsys: Any) -> None:
    words = ["reproduce", "--run", str(tmp_path / "run"), "--json"]
    words += [word for change in WORDS for word in ("--set", change)]
    assert main([*words, "--dry-run"]) == 0
    outline = json.loads(capsys.readouterr().out)
    assert [stage["name"] for stage in outline][-2:] == ["evaluate", "report"]
    assert not any(stage["done"] for stage in outline)
    assert not (tmp_path / "run").exists()

    assert main([*words, "--only", ",".join(sorted(FEW))]) == 0
    assert set(json.loads(capsys.readouterr().out)["done"]) == FEW
    assert main([*words, "--only", "groups"]) == 0
    assert json.loads(capsys.readouterr().out)["done"] == []

    shutil.rmtree(tmp_path / "run" / "test")
    assert main([*words, "--dry-run"]) == 0
    outline = json.loads(capsys.readouterr().out)
    assert {stage["name"] for stage in outline if stage["done"]} == FEW - {"test"}


def test_mistakes_are_told_in_one_line(tmp_path: Path, capsys: Any) -> None:
    words = ["reproduce", "--run", str(tmp_path / "run")]
    cases = {
        "--set pictures.relations=['ring','no-such']": "there is no no-such",
        "--set keep_rate=2": "keep_rate must lie between 0 and 1",
        "--set pictures.rain=1": "unknown key pictures.rain",
        "--config relsim-tiny": "recipe must be one of reproduce, reproduce-full",
        "--only nothing": "There is no stage nothing",
        "--scale full": "needs --pictures",
    }
    for case, reason in cases.items():
        assert main([*words, *case.split()]) == 2, case
        error = capsys.readouterr().err
        assert reason in error
        assert error.count("\n") == 1
    assert not (tmp_path / "run").exists()


def test_shipped_settings_are_what_the_runner_takes(tmp_path: Path) -> None:
    found = read_config("reproduce", ())
    assert isinstance(found, SmallConfig)
    plan = small_plan(found, 2)
    assert len(Runner(plan, tmp_path, lambda _: None).left()) == len(plan.stages)
    assert 20 < plan.minutes() < 60
    assert plan.minutes([]) == 0
