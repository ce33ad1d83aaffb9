"""A relsim checkpoint and a captioner, from the command line; the judge is the released code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from golden_files import golden

from engine.cli import main

LARGE = ("--model", golden("relsim-tiny/relsim"), "--base", golden("relsim-tiny/base"))
CAPTIONER = ("--captioner", golden("relsim-tiny/captioner"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> object:
    assert main([str(a) for a in (*arguments, "--json")]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("bo.jpg", "mam.jpg", "mam2.jpg"):
        shutil.copy(golden("images", name), folder)
    return folder


def test_embed_gives_the_vectors_of_the_released_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    order = json.loads(golden("training_step.json").read_text())
    images = [golden("images", f"{name}.jpg") for name in order["order"]]
    out = tmp_path / "vectors.npz"
    run(capsys, "embed", *images, "--out", out, *LARGE, "--dtype", "float32")
    with np.load(out) as written:
        assert written["paths"].tolist() == [str(image) for image in images]
        assert np.abs(written["embeddings"] - np.array(order["embeddings"])).max() < 1e-5


def test_a_large_model_ranks(capsys: pytest.CaptureFixture[str], photos: Path) -> None:
    report = run(capsys, "index", photos, *LARGE)
    assert (report["found"], report["indexed"], report["model"]) == (3, 3, "relsim")
    rows = run(capsys, "neighbors", photos / "mam.jpg", *LARGE)
    assert [row["model"] for row in rows] == ["relsim", "relsim"]
    score = run(capsys, "score", photos / "mam.jpg", photos / "bo.jpg", *LARGE)
    (same,) = [row for row in rows if row["path"].endswith("bo.jpg")]
    assert score["relational"] == pytest.approx(same["relational"], abs=1e-5)
    assert score["attribute"] == pytest.approx(same["attribute"], abs=1e-2)
    small = run(capsys, "neighbors", photos / "mam.jpg")
    assert {row["model"] for row in small} == {"relsim-mini"}
    again = run(capsys, "index", photos, *LARGE)
    assert (again["indexed"], again["reused"]) == (0, 3)


def test_captions(capsys: pytest.CaptureFixture[str], photos: Path, monkeypatch) -> None:
    # The tiny captioner never ends by itself.
    monkeypatch.setattr("engine.models.captioner.MAX_TOKENS", 6)
    run(capsys, "index", photos)
    filled = run(capsys, "captions", "fill", *CAPTIONER, "--base", golden("relsim-tiny/base"))
    assert filled == {"captioned": 3, "failed": []}
    path = photos / "bo.jpg"
    (told,) = run(capsys, "describe", path)
    assert told["source"] == "captioner"
    (mine,) = run(capsys, "captions", "set", path, "A {Animal} in a {Container}")
    assert (mine["description"], mine["source"]) == ("A {Animal} in a {Container}", "person")
    assert run(capsys, "describe", path)[0]["description"] == mine["description"]
    (back,) = run(capsys, "captions", "remove", path)
    assert (back["description"], back["source"]) == (told["description"], "captioner")
    assert run(capsys, "captions", "pin", path)[0]["pinned"]
    base = ("--base", golden("relsim-tiny/base"))
    run(capsys, "captions", "again", path, "--seed", 5, *CAPTIONER, *base)
    assert run(capsys, "describe", path)[0]["description"] == told["description"]
    assert not run(capsys, "captions", "unpin", path)[0]["pinned"]
    (told_now,) = run(capsys, "describe", path, *CAPTIONER, *base)
    assert told_now["source"] == "captioner"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["score", "a.png", "b.png", "--model", "relsim-7b"], "relsim models download relsim-7b"),
        (["doctor", "--model", golden("relsim-tiny/relsim")], "--base"),
        (["doctor", "--model", golden("relsim-tiny/captioner")], "projection_and_config.pt"),
        (["doctor", "--model", golden("images")], "no model"),
        (["captions", "fill"], "No captioner is installed"),
        (["captions", "pin", golden("images/bo.jpg")], "not in the library"),
    ],
)
def test_errors_are_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], command: list[object], says: str
) -> None:
    assert main([str(word) for word in command]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert says in captured.err
