from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from golden_files import golden
from PIL import Image

from trainer.cli import main
from trainer.relbench.report import render_suite
from trainer.scenes import HELD_OUT

UNSEEN = sorted(HELD_OUT)[:3]
RELATIONS = ",".join(("ring", "grid", "tower", *UNSEEN))
WORDS = ("evaluate", "--suite", "relbench", "--part", "drawn", "--subjects", "3")
SMALL = (*WORDS, "--relations", RELATIONS, "--unrelated", "4")
ROWS = ["relational", "attribute", "raw pixels", "colour histogram", "perceptual hash", "chance"]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """Figures of the bundled model, and a folder with the page and the plots."""
    folder = tmp_path_factory.mktemp("relbench")
    (folder / "page.md").write_text(
        "# By hand\n\n<!-- figures -->\nold\n<!-- end of figures -->\n\nEnd.\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        written: list[str] = []
        patch.setattr("sys.stdout.write", written.append)
        words = [*SMALL, "--report", str(folder / "page.md"), "--plots", str(folder / "plots")]
        assert main([*words, "--json"]) == 0
    return json.loads("".join(written)), folder


def test_the_bundled_model_sees_the_logic_and_its_attributes_the_look(
    measured: tuple[dict[str, Any], Path],
) -> None:
    drawn = measured[0]["drawn"]
    split = drawn["splits"]["subjects"]
    assert [row.removeprefix("relsim-mini ") for row in split["triplets"]] == ROWS
    head, looks = (split["triplets"][f"relsim-mini {role}"] for role in ROWS[:2])
    assert head["conflict"]["value"] > 0.9 > looks["conflict"]["value"]
    assert looks["look_only"]["value"] > 0.85 > head["look_only"]["value"]
    for row in split["triplets"].values():
        for one in row.values():
            assert one["low"] is None or one["low"] <= one["value"] <= one["high"]
    assert split["search"]["table"]["relsim-mini relational"]["p1"]["value"] > 0.8
    assert list(split["captions"]["table"]) == ["relsim-mini relational", "chance"]
    assert split["captions"]["table"]["relsim-mini relational"]["median_rank"]["value"] == 1.0
    assert list(drawn["splits"]) == ["subjects", "styles", "families"]
    assert "look_only" not in drawn["splits"]["families"]["triplets"]["chance"]
    assert re.fullmatch("[0-9a-f]{64}", drawn["digest"])
    assert [model["id"] for model in measured[0]["models"]] == ["relsim-mini"]


def test_figures_are_not_lost_to_a_page_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    words = [*SMALL, "--report", str(tmp_path / "file" / "page.md"), "--json"]
    assert main(words) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["suite"] == "relbench"
    assert "page.md cannot be written" in said.err.splitlines()[-1]


def test_the_page_says_what_was_measured(measured: tuple[dict[str, Any], Path]) -> None:
    figures, folder = measured
    page = (folder / "page.md").read_text(encoding="utf-8")
    assert page.startswith("# By hand\n")
    assert page.endswith("End.\n")
    assert "old" not in page.splitlines()
    command = f"relsim-train {' '.join(WORDS[:5])} --model relsim-mini"
    assert f"`{command} --subjects 3 --unrelated 4 --relations {RELATIONS}`" in page
    value = figures["drawn"]["splits"]["styles"]["triplets"]["raw pixels"]["conflict"]
    assert f"{value['value']:.3f} ({value['low']:.3f}–{value['high']:.3f})" in page
    assert render_suite(figures, "another").splitlines()[0] == "Measured by `another`."
    for line in page.splitlines():
        if line.startswith("| relsim-mini relational | "):
            assert line.count("|") in (4, 5, 6)


def test_two_plots_are_drawn_twice(measured: tuple[dict[str, Any], Path]) -> None:
    folder = measured[1] / "plots"
    names = {path.name for path in folder.iterdir()}
    assert names == {"conditions.png", "conditions.svg", "families.png", "families.svg"}
    for name in ("conditions.png", "families.png"):
        with Image.open(folder / name) as picture:
            assert len(set(picture.convert("L").tobytes())) > 10
    assert "colour histogram" not in (folder / "families.svg").read_text(encoding="utf-8")


@pytest.mark.slow
def test_models_of_all_kinds_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    model, base = golden("relsim-tiny", "relsim"), golden("relsim-tiny", "base")
    words = [*WORDS, "--relations", ",".join(UNSEEN), "--unrelated", "1", "--json"]
    words += ["--model", "relsim-mini", "--model", str(model), "--base", str(base)]
    assert main([*words, "--model", "relsim-mini"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in figures["models"]] == [
        "relsim-mini (1)",
        "relsim",
        "relsim-mini (2)",
    ]
    assert [one["attribute"] is None for one in figures["models"]] == [False, True, False]
    table = figures["drawn"]["splits"]["families"]["triplets"]
    assert list(table)[:5] == [
        "relsim-mini (1) relational",
        "relsim-mini (1) attribute",
        "relsim relational",
        "relsim-mini (2) relational",
        "relsim-mini (2) attribute",
    ]
    assert table["relsim-mini (1) relational"] == table["relsim-mini (2) relational"]
    assert table["relsim relational"] != table["relsim-mini (1) relational"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*WORDS, "--seed", "3"), "--seed"),
        ((*WORDS, "--limit", "3"), "--limit"),
        ((*WORDS, "--relations", "juggling"), "juggling"),
        (("evaluate", "--plots", "somewhere"), "--plots"),
        (("evaluate", "--collection", "x", "--part", "real"), "--part"),
        (("evaluate", "--model", "a", "--model", "b"), "several models"),
    ],
)
def test_what_makes_no_sense_is_one_line(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert said in printed
