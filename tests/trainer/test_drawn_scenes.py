from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from engine.errors import KnownError
from trainer.data.collection import open_collection
from trainer.progress import Reporter
from trainer.scenes.drawn import ScenePlan, draw_scenes_into

PLAN = ScenePlan("test", 6, ("ring", "grid"), side=64, seed=3)


def draw(folder: Path, plan: ScenePlan = PLAN, workers: int = 1) -> str:
    said = io.StringIO()
    draw_scenes_into(folder, plan, workers, Reporter(stream=said))
    return said.getvalue()


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_scenes_are_a_collection_with_relations_and_both_kinds_of_captions(tmp_path: Path) -> None:
    draw(tmp_path / "a")
    records = open_collection(tmp_path / "a", needs=("caption", "conventional")).records
    assert [record.relation for record in records] == ["ring", "grid"] * 3


def test_several_processes_draw_the_same(tmp_path: Path) -> None:
    draw(tmp_path / "one")
    draw(tmp_path / "two", workers=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_what_is_there_is_not_drawn_again(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    draw(folder)
    whole = content(folder)
    assert draw(folder) == ""
    (folder / "scenes.jsonl").unlink()  # as a kill leaves it
    (folder / "000002.png").unlink()
    kept = (folder / "000001.png").stat().st_mtime_ns
    assert "6 of 6" in draw(folder)
    assert content(folder) == whole
    assert (folder / "000001.png").stat().st_mtime_ns == kept


def test_another_plan_or_somebody_s_folder_is_refused(tmp_path: Path) -> None:
    draw(tmp_path / "a")
    with pytest.raises(KnownError, match="holds something else"):
        draw(tmp_path / "a", ScenePlan("test", 7, ("ring", "grid"), side=64, seed=3))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.txt").write_text("mine")
    with pytest.raises(KnownError, match="holds something else"):
        draw(tmp_path / "b")


def test_the_truth_has_one_line_a_picture(tmp_path: Path) -> None:
    draw(tmp_path / "a")
    lines = (tmp_path / "a" / "scenes.jsonl").read_text().splitlines()
    files = [json.loads(line)["file"] for line in lines]
    assert files == [f"{number:06d}.png" for number in range(6)]


def test_every_other_scene_without_a_relation(tmp_path: Path) -> None:
    plan = ScenePlan("test", 6, ("ring", "grid"), side=64, seed=3, unrelated_every=2)
    draw(tmp_path / "a", plan)
    records = open_collection(tmp_path / "a", needs=("label",)).records
    shown = ["ring", "none", "grid", "none", "ring", "none"]
    assert [record.relation for record in records] == shown
    assert [record.label for record in records] == [name != "none" for name in shown]
