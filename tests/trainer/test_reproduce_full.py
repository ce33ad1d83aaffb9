"""The paper's scale: valid words, people who are waited for, and all stages on a tiny base."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import KnownError
from engine.judging.groups import Group, read_groups, write_groups
from trainer.cli import main
from trainer.data.collection import open_collection
from trainer.data.inside import write_list
from trainer.progress import Reporter
from trainer.reproduce.checking import check_words
from trainer.reproduce.child import perform
from trainer.reproduce.config import FullConfig, SmallConfig, read_config
from trainer.reproduce.full import FullRequest, full_plan
from trainer.reproduce.grouped import STEPS as GROUPED
from trainer.reproduce.plan import Plan, Stage
from trainer.reproduce.small import small_plan
from trainer.reproduce.steps import STEPS
from trainer.scenes import RELATIONS
from trainer.scenes.drawn import ScenePlan, draw_scenes_into
from trainer.vlm.tiny import TinyShape, make_tiny


def full(*changes: str, **request: Any) -> Plan:
    config = read_config("reproduce-full", changes)
    assert isinstance(config, FullConfig)
    return full_plan(config, FullRequest(**{"pictures": Path("/shards")} | request), 1)


def everything() -> Plan:
    judge = ["--judge", "endpoint", "--url", "https://example.org/v1", "--judge-model", "m"]
    changes = ("unfiltered={00000..00019}.tar", f"judge={json.dumps(judge)}")
    request: dict[str, Any] = {"labels": Path("/labels.csv"), "base": "qwen2.5-vl-7b"}
    return full(*changes, **request, accelerators=8, conventional=True)


def small() -> Plan:
    config = read_config("reproduce", ())
    assert isinstance(config, SmallConfig)
    return small_plan(config, 2)


@pytest.mark.parametrize("plan", [everything(), small()], ids=["full", "small"])
def test_every_command_takes_its_words(plan: Plan) -> None:
    check_words(plan)
    assert {stage.step for stage in plan.stages if stage.step} <= {*STEPS, *GROUPED}


@pytest.mark.parametrize("plan", [everything(), small()], ids=["full", "small"])
def test_what_a_stage_reads_was_made_before_it(plan: Plan) -> None:
    made, before = dict[str, str](), dict[str, set[str]]()
    for stage in plan.stages:
        before[stage.name] = set(stage.needs).union(*(before[name] for name in stage.needs))
        words = [*stage.words, *map(str, stage.settings.values())]
        for word in words:
            path = word.rpartition("=")[2]
            if not {"/", "."} & set(path):
                continue  # a command or a configuration may be called as a folder is
            maker = next((made[part] for part in _heads(path) if part in made), None)
            assert maker is None or maker in before[stage.name], (stage.name, word)
        made |= dict.fromkeys(stage.makes, stage.name)


def _heads(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def test_the_words_are_those_of_the_paper_s_stages() -> None:
    spoken = {stage.name: stage.spoken() for stage in everything().stages}
    assert spoken["scan"].endswith("--keep-rate 0.007 --sample 40000 --address local --gpus 1")
    assert spoken["relsim"].startswith("torchrun --nproc-per-node 8 -m -- trainer.cli relsim")
    assert "base.name=qwen2.5-vl-7b" in spoken["conventional"]
    assert "base.name" not in spoken["clip"], "it has a base of its own"
    assert "'/shards/{00000..00019}.tar'" in spoken["unfiltered"]
    assert "--method dino/model" in spoken["judge"]
    names = {stage.name for stage in full(without=("clip", "dino")).stages}
    assert not names & {"clip", "dino", "judge", "no-filter", "conventional"}


def test_how_many_accelerators_is_no_reason_to_train_anew(tmp_path: Path) -> None:
    def keys(plan: Plan) -> dict[str, str]:
        found: dict[str, str] = {}
        for stage in plan.stages:
            found[stage.name] = stage.key(found, tmp_path)
        return found

    one, other = keys(full(accelerators=2)), keys(full(accelerators=8, accept=True))
    assert one == other
    assert keys(full(base="other"))["relsim"] != one["relsim"]


def test_people_are_waited_for_in_words(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (stage,) = (stage for stage in full().stages if stage.name == "verified")
    (tmp_path / "groups.jsonl").write_text(
        '{"format": "relsim-groups", "version": 1}\n'
        '{"id": "a", "images": ["1.png", "2.png"], "caption": "{Objects} in a ring"}\n'
        '{"id": "b", "images": ["3.png", "4.png"], "caption": "Cats in a ring"}\n'
    )
    assert perform(stage.call()) == 2
    error = capsys.readouterr().err
    assert "2 of 2 groups wait for a person" in error
    assert f"relsim-desktop {tmp_path / 'groups.jsonl'}" in error
    (stage,) = (stage for stage in full(accept=True).stages if stage.name == "verified")
    assert perform(stage.call()) == 0
    assert [group.verdict for group in read_groups(Path("groups.jsonl"))] == ["accepted", "unseen"]
    assert perform(stage.call()) == 0
    assert json.loads(Path("groups.json").read_text()) == {
        "groups": 2,
        "accepted": 1,
        "unseen_by_people": 1,  # which the report says
    }


def test_mistakes_are_told_before_anything_is_done(tmp_path: Path, capsys: Any) -> None:
    words = ["reproduce", "--scale", "full", "--run", str(tmp_path / "run")]
    there = ["--pictures", str(tmp_path)]
    for more, reason in (
        ([], "needs --pictures"),
        (["--pictures", str(tmp_path / "gone")], "There is no"),
        (["--pictures", str(tmp_path / "{0..3}.tar")], "4 of the 4 shards"),
        ([*there, "--labels", str(tmp_path / "gone.csv")], "There is no"),
        ([*there, "--without", "relsim"], "--without takes"),
        ([*there, "--accelerators", "0"], "must be 1 or more"),
        ([*there, "--lanes", "-1"], "--lanes must be 1 or more"),
        ([*there, "--set", 'judge=["--judge", "endpoint"]'], "Stage judge could not run: --judge"),
        ([*there, "--set", 'judge=["--jury", "me"]'], "Stage judge could not run"),
        ([*there, "--set", 'relsim.changes=["loop.stepz=1"]'], "unknown key loop.stepz"),
        ([*there, "--set", 'captioner.config="none"'], "There is no configuration 'none'"),
    ):
        assert main([*words, *more]) == 2
        assert reason in capsys.readouterr().err
    assert main([*words, *there, "--dry-run"]) == 0
    assert "relsim-train filter train --config filter-vlm" in capsys.readouterr().out
    assert not (tmp_path / "run").exists()


SHORT = ["base.precision=float32", "loop.precision=float32", "loop.batch_size=4", "loop.steps=2"]
SHORT += ["loop.evaluate_every=2", "loop.save_every=2", "loop.warmup_steps=0", "loop.epochs="]
SHORT += ["loop.workers=1", "loop.checkpointing=false"]
WRITES = ["base.precision=float32", "base.trains=everything", "loop.precision=float32", "written=4"]
WRITES += ["loop.batch_size=8", "loop.steps=50", "loop.epochs=", "loop.evaluate_every=50"]
WRITES += ["loop.learning_rate=5e-3", "loop.warmup_steps=5", "loop.workers=1", "data.workers=1"]
WRITES += ["loop.checkpointing=false", "answers.piece=0", "data.test_share=0.3"]
TOWER = [*SHORT, "base.name=tiny", "base.trains=everything", "data.workers=1"]
TOWER += ["base.tiny.vision_width=32", "base.tiny.vision_layers=1"]
SHAPE = TinyShape(width=32, layers=1, vision_width=32, vision_layers=1)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Labelled pictures in a folder, with captions of the web."""
    return draw(tmp_path / "drawn", "ring", "grid")


def draw(folder: Path, *relations: str) -> Path:
    plan = ScenePlan("train", 24, relations, 64, unrelated_every=2)
    draw_scenes_into(folder, plan, 1, Reporter.silent())
    return folder


def test_its_stages_run_on_a_tiny_base(pictures: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("RELSIM_CACHE", str(tmp_path / "cache"))
    texts = [text for name in ("ring", "grid") for text in RELATIONS[name].captions]
    make_tiny(tmp_path / "base", texts * 3, shape=SHAPE)
    draw(tmp_path / "more", "tree", "row")
    (tmp_path / "run").mkdir()
    monkeypatch.chdir(tmp_path / "run")
    relsim = [*SHORT, "data.workers=1"]
    parts = {"relsim": relsim, "conventional": relsim, "no_filter": relsim}
    parts |= {"filter": [*SHORT, "held_out=0.3", "verifiers=1"], "captioner": WRITES, "clip": TOWER}
    changes = [f"{name}.changes={json.dumps(value)}" for name, value in parts.items()]
    changes += ["keep_rate=0.6", "sample=24", "test_share=0.4", "unfiltered=../more"]
    plan = full(
        *changes, pictures=pictures, base=str(tmp_path / "base"), conventional=True,
        without=("dino",),
    )  # fmt: skip
    for stage in plan.stages:
        if stage.name == "propose":  # of so few pictures none are proposed; a person makes groups
            _groups(Path("kept"), Path("groups.jsonl"))
        elif stage.name != "write":
            assert perform(_on_processor(stage).call()) == 0, stage.name
        assert all(Path(name).exists() for name in stage.makes), stage.name

    keys = {record.key for record in open_collection("data/test.jsonl").records}
    assert keys
    assert not keys & {record.key for record in open_collection("unfiltered-train.jsonl").records}
    assert not keys & {record.key for record in open_collection("distractors.jsonl").records}
    figures = json.loads(Path("figures.json").read_bytes())
    assert figures["scale"] == "full"
    assert set(figures["measured"]) == {"relsim", "conventional", "no-filter"}
    assert figures["measured"]["relsim"]["pictures"] == len(keys)
    assert figures["filter"]["pictures"] > 0
    assert figures["judged"] is None
    report = Path("report.html").read_text(encoding="utf-8")
    assert "No judge was asked" in report
    assert "3 of 3 groups, which people verified" in report
    assert "no-filter" in report


def _groups(kept: Path, out: Path) -> None:
    records = open_collection(kept).records
    paths = [record.source for record in records if isinstance(record.source, Path)]
    captions = ("{Objects} in a ring", "{Objects} in a grid", "{Objects} that repeat")
    write_groups(
        out,
        [
            Group(str(number), tuple(paths[number::3]), caption, "seed", (), "accepted")
            for number, caption in enumerate(captions)
        ],
    )


def _on_processor(stage: Stage) -> Stage:
    if "--config" in stage.words and stage.words[0] != "filter":
        return replace(stage, words=(*stage.words, "--device", "cpu"))
    return stage


def test_several_processes_are_torchrun_s(tmp_path: Path) -> None:
    stage = Stage("a", "a", words=("relsim", "--help"), processes=2)
    with subprocess.Popen(
        [sys.executable, "-m", "trainer.reproduce.child", "lock", *stage.call()],
        cwd=tmp_path,
        stdin=subprocess.PIPE,  # stays open: its end would end the child
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as child:
        assert child.stdout is not None
        said = child.stdout.read()
        assert child.wait() == 0
    assert said.count("usage: relsim-train relsim") == 2


def test_too_few_unfiltered_pictures_are_told(tmp_path: Path, pictures: Path) -> None:
    lines = [{"key": r.key, "caption": "{A} in a ring"} for r in open_collection(pictures).records]
    captions = tmp_path / "captions.jsonl"
    captions.write_text("".join(json.dumps(line) + "\n" for line in lines[:2]))
    tested = tmp_path / "tested.jsonl"
    write_list(tested, open_collection(pictures).records[:1])
    settings = {"pictures": str(pictures), "captions": str(captions), "as": str(pictures)}
    with pytest.raises(KnownError, match=r"There are 1 unfiltered .* and 24 are wanted"):
        STEPS["as_many"](settings | {"but": str(tested), "out": "never"})
