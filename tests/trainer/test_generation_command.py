"""``relsim-train generate`` and ``evaluate --suite generation``, from pictures to a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from endpoint_server import EndpointServer, Fault, endpoint_server
from PIL import Image
from tiny_pipelines import make_text_model

from trainer.cli import main
from trainer.generation.triplets import TripletLog

CAPTION = "A ring of {Objects} around a {Subject}"


@pytest.fixture
def server() -> Iterator[EndpointServer]:
    with endpoint_server() as running:
        yield running


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    path = tmp_path / "ring.png"
    draw("ring", "crimson").save(path)
    return path


def generate(
    server: EndpointServer, out: Path, *words: object, caption: str | None = CAPTION
) -> int:
    said = ["--caption", caption] if caption else []
    at = ["--url", server.url, "--generator-model", "painter", "--out", str(out)]
    return main(["generate", *map(str, words), *said, *at])


def triplets(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "triplets.jsonl").read_text().splitlines()]


def test_pictures_and_triplets_are_written(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert generate(server, out, ring, "--fill", "Object=a bee", "--count", 2, "--json") == 0

    counts = json.loads(capsys.readouterr().out)
    assert (counts["wanted"], counts["made"], counts["reused"], counts["failed"]) == (2, 2, 0, [])
    rows = triplets(out)
    assert [row["input"] for row in rows] == [str(ring)] * 2
    for row, asked in zip(rows, server.asked, strict=True):
        assert row["instruction"] == f"Keep this idea, create a new one: {row['prompt']}"
        assert str(row["prompt"]).startswith("A ring of bees around ")
        assert asked.prompt == row["prompt"], "the words alone, without --edit"
        with Image.open(out / str(row["output"])) as picture:
            assert picture.text["Description"] == row["prompt"]
        assert (row["generator"], row["caption"]) == ("endpoint/painter", CAPTION)
    assert rows[0]["prompt"] != rows[1]["prompt"], "what is left to chance differs"


def test_an_interrupted_run_goes_on_and_pays_nothing_twice(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    assert generate(server, whole, ring, "--count", 3) == 0
    server.fail(Fault(), Fault(status=401))
    assert generate(server, out, ring, "--count", 3) == 2
    assert "triplets" not in capsys.readouterr().err
    log = out / "triplets.jsonl"
    log.write_bytes(log.read_bytes() + b'{"format": 1, "inp')
    asked = len(server.asked)

    assert generate(server, out, ring, "--count", 3, "--json") == 0

    counts = json.loads(capsys.readouterr().out)
    assert (counts["made"], counts["reused"]) == (2, 1)
    assert len(server.asked) == asked + 2
    assert triplets(out) == triplets(whole)
    for row in triplets(out):
        assert (out / str(row["output"])).read_bytes() == (whole / str(row["output"])).read_bytes()
    (out / str(triplets(out)[1]["output"])).unlink()
    assert generate(server, out, ring, "--count", 3) == 0, "a picture that is gone is made again"
    assert len(server.asked) == asked + 3
    assert triplets(out) == triplets(whole), "it has its line already"


def test_a_kill_between_a_picture_and_its_line_pays_nothing_twice(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert generate(server, out, ring, "--count", 2) == 0
    log, rows = out / "triplets.jsonl", triplets(out)
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    capsys.readouterr()

    assert generate(server, out, ring, "--count", 2, "--json") == 0

    counts = json.loads(capsys.readouterr().out)
    assert (counts["made"], counts["reused"], len(server.asked)) == (0, 2, 2)
    assert triplets(out) == rows
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    cut = out / str(rows[1]["output"])
    cut.write_bytes(cut.read_bytes()[:-60])
    assert generate(server, out, ring, "--count", 2) == 0
    assert len(server.asked) == 3, "a picture that is not whole is made again"


def test_an_input_given_twice_is_one(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert generate(server, out, ring, ring, "--count", 2, "--json") == 0
    counts = json.loads(capsys.readouterr().out)
    assert (counts["wanted"], counts["made"], counts["reused"]) == (4, 2, 2)
    assert len(server.asked) == len(triplets(out)) == 2


def test_what_an_endpoint_refuses_to_show_stops_no_other_picture(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.fail(Fault(), Fault(status=400, code="content_policy_violation", message="not this"))
    assert generate(server, tmp_path / "out", ring, "--count", 3, "--json") == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["made"] == 2
    assert [one["number"] for one in counts["failed"]] == [1]
    assert "not this" in counts["failed"][0]["reason"]
    server.fail(Fault(status=400, message="no such size"))
    assert generate(server, tmp_path / "other", ring, "--count", 3) == 2
    assert not (tmp_path / "other" / "triplets.jsonl").exists(), "all would fail alike"


def test_two_runs_at_once_do_not_write_one_folder(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert generate(server, out, ring, "--count", 1) == 0
    with closing(TripletLog(out / "triplets.jsonl")):
        assert generate(server, out, ring, "--count", 1) == 2
    assert "Another run writes" in capsys.readouterr().err
    assert generate(server, out, ring, "--count", 1) == 0


def test_a_folder_belongs_to_one_set_of_settings(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert generate(server, out, ring, "--count", 1) == 0
    assert generate(server, out, ring, "--count", 1, "--seed", 5) == 2
    assert "other settings" in capsys.readouterr().err
    other = tmp_path / "grid.png"
    draw("grid", "crimson").save(other)
    assert generate(server, out, ring, other, "--count", 1) == 0, "more inputs are welcome"
    assert len(triplets(out)) == 2


def test_with_edit_the_input_goes_to_the_generator(
    server: EndpointServer, ring: Path, tmp_path: Path
) -> None:
    words = ("--edit", "--count", 1, "--instruction", "Same idea, please: {prompt}.")
    assert generate(server, tmp_path / "out", ring, *words) == 0

    asked = server.asked[0]
    assert asked.path == "/images/edits"
    assert len(asked.pictures) == 1
    assert asked.prompt == triplets(tmp_path / "out")[0]["instruction"]
    assert asked.prompt.startswith("Same idea, please: A ring of")


def test_what_cannot_be_used_is_counted_with_its_reason(
    server: EndpointServer, ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, plain = tmp_path / "bad.png", tmp_path / "plain.png"
    bad.write_bytes(b"no picture")
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(plain)
    out = tmp_path / "out"

    assert generate(server, out, bad, plain, "--count", 2, "--json", caption=None) == 2

    counts = json.loads(capsys.readouterr().out)
    assert counts["wanted"] == counts["made"] + counts["reused"] + len(counts["failed"]) == 4
    reasons = {Path(one["path"]).name: one["reason"] for one in counts["failed"]}
    assert "not a picture" in reasons["bad.png"]
    assert "no clear relation" in reasons["plain.png"]
    assert server.asked == []
    assert generate(server, tmp_path / "two", ring, "--count", 1, caption=None) == 0
    assert "circle" in str(triplets(tmp_path / "two")[0]["caption"]).lower()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fill", "Subject"], "write SLOT=VALUE"),
        (["--size", "big"], "WIDTHxHEIGHT"),
        (["--count", "0"], "Ask for 1"),
        (["--steps", "0"], "one step"),
        (["--fill", "Subjct=a teapot"], "has no slot Subjct"),
    ],
)
def test_mistakes_are_said_before_anything_is_asked(
    server: EndpointServer,
    ring: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    words: list[str],
    said: str,
) -> None:
    assert generate(server, tmp_path / "out", ring, *words) == 2
    assert said in capsys.readouterr().err
    assert server.asked == []
    assert not (tmp_path / "out").exists()


def test_a_diffusers_model_makes_triplets_that_can_be_measured(
    ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, out = make_text_model(tmp_path / "tiny"), tmp_path / "out"
    words = ["generate", str(ring), "--caption", CAPTION, "--generator", str(model)]
    words += ["--steps", "2", "--count", "2", "--seed", "3", "--out", str(out)]
    assert main(words) == 0
    assert [row["seed"] for row in triplets(out)] == [3, 4]
    capsys.readouterr()

    report = tmp_path / "page.md"
    log = str(out / "triplets.jsonl")
    words = ["evaluate", "--suite", "generation", "--triplets", log]
    assert main([*words, "--report", str(report)]) == 0

    page = capsys.readouterr().out
    assert page.strip() in report.read_text()
    assert "| diffusers/tiny | 1 | 2 | 0 |" in page
    assert "Not measured: lpips" in page, "what is not ready is named"
    assert "| Nano-Banana | 0.41 | 0.78 | 0.84 |" in page
    assert main(["generate", str(ring), "--generator", str(tmp_path), "--out", str(out)]) == 2
    assert "model_index.json" in capsys.readouterr().err
