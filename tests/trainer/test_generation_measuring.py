"""Triplets, and what metrics say of them: means with intervals, copies, what is left out."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from alexnet_stand_in import put_torchvision, save_alexnet
from drawn_pictures import COLOURS, draw
from PIL import Image
from tiny_metric_models import make_clip

from engine.errors import KnownError, ModelError
from engine.metrics.catalogue import load_metric
from engine.models.manager import ModelManager
from engine.models.registry import find_model
from trainer.cli import main
from trainer.generation.measuring import MetricRequest, measure_triplets
from trainer.generation.report import PAPER, render_generation
from trainer.generation.triplets import Triplet, TripletLog, read_triplets
from trainer.progress import Reporter

BUNDLED = [MetricRequest("attribute"), MetricRequest("relsim-mini")]


def triplet(folder: Path, shown: str, made: str, generator: str = "one") -> Triplet:
    for name in (shown, made):
        relation, colour = name.split("-")
        draw(relation, colour).save(folder / f"{name}.png")
    return Triplet(folder / f"{shown}.png", "Keep it", folder / f"{made}.png", generator)


def test_each_output_is_measured_against_its_input(tmp_path: Path) -> None:
    found = [
        triplet(tmp_path, "ring-crimson", "ring-royalblue"),
        triplet(tmp_path, "ring-crimson", "grid-seagreen"),
        triplet(tmp_path, "grid-crimson", "grid-crimson", "copier"),
    ]
    figures = measure_triplets(found, BUNDLED, Reporter.silent())

    assert [metric["id"] for metric in figures["metrics"]] == ["attribute", "relsim-mini"]
    for row, one in zip(figures["rows"], found, strict=True):
        for metric_id, value in row["scores"].items():
            metric = load_metric(metric_id, ModelManager())
            with Image.open(one.input) as a, Image.open(one.output) as b:
                wanted = metric.score(a.convert("RGB"), b.convert("RGB"))
            assert value == pytest.approx(wanted, abs=1e-5)
    assert [row["is_copy"] for row in figures["rows"]] == [False, False, True]
    one, copier = (figures["generators"][name] for name in ("one", "copier"))
    assert (one["n"], one["copies"], copier["n"], copier["copies"]) == (2, 0, 1, 1)
    logic = [row["scores"]["relsim-mini"] for row in figures["rows"][:2]]
    assert one["means"]["relsim-mini"]["value"] == pytest.approx(sum(logic) / 2, abs=1e-5)
    assert copier["means"]["relsim-mini"]["value"] == pytest.approx(1, abs=1e-5)


def test_intervals_count_inputs_not_outputs(tmp_path: Path) -> None:
    one_input = [triplet(tmp_path, "ring-crimson", f"grid-{colour}") for colour in COLOURS]
    several = [triplet(tmp_path, f"ring-{colour}", "grid-crimson") for colour in COLOURS]
    means = [
        measure_triplets(some, BUNDLED, Reporter.silent())["generators"]["one"]["means"]
        for some in (one_input, several)
    ]
    one, many = (found["attribute"] for found in means)
    assert (one["low"], one["high"]) == (None, None), "of one input nothing is known"
    assert many["high"] - many["low"] > 0.01


@pytest.mark.parametrize("name", ["lpips", "clip"])
def test_a_model_that_is_asked_for_must_be_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = tmp_path / "t.jsonl"
    with closing(TripletLog(path)) as log:
        log.add(triplet(tmp_path, "ring-crimson", "ring-royalblue"))
    words = ["evaluate", "--suite", "generation", "--triplets", str(path)]
    assert main([*words, f"--{name}", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().out == ""


def test_the_whole_table_with_all_metrics_that_the_paper_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_torchvision(monkeypatch)
    places = {"lpips": save_alexnet(tmp_path / "lpips"), "clip-i": make_clip(tmp_path / "clip")}
    found = [
        triplet(tmp_path, "ring-crimson", "ring-royalblue"),
        triplet(tmp_path, "grid-seagreen", "grid-seagreen"),
    ]
    path = tmp_path / "t.jsonl"
    with closing(TripletLog(path)) as log:
        for one in found:
            log.add(one)
    words = ["evaluate", "--suite", "generation", "--triplets", str(path), "--json"]
    words += ["--lpips", str(places["lpips"]), "--clip", str(places["clip-i"])]

    assert main(words) == 0

    figures = json.loads(capsys.readouterr().out)
    assert figures["left_out"] == []
    ids = ["lpips", "clip-i", "attribute", "relsim-mini"]
    assert [metric["id"] for metric in figures["metrics"]] == ids
    for metric_id, folder in places.items():
        with closing(load_metric(metric_id, ModelManager(), folder=folder)) as metric:
            for row, one in zip(figures["rows"], found, strict=True):
                with Image.open(one.input) as a, Image.open(one.output) as b:
                    wanted = metric.score(a.convert("RGB"), b.convert("RGB"))
                assert row["scores"][metric_id] == pytest.approx(wanted, abs=1e-5)
    copy = figures["rows"][1]
    assert copy["is_copy"]
    assert copy["scores"] == pytest.approx(
        {"lpips": 0, "clip-i": 1, "attribute": 1, "relsim-mini": 1}, abs=1e-5
    )
    page = render_generation(figures, "a command")
    assert "| generator | inputs | outputs | copies | LPIPS (look, low is alike) |" in page
    assert "CLIP-I (look, high is alike)" in page
    mean = figures["generators"]["one"]["means"]["lpips"]
    assert f"| one | 2 | 2 | 1 | {mean['value']:.3f} [{mean['low']:.3f}, " in page
    assert "Not measured" not in page


def test_what_is_not_ready_is_left_out_unless_somebody_asked_for_it(tmp_path: Path) -> None:
    found = [triplet(tmp_path, "ring-crimson", "ring-royalblue")]
    absent = ModelManager(tmp_path / "models")

    figures = measure_triplets(
        found, [MetricRequest("clip-i"), *BUNDLED], Reporter.silent(), absent
    )
    assert [one["metric"] for one in figures["left_out"]] == ["clip-i"]
    assert figures["left_out"][0]["reason"]
    assert "clip-i" not in figures["rows"][0]["scores"]
    with pytest.raises(ModelError):
        measure_triplets(found, [MetricRequest("clip-i", must=True)], Reporter.silent(), absent)
    without_looks = measure_triplets(found, BUNDLED[1:], Reporter.silent())
    assert without_looks["rows"][0]["is_copy"] is None
    assert "| not looked |" in render_generation(without_looks, "a command")


def test_what_cannot_be_read_is_counted_and_not_measured(tmp_path: Path) -> None:
    sound = triplet(tmp_path, "ring-crimson", "ring-royalblue")
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    lost = [
        Triplet(sound.input, "Keep it", bad, "one"),
        Triplet(tmp_path / "gone.png", "Keep it", sound.output, "one"),
    ]
    figures = measure_triplets([*lost, sound], BUNDLED, Reporter.silent())

    assert (figures["triplets"], figures["measured"], len(figures["failed"])) == (3, 1, 2)
    assert "bad.png: not a picture" in figures["failed"][0]["reason"]
    page = render_generation(figures, "relsim-train evaluate")
    assert "1 of 3 triplets" in page
    assert "2 could not be read" in page
    with pytest.raises(KnownError, match="No triplet can be measured"):
        measure_triplets(lost, BUNDLED, Reporter.silent())


def test_the_papers_figures_stand_beside_ours(tmp_path: Path) -> None:
    figures = measure_triplets(
        [triplet(tmp_path, "ring-crimson", "ring-royalblue")], BUNDLED, Reporter.silent()
    )
    page = render_generation(figures, "a command")

    assert "relsim-mini (logic, high is alike)" in page
    assert "attribute (look, high is alike)" in page
    for name, values in PAPER.items():
        cells = " | ".join(f"{value:.2f}" for value in values)
        assert f"| {name} | {cells} |" in page


def test_names_leave_the_table_whole(tmp_path: Path) -> None:
    name = "a|b\nc <!-- end of figures -->"
    found = [triplet(tmp_path, "ring-crimson", "ring-royalblue", name)]
    page = render_generation(measure_triplets(found, BUNDLED, Reporter.silent()), "a command")
    assert "| a\\|b c &lt;!-- end of figures --> | 1 | 1 | 0 | " in page
    assert "one gives none" in page


def test_models_of_one_name_are_told_apart_and_each_is_measured_once(tmp_path: Path) -> None:
    places = [tmp_path / part / "mine" for part in ("a", "b")]
    for place in places:
        shutil.copytree(find_model("relsim-mini").folder, place)
    requests = [MetricRequest(str(place)) for place in (*places, *places)]
    found = [triplet(tmp_path, "ring-crimson", "ring-royalblue")]
    figures = measure_triplets(found, requests, Reporter.silent())
    titles = [metric["title"] for metric in figures["metrics"]]
    assert titles == ["mine", f"mine ({places[1]})"]


def test_triplets_are_read_with_paths_from_their_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "t.jsonl"
    path.parent.mkdir()
    first = {"input": "a.png", "instruction": "keep", "output": "/b.png", "note": 3}
    second = {"input": "c.png", "instruction": "keep", "output": "d.png", "generator": "human"}
    path.write_text(f"{json.dumps(first)}\n\n{json.dumps(second)}\n")

    one, two = read_triplets(path)

    assert one == Triplet(
        path.parent / "a.png", "keep", Path("/b.png"), "output", facts={"note": 3}
    )
    assert two.generator == "human"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2 is no triplet"),
        ("[]", "line 2 is no triplet"),
        ('{"input": "a"}', "line 2 is no triplet"),
        ('{"input": 1, "instruction": "b", "output": "c"}', "are texts"),
        ('{"input": "", "instruction": "b", "output": "c"}', "are texts"),
        ('{"format": 2, "input": "a", "instruction": "b", "output": "c"}', "newer format"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"input": "a", "instruction": "b", "output": "c"}\n' + line + "\n")
    with pytest.raises(KnownError, match=said):
        read_triplets(path)


def test_a_file_of_another_program_may_begin_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"input": "a", "instruction": "b", "output": "c"}\r\n')
    assert len(read_triplets(path)) == 1


def test_a_file_without_triplets_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    with pytest.raises(KnownError, match="cannot be read"):
        read_triplets(path)
    path.write_text("\n")
    with pytest.raises(KnownError, match="holds no triplets"):
        read_triplets(path)


def test_a_log_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    one = Triplet(
        tmp_path / "ä\udce4.png", "keep\u2028“it”\x85", tmp_path / "o.png", "g", {"seed": None}
    )
    with closing(TripletLog(path)) as log:
        log.add(one)
    path.write_bytes(path.read_bytes() + b'{"format": 1')
    with closing(TripletLog(path)) as log:
        assert log.triplets == [one]
        log.add(one)
    assert read_triplets(path) == [one, one]


def test_options_of_other_suites_have_no_meaning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--suite", "generation"]) == 2
    assert "--triplets" in capsys.readouterr().err
    assert main(["evaluate", "--suite", "generation", "--part", "real"]) == 2
    assert "--part has no meaning" in capsys.readouterr().err
    assert main(["evaluate", "--suite", "generation", "--preparation", "native"]) == 2
    assert "--preparation has no meaning" in capsys.readouterr().err
    assert main(["evaluate", "--suite", "relbench", "--triplets", str(tmp_path)]) == 2
    assert "--triplets has no meaning" in capsys.readouterr().err
