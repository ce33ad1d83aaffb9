"""``relsim-train captions`` on drawn scenes, from pictures to accepted groups."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from golden_files import golden
from PIL import Image

from engine.judging.groups import Group, read_groups, write_groups
from engine.service import Engine
from trainer import cli
from trainer.scenes import SceneGenerator, load_subjects

RELATIONS = ["ring", "growing", "tower", "hanging", "stairs", "tree"]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight scenes of each relation, ten without one, a copy and a damaged file."""
    folder = tmp_path_factory.mktemp("pictures")
    scenes = SceneGenerator(load_subjects(["shapes"]), RELATIONS, size=160, backgrounds=())
    for number in range(8 * len(RELATIONS)):
        scene = scenes[number]
        scene.image.save(folder / f"{scene.relation}-{number:03}.png")
    for number in range(10):
        scenes.draw_unrelated(number).image.save(folder / f"none-{number:03}.png")
    (folder / "copy.png").write_bytes((folder / "ring-000.png").read_bytes())
    (folder / "damaged.png").write_bytes(b"no picture")
    return folder


def captions(*words: object) -> int:
    return cli.main(["captions", *map(str, words)])


def document(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def refusal(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert captions(*words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


def test_from_pictures_to_accepted_groups(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "groups.jsonl"
    before = sorted(pictures.iterdir())
    assert captions("propose", pictures, "--out", out, "--related", 90, "--json") == 0
    said = document(capsys)
    assert said["found"] == 8 * len(RELATIONS) + 10
    parts = ("unlisted", "unclear", "repeats", "alone", "grouped")
    assert said["found"] == sum(said[part] for part in parts)
    assert [Path(failure["path"]).name for failure in said["failed"]] == ["damaged.png"]
    assert said["scores"] == sorted(said["scores"], reverse=True)
    assert sorted(pictures.iterdir()) == before, "nothing is written among the pictures"
    groups = read_groups(out)
    assert len(groups) == said["groups"] >= 4
    images = list(chain.from_iterable(group.images for group in groups))
    assert len(images) == len(set(images)) == said["grouped"]
    pure = [len({image.name.split("-")[0] for image in group.images}) == 1 for group in groups]
    assert sum(pure) >= 0.8 * len(pure)

    assert captions("write", out, "--bank", "--json") == 0
    said = document(capsys)
    assert said["groups"] == said["written"] + len(said["failed"])
    assert captions("check", out, "--json") == 0
    counts = document(capsys)
    assert counts["groups"] == sum(counts["sizes"].values()) == counts["verdicts"]["unseen"]
    assert counts["captioned"] == counts["anonymous"] == said["written"]
    assert (counts["missing"], counts["repeated"], counts["flagged"]) == (0, 0, 0)
    assert captions("accept", out, "--json") == 0
    assert document(capsys) == {"accepted": said["written"], "left": len(said["failed"])}
    assert {group.verdict for group in read_groups(out) if group.caption} == {"accepted"}


def test_the_same_groups_again_without_embedding(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two, work = tmp_path / "one.jsonl", tmp_path / "two.jsonl", tmp_path / "vectors"
    assert captions("propose", pictures, "--out", one, "--work", work) == 0
    assert "groups of" in capsys.readouterr().out
    assert captions("propose", pictures, "--out", two, "--work", work) == 0
    assert one.read_bytes() == two.read_bytes()
    library = tmp_path / "three.jsonl"
    assert captions("propose", "--library", work, "--out", library) == 0
    assert library.read_bytes() == one.read_bytes()
    # Only pictures below the folder count, whatever else the library knows.
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (64, 64), "red").save(other / "red.png")
    with Engine.open(work) as engine:
        engine.index([other])
    capsys.readouterr()
    assert captions("propose", other, "--out", tmp_path / "four.jsonl", "--work", work) == 0
    assert "0 groups of 0 pictures" in capsys.readouterr().out


def test_pictures_without_a_relation_are_taken_if_asked_for(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "groups.jsonl"
    assert captions("propose", pictures, "--out", out, "--clear", 0, "--limit", 2, "--json") == 0
    said = document(capsys)
    assert (said["unclear"], said["groups"]) == (0, 2)


def test_only_what_a_filter_kept(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, kept = tmp_path / "groups.jsonl", tmp_path / "kept.jsonl"
    names = sorted([*pictures.glob("ring*"), *pictures.glob("none*")])
    lines = [json.dumps({"key": str(number), "file": str(f)}) for number, f in enumerate(names)]
    kept.write_text("\n".join(lines))
    words = ["propose", pictures, "--only", kept, "--related", 50, "--out", out, "--json"]
    assert captions(*words) == 0
    said = document(capsys)
    assert said["found"] - said["unlisted"] == len(names)
    assert said["unclear"] == 0, "the list says which pictures show a relation"
    assert said["groups"] > 0
    assert {image for group in read_groups(out) for image in group.images} <= set(names)


def test_a_model_writes_what_a_group_shares(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "groups.jsonl"
    images = sorted(pictures.glob("ring*"))
    write_groups(out, [Group("a", tuple(images[:3]))])
    base = golden("relsim-tiny", "base")
    words = ["--base", base, "--max-pixels", 112 * 112, "--max-tokens", 3, "--json"]
    assert captions("write", out, *words) == 0
    said = document(capsys)
    assert said["groups"] == said["written"] + len(said["failed"]) == 1
    assert [bool(group.caption) for group in read_groups(out)].count(True) == said["written"]


def test_from_groups_to_a_captioner_to_captions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way with a model made on the spot, which need not learn anything in two steps."""
    folder, groups = tmp_path / "pictures", list[Group]()
    folder.mkdir()
    scenes = SceneGenerator(load_subjects(["shapes"]), RELATIONS[:2], size=112, backgrounds=())
    for number in range(8):
        pair = (folder / f"{number}-a.png", folder / f"{number}-b.png")
        for path, place in zip(pair, (number, number + 8), strict=True):
            scenes[place].image.save(path)
        caption = scenes[number].caption
        groups.append(Group(str(number), pair, caption, verdict="accepted"))
    out, run = tmp_path / "groups.jsonl", tmp_path / "run"
    write_groups(out, groups)
    changes = [
        f"data.train={out}",
        "data.test_share=0.25",
        "base.tiny.width=64",
        "base.tiny.layers=2",
        "base.tiny.vision_width=48",
        "base.tiny.vision_layers=2",
        "loop.batch_size=4",
        "loop.steps=1",
        "loop.warmup_steps=1",
        "loop.threads=1",
        "data.workers=1",
        "written=1",
    ]
    words = list(chain.from_iterable(("--set", change) for change in changes))
    words += ["--run", str(run), "--device", "cpu", "--json"]
    assert captions("train", "--config", "captioner-tiny", *words) == 0
    said = document(capsys)
    assert said["held_out/perplexity"] > 1
    written, one = tmp_path / "captions.jsonl", tmp_path / "one"
    one.mkdir()
    (folder / "0-a.png").rename(one / "0-a.png")
    words = [one, "--captioner", run / "model", "--out", written, "--json"]
    assert captions("fill", *words) == 0
    said = document(capsys)
    assert said["found"] == 1 == said["had"] + said["written"] + sum(said["dropped"].values())


def test_what_people_changed_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "groups.jsonl"
    images = (tmp_path / "a.png", tmp_path / "b.png")
    leaking = Group("1", images, "A cat on a {Place}", flags=("cat",))
    changed = replace(leaking, id="2", caption="An {Animal}", original="A cat", flags=())
    write_groups(out, [leaking, replace(changed, verdict="accepted", source="seed")])
    assert captions("check", out) == 0
    text = capsys.readouterr().out
    for part in ("2 images are not there, 2 are", "accepted: 1, unseen: 1", "1 flagged", "1 (50%)"):
        assert part in text
    assert "cat: 1" in text
    assert captions("accept", out) == 0
    assert capsys.readouterr().out == "0 groups accepted, 1 left for a person\n"


def test_mistakes_are_told_in_one_line_before_work_begins(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "groups.jsonl"
    many = refusal(capsys, "propose", "--out", out, "--most", 11, "--alike", 200, "--clear", 2)
    for part in ("between 2 and 10", "alike is a percentile", "clear is a prob", "--library"):
        assert part in many
    assert "no folder" in refusal(capsys, "propose", tmp_path / "nowhere", "--out", out)
    assert "no library" in refusal(capsys, "propose", "--library", tmp_path / "x", "--out", out)
    assert "to write into" in refusal(capsys, "propose", pictures, "--out", tmp_path / "x" / "y")
    out.write_text("mine")
    assert "--force" in refusal(capsys, "propose", pictures, "--out", out)
    assert out.read_text() == "mine"
    assert "no groups file" in refusal(capsys, "write", out, "--bank")
    assert "no groups file" in refusal(capsys, "check", out)
    write_groups(out, [])
    assert "is not here" in refusal(capsys, "write", out, "--base", "nobody/nothing")
    assert "--max-tokens" in refusal(capsys, "write", out, "--bank", "--max-tokens", 0)
    empty = tmp_path / "empty"
    empty.mkdir()
    message = captions("propose", empty, "--out", tmp_path / "none.jsonl")
    assert message == 2
    assert "no picture that can be read" in capsys.readouterr().err


def test_ctrl_c_ends_it_in_order(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "groups.jsonl"
    images = sorted(pictures.glob("ring*"))[:2]
    write_groups(out, [Group(str(number), tuple(images)) for number in range(4000)])
    words = ["captions", "write", str(out), "--bank"]
    process = subprocess.Popen(
        [sys.executable, "-m", "trainer.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    journal = tmp_path / "groups.jsonl.journal"
    while process.poll() is None and not journal.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate()
    assert process.returncode == 130
    assert printed == ""
    assert said.endswith("relsim-train: cancelled\n")
    assert "Traceback" not in said
    assert not journal.exists()
    assert 0 < sum(bool(group.caption) for group in read_groups(out)) < 4000
