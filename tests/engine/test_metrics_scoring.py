"""A pair by all metrics: for programs, and from a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from tiny_metric_models import make_clip, make_dino

from engine.cli import main
from engine.comparing.metric_scores import MetricScore, min_side
from engine.comparing.scoring import Scoring
from engine.errors import DecodeError, QueryError
from engine.jobs import Cancelled, JobControl
from engine.metrics.catalogue import load_metric
from engine.models import preparation
from engine.models.manager import ModelManager
from engine.service import Engine

PEERS = ["lpips", "qwen-t", "dino", "clip-t", "dino-tuned", "dreamsim", "clip-i", "clip-tuned"]


@pytest.fixture
def pair(pictures: Path) -> tuple[Path, Path]:
    return pictures / "ring-crimson.png", pictures / "grid-seagreen.png"


@pytest.fixture
def towers(tmp_path: Path) -> dict[str, Path]:
    return {"clip-i": make_clip(tmp_path / "clip"), "dino": make_dino(tmp_path / "dino")}


def scored(engine: Engine, pair: tuple[Path, Path], **options: Any) -> dict[str, MetricScore]:
    return {one.metric: one for one in Scoring(engine).by_metrics(*pair, **options)}


def test_what_is_not_ready_says_why_and_costs_nothing(
    engine: Engine, pair: tuple[Path, Path]
) -> None:
    control = JobControl()
    scores = scored(engine, pair, control=control)
    assert list(scores) == PEERS
    assert not any(score.is_ready for score in scores.values())
    assert all(score.value is None and score.trouble for score in scores.values())
    assert {score.seconds for score in scores.values()} == {0.0}
    assert control.progress.total == 0


def test_those_that_are_ready_score_in_their_own_direction(
    engine: Engine, pair: tuple[Path, Path], towers: dict[str, Path]
) -> None:
    control = JobControl()
    scores = scored(engine, pair, folders=towers, control=control)
    assert {name for name, score in scores.items() if score.is_ready} == {"clip-i", "dino"}
    assert (control.progress.done, control.progress.total) == (2, 2)
    shown = [Image.open(path).convert("RGB") for path in pair]
    for name, folder in towers.items():
        score = scores[name]
        wanted = load_metric(name, ModelManager(), folder=folder).score(shown[0], shown[1])
        assert score.value == pytest.approx(wanted, abs=1e-5)
        assert (score.closer, score.measures, score.trouble) == ("high", "attribute", None)
        assert score.seconds > 0


def test_one_that_fails_does_not_hide_the_others(
    engine: Engine, pair: tuple[Path, Path], towers: dict[str, Path]
) -> None:
    weights = towers["dino"] / "model.safetensors"
    content = weights.read_bytes()
    # Right in form, so that it is thought ready; but no tensor is where it should be.
    weights.write_bytes(content.replace(b"encoder.layer.0.norm1", b"encoder.layer.9.norm1"))
    scores = scored(engine, pair, folders=towers)
    assert scores["dino"].is_ready
    assert "is incomplete" in str(scores["dino"].trouble)
    assert scores["clip-i"].value is not None


def test_what_is_no_number_is_no_score(
    engine: Engine, pair: tuple[Path, Path], towers: dict[str, Path]
) -> None:
    weights = towers["clip-i"] / "model.safetensors"
    tensors = load_file(weights)
    tensors["visual_projection.weight"].fill_(float("nan"))
    save_file(tensors, weights, {"format": "pt"})
    score = scored(engine, pair, folders=towers)["clip-i"]
    assert (score.value, score.trouble) == (
        None,
        "CLIP-I gives no number: its weights are damaged",
    )


def test_packages_that_are_broken_are_told_in_a_sentence(
    pair: tuple[Path, Path], towers: dict[str, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken" / "torchvision"
    broken.mkdir(parents=True)
    reason = "operator torchvision::nms does not exist"
    (broken / "__init__.py").write_text(f"raise RuntimeError({reason!r})")
    checkpoints = tmp_path / "lpips" / "checkpoints"
    checkpoints.mkdir(parents=True)
    torch.save({}, checkpoints / "alexnet-owt-7be5be79.pth")
    folders = {**towers, "lpips": checkpoints.parent}
    said = [f"--metric={name}={folder}" for name, folder in folders.items()]
    done = subprocess.run(
        [sys.executable, "-m", "engine.cli", "score", *map(str, pair), "--json", *said],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(broken.parent), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 2, "a metric whose folder was named has no score"
    rows = {row["metric"]: row for row in json.loads(done.stdout)["metrics"]}
    for name, folder in folders.items():
        trouble = rows[name]["trouble"]
        assert str(folder) in trouble
        assert reason in trouble
        assert "\n" not in trouble


def test_relsim_sees_pictures_as_large_as_they_are(tmp_path: Path) -> None:
    assert min_side({"relsim": tmp_path}) == preparation.min_side("native")
    assert min_side({"dino": tmp_path}) == min_side(None) < 2000


def test_pictures_of_the_library_and_of_memory_can_be_asked(
    engine: Engine, pair: tuple[Path, Path], towers: dict[str, Path]
) -> None:
    engine.index([pair[0].parent])
    image_id = engine.store.image_at(pair[0])
    assert image_id is not None
    with Image.open(pair[1]) as opened:
        scores = Scoring(engine).by_metrics(image_id, opened.convert("RGBA"), folders=towers)
        (clip,) = (one for one in scores if one.metric == "clip-i")
    assert clip.value == pytest.approx(scored(engine, pair, folders=towers)["clip-i"].value)
    with pytest.raises(QueryError, match="offline"):
        list(Scoring(engine).by_metrics(10_000, pair[0]))


def test_a_picture_that_cannot_be_read_is_no_matter_of_metrics(
    engine: Engine, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(DecodeError, match=r"none\.png"):
        list(Scoring(engine).by_metrics(pair[0], tmp_path / "none.png"))


def test_scoring_is_cancelled_between_metrics(
    engine: Engine, pair: tuple[Path, Path], towers: dict[str, Path]
) -> None:
    control = JobControl()
    scores = Scoring(engine).by_metrics(*pair, control, folders=towers)
    while next(scores).metric != "dino":
        pass
    control.cancel()
    with pytest.raises(Cancelled):
        list(scores)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_all_of_them_from_a_terminal(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path], towers: dict[str, Path]
) -> None:
    folders = [f"--metric={name}={folder}" for name, folder in towers.items()]
    said = json.loads(run(capsys, "score", *pair, "--all", "--json", *folders))
    assert list(said) == ["models", "metrics"]
    plain = json.loads(run(capsys, "score", *pair, "--json"))
    assert set(plain) == {"relational", "attribute", "percentile", "descriptions"}
    assert said["models"][0]["relational"] == plain["relational"]
    metrics = {row["metric"]: row for row in said["metrics"]}
    assert list(metrics) == PEERS
    assert isinstance(metrics["dino"]["value"], float)
    assert metrics["lpips"]["value"] is None
    assert (metrics["lpips"]["ready"], metrics["lpips"]["closer"]) == (False, "low")

    text = run(capsys, "score", *pair, *folders)
    assert f"clip-i            {metrics['clip-i']['value']:+.3f}  high is close, of looks" in text
    assert "lpips             not ready: LPIPS needs torchvision" in text
    assert text.startswith("relsim-mini       relational")
    assert "Numbers of different models and metrics are not comparable" in text


def test_relsim_is_asked_among_metrics_where_a_folder_is_said(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path], tmp_path: Path
) -> None:
    assert main(["score", *map(str, pair), "--json", f"--metric=relsim={tmp_path}"]) == 2
    said = json.loads(capsys.readouterr().out)
    (row,) = (row for row in said["metrics"] if row["metric"] == "relsim")
    assert "is no relsim checkpoint" in row["trouble"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("dino", "write ID=FOLDER"),
        ("nothing=.", "there is no metric 'nothing'"),
        ("dino=nowhere/at/all", "nowhere/at/all is not a folder"),
    ],
)
def test_a_slip_is_one_line(
    said: str, answer: str, capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path]
) -> None:
    assert main(["score", *map(str, pair), "--all", "--metric", said]) == 2
    error = capsys.readouterr().err
    assert answer in error
    assert error.count("\n") == 1


def test_the_list_of_metrics(capsys: pytest.CaptureFixture[str], towers: dict[str, Path]) -> None:
    folders = [f"--metric=dino={towers['dino']}"]
    rows = json.loads(run(capsys, "metrics", "list", "--json", *folders))
    assert len(rows) == 11
    ready = {row["id"] for row in rows if row["ready"]}
    assert ready == {"relsim-mini", "attribute", "dino"}
    assert all((row["problem"] is None) == row["ready"] for row in rows)
    text = run(capsys, "metrics", "list")
    assert "lpips  (not ready; low is close, of looks, 4.56 in the paper)" in text
    assert "relsim-mini  (ready; high is close, of relations)" in text
